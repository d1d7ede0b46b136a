/** The public names, nothing else. */
import { installMethods } from "./methods.js";

installMethods();

export * from "./autograd/grad-mode.js";
export * as autograd from "./autograd/index.js";
export type { DeviceName, MemoryStats } from "./backend/backend.js";
export { getDefaultDevice, setDefaultDevice } from "./backend/registry.js";
export {
  canCast,
  type DType,
  getDefaultDtype,
  promoteTypes,
  setDefaultDtype,
  setDefaultTensorType,
} from "./core/dtype.js";
export * from "./core/dtype-limits.js";
export {
  bfloat16,
  bool,
  double,
  float,
  float16,
  float32,
  float64,
  half,
  int,
  int8,
  int16,
  int32,
  int64,
  long,
  short,
  uint8,
} from "./core/dtype-names.js";
export {
  ArgumentError,
  DeviceError,
  DTypeError,
  FormatError,
  GradError,
  IndexError,
  ShapeError,
  TorchError,
} from "./core/errors.js";
export { Generator } from "./core/generator.js";
export { slice } from "./core/slice.js";
export * as io from "./io/index.js";
export * as nn from "./nn/index.js";
export * from "./ops/conv-transpose.js";
export * from "./ops/conv3d.js";
export * from "./ops/convolution.js";
export * from "./ops/dropout.js";
export * from "./ops/einsum.js";
export * from "./ops/expr.js";
export * as fft from "./ops/fft/index.js";
export * from "./ops/grids.js";
export { groupNorm, instanceNorm } from "./ops/group-norm.js";
export * from "./ops/index.js";
export * from "./ops/inquiry.js";
export * from "./ops/joining.js";
export * as linalg from "./ops/linalg/index.js";
export * as masked from "./ops/masked.js";
export { mm as spmm } from "./ops/matmul.js";
export { batchNorm, layerNorm, nativeBatchNorm, nativeLayerNorm } from "./ops/normalization.js";
export { constantPadNd } from "./ops/padding.js";
export { poisson } from "./ops/poisson.js";
export * as special from "./ops/special/index.js";
export * from "./ops/windows.js";
export * as optim from "./optim/index.js";
export * from "./tensor/arrangements.js";
export {
  arange,
  asTensor,
  empty,
  emptyLike,
  eye,
  full,
  fullLike,
  linspace,
  logspace,
  type Nested,
  ones,
  onesLike,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from "./tensor/create.js";
export { getPrintoptions, type PrintOptions, setPrintoptions } from "./tensor/format.js";
export { fromTypedArray } from "./tensor/host.js";
export * from "./tensor/memory.js";
export { Parameter } from "./tensor/parameter.js";
export {
  defaultGenerator,
  getRngState,
  initialSeed,
  manualSeed,
  type RandomOptions,
  rand,
  randint,
  randintLike,
  randLike,
  randn,
  randnLike,
  randperm,
  seed,
  setRngState,
} from "./tensor/random.js";
export { Tensor } from "./tensor/tensor.js";
/** torch.cuda: there is none in WebAssembly. */
export const cuda = { isAvailable: (): boolean => false, deviceCount: (): number => 0 };
export * as utils from "./utils.js";
