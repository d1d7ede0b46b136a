/** Fourier transforms with real results. */
import { tensor } from "../../src/index.js";
import { draws } from "../arbitraries.js";
import { type Row, rows, sample } from "./row.js";

const matrix = draws([3, 4]);
const ortho = { norm: "ortho" };
const cases = ["fft.hfft", "fft.irfft"].flatMap((op) => [
  ...rows(op, matrix, [], [5], [null, 0], [3, -2, ortho]),
  ...rows(`${op}2`, matrix, [], [[2, 5]], [null, [1, 0], { norm: "forward" }]),
  ...rows(`${op}n`, matrix, [], [[4]], [null, 0]),
  // Long enough to be split into factors, one of them a prime number beyond the short ones.
  ...rows(op, draws([[38], "real"]), [74]),
]);

const spectrum = draws([2, 3, 4, 2]);
export const spectra: Row[] = [
  ...cases,
  ...rows("fft.fftshift", matrix, [], [1]),
  ...rows("fft.ifftshift", matrix, [], [[0, 1]]),
  ...rows(
    "stft",
    draws([2, 7]),
    [4],
    [3, { center: false, onesided: false, normalized: true, hopLength: 2 }],
  ),
  sample("stft", "window", draws([7], [3]), (x, window) => [x, 4, { window, winLength: 3, hopLength: 2 }]),
  ...rows("istft", spectrum, [4], [4, { hopLength: 2, length: 9, normalized: true }]),
  ...rows("istft", draws([4, 2, 2]), [4, { center: false, onesided: false, hopLength: 3 }]),
  sample("istft", "window", spectrum, (x) => [
    x,
    4,
    { window: tensor([1, 2, 1], { dtype: x!.dtype, device: x!.device }), winLength: 3 },
  ]),
];
