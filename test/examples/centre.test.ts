import { expect, it } from "vitest";
import { centre } from "../../examples/browser/src/centre.js";

/** A page of 560 × 560 whose rectangles are inked. */
function page(...rectangles: [x: number, y: number, width: number, height: number][]): Uint8Array {
  const ink = new Uint8Array(560 * 560);
  for (const [x, y, width, height] of rectangles)
    for (let row = y; row < y + height; row++) ink.fill(255, row * 560 + x, row * 560 + x + width);
  return ink;
}

function boundsOf(picture: Uint8Array): { left: number; right: number; top: number; bottom: number } {
  const inked = Array.from(picture.keys()).filter((i) => picture[i]! > 0);
  const [xs, ys] = [inked.map((i) => i % 28), inked.map((i) => Math.floor(i / 28))];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

it("an empty page has no picture", () => {
  expect(centre(page(), 560)).toBeNull();
});

it("a bar becomes 20 pixels tall, keeps its shape and stands in the middle, wherever and however large it was drawn", () => {
  const expected = new Uint8Array(28 * 28);
  for (let y = 4; y < 24; y++) expected.fill(255, y * 28 + 12, y * 28 + 16);
  for (const [x, y, scale] of [
    [0, 0, 1],
    [500, 300, 10],
    [37, 11, 25],
    [480, 60, 20],
  ] as const)
    expect(centre(page([x, y, 4 * scale, 20 * scale]), 560), `at ${x}, ${y}`).toEqual(expected);
});

it("what is wider than tall fills 20 pixels across", () => {
  expect(boundsOf(centre(page([100, 200, 300, 60]), 560)!)).toEqual({
    left: 4,
    right: 23,
    top: 12,
    bottom: 15,
  });
});

it("the centre of mass is in the middle, not the middle of the box", () => {
  // A foot to the right of a stem.
  const picture = centre(page([100, 100, 40, 200], [140, 260, 60, 40]), 560)!;
  let [mass, x, y] = [0, 0, 0];
  for (const [i, value] of picture.entries()) {
    mass += value;
    x += value * ((i % 28) + 0.5);
    y += value * (Math.floor(i / 28) + 0.5);
  }
  expect(x / mass).toBeCloseTo(14, 1);
  expect(y / mass).toBeCloseTo(14, 1);
  // In the middle the box would have as much above it as below, and as much on the left as on the right.
  const { left, right, top, bottom } = boundsOf(picture);
  expect(top).toBeLessThan(27 - bottom);
  expect(left).toBeGreaterThan(27 - right);
});

it("half a pixel of ink is half as bright", () => {
  const picture = centre(page([200, 100, 5, 200]), 560)!;
  expect(new Set(picture.subarray(14 * 28 + 13, 14 * 28 + 15))).toEqual(new Set([64]));
});
