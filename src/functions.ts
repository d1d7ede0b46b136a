/** Every function of tensors; each works wherever the package does, whatever methods tensors were given. */

export * from "./ops/expr.js";
export * as fft from "./ops/fft/index.js";
export * from "./ops/fft/windows.js";
export * from "./ops/index.js";
export * from "./ops/inquiry.js";
export * as linalg from "./ops/linalg/index.js";
export * from "./ops/linear/einsum.js";
export { mm as spmm } from "./ops/linear/matmul.js";
export * as masked from "./ops/masked.js";
export { groupNorm, instanceNorm } from "./ops/norm/group-norm.js";
export { batchNorm, layerNorm, nativeBatchNorm, nativeLayerNorm } from "./ops/norm/normalization.js";
export * from "./ops/random/dropout.js";
export { poisson } from "./ops/random/poisson.js";
export * from "./ops/shape/grids.js";
export * from "./ops/shape/joining.js";
export * from "./ops/spatial/conv-transpose.js";
export * from "./ops/spatial/conv3d.js";
export * from "./ops/spatial/convolution.js";
export { constantPadNd } from "./ops/spatial/padding.js";
export * as special from "./ops/special/index.js";
