/**
 * How a tensor is printed: PyTorch's text, to the character.
 *
 * @see torch/_tensor_str.py
 */
import { checkChoice, checkInteger, checkOptions } from "../core/arguments.js";
import { type DType, getDefaultDtype, isFloat } from "../core/dtype.js";
import { ArgumentError, show } from "../core/errors.js";
import { numel, type Shape } from "../core/shape.js";

type Element = number | bigint | boolean;

/** What printing needs to know of a tensor; `at` is called only for elements that are shown. */
export interface Printable {
  readonly shape: Shape;
  readonly dtype: DType;
  at(index: readonly number[]): Element;
  readonly device?: string;
  readonly requiresGrad?: boolean;
  /** Name of the function that made it, as `MulBackward0`. */
  readonly gradFn?: string | null;
  readonly parameter?: boolean;
}

// ── options ──────────────────────────────────────────────────────────────────────────────────────

export interface PrintOptions {
  /** Digits after the point. @defaultValue 4 */
  precision: number;
  /** Above this many elements only the edges are shown. @defaultValue 1000 */
  threshold: number;
  /** Elements shown at each end of a dim. @defaultValue 3 */
  edgeitems: number;
  /** Characters in a line. @defaultValue 80 */
  linewidth: number;
  /** Scientific notation always or never; `null` lets the values decide. @defaultValue null */
  sciMode: boolean | null;
}

const profiles = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 },
  full: { precision: 4, threshold: Number.POSITIVE_INFINITY, edgeitems: 3, linewidth: 80 },
} as const;

let current: PrintOptions = { ...profiles.default, sciMode: null };

/** How tensors are printed now. @see torch._tensor_str.PRINT_OPTS */
export function getPrintoptions(): Readonly<PrintOptions> {
  return current;
}

/**
 * Sets how tensors are printed. What is not named stays, except `sciMode`, which each call sets anew.
 *
 * @throws ArgumentError for an unknown key or a value that is no such number
 * @example setPrintoptions({ precision: 2 }); setPrintoptions({ profile: "default" });
 * @see torch.set_printoptions
 */
export function setPrintoptions(
  options: Partial<PrintOptions> & { profile?: keyof typeof profiles } = {},
): void {
  const op = "setPrintoptions";
  checkOptions(op, options, ["precision", "threshold", "edgeitems", "linewidth", "sciMode", "profile"]);
  const { profile, sciMode = null, ...numbers } = options;
  const base = profile === undefined ? current : profiles[checkChoice(op, "profile", profile, profileNames)];
  const next = { ...current, ...base, sciMode };
  for (const key of ["precision", "threshold", "edgeitems", "linewidth"] as const) {
    const value = numbers[key];
    if (value === undefined) continue;
    if (key !== "threshold" || value !== Number.POSITIVE_INFINITY)
      checkInteger(op, key, value, key === "edgeitems" ? 1 : 0);
    next[key] = value;
  }
  if (next.precision > 99)
    throw new ArgumentError(`${op}: precision must be at most 99: got ${next.precision}`);
  if (sciMode !== null && typeof sciMode !== "boolean")
    throw new ArgumentError(`${op}: sciMode must be true, false or null: got ${show(sciMode)}`);
  current = next;
}
const profileNames = Object.keys(profiles) as (keyof typeof profiles)[];

// ── numbers ──────────────────────────────────────────────────────────────────────────────────────

/**
 * Rounds half to even what JavaScript rounded half up: `exact` has the same number with so many digits that a tie shows.
 */
function tieToEven(rounded: string, exact: string): string {
  const even = exact.slice(0, rounded.length);
  const rest = exact.slice(rounded.length).replace(".", "");
  return /^50*$/.test(rest) && /[02468]\.?$/.test(even) ? even : rounded;
}

const special = (x: number): string => (Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf");
const signOf = (x: number): string => (x < 0 || Object.is(x, -0) ? "-" : "");

/** C's `%.{digits}f`. */
export function fixed(x: number, digits: number): string {
  if (!Number.isFinite(x)) return special(x);
  const size = Math.abs(x);
  // From 1e21 on toFixed turns scientific; such numbers are whole.
  const text =
    size >= 1e21
      ? BigInt(size) + (digits ? "." + "0".repeat(digits) : "")
      : tieToEven(size.toFixed(digits), size.toFixed(100));
  return signOf(x) + text;
}

/** C's `%.{digits}e`: the exponent has two digits at least. */
export function scientific(x: number, digits: number): string {
  if (!Number.isFinite(x)) return special(x);
  const [rounded, exponent] = Math.abs(x).toExponential(digits).split("e") as [string, string];
  const [exact] = Math.abs(x).toExponential(100).split("e") as [string];
  const power = exponent.slice(1).padStart(2, "0");
  return `${signOf(x)}${tieToEven(rounded, exact)}e${exponent[0]}${power}`;
}

interface Style {
  readonly width: number;
  readonly text: (x: Element) => string;
}

/** The notation and width in which all of `values` fit. */
function chooseStyle(values: readonly Element[], dtype: DType, options: PrintOptions): Style {
  if (!isFloat(dtype)) {
    const text = (x: Element) =>
      typeof x === "boolean" || dtype === "bool" ? (x ? "True" : "False") : String(x);
    return { width: widest(values, text, 1), text };
  }
  const { precision } = options;
  const styles = {
    scientific: (x: Element) => scientific(Number(x), precision),
    whole: (x: Element) => fixed(Number(x), 0) + (Number.isFinite(x) ? "." : ""),
    fixed: (x: Element) => fixed(Number(x), precision),
  };
  const finite = values.filter((x): x is number => typeof x === "number" && Number.isFinite(x) && x !== 0);
  if (finite.length === 0) return { width: 1, text: styles.whole };
  let [least, greatest, whole] = [Number.POSITIVE_INFINITY, 0, true];
  for (const x of finite) {
    least = Math.min(least, Math.abs(x));
    greatest = Math.max(greatest, Math.abs(x));
    whole &&= Math.floor(x) === x;
  }
  const apart = greatest / least > 1000 || greatest > 1e8 || (!whole && least < 1e-4);
  const natural = whole ? "whole" : "fixed";
  // The width is that of the notation the values ask for, even where sciMode overrules it.
  const width = widest(finite, styles[apart ? "scientific" : natural], 1);
  return { width, text: styles[(options.sciMode ?? apart) ? "scientific" : natural] };
}

function widest(values: readonly Element[], text: (x: Element) => string, least: number): number {
  return values.reduce<number>((width, x) => Math.max(width, text(x).length), least);
}

// ── brackets ─────────────────────────────────────────────────────────────────────────────────────

/** Which indices of each dim are shown; `cut` is where the dots go, or -1. */
interface Shown {
  readonly indices: readonly number[];
  readonly cut: number;
}

function shownOf(shape: Shape, options: PrintOptions): Shown[] {
  const { edgeitems: edge, threshold } = options;
  const summarize = numel(shape) > threshold;
  return shape.map((n) => {
    const cut = summarize && n > 2 * edge ? edge : -1;
    const count = cut < 0 ? n : 2 * edge;
    return {
      indices: Array.from({ length: count }, (_, i) => (cut < 0 || i < edge ? i : n - count + i)),
      cut,
    };
  });
}

/** Every shown element, row-major. */
function readShown(x: Printable, shown: readonly Shown[]): Element[] {
  const values: Element[] = [];
  const visit = (index: number[]) => {
    const dim = shown[index.length];
    if (!dim) values.push(x.at(index));
    else for (const i of dim.indices) visit([...index, i]);
  };
  visit([]);
  return values;
}

function bracket(values: readonly Element[], shown: readonly Shown[], style: Style, linewidth: number) {
  let next = 0;
  const text = () => style.text(values[next++]!).padStart(style.width);
  const nest = (dim: number, indent: number): string => {
    const { indices, cut } = shown[dim]!;
    const innermost = dim === shown.length - 1;
    const items = indices.map(() => (innermost ? text() : nest(dim + 1, indent + 1)));
    if (cut >= 0) items.splice(cut, 0, innermost ? " ..." : "...");
    const gap = " ".repeat(indent + 1);
    if (!innermost) return `[${items.join("," + "\n".repeat(shown.length - 1 - dim) + gap)}]`;
    const perLine = Math.max(1, Math.floor((linewidth - indent) / (style.width + 2)));
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(", "));
    return `[${lines.join(",\n" + gap)}]`;
  };
  return shown.length ? nest(0, "tensor(".length) : text();
}

/**
 * The text of a tensor: values, then what differs from the usual (device, size of an empty one, dtype, gradient).
 *
 * @example formatTensor({ shape: [2], dtype: "float32", at: ([i]) => i + 0.5 }) // tensor([0.5000, 1.5000])
 * @see torch.Tensor.__repr__
 */
export function formatTensor(x: Printable, options: Readonly<PrintOptions> = current): string {
  const { shape, dtype } = x;
  const empty = numel(shape) === 0;
  const shown = shownOf(shape, options);
  const values = empty ? [] : readShown(x, shown);
  const body = empty ? "[]" : bracket(values, shown, chooseStyle(values, dtype, options), options.linewidth);

  const suffixes: string[] = [];
  if (x.device !== undefined && x.device !== "cpu") suffixes.push(`device='${x.device}'`);
  if (empty && shape.length !== 1) suffixes.push(`size=(${shape.join(", ")})`);
  const evident = dtype === getDefaultDtype() || (!empty && (dtype === "int64" || dtype === "bool"));
  if (!evident) suffixes.push(`dtype=torch.${dtype}`);
  if (x.gradFn) suffixes.push(`grad_fn=<${x.gradFn}>`);
  else if (x.requiresGrad) suffixes.push("requires_grad=True");

  const indent = "tensor(".length;
  let text = "tensor(" + body;
  // PyTorch counts the last line two characters long; kept, since it decides where lines break.
  let column = text.length - text.lastIndexOf("\n") + 1;
  for (const suffix of suffixes) {
    const fits = column + suffix.length + 2 <= options.linewidth;
    text += fits ? `, ${suffix}` : `,\n${" ".repeat(indent)}${suffix}`;
    column = fits ? column + suffix.length + 2 : indent + suffix.length;
  }
  return `${x.parameter ? "Parameter containing:\n" : ""}${text})`;
}
