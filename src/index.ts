/** The public names, nothing else. */
import { installMethods } from "./methods.js";

installMethods();

export { Tensor } from "./tensor/tensor.js";
export { Parameter } from "./tensor/parameter.js";
export * from "./tensor/create.js";
export * from "./tensor/random.js";
export * from "./ops/index.js";
export * from "./ops/joining.js";
export * from "./ops/einsum.js";
export * from "./autograd/grad-mode.js";
export * as autograd from "./autograd/index.js";
export * from "./core/errors.js";
