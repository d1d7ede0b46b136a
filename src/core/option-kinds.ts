/**
 * @file What the options that mean one thing everywhere may be, by name.
 *
 * An option is checked where its key is, so that a wrong value never travels further in. Options that mean different things
 * in different functions are left to those.
 */
import { dtypes, isDType } from "./dtype.js";
import { ArgumentError, show } from "./errors.js";

interface Kind {
  /** What it is called in a message. */
  readonly what: string;
  fits(value: unknown): boolean;
}

const has = (value: unknown, member: string): boolean =>
  typeof value === "object" && value !== null && member in value;

const flag: Kind = { what: "a boolean", fits: (value) => typeof value === "boolean" };
const number: Kind = { what: "a number", fits: (value) => typeof value === "number" };
const scalar: Kind = {
  what: "a number",
  fits: (value) => ["number", "bigint", "boolean"].includes(typeof value),
};
const text: Kind = { what: "text", fits: (value) => typeof value === "string" };
const tensor: Kind = { what: "a tensor", fits: (value) => has(value, "storage") };
const callback: Kind = { what: "a function", fits: (value) => typeof value === "function" };
const generator: Kind = { what: "a Generator", fits: (value) => has(value, "uniform64") };
const dtype: Kind = { what: `one of ${Object.keys(dtypes).join(", ")}`, fits: isDType };
const either = (a: Kind, b: Kind): Kind => ({
  what: `${a.what}, or ${b.what}`,
  fits: (value) => a.fits(value) || b.fits(value),
});

const named: Readonly<Record<string, Kind>> = {
  alpha: scalar,
  bias: tensor,
  distanceFunction: callback,
  dtype,
  generator,
  UPLO: text,
};
const groups: readonly (readonly [Kind, string])[] = [
  [
    flag,
    `accumulate adjoint affine alignCorners allowUnused amsgrad antialias assumeUnique ceilMode checkErrors
     countIncludePad createGraph descending dropLast elementwiseAffine equalNan errorIfNonfinite fastMode fullMatrices hard
     hermitian includeLastOffset increasing inplace invert isCausal keepdim largest left logInput logTarget maximize
     nesterov nonBlocking outInt32 persistent pivot raiseException recomputeScaleFactor replacement requiresGrad
     retainGraph returnIndices scaleGradByFreq setToNone shuffle sorted sparse stable strict trackRunningStats training
     transpose unbiased unitriangular unpackData unpackPivots`,
  ],
  [
    number,
    `a b beta correction decimals delta divisorOverride dx eps gain k labelSmoothing lambd margin maxNorm maxVal mean minVal momentum
     negativeSlope normType p paddingIdx std tau`,
  ],
  [either(number, tensor), "atol max min rtol"],
  // Bounds of a draw, or sides of a matrix.
  [either(number, flag), "lower upper"],
  [tensor, "append offsets out perSampleWeights posWeight prepend weight"],
];

const kinds: ReadonlyMap<string, Kind> = new Map([
  ...Object.entries(named),
  ...groups.flatMap(([kind, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind] as const),
  ),
]);

/** Kinds for which null does not stand for what is left out. */
const neverNull: ReadonlySet<Kind> = new Set([flag, dtype, generator]);

/** @throws ArgumentError unless the option is what one of its name must be, or is left out */
export function checkOption(op: string, name: string, value: unknown): void {
  // A layer is asked whether it has a bias, a function is given it.
  const kind = name === "bias" && /^[A-Z]/.test(op) ? flag : kinds.get(name);
  if (!kind || value === undefined || (value === null && !neverNull.has(kind))) return;
  if (!kind.fits(value)) throw new ArgumentError(`${op}: ${name} must be ${kind.what}: got ${show(value)}`);
}
