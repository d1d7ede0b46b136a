/** @throws Error that shows both unless they are the same as JSON */
export function equal(what, found, expected) {
  const [have, want] = [found, expected].map((value) => JSON.stringify(value));
  if (have !== want) throw new Error(`${what}: expected ${want}, found ${have}`);
}
