import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { classes, type Digits, side } from "./draw.js";
import { oneLine, UserError } from "./errors.js";

/** The two parts of a data set. */
export interface Split {
  train: Digits;
  test: Digits;
}

const imageMagic = 0x00000803;
const labelMagic = 0x00000801;
/** How many of the `t10k` images train where there are no others. */
const trainShare = 8000;

/**
 * Reads the MNIST files of a folder: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-…`
 * and `t10k-labels-…`, each with or without `.gz`, a dot or a dash before `idx`. Where only the `t10k` pair
 * is there, its first 8000 images train and the rest test.
 *
 * @throws UserError that names the file, what was expected there and what was found.
 */
export function readMnist(folder: string): Split {
  const names = listFolder(folder);
  const t10k = readPair(folder, names, "t10k");
  if (names.some((name) => /^train-(images|labels)/.test(name))) {
    return { train: readPair(folder, names, "train"), test: t10k };
  }
  const count = t10k.labels.length;
  if (count <= trainShare) {
    throw new UserError(
      `${join(folder, "t10k-images-idx3-ubyte")}: expected more than ${trainShare} images, ` +
        `since there is no train-images-idx3-ubyte beside it, found ${count}`,
    );
  }
  return { train: slice(t10k, 0, trainShare), test: slice(t10k, trainShare, count) };
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const found = code === "ENOENT" ? "nothing" : code === "ENOTDIR" ? "a file" : oneLine(error);
    throw new UserError(`${folder}: expected a folder of MNIST files, found ${found}`);
  }
}

function slice({ images, labels }: Digits, from: number, to: number): Digits {
  const pixels = side * side;
  return { images: images.subarray(from * pixels, to * pixels), labels: labels.subarray(from, to) };
}

function readPair(folder: string, names: string[], part: "train" | "t10k"): Digits {
  const imageFile = findFile(folder, names, `${part}-images`, "idx3");
  const labelFile = findFile(folder, names, `${part}-labels`, "idx1");
  const images = parseImages(readBytes(imageFile), imageFile);
  const labels = parseLabels(readBytes(labelFile), labelFile);
  const count = images.length / (side * side);
  if (labels.length !== count) {
    throw new UserError(
      `${labelFile}: expected ${count} labels, one for each image in ${imageFile}, found ${labels.length}`,
    );
  }
  return { images, labels };
}

function findFile(folder: string, names: string[], stem: string, kind: "idx3" | "idx1"): string {
  for (const name of [`${stem}-${kind}-ubyte`, `${stem}.${kind}-ubyte`]) {
    for (const ending of ["", ".gz"]) {
      if (names.includes(name + ending)) return join(folder, name + ending);
    }
  }
  const near = names.filter((name) => name.startsWith(stem));
  const found = near.length > 0 ? near.join(", ") : "no such file";
  throw new UserError(
    `${join(folder, `${stem}-${kind}-ubyte`)}: expected this file or its .gz, found ${found}`,
  );
}

/** The bytes of a file, unpacked where they are gzip's, whatever the file is called. */
function readBytes(file: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UserError(`${file}: expected a readable file, found ${oneLine(error)}`);
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      return gunzipSync(bytes, { maxOutputLength: 1 << 30 });
    } catch (error) {
      throw new UserError(
        `${file}: expected a whole gzip file, ` +
          `found ${bytes.length} bytes that do not unpack: ${oneLine(error)}`,
      );
    }
  }
  if (file.endsWith(".gz")) {
    throw new UserError(`${file}: expected gzip data (it starts with 1f8b), found ${describeStart(bytes)}`);
  }
  return bytes;
}

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

function describeStart(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  const hex = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const kind = hex === "00000803" ? " (an image file)" : hex === "00000801" ? " (a label file)" : "";
  return `${hex}${kind}`;
}
