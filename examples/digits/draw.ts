import { randomAffine, randomElastic } from "./distort.js";
import { Random } from "./random.js";
import { digits, type Point, type Stroke } from "./strokes.js";

/** Images are square, of this many pixels a side. */
export const side = 28;
/** The classes, 0 … 9. */
export const classes = 10;

/** Grey pictures and what they show: `images` is [count, 28, 28], 0 black … 255 white. */
export interface Digits {
  images: Uint8Array;
  labels: Uint8Array;
}

/**
 * Draws handwritten digits, the ten in turn, each distorted in its own way. The same seed gives the same pixels
 * on every machine.
 *
 * @example
 * const { images, labels } = drawDigits(1000, 1);
 */
export function drawDigits(count: number, seed: number): Digits {
  const random = new Random(seed);
  const images = new Uint8Array(count * side * side);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  for (let i = 0; i < count; i++) {
    drawDigit(i % classes, random, images.subarray(i * side * side, (i + 1) * side * side));
  }
  return { images, labels };
}

/** Draws one digit into `pixels` [28, 28], which must be black. */
function drawDigit(digit: number, random: Random, pixels: Uint8Array): void {
  const ways = digits[digit] ?? [];
  const way = ways[random.below(ways.length)] ?? [];
  const affine = randomAffine(random);
  const elastic = randomElastic(random, 26);
  const shaky = (stroke: Stroke) =>
    stroke.map(([x, y]): Point => [x + random.around(4.5), y + random.around(4.5)]);
  const lines = way.map((stroke) => curve(shaky(stroke)).map((point) => affine(elastic(point))));
  const pen = random.between(0.75, 1.55);
  const ink = random.between(0.85, 1.1);
  for (const line of place(lines, random)) {
    const pressure = random.around(0.25);
    for (let i = 1; i < line.length; i++) {
      const along = i / (line.length - 1) - 0.5;
      drawSegment(line[i - 1] as Point, line[i] as Point, pen * (1 + pressure * along), ink, pixels);
    }
  }
}

/** The Catmull-Rom curve through the points of a stroke, as short lines. */
function curve(stroke: Stroke): Point[] {
  const steps = 5;
  const last = stroke.length - 1;
  const points: Point[] = [];
  for (let i = 0; i < last; i++) {
    const [a, b] = [stroke[Math.max(i - 1, 0)] as Point, stroke[i] as Point];
    const [c, d] = [stroke[i + 1] as Point, stroke[Math.min(i + 2, last)] as Point];
    for (let k = 0; k < steps; k++) {
      const t = k / steps;
      points.push([cubic(a[0], b[0], c[0], d[0], t), cubic(a[1], b[1], c[1], d[1], t)]);
    }
  }
  points.push(stroke[last] as Point);
  return points;
}

function cubic(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Scales the lines to about 20 pixels in the longer direction and puts their middle near the image's. */
function place(lines: Point[][], random: Random): Point[][] {
  const xs = lines.flat().map(([x]) => x);
  const ys = lines.flat().map(([, y]) => y);
  const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const scale = random.between(16, 19.5) / extent;
  const right = shift(xs, scale, random.around(1.8));
  const down = shift(ys, scale, random.around(1.8));
  return lines.map((line) => line.map(([x, y]): Point => [right + x * scale, down + y * scale]));
}

/** What brings the scaled values' middle to the image's, `off` beside it, as far as the margin allows. */
function shift(values: number[], scale: number, off: number): number {
  const [low, high] = [scale * Math.min(...values), scale * Math.max(...values)];
  const mean = (scale * values.reduce((sum, value) => sum + value, 0)) / values.length;
  // The mean stands in for the centre of mass; the middle of the box has as much weight.
  const wanted = side / 2 + off - (mean + (low + high) / 2) / 2;
  // A pen's reach from the edge.
  const margin = 3;
  return Math.min(Math.max(wanted, margin - low), side - margin - high);
}

/** Inks the pixels near the line from `a` to `b`, brighter ones kept: full inside the pen, soft at its edge. */
function drawSegment(a: Point, b: Point, radius: number, ink: number, pixels: Uint8Array): void {
  const reach = radius + 1;
  const [ux, uy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = ux * ux + uy * uy;
  const clip = (v: number) => Math.min(Math.max(v, 0), side - 1);
  const [x0, x1] = [
    clip(Math.floor(Math.min(a[0], b[0]) - reach)),
    clip(Math.floor(Math.max(a[0], b[0]) + reach)),
  ];
  const [y0, y1] = [
    clip(Math.floor(Math.min(a[1], b[1]) - reach)),
    clip(Math.floor(Math.max(a[1], b[1]) + reach)),
  ];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const [px, py] = [x + 0.5 - a[0], y + 0.5 - a[1]];
      const t = length2 === 0 ? 0 : Math.min(Math.max((px * ux + py * uy) / length2, 0), 1);
      const [dx, dy] = [px - t * ux, py - t * uy];
      const covered = (radius - Math.sqrt(dx * dx + dy * dy)) / 1.4 + 0.5;
      const value = Math.floor(255 * Math.min(Math.max(covered * ink, 0), 1) + 0.5);
      const at = y * side + x;
      if (value > (pixels[at] ?? 0)) pixels[at] = value;
    }
  }
}
