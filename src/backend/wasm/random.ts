/**
 * @file Random fills. The generator's words are copied beside the kernel and back; what no kernel draws, and every source
 * that is not the library's own generator, is drawn by the reference device's code, so the numbers are the same.
 */
import type { DType } from "../../core/dtype.js";
import { sizeOf } from "../../core/dtype.js";
import { Generator } from "../../core/generator.js";
import { isContiguous, numel } from "../../core/shape.js";
import type { Distribution, ElementwiseKernels, NDArray, RandomSource } from "../backend.js";
import { type HostCell, write, zeros } from "../reference/arrays.js";
import { draw, fullRange } from "../reference/random.js";
import type { Machine } from "./machine.js";
import type { WasmCell } from "./queue.js";

/** Where the kernels look for the next word and for whole parameters, and what they need in all. */
const NEXT = 2496;
const PARAMETERS = 2512;
const STATE_BYTES = 4672;

/** A kernel's name, its numbers, and its whole parameters. */
interface Draw {
  readonly name: string;
  readonly numbers?: readonly number[];
  readonly whole?: readonly [bigint, bigint];
}

function kernelOf(d: Distribution, dtype: DType, n: number, contiguous: boolean): Draw | null {
  switch (d.kind) {
    case "uniform":
      if (dtype === "float32") return { name: "uniform", numbers: [d.from, d.to] };
      return dtype === "float64" && d.from === 0 && d.to === 1 ? { name: "fraction" } : null;
    case "normal":
      return contiguous && n >= 16 ? { name: "normal", numbers: [d.mean, d.std] } : null;
    case "bernoulli":
      return { name: "bernoulli", numbers: [d.p] };
    case "integer":
      return { name: "integer", whole: [d.from, d.to - d.from] };
    case "full":
      return { name: "integer", whole: [0n, fullRange[dtype]] };
    default:
      return null;
  }
}

export function random(machine: Machine, copy: ElementwiseKernels["copy"]) {
  const { cells } = machine;

  /** Fills a contiguous array. */
  function run({ name, numbers = [], whole }: Draw, out: NDArray, generator: Generator): void {
    const state = cells.workspace(STATE_BYTES);
    cells.begin();
    const at = machine.at(out);
    const view = new DataView(cells.heap.u8.buffer);
    const words = new Uint32Array(cells.heap.u8.buffer, state, generator.words.length);
    words.set(generator.words);
    view.setInt32(state + NEXT, generator.next, true);
    whole?.forEach((value, i) => {
      view.setBigInt64(state + PARAMETERS + 8 * i, value, true);
    });
    machine.kernel(out.dtype, "random", name)(state, numel(out.shape), at, ...numbers);
    generator.words.set(words);
    generator.next = view.getInt32(state + NEXT, true);
    cells.end();
  }

  return (out: NDArray, d: Distribution, source: RandomSource): void => {
    const { dtype, shape } = out;
    const n = numel(shape);
    if (n === 0) return;
    const contiguous = isContiguous(shape, out.strides);
    const target = contiguous ? out : machine.temporary(shape, dtype);
    const kernel = kernelOf(d, dtype, n, contiguous);
    if (kernel && source instanceof Generator && machine.has(dtype, "random", kernel.name))
      run(kernel, target, source);
    else {
      const host = zeros(shape, dtype);
      write(host, draw(d, source, dtype, n, contiguous));
      const { data } = host.storage.cell as HostCell;
      cells.bytes(target.storage.cell as WasmCell).set(data, target.offset * sizeOf(dtype));
    }
    if (target === out) return;
    copy(out, target);
    machine.drop(target);
  };
}
