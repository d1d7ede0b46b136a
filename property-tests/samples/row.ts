/** What a row of samples is. */
import type { Arbitrary } from "fast-check";
import { show } from "../../src/core/errors.js";
import { Tensor } from "../../src/index.js";
import type { Draw } from "../arbitraries.js";

/** One op with one choice of options. */
export interface Row {
  /** The exported name. */
  op: string;
  /** The op with its options, for people. */
  label: string;
  tensors: Arbitrary<readonly Draw[]>;
  /** Arguments of the op from the tensors drawn. */
  args: (...tensors: Tensor[]) => readonly unknown[];
  /** Whether its result has a gradient that is right to check. */
  differentiable: boolean;
}

const text = (value: unknown): string =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Tensor)
    ? `{ ${Object.entries(value)
        .map(([key, v]) => `${key}: ${text(v)}`)
        .join(", ")} }`
    : show(value);

/** A row whose arguments are made by a function. */
export const sample = (
  op: string,
  options: string,
  tensors: Arbitrary<readonly Draw[]>,
  args: Row["args"],
  differentiable = true,
): Row => ({
  op,
  label: `${op}(${options})`,
  tensors,
  args,
  differentiable,
});

/** Rows of an op, one for each list of arguments after its tensors. */
export const rows = (
  op: string,
  tensors: Arbitrary<readonly Draw[]>,
  ...rests: (readonly unknown[])[]
): Row[] =>
  (rests.length ? rests : [[]]).map((rest) =>
    sample(op, rest.map(text).join(", "), tensors, (...x) => [...x, ...rest]),
  );

/** As `rows`, for ops that have no derivative. */
export const flat = (
  op: string,
  tensors: Arbitrary<readonly Draw[]>,
  ...rests: (readonly unknown[])[]
): Row[] => rows(op, tensors, ...rests).map((row) => ({ ...row, differentiable: false }));
