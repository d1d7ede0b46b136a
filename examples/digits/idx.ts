import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Digits, side } from "./draw.js";
import { oneLine, UserError } from "./errors.js";
import { describeStart, parseImages, parseLabels } from "./idx-format.js";

/** The two parts of a data set. */
export interface Split {
  train: Digits;
  test: Digits;
}

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
