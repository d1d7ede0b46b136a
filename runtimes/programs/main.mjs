/** Runs a program by name and times the first import of the library; knows nothing of the runtime it is in. */

/** A time, in a runtime whose clock stands still while a program computes, too. */
async function now() {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return performance.now();
}

/** Milliseconds from the import of the package to its first product of matrices. */
async function coldStart(lean) {
  const before = await now();
  const torch = lean ? await import("wasmgrad/lean") : await import("wasmgrad");
  const a = torch.full([2, 2], 2.5);
  const [[first]] = a.matmul(a).toArray();
  if (first !== 12.5) throw new Error(`2.5·2.5 + 2.5·2.5 is 12.5, not ${first}`);
  return (await now()) - before;
}

/** What the program gives, as plain data; of a failure its stack. */
export async function runProgram(name) {
  try {
    const start = await coldStart(name === "lean");
    const { run } = await import(`./${name}.mjs`);
    return { coldStart: start, result: await run() };
  } catch (error) {
    // Some stacks begin with the message, others lack it.
    const stack = String(error?.stack ?? "");
    return { error: stack.includes(error?.message) ? stack : `${error}\n${stack}` };
  }
}
