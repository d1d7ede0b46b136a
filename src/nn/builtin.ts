/** Which forward functions are the library's own: what passes between them no user code has seen. */
const own = new WeakSet<object>();

/** Declares that these classes' forward is library code. */
export function builtIn(...classes: readonly { prototype: { forward: object } }[]): void {
  for (const { prototype } of classes) own.add(prototype.forward);
}
export const isBuiltIn = (forward: object): boolean => own.has(forward);
