/** torch.nn. */
export { Parameter } from "../tensor/parameter.js";
export * from "./activation.js";
export * from "./containers.js";
export * from "./conv.js";
export * as functional from "./functional.js";
export * as init from "./init.js";
export { Identity, Linear, type LinearOptions } from "./linear.js";
export * from "./loss.js";
export { type ForwardHook, type ForwardPreHook, type HookHandle, Module } from "./module.js";
export * from "./normalization.js";
export * from "./pooling.js";
export * from "./shape.js";
export type { StateDict } from "./state-dict.js";
