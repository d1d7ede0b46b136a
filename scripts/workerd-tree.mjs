/** Writes dist/workerd: the same modules, but the kernels are WebAssembly that the host loads, as workerd wants it. */
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const tree = "dist/workerd";
rmSync(tree, { recursive: true, force: true });

const modules = readdirSync("dist", { recursive: true }).filter(
  (path) => path.endsWith(".js") && !path.startsWith("node/"),
);
for (const path of modules) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  copyFileSync(join("dist", path), join(tree, path));
}
for (const part of ["core", "all"]) {
  const path = `backend/wasm/embedded/${part}.js`;
  copyFileSync(`build/${part}.wasm`, join(tree, path).replace(".js", ".wasm"));
  writeFileSync(
    join(tree, path),
    `import wasm from "./${part}.wasm";\nexport const ${part} = { complete: ${part === "all"}, module: () => wasm };\n`,
  );
}
