/** Tensors beside tensors. */
import { formatShape, type Shape, sameShape } from "../src/core/shape.js";
import type { Tensor } from "../src/index.js";
import { valuesOf } from "../src/tensor/values.js";

/** Where the element at a row-major position lies. */
function indexOf(position: number, shape: Shape): number[] {
  let rest = position;
  return shape
    .map((n) => n)
    .reverse()
    .map((n) => {
      const i = rest % n;
      rest = (rest - i) / n;
      return i;
    })
    .reverse();
}

/** Throws unless both have one shape, one dtype, and values no further apart than bound·max(1, |expected|). */
export function expectSame(actual: Tensor, expected: Tensor, bound = 0): void {
  const look = (x: Tensor) =>
    `${x.dtype} ${formatShape(x.shape)} strides ${formatShape(x.strides)} on ${x.device}`;
  if (!sameShape(actual.shape, expected.shape) || actual.dtype !== expected.dtype)
    throw new Error(`got ${look(actual)}, expected ${look(expected)}`);
  const [a, b] = [valuesOf(actual), valuesOf(expected)];
  a.forEach((x, i) => {
    const y = b[i]!;
    if (Object.is(x, y)) return;
    const [p, q] = [Number(x), Number(y)];
    if (bound > 0 && Math.abs(p - q) <= bound * Math.max(1, Math.abs(q))) return;
    throw new Error(
      `at [${indexOf(i, actual.shape)}]: got ${x}, expected ${y} (differ by ${Math.abs(p - q)}): ${look(actual)} beside ${look(expected)}`,
    );
  });
}

/** `expectSame` for each output of an op. */
export function expectAllSame(actual: readonly Tensor[], expected: readonly Tensor[], bound = 0): void {
  if (actual.length !== expected.length)
    throw new Error(`got ${actual.length} tensors, expected ${expected.length}`);
  actual.forEach((x, i) => {
    expectSame(x, expected[i]!, bound);
  });
}
