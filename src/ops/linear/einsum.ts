/** Einstein's summation, as batched matrix products. */
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { numel } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkTensor } from "../kernel.js";
import { named as asNode } from "../named.js";
import { sum } from "../reduction/reduction.js";
import { diagonal } from "../shape/slicing.js";
import { expand, permute, reshape } from "../shape/view.js";
import { bmm } from "./matmul.js";

/**
 * Sums of products named by letters: `"ij,jk->ik"`. Batch dims by `...`; a letter twice in one operand takes a diagonal.
 *
 * @example torch.einsum("bij,bjk->bik", a, b)
 * @see torch.einsum
 */
export function einsum(equation: string, ...operands: Tensor[] | [Tensor[]]): Tensor {
  if (typeof equation !== "string")
    throw new ArgumentError(`einsum: the equation must be text: got ${show(equation)}`);
  const tensors = (operands.length === 1 && Array.isArray(operands[0]) ? operands[0] : operands) as Tensor[];
  for (const x of tensors) checkTensor("einsum", x);
  const [left, right] = equation.replace(/\s+/g, "").split("->") as [string, string | undefined];
  const terms = left.split(",");
  if (!/^[A-Za-z.,]*$/.test(left) || (right !== undefined && !/^[A-Za-z.]*$/.test(right)))
    throw new ShapeError(
      `einsum: invalid subscript given: ${JSON.stringify(equation)}, subscripts must be in [a-zA-Z]`,
    );
  if (terms.length !== tensors.length)
    throw new ShapeError(
      `einsum: ${terms.length} operands in ${JSON.stringify(equation)} but ${tensors.length} tensors: ${terms.length > tensors.length ? "fewer" : "more"} operands were provided than specified in the equation`,
    );
  const batchRank = Math.max(
    0,
    ...terms.map((term, i) => (term.includes("...") ? tensors[i]!.ndim - term.replace("...", "").length : 0)),
  );
  // Dims of "..." get digits as names, counted from the last, so that they broadcast from the right.
  const batch = Array.from({ length: batchRank }, (_, i) =>
    String.fromCharCode(0xe000 + batchRank - 1 - i),
  ).join("");
  const named = terms.map((term, i) => {
    const own = tensors[i]!.ndim - term.replace("...", "").length;
    if (own < 0 || (own > 0 && !term.includes("...")))
      throw new ShapeError(
        `einsum: the number of subscripts in the equation (${term.length}) does not match the number of dimensions (${tensors[i]!.ndim}) for operand ${i}`,
      );
    return term.replace("...", batch.slice(batchRank - own));
  });
  const counts = new Map<string, number>();
  for (const letter of named.join("")) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const output =
    right?.replace("...", batch) ??
    batch +
      [...counts.keys()]
        .filter((c) => counts.get(c) === 1 && !batch.includes(c))
        .sort()
        .join("");
  for (const letter of output)
    if (!counts.has(letter) || output.indexOf(letter) !== output.lastIndexOf(letter))
      throw new ShapeError(
        `einsum: output subscript ${letter} appears more than once in the output, or in no operand: ${equation}`,
      );
  const sizes = new Map<string, number>();
  named.forEach((term, i) => {
    [...term].forEach((letter, d) => {
      const n = tensors[i]!.shape[d]!;
      const known = sizes.get(letter) ?? 1;
      if (known !== 1 && n !== 1 && n !== known)
        throw new ShapeError(
          `einsum: operands do not broadcast with remapped shapes: subscript ${letter} has size ${n} for operand ${i}, which does not broadcast with previously seen size ${known}`,
        );
      sizes.set(letter, Math.max(known, n) === 1 ? n : known === 1 ? n : known);
    });
  });
  let [result, names] = takeDiagonals(tensors[0]!, named[0]!);
  for (let i = 1; i < tensors.length; i++) {
    const [next, nextNames] = takeDiagonals(tensors[i]!, named[i]!);
    const later = named.slice(i + 1).join("") + output;
    [result, names] = contract(result, names, next, nextNames, later);
  }
  const y = arrange(result, names, output);
  if (tensors.length === 1) return y;
  // Named after PyTorch's last step: a product where all letters are kept, else a matrix product seen in another shape.
  const last = names + (named.at(-1) ?? "");
  return asNode([...last].every((letter) => output.includes(letter)) ? "mul" : "view", y);
}

/** A letter that appears twice in one operand takes its diagonal. */
function takeDiagonals(x: Tensor, names: string): [Tensor, string] {
  for (let d = 0; d < names.length; d++) {
    const again = names.indexOf(names[d]!, d + 1);
    if (again > 0) {
      const rest = [...names].filter((_, i) => i !== d && i !== again).join("");
      return takeDiagonals(diagonal(x, 0, d, again), rest + names[d]!);
    }
  }
  return [x, names];
}

/** Two operands into one over the letters that nothing later needs, as a batched matrix product. */
function contract(a: Tensor, an: string, b: Tensor, bn: string, later: string): [Tensor, string] {
  const drop = (x: Tensor, names: string, other: string): [Tensor, string] => {
    const gone = [...names].flatMap((c, d) => (!later.includes(c) && !other.includes(c) ? [d] : []));
    return gone.length ? [sum(x, gone), [...names].filter((_, d) => !gone.includes(d)).join("")] : [x, names];
  };
  [a, an] = drop(a, an, bn);
  [b, bn] = drop(b, bn, an);
  const both = [...an].filter((c) => bn.includes(c));
  const size = (c: string) => Math.max(a.shape[an.indexOf(c)]!, b.shape[bn.indexOf(c)]!);
  // A summed letter of size 1 on one side repeats there.
  const widen = (x: Tensor, names: string) =>
    expand(
      x,
      [...names].map((c, d) => (both.includes(c) ? size(c) : x.shape[d]!)),
    );
  [a, b] = [widen(a, an), widen(b, bn)];
  const batch = both.filter((c) => later.includes(c));
  const inner = both.filter((c) => !later.includes(c));
  const rows = [...an].filter((c) => !both.includes(c));
  const columns = [...bn].filter((c) => !both.includes(c));
  const sizesOf = (x: Tensor, names: string, list: string[]) => list.map((c) => x.shape[names.indexOf(c)]!);
  const order = (names: string, ...groups: string[][]) => groups.flat().map((c) => names.indexOf(c));
  const [bs, rs, cs, ks] = [
    sizesOf(a, an, batch),
    sizesOf(a, an, rows),
    sizesOf(b, bn, columns),
    sizesOf(a, an, inner),
  ];
  const left = reshape(permute(a, order(an, batch, rows, inner)), [numel(bs), numel(rs), numel(ks)]);
  const right = reshape(permute(b, order(bn, batch, inner, columns)), [numel(bs), numel(ks), numel(cs)]);
  return [reshape(bmm(left, right), [...bs, ...rs, ...cs]), [...batch, ...rows, ...columns].join("")];
}

/** The letters of the output in its order, the others behind them and summed. */
function arrange(x: Tensor, names: string, output: string): Tensor {
  const rest = [...names].filter((c) => !output.includes(c));
  const y = permute(
    x,
    [...output, ...rest].map((c) => names.indexOf(c)),
  );
  return rest.length
    ? sum(
        y,
        rest.map((_, i) => output.length + i),
      )
    : y;
}
