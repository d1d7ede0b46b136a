import { describe, expect, it } from "vitest";
import { fft, hannWindow, istft, stft, type Tensor, tensor } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const double = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "float64" });
const x = double([1, 2, 3]);
const y = double([
  [1, 2, 3],
  [4, 5, 7],
]);
/** Zeros are zeros: their digits are noise. */
const rounded = (x: Tensor) => x.round({ decimals: 9 }).add(0);
const signal = double([1, 2, 0, -1, 3, 1]);

describe("of half a spectrum", () => {
  gives([
    ["hfft", () => fft.hfft(x), [8, -2, 0, -2]],
    [
      "hfft of odd length",
      () => fft.hfft(x, 5),
      [11, -2.6180339887, -0.3819660113, -0.3819660113, -2.6180339887],
    ],
    ["irfft", () => fft.irfft(x), [2, -0.5, 0, -0.5]],
    ["irfft, ortho", () => fft.irfft(x, null, -1, { norm: "ortho" }), [4, -1, 0, -1]],
    ["irfft cut, forward", () => fft.irfft(x, 2, -1, { norm: "forward" }), [3, -1]],
    [
      "irfft2",
      () => fft.irfft2(y),
      [
        [3.625, -0.625, 0.125, -0.625],
        [-1.625, 0.125, -0.125, 0.125],
      ],
    ],
    [
      "hfft2 with lengths",
      () => fft.hfft2(y, [3, 3]),
      [
        [19, -2, -2],
        [-2, -8, 7],
        [-2, 7, -8],
      ],
    ],
    [
      "irfftn in another order",
      () => fft.irfftn(y, null, [1, 0]),
      [
        [3.6666666667, -0.5833333333, -0.5833333333],
        [-1.6666666667, 0.0833333333, 0.0833333333],
      ],
    ],
    [
      "hfftn of the last dim",
      () => fft.hfftn(y, [4]),
      [
        [8, -2, 0, -2],
        [21, -3, 1, -3],
      ],
    ],
    [
      "whole numbers",
      () => [fft.irfft(tensor([1, 2, 3])).dtype, fft.irfft(x.float()).dtype],
      ["float32", "float32"],
    ],
  ]);

  it.each([2, 31, 32, 33, 37, 64, 74, 97, 100, 1009])("of %i values is what its sum says", (n) => {
    const half = Array.from({ length: Math.floor(n / 2) + 1 }, (_, j) => ((j * 37) % 11) - 5);
    const expected = [0, 1, Math.floor(n / 3), n - 1].map((k) =>
      half.reduce((sum, value, j) => {
        const twice = j === 0 || 2 * j === n ? 1 : 2;
        return sum + twice * value * Math.cos((2 * Math.PI * ((j * k) % n)) / n);
      }, 0),
    );
    const found = fft.hfft(double(half), n).toArray() as number[];
    expect(found.length).toBe(n);
    [0, 1, Math.floor(n / 3), n - 1].forEach((k, i) => expect(found[k]).toBeCloseTo(expected[i]!, 9));
  });
});

describe("where frequencies stand", () => {
  gives([
    [
      "fftfreq",
      () => [fft.fftfreq(5, { d: 0.1 }), fft.fftfreq(4)],
      [
        [0, 2, 4, -4, -2],
        [0, 0.25, -0.5, -0.25],
      ],
    ],
    ["rfftfreq", () => fft.rfftfreq(5), [0, 0.2, 0.4]],
    ["fftshift", () => fft.fftshift(tensor([0, 1, 2, 3, 4])), [3, 4, 0, 1, 2]],
    ["ifftshift", () => fft.ifftshift(tensor([0, 1, 2, 3, 4])), [2, 3, 4, 0, 1]],
  ]);
});

describe("short spans", () => {
  gives([
    [
      "stft",
      () => rounded(stft(signal, 4, { hopLength: 2 })),
      [
        [
          [5, 0],
          [2, 0],
          [3, 0],
          [6, 0],
        ],
        [
          [-1, 0],
          [1, -3],
          [-3, 2],
          [0, -2],
        ],
        [
          [-3, 0],
          [0, 0],
          [3, 0],
          [6, 0],
        ],
      ],
    ],
    [
      "with a window, both sides",
      () =>
        rounded(
          stft(signal, 4, {
            hopLength: 2,
            window: hannWindow(4, { dtype: "float64" }),
            normalized: true,
            onesided: false,
            center: false,
          }).select(1, 0),
        ),
      [
        [0.25, 0],
        [0, -0.75],
        [-0.25, 0],
        [0, 0.75],
      ],
    ],
    [
      "istft takes it back",
      () => rounded(istft(stft(signal, 4, { hopLength: 2 }), 4, { hopLength: 2 })),
      [1, 2, 0, -1, 3, 1],
    ],
    [
      "with a window and a length",
      () => {
        const options = { hopLength: 1, winLength: 3, window: double([1, 2, 1]) };
        return rounded(istft(signal.stft(4, options), 4, { ...options, length: 5 }));
      },
      [1, 2, 0, -1, 3],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    ["no values", () => fft.irfft(x, 0), "ArgumentError: irfft: Invalid number of data points (0) specified"],
    [
      "an unknown norm",
      () => fft.hfft(x, null, -1, { norm: "both" as never }),
      'ArgumentError: hfft: norm must be one of "backward", "ortho", "forward": got "both"',
    ],
    [
      "lengths of other dims",
      () => fft.irfft2(y, [2]),
      "ArgumentError: irfft2: When given, dim and shape arguments must have the same length: [2]",
    ],
    [
      "complex results",
      () => stft(x, 2, { returnComplex: true }),
      "ArgumentError: stft: there are no complex tensors: the last dim of [..., 2] is [re, im]",
    ],
    [
      "a span longer than the signal",
      () => stft(x, 8, { center: false }),
      "ShapeError: stft: expected 0 < n_fft < 3, but got n_fft=8 (signal of shape [3])",
    ],
    [
      "windows without weight",
      () => istft(stft(signal, 4), 4, { window: double([0, 0, 0, 0]) }),
      "ArgumentError: istft: window overlap add min: 1, the windows leave values without weight",
    ],
  ]);
});
