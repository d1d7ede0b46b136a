/** Workloads of a group done by a library in a pinned process of its own. */
import { spawn } from "node:child_process";
import { onCore } from "../pinned.js";
import type { Starter } from "./peers.js";
import type { Answer, Line } from "./serve.js";

/** One thread for every library that asks the environment; Python leaves no files behind. */
export const environment: NodeJS.ProcessEnv = {
  ...process.env,
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  PYTHONDONTWRITEBYTECODE: "1",
};

export interface GroupAnswers {
  answers: Answer[];
  about?: string;
}

/** Answers in the order of `names`; a process that dies leaves errors for what it did not do. */
export async function ask(peer: Starter, names: readonly string[]): Promise<GroupAnswers> {
  const [command, ...args] = onCore([...peer.work, ...names]);
  const child = spawn(command!, args, { env: environment, stdio: ["ignore", "ignore", "pipe", "pipe"] });
  const [, , errors, lines] = child.stdio;
  let [complaints, text] = ["", ""];
  errors!.on("data", (chunk) => {
    complaints += chunk;
  });
  lines!.on("data", (chunk) => {
    text += chunk;
  });
  const end = await new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, signal) => resolve(signal ?? `status ${status}`));
  });
  const said = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
  const died = `ended with ${end}: ${complaints.trim().split("\n").at(-1)}`;
  const answers = names.map(
    (name) =>
      said.find((line): line is Answer => "name" in line && line.name === name) ?? { name, error: died },
  );
  return { answers, about: said.find((line) => "about" in line)?.about };
}
