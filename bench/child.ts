/** The process that runs one task and sends its result to the one that started it. */
import { timeDispatch } from "./reports/dispatch.js";
import { timeForms } from "./reports/forms.js";
import { trainLoop } from "./reports/loop.js";
import { runSuites } from "./suites/index.js";
import { timeWorkloads } from "./timing.js";

const tasks = {
  time: timeWorkloads,
  loop: trainLoop,
  dispatch: timeDispatch,
  forms: timeForms,
  suite: runSuites,
};
export type Tasks = typeof tasks;

const [task, ...args] = process.argv.slice(2);
process.send?.(tasks[task as keyof Tasks](args));
process.disconnect?.();
