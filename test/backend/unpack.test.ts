import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { pack } from "../../scripts/pack.mjs";
import { all } from "../../src/backend/wasm/embedded/all.js";
import { core } from "../../src/backend/wasm/embedded/core.js";
import { unpack } from "../../src/backend/wasm/unpack.js";

const bytes = (text: string, order: string): number[] => [...unpack(order, text)];

it("bytes survive being packed as text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (data) => {
      const { order, text } = pack(data);
      expect(bytes(text, order)).toEqual([...data]);
      expect(text).toMatch(/^[ -~]*$/);
      expect(text).not.toMatch(/["'`\\$<]/);
    }),
  );
});

it("every byte has its code", () => {
  const data = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
  const { order, text } = pack(data);
  expect(bytes(text, order)).toEqual([...data]);
});

it.each(Object.entries({ core, all }))("the embedded kernels are those built: %s", (part, { module }) => {
  const built = new WebAssembly.Module(readFileSync(new URL(`../../build/${part}.wasm`, import.meta.url)));
  expect(WebAssembly.Module.exports(module())).toEqual(WebAssembly.Module.exports(built));
});
