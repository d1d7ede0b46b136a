/** torch.optim. */
export * from "./adadelta.js";
export * from "./adagrad.js";
export { Adam, type AdamOptions } from "./adam.js";
export * from "./adamax.js";
export * from "./adamw.js";
export * from "./asgd.js";
export * as lrScheduler from "./lr-scheduler.js";
export * from "./nadam.js";
export * from "./optimizer.js";
export * from "./radam.js";
export * from "./rmsprop.js";
export * from "./rprop.js";
export * from "./sgd.js";
