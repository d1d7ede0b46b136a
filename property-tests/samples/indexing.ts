/** Elements picked and put back by index. */
import { type Nested, type Tensor, tensor } from "../../src/index.js";
import { draws } from "../arbitraries.js";
import { flat, type Row, rows, sample } from "./row.js";

const long = (values: Nested, beside: Tensor) => tensor(values, { dtype: "int64", device: beside.device });
const bool = (values: Nested, beside: Tensor) => tensor(values, { dtype: "bool", device: beside.device });
const corner = [
  [0, 2, 1],
  [1, 1, 0],
];
const columns = [
  [2, 0],
  [0, 0],
];
const mask = [
  [true, false, true, true],
  [false, false, false, true],
  [true, true, false, false],
];

const gathered = [
  sample("gather", "0, index", draws([3, 4]), (x) => [x, 0, long(corner, x)]),
  sample("gather", "-1, index", draws([2, 3]), (x) => [x, -1, long(columns, x)]),
  sample("gather", "0, empty", draws([2, 3]), (x) => [x, 0, long([], x).reshape(0, 3)]),
  sample("gather", "0, 0-d", draws([]), (x) => [x, 0, long(0, x)]),
  sample("scatter", "0, index, src", draws([3, 4], [2, 4]), (x, src) => [
    x,
    0,
    long(
      [
        [0, 2, 1],
        [1, 1, 2],
      ],
      x,
    ),
    src,
  ]),
  sample("scatter", "1, index, number", draws([2, 3]), (x) => [
    x,
    1,
    long(
      [
        [2, 0],
        [0, 1],
      ],
      x,
    ),
    0.5,
  ]),
  sample("scatterAdd", "0, index, src", draws([3, 4], [3, 3]), (x, src) => [x, 0, long(corner, x), src]),
  sample("scatterAdd", "1, index, src", draws([2, 3], [2, 2]), (x, src) => [x, 1, long(columns, x), src]),
  ...["add", "multiply"].map((reduce) =>
    sample(
      "scatter",
      reduce,
      draws([3, 4], [3, 3]),
      (x, src) => [x, 0, long(corner, x), src, { reduce }],
      false,
    ),
  ),
];

const lists = [
  sample("indexSelect", "0, index", draws([3, 4]), (x) => [x, 0, long([2, 0, 2], x)]),
  sample("indexSelect", "-1, 0-d index", draws([3, 4]), (x) => [x, -1, long(1, x)]),
  sample("indexSelect", "0-d, 0, index", draws([]), (x) => [x, 0, long([0], x)]),
  sample("indexAdd", "0, index, src", draws([3, 2], [4, 2]), (x, src) => [x, 0, long([2, 0, 2, 1], x), src]),
  sample("indexAdd", "1, index, src, alpha", draws([3, 2], [3, 1]), (x, src) => [
    x,
    1,
    long([1], x),
    src,
    { alpha: -2 },
  ]),
  sample("indexCopy", "0, index, src", draws([3, 2], [2, 2]), (x, src) => [x, 0, long([2, 0], x), src]),
  sample("indexCopy", "-1, index, src", draws([3, 2], [3, 1]), (x, src) => [x, -1, long([1], x), src]),
  sample("indexFill", "0, index, number", draws([3, 2]), (x) => [x, 0, long([2, 0], x), 0.5]),
  sample("take", "index", draws([2, 3]), (x) => [
    x,
    long(
      [
        [0, -1],
        [4, 0],
      ],
      x,
    ),
  ]),
  sample("maskedSelect", "mask", draws([3, 4]), (x) => [x, bool(mask, x)]),
  sample("maskedSelect", "mask that broadcasts", draws([2, 1, 3]), (x) => [
    x,
    bool(
      [
        [true, false, true],
        [false, true, true],
      ],
      x,
    ),
  ]),
  ...flat("nonzero", draws([2, 3])),
  sample("embedding", "index, weight", draws([4, 2]), (w) => [
    long(
      [
        [0, 3],
        [3, 1],
      ],
      w,
    ),
    w,
  ]),
  sample(
    "embedding",
    "index, weight, 3",
    draws([4, 2]),
    (w) => [long([1, 3, 2], w), w, { paddingIdx: 3 }],
    false,
  ),
];

const ats: [string, (x: Tensor) => unknown[]][] = [
  ["1", () => [1]],
  ["-1, 1:3", () => [-1, "1:3"]],
  ["..., ::2", () => ["...", "::2"]],
  ["null, :, -1", () => [null, ":", -1]],
  ["[2, 0, 2]", () => [[2, 0, 2]]],
  [":, [1, 0]", () => [":", [1, 0]]],
  [
    "tensor, tensor",
    (x) => [
      long(
        [
          [0, 1],
          [2, 2],
        ],
        x,
      ),
      long([1, -1], x),
    ],
  ],
  ["tensor, :, tensor", (x) => [long([0, 2], x), ":", long([[1], [0]], x)]],
  [":, tensor, tensor", (x) => [":", long([0, 2], x), long([1, 1], x)]],
  [
    "mask",
    (x) => [
      bool(
        [
          [true, false, true],
          [false, true, true],
          [false, false, true],
        ],
        x,
      ),
    ],
  ],
  [":, mask", (x) => [":", bool([true, false, true], x)]],
  ["1, tensor", (x) => [1, long([2, 2, 0], x)]],
  ["true", () => [true]],
];

const cube = draws([3, 3, 2]);
const read = ats.map(([text, index]) => sample("at", text, cube, (x) => [x, ...index(x)]));
const written = ats
  // Which of two values stays where an index comes twice is not for a gradient to say.
  .filter(([text]) => !/2, 0, 2|, tensor/.test(text))
  .flatMap(([text, index]) => [
    sample("setAt", `${text}, number`, cube, (x) => [x, index(x), 0.5]),
    sample("setAt", `${text}, tensor`, draws([3, 3, 2], []), (x, v) => [x, index(x), v]),
  ]);
const rewritten = [
  sample("setAt", "tensor, row", draws([3, 2], [2]), (x, v) => [x, [long([2, 0], x)], v]),
  sample("setAt", ":, tensor, column", draws([3, 2], [3, 1]), (x, v) => [x, [":", long([1, 0], x)], v]),
  sample("setAt", "1:, rows", draws([3, 2], [1, 2, 2]), (x, v) => [x, ["1:"], v]),
  ...rows("copy_", draws([2, 3], [3])),
  ...rows("fill_", draws([2, 3]), [0.5]),
  ...rows("fill_", draws([2, 3], [])),
  ...rows("zero_", draws([2, 3])),
  ...rows("fillDiagonal_", draws([5, 2]), [0.5], [0.5, { wrap: true }]),
  ...rows("fillDiagonal_", draws([2, 2, 2]), [0.5]),
];

const indexPuts = [
  sample("indexPut", "[tensor], values", draws([3, 2], [2, 2]), (x, v) => [x, [long([2, 0], x)], v]),
  sample("indexPut", "[tensor], number", draws([3, 2], []), (x, v) => [x, [long([2, 0], x)], v]),
  sample("indexPut", "accumulate", draws([3, 2], [3, 2]), (x, v) => [
    x,
    [long([2, 0, 2], x)],
    v,
    { accumulate: true },
  ]),
];

export const indexing: Row[] = [...indexPuts, ...gathered, ...lists, ...read, ...written, ...rewritten];
