/** Digits of 8×8 pixels, drawn as in examples/digits; `npm run build` in the repository's root compiles what draws them. */
import { drawDigits, side } from "../../build/examples/digits/draw.js";

/** Where the 24×24 pixels begin that are kept of 28×28: nothing is drawn nearer to the edge than 3. */
const margin = 2;

/** `count` pictures, the digits in turn: rows of 64 numbers from 0 (black) to 1, and labels. */
export function pictures(count, seed) {
  const { images, labels } = drawDigits(count, seed);
  const inputs = Array.from({ length: count }, (_, n) =>
    Array.from({ length: 64 }, (_, i) => {
      const corner = n * side * side + (margin + 3 * Math.floor(i / 8)) * side + margin + 3 * (i % 8);
      let sum = 0;
      for (let y = 0; y < 3; y++) for (let x = 0; x < 3; x++) sum += images[corner + y * side + x];
      return sum / (9 * 255);
    }),
  );
  return { inputs, labels: [...labels] };
}
