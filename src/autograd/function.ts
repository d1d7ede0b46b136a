/** Ops of one's own. */
import { ArgumentError, GradError, show } from "../core/errors.js";
import { unframed } from "../tensor/frames.js";
import { Tensor } from "../tensor/tensor.js";
import { noGrad } from "./grad-mode.js";
import { Node, recording } from "./record.js";

/** What forward leaves for backward. */
export class FunctionContext {
  private saved: readonly Tensor[] = [];
  /** Which arguments need a gradient. */
  needsInputGrad: readonly boolean[] = [];
  /** Anything else that backward wants to know. */
  [key: string]: unknown;

  /** Keeps tensors for backward, checked for changes in place. */
  saveForBackward(...tensors: Tensor[]): void {
    this.saved = tensors;
  }
  /** What was saved; during backward, as the graph gives it back. */
  get savedTensors(): readonly Tensor[] {
    return this.saved;
  }
}

type Result = Tensor | readonly Tensor[];

/**
 * An op with a backward of its own: a subclass with `static forward` and `static backward`, called through `apply`.
 *
 * Written in tensors, its backward can be differentiated again.
 *
 * @example
 * class Cube extends torch.autograd.Function {
 *   static forward(ctx, x) { ctx.saveForBackward(x); return x.pow(3); }
 *   static backward(ctx, g) { const [x] = ctx.savedTensors; return g.mul(x.pow(2)).mul(3); }
 * }
 * const y = Cube.apply(x);
 * @see torch.autograd.Function
 */
export abstract class Function {
  static forward(_ctx: FunctionContext, ..._args: never[]): Result {
    throw new GradError(
      `${this.name}: You must implement the forward function for custom autograd.Function.`,
    );
  }
  static backward(_ctx: FunctionContext, ..._grads: Tensor[]): Tensor | null | readonly (Tensor | null)[] {
    throw new GradError(
      `${this.name}: You must implement the backward function for custom autograd.Function.`,
    );
  }

  /** Runs forward and ties its result to backward. */
  static apply<T extends typeof Function, A extends unknown[], R extends Result>(
    this: T & { forward(ctx: FunctionContext, ...args: A): R },
    ...args: A
  ): R {
    const ctx = new FunctionContext();
    const inputs = args.filter((arg): arg is Tensor & A[number] => arg instanceof Tensor);
    ctx.needsInputGrad = args.map((arg) => arg instanceof Tensor && arg.requiresGrad);
    const result = unframed(() => noGrad(() => this.forward(ctx, ...args)), args);
    const outputs = (result instanceof Tensor ? [result] : result) as readonly Tensor[];
    if (!Array.isArray(outputs) || !outputs.every((output) => output instanceof Tensor))
      throw new ArgumentError(`${this.name}: forward must return tensors: got ${show(result)}`);
    if (!recording(inputs)) return result;
    // An argument handed back as it is must not get this node as its own history.
    const fresh = outputs.map((output) => (args.includes(output as never) ? output.detach() : output));
    const saved = [...ctx.savedTensors].map((t) => fresh[outputs.indexOf(t)] ?? t);
    const metadata = fresh.map(({ shape, dtype }) => ({ shape, dtype }));
    const node = new Node(
      `${this.name}Backward`,
      inputs,
      (grads, tensors) => {
        ctx.saveForBackward(...tensors);
        const back = unframed(() => this.backward(ctx, ...grads), [...grads, ...tensors]);
        const list = back instanceof Tensor || back === null ? [back] : back;
        if (!Array.isArray(list))
          throw new GradError(`${this.name}: backward must return tensors: got ${show(back)}`);
        if (list.length > args.length || list.length < inputs.length)
          throw new GradError(
            `${this.name}: backward returned an incorrect number of gradients (expected ${args.length}, got ${list.length})`,
          );
        const perInput = args.flatMap((arg, i) => (arg instanceof Tensor ? [i] : []));
        const places = list.length === args.length ? perInput : inputs.map((_, i) => i);
        return places.map((i) => (list[i] ? () => list[i]! : null));
      },
      metadata,
    );
    fresh.forEach((output, index) => output.setHistory(node, index));
    node.save(saved);
    return (result instanceof Tensor ? fresh[0] : fresh) as R;
  }
}
