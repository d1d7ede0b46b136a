/** What every family of the WASM backend works with: the kernels, the cells, and how arrays become addresses. */
import { type DType, dtypes, sizeOf } from "../../core/dtype.js";
import { DeviceError, DTypeError } from "../../core/errors.js";
import { contiguousStrides, isContiguous, numel, type Shape } from "../../core/shape.js";
import type { NDArray } from "../backend.js";
import { Cells } from "./cells.js";
import { encode, words } from "./encode.js";
import { Heap } from "./heap.js";
import { complete, type Family, type Kernel, Kernels } from "./kernels.js";
import { Nest } from "./nest.js";
import { WasmCell } from "./queue.js";

/** Room for the outer dims of a nest: 64 dims of 4 arrays, and then some. */
const NEST_BYTES = 2048;
const CONSTANT_BYTES = 64;
const widerDTypes: { readonly [D in DType]?: DType } = {
  float16: "float32",
  bfloat16: "float32",
  int16: "int32",
  int8: "int32",
  uint8: "int32",
  bool: "int32",
};

/** Hosts that are short of addresses refuse to set the whole range aside. @throws DeviceError where there is no memory at all */
function newMemory(): WebAssembly.Memory {
  for (let maximum = 65536; ; maximum /= 2)
    try {
      return new WebAssembly.Memory({ initial: 16, maximum });
    } catch (cause) {
      if (maximum > 32) continue;
      throw new DeviceError(
        `device "cpu": this host refuses 1 MiB of memory to WebAssembly (${String(cause)}); use device "reference": ` +
          `setDefaultDevice("reference") after import "wasmgrad/reference"`,
        { cause },
      );
    }
}

export class Machine {
  private readonly kernels: Kernels;
  readonly cells: Cells;
  private readonly nest = new Nest();
  private readonly nestAddress: number;
  private readonly constant: { readonly cell: WasmCell };

  constructor() {
    const memory = newMemory();
    this.kernels = new Kernels(memory);
    this.nestAddress = (this.kernels.heapBase + 63) & ~63;
    const constant = this.nestAddress + NEST_BYTES;
    this.constant = { cell: WasmCell.fixed(constant, CONSTANT_BYTES) };
    this.cells = new Cells(new Heap(memory, constant + CONSTANT_BYTES));
  }

  /** @throws DTypeError if the family has no such kernel for the dtype */
  kernel(dtype: DType, family: string, name: string): Kernel {
    return this.find(dtype, family, name) ?? this.missing(family === "copy" ? family : name, dtype);
  }

  has(dtype: DType, family: string, name: string): boolean {
    return this.find(dtype, family, name) !== undefined;
  }

  find(dtype: DType, family: string, name: string): Kernel | undefined {
    const kernels = this.family(dtype, family);
    while (!kernels[name] && this.kernels.loadMore()) {}
    return kernels[name];
  }

  /** The dtype in which what has no kernel for `dtype` is computed. @throws DTypeError if there is none */
  wider(name: string, dtype: DType): DType {
    return widerDTypes[dtype] ?? this.missing(name, dtype);
  }

  /** What is loaded of a family. */
  family(dtype: DType, name: string): Family {
    return this.kernels.family(dtypes[dtype].prefix, name);
  }

  private missing(name: string, dtype: DType): never {
    const hint = complete() ? "" : ` by the kernels at hand; import "wasmgrad/kernels" for all of them`;
    throw new DTypeError(`${name}: not implemented for ${dtype}${hint}`);
  }

  /** The address of the array's first element. Between `cells.begin()` and `cells.end()` only. */
  at(x: NDArray): number {
    const { cell } = x.storage;
    if (!(cell instanceof WasmCell))
      throw new DeviceError(
        'device "cpu": an operand is on another device, or of another copy of wasmgrad, which this program has loaded too',
      );
    return this.cells.locate(cell) + x.offset * sizeOf(x.dtype);
  }

  // ── elementwise calls; the kernel's name is that of the dtype of its operands ──────────────────

  rows1(kernel: Kernel, out: NDArray, ...parameters: number[]): number {
    return this.run(kernel, [out], parameters);
  }

  rows2(kernel: Kernel, out: NDArray, x: NDArray, ...parameters: number[]): void {
    const { cells, nest, nestAddress } = this;
    const sx = step(x);
    cells.begin();
    if (parameters.length > 0) this.run(kernel, [out, x], parameters);
    else if (sx >= 0 && isContiguous(out.shape, out.strides))
      kernel(0, 0, numel(out.shape), this.at(out), sizeOf(out.dtype), this.at(x), sx);
    else {
      const { rank, count, steps } = nest.arrange([out, x]);
      const [o, p] = [this.at(out), this.at(x)];
      nest.write(cells.heap.i32, nestAddress);
      kernel(rank, nestAddress, count, o, steps[0]!, p, steps[1]!);
    }
    cells.end();
  }

  rows3(kernel: Kernel, out: NDArray, a: NDArray, b: NDArray, ...parameters: number[]): void {
    const { cells, nest, nestAddress } = this;
    const [sa, sb] = [step(a), step(b)];
    cells.begin();
    if (parameters.length > 0) this.run(kernel, [out, a, b], parameters);
    else if (sa >= 0 && sb >= 0 && isContiguous(out.shape, out.strides))
      kernel(0, 0, numel(out.shape), this.at(out), sizeOf(out.dtype), this.at(a), sa, this.at(b), sb);
    else {
      const { rank, count, steps } = nest.arrange([out, a, b]);
      const [o, p, q] = [this.at(out), this.at(a), this.at(b)];
      nest.write(cells.heap.i32, nestAddress);
      kernel(rank, nestAddress, count, o, steps[0]!, p, steps[1]!, q, steps[2]!);
    }
    cells.end();
  }

  rows4(kernel: Kernel, out: NDArray, a: NDArray, b: NDArray, c: NDArray): void {
    const { cells, nest, nestAddress } = this;
    cells.begin();
    const { rank, count, steps } = nest.arrange([out, a, b, c]);
    const [o, p, q, r] = [this.at(out), this.at(a), this.at(b), this.at(c)];
    nest.write(cells.heap.i32, nestAddress);
    kernel(rank, nestAddress, count, o, steps[0]!, p, steps[1]!, q, steps[2]!, r, steps[3]!);
    cells.end();
  }

  private run(kernel: Kernel, arrays: readonly NDArray[], parameters: readonly number[]): number {
    const { cells, nest } = this;
    nest.arrange(arrays);
    cells.begin();
    const args = [nest.rank, this.nestAddress, nest.count];
    for (let j = 0; j < arrays.length; j++) args.push(this.at(arrays[j]!), nest.steps[j]!);
    nest.write(cells.heap.i32, this.nestAddress);
    const result = kernel(...args, ...parameters);
    cells.end();
    return result;
  }

  // ── temporaries ────────────────────────────────────────────────────────────────────────────────

  /** A contiguous array of the machine's own; give it back with `drop`. */
  temporary(shape: Shape, dtype: DType): NDArray {
    const cell = this.cells.allocate(Math.max(1, numel(shape)) * sizeOf(dtype));
    return { storage: { cell }, dtype, shape, strides: contiguousStrides(shape), offset: 0 };
  }

  drop(x: NDArray): void {
    this.cells.release(x.storage.cell as WasmCell);
  }

  /** `value` in every place of `shape`, until the next call. */
  scalar(shape: Shape, dtype: DType, value: number | bigint): NDArray {
    const { i32 } = this.cells.heap;
    const at = this.constant.cell.address >>> 2;
    encode(dtype, value);
    i32[at] = words[0]!;
    i32[at + 1] = words[1]!;
    return {
      storage: this.constant,
      dtype,
      shape,
      strides: new Array<number>(shape.length).fill(0),
      offset: 0,
    };
  }
}

/** Bytes from one element to the next if the whole array is one row: contiguous, or one repeated element; else −1. */
function step({ shape, strides, dtype }: NDArray): number {
  if (isContiguous(shape, strides)) return sizeOf(dtype);
  for (let d = 0; d < shape.length; d++) if (strides[d] !== 0 && shape[d] !== 1) return -1;
  return 0;
}
