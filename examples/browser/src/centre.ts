/** @file Brings a drawing to the size and place that MNIST's digits have. */

/** Pixels of the picture, and of the box the digit is scaled to. */
const [side, box] = [28, 20];

/**
 * The ink of a drawing (`width` a row, 0 none … 255 full) as 28 × 28 pixels: scaled to fit 20 × 20 as it is, its centre of mass in
 * the middle; null where there is no ink.
 */
export function centre(ink: ArrayLike<number>, width: number): Uint8Array | null {
  const height = ink.length / width;
  let [left, right, top, bottom] = [width, -1, height, -1];
  let [mass, massX, massY] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = ink[y * width + x]!;
      if (value === 0) continue;
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (mass === 0) return null;
  /** How many pixels of the drawing make one of the picture, and where the picture begins in it. */
  const scale = Math.max(right + 1 - left, bottom + 1 - top) / box;
  const [x0, y0] = [massX / mass - (side / 2) * scale, massY / mass - (side / 2) * scale];
  const picture = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      picture[y * side + x] = mean(ink, width, x0 + x * scale, y0 + y * scale, scale) + 0.5;
  return picture;
}

/** The mean ink in a square, what it covers of a pixel counted by its share; there is none beyond the edges. */
function mean(ink: ArrayLike<number>, width: number, left: number, top: number, size: number): number {
  const height = ink.length / width;
  const [x1, y1] = [Math.min(left + size, width), Math.min(top + size, height)];
  const [x0, y0] = [Math.max(left, 0), Math.max(top, 0)];
  let sum = 0;
  for (let y = Math.floor(y0); y < y1; y++) {
    const tall = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.floor(x0); x < x1; x++)
      sum += ink[y * width + x]! * tall * (Math.min(x + 1, x1) - Math.max(x, x0));
  }
  return sum / (size * size);
}
