/** Numbers as vectors with a single 1, and rows of a table put together by bags. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import { make, makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { to } from "../copying.js";
import { div, mul } from "../elementwise/arithmetic.js";
import { eq } from "../elementwise/comparison.js";
import { clampMin } from "../elementwise/limits.js";
import { maskedFill } from "../elementwise/selection.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { max } from "../reduction/reduction.js";
import { reshape, squeeze, unsqueeze } from "../shape/view.js";
import { embedding } from "./embedding.js";
import { gather, indexAdd, indexSelect, scatter } from "./gathering.js";

/** 1 at each number's place, 0 elsewhere: x of any shape, int64 → [*x, numClasses]. @see torch.nn.functional.one_hot */
export function oneHot(x: Tensor, options: { numClasses?: number } = {}): Tensor {
  checkTensor("oneHot", x);
  checkOptions("oneHot", options, ["numClasses"]);
  if (x.dtype !== "int64")
    throw new DTypeError(`oneHot: one_hot is only applicable to index tensor: got ${x.dtype}`);
  const given = checkInteger("oneHot", "numClasses", options.numClasses ?? -1, -1);
  const empty = numel(x.shape) === 0;
  if (empty && given <= 0)
    throw new ShapeError("oneHot: Can not infer total number of classes from empty tensor.");
  const values = empty ? [] : valuesOf(x).map(Number);
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), 0),
    values.reduce((a, b) => Math.max(a, b), 0),
  ];
  if (least < 0) throw new ArgumentError(`oneHot: Class values must be non-negative: got ${least}`);
  const count = given === -1 ? most + 1 : given;
  if (!empty && most >= count)
    throw new ArgumentError(`oneHot: Class values must be smaller than num_classes: ${most} ≥ ${count}`);
  const out = zerosOf(x, [...x.shape, count]);
  return empty ? out : scatter(out, -1, unsqueeze(x, -1), 1);
}

export interface EmbeddingBagOptions {
  /** Where each bag begins in a flat list of indices [bags]. */
  offsets?: Tensor | null;
  /** @defaultValue "mean" */
  mode?: "sum" | "mean" | "max";
  /** Factor of each row, of the index's shape; for sums only. */
  perSampleWeights?: Tensor | null;
  /** Whether the last offset is the end of the last bag. @defaultValue false */
  includeLastOffset?: boolean;
  /** Row that counts nothing. */
  paddingIdx?: number | null;
}

/** The bag of every index, and how many bags there are. */
function bagsOf(index: Tensor, options: EmbeddingBagOptions): { bags: number[]; count: number } {
  const op = "embeddingBag";
  const { offsets, includeLastOffset = false } = options;
  if (index.ndim === 2) {
    if (offsets)
      throw new ArgumentError(
        `${op}: if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences`,
      );
    const [count, width] = index.shape as [number, number];
    return { bags: Array.from({ length: count * width }, (_, i) => Math.floor(i / width)), count };
  }
  if (index.ndim !== 1)
    throw new ShapeError(`${op}: input has to be 1D or 2D Tensor, but got Tensor of dimension ${index.ndim}`);
  if (!offsets) throw new ArgumentError(`${op}: offsets has to be a 1D Tensor but got None`);
  if (offsets.ndim !== 1)
    throw new ShapeError(`${op}: offsets has to be a 1D Tensor: got ${formatShape(offsets.shape)}`);
  const starts = numel(offsets.shape) ? valuesOf(offsets).map(Number) : [];
  const length = index.shape[0]!;
  if (starts.length > 0 && starts[0] !== 0)
    throw new ArgumentError(
      `${op}: offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got ${starts[0]}`,
    );
  if ((starts.at(-1) ?? 0) > length)
    throw new ArgumentError(
      `${op}: offsets[-1] can not be greater than input's length ${length}, but got offsets[-1] of ${starts.at(-1)}`,
    );
  const count = includeLastOffset ? starts.length - 1 : starts.length;
  let bag = -1;
  const bags = Array.from({ length }, (_, i) => {
    while (bag + 1 < count && starts[bag + 1]! <= i) bag++;
    return bag;
  });
  return { bags, count: Math.max(0, count) };
}

/**
 * Rows of a table put together: index [bags, n], or [n] with offsets [bags]; weight [V, D] → [bags, D]. Empty bags are 0.
 *
 * @throws IndexError if an index is no row
 * @see torch.nn.functional.embedding_bag
 */
export function embeddingBag(index: Tensor, weight: Tensor, options: EmbeddingBagOptions = {}): Tensor {
  const op = "embeddingBag";
  checkTensor(op, index);
  checkTensor(op, weight);
  checkOptions(op, options, ["offsets", "mode", "perSampleWeights", "includeLastOffset", "paddingIdx"]);
  const mode = checkChoice(op, "mode", options.mode ?? "mean", ["sum", "mean", "max"]);
  const { perSampleWeights = null, paddingIdx = null } = options;
  if (perSampleWeights && mode !== "sum")
    throw new ArgumentError(
      `${op}: expected per_sample_weights to be None when mode is not 'sum' (got mode='${mode}')`,
    );
  const { bags, count } = bagsOf(index, options);
  const flat = to(reshape(index, -1), "int64");
  const { backend } = weight.storage;
  const skipped = paddingIdx !== null && paddingIdx < 0 ? paddingIdx + weight.shape[0]! : paddingIdx;
  const rows = embedding(flat, weight, { paddingIdx });
  const dropped = skipped === null ? null : eq(flat, skipped);
  const width = weight.shape[1]!;
  if (mode === "max") return named("embedding_bag", greatest(rows, bags, count, dropped));
  const kept = dropped ? maskedFill(rows, unsqueeze(dropped, 1), 0) : rows;
  const weighed = perSampleWeights ? mul(kept, reshape(perSampleWeights, [-1, 1])) : kept;
  const at = makeOf(bags, [bags.length], "int64", backend);
  const total = indexAdd(zerosOf(weight, [count, width]), 0, at, weighed);
  if (mode === "sum") return named("embedding_bag", total);
  const ones = make([bags.length], weight.dtype, backend);
  backend.fill(ones, 1);
  const counted = dropped ? maskedFill(ones, dropped, 0) : ones;
  const sizes = clampMin(indexAdd(zerosOf(weight, [count]), 0, at, counted), 1);
  return named("embedding_bag", div(total, unsqueeze(sizes, 1)));
}

/** The greatest of each bag's rows [n, D] → [bags, D], 0 where a bag is empty. */
function greatest(rows: Tensor, bags: readonly number[], count: number, dropped: Tensor | null): Tensor {
  const members: number[][] = Array.from({ length: count }, () => []);
  const skip = dropped && numel(dropped.shape) ? valuesOf(dropped).map(Boolean) : [];
  bags.forEach((bag, i) => {
    if (bag >= 0 && !skip[i]) members[bag]!.push(i);
  });
  const longest = Math.max(1, ...members.map((list) => list.length));
  // Short bags repeat their last row; empty ones read any row and are then set to 0.
  const table = members.flatMap((list) =>
    Array.from({ length: longest }, (_, i) => list[Math.min(i, list.length - 1)] ?? 0),
  );
  const { backend } = rows.storage;
  const empty = makeOf(
    members.map((list) => Number(list.length === 0)),
    [count, 1],
    "bool",
    backend,
  );
  if (bags.length === 0) return zerosOf(rows, [count, rows.shape[1]!]);
  const picked = indexSelect(rows, 0, makeOf(table, [table.length], "int64", backend));
  const windows = reshape(picked, [count, longest, rows.shape[1]!]);
  const best = max(windows.detach(), 1, { keepdim: true }).indices;
  return maskedFill(squeeze(gather(windows, 1, best), 1), empty, 0);
}
