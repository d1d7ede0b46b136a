/** A point of the page: x to the right, y down; a digit fills about 0 … 100 both ways. */
export type Point = readonly [x: number, y: number];
/** A pen stroke: a smooth curve passes through its points. */
export type Stroke = readonly Point[];

/**
 * Ways people write each digit. In a string a pair is a point and `|` lifts the pen, which also makes a
 * corner where the next stroke starts at the point the last one ended.
 */
const handwriting: readonly (readonly string[])[] = [
  [
    "50 3 25 15 14 50 25 85 50 97 75 85 86 50 75 15 50 3 36 8",
    "64 6 38 16 24 52 32 86 50 96 70 82 78 48 70 16 52 6 40 14",
    "34 12 20 44 28 82 52 97 76 80 82 42 66 10 44 4 26 22",
  ],
  ["50 3 50 50 50 97", "34 24 54 3 | 54 3 54 50 54 97", "32 22 54 4 | 54 4 53 50 52 96 | 28 96 76 96"],
  [
    "16 26 28 8 52 3 76 14 78 34 60 58 36 80 14 95 | 14 95 50 94 86 95",
    "18 28 30 8 54 3 76 14 76 36 56 66 32 90 18 92 16 80 28 74 48 84 66 94 88 88",
    "14 20 40 4 70 8 80 28 66 54 42 78 18 96 | 18 96 52 90 88 95",
  ],
  [
    "18 14 40 3 68 6 76 24 64 42 42 48 | 42 48 70 54 82 74 66 93 40 98 14 86",
    "18 6 50 7 80 6 | 80 6 62 25 46 42 | 46 42 74 50 82 74 64 94 38 97 14 86",
    "20 16 46 3 72 12 70 34 46 46 56 46 78 56 80 80 56 97 28 94 14 82",
  ],
  [
    "26 6 20 30 20 52 50 57 86 54 | 74 4 71 50 68 97",
    "66 3 40 35 14 66 | 14 66 50 65 90 64 | 66 3 65 50 64 97",
    "20 8 18 40 30 56 56 54 74 44 | 78 6 72 50 66 97",
  ],
  [
    "78 5 50 5 26 6 | 26 6 24 25 22 44 | 22 44 48 36 76 46 82 70 66 92 40 97 14 86",
    "30 8 27 28 24 46 | 24 46 54 40 80 56 76 84 50 97 16 88 | 30 8 58 7 86 4",
    "82 8 52 6 32 12 26 36 50 46 74 62 70 88 44 97 16 88",
  ],
  [
    "68 4 40 22 20 56 24 86 48 97 74 86 78 64 58 50 36 58 24 76",
    "58 3 30 30 18 66 32 94 60 94 78 74 66 54 42 56 24 74",
    "46 2 30 40 22 74 36 96 62 94 72 74 56 58 34 66 23 80",
  ],
  [
    "14 8 50 9 84 8 | 84 8 60 46 44 97",
    "16 10 50 10 82 8 | 82 8 56 52 42 97 | 32 52 54 51 78 48",
    "16 24 15 8 | 15 8 50 12 84 6 | 84 6 64 36 52 66 48 97",
  ],
  [
    "74 16 50 3 26 14 30 34 52 48 76 64 78 86 52 97 24 88 24 66 48 48 70 32 74 16",
    "50 46 28 36 26 14 50 3 74 14 72 36 50 46 24 58 20 84 50 97 80 84 76 58 50 46",
    "76 8 50 4 32 18 42 38 62 58 68 82 50 97 32 84 40 60 62 40 78 14",
  ],
  [
    "76 24 56 5 30 10 18 32 32 52 58 48 76 24 | 76 24 76 60 70 97",
    "78 20 52 4 24 18 22 42 46 54 70 40 78 20 | 78 20 76 60 58 90 28 94",
    "72 14 46 6 24 22 28 46 52 50 70 34 75 10 | 75 10 67 54 56 97",
  ],
];

/** The ways of writing each digit: `digits[7]` is a list, each member of it the strokes of one 7. */
export const digits: readonly (readonly (readonly Stroke[])[])[] = handwriting.map((ways) =>
  ways.map((way) => way.split("|").map(parseStroke)),
);

function parseStroke(text: string): Stroke {
  const numbers = text.trim().split(/\s+/).map(Number);
  return Array.from(
    { length: numbers.length / 2 },
    (_, i): Point => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0],
  );
}
