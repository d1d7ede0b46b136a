import { side } from "./draw.js";

/** A grey picture [28, 28] as a data URI: a bitmap of 16 greys, small enough to stand in the page itself. */
export function pictureUri(pixels: Uint8Array): string {
  const greys = 16;
  const start = 54 + 4 * greys;
  const stride = Math.ceil(side / 2 / 4) * 4;
  const bytes = new Uint8Array(start + stride * side);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, start, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, side, true);
  view.setInt32(22, side, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 4, true);
  view.setUint32(34, stride * side, true);
  view.setUint32(46, greys, true);
  for (let grey = 0; grey < greys; grey++) bytes.fill(grey * 17, 54 + 4 * grey, 54 + 4 * grey + 3);
  for (let y = 0; y < side; y++) {
    // The bottom row comes first; two pixels share a byte, the left one in its upper half.
    const row = start + (side - 1 - y) * stride;
    for (let x = 0; x < side; x++) {
      const grey = Math.round((pixels[y * side + x] ?? 0) / 17);
      bytes[row + (x >> 1)] = (bytes[row + (x >> 1)] ?? 0) | (x % 2 === 0 ? grey << 4 : grey);
    }
  }
  return `data:image/bmp;base64,${Buffer.from(bytes).toString("base64")}`;
}
