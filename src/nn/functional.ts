/** torch.nn.functional: what layers compute, as functions. */
export * from "../ops/activation.js";
export * from "../ops/convolution.js";
export * from "../ops/dropout.js";
export * from "../ops/embedding.js";
export { linear } from "../ops/linear.js";
export * from "../ops/loss.js";
export * from "../ops/normalization.js";
export * from "../ops/padding.js";
export * from "../ops/pooling.js";
export { tanh } from "../ops/trigonometric.js";
