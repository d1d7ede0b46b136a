/** Tensors that a module trains. */
import { checkOptions } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { Tensor } from "./tensor.js";

/**
 * A tensor that, assigned to a field of a module, becomes one of its parameters. Shares memory with `data`.
 *
 * @example this.weight = new nn.Parameter(torch.randn(4, 4));
 * @see torch.nn.Parameter
 */
export class Parameter extends Tensor {
  constructor(data: Tensor, options: { requiresGrad?: boolean } = {}) {
    if (!(data instanceof Tensor)) throw new ArgumentError(`Parameter: expected a tensor: got ${show(data)}`);
    checkOptions("Parameter", options, ["requiresGrad"]);
    super(data.storage, data.dtype, data.shape, data.strides, data.offset, data.version);
    this.requiresGrad = options.requiresGrad ?? true;
    // A parameter outlives every scope it is made in.
    this.storage.hold();
  }
}
