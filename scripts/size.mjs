/**
 * What pages download, JavaScript and kernels together, minified by esbuild and gzipped; fails past the bounds.
 *
 *   npm run size
 */
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const pages = [
  {
    name: "mlp",
    what: "a page that trains an MLP",
    bound: 90,
    parts: ["backend/wasm/embedded/core", "nn/linear"],
    without: ["ops/linalg/qr", "ops/spatial/convolution", "data/", "backend/reference/conv", "nn/conv"],
  },
  {
    name: "whole",
    what: "the whole library",
    // 152 kB before it had nearly all of PyTorch's operators: their functions alone are 60 kB, all kernels 60.
    bound: 225,
    parts: ["backend/wasm/embedded/all", "backend/reference/conv", "ops/linalg/qr"],
    without: [],
  },
];

let failed = false;
for (const { name, what, bound, parts, without } of pages) {
  const { outputFiles, metafile } = await build({
    entryPoints: [`scripts/size/${name}.js`],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    logLevel: "error",
    tsconfigRaw: {}, // ours leads the package's name to its sources, which users do not have
  });
  const bytes = outputFiles[0].contents;
  const [{ inputs }] = Object.values(metafile.outputs);
  const used = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  const size = gzipSync(bytes, { level: 9 }).length / 1000;
  const strays = used.filter((path) => without.some((part) => path.startsWith(`dist/${part}`)));
  const missing = parts.filter((part) => !used.includes(`dist/${part}.js`));
  console.log(
    `${what.padEnd(28)} ${size.toFixed(1).padStart(6)} kB of ${bound} (${(bytes.length / 1000).toFixed(0)} kB before gzip, ${used.length} modules)`,
  );
  if (size > bound) console.error(`  past the bound of ${bound} kB`);
  for (const path of strays) console.error(`  ${path} is in it and should not be`);
  for (const part of missing) console.error(`  dist/${part}.js is not in it and should be`);
  failed ||= size > bound || missing.length > 0 || strays.length > 0;
}
process.exit(failed ? 1 : 0);
