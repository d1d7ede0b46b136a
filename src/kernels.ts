/**
 * @file `import "wasmgrad/kernels"`: all kernels of device "cpu", where `wasmgrad/lean` has float32, int64 and bool without
 * convolutions, pooling, scans and sorting. `wasmgrad` itself has them already.
 */
import { all } from "./backend/wasm/embedded/all.js";
import { addKernels } from "./backend/wasm/kernels.js";

addKernels(all);
