/**
 * @file The host's garbage collector on request, where the host is Node.
 *
 * In a synchronous program no finalizer ever runs, so the heap's cells cannot learn that their tensors are dead. Node can be
 * asked: an empty script with a microtask queue of its own ends the time for which weak references keep their targets, and
 * `gc` collects. Both lean on behaviour that V8 does not promise, so a probe decides; elsewhere eviction alone serves.
 */

export interface Collector {
  /** Lets go of what weak references keep alive until the running job ends. */
  forget(): void;
  /** Collects garbage now, and tells what that cost. */
  collect(): Cost;
}

/** The clock decides when memory is swept, never what is computed. */
export interface Cost {
  ms: number;
  /** Of the time since the collection before. */
  share: number;
}

interface NodeProcess {
  getBuiltinModule?(name: string): unknown;
}
interface V8 {
  setFlagsFromString(flag: string): void;
}
interface VM {
  createContext(object: object, options: { microtaskMode: "afterEvaluate" }): object;
  runInNewContext(code: string): unknown;
  Script: new (code: string) => { runInContext(context: object): unknown };
}

type Gc = (options?: object) => void;

const host = () => (globalThis as { process?: NodeProcess }).process;

/** Whether it is worth asking for a collector later, so that weak references have to be made now. */
export const mayCollect = (): boolean =>
  typeof WeakRef !== "undefined" && typeof host()?.getBuiltinModule === "function";

/** The collector, null where there is none that works. Takes some milliseconds. */
export function findCollector(): Collector | null {
  try {
    const v8 = host()?.getBuiltinModule?.("v8") as V8;
    const vm = host()?.getBuiltinModule?.("vm") as VM;
    const gc = (globalThis as { gc?: Gc }).gc ?? exposed(v8, vm);
    const empty = new vm.Script("0");
    const context = vm.createContext({}, { microtaskMode: "afterEvaluate" });
    const forget = () => void empty.runInContext(context);
    // Which form collects at once differs from version to version.
    for (const options of [undefined, { type: "major", execution: "sync" }]) {
      const collect = () => gc(options);
      if (works(forget, collect)) return { forget, collect: timed(collect) };
    }
  } catch {
    // Not Node, or not one that lets itself be asked.
  }
  return null;
}

/** The function that Node started with --expose-gc has in every context, from a context made for it. */
function exposed(v8: V8, vm: VM): Gc {
  v8.setFlagsFromString("--expose-gc");
  const gc = vm.runInNewContext("gc") as Gc;
  v8.setFlagsFromString("--no-expose-gc");
  return gc;
}

function timed(run: () => void): () => Cost {
  let last = 0; // when the process began
  return () => {
    const start = performance.now();
    run();
    const end = performance.now();
    const cost = { ms: end - start, share: (end - start) / (end - last) };
    last = end;
    return cost;
  };
}

function works(forget: () => void, collect: () => void): boolean {
  // Made in a frame of its own, which a minifier cannot fold into this one: a frame's registers keep what they held.
  const [probe] = [0].map(() => new WeakRef({}));
  forget();
  collect();
  return probe!.deref() === undefined;
}
