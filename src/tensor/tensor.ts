/**
 * @file Tensor as data: a storage seen through a shape and strides, and its place in the graph.
 *
 * Operations are functions in ops/; methods.ts gives them to Tensor as methods, and the interface below declares them.
 */
import { enableGrad } from "../autograd/grad-mode.js";
import type { AccumulateGrad, Node } from "../autograd/record.js";
import type { DeviceName } from "../backend/backend.js";
import { type DType, isFloat, sizeOf } from "../core/dtype.js";
import { ArgumentError, copyKey, DTypeError, GradError, ShapeError, show, thisCopy } from "../core/errors.js";
import { formatShape, isContiguous, normalizeDim, numel, type Shape, sameShape } from "../core/shape.js";
import type { TensorMethods } from "../methods/all.js";
import { reveal } from "./frames.js";
import { liesIn, type MemoryFormat } from "./layout.js";
import type { Storage } from "./storage.js";

/** Counts in-place changes; shared by all tensors over one memory, so a graph can tell that what it saved is still the same. */
export interface Version {
  value: number;
}

/** How a view came from its base, so that an in-place change of either reaches the history of both. */
export interface View {
  readonly base: Tensor;
  /** The base's strides when the view was taken; with other ones `replay` would show something else. */
  readonly layout: Shape;
  /** Makes the same view of another tensor like the base. */
  readonly replay: (base: Tensor) => Tensor;
  /** The version at which the view's node was right. */
  version: number;
  /** Why it may not be changed in place while recording, if so. */
  readonly frozen: "no_grad" | "multiple" | null;
}

export interface Tensor extends TensorMethods {}

export class Tensor {
  /** For a leaf: whether its gradient is wanted. */
  private wanted = false;
  private node: Node | null = null;
  /** Which output of `gradFn` this is. */
  outputIndex = 0;
  /** The node that adds to this leaf's gradient. */
  accumulator: AccumulateGrad | null = null;
  origin: View | null = null;
  /** A plain number in tensor's clothing: it does not decide dtypes. */
  isNumber = false;
  private gradient: Tensor | null = null;

  constructor(
    public storage: Storage,
    public dtype: DType,
    public shape: Shape,
    public strides: Shape,
    public offset = 0,
    public version: Version = { value: 0 },
  ) {}

  get [copyKey](): symbol {
    return thisCopy;
  }

  // ── what it is ─────────────────────────────────────────────────────────────────────────────────

  get device(): DeviceName {
    return this.storage.backend.device;
  }

  /** How many dims it has. @see torch.Tensor.ndim */
  get ndim(): number {
    return this.shape.length;
  }

  dim(): number {
    return this.shape.length;
  }

  /** How many elements it has. */
  numel(): number {
    return numel(this.shape);
  }

  nelement(): number {
    return numel(this.shape);
  }

  ndimension(): number {
    return this.shape.length;
  }

  /** Bytes all its elements take. */
  get nbytes(): number {
    return numel(this.shape) * sizeOf(this.dtype);
  }

  /** Bytes an element takes. */
  get itemsize(): number {
    return sizeOf(this.dtype);
  }

  /** The first dim's size. @throws ShapeError if it is 0-d */
  get length(): number {
    if (this.shape.length === 0) throw new ShapeError("length: a 0-d tensor has no length");
    return this.shape[0]!;
  }

  /** The shape, or the size of one dim. */
  size(): Shape;
  size(dim: number): number;
  size(dim?: number): Shape | number {
    return dim === undefined ? this.shape : this.shape[normalizeDim("size", dim, this.ndim)]!;
  }

  /** Steps between neighbours of each dim, in elements. */
  stride(): Shape;
  stride(dim: number): number;
  stride(dim?: number): Shape | number {
    return dim === undefined ? this.strides : this.strides[normalizeDim("stride", dim, this.ndim)]!;
  }

  storageOffset(): number {
    return this.offset;
  }

  /** Bytes an element takes. */
  elementSize(): number {
    return sizeOf(this.dtype);
  }

  isContiguous(options?: { memoryFormat?: MemoryFormat }): boolean {
    const format = options?.memoryFormat;
    return format
      ? liesIn("isContiguous", this.shape, this.strides, format)
      : isContiguous(this.shape, this.strides);
  }

  isFloatingPoint(): boolean {
    return isFloat(this.dtype);
  }

  isComplex(): boolean {
    return false;
  }

  isConj(): boolean {
    return false;
  }

  get isCuda(): boolean {
    return false;
  }

  get isMeta(): boolean {
    return false;
  }

  isSigned(): boolean {
    return this.dtype !== "uint8" && this.dtype !== "bool";
  }

  // ── its place in the graph ─────────────────────────────────────────────────────────────────────

  get requiresGrad(): boolean {
    if (this.wanted || this.node !== null) return true;
    const { origin } = this;
    return origin !== null && origin.frozen !== "no_grad" && origin.base.requiresGrad;
  }

  set requiresGrad(wanted: boolean) {
    if (this.node !== null && !wanted)
      throw new GradError(
        "requiresGrad: you can only change requires_grad flags of leaf variables: use detach() for a tensor without history",
      );
    if (wanted && !isFloat(this.dtype))
      throw new DTypeError(
        `requiresGrad: Only Tensors of floating point dtype can require gradients: got ${this.dtype}`,
      );
    this.wanted = wanted && this.node === null;
  }

  /** Sets `requiresGrad` and returns the tensor. */
  requiresGrad_(wanted = true): this {
    this.requiresGrad = wanted;
    return this;
  }

  /** The operation this came from, null for a leaf. Prints as `<MulBackward0>`. */
  get gradFn(): Node | null {
    const { origin } = this;
    if (origin !== null && origin.version !== this.version.value) this.renew(origin);
    return this.node;
  }

  /** A view whose base changed in place belongs to the base's new history: it is taken again. */
  private renew(origin: View): void {
    origin.version = this.version.value;
    if (!origin.base.requiresGrad || origin.frozen === "no_grad" || origin.layout !== origin.base.strides)
      return;
    // Also when asked for by backward, which does not record.
    const again = enableGrad(() => origin.replay(origin.base));
    this.setHistory(again.node, again.outputIndex);
  }

  /** Whether no recorded operation made it. */
  get isLeaf(): boolean {
    return this.gradFn === null;
  }

  /** Makes this tensor output `index` of `node`. */
  setHistory(node: Node | null, index = 0): void {
    const retained = this.node?.retained;
    if (retained?.includes(this)) {
      this.node!.retained = retained.filter((other) => other !== this);
      if (node) node.retained = [...(node.retained ?? []), this];
    }
    this.node = node;
    this.outputIndex = index;
    this.wanted = false;
    if (this.origin) this.origin.version = this.version.value;
  }

  /** Whether `retainGrad` was called on a tensor that is no leaf. */
  get retainsGrad(): boolean {
    return this.gradFn?.retained?.includes(this) ?? false;
  }

  /** The gradient that backward has added up so far, null before. @see torch.Tensor.grad */
  get grad(): Tensor | null {
    if (this.gradient) reveal(this.gradient);
    return this.gradient;
  }

  set grad(grad: Tensor | null) {
    if (grad !== null) checkTensor("grad", grad);
    if (grad && !sameShape(grad.shape, this.shape))
      throw new ShapeError(
        `grad: assigned grad has data of a different size: ${formatShape(grad.shape)} for a tensor of shape ${formatShape(this.shape)}`,
      );
    if (grad && grad.dtype !== this.dtype)
      throw new DTypeError(
        `grad: assigned grad has data of a different type: ${grad.dtype} for ${this.dtype}`,
      );
    if (grad) reveal(grad);
    this.keepGrad(grad);
  }

  /** The gradient as the library itself uses it; user code has not seen it for that. */
  peekGrad(): Tensor | null {
    return this.gradient;
  }

  keepGrad(grad: Tensor | null): void {
    if (grad === this.gradient) return;
    grad?.storage.hold();
    this.gradient?.storage.drop();
    this.gradient = grad;
  }

  // ── other tensors over the same memory ─────────────────────────────────────────────────────────

  /** The same memory with another place in the graph. */
  alias(edge: { node: Node; index: number } | null): Tensor {
    const { storage, dtype, shape, strides, offset, version } = this;
    const alias = new Tensor(storage, dtype, shape, strides, offset, version);
    if (edge) alias.setHistory(edge.node, edge.index);
    return alias;
  }

  /** The same memory without history; in-place changes of either are noticed. @see torch.Tensor.detach */
  detach(): Tensor {
    return this.alias(null);
  }

  /** Cuts the tensor itself off its history. */
  detach_(): this {
    if (this.origin)
      throw new GradError("detach_: Can't detach views in-place: use detach() for a tensor without history");
    this.setHistory(null);
    return this;
  }

  /**
   * The same memory without history, and without the safety: in-place changes through it are not noticed.
   *
   * @see torch.Tensor.data
   */
  get data(): Tensor {
    const { storage, dtype, shape, strides, offset } = this;
    return new Tensor(storage, dtype, shape, strides, offset);
  }

  set data(other: Tensor) {
    checkTensor("data", other);
    if (other.dtype !== this.dtype)
      throw new DTypeError(`data: the dtype of a tensor cannot change: ${this.dtype} ≠ ${other.dtype}`);
    this.become(other);
  }

  /** Takes over the memory and dtype of another tensor, keeping its own place in the graph. */
  become(other: Tensor): void {
    if (other.storage !== this.storage) {
      reveal(other);
      // Parameters and buffers outlive the scope in which they move.
      other.storage.hold();
    }
    ({
      storage: this.storage,
      dtype: this.dtype,
      shape: this.shape,
      strides: this.strides,
      offset: this.offset,
    } = other);
    this.accumulator = null;
  }
}

/** @throws ArgumentError unless `x` is a tensor */
export function checkTensor(op: string, x: unknown): asserts x is Tensor {
  if (!(x instanceof Tensor)) throw new ArgumentError(`${op}: expected a tensor: got ${show(x)}`);
}
