/** The package for Node (and Bun and Deno): all of it in one file, and an entry beside it for each path of `exports`. */
import { readFileSync } from "node:fs";
import { defineConfig } from "rolldown";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const conditional = Object.values(exports).filter((paths) => typeof paths === "object");
// ./dist/node/linalg.js is made of ./dist/ops/linalg/index.js; lean is all of it here, where nothing is downloaded
const entries = conditional
  .filter((paths) => paths !== exports["./lean"])
  .map(({ node, default: source }) => [node.replace("./dist/node/", "").replace(".js", ""), source]);

/** Compiling the core alone takes half as long, and often nothing else is called. */
const coreFirst = `
  import { all } from "./backend/wasm/embedded/all.js";
  import { core } from "./backend/wasm/embedded/core.js";
  import { addKernels } from "./backend/wasm/kernels.js";
  addKernels(core);
  addKernels(all);
`;

/** Node decodes base64 at once, and does not mind its size. */
const base64 = {
  name: "base64",
  load(id) {
    if (id.endsWith("/dist/kernels.js")) return coreFirst;
    const part = /embedded\/(core|all)\.js$/.exec(id)?.[1];
    if (!part) return null;
    const text = readFileSync(`build/${part}.wasm`).toString("base64");
    return `export const ${part} = { complete: ${part === "all"}, module: () => new WebAssembly.Module(Buffer.from("${text}", "base64")) };`;
  },
};

export default defineConfig({
  plugins: [base64],
  input: { ...Object.fromEntries(entries), worker: "dist/data/worker.js" },
  platform: "node",
  output: {
    dir: "dist/node",
    format: "esm",
    cleanDir: true,
    // A start is mostly reading this text, so it is short; what a stack shows has its name, and its line is not a megabyte long.
    comments: false,
    minify: { compress: true, mangle: { toplevel: false, keepNames: true }, codegen: { removeWhitespace: false } },
    chunkFileNames: "[name].js",
    codeSplitting: { groups: [{ name: "library", test: /dist\/(?!data\/worker)/ }] },
  },
});
