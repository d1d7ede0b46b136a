/** The greatest of any sets of positions, each a product of lists, one list a dim. */
import { numel } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { gather, indexSelect } from "../index/gathering.js";
import { named } from "../named.js";
import { argmax, type ValuesAndIndices } from "../reduction/reduction.js";
import { expand, reshape, unsqueeze } from "../shape/view.js";

export interface ReturnIndices {
  /** Also give where in its plane each maximum stood. @defaultValue false */
  readonly returnIndices?: boolean;
}
export type PoolResult<O> = O extends { returnIndices: true } ? ValuesAndIndices : Tensor;

/** Flat positions of every cell, row-major, all lists of one length: the last position of short ones repeats. */
function positions(
  cells: readonly (readonly number[][])[],
  shape: readonly number[],
): { table: number[]; width: number } {
  let rows: number[][] = [[0]];
  cells.forEach((lists, d) => {
    rows = rows.flatMap((row) =>
      lists.map((list) => row.flatMap((at) => list.map((i) => at * shape[d]! + i))),
    );
  });
  const width = Math.max(1, ...rows.map((row) => row.length));
  return {
    table: rows.flatMap((row) => Array.from({ length: width }, (_, i) => row[Math.min(i, row.length - 1)]!)),
    width,
  };
}

/**
 * The greatest of every cell of the last dims of x, NaN above all, and where it stood first. ∂x = g there.
 *
 * @param cells for each of the last dims, for each output, the inputs it looks at
 */
export function windowMax(op: string, x: Tensor, cells: readonly (readonly number[][])[]): ValuesAndIndices {
  const rank = cells.length;
  const lead = x.shape.slice(0, x.ndim - rank);
  const size = x.shape.slice(x.ndim - rank);
  const shape = [...lead, ...cells.map((lists) => lists.length)];
  const count = numel(shape.slice(lead.length));
  const flat = reshape(x, [...lead, numel(size)]);
  const { table, width } = positions(cells, size);
  const places = makeOf(table, [count, width], "int64", x.storage.backend);
  const windows = reshape(indexSelect(flat.detach(), -1, reshape(places, -1)), [...lead, count, width]);
  const best = unsqueeze(argmax(windows, -1), -1);
  const found = reshape(gather(expand(places, [...lead, count, width]), -1, best), [...lead, count]);
  return {
    values: named(op, reshape(gather(flat, -1, found), shape)),
    indices: reshape(found, shape),
  };
}
