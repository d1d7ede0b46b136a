/** Rules that hold for the whole of the code, read off its text. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.parentPath.includes("node_modules"),
    )
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Code alone: comments gone, the insides of strings and regular expressions kept. */
function codeOf(text: string): string {
  const parts = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(parts, (part) => (part.startsWith("/") ? part.replace(/[^\n]/g, " ") : part));
}
/** Code without what its strings say. */
const bareOf = (text: string): string =>
  codeOf(text).replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');

interface Import {
  readonly from: string;
  readonly to: string;
  /** Nothing of it is left at run time. */
  readonly type: boolean;
}

function importsOf(file: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s+)?([^;"]*?)(?:\bfrom\s+)?"(\.[^"]+)";/gm;
  return [...codeOf(read(file)).matchAll(statement)].map(([, type, names = "", path]) => {
    const list = /^\{([\s\S]*)\}\s*$/.exec(names.trim());
    const onlyTypes = list?.[1]
      ?.split(",")
      .every((name) => name.trim() === "" || name.trim().startsWith("type "));
    const to = normalize(join(dirname(file), path!)).replace(/\.js$/, ".ts");
    return {
      from: file,
      to: to.endsWith(".ts") ? to : `${to}.ts`,
      type: type !== undefined || onlyTypes === true,
    };
  });
}

const source = filesUnder("src");
const kernels = filesUnder("assembly");
const imports = source.flatMap(importsOf);

// ── layers ───────────────────────────────────────────────────────────────────────────────────────

/** Lower layers first; a file may import from its own layer and from those its layer names. */
const layers = {
  core: [],
  backend: ["core"],
  grad: ["core"],
  tensor: ["core", "backend", "grad"],
  ops: ["core", "backend", "tensor", "grad"],
  autograd: ["core", "backend", "tensor", "grad", "ops"],
  nn: ["core", "backend", "tensor", "grad", "ops", "autograd"],
  optim: ["core", "backend", "tensor", "grad", "ops", "autograd", "nn"],
  data: ["core", "backend", "tensor", "grad", "ops", "autograd", "nn"],
  io: ["core", "backend", "tensor", "grad", "ops", "autograd", "nn"],
  top: ["core", "backend", "tensor", "grad", "ops", "autograd", "nn", "optim", "data", "io"],
} as const satisfies Record<string, readonly string[]>;
type Layer = keyof typeof layers;

function layerOf(file: string): Layer {
  // A worker thread begins in data/worker.ts, as the program begins in index.ts.
  if (/^src\/(methods\/)?[^/]+$/.test(file) || file === "src/data/worker.ts") return "top";
  if (/^src\/autograd\/(record|grad-mode)\.ts$/.test(file)) return "grad";
  return file.split("/")[1] as Layer;
}
const mayImport = ({ from, to }: Import): boolean => {
  const [a, b] = [layerOf(from), layerOf(to)];
  return a === b || (layers[a] as readonly string[]).includes(b);
};
/** The two places where a type may come from above, and from where. */
const typesFromAbove: Record<string, readonly string[]> = {
  "src/tensor/tensor.ts": ["src/autograd/record.ts", "src/methods/all.ts"],
  "src/autograd/record.ts": ["src/tensor/tensor.ts"],
};

/** Every cycle that run-time imports make, as `a → b → a`. */
function cycles(edges: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const found: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "open") found.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (state.has(file)) return;
    state.set(file, "open");
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, "done");
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

describe("layers", () => {
  it("reads the imports there are", () => {
    expect(imports.length).toBeGreaterThan(300);
    for (const { from, to } of imports) expect(source, `${from} imports ${to}`).toContain(to);
    expect(importsOf("src/tensor/tensor.ts")).toContainEqual({
      from: "src/tensor/tensor.ts",
      to: "src/methods/all.ts",
      type: true,
    });
    expect(
      importsOf("src/ops/elementwise/arithmetic.ts").find(({ to }) => to === "src/autograd/record.ts")?.type,
    ).toBe(false);
  });

  it("imports point downward or stay in the folder", () => {
    const upward = imports.filter(
      (one) => !mayImport(one) && !(one.type && typesFromAbove[one.from]?.includes(one.to)),
    );
    expect(upward.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("kernels import only kernels", () => {
    for (const file of kernels)
      for (const [, path] of codeOf(read(file)).matchAll(/\bfrom\s+"([^"]+)"/g))
        expect(kernels, `${file} imports ${path}`).toContain(`${normalize(join(dirname(file), path!))}.ts`);
  });

  it("few files stand above the folders, and none of the folders knows them", () => {
    const top = source.filter((file) => layerOf(file) === "top");
    expect(top.filter((file) => !file.startsWith("src/methods/"))).toEqual([
      "src/data/worker.ts",
      "src/functions.ts",
      "src/index.ts",
      "src/kernels.ts",
      "src/lean.ts",
      "src/reference.ts",
      "src/utils.ts",
    ]);
    expect(imports.filter(({ to, type }) => to === "src/data/worker.ts" && !type)).toEqual([]);
  });

  it("no import needs a package", () => {
    for (const file of source)
      for (const [, path] of codeOf(read(file)).matchAll(/\bfrom\s+"([^"]+)"/g))
        expect(path, `${file} imports ${path}`).toMatch(/^\./);
  });

  it("run-time imports make no cycle, but for formulas in ops/ that refer to each other", () => {
    const atRunTime = imports.filter(({ type }) => !type);
    expect(
      cycles([
        { from: "a", to: "b", type: false },
        { from: "b", to: "a", type: false },
      ]),
    ).toEqual(["a → b → a"]);
    const within = (file: string) => file.startsWith("src/ops/");
    expect(cycles(atRunTime.filter(({ from, to }) => !(within(from) && within(to))))).toEqual([]);
  });

  it("a layer at run time leads to none that leads back to it", () => {
    const between = imports
      .filter(({ type }) => !type)
      .map(({ from, to }) => ({ from: layerOf(from), to: layerOf(to), type: false }))
      .filter(({ from, to }) => from !== to);
    expect(cycles(between)).toEqual([]);
  });
});

// ── size and style ───────────────────────────────────────────────────────────────────────────────

const everything = ["src", "assembly", "test", "property-tests", "bench", "examples"]
  .flatMap(filesUnder)
  .filter((file) => file !== "src/backend/wasm/embedded.ts");

describe("files", () => {
  it("have at most 350 lines", () => {
    const lengths = everything.map((file) => [file, read(file).trimEnd().split("\n").length] as const);
    expect(lengths.filter(([, length]) => length > 350)).toEqual([]);
  });

  it("leave nothing to be done later", () => {
    const words = new RegExp(["TO", "DO|FIX", "ME|XX", "X|HA", "CK"].join(""));
    expect(everything.filter((file) => words.test(read(file)))).toEqual([]);
  });

  it("do not switch the type checker off", () => {
    const silenced =
      /@ts-(ignore|expect-error|nocheck)|\bas unknown as\b|:\s*any\b|<any>|\bas any\b|\bany\[\]/;
    const comment = /^\s*(\*|\/\*\*|\/\/)/;
    const found = source.flatMap((file) =>
      read(file)
        .split("\n")
        .flatMap((line, i, lines) => {
          const excused = /biome-ignore lint\/suspicious\/noExplicitAny: \S/.test(lines[i - 1] ?? "");
          return silenced.test(line) && !comment.test(line) && !excused
            ? [`${file}:${i + 1} ${line.trim()}`]
            : [];
        }),
    );
    expect(found).toEqual([]);
  });

  it("every op says what it does", () => {
    const silent = filesUnder("src/ops").flatMap((file) => {
      const text = read(file);
      const documented = new Set<string>();
      return [...text.matchAll(/^export function\*? (\w+)/gm)].flatMap(({ 1: name, index }) => {
        if (text.slice(0, index).trimEnd().endsWith("*/")) documented.add(name!);
        return documented.has(name!) ? [] : [`${file} ${name}`];
      });
    });
    expect(silent).toEqual([]);
  });
});

// ── the same bits everywhere ─────────────────────────────────────────────────────────────────────

describe("determinism", () => {
  const allowed = ["sqrt", "fround", "imul", "abs", "floor", "ceil", "trunc", "min", "max", "sign", "clz32"];
  const constants = ["PI", "E", "LN2", "LN10", "LOG2E", "LOG10E", "SQRT2", "SQRT1_2"];

  it("src/ uses no function that engines compute differently", () => {
    const found = source.flatMap((file) =>
      [...bareOf(read(file)).matchAll(/\bMath\.(\w+)/g)]
        .filter(([, name]) => !allowed.includes(name!) && !constants.includes(name!))
        .map(([use]) => `${file} ${use}`),
    );
    expect(found).toEqual([]);
  });

  it("src/ uses no power operator", () => {
    const found = source.filter((file) =>
      /[\w)\]]\s*\*\*=?\s*[\w(]/.test(bareOf(read(file)).replace(/`[^`]*`/g, "``")),
    );
    expect(found).toEqual([]);
  });

  it("src/ asks neither clock nor chance, but for a seed nobody gave and the cost of sweeping memory", () => {
    const asks = /\bMath\.random\b|\bDate\.now\b|\bnew Date\b|\bperformance\.|\bcrypto\./;
    expect(source.filter((file) => asks.test(bareOf(read(file))))).toEqual([
      "src/backend/wasm/collector.ts",
      "src/core/generator.ts",
    ]);
  });

  it("kernels use only instructions with one result", () => {
    expect(kernels.length).toBeGreaterThan(20);
    expect(kernels.filter((file) => /relaxed/i.test(codeOf(read(file))))).toEqual([]);
    const imported = kernels.filter((file) =>
      /\b(Math|Mathf|NativeMath|NativeMathf|Date)\.(?!sqrt|abs|floor|ceil|trunc)/.test(codeOf(read(file))),
    );
    expect(imported).toEqual([]);
  });

  it("the built kernels hold no relaxed instruction", () => {
    const flags = read("asconfig.json") + read("package.json");
    expect(flags).not.toContain("relaxed-simd");
  });

  it("ops name no device", () => {
    const naming = filesUnder("src/ops").filter((file) => {
      const code = codeOf(read(file)).replace(/to\(x, "cpu"\)/, "");
      return /"(cpu|reference|webgpu)"|\bdevice === "/.test(code);
    });
    expect(naming).toEqual([]);
  });
});

// ── no code but what is there ────────────────────────────────────────────────────────────────────

describe("dynamic code", () => {
  const built = readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".js"))
    .map((path) => join("dist", path))
    .sort();
  const all = [...source, ...built];
  /** Files with a match, whatever the match is in: code, comment or string. */
  const holding = (pattern: RegExp) => all.filter((file) => pattern.test(codeOf(read(file))));
  /** A file of the sources in all three trees. */
  const everywhere = (...names: string[]) =>
    [
      ...["dist/", "dist/workerd/"].flatMap((tree) => names.map((name) => `${tree}${name}.js`)),
      "dist/node/library.js",
      ...names.map((name) => `src/${name}.ts`),
    ].sort();

  it("nothing is evaluated or compiled from text, neither in the sources nor in what is published", () => {
    expect(built.length).toBeGreaterThan(500);
    // Module.eval() is PyTorch's; it is a method.
    expect(
      holding(/(?<![.\w$])eval\s*\((?!\)\s*(:\s*this\s*)?\{)|\bnew\s+Function\b|(?<![.\w$])Function\s*\(/),
    ).toEqual([]);
    expect(
      holding(
        /\bBlob\b|createObjectURL|["'`](data:\w+\/|javascript:|blob:)|\bset(Timeout|Interval)\s*\(\s*["'`]/,
      ),
    ).toEqual([]);
    expect(holding(/document\.write|innerHTML|importScripts|\.createScript\b/)).toEqual([]);
  });

  it("only a dataset's worker imports by an address, the user's; threads are imported where there are some", () => {
    expect(holding(/\bimport\s*\(\s*(\/\*[\s\S]*?\*\/\s*)*\w/).sort()).toEqual(
      everywhere("data/threads", "data/transport"),
    );
    for (const file of all) {
      const dynamic = [...codeOf(read(file)).matchAll(/\bimport\s*\(\s*(\w+)/g)].map(([, what]) => what);
      for (const what of dynamic) expect(["workerThreads", "module", "e"], file).toContain(what);
    }
    expect(read("src/data/threads.ts")).toContain('const workerThreads = "node:worker_threads";');
  });

  it("scripts that Node runs to collect garbage are constants", () => {
    expect(holding(/\bvm\.|runInNewContext|runInContext/).sort()).toEqual(
      everywhere("backend/wasm/collector"),
    );
    const scripts = read("src/backend/wasm/collector.ts").matchAll(
      /(?:new vm\.Script|vm\.runInNewContext)\(([^)]*)\)/g,
    );
    expect([...scripts].map(([, text]) => text)).toEqual(['"0"', '"gc"']);
  });
});
