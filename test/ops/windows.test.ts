import { describe } from "vitest";
import { bartlettWindow, blackmanWindow, hammingWindow, hannWindow, kaiserWindow } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const symmetric = { periodic: false };
const double = { dtype: "float64" } as const;

describe("values", () => {
  gives([
    ["hann", () => hannWindow(5, double), [0, 0.34549150281, 0.90450849718, 0.90450849718, 0.34549150281]],
    ["hann, symmetric", () => hannWindow(5, { ...double, ...symmetric }).at("0:3"), [0, 0.5, 1]],
    ["hamming", () => hammingWindow(4), [0.080000013, 0.540000021, 1, 0.540000021]],
    [
      "hamming of one's own",
      () => hammingWindow(5, { ...symmetric, alpha: 0.5, beta: 0.25 }),
      [0.25, 0.5, 0.75, 0.5, 0.25],
    ],
    ["blackman", () => blackmanWindow(5).at("1:"), [0.20077014, 0.84922983, 0.84922981, 0.20077008]],
    ["bartlett", () => bartlettWindow(5), [0, 0.4, 0.8, 0.8, 0.4]],
    ["bartlett, symmetric", () => bartlettWindow(6, symmetric), [0, 0.4, 0.8, 0.8, 0.4, 0]],
    [
      "kaiser",
      () => kaiserWindow(5, double),
      [5.277344132e-5, 0.1017196877, 0.7929398341, 0.7929398341, 0.1017196877],
    ],
    [
      "kaiser, symmetric",
      () => kaiserWindow(4, { ...double, ...symmetric, beta: 3 }),
      [0.2048847564, 0.8712418741, 0.8712418741, 0.2048847564],
    ],
    ["of one and of none", () => [hannWindow(1), blackmanWindow(0)], [[1], []]],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "whole numbers",
      () => hannWindow(3, { dtype: "int64" }),
      "ArgumentError: hannWindow: expects floating point dtypes, got: int64",
    ],
    [
      "a negative length",
      () => bartlettWindow(-1),
      "ArgumentError: bartlettWindow: length must be at least 0: got -1",
    ],
    [
      "an unknown option",
      () => hannWindow(3, { alpha: 1 } as object),
      'ArgumentError: hannWindow: unknown option "alpha" (known: dtype, device, requiresGrad, periodic)',
    ],
  ]);
});
