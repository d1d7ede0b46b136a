/**
 * @file Early release of memory that no user code can have seen.
 *
 * While the library runs code of its own inside a frame, the storages made there are noted. When the frame closes, those
 * that are part of its result go to the caller; of the others each is released as soon as the library itself holds it no
 * longer (a graph holds what it saved, a leaf its gradient). Whenever user code is called from inside, what it is handed and
 * what it makes counts as seen, and is left to the garbage collector and to eviction.
 */
import type { Storage } from "./storage.js";

let depth = 0;
const made: Storage[] = [];
/** What the innermost torch.scope has seen being made. */
let scoped: Storage[] | null = null;

/** Notes a new storage. True: it belongs to the open frame. False: user code will see it. */
export function note(storage: Storage): boolean {
  scoped?.push(storage);
  if (depth === 0) return false;
  made.push(storage);
  return true;
}

export function openFrame(): number {
  depth++;
  return made.length;
}

/** Closes the frame that began at `mark`; `result` is what the frame returns, tensors nested in arrays or objects. */
export function closeFrame<R>(mark: number, result: R): R {
  depth--;
  if (made.length === mark) return result;
  mention(result, true);
  let kept = mark;
  for (let i = mark; i < made.length; i++) {
    const storage = made[i]!;
    if (!storage.mentioned) storage.settle();
    else if (depth > 0) made[kept++] = storage;
    else storage.escape();
  }
  made.length = kept;
  mention(result, false);
  return result;
}

/** Closes a frame after an error: nothing is released, since anything may be known to the one who catches it. */
export function abandonFrame(mark: number): void {
  depth--;
  for (let i = mark; i < made.length; i++) made[i]!.escape();
  made.length = mark;
}

/** Runs the library's own code in a frame. */
export function framed<R>(run: () => R): R {
  const mark = openFrame();
  let result: R;
  try {
    result = run();
  } catch (error) {
    abandonFrame(mark);
    throw error;
  }
  return closeFrame(mark, result);
}

/** Runs user code from within the library: what it makes is its own. */
export function unframed<R>(run: () => R, ...handed: unknown[]): R {
  reveal(handed);
  const outer = depth;
  depth = 0;
  try {
    return run();
  } finally {
    depth = outer;
  }
}

/** Begins a torch.scope; returns the one around it. */
export function openScope(): Storage[] | null {
  const outer = scoped;
  scoped = [];
  return outer;
}

/** Ends a torch.scope: what is neither in its result nor held by the library is released, whoever knows it. */
export function closeScope(outer: Storage[] | null, result: unknown): void {
  mention(result, true);
  for (const storage of scoped ?? []) {
    if (storage.mentioned || storage.held) outer?.push(storage);
    else storage.release();
  }
  mention(result, false);
  scoped = outer;
}

/** Declares that user code may see these tensors from now on. */
export function reveal(value: unknown): void {
  visit(value, (storage) => storage.escape());
}

function mention(value: unknown, mentioned: boolean): void {
  visit(value, (storage) => {
    storage.mentioned = mentioned;
  });
}

/** Visits the storages of a tensor, or of tensors nested in arrays, maps and plain objects. */
function visit(value: unknown, act: (storage: Storage) => void): void {
  if (typeof value !== "object" || value === null) return;
  if ("storage" in value) act((value as { storage: Storage }).storage);
  else if (Array.isArray(value)) for (const item of value) visit(item, act);
  else if (value instanceof Map) for (const item of value.values()) visit(item, act);
  else if (Object.getPrototypeOf(value) === Object.prototype)
    for (const item of Object.values(value)) visit(item, act);
}
