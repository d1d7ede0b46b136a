/**
 * @file What a device must be able to do: keep numbers, and run about forty families of kernels on them.
 *
 * Kernels know arrays with strides, nothing of gradients. They allocate no results: every output is made by the caller,
 * with the right shape and dtype, contiguous unless stated. Operands have been checked, promoted and broadcast (stride 0)
 * before they come here; a kernel only has to be right and fast. `reference/` says each in plain loops, `wasm/` runs them.
 */
import type { DType, TypedArray } from "../core/dtype.js";
import type { Shape } from "../core/shape.js";

export type DeviceName = "cpu" | "reference";

/** A block of bytes on a device. Only the backend that made it looks inside. */
export interface Cell {
  readonly bytes: number;
}

/** Numbers of one dtype over a cell: element [i, j, …] is at offset + i·strides[0] + j·strides[1] + …, in elements. */
export interface NDArray {
  readonly storage: { readonly cell: Cell };
  readonly dtype: DType;
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
}

// ── names of kernels, by family ──────────────────────────────────────────────────────────────────

/** Of one operand, same dtype. Floats have all; integers those that keep whole numbers whole. */
export type UnaryName =
  | "neg"
  | "abs"
  | "sign"
  | "sqrt"
  | "rsqrt"
  | "reciprocal"
  | "square"
  | "exp"
  | "exp2"
  | "expm1"
  | "log"
  | "log1p"
  | "log2"
  | "log10"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "sigmoid"
  | "erf"
  | "erfc"
  | "erfinv"
  | "lgamma"
  | "digamma"
  | "floor"
  | "ceil"
  | "round"
  | "trunc"
  | "frac"
  | "relu"
  | "silu"
  | "gelu"
  | "gelutanh"
  | "bitwisenot";
/** Of one operand of any dtype, to bool. */
export type PredicateName = "isnan" | "isinf" | "isfinite" | "signbit" | "logicalnot";
/**
 * Of two operands of the output's dtype. `div` is for floats; the others as PyTorch defines them. `…grad` is the gradient of
 * that activation: of the gradient of its result, and of its result (relu, sigmoid, tanh) or argument.
 */
export type BinaryName =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "floordiv"
  | "truncdiv"
  | "remainder"
  | "fmod"
  | "pow"
  | "maximum"
  | "minimum"
  | "fmax"
  | "fmin"
  | "atan2"
  | "hypot"
  | "copysign"
  | "nextafter"
  | "relugrad"
  | "sigmoidgrad"
  | "tanhgrad"
  | "silugrad"
  | "gelugrad"
  | "gelutanhgrad"
  | "bitwiseand"
  | "bitwiseor"
  | "bitwisexor"
  | "shiftleft"
  | "shiftright";
/** Of two operands of one dtype, to bool. */
export type CompareName = "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "logicaland" | "logicalor" | "logicalxor";
export type ReduceName = "sum" | "prod" | "max" | "min" | "any" | "all";
export type ScanName = "sum" | "prod" | "max" | "min";
/** How a value meets what is already there. */
export type ScatterMode = "set" | "add" | "mul" | "max" | "min";

/** The window of a 2-d convolution or pooling: [height, width] of each. */
export interface Window2d {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  /** Zeros (or −∞ when a maximum is sought) on each side. */
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
}

/** What a random fill draws. Numbers come from the generator as PyTorch's CPU generator would give them. */
export type Distribution =
  /** floats: a + u·(b − a), fused */
  | { readonly kind: "uniform"; readonly from: number; readonly to: number }
  | { readonly kind: "normal"; readonly mean: number; readonly std: number }
  /** 1 with probability p, else 0; one 53-bit uniform an element whatever the dtype */
  | { readonly kind: "bernoulli"; readonly p: number }
  /** whole numbers in [from, to) */
  | { readonly kind: "integer"; readonly from: bigint; readonly to: bigint }
  /** `random_()` without bounds */
  | { readonly kind: "full" }
  | { readonly kind: "exponential"; readonly rate: number }
  | { readonly kind: "cauchy"; readonly median: number; readonly sigma: number }
  | { readonly kind: "lognormal"; readonly mean: number; readonly std: number }
  | { readonly kind: "geometric"; readonly p: number };

/** A stream of random words; implemented by core/generator.ts. */
export interface RandomSource {
  /** The next 32 random bits. */
  u32(): number;
  /** Fraction of 24 bits, as float32 takes it. */
  uniform32(): number;
  /** Fraction of 53 bits, as float64 takes it. */
  uniform64(): number;
  /** One value of the scalar normal stream, its twin cached. */
  normal(): number;
}

/** Coefficients of one SGD step; PyTorch's meaning. */
export interface SGDStep {
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
  readonly maximize: boolean;
  /** The buffer is new: it becomes the gradient instead of being averaged with it. */
  readonly first: boolean;
}
/** Coefficients of one Adam or AdamW step; PyTorch's meaning. `step` counts from 1. */
export interface AdamStep {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  /** AdamW: the weights shrink by themselves, the gradient stays as it is. */
  readonly decoupled: boolean;
  readonly maximize: boolean;
  readonly step: number;
}

export interface MemoryStats {
  /** Bytes of live blocks on the device's heap. */
  readonly resident: number;
  /** Bytes copied out to the host so far to make room. */
  readonly evicted: number;
  /** Bytes of those that were needed again and copied back. */
  readonly restored: number;
  /** The most that was resident at any time. */
  readonly peak: number;
  /** What resident may reach. */
  readonly budget: number;
  /** Bytes the heap itself has grown to. */
  readonly reserved: number;
}

// ── what a device does ───────────────────────────────────────────────────────────────────────────

/** Where numbers live. */
export interface Memory {
  /** A new cell; its bytes are whatever they are. @throws DeviceError if there is no room */
  allocate(bytes: number): Cell;
  /** Gives the block back at once; the cell must not be used again. */
  release(cell: Cell): void;
  /** Releases the cell once `owner` has been collected, where the host can tell. */
  watch(owner: object, cell: Cell): void;
  /** A cell over the host's own bytes, shared both ways. */
  adopt(bytes: Uint8Array): Cell;
  /** The bytes of the cell, shared both ways from now on. */
  share(cell: Cell): Uint8Array;
  /** A copy of `length` bytes from `start`. */
  read(cell: Cell, start: number, length: number): ArrayBuffer;
  write(cell: Cell, start: number, bytes: Uint8Array): void;
  memory(): MemoryStats;
  setBudget(bytes: number): void;
}

/** Elementwise families. Operands have the output's shape; the output may have any strides that do not overlap. */
export interface ElementwiseKernels {
  unary(name: UnaryName, out: NDArray, x: NDArray): void;
  predicate(name: PredicateName, out: NDArray, x: NDArray): void;
  binary(name: BinaryName, out: NDArray, a: NDArray, b: NDArray): void;
  compare(name: CompareName, out: NDArray, a: NDArray, b: NDArray): void;
  /** out = condition ? a : b; `condition` is bool. */
  where(out: NDArray, condition: NDArray, a: NDArray, b: NDArray): void;
  /** out = x, converted to out's dtype as C converts. `out` and `x` may share memory if they do not overlap. */
  copy(out: NDArray, x: NDArray): void;
  fill(out: NDArray, value: number | bigint): void;
  /** out = clamp(x, low, high) with NaN kept. */
  clamp(out: NDArray, x: NDArray, low: number, high: number): void;
  /** out[i] = start + i·step in float64 (floats) or 64-bit integers, then converted. */
  arange(out: NDArray, start: number | bigint, step: number | bigint): void;
}

/** Families that join many elements into one. The order of joining is fixed by the shape alone. */
export interface ReductionKernels {
  /** Over `dims` (ascending); `out` is contiguous with those dims left out. any and all give bool from any dtype. */
  reduce(name: ReduceName, out: NDArray, x: NDArray, dims: readonly number[]): void;
  /** Index of the first greatest (least) element along `dim`; NaN counts as greatest (least). `out` int64, dim left out. */
  argreduce(name: "max" | "min", out: NDArray, x: NDArray, dim: number): void;
  /** Running sum, product, maximum, minimum along `dim`; max and min also write where they were met (int64, last met). */
  scan(name: ScanName, out: NDArray, x: NDArray, dim: number, indices?: NDArray): void;
  /** Mean and variance (Σ(x−μ)² / (n − correction)) over `dims`, floats; both outputs contiguous with dims left out. */
  moments(mean: NDArray, variance: NDArray, x: NDArray, dims: readonly number[], correction: number): void;
  softmax(out: NDArray, x: NDArray, dim: number): void;
  logSoftmax(out: NDArray, x: NDArray, dim: number): void;
  /** y·(g − Σ g·y) along `dim`. */
  softmaxGrad(out: NDArray, g: NDArray, y: NDArray, dim: number): void;
  /** g − exp(y)·Σ g along `dim`. */
  logSoftmaxGrad(out: NDArray, g: NDArray, y: NDArray, dim: number): void;
}

/** Rows of n elements, as many as `mean` and `scale` have, with x̂ = (x − mean)·scale; weight and bias have n elements. */
export interface NormKernels {
  /** x̂·weight + bias. */
  normalize(
    out: NDArray,
    x: NDArray,
    mean: NDArray,
    scale: NDArray,
    weight: NDArray | null,
    bias: NDArray | null,
  ): void;
  /** scale·(ĝ − mean ĝ − x̂·mean(ĝ·x̂)), ĝ = g·weight: the gradient where mean and scale are those of x itself. */
  normalizeGrad(
    out: NDArray,
    g: NDArray,
    x: NDArray,
    mean: NDArray,
    scale: NDArray,
    weight: NDArray | null,
  ): void;
}

/** Products of matrices, convolutions, pooling. */
export interface LinearKernels {
  /** out[…, m, n] = a[…, m, k] · b[…, k, n]; batch dims equal (broadcast by stride 0). With `bias` [n] it starts from that. */
  matmul(out: NDArray, a: NDArray, b: NDArray, bias?: NDArray): void;
  /** x [N, C, H, W] ⋆ w [O, C/groups, kh, kw] → out [N, O, Ho, Wo], starting from bias [O] if given. */
  conv2d(
    out: NDArray,
    x: NDArray,
    w: NDArray,
    bias: NDArray | undefined,
    window: Window2d,
    groups: number,
  ): void;
  /** Adjoint in x: g [N, O, Ho, Wo], w → out [N, C, H, W]. */
  conv2dGradInput(out: NDArray, g: NDArray, w: NDArray, window: Window2d, groups: number): void;
  /** Adjoint in w: g, x → out [O, C/groups, kh, kw]. */
  conv2dGradWeight(out: NDArray, g: NDArray, x: NDArray, window: Window2d, groups: number): void;
  /** out, and in `indices` (int64) where in its H·W plane each maximum (first met; NaN wins) stood. x [N, C, H, W]. */
  maxPool2d(out: NDArray, indices: NDArray, x: NDArray, window: Window2d): void;
  /** out [N, C, H, W] = 0, then out[n, c, indices[…]] += g […]. */
  maxPool2dGrad(out: NDArray, g: NDArray, indices: NDArray): void;
  /** Mean over each window; `divisor` 0: the window's size, counting padding only if `countPadding`. */
  avgPool2d(out: NDArray, x: NDArray, window: Window2d, countPadding: boolean, divisor: number): void;
  avgPool2dGrad(out: NDArray, g: NDArray, window: Window2d, countPadding: boolean, divisor: number): void;
}

/** Moving elements by index. Indices are int64, already checked and counted from the front. */
export interface IndexingKernels {
  /** out[i][j] = x[i][index[i][j]] along `dim`, every other dim alike (x may be larger there). */
  gather(out: NDArray, x: NDArray, dim: number, index: NDArray): void;
  /** out[i][index[i][j]] ∘= src[i][j] along `dim`, in ascending order of src. */
  scatter(out: NDArray, dim: number, index: NDArray, src: NDArray, mode: ScatterMode): void;
  /** out[…, k, …] = x[…, index[k], …]; index is 1-d. */
  indexSelect(out: NDArray, x: NDArray, dim: number, index: NDArray): void;
  /** out[…, index[k], …] ∘= src[…, k, …]; index is 1-d. */
  indexPut(out: NDArray, dim: number, index: NDArray, src: NDArray, mode: ScatterMode): void;
  /** [least, greatest] of an int64 array (not empty), to check indices with one pass. */
  bounds(index: NDArray): readonly [bigint, bigint];
  /** How many elements of a bool array are true. */
  count(mask: NDArray): number;
  /** out [count, rank] int64: the indices of true elements, row-major. */
  nonzero(out: NDArray, mask: NDArray): void;
  /** Sorted along `dim`, and where each came from; stable; NaN is greatest. */
  sort(values: NDArray, indices: NDArray, x: NDArray, dim: number, descending: boolean): void;
}

/** Random numbers and the steps of optimizers, all in place. */
export interface UpdateKernels {
  random(out: NDArray, distribution: Distribution, source: RandomSource): void;
  sgdStep(param: NDArray, grad: NDArray, buffer: NDArray | null, step: SGDStep): void;
  adamStep(param: NDArray, grad: NDArray, m: NDArray, v: NDArray, vmax: NDArray | null, step: AdamStep): void;
}

export interface Backend
  extends Memory,
    ElementwiseKernels,
    ReductionKernels,
    NormKernels,
    LinearKernels,
    IndexingKernels,
    UpdateKernels {
  readonly device: DeviceName;
}

/** The typed array through which a dtype's raw bytes are seen. */
export type { TypedArray };
