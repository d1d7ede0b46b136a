/** Tensors combined into grids: all pairs, all triples, blocks on a diagonal, columns side by side. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import { resolve, type TensorOptions } from "../../tensor/create.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { indexSelect } from "../index/gathering.js";
import { checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { pad } from "../spatial/padding.js";
import { indexList } from "../spatial/spatial.js";
import { cat, stack } from "./joining.js";
import { expand, reshape, unsqueeze, view } from "./view.js";

type OneOrMany = { (x: Tensor): Tensor; (tensors: readonly Tensor[]): Tensor[] };

/** A function of one tensor, for each of a list. */
function each(op: string, run: (x: Tensor) => Tensor): OneOrMany {
  const one = (x: Tensor) => {
    checkTensor(op, x);
    return run(x);
  };
  return ((x: Tensor | readonly Tensor[]) => (Array.isArray(x) ? x.map(one) : one(x as Tensor))) as OneOrMany;
}

/** x with at least one dim; of a list each. @see torch.atleast_1d */
export const atleast1d = each("atleast1d", (x) => (x.ndim === 0 ? reshape(x, 1) : x));
/** x with at least two dims; of a list each. @see torch.atleast_2d */
export const atleast2d = each("atleast2d", (x) =>
  x.ndim === 0 ? reshape(x, 1, 1) : x.ndim === 1 ? unsqueeze(x, 0) : x,
);
/** x with at least three dims: [n] as [1, n, 1], [m, n] as [m, n, 1]; of a list each. @see torch.atleast_3d */
export const atleast3d = each("atleast3d", (x) =>
  x.ndim === 0 ? reshape(x, 1, 1, 1) : x.ndim > 2 ? x : unsqueeze(x.ndim === 1 ? unsqueeze(x, 0) : x, -1),
);

/** Lists as columns, matrices as they are, side by side. @see torch.column_stack */
export function columnStack(tensors: readonly Tensor[]): Tensor {
  if (!Array.isArray(tensors))
    throw new ArgumentError(`columnStack: expected a list of tensors: got ${show(tensors)}`);
  for (const x of tensors) checkTensor("columnStack", x);
  return cat(
    tensors.map((x) => (x.ndim < 2 ? reshape(x, numel(x.shape), 1) : x)),
    1,
  );
}
/** Joined along a third dim. @see torch.dstack */
export function dstack(tensors: readonly Tensor[]): Tensor {
  return cat(atleast3d(tensors), 2);
}

export interface MeshgridOptions {
  /** Whether the first list runs along rows ("ij") or columns ("xy"). @defaultValue "ij" */
  indexing?: "ij" | "xy";
}
/** Each list spread over a grid with one dim a list: views. @example meshgrid(x, y, { indexing: "xy" }) @see torch.meshgrid */
export function meshgrid(...args: Tensor[] | [Tensor[]] | [...Tensor[], MeshgridOptions]): Tensor[] {
  const flat = args.flat() as (Tensor | MeshgridOptions)[];
  const last = flat.at(-1);
  const options = typeof last === "object" && last !== null && !("storage" in last) ? last : undefined;
  const lists = (options ? flat.slice(0, -1) : flat) as Tensor[];
  checkOptions("meshgrid", options, ["indexing"]);
  const indexing = checkChoice("meshgrid", "indexing", options?.indexing ?? "ij", ["ij", "xy"]);
  if (lists.length === 0) throw new ArgumentError("meshgrid: expects a non-empty list of tensors");
  for (const x of lists) {
    checkTensor("meshgrid", x);
    if (x.ndim > 1)
      throw new ShapeError(
        `meshgrid: Expected 0D or 1D tensor in the tensor list but got: ${formatShape(x.shape)}`,
      );
    if (x.dtype !== lists[0]!.dtype)
      throw new ArgumentError("meshgrid: expects all tensors to have the same dtype");
  }
  const turned = indexing === "xy" && lists.length >= 2;
  const order = turned ? [lists[1]!, lists[0]!, ...lists.slice(2)] : lists;
  const shape = order.map((x) => numel(x.shape));
  const grids = order.map((x, d) => {
    const alone = shape.map((n, i) => (i === d ? n : 1));
    return expand(view(x, alone), shape);
  });
  return turned ? [grids[1]!, grids[0]!, ...grids.slice(2)] : grids;
}

/** All combinations of one element from each list: [count, lists]. @see torch.cartesian_prod */
export function cartesianProd(...lists: Tensor[]): Tensor {
  for (const x of lists) checkTensor("cartesianProd", x);
  if (lists.length === 1) return lists[0]!;
  return stack(
    meshgrid(...lists).map((grid) => reshape(grid, -1)),
    1,
  );
}

export interface CombinationsOptions {
  /** How many are combined. @defaultValue 2 */
  r?: number;
  /** An element may come more than once. @defaultValue false */
  withReplacement?: boolean;
}
/** All choices of r elements of a list, in its order: [count, r]. @see torch.combinations */
export function combinations(x: Tensor, options?: CombinationsOptions): Tensor {
  checkTensor("combinations", x);
  checkOptions("combinations", options, ["r", "withReplacement"]);
  const { r = 2, withReplacement = false } = options ?? {};
  checkInteger("combinations", "r", r, 0);
  if (x.ndim !== 1)
    throw new ShapeError(`combinations: Expect a 1D vector, but got shape ${formatShape(x.shape)}`);
  if (r === 0) return makeOf([], [0], x.dtype, x.storage.backend);
  const [n, step] = [x.shape[0]!, withReplacement ? 0 : 1];
  let rows = Array.from({ length: n }, (_, i) => [i]);
  for (let k = 1; k < r; k++)
    rows = rows.flatMap((row) => {
      const from = row.at(-1)! + step;
      return Array.from({ length: n - from }, (_, i) => [...row, from + i]);
    });
  const columns = Array.from({ length: r }, (_, k) =>
    indexSelect(
      x,
      0,
      indexList(
        rows.map((row) => row[k]!),
        x,
      ),
    ),
  );
  return stack(columns, 1);
}

/** Matrices along a diagonal, zeros elsewhere. @see torch.block_diag */
export function blockDiag(...blocks: Tensor[]): Tensor {
  const matrices = blocks.map((x) => {
    checkTensor("blockDiag", x);
    if (x.ndim > 2)
      throw new ShapeError(
        `blockDiag: Input tensors must have 2 or fewer dimensions: got ${formatShape(x.shape)}`,
      );
    return atleast2d(x);
  });
  const width = matrices.reduce((sum, x) => sum + x.shape[1]!, 0);
  let left = 0;
  const rows = matrices.map((x) => {
    const at = left;
    left += x.shape[1]!;
    return pad(x, [at, width - left]);
  });
  return named("block_diag", cat(rows, 0));
}

function triangleIndices(
  op: string,
  rows: number,
  columns: number,
  /** Whether a place so far above the bounding diagonal is in it. */
  inside: (above: number) => boolean,
  options: TriangleOptions,
): Tensor {
  checkInteger(op, "row", rows, 0);
  checkInteger(op, "col", columns, 0);
  checkOptions(op, options, ["offset", "dtype", "device", "requiresGrad"]);
  const { offset = 0, ...rest } = options;
  checkInteger(op, "offset", offset);
  const { dtype, backend } = resolve(op, rest, "int64");
  const cells = Array.from(
    { length: rows * columns },
    (_, i) => [Math.floor(i / columns), i % columns] as const,
  );
  const found = cells.filter(([r, c]) => inside(c - r - offset));
  return makeOf([...found.map(([r]) => r), ...found.map(([, c]) => c)], [2, found.length], dtype, backend);
}
export interface TriangleOptions extends TensorOptions {
  /** The diagonal that bounds it: above the main one if positive. @defaultValue 0 */
  offset?: number;
}
/** Row and column numbers [2, count] of a lower triangle. @see torch.tril_indices */
export function trilIndices(rows: number, columns: number, options: TriangleOptions = {}): Tensor {
  return triangleIndices("trilIndices", rows, columns, (above) => above <= 0, options);
}
/** Row and column numbers [2, count] of an upper triangle. @see torch.triu_indices */
export function triuIndices(rows: number, columns: number, options: TriangleOptions = {}): Tensor {
  return triangleIndices("triuIndices", rows, columns, (above) => above >= 0, options);
}
