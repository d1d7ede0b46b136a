/** Views, parts, joins, and elements in another order. */
import { drawn, draws, shape } from "../arbitraries.js";
import { flat, type Row, rows, sample } from "./row.js";

const cube = draws([2, 3, 4]);
const matrix = drawn(shape({ minRank: 2, maxRank: 2, minSize: 0 }));
const any = drawn(shape({ minSize: 0 }));
const list = drawn(shape({ minRank: 1, maxRank: 1 }));
const distinct = draws([[3, 4], "distinct"]);
const plainCube = cube.map(([x]) => [x!]);

const views = [
  ...rows("reshape", cube, [[4, 6]], [-1], [2, 2, 6], [[3, -1, 2, 2]]),
  sample("view", "4, 6", plainCube, (x) => [x.contiguous(), 4, 6]),
  sample("view", "-1", plainCube, (x) => [x.contiguous(), -1]),
  sample("viewAs", "tensor", draws([2, 3], [3, 2]), (x, y) => [x.contiguous(), y]),
  ...rows("reshapeAs", draws([2, 3], [3, 2])),
  ...rows("flatten", cube, [], [1], [0, 1]),
  ...rows("flatten", draws([])),
  ...rows("unflatten", cube, [2, [2, 2]], [-1, [-1, 1]]),
  ...rows("unsqueeze", any, [0], [-1]),
  ...rows("squeeze", draws([1, 2, 1]), [], [0], [1], [[0, 2]]),
  ...rows("permute", cube, [2, 0, 1], [[0, -1, 1]]),
  ...rows("transpose", cube, [0, 2], [-1, 1]),
  ...rows("t", matrix),
  ...rows("t", list),
  ...rows(
    "movedim",
    cube,
    [0, -1],
    [
      [0, 1],
      [2, 0],
    ],
  ),
  ...rows("expand", draws([1, 3]), [2, 3], [[2, 4, -1]]),
  ...rows("expandAs", draws([3], [2, 3])),
  ...rows("broadcastTo", draws([2, 1]), [[3, 2, 2]]),
  ...rows("broadcastTensors", draws([2, 1], [3])),
  ...rows("t_", draws([2, 3])),
  ...rows("transpose_", cube, [0, -1]),
  ...rows("squeeze_", draws([1, 2, 1]), [], [0]),
  ...rows("unsqueeze_", any, [0]),
  ...rows("sumTo", cube, [[3, 1]], [[2, 3, 4]], [[]]),
];

const parts = [
  ...rows("narrow", cube, [1, 1, 2], [-1, 0, 0]),
  ...rows("slice", cube, [2, 1, 4, 2], [0], [1, -2], [2, 3, 1]),
  ...rows("select", cube, [1, 2], [-1, -1]),
  ...rows("diagonal", cube, [], [1, 1, 2], [-1, 0, -1]),
  ...rows("split", cube, [2, 2], [[1, 2], 1], [2]),
  ...rows("chunk", cube, [2, 1], [3, -1]),
  ...rows("unbind", cube, [], [-1]),
  ...rows("sliceScatter", draws([4, 2], [2, 2]), [0, { start: 1, end: 3 }], [-2, { step: 2 }]),
  ...rows("selectScatter", draws([3, 2], [3]), [1, -1]),
  ...rows("diagonalScatter", draws([3, 3], [2]), [{ offset: 1 }], [{ offset: -1, dim1: 1, dim2: 0 }]),
];

const rearranged = [
  ...rows("flip", cube, [0], [[0, -1]]),
  ...rows(
    "roll",
    cube,
    [2],
    [1, 0],
    [
      [1, -2],
      [0, 2],
    ],
  ),
  ...rows("repeat", matrix, [2, 1], [[2, 1, 3]]),
  ...rows("tile", matrix, [2], [[2, 1, 2]]),
  ...rows("triu", matrix, [], [1], [-1]),
  ...rows("tril", cube, [], [1], [-1]),
  ...rows("diag", matrix, [], [1], [-1]),
  ...rows("diag", list, [], [1], [-2]),
  ...rows("sort", distinct, [], [0], [-1, { descending: true }]),
  ...rows("sort", draws([]), []),
  ...flat("argsort", distinct, [], [0, { descending: true }]),
  ...rows("topk", distinct, [2], [2, 0, { largest: false }]),
];

const joined = [
  sample("cat", "[a, b, c]", draws([2, 3], [1, 3], [0, 3]), (...x) => [x]),
  sample("cat", "[a, b], -1", draws([2, 3], [2, 1]), (...x) => [x, -1]),
  sample("cat", "[x, x], 1", draws([2, 3]), (x) => [[x, x], 1]),
  sample("stack", "[a, b]", draws([2, 3], [2, 3]), (...x) => [x]),
  sample("stack", "[a, b], -1", draws([2, 3], [2, 3]), (...x) => [x, -1]),
  sample("hstack", "[a, b]", draws([2, 3], [2, 1]), (...x) => [x]),
  sample("hstack", "[0-d, b]", draws([], [2]), (...x) => [x]),
  sample("vstack", "[a, b]", draws([3], [2, 3]), (...x) => [x]),
  ...rows("constantPadNd", cube, [[1, 2, -1, 0], { value: 3 }]),
  ...rows("pad", cube, [[1, 2]], [[1, 0, -1, 2]], [[-1, 1], { value: 3 }], [[-1, -1]]),
  ...rows("pad", cube, [[2, 1], { mode: "reflect" }], [[0, 1, 1, 2], { mode: "reflect" }]),
  ...rows("pad", cube, [[2, 1], { mode: "replicate" }], [[1, 2, 0, 1], { mode: "replicate" }]),
  ...rows("pad", cube, [[2, 1], { mode: "circular" }], [[1, 2, 0, 1], { mode: "circular" }]),
];

export const shapes: Row[] = [...views, ...parts, ...rearranged, ...joined];
