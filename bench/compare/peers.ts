/** The libraries that are compared, and how their processes are started. */
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { first, empty as nothing, train } from "../reports/startup.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = `${root}bench/peers`;
const python = process.env.PYTHON ?? "/usr/bin/python3";

/** A program of bench/peers/<FOLDER>, or of this folder, in a process of its own. */
export interface Starter {
  name: string;
  /** The command that does workloads; their names follow. */
  work: string[];
  /** The command that multiplies two matrices once and prints an element. */
  first: string[];
  /** The command that trains for 200 steps and prints the most memory it ever had; nothing if it cannot train. */
  train?: string[];
}

/** A library in JavaScript: `library` is its folder in bench/peers. */
function script(name: string, library: string, trains: boolean): Starter {
  const program = (file: string) => [process.execPath, `${folder}/build/peers/${library}/${file}.js`, name];
  return {
    name,
    work: program("work"),
    first: program("first"),
    ...(trains ? { train: program("train") } : {}),
  };
}

/** PyTorch, started by what stands before its program. */
function torch(name: string, ...before: string[]): Starter {
  const program = (file: string) => [...before, python, `${folder}/torch/${file}.py`];
  return { name, work: program("work"), first: program("first"), train: program("train") };
}

const scripts = [
  script("tfjs-wasm", "tfjs", true),
  script("tfjs-patched", "tfjs", true),
  script("ort-web", "onnx", false),
  script("ort-node", "onnx", false),
  script("jax-jit", "jax", true),
];

/** OpenBLAS takes the widest vectors that it knows the processor to have, unless it is told to use 256 bits. */
const natives = [torch("torch"), torch("torch-avx2", "env", "OPENBLAS_CORETYPE=Haswell")];

const peers = [...natives, ...scripts];
export const peerNames: readonly string[] = peers.map(({ name }) => name);

export const ours: Starter = {
  name: "wasmgrad",
  work: [process.execPath, fileURLToPath(new URL("./ours.js", import.meta.url))],
  first,
  train,
};
/** Node itself, to see what starting it costs. */
export const empty: Omit<Starter, "work"> = { name: "empty Node", first: nothing, train: nothing };

/** Installs and builds what is needed, and returns those peers that start; says why the others are left out. */
export function startable(names: readonly string[], environment: NodeJS.ProcessEnv): Starter[] {
  const chosen = peers.filter(({ name }) => names.includes(name));
  if (chosen.some((peer) => scripts.includes(peer))) install();
  return chosen.filter(({ name, work }) => {
    const { status, stderr, error } = spawnSync(work[0]!, work.slice(1), {
      env: environment,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    if (status === 0) return true;
    const reason =
      error?.message ?? stderr.split("\n").findLast((line) => /error/i.test(line)) ?? `status ${status}`;
    console.log(`${name} is left out: ${reason.trim()}`);
    return false;
  });
}

/** The packages that are compared, with their versions. */
export function versions(): string {
  const { dependencies } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return Object.entries<string>(dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

/** Scripts of packages are not run: they fetch binaries for graphics cards from elsewhere. */
function install(): void {
  const changed = (file: string) => statSync(`${folder}/${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed("node_modules/.package-lock.json") < changed("package-lock.json")) {
    console.log("installing the libraries into bench/peers");
    run("npm", "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund");
  }
  run(process.execPath, `${root}node_modules/typescript/bin/tsc`, "-p", folder);
}

function run(command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0)
    throw new Error(`${[command, ...args].join(" ")}: ${error?.message ?? `status ${status}`}`);
}
