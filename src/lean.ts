/**
 * @file `wasmgrad/lean`: what a page needs that counts its kilobytes. Tensors have the methods of common families, device "cpu"
 * the kernels of float32, int64 and bool; everything else is imported where it is used.
 *
 * @example
 * import { manualSeed, tensor } from "wasmgrad/lean";
 * import { Linear } from "wasmgrad/nn";
 * import { SGD } from "wasmgrad/optim";
 */
import { core } from "./backend/wasm/embedded/core.js";
import { addKernels } from "./backend/wasm/kernels.js";
import { installCommon } from "./methods/common.js";

addKernels(core);
installCommon();

export * from "./autograd/grad-mode.js";
export type { DeviceName, MemoryStats } from "./backend/backend.js";
export { getDefaultDevice, setDefaultDevice } from "./backend/registry.js";
export { type DType, getDefaultDtype, setDefaultDtype } from "./core/dtype.js";
export * from "./core/dtype-names.js";
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
