// Writes build/kernels.wasm into a module as base64, so that the package needs no file beside its JavaScript.
import { readFileSync, writeFileSync } from "node:fs";

const base64 = readFileSync("build/kernels.wasm").toString("base64");
writeFileSync(
  "src/backend/wasm/embedded.ts",
  `/** build/kernels.wasm, written by scripts/embed-kernels.mjs. */\nexport const embedded =\n  "${base64}";\n`,
);
