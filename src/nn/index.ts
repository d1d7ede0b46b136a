/** torch.nn. */
export { Parameter } from "../tensor/parameter.js";
export * from "./activation.js";
export * from "./containers.js";
export * from "./conv.js";
export * from "./conv-nd.js";
export * from "./embedding.js";
export * as functional from "./functional.js";
export * from "./group-norm.js";
export * from "./hard-activation.js";
export * as init from "./init.js";
export * from "./instance-norm.js";
export { Identity, Linear, type LinearOptions } from "./linear.js";
export * from "./loss.js";
export * from "./margin-loss.js";
export { Module } from "./module.js";
export {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  type BatchNormLayerOptions,
  LayerNorm,
  type LayerNormLayerOptions,
} from "./normalization.js";
export * from "./pooling.js";
export * from "./pooling-nd.js";
export * from "./rearranging.js";
export type { ForwardHook, ForwardPreHook, HookHandle } from "./registry.js";
export * from "./shape.js";
export type { StateDict } from "./state-dict.js";
export * as utils from "./utils.js";
