/**
 * @file Backward: gradients walk from outputs to leaves, newest node first.
 *
 * A node's inputs were made before it, so nodes taken by falling number meet every gradient of a node before the node
 * itself. Gradients that meet are added in that order, which is fixed by the program alone. Here, once for every op, a
 * gradient is summed back over dims that were broadcast and takes the dtype of its input.
 */
import { checkIterable, checkOptions } from "../core/arguments.js";
import { ArgumentError, GradError, ShapeError, show } from "../core/errors.js";
import { formatShape, numel, sameShape } from "../core/shape.js";
import { clone, to } from "../ops/copying.js";
import { add } from "../ops/elementwise/arithmetic.js";
import { sumTo } from "../ops/reduction/sum-to.js";
import { onesLike } from "../tensor/create.js";
import { framed, reveal, unframed } from "../tensor/frames.js";
import { make } from "../tensor/make.js";
import { checkTensor, Tensor } from "../tensor/tensor.js";
import { setGradEnabled } from "./grad-mode.js";
import { AccumulateGrad, type Edge, gradEdge, type Metadata, type Node } from "./record.js";

export interface BackwardOptions {
  /** Keep what the graph saved, to run it again. @defaultValue the value of createGraph */
  retainGraph?: boolean;
  /** Record backward itself, for higher derivatives. @defaultValue false */
  createGraph?: boolean;
  /** Add gradients only to these leaves. @defaultValue all */
  inputs?: readonly Tensor[];
}
export interface GradOptions {
  /** Gradients of the outputs. @defaultValue 1 for scalars */
  gradOutputs?: readonly (Tensor | null)[] | Tensor | null;
  /** @defaultValue the value of createGraph */
  retainGraph?: boolean;
  /** @defaultValue false */
  createGraph?: boolean;
  /** Give null for inputs that took no part, instead of an error. @defaultValue false */
  allowUnused?: boolean;
}

// ── the walk ─────────────────────────────────────────────────────────────────────────────────────

/** Gradients on their way, a slot for every output of every node. */
class Pending {
  private readonly slots = new Map<Node, (Tensor | null)[]>();
  /** Sums made here, which nobody else refers to. */
  private readonly own = new Set<Tensor>();

  constructor(private readonly createGraph: boolean) {}

  put({ node, index }: Edge, grad: Tensor): void {
    let slot = this.slots.get(node);
    if (!slot) this.slots.set(node, (slot = node.outputs.map(() => null)));
    const before = slot[index];
    grad.storage.hold();
    if (!before) slot[index] = grad;
    else if (!this.createGraph && this.own.has(before)) {
      before.storage.backend.binary("add", before, before, grad);
      grad.storage.drop();
    } else {
      const total = add(before, grad);
      total.storage.hold();
      this.own.add(total);
      before.storage.drop();
      grad.storage.drop();
      slot[index] = total;
    }
  }

  has(node: Node): boolean {
    return this.slots.has(node);
  }

  take(node: Node): (Tensor | null)[] {
    const slot = this.slots.get(node)!;
    this.slots.delete(node);
    // From here on others may refer to them: an add passes its gradient to both inputs as it is.
    for (const grad of slot) if (grad) this.own.delete(grad);
    return slot;
  }
}

/** Every node that `roots` lead to, newest first. */
function reachable(roots: readonly Edge[]): Node[] {
  const seen = new Set<Node>();
  const stack = roots.map((root) => root.node);
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    for (const edge of node.edges) if (edge && !seen.has(edge.node)) stack.push(edge.node);
  }
  return [...seen].sort((a, b) => b.sequence - a.sequence);
}

/** Nodes from which one of `targets` can be reached; others need not run. */
function leadingTo(targets: ReadonlySet<Node>, newestFirst: readonly Node[]): Set<Node> {
  const needed = new Set<Node>();
  for (let i = newestFirst.length - 1; i >= 0; i--) {
    const node = newestFirst[i]!;
    if (targets.has(node) || node.edges.some((edge) => edge !== null && needed.has(edge.node)))
      needed.add(node);
  }
  return needed;
}

/** A gradient as its input must have it. */
function conform(grad: Tensor, { shape, dtype }: Metadata, from: Node): Tensor {
  if (!(grad instanceof Tensor))
    throw new GradError(`backward: ${from.name} returned ${show(grad)}, not a tensor`);
  const summed = sameShape(grad.shape, shape) ? grad : sumTo(grad, shape);
  return summed.dtype === dtype ? summed : to(summed, dtype);
}

interface Walk {
  retainGraph: boolean;
  createGraph: boolean;
  /** Nodes whose gradients are wanted instead of being added to leaves. */
  capture?: Map<Node, (Tensor | null)[]>;
  /** Leaves to add to, all if undefined. */
  only?: ReadonlySet<Node>;
}

function walk(roots: readonly Edge[], grads: readonly Tensor[], options: Walk): void {
  const { retainGraph, createGraph, capture, only } = options;
  const order = reachable(roots);
  const targets = capture ? new Set(capture.keys()) : only;
  const needed = targets && leadingTo(targets, order);
  const pending = new Pending(createGraph);
  roots.forEach((root, i) => pending.put(root, grads[i]!));
  for (const node of order) {
    if (!pending.has(node)) continue;
    const arrived = pending.take(node);
    const incoming = withHooks(node, arrived);
    if (capture?.has(node)) {
      capture.set(node, incoming);
      for (const g of incoming) g?.storage.hold();
    }
    if (node instanceof AccumulateGrad) {
      if (incoming[0] && !capture && (!only || only.has(node))) {
        accumulate(node.variable, incoming[0], createGraph);
        for (const { hook } of node.after) hook(node.variable);
      }
    } else if (!needed || node.edges.some((edge) => edge && needed.has(edge.node))) {
      propagate(node, incoming, pending, needed);
      if (!retainGraph) node.release();
    }
    for (const g of arrived) g?.storage.drop();
  }
}

/** Runs a node's rule in a frame of its own, so that its temporaries go as soon as it is done. */
function propagate(
  node: Node,
  incoming: readonly (Tensor | null)[],
  pending: Pending,
  needed?: Set<Node>,
): void {
  const outgoing = framed(() => {
    const grads = incoming.map((g, i) => g ?? zeros(node.outputs[i]!, incoming));
    const pullbacks = node.backward(grads);
    return node.edges.map((edge, i) => {
      const pullback = pullbacks[i];
      if (!edge || !pullback || (needed && !needed.has(edge.node))) return null;
      const grad = pullback();
      return grad === null || grad === undefined ? null : conform(grad, edge.node.outputs[edge.index]!, node);
    });
  });
  node.edges.forEach((edge, i) => {
    const grad = outgoing[i];
    if (edge && grad) pending.put(edge, grad);
  });
}

function zeros({ shape, dtype }: Metadata, beside: readonly (Tensor | null)[]): Tensor {
  const { backend } = beside.find((g) => g !== null)!.storage;
  const out = make(shape, dtype, backend);
  backend.fill(out, 0);
  return out;
}

/** Gradients after the hooks on them; outputs that retain theirs get it. */
function withHooks(node: Node, grads: (Tensor | null)[]): (Tensor | null)[] {
  if (!node.hooks && !node.retained) return grads;
  const now = [...grads];
  for (const { index, hook } of node.hooks ?? []) {
    const grad = now[index];
    if (!grad) continue;
    const replaced = unframed(() => hook(grad), grad);
    if (replaced === undefined || replaced === null) continue;
    if (!(replaced instanceof Tensor))
      throw new GradError(`registerHook: the hook returned ${show(replaced)}, not a tensor`);
    if (!sameShape(replaced.shape, grad.shape))
      throw new GradError(
        `registerHook: the hook changed the shape of the gradient from ${formatShape(grad.shape)} to ${formatShape(replaced.shape)}`,
      );
    now[index] = replaced;
  }
  for (const tensor of node.retained ?? []) {
    const grad = now[tensor.outputIndex];
    if (grad)
      tensor.grad = tensor.peekGrad()
        ? add(tensor.peekGrad()!, grad)
        : clone(grad, { memoryFormat: "contiguous_format" });
  }
  return now;
}

/** Adds to a leaf's gradient; memory that only this walk knows becomes the gradient as it is. */
function accumulate(leaf: Tensor, grad: Tensor, createGraph: boolean): void {
  const before = leaf.peekGrad();
  if (before && !createGraph && !before.requiresGrad) {
    before.storage.backend.binary("add", before, before, grad);
    before.version.value++;
  } else if (before) leaf.keepGrad(add(before, grad));
  else
    leaf.keepGrad(
      createGraph
        ? clone(grad, { memoryFormat: "contiguous_format" })
        : grad.storage.isSole(numel(grad.shape) * grad.elementSize()) && grad.isContiguous()
          ? grad.detach()
          : clone(grad, { memoryFormat: "contiguous_format" }).detach(),
    );
}

// ── the public functions ─────────────────────────────────────────────────────────────────────────

/** Gradients to start from: given ones, or 1 for a scalar. */
function seeds(
  op: string,
  outputs: readonly Tensor[],
  given: readonly (Tensor | null | undefined)[],
): Tensor[] {
  return outputs.map((output, i) => {
    if (!(output instanceof Tensor)) throw new ArgumentError(`${op}: expected a tensor: got ${show(output)}`);
    if (!output.requiresGrad)
      throw new GradError(`${op}: element ${i} of tensors does not require grad and does not have a grad_fn`);
    const grad = given[i];
    if (grad) {
      if (!(grad instanceof Tensor))
        throw new ArgumentError(`${op}: expected a tensor as gradient: got ${show(grad)}`);
      if (!sameShape(grad.shape, output.shape))
        throw new ShapeError(
          `${op}: Mismatch in shape: grad_output[${i}] has a shape of ${formatShape(grad.shape)} and output[${i}] has a shape of ${formatShape(output.shape)}`,
        );
      return grad.dtype === output.dtype ? grad : to(grad, output.dtype);
    }
    if (numel(output.shape) !== 1)
      throw new GradError(
        `${op}: grad can be implicitly created only for scalar outputs: this one has shape ${formatShape(output.shape)}`,
      );
    return onesLike(output);
  });
}

/**
 * Adds the gradients of `x` to the `grad` of every leaf it was made from.
 *
 * @param gradient the gradient of x itself; default 1 if x has one element
 * @throws GradError if x does not require a gradient, or its graph was let go
 * @example loss.backward();
 * @see torch.Tensor.backward
 */
export function backward(
  x: Tensor,
  gradient?: Tensor | BackwardOptions | null,
  options?: BackwardOptions,
): void {
  const seed = gradient instanceof Tensor ? gradient : null;
  const named = (gradient && !(gradient instanceof Tensor) ? gradient : options) ?? {};
  checkOptions("backward", named, ["retainGraph", "createGraph", "inputs"]);
  const { createGraph = false, retainGraph = createGraph, inputs } = named;
  if (inputs !== undefined) {
    checkIterable("backward", "inputs", inputs);
    for (const input of inputs) checkTensor("backward", input);
  }
  const only = inputs && new Set(inputs.map((input) => gradEdge(input).node));
  framed(() =>
    setGradEnabled(createGraph, () => {
      const grads = seeds("backward", [x], [seed]);
      walk([gradEdge(x)], grads, { retainGraph, createGraph, only });
    }),
  );
}

/**
 * The gradients of `outputs` with respect to `inputs`; nothing is added to any `grad`.
 *
 * @throws GradError if an input took no part, unless `allowUnused`
 * @example const [dx] = torch.autograd.grad(y, [x], { createGraph: true });
 * @see torch.autograd.grad
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions & { allowUnused: true },
): (Tensor | null)[];
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options?: GradOptions,
): Tensor[];
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): (Tensor | null)[] {
  checkOptions("grad", options, ["gradOutputs", "retainGraph", "createGraph", "allowUnused"]);
  const { createGraph = false, retainGraph = createGraph, allowUnused = false, gradOutputs } = options;
  const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
  const [ys, xs] = [list(outputs), list(inputs)] as [readonly Tensor[], readonly Tensor[]];
  const given = gradOutputs === undefined ? [] : list(gradOutputs);
  for (const x of [...ys, ...xs]) checkTensor("grad", x);
  for (const x of xs)
    if (!x.requiresGrad) throw new GradError("grad: One of the differentiated Tensors does not require grad");
  const results = framed(() =>
    setGradEnabled(createGraph, () => {
      const edges = xs.map(gradEdge);
      const capture = new Map<Node, (Tensor | null)[]>(edges.map(({ node }) => [node, []]));
      walk(ys.map(gradEdge), seeds("grad", ys, given), { retainGraph, createGraph, capture });
      const found = edges.map(({ node, index }) => capture.get(node)![index] ?? null);
      if (!allowUnused && found.includes(null))
        throw new GradError(
          "grad: One of the differentiated Tensors appears to not have been used in the graph. Set { allowUnused: true } if this is the desired behavior.",
        );
      for (const grads of capture.values()) for (const g of grads) g?.storage.unhold();
      return found.map((g) => (g && !createGraph ? g.detach() : g));
    }),
  );
  // One may be what a graph saved, which is older than the frame.
  reveal(results);
  return results;
}
