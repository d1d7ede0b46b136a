/**
 * Writes the kernels to where the library finds them, all of them and the core alone: src/backend/wasm/embedded/<part>.ts is a
 * module with the part as text, so that the package needs no file beside its JavaScript, and build/<part>.wasm is for hosts that
 * import WebAssembly as a module.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";
import { pack } from "./pack.mjs";

/** What a page needs that trains a plain network of float32. */
const core = {
  f32: "moments argreduce reduce softmax binary clamp compare copy fill scatter gemm random optim unary norm",
  i64: "reduce binary compare copy fill gather ternary scatter index random",
  i32: "copy gather ternary",
  u8: "reduce binary compare copy fill index unary",
  i8: "copy gather ternary",
};

/** Kernels of those families that a plain network does without. */
const rare =
  "erf erfc erfinv lgamma digamma asin acos atan atan2 sinh cosh asinh acosh atanh exp2 log2 log10 hypot nextafter gelutanh gelutanhgrad";

const bytes = readFileSync("build/kernels.wasm");
const exported = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
const kernels = exported.filter((name) => name.includes("_"));
const isCore = (name) => {
  const [dtype, family, ...rest] = name.split("_");
  return (core[dtype]?.split(" ").includes(family) ?? false) && !rare.split(" ").includes(rest.join("_"));
};

/** The module without every kernel but `kept` and what they call; its constants stay where they are in the whole. */
function part(kept) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(
    binaryen.Features.SIMD128 | binaryen.Features.BulkMemory | binaryen.Features.MutableGlobals,
  );
  for (const name of kernels) if (!kept.includes(name)) module.removeExport(name);
  module.runPasses(["remove-unused-module-elements"]);
  return module.emitBinary();
}

mkdirSync("src/backend/wasm/embedded", { recursive: true });
for (const [name, kept] of [
  ["core", kernels.filter(isCore)],
  ["all", kernels],
]) {
  const wasm = name === "all" ? bytes : part(kept);
  const { order, text } = pack(wasm);
  writeFileSync(`build/${name}.wasm`, wasm);
  writeFileSync(
    `src/backend/wasm/embedded/${name}.ts`,
    `/** build/${name}.wasm, written by scripts/embed-kernels.mjs. */
import { unpack } from "../unpack.js";

export const ${name} = {
  complete: ${name === "all"},
  module: (): WebAssembly.Module => new WebAssembly.Module(unpack("${order}", "${text}")),
};
`,
  );
}
