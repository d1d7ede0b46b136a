/** All suites, one a kernel family. */
import { convolution } from "./convolution.js";
import { dispatch } from "./dispatch.js";
import { elementwise } from "./elementwise.js";
import { indexing } from "./indexing.js";
import { matmul } from "./matmul.js";
import { optimizer } from "./optimizer.js";
import { pooling } from "./pooling.js";
import { random } from "./random.js";
import { reduction } from "./reduction.js";
import { softmax } from "./softmax.js";
import { type Case, runSuite } from "./suite.js";

const suites: Readonly<Record<string, readonly Case[]>> = {
  elementwise,
  reduction,
  matmul,
  convolution,
  pooling,
  softmax,
  indexing,
  random,
  optimizer,
  dispatch,
};
export const suiteNames = Object.keys(suites);

/** Runs the suites of these names; returns them. */
export function runSuites(names: readonly string[]): readonly string[] {
  for (const name of names) runSuite(name, suites[name]!);
  return names;
}
