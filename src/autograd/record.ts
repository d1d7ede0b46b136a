/**
 * @file The graph: a node for every recorded operation, from its output back to its inputs.
 *
 * `record` ties a fresh output to the rule that takes a gradient back through it. What the rule needs of the forward pass
 * is named in `saved`, so it can be checked for in-place changes and let go after backward. Pullbacks are written in
 * tensors; run while recording, they build the graph of the second derivative.
 */
import type { DType } from "../core/dtype.js";
import { isFloat } from "../core/dtype.js";
import { GradError } from "../core/errors.js";
import { formatShape, type Shape } from "../core/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { isGradEnabled } from "./grad-mode.js";

/** Computes the gradient of one input; runs only if that input needs one. */
export type Pullback = () => Tensor;
export type Pullbacks = readonly (Pullback | null)[];

export interface Rule<S extends readonly Tensor[] = readonly Tensor[], G = Tensor> {
  /** The op as PyTorch's graph calls it: `sum` makes `SumBackward0`. */
  readonly op: string;
  /** Which of PyTorch's overloads, the digit at the end of the node's name; 0 unless given. */
  readonly overload?: number;
  readonly inputs: readonly Tensor[];
  /** What `backward` gets back; a tensor changed in place since is an error. */
  readonly saved?: S;
  /** Input whose gradient alone needs the saved tensor at that place; if it needs none, the tensor is not kept. */
  readonly savedFor?: readonly (number | null)[];
  /** One pullback an input, null where there is no derivative. */
  readonly backward: (grad: G, saved: S) => Pullbacks;
}

/** Where a gradient goes: output number `index` of `node`. */
export interface Edge {
  readonly node: Node;
  readonly index: number;
}

/** A change of a gradient on its way to output `index`. */
export interface GradHook {
  readonly index: number;
  readonly hook: (grad: Tensor) => Tensor | undefined;
}

/** Shape and dtype that a gradient must have. */
export interface Metadata {
  readonly shape: Shape;
  readonly dtype: DType;
}

interface Saved {
  readonly tensor: Tensor;
  readonly version: number;
  readonly edge: Edge | null;
}

let sequence = 0;
/** The number of the next node. */
export const nextSequence = (): number => sequence;

/** A recorded operation. Printed as PyTorch prints it: `<MulBackward0>`. */
export class Node {
  /** Nodes are numbered as they are made, so a node's inputs always have smaller numbers. */
  readonly sequence: number;
  readonly edges: readonly (Edge | null)[];
  /** Hooks on the outputs' gradients, run before the rule. */
  hooks: GradHook[] | null = null;
  /** Outputs whose gradient is also kept in their `grad`. */
  retained: Tensor[] | null = null;
  private saved: readonly (Saved | null)[] | null = [];

  constructor(
    readonly name: string,
    inputs: readonly Tensor[],
    private readonly rule: (grads: readonly Tensor[], saved: readonly Tensor[]) => Pullbacks,
    /** What gradients of the outputs look like. */
    readonly outputs: readonly Metadata[],
  ) {
    this.edges = inputs.map((x) => (x.requiresGrad ? gradEdge(x) : null));
    // Numbered last: the line above may have made nodes for leaves.
    this.sequence = sequence++;
  }

  /** Keeps what backward needs. Called once the outputs know this node, because they may be among it. */
  save(tensors: readonly Tensor[], savedFor: readonly (number | null)[] = []): void {
    this.saved = tensors.map((tensor, i) => {
      const input = savedFor[i] ?? null;
      if (input !== null && this.edges[input] === null) return null;
      tensor.storage.hold();
      return { tensor, version: tensor.version.value, edge: tensor.requiresGrad ? gradEdge(tensor) : null };
    });
  }

  /** After an in-place operation: what was saved as its result is now `target`. */
  resave(result: Tensor, target: Tensor): void {
    this.saved = this.saved!.map((s) => {
      if (s?.tensor !== result) return s;
      target.storage.hold();
      result.storage.drop();
      return { tensor: target, version: target.version.value, edge: gradEdge(target) };
    });
  }

  /** Before x changes in place: what was saved of it is its copy from now on. */
  keepCopy(x: Tensor, copy: () => Tensor): void {
    this.saved = this.saved!.map((s) => {
      if (s?.tensor !== x) return s;
      const tensor = copy();
      tensor.storage.hold();
      x.storage.drop();
      return { tensor, version: tensor.version.value, edge: s.edge };
    });
  }

  /** The pullbacks for the gradients of the outputs. @throws GradError if what was saved is gone or was changed */
  backward(grads: readonly Tensor[]): Pullbacks {
    return this.rule(grads, this.unpack());
  }

  /** Lets go of what was saved; the node cannot be run again, unless that was nothing. */
  release(): void {
    if (!this.saved?.some((entry) => entry !== null)) return;
    for (const entry of this.saved) entry?.tensor.storage.drop();
    this.saved = null;
  }

  get released(): boolean {
    return this.saved === null;
  }

  private unpack(): Tensor[] {
    if (!this.saved)
      throw new GradError(
        `backward: Trying to backward through the graph a second time: ${this.name} has let go of what it saved; ` +
          `pass { retainGraph: true } to the first backward`,
      );
    return this.saved.map((entry) => {
      // Nobody asks for it: the pullback that would is not run.
      if (entry === null) return undefined as never;
      const { tensor, version, edge } = entry;
      if (tensor.version.value !== version) throw modified(this, entry);
      const now = tensor.requiresGrad ? gradEdge(tensor) : null;
      // In-place calls that leave the values alone (detach_, requiresGrad_) may have changed the tensor's place in the graph.
      return now?.node === edge?.node ? tensor : tensor.alias(edge);
    });
  }

  /** Inputs' nodes with the number of the output each reads. @see torch.autograd.graph.Node.next_functions */
  get nextFunctions(): readonly (readonly [Node | null, number])[] {
    return this.edges.map((edge) => [edge?.node ?? null, edge?.index ?? 0]);
  }

  toString(): string {
    return `<${this.name}>`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function modified(by: Node, { tensor, version, edge }: Saved): GradError {
  const origin =
    edge && edge.node.edges.length > 0 ? `, which is output ${edge.index} of ${edge.node.name},` : "";
  return new GradError(
    `backward: one of the variables needed for gradient computation has been modified by an inplace operation: ` +
      `${by.name} saved a ${tensor.dtype} tensor of shape ${formatShape(tensor.shape)}${origin} that ` +
      `is at version ${tensor.version.value}; expected version ${version} instead. Use the op without the underscore, or clone first`,
  );
}

/** The end of a path: adds what arrives to the leaf's `grad`. */
export class AccumulateGrad extends Node {
  /** Called after each addition. */
  after: readonly { readonly hook: (variable: Tensor) => void }[] = [];

  constructor(readonly variable: Tensor) {
    const { shape, dtype } = variable;
    super("AccumulateGrad", [], () => [], [{ shape, dtype }]);
  }
}

/** Where the gradient of `x` goes. */
export function gradEdge(x: Tensor): Edge {
  const node = x.gradFn;
  if (node) return { node, index: x.outputIndex };
  x.accumulator ??= new AccumulateGrad(x);
  return { node: x.accumulator, index: 0 };
}

/** `log_softmax` → `LogSoftmaxBackward0`, as PyTorch spells it. */
const nodeNames = new Map<string, string[]>([["copy", ["CopyBackwards"]]]);
export function nodeName(op: string, overload = 0): string {
  let names = nodeNames.get(op);
  if (!names) nodeNames.set(op, (names = []));
  return (names[overload] ??= `${camelCase(op)}Backward${overload}`);
}
const camelCase = (op: string): string =>
  op.replace(
    /(^|_|\d)([a-z])/g,
    (_, before: string, letter: string) => before.replace("_", "") + letter.toUpperCase(),
  );

/** Whether any of these needs a gradient while operations are recorded. */
export function recording(inputs: readonly Tensor[]): boolean {
  if (!isGradEnabled()) return false;
  for (let i = 0; i < inputs.length; i++) if (inputs[i]!.requiresGrad) return true;
  return false;
}

/** Ties a fresh `output` to its rule; does nothing when no input needs a gradient. */
export function record<const S extends readonly Tensor[] = readonly []>(
  output: Tensor,
  rule: Rule<S>,
): Tensor {
  if (recording(rule.inputs) && isFloat(output.dtype)) {
    const run = rule.backward as Rule["backward"];
    attach([output], rule, (grads, saved) => run(grads[0]!, saved));
  }
  return output;
}

/** `record` for an op with several outputs; outputs that took no part get zeros as their gradient. */
export function recordAll<const S extends readonly Tensor[] = readonly []>(
  outputs: readonly Tensor[],
  rule: Rule<S, readonly Tensor[]>,
): void {
  if (recording(rule.inputs))
    attach(outputs, rule, rule.backward as Rule<readonly Tensor[], readonly Tensor[]>["backward"]);
}

function attach(
  outputs: readonly Tensor[],
  rule: Pick<Rule, "op" | "overload" | "inputs" | "saved" | "savedFor">,
  run: (grads: readonly Tensor[], saved: readonly Tensor[]) => Pullbacks,
): void {
  const metadata = outputs.map(({ shape, dtype }) => ({ shape, dtype }));
  const node = new Node(nodeName(rule.op, rule.overload), rule.inputs, run, metadata);
  outputs.forEach((output, index) => {
    if (isFloat(output.dtype)) output.setHistory(node, index);
  });
  if (rule.saved) node.save(rule.saved, rule.savedFor);
}
