/** The README's example is a program that works. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import * as torch from "../src/index.js";

it("the example learns exclusive or", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, source] = /```ts\nimport \* as torch from "wasmgrad";\n(.*?)```/s.exec(readme)!;
  const { outputText } = ts.transpileModule(source!, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: unknown[] = [];
  new Function("torch", "console", outputText)(torch, { log: (value: unknown) => printed.push(value) });
  const [result] = printed as torch.Tensor[];
  expect(String(result)).toContain("grad_fn=<AddmmBackward0>");
  const values = result!.flatten().toArray() as number[];
  for (const [i, expected] of [0, 1, 1, 0].entries()) expect(values[i]).toBeCloseTo(expected, 3);
});
