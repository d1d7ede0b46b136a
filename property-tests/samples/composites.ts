/** Functions of two numbers beyond arithmetic, statistics of order, areas, grids: most of them made of other ops. */
import { drawn, drawnPair, draws, shape } from "../arbitraries.js";
import { flat, type Row, rows, sample } from "./row.js";

const any = drawn(shape({ minSize: 0 }));
const pair = drawnPair("real", "real", { minSize: 0 });
const cube = draws([2, 3, 4]);
const distinct = draws([[3, 4], "distinct"]);
const keep = { keepdim: true };
/** NaN stands where x is negative. */
const holes = (x: Parameters<Row["args"]>[0]) => x!.where(x!.detach().gt(0), Number.NaN);

const pairs = [
  ...["copysign", "fmax", "fmin", "logaddexp", "logaddexp2"].flatMap((op) => rows(op, pair)),
  ...rows("hypot", draws([[2, 3], "positive"], [[3], "positive"])),
  ...rows("ldexp", draws([[2, 3], "real"], [[3], "positive"])),
  ...rows("floatPower", draws([[2, 3], "positive"], [3])),
  ...rows("floatPower", draws([[2, 3], "positive"]), [2]),
  ...rows("xlogy", drawnPair("positive", "positive"), []),
  ...rows("xlogy", draws([[2, 3], "positive"]), [0.5]),
  ...flat("nextafter", pair),
  ...flat("heaviside", pair),
  ...rows("lerp", draws([2, 3], [3]), [0.25], [0.75]),
  ...rows("lerp", draws([2, 3], [3], [2, 1])),
  ...rows("addcmul", draws([2, 3], [3], [2, 1]), [], [{ value: 0.5 }]),
  ...rows("addcdiv", draws([[2, 3], "real"], [[3], "real"], [[2, 1], "positive"]), [], [{ value: 0.5 }]),
];

const singles = [
  ...["sgn", "angle", "deg2rad", "rad2deg", "positive", "real", "conj"].flatMap((op) => rows(op, any)),
  ...["conjPhysical", "resolveConj", "resolveNeg"].flatMap((op) => rows(op, any)),
  ...["isposinf", "isneginf", "isreal"].flatMap((op) => flat(op, any)),
  ...rows("sinc", drawn(shape({ minSize: 0 }), "positive")),
  ...rows("logit", drawn(shape(), "chance"), [], [{ eps: 1e-6 }]),
  ...rows("fill", draws([2, 3]), [0.5]),
  ...rows("fill", draws([2, 3], [])),
];

const layouts = [
  ...rows("adjoint", cube),
  ...rows("ravel", cube),
  ...rows("fliplr", cube),
  ...rows("flipud", cube),
  ...rows("rot90", cube, [], [2, [1, 2]], [-1, [0, 2]], [4]),
  ...rows("tensorSplit", cube, [2], [3, -1], [[1, 3], 2]),
  ...rows("hsplit", cube, [3], [[1]]),
  ...rows("vsplit", cube, [2]),
  ...rows("dsplit", cube, [2], [[1, 3]]),
  ...rows("narrowCopy", cube, [1, 1, 2]),
  ...rows("sumToSize", cube, [3, 1], [[2, 3, 4]], [[]]),
  ...rows("unfold", cube, [2, 2, 1], [1, 2, 2], [-1, 3, 2]),
  ...rows("diagEmbed", draws([2, 3]), [], [1], [-1, 0, 2]),
  ...rows("diagflat", draws([2, 2]), [], [1]),
  ...rows("repeatInterleave", draws([2, 3]), [2], [3, 1]),
  sample("takeAlongDim", "tensor, dim", distinct, (x) => [x, x!.detach().argsort(1), 1]),
  sample("takeAlongDim", "tensor", distinct, (x) => [x, x!.detach().argsort(1)]),
];

const orders = [
  ...rows("median", distinct, [], [0], [-1, keep]),
  sample("nanmedian", "", distinct, (x) => [holes(x)]),
  sample("nanmedian", "1", distinct, (x) => [x, 1]),
  ...rows("kthvalue", distinct, [2], [1, 0, keep]),
  ...rows("mode", distinct, [], [0, keep]),
  ...rows("msort", distinct),
  ...rows("quantile", distinct, [0.4], [0.5, 1, { interpolation: "midpoint" }], [0.3, 0, keep]),
  ...rows("quantile", distinct, [0.3, 0, { interpolation: "lower" }], [0.9, 1, { interpolation: "nearest" }]),
  ...rows("nanquantile", distinct, [0.4, 1]),
];

const sums = [
  ...rows("nansum", cube, [], [0], [[0, -1], keep]),
  ...rows("nanmean", cube, [], [0], [[0, -1], keep]),
  ...rows("aminmax", distinct, [], [1], [0, keep]),
  ...rows("dist", draws([2, 3], [3]), [], [{ p: 1 }], [{ p: 3 }]),
  ...rows("renorm", draws([3, 2]), [2, 0, 0.75], [1, 1, 0.5]),
  ...rows("diff", cube, [], [2, 1]),
  sample("diff", "prepend", draws([2, 3], [2, 1]), (x, before) => [x, 1, 1, { prepend: before }]),
  ...rows("trapezoid", cube, [], [null, 1, { dx: 0.5 }]),
  ...rows("trapezoid", draws([2, 4], [[4], "distinct"])),
  ...rows("trapz", draws([2, 4], [2, 4])),
  ...rows("cumulativeTrapezoid", cube, [], [null, 1, { dx: 0.5 }]),
  ...rows("cumulativeTrapezoid", draws([2, 4], [[4], "distinct"])),
];

const found = [
  ...flat("unique", cube, [], [{ returnInverse: true, returnCounts: true, dim: 1 }]),
  ...flat("uniqueConsecutive", cube, [{ returnCounts: true }]),
  ...flat("nonzeroStatic", cube, [{ size: 30 }]),
  sample("unravelIndex", "[4, 3]", draws([5]), (x) => [x!.abs().to("int64"), [4, 3]], false),
  ...flat("argwhere", cube),
  ...flat("isin", draws([2, 3], [2])),
  sample("searchsorted", "tensor", draws([[4], "distinct"], [2, 3]), (x, v) => [x!.msort(), v], false),
  sample("bucketize", "tensor", draws([2, 3], [[4], "distinct"]), (v, x) => [v, x!.msort()], false),
  sample("bincount", "", draws([5]), (x) => [x!.abs().to("int64")], false),
  ...flat("histc", cube, [4], [5, { min: -1, max: 1 }]),
];

const grids = [
  ...["atleast1d", "atleast2d", "atleast3d"].flatMap((op) => rows(op, any)),
  sample("columnStack", "[a, b]", draws([2], [2, 3]), (...x) => [x]),
  ...["concat", "concatenate", "rowStack"].flatMap((op) =>
    sample(op, "[a, b]", draws([2, 3], [1, 3]), (...x) => [x]),
  ),
  sample("dstack", "[a, b]", draws([3], [1, 3]), (...x) => [x]),
  ...rows("meshgrid", draws([2], [3]), [], [{ indexing: "xy" }]),
  ...rows("cartesianProd", draws([2], [3])),
  ...rows("blockDiag", draws([2, 3], [2], [])),
];

export const composites: Row[] = [...pairs, ...singles, ...layouts, ...orders, ...sums, ...found, ...grids];
