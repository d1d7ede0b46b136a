/** Processes of a runtime, ended with all that they started. */
import { spawn } from "node:child_process";

/** The most a program may take, under an emulator on a busy machine. */
export const limit = 10 * 60_000;

/** Starts a command in a group of its own; `end` ends the group. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: true, stdio: ["ignore", "pipe", "pipe"], ...options });
  const said = { out: "", err: "" };
  for (const name of ["out", "err"])
    child[`std${name}`].setEncoding("utf8").on("data", (text) => {
      said[name] += text;
    });
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const end = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  };
  return { child, ended, end, said };
}

/** What `promise` gives, or an error with what the process said if it ends or the time is over before. */
export async function before({ ended, end, said }, promise) {
  const fail = (why) => {
    throw new Error(`${why}\n${said.out.slice(-2000)}\n${said.err.slice(-2000)}`);
  };
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  try {
    return await Promise.race([
      promise,
      ended.then((code) => fail(`ended with ${code} before it gave a result`)),
      late.then(() => fail(`gave no result in ${limit / 1000} s`)),
    ]);
  } finally {
    clearTimeout(timer);
    end();
  }
}
