import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { ArgumentError, ShapeError } from "../../src/index.js";

const { fractionalMaxPool2d, fractionalMaxPool3d } = torch.nn.functional;
const image = torch.arange(36).view(1, 1, 6, 6).float();

describe("fractional max pooling", () => {
  it("places windows as PyTorch does for the same samples", () => {
    const { values, indices } = fractionalMaxPool2d(image, 2, {
      outputSize: [3, 2],
      randomSamples: torch.tensor([[[0.3, 0.7]]]),
      returnIndices: true,
    });
    expect(values.flatten().tolist()).toEqual([7, 11, 19, 23, 31, 35]);
    expect(indices.flatten().tolist()).toEqual([7, 11, 19, 23, 31, 35]);
    const volume = torch.arange(120).view(1, 4, 5, 6).float();
    const pooled = fractionalMaxPool3d(volume, 2, {
      outputRatio: 0.5,
      randomSamples: torch.tensor([[[0.3, 0.7, 0.1]]]),
    });
    expect(pooled.flatten().tolist()).toEqual([37, 39, 41, 55, 57, 59, 97, 99, 101, 115, 117, 119]);
  });
  it("draws from the default generator", () => {
    const pool = () => fractionalMaxPool2d(image, 2, { outputRatio: 0.5 }).tolist();
    torch.manualSeed(3);
    const first = pool();
    torch.manualSeed(3);
    expect(pool()).toEqual(first);
  });
  it("refuses sizes that do not fit", () => {
    expect(() => fractionalMaxPool2d(image, 2)).toThrow(ArgumentError);
    expect(() => fractionalMaxPool2d(image, 2, { outputRatio: 1.5 })).toThrow(ArgumentError);
    expect(() => fractionalMaxPool2d(image, 4, { outputSize: 4 })).toThrow(ShapeError);
    expect(() => fractionalMaxPool2d(image.at(0, 0), 2, { outputSize: 2 })).toThrow(ShapeError);
    const randomSamples = torch.zeros(2);
    expect(() =>
      fractionalMaxPool2d(image, 2, { outputSize: 2, randomSamples: randomSamples.at(":1") }),
    ).toThrow(ShapeError);
  });
});
