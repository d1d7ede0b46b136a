import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../examples/digits/errors.js";
import { readMnist } from "../../examples/digits/idx.js";
import { parseImages, parseLabels } from "../../examples/digits/idx-format.js";

function header(...words: number[]): Buffer {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => {
    bytes.writeUInt32BE(word, 4 * i);
  });
  return bytes;
}

function imageFile(count: number, rows = 28, columns = 28): Buffer {
  return Buffer.concat([header(0x803, count, rows, columns), Buffer.alloc(count * rows * columns, 7)]);
}

function labelFile(count: number): Buffer {
  return Buffer.concat([header(0x801, count), Buffer.from(Array.from({ length: count }, (_, i) => i % 10))]);
}

let folder = "";
const put = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);

function putAll(): void {
  put("train-images-idx3-ubyte", imageFile(3));
  put("train-labels-idx1-ubyte", labelFile(3));
  put("t10k-images-idx3-ubyte", imageFile(2));
  put("t10k-labels-idx1-ubyte", labelFile(2));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "idx-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("readMnist", () => {
  it("reads the four files", () => {
    putAll();
    const { train, test } = readMnist(folder);
    expect(train.images).toHaveLength(3 * 784);
    expect([...train.labels]).toEqual([0, 1, 2]);
    expect(test.images).toHaveLength(2 * 784);
    expect([...test.labels]).toEqual([0, 1]);
  });

  it("reads them gzipped, with a dot before idx", () => {
    put("train-images.idx3-ubyte.gz", gzipSync(imageFile(3)));
    put("train-labels.idx1-ubyte", labelFile(3));
    put("t10k-images-idx3-ubyte.gz", gzipSync(imageFile(2)));
    put("t10k-labels.idx1-ubyte.gz", gzipSync(labelFile(2)));
    const { train, test } = readMnist(folder);
    expect([train.labels.length, test.labels.length]).toEqual([3, 2]);
  });

  it("splits the t10k pair where it stands alone", () => {
    put("t10k-images-idx3-ubyte.gz", gzipSync(imageFile(8003)));
    put("t10k-labels-idx1-ubyte.gz", gzipSync(labelFile(8003)));
    const { train, test } = readMnist(folder);
    expect(train.images).toHaveLength(8000 * 784);
    expect(train.labels).toHaveLength(8000);
    expect(test.images).toHaveLength(3 * 784);
    expect([...test.labels]).toEqual([0, 1, 2]);
  });

  it.each<[what: string, spoil: () => void, message: RegExp]>([
    [
      "no folder",
      () => rmSync(folder, { recursive: true }),
      /idx-\w+: expected a folder of MNIST files, found nothing$/,
    ],
    ["nothing", () => {}, /t10k-images-idx3-ubyte: expected this file or its \.gz, found no such file$/],
    [
      "a missing label file",
      () => {
        putAll();
        rmSync(join(folder, "train-labels-idx1-ubyte"));
      },
      /train-labels-idx1-ubyte: expected this file or its \.gz, found no such file$/,
    ],
    [
      "too few to split",
      () => {
        put("t10k-images-idx3-ubyte", imageFile(5));
        put("t10k-labels-idx1-ubyte", labelFile(5));
      },
      /t10k-images-idx3-ubyte: expected more than 8000 images, .*, found 5$/,
    ],
    [
      "counts that differ",
      () => {
        putAll();
        put("train-labels-idx1-ubyte", labelFile(4));
      },
      /train-labels-idx1-ubyte: expected 3 labels, one for each image in .*train-images-idx3-ubyte, found 4$/,
    ],
    [
      "damaged gzip data",
      () => {
        putAll();
        rmSync(join(folder, "t10k-images-idx3-ubyte"));
        put("t10k-images-idx3-ubyte.gz", gzipSync(imageFile(2)).subarray(0, 30));
      },
      /t10k-images-idx3-ubyte\.gz: expected a whole gzip file, found 30 bytes that do not unpack: /,
    ],
    [
      "a .gz that is not gzip",
      () => {
        putAll();
        rmSync(join(folder, "t10k-images-idx3-ubyte"));
        put("t10k-images-idx3-ubyte.gz", Buffer.from("<html>"));
      },
      /t10k-images-idx3-ubyte\.gz: expected gzip data \(it starts with 1f8b\), found 3c68746d$/,
    ],
  ])("names the file: %s", (_, spoil, message) => {
    spoil();
    expect(() => readMnist(folder)).toThrow(message);
    try {
      readMnist(folder);
    } catch (error) {
      expect((error as Error).message).not.toContain("\n");
    }
    // What afterEach removes must be there.
    folder = mkdtempSync(join(tmpdir(), "idx-"));
  });

  it("names a path that is a file", () => {
    put("file", Buffer.from("x"));
    expect(() => readMnist(join(folder, "file"))).toThrow(
      /file: expected a folder of MNIST files, found a file$/,
    );
  });
});

describe("parseImages", () => {
  it.each<[bytes: Buffer, message: string]>([
    [Buffer.alloc(0), "f: expected an IDX header of 16 bytes, found 0 bytes"],
    [imageFile(1).subarray(0, 12), "f: expected an IDX header of 16 bytes, found 12 bytes"],
    [labelFile(20), "f: expected IDX images (magic 00000803), found 00000801 (a label file)"],
    [imageFile(2, 32, 30), "f: expected images of 28 × 28 pixels, found 32 × 30"],
    [imageFile(0), "f: expected at least one of its images, found none"],
    [
      imageFile(2).subarray(0, 1000),
      "f: expected 1584 bytes (16 header + 2 images × 28 × 28), found 1000 bytes",
    ],
    [
      Buffer.concat([imageFile(2), Buffer.alloc(1)]),
      "f: expected 1584 bytes (16 header + 2 images × 28 × 28), found 1585 bytes",
    ],
    [
      header(0x803, 0xffffffff, 28, 28),
      "f: expected 3367254359296 bytes (16 header + 4294967295 images × 28 × 28), found 16 bytes",
    ],
  ])("refuses what is no image file (%#)", (bytes, message) => {
    expect(() => parseImages(bytes, "f")).toThrow(new UserError(message));
  });
});

describe("parseLabels", () => {
  it.each<[bytes: Buffer, message: string]>([
    [imageFile(1), "f: expected IDX labels (magic 00000801), found 00000803 (an image file)"],
    [labelFile(9).subarray(0, 12), "f: expected 17 bytes (8 header + 9 labels), found 12 bytes"],
    [
      Buffer.concat([header(0x801, 3), Buffer.from([1, 10, 2])]),
      "f: expected labels 0 … 9, found 10 at index 1",
    ],
  ])("refuses what is no label file (%#)", (bytes, message) => {
    expect(() => parseLabels(bytes, "f")).toThrow(new UserError(message));
  });
});
