/** All public names, all methods, all kernels, both devices. */
import "./kernels.js";
import "./reference.js";
import { installAll } from "./methods/all.js";

installAll();

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
export * from "./functions.js";
export * as io from "./io/index.js";
export * as nn from "./nn/index.js";
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
