/** workerd, which knows neither files nor node_modules: a configuration lists every module by name. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../context.mjs";
import { before, start } from "./process.mjs";

const worker = `import { runProgram } from "./programs/main.mjs";
export default {
  fetch: async (request) => Response.json(await runProgram(new URL(request.url).pathname.slice(1))),
};
`;

const library = "node_modules/wasmgrad/dist/workerd";

/** The files that are modules, under their own paths. */
function files(folder) {
  const paths = ["programs", library].flatMap((tree) =>
    readdirSync(join(folder, tree), { recursive: true }).map((path) => `${tree}/${path}`),
  );
  return ["worker.mjs", ...paths]
    .filter((path) => /\.(mjs|js|wasm)$/.test(path))
    .map((path) => `(name = "${path}", ${path.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${path}")`);
}

/** `wasmgrad` and its entries as a bundler would find them; workerd looks for them beside the module that imports them. */
function entries(folder, importer) {
  const { exports } = readJson(join(folder, "node_modules/wasmgrad/package.json"));
  return Object.entries(exports)
    .filter(([, paths]) => paths.workerd)
    .map(([entry, { workerd }]) => {
      const name = `${importer}/${entry.replace(".", "wasmgrad")}`;
      const up = "../".repeat(name.split("/").length - 1);
      const source = `export * from '${up}node_modules/wasmgrad/${workerd.slice(2)}';`;
      return `(name = "${name}", esModule = "${source}")`;
    });
}

/** A worker's configuration as capnp text. */
function configuration(folder, compatibilityDate) {
  const modules = [
    ...files(folder),
    ...["programs", "programs/determinism"].flatMap((importer) => entries(folder, importer)),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    compatibilityDate = "${compatibilityDate}",
    modules = [
      ${modules.join(",\n      ")}
    ],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

export function workerdHost(name, version, command, folder, compatibilityDate) {
  writeFileSync(join(folder, "worker.mjs"), worker);
  const file = `workerd-${compatibilityDate}.capnp`;
  writeFileSync(join(folder, file), configuration(folder, compatibilityDate));

  /** In a process of its own, so that each program starts cold. */
  async function run(program) {
    const host = start(command, ["serve", "--control-fd=3", file], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const port = new Promise((resolve) => {
      let text = "";
      host.child.stdio[3].setEncoding("utf8").on("data", (data) => {
        text += data;
        const found = /"port":\s*(\d+)/.exec(text);
        if (found) resolve(found[1]);
      });
    });
    const answer = port
      .then((number) => fetch(`http://127.0.0.1:${number}/${program}`))
      .then((response) => response.json());
    return before(host, answer);
  }
  return { name, version, run };
}
