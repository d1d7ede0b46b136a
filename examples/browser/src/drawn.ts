import { type Digits, drawDigits, side } from "../../digits/draw.js";

/** The digits that the page draws: how many train, how many test. */
export const drawnCounts = { train: 4000, test: 500 };
const chunk = 250;

/**
 * Draws handwritten digits, `turn` between chunks of them so that others have theirs; the same ones for everybody. Chunks of
 * training digits have seeds from 1, those of test digits from 1001.
 */
export async function drawSet(
  part: "train" | "test",
  turn: (drawn: number) => Promise<void>,
): Promise<Digits> {
  const count = drawnCounts[part];
  const first = part === "train" ? 1 : 1001;
  const images = new Uint8Array(count * side * side);
  const labels = new Uint8Array(count);
  for (let from = 0; from < count; from += chunk) {
    const part = drawDigits(chunk, first + from / chunk);
    images.set(part.images, from * side * side);
    labels.set(part.labels, from);
    await turn(from + chunk);
  }
  return { images, labels };
}

/** One digit in a hand that no training digit has; `nth` picks the hand. */
export function drawSample(digit: number, nth: number): Uint8Array {
  const { images } = drawDigits(10, 100_000 + nth);
  return images.slice(digit * side * side, (digit + 1) * side * side);
}
