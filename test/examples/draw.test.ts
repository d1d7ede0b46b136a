import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { drawDigits, side } from "../../examples/digits/draw.js";
import { Random } from "../../examples/digits/random.js";
import { digits } from "../../examples/digits/strokes.js";

describe("drawDigits", () => {
  it("gives the same pixels on every machine", () => {
    const { images } = drawDigits(50, 1);
    expect(createHash("sha256").update(images).digest("hex")).toBe(
      "48d33f012eacff941cf4fdb783eb740d592c004c4e2d8900352bdac97c99ee21",
    );
  });

  it("draws other digits from another seed, and a longer list that starts alike", () => {
    const { images } = drawDigits(20, 7);
    expect(drawDigits(20, 8).images).not.toEqual(images);
    expect(drawDigits(30, 7).images.subarray(0, images.length)).toEqual(images);
  });

  it("draws the ten in turn", () => {
    expect([...drawDigits(12, 1).labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  });

  it("keeps every digit inside its image, bright, on black, near the middle", () => {
    const count = 500;
    const { images } = drawDigits(count, 3);
    for (let i = 0; i < count; i++) {
      const pixels = images.subarray(i * side * side, (i + 1) * side * side);
      let [ink, x, y, border] = [0, 0, 0, 0];
      pixels.forEach((value, at) => {
        const [row, column] = [Math.floor(at / side), at % side];
        ink += value;
        x += value * (column + 0.5);
        y += value * (row + 0.5);
        if (row === 0 || row === side - 1 || column === 0 || column === side - 1) border += value;
      });
      expect(Math.max(...pixels)).toBeGreaterThan(150);
      expect(border).toBe(0);
      // MNIST's own mean is 33.
      expect(ink / pixels.length).toBeGreaterThan(5);
      expect(ink / pixels.length).toBeLessThan(90);
      expect(Math.abs(x / ink - side / 2)).toBeLessThan(5);
      expect(Math.abs(y / ink - side / 2)).toBeLessThan(5);
    }
  });
});

describe("strokes", () => {
  it("has at least two ways of writing each digit, of at least two points a stroke, on the page", () => {
    expect(digits).toHaveLength(10);
    for (const ways of digits) {
      expect(ways.length).toBeGreaterThanOrEqual(2);
      for (const stroke of ways.flat()) {
        expect(stroke.length).toBeGreaterThanOrEqual(2);
        for (const coordinate of stroke.flat()) {
          expect(coordinate).toBeGreaterThanOrEqual(0);
          expect(coordinate).toBeLessThanOrEqual(100);
        }
      }
    }
  });
});

describe("Random", () => {
  it("fills its range evenly, from any seed", () => {
    for (const seed of [0, 1, 2, 0xffffffff]) {
      const random = new Random(seed);
      const bins = new Array<number>(10).fill(0);
      for (let i = 0; i < 10000; i++) {
        const bin = random.below(10);
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      for (const bin of bins) expect(Math.abs(bin - 1000)).toBeLessThan(150);
    }
  });
});
