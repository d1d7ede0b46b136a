/** Indices of equal elements: where several are right, what they select must be the same. */
import { Tensor } from "../../src/tensor/tensor.js";
import { member } from "./compare.js";
import { expectedElements, foundElements, isObject, type TensorRow, tensorRow } from "./decode.js";
import type { Row } from "./report.js";

/** The dim an op worked along; undefined where it took all elements as one row. */
function dimOf(row: Row, rank: number): number | undefined {
  const kwargs = row.kwargs as Record<string, unknown>;
  const fromArgs = (row.args as unknown[]).filter((arg) => typeof arg === "number").at(-1);
  const dim = (kwargs.dim ?? fromArgs) as number | undefined;
  return dim === undefined ? undefined : dim < 0 ? dim + rank : dim;
}

/** x at each index along `dim`: [outer, n, inner] by [outer, k, inner]. */
function select(
  x: TensorRow,
  indices: readonly (number | bigint)[],
  dim: number | undefined,
): (number | bigint)[] {
  const values = expectedElements(x);
  if (dim === undefined) return indices.map((i) => values[Number(i)]!);
  const [n, inner] = [x.shape[dim] ?? 1, x.shape.slice(dim + 1).reduce((a, b) => a * b, 1)];
  const outer = x.shape.slice(0, dim).reduce((a, b) => a * b, 1);
  const k = indices.length / (outer * inner);
  return indices.map((index, i) => {
    const block = Math.floor(i / (k * inner));
    return values[(block * n + Number(index)) * inner + (i % inner)]!;
  });
}

/** Whether every int64 output selects what PyTorch's selects, and everything else is of the same kind. */
export function sameSelection(row: Row, out: unknown): boolean {
  const input = tensorRow(row.input);
  if (!input?.data) return false;
  const named =
    isObject(row.out) && "$named" in row.out
      ? (row.out.$named as { values: unknown[]; fields: string[] })
      : undefined;
  const outputs = named?.values ?? [row.out];
  return outputs.every((expected, i) => {
    const want = tensorRow(expected);
    const have = named ? member(out, i, named.fields[i]) : out;
    if (
      !want ||
      !(have instanceof Tensor) ||
      have.dtype !== want.dtype ||
      have.shape.join() !== want.shape.join()
    )
      return false;
    const [a, b] = [expectedElements(want), foundElements(have)];
    const isIndex = want.dtype === "int64" && (i === 1 || !named);
    const dim =
      dimOf(row, input.shape.length) ??
      (named || /sort/.test(String(row.key)) ? input.shape.length - 1 : undefined);
    const [x, y] = isIndex ? [select(input, a, dim), select(input, b, dim)] : [a, b];
    return x.every((value, j) => Object.is(value, y[j]) || value === y[j]);
  });
}
