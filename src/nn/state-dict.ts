/** Loading a state dict: first everything is checked, then everything is copied. */

import { noGrad } from "../autograd/grad-mode.js";
import { ArgumentError, ShapeError, show } from "../core/errors.js";
import { sameShape } from "../core/shape.js";
import { copy_ } from "../ops/inplace.js";
import { Tensor } from "../tensor/tensor.js";
import type { Module } from "./module.js";

/** Tensors by dotted name, in order. */
export type StateDict = Map<string, Tensor>;

/** What did not match, when it was not an error. */
export interface LoadReport {
  missingKeys: string[];
  unexpectedKeys: string[];
}

export function loadStateDict(
  module: Module,
  state: StateDict | Readonly<Record<string, Tensor>>,
  strict: boolean,
): LoadReport {
  if (typeof state !== "object" || state === null)
    throw new ArgumentError(`loadStateDict: expected tensors by name: got ${show(state)}`);
  const given = state instanceof Map ? state : new Map(Object.entries(state));
  const own = module.stateDict();
  const missingKeys = [...own.keys()].filter((key) => !given.has(key));
  const unexpectedKeys = [...given.keys()].filter((key) => !own.has(key));
  const problems: string[] = [];
  const quoted = (keys: string[]) => keys.map((key) => `"${key}"`).join(", ");
  if (strict && unexpectedKeys.length)
    problems.push(`Unexpected key(s) in state_dict: ${quoted(unexpectedKeys)}. `);
  if (strict && missingKeys.length) problems.push(`Missing key(s) in state_dict: ${quoted(missingKeys)}. `);
  const size = ({ shape }: Tensor) => `torch.Size([${shape.join(", ")}])`;
  for (const [key, target] of own) {
    const source = given.get(key);
    if (source === undefined) continue;
    if (!(source instanceof Tensor))
      problems.push(`While copying the parameter named "${key}", expected a tensor: got ${show(source)}.`);
    else if (!sameShape(source.shape, target.shape))
      problems.push(
        `size mismatch for ${key}: copying a param with shape ${size(source)} from checkpoint, the shape in current model is ${size(target)}.`,
      );
  }
  if (problems.length)
    throw new ShapeError(
      `loadStateDict: Error(s) in loading state_dict for ${module.constructor.name}:\n\t${problems.join("\n\t")}`,
    );
  noGrad(() => {
    for (const [key, target] of own) {
      const source = given.get(key);
      if (source) copy_(target, source.detach());
    }
  });
  return { missingKeys, unexpectedKeys };
}
