/**
 * Bytes as a string of printable ASCII that compresses as well as the bytes do (base64 does not: it shifts them by six bits).
 * The most frequent bytes become one character each, the others two; `src/backend/wasm/unpack.ts` is the way back.
 */

/** Without what a string, a template or a page's script would have to escape. */
export const alphabet = [...Array(95).keys()]
  .map((i) => String.fromCharCode(32 + i))
  .filter((c) => !"\"'`\\$<".includes(c));
const singles = alphabet.length - 2;

/** `order`: the bytes by frequency, in hexadecimal. */
export function pack(bytes) {
  const counts = new Array(256).fill(0);
  for (const byte of bytes) counts[byte]++;
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  const codes = new Array(256);
  order.forEach((byte, i) => {
    const rest = i - singles;
    codes[byte] =
      rest < 0
        ? alphabet[i]
        : alphabet[singles + Math.floor(rest / alphabet.length)] + alphabet[rest % alphabet.length];
  });
  return {
    order: order.map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    text: Array.from(bytes, (byte) => codes[byte]).join(""),
  };
}
