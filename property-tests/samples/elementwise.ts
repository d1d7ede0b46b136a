/** Ops that treat each element by itself. */
import { type Domain, drawn, drawnPair, draws, shape } from "../arbitraries.js";
import { flat, type Row, rows, sample } from "./row.js";

const any = shape({ minSize: 0 });
const one = (domain: Domain) => drawn(any, domain);
const each = (domain: Domain, ...ops: string[]): Row[] => ops.flatMap((op) => rows(op, one(domain)));
const pair = drawnPair("real", "real", { minSize: 0 });

const unary = [
  ...each(
    "real",
    "abs",
    "neg",
    "exp",
    "exp2",
    "expm1",
    "sin",
    "cos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "erf",
    "erfc",
  ),
  ...each(
    "real",
    "square",
    "sign",
    "floor",
    "ceil",
    "trunc",
    "round",
    "frac",
    "clone",
    "contiguous",
    "nanToNum",
  ),
  ...each(
    "real",
    "relu",
    "sigmoid",
    "silu",
    "logsigmoid",
    "softplus",
    "elu",
    "leakyRelu",
    "gelu",
    "hardtanh",
    "relu6",
  ),
  ...each("positive", "log", "log2", "log10", "log1p", "sqrt", "rsqrt", "reciprocal", "lgamma", "digamma"),
  ...each("unit", "tan", "asin", "acos", "atanh", "erfinv"),
  ...each("above1", "acosh"),
  ...rows("lgamma", one("unit")),
  ...rows("round", one("real"), [{ decimals: 1 }], [{ decimals: -1 }]),
  ...rows("gelu", one("real"), [{ approximate: "tanh" }]),
  ...rows("softplus", one("real"), [{ beta: 2 }], [{ beta: 3, threshold: 2 }]),
  ...rows("elu", one("real"), [{ alpha: 0.5 }]),
  ...rows("leakyRelu", one("real"), [{ negativeSlope: 0.2 }]),
  ...rows("hardtanh", one("real"), [{ minVal: -0.5, maxVal: 0.75 }]),
  ...rows("nanToNum", one("real"), [1, 2, -2]),
  ...rows("to", one("real"), ["float64"], [{ copy: true }]),
  ...flat("to", one("real"), ["float32"], ["int32"]),
  ...rows("double", one("real")),
  ...flat("float", one("real")),
];

const binary = [
  ...rows("add", pair, [], [{ alpha: 2 }]),
  ...rows("sub", pair, [], [{ alpha: -0.5 }]),
  ...rows("rsub", pair, [], [{ alpha: 2 }]),
  ...rows("mul", pair),
  ...rows("div", pair, [], [{ roundingMode: "trunc" }], [{ roundingMode: "floor" }]),
  ...rows("floorDivide", pair),
  ...rows("remainder", draws([[2, 3], "real"], [[3], "positive"])),
  ...rows("fmod", draws([[2, 3], "real"], [[3], "positive"])),
  ...rows("atan2", pair),
  ...rows("maximum", pair),
  ...rows("minimum", pair),
  ...rows("pow", drawnPair("positive", "real")),
  ...["add", "sub", "rsub", "mul", "div", "remainder", "fmod", "floorDivide"].flatMap((op) =>
    rows(op, one("real"), [0.7]),
  ),
  ...rows("pow", one("positive"), [2.5], [0.5], [-1], [1 / 3]),
  ...rows("pow", one("real"), [0], [1], [2], [3], [-2]),
];

const choosing = [
  ...rows("clamp", one("real"), [-0.5, 0.75], [null, 0.5], [-0.25]),
  ...rows("clamp", draws([2, 3], [3], [2, 1])),
  sample("clamp", "null, tensor", draws([2, 3], [3]), (x, high) => [x, null, high]),
  ...rows("clampMin", one("real"), [0.25]),
  ...rows("clampMin", pair),
  ...rows("clampMax", one("real"), [0.25]),
  ...rows("clampMax", pair),
  sample("where", "condition, tensor, tensor", pair, (a, b) => [a.add(b).gt(0), a, b]),
  sample("where", "condition, tensor, number", one("real"), (x) => [x.detach().gt(0), x, 0.5]),
  sample("where", "condition, number, tensor", one("real"), (x) => [x.detach().gt(0), 0.5, x]),
  sample("maskedFill", "mask, number", pair, (a, b) => [a, b.detach().gt(0), 0.5]),
  sample("maskedScatter", "mask", draws([3], [2, 3], [7]), (x, m, source) => [x, m!.detach().gt(0), source]),
  sample("maskedFill", "mask, 0-d tensor", draws([2, 3], []), (x, v) => [x, x.detach().gt(0), v]),
];

const truth = [
  ...["eq", "ne", "lt", "le", "gt", "ge", "logicalAnd", "logicalOr", "logicalXor", "isclose"].flatMap((op) =>
    flat(op, pair),
  ),
  ...["logicalNot", "isnan", "isinf", "isfinite", "signbit"].flatMap((op) => flat(op, one("real"))),
];

export const elementwise: Row[] = [...unary, ...binary, ...choosing, ...truth];
