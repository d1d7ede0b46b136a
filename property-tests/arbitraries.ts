/** Random shapes, values and layouts in memory. Everything is tiny: a gradient is checked entry by entry. */
import fc, { type Arbitrary } from "fast-check";
import type { DeviceName } from "../src/backend/backend.js";
import type { DType } from "../src/core/dtype.js";
import { numel, type Shape } from "../src/core/shape.js";
import { type Tensor, tensor } from "../src/index.js";

// ── shapes ───────────────────────────────────────────────────────────────────────────────────────

export interface ShapeConstraints {
  /** @defaultValue 0 */
  minRank?: number;
  /** @defaultValue 3 */
  maxRank?: number;
  /** @defaultValue 1 */
  minSize?: number;
  /** @defaultValue 3 */
  maxSize?: number;
}

/** Sizes of dims; 0-d unless `minRank` forbids it, empty if `minSize` is 0. */
export function shape(constraints: ShapeConstraints = {}): Arbitrary<number[]> {
  const { minRank = 0, maxRank = 3, minSize = 1, maxSize = 3 } = constraints;
  return fc.array(fc.integer({ min: minSize, max: maxSize }), { minLength: minRank, maxLength: maxRank });
}

/** Two shapes that broadcast: one shape, with dims of either made 1 or left out at the front. */
export const broadcastablePair = (constraints?: ShapeConstraints): Arbitrary<[number[], number[]]> =>
  shape(constraints).chain((whole) => {
    const reduced = fc
      .tuple(
        fc.array(fc.boolean(), { minLength: whole.length, maxLength: whole.length }),
        fc.nat(whole.length),
      )
      .map(([ones, lead]) => whole.map((n, d) => (ones[d] ? 1 : n)).slice(lead));
    return fc.oneof(
      fc.tuple(fc.constant(whole), reduced),
      fc.tuple(reduced, fc.constant(whole)),
      fc.tuple(reduced, reduced),
    );
  });

/** A dim of a tensor of that rank, counted from either end. */
export const dimOf = (rank: number): Arbitrary<number> =>
  fc.integer({ min: -Math.max(rank, 1), max: Math.max(rank, 1) - 1 });

/** Shapes of matrix products: vectors, matrices, batches that broadcast. */
export const matmulShapes: Arbitrary<[number[], number[]]> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    broadcastablePair({ maxRank: 2, maxSize: 2 }),
    fc.nat(3),
  )
  .map(([m, k, n, [a, b], vectors]) => [
    vectors === 1 ? [k] : [...a, m, k],
    vectors === 2 ? [k] : [...b, k, n],
  ]);

/** An image and a kernel that fits into it. */
export interface ConvGeometry {
  x: number[];
  weight: number[];
  stride: [number, number];
  padding: [number, number];
  dilation: [number, number];
  groups: number;
}
const between = (min: number, max: number) => fc.integer({ min, max });
const pair = (min: number, max: number) => fc.tuple(between(min, max), between(min, max));
export const convGeometry: Arbitrary<ConvGeometry> = fc
  .record({
    batch: between(1, 2),
    groups: between(1, 2),
    channels: between(1, 2),
    outputs: between(1, 2),
    kernel: pair(1, 2),
    stride: pair(1, 2),
    padding: pair(0, 1),
    dilation: pair(1, 2),
    more: pair(0, 2),
  })
  .map(({ batch, groups, channels, outputs, kernel, stride, padding, dilation, more }) => ({
    x: [batch, groups * channels, ...kernel.map((k, i) => dilation[i]! * (k - 1) + 1 + more[i]!)],
    weight: [groups * outputs, channels, ...kernel],
    stride,
    padding,
    dilation,
    groups,
  }));

// ── values ───────────────────────────────────────────────────────────────────────────────────────

/**
 * Where values lie, always at least 0.01 from the kinks of any op (0, whole numbers, halves):
 * real −2 … 2 · positive 0.3 … 2.2 · unit −0.8 … 0.8 · chance 0.1 … 0.9 · above1 1.2 … 2.4 · distinct: real, no two alike.
 */
export type Domain = "real" | "positive" | "unit" | "chance" | "above1" | "distinct";

function values(domain: Domain, count: number, shift: number): Arbitrary<number[]> {
  const grid = (least: number, greatest: number, start: number) =>
    fc.array(
      fc.integer({ min: least, max: greatest }).map((k) => start + 0.1 * k + shift),
      { minLength: count, maxLength: count },
    );
  switch (domain) {
    case "real":
      return grid(-19, 19, 0.013);
    case "positive":
      return grid(0, 19, 0.313);
    case "unit":
      return grid(-8, 7, 0.013);
    case "chance":
      return grid(0, 8, 0.063);
    case "above1":
      return grid(0, 12, 1.213);
    case "distinct": {
      const all = Array.from({ length: count }, (_, i) => (i - count / 2) * 0.17 + 0.047 + shift);
      return fc.shuffledSubarray(all, { minLength: count, maxLength: count });
    }
  }
}

// ── tensors in awkward layouts ───────────────────────────────────────────────────────────────────

/** How a tensor lies in the memory of the leaf it is a view of. */
interface Layout {
  name: string;
  base: Shape;
  view: (leaf: Tensor) => Tensor;
}

function layouts(shape: Shape, domain: Domain): Arbitrary<Layout> {
  const plain: Layout = { name: "contiguous", base: shape, view: (x) => x };
  const rank = shape.length;
  const column: Layout = { name: "a column", base: [...shape, 2], view: (x) => x.select(-1, 1) };
  if (rank === 0) return fc.constantFrom(plain, column);
  const order = fc.shuffledSubarray([...shape.keys()], { minLength: rank, maxLength: rank });
  const dim = fc.nat(rank - 1);
  const choices: Arbitrary<Layout>[] = [
    fc.constant(plain),
    fc.constant(column),
    order.map((dims) => ({
      name: `permuted ${dims}`,
      base: dims.map((_, i) => shape[dims.indexOf(i)]!),
      view: (x) => x.permute(dims),
    })),
    dim.map((d) => ({
      name: `narrowed in dim ${d}`,
      base: shape.with(d, shape[d]! + 2),
      view: (x) => x.narrow(d, 1, shape[d]!),
    })),
    dim.map((d) => ({
      name: `every second of dim ${d}`,
      base: shape.with(d, 2 * shape[d]! + 1),
      view: (x) => x.at(...new Array<string>(d).fill(":"), "1::2"),
    })),
  ];
  if (domain !== "distinct")
    choices.push(
      dim.map((d) => ({
        name: `expanded in dim ${d}`,
        base: shape.with(d, 1),
        view: (x) => x.expand(shape as number[]),
      })),
    );
  return fc.oneof(...choices);
}

/** A tensor yet to be made: on any device, of any dtype. */
export class Draw {
  constructor(
    readonly shape: Shape,
    private readonly values: readonly number[],
    private readonly layout: Layout,
  ) {}

  /** The memory. */
  leaf(options: { device?: DeviceName; dtype?: DType; requiresGrad?: boolean } = {}): Tensor {
    const { requiresGrad = false, device, dtype = "float64" } = options;
    return tensor(this.values as number[], { dtype, device })
      .reshape(this.layout.base as number[])
      .detach()
      .requiresGrad_(requiresGrad);
  }

  /** The tensor, as a view of its memory. */
  view(leaf: Tensor): Tensor {
    return this.layout.view(leaf);
  }

  toString(): string {
    return `[${this.shape}] ${this.layout.name} [${this.values.map((v) => +v.toFixed(3))}]`;
  }
}

/** A tensor of the given shape in a random layout. `shift` moves its values off those of another one. */
export const draw = (shape: Shape, domain: Domain = "real", shift = 0): Arbitrary<Draw> =>
  layouts(shape, domain).chain((layout) =>
    values(domain, numel(layout.base), shift).map((list) => new Draw(shape, list, layout)),
  );
/** One tensor of a random shape. */
export const drawn = (shapes: Arbitrary<number[]>, domain: Domain = "real"): Arbitrary<Draw[]> =>
  shapes.chain((s) => fc.tuple(draw(s, domain)));
/** Tensors of fixed shapes, no value of one equal to one of another. */
export const draws = (...shapes: (Shape | [Shape, Domain])[]): Arbitrary<Draw[]> =>
  fc.tuple(
    ...shapes.map((s, i) => {
      const named = Array.isArray(s[0]);
      return draw(named ? (s[0] as Shape) : (s as Shape), named ? (s[1] as Domain) : "real", 0.021 * i);
    }),
  );
/** A pair that broadcasts. */
export const drawnPair = (
  a: Domain = "real",
  b: Domain = "real",
  constraints?: ShapeConstraints,
): Arbitrary<Draw[]> =>
  broadcastablePair(constraints).chain(([s, t]) => fc.tuple(draw(s, a), draw(t, b, 0.021)));
