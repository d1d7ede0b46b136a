/** @file The IDX format, of bytes alone: nothing here needs a file system. */
import { classes, side } from "./draw.js";
import { UserError } from "./errors.js";

const imageMagic = 0x00000803;
const labelMagic = 0x00000801;

/** The pixels [count, 28, 28] of an IDX image file; `file` names it in errors. */
export function parseImages(bytes: Uint8Array, file: string): Uint8Array {
  const [count, rows, columns] = readHeader(bytes, file, imageMagic, "images", 3) as [number, number, number];
  if (rows !== side || columns !== side) {
    throw new UserError(`${file}: expected images of ${side} × ${side} pixels, found ${rows} × ${columns}`);
  }
  return readBody(bytes, file, 16, count * rows * columns, `${count} images × ${rows} × ${columns}`);
}

/** The labels [count], each 0 … 9, of an IDX label file; `file` names it in errors. */
export function parseLabels(bytes: Uint8Array, file: string): Uint8Array {
  const [count] = readHeader(bytes, file, labelMagic, "labels", 1) as [number];
  const labels = readBody(bytes, file, 8, count, `${count} labels`);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new UserError(
      `${file}: expected labels 0 … ${classes - 1}, found ${labels[wrong]} at index ${wrong}`,
    );
  }
  return labels;
}

/** The sizes after the magic number, big-endian; none of them is 0. */
function readHeader(bytes: Uint8Array, file: string, magic: number, what: string, dims: number): number[] {
  const length = 4 + 4 * dims;
  if (bytes.length < length) {
    throw new UserError(`${file}: expected an IDX header of ${length} bytes, found ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== magic) {
    const hex = magic.toString(16).padStart(8, "0");
    throw new UserError(`${file}: expected IDX ${what} (magic ${hex}), found ${describeStart(bytes)}`);
  }
  const sizes = Array.from({ length: dims }, (_, i) => view.getUint32(4 + 4 * i));
  if (sizes[0] === 0) throw new UserError(`${file}: expected at least one of its ${what}, found none`);
  return sizes;
}

function readBody(bytes: Uint8Array, file: string, header: number, size: number, sum: string): Uint8Array {
  if (bytes.length !== header + size) {
    throw new UserError(
      `${file}: expected ${header + size} bytes (${header} header + ${sum}), found ${bytes.length} bytes`,
    );
  }
  return bytes.subarray(header);
}

/** The first four bytes, as an error names them. */
export function describeStart(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  const hex = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const kind = hex === "00000803" ? " (an image file)" : hex === "00000801" ? " (a label file)" : "";
  return `${hex}${kind}`;
}
