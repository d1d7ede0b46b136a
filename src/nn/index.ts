/** torch.nn. */
export { Parameter } from "../tensor/parameter.js";
export * from "./activation.js";
export * from "./containers.js";
export * from "./conv.js";
export * as functional from "./functional.js";
export * as init from "./init.js";
export { Identity, Linear, type LinearOptions } from "./linear.js";
export * from "./loss.js";
export { Module } from "./module.js";
export * from "./normalization.js";
export * from "./pooling.js";
export type { ForwardHook, ForwardPreHook, HookHandle } from "./registry.js";
export * from "./shape.js";
export type { StateDict } from "./state-dict.js";
export * as utils from "./utils.js";
