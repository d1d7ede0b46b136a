/** Products of matrices: batches joined where that makes one taller matrix, and the kernel for each shape. */
import { type DType, sizeOf } from "../../core/dtype.js";
import { numel } from "../../core/shape.js";
import type { LinearKernels, NDArray } from "../backend.js";
import { elementwise } from "./elementwise.js";
import type { Machine } from "./machine.js";

/** Bytes that a product of a vector with a matrix works in. */
const VECTOR_WORKSPACE = 8192;

export function products(machine: Machine): Pick<LinearKernels, "matmul"> {
  const { cells } = machine;
  const { copy } = elementwise(machine);

  function matmul(out: NDArray, a: NDArray, b: NDArray, bias?: NDArray): void {
    if (numel(out.shape) === 0) return;
    if (out.dtype !== "bool" && !machine.has(out.dtype, "gemm", "matmul")) {
      widened(machine.wider("matmul", out.dtype), out, a, b, bias);
      return;
    }
    const { shape, dtype } = out;
    const size = sizeOf(dtype);
    const bytes = (x: NDArray, dim: number): number => x.strides[dim]! * size;
    const rank = shape.length;
    const [row, column] = [rank - 2, rank - 1];
    const [n, k] = [shape[column]!, a.shape[column]!];
    const [ak, bk, bn] = [bytes(a, column), bytes(b, row), bytes(b, column)];

    // Batches that share B, and whose rows of A go on where those before them end, are one taller matrix.
    let [m, ar, batch] = [shape[row]!, bytes(a, row), row];
    for (; batch > 0; batch--) {
      if (shape[batch - 1] === 1) continue;
      const step = bytes(a, batch - 1);
      if (b.strides[batch - 1] !== 0 || (m > 1 && step !== m * ar)) break;
      if (m === 1) ar = step;
      m *= shape[batch - 1]!;
    }

    const { matvec, workspace: needed } = machine.family(dtype, "gemm");
    const kernel = machine.kernel(dtype, "gemm", "matmul");
    const vector = matvec && k > 0;
    const isRow = vector && m === 1 && (bk === size || (bn === size && n > 1));
    const isColumn = vector && n === 1 && (ak === size || (ar === size && m > 1));

    cells.begin();
    const workspace = cells.workspace(isRow || isColumn ? VECTOR_WORKSPACE : needed!(m, n, k));
    const start = bias ? machine.at(bias) : 0;
    const sbias = bias && n > 1 ? bias.strides[0]! * size : 0;
    const multiply = (y: number, x: number, w: number): void => {
      if (isRow) matvec(n, k, x, ak, w, bk, n === 1 ? 0 : bn, y, start, sbias, workspace);
      else if (isColumn) matvec(m, k, w, bk, x, ak, m === 1 ? 0 : ar, y, start, 0, workspace);
      else kernel(m, n, k, x, ar, ak, w, bk, bn, y, n * size, start, sbias, workspace);
    };
    const walk = (dim: number, y: number, x: number, w: number): void => {
      if (dim === batch) multiply(y, x, w);
      else {
        const [sy, sx, sw] = [bytes(out, dim), bytes(a, dim), bytes(b, dim)];
        for (let i = 0; i < shape[dim]!; i++) walk(dim + 1, y + i * sy, x + i * sx, w + i * sw);
      }
    };
    walk(0, machine.at(out), machine.at(a), machine.at(b));
    cells.end();
  }

  /** The product of the operands converted to `dtype`, converted back; whole numbers wrap alike at any width. */
  function widened(dtype: DType, out: NDArray, a: NDArray, b: NDArray, bias?: NDArray): void {
    const operands = [a, b, ...(bias ? [bias] : [])].map((x) => {
      const wide = machine.temporary(x.shape, dtype);
      copy(wide, x);
      return wide;
    });
    const result = machine.temporary(out.shape, dtype);
    matmul(result, operands[0]!, operands[1]!, operands[2]);
    copy(out, result);
    for (const x of [...operands, result]) machine.drop(x);
  }

  return { matmul };
}
