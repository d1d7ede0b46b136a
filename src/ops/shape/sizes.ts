/** Sizes of a shape, as people write them. */
import { checkSizes, type Shape } from "../../core/shape.js";

/** Sizes spread out or as an array. */
export type Sizes = [shape: Shape] | number[];
export const sizesOf = (op: string, sizes: readonly unknown[]): Shape =>
  checkSizesOrInfer(op, sizes.length === 1 && Array.isArray(sizes[0]) ? sizes[0] : sizes);

/** As checkSizes, but −1 is allowed. */
function checkSizesOrInfer(op: string, sizes: readonly unknown[]): Shape {
  checkSizes(
    op,
    sizes.map((n) => (n === -1 ? 0 : n)),
  );
  return sizes as Shape;
}
