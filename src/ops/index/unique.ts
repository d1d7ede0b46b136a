/** Elements, or slices along a dim, each once. */
import { checkOptions } from "../../core/arguments.js";
import { ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim, numel } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { checkTensor } from "../kernel.js";
import { movedim, reshape } from "../shape/view.js";
import { indexSelect } from "./gathering.js";

export interface UniqueConsecutiveOptions {
  /** Also where each element went. @defaultValue false */
  returnInverse?: boolean;
  /** Also how many there were of each. @defaultValue false */
  returnCounts?: boolean;
  /** Compare whole slices along this dim. @defaultValue null, all elements */
  dim?: number | null;
}
export interface UniqueOptions extends UniqueConsecutiveOptions {
  /** In ascending order; ours always are. */
  sorted?: boolean;
}

type Values = readonly (number | bigint)[];

/** Where a comes before b, position by position; NaN stands last and equals nothing. */
function order(a: Values, b: Values): number {
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i]!, b[i]!];
    if (p < q || (Number.isNaN(q) && !Number.isNaN(p))) return -1;
    if (p > q || Number.isNaN(p)) return 1;
  }
  return 0;
}
const same = (a: Values, b: Values): boolean => a.every((p, i) => p === b[i]);

function distinct(op: string, x: Tensor, options: UniqueOptions, sorted: boolean): Tensor | Tensor[] {
  const { returnInverse = false, returnCounts = false, dim = null } = options;
  const flat = dim === null ? reshape(x.detach(), -1) : x.detach();
  const d = normalizeDim(op, dim ?? 0, flat.ndim);
  if (dim !== null && (x.ndim === 0 || (numel(x.shape) === 0 && x.shape[d] !== 0)))
    throw new ShapeError(
      `${op}: There are 0 sized dimensions, or none, in a tensor of shape ${formatShape(x.shape)}`,
    );
  const { backend } = x.storage;
  const [n, values] = [flat.shape[d]!, valuesOf(movedim(flat, d, 0))];
  const size = values.length / Math.max(n, 1);
  const lines = Array.from({ length: n }, (_, i) => values.slice(i * size, (i + 1) * size));
  const places = lines.map((_, i) => i);
  // Array.sort is stable by definition, and the order is total.
  if (sorted) places.sort((i, j) => order(lines[i]!, lines[j]!));
  const firsts: number[] = [];
  const counts: number[] = [];
  const inverse = new Array<number>(n);
  places.forEach((i, at) => {
    if (at === 0 || !same(lines[places[at - 1]!]!, lines[i]!)) {
      firsts.push(i);
      counts.push(0);
    }
    inverse[i] = firsts.length - 1;
    counts[counts.length - 1]!++;
  });
  const long = (list: readonly number[], shape = [list.length]) => makeOf(list, shape, "int64", backend);
  const found = indexSelect(flat, d, long(firsts));
  if (!returnInverse && !returnCounts) return found;
  return [
    found,
    ...(returnInverse ? [long(inverse, dim === null ? [...x.shape] : [n])] : []),
    ...(returnCounts ? [long(counts)] : []),
  ];
}

/**
 * Each element once, in ascending order; on request also where each element went and how many there were of each.
 *
 * @example const [values, counts] = unique(x, { returnCounts: true });
 * @see torch.unique
 */
export function unique(
  x: Tensor,
  options?: UniqueOptions & { returnInverse?: false; returnCounts?: false },
): Tensor;
export function unique(x: Tensor, options: UniqueOptions): Tensor | Tensor[];
export function unique(x: Tensor, options: UniqueOptions = {}): Tensor | Tensor[] {
  checkTensor("unique", x);
  checkOptions("unique", options, ["sorted", "returnInverse", "returnCounts", "dim"]);
  return distinct("unique", x, options, true);
}

/** The first of each run of equal elements, in the order they stand in. @see torch.unique_consecutive */
export function uniqueConsecutive(x: Tensor, options: UniqueConsecutiveOptions = {}): Tensor | Tensor[] {
  checkTensor("uniqueConsecutive", x);
  checkOptions("uniqueConsecutive", options, ["returnInverse", "returnCounts", "dim"]);
  return distinct("uniqueConsecutive", x, options, false);
}
