/**
 * @file What an optimizer remembers of one parameter, and how PyTorch's state dicts write it down.
 *
 * Each optimizer says once, as slots, what its state is made of and how it begins; making, saving and loading follow.
 */
import { noGrad } from "../autograd/grad-mode.js";
import { ArgumentError, ShapeError, show } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import { to } from "../ops/copying.js";
import { copy_ } from "../ops/inplace.js";
import { item } from "../ops/reading.js";
import { emptyLike, fullLike, tensor } from "../tensor/create.js";
import { reveal } from "../tensor/frames.js";
import { Tensor } from "../tensor/tensor.js";

export type StateValue = Tensor | number | null;

/** One entry of a parameter's state. */
export type Slot =
  /** A whole number. */
  | { readonly kind: "count"; readonly value: number }
  /** A number that PyTorch keeps in a float32 tensor of its own, and that is rounded accordingly. */
  | { readonly kind: "scalar"; readonly value: number }
  /** A tensor like the parameter, filled with one value. */
  | { readonly kind: "tensor"; readonly value: number }
  /** A tensor like the parameter, made when it is first needed; null before. */
  | { readonly kind: "later" };
export type Slots<S> = { readonly [Name in keyof S]: Slot };

export const count = (value: number): Slot => ({ kind: "count", value });
export const scalar = (value: number): Slot => ({ kind: "scalar", value });
export const filled = (value: number): Slot => ({ kind: "tensor", value });
export const later: Slot = { kind: "later" };

/** `expAvgSq` → `exp_avg_sq`, as PyTorch's dicts name it. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** `exp_avg_sq` → `expAvgSq`. */
export const camel = (name: string): string =>
  name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A tensor of a state: it outlives every scope, and belongs to user code as well. */
export function keep(x: Tensor): Tensor {
  reveal(x);
  x.storage.hold();
  return x;
}

/** Takes back the holds of a state that is replaced. */
export function forget(state: object): void {
  for (const value of Object.values(state)) if (value instanceof Tensor) value.storage.drop();
}

const entries = (slots: object): [string, Slot][] => Object.entries(slots);

/** The state before the first step. */
export function begin<S>(slots: Slots<S>, param: Tensor): S {
  const made = entries(slots).map(([name, slot]) => {
    if (slot.kind === "later") return [name, null];
    return [name, slot.kind === "tensor" ? keep(fullLike(param, slot.value)) : slot.value];
  });
  return Object.fromEntries(made) as S;
}

/** The state as PyTorch writes it; tensors are shared with the optimizer. */
export function pack<S extends object>(slots: Slots<S>, state: S): Record<string, StateValue> {
  const values = state as Record<string, StateValue>;
  return Object.fromEntries(
    entries(slots).map(([name, { kind }]) => {
      const value = values[name] ?? null;
      return [snake(name), kind === "scalar" ? tensor(value as number, { dtype: "float32" }) : value];
    }),
  );
}

/**
 * The state that a dict describes, its tensors copied to the parameter's dtype and device.
 *
 * @throws ArgumentError, ShapeError if an entry is missing or does not fit
 */
export function unpack<S>(where: string, slots: Slots<S>, param: Tensor, packed: unknown): S {
  if (typeof packed !== "object" || packed === null)
    throw new ArgumentError(`${where}: expected an object: got ${show(packed)}`);
  const given = packed as Readonly<Record<string, unknown>>;
  const read = entries(slots).map(([name, slot]): [string, () => StateValue] => {
    const key = snake(name);
    const value = given[key] ?? null;
    if (slot.kind === "count" || slot.kind === "scalar") return [name, numberIn(where, key, value)];
    if (value === null && slot.kind === "later") return [name, () => null];
    return [name, tensorIn(where, key, value, param)];
  });
  return Object.fromEntries(read.map(([name, make]) => [name, make()])) as S;
}

function numberIn(where: string, key: string, value: unknown): () => number {
  const number = value instanceof Tensor && value.numel() === 1 ? item(value) : value;
  if (typeof number !== "number")
    throw new ArgumentError(`${where}: ${key} must be a number: got ${show(value)}`);
  return () => number;
}

function tensorIn(where: string, key: string, value: unknown, param: Tensor): () => Tensor {
  if (!(value instanceof Tensor))
    throw new ArgumentError(`${where}: ${key} must be a tensor: got ${show(value)}`);
  if (!sameShape(value.shape, param.shape))
    throw new ShapeError(
      `${where}: ${key} of shape ${formatShape(value.shape)} for a parameter of shape ${formatShape(param.shape)}`,
    );
  return () => keep(noGrad(() => copy_(emptyLike(param), to(value.detach(), param.device))));
}
