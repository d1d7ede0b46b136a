/** Makes the oracle's replay a module without files that any runtime can load: of the packed library, and with its vectors inside. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../context.mjs";

const folder = join(root, "test/oracle/vectors");

/** Of each operator one row, of dtypes by turns; of all else everything. */
function choose(rows) {
  const groups = [];
  for (const row of rows)
    if (row.kind === "op" || groups.length === 0) groups.push([row]);
    else groups.at(-1).push(row);
  return groups.flatMap(([head, ...samples], i) =>
    head.kind === "op" && samples.length > 0 ? [head, samples[i % samples.length]] : [head, ...samples],
  );
}

function vectors() {
  const files = readdirSync(folder).map((file) => {
    const lines = gunzipSync(readFileSync(join(folder, file)))
      .toString()
      .split("\n")
      .filter(Boolean);
    return [basename(file, ".jsonl.gz"), choose(lines.map((line) => JSON.parse(line)))];
  });
  return `export const vectors = JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(files)))});`;
}

/** What the replay takes from the library: from the package under test, by its public names; plain functions of src/core/ are copied. */
const inside = {
  "src/index.js": 'export * from "wasmgrad";',
  "src/tensor/tensor.js": 'export { Tensor } from "wasmgrad";',
  "src/core/errors.js": 'export { TorchError } from "wasmgrad";',
  "src/tensor/storage.js":
    'import { zeros } from "wasmgrad"; export const Storage = zeros([1]).storage.constructor;',
  "src/backend/registry.js":
    'import { zeros } from "wasmgrad"; export const backendOf = (device) => zeros([1], { device }).storage.backend;',
};

const packed = {
  name: "packed library",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^wasmgrad$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /\/src\/.*\.js$/ }, ({ path, importer }) => {
      const name = path.slice(path.indexOf("src/"));
      return importer.includes(join("test", "oracle")) && inside[name]
        ? { path: name, namespace: "packed" }
        : undefined;
    });
    onLoad({ filter: /.*/, namespace: "packed" }, ({ path }) => ({
      contents: inside[path],
      resolveDir: root,
    }));
    onResolve({ filter: /vectors\.mjs$/ }, ({ path }) => ({ path, namespace: "vectors" }));
    onLoad({ filter: /.*/, namespace: "vectors" }, () => ({ contents: vectors() }));
  },
};

export async function bundleOracle(outfile) {
  await build({
    entryPoints: [join(root, "runtimes/oracle/replay.mjs")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    logLevel: "error",
    plugins: [packed],
  });
}
