import type { Digits } from "../../digits/draw.js";
import { UserError } from "../../digits/errors.js";
import { parseImages, parseLabels } from "../../digits/idx-format.js";
import type { NamedBytes } from "./protocol.js";

/** Reads MNIST's files: the pair of images and labels called `train…`, and the one called `t10k…`. */
export async function readMnist(files: NamedBytes[]): Promise<{ train: Digits; test: Digits }> {
  const unpacked = await Promise.all(files.map(unpack));
  return { train: readPair(unpacked, "train"), test: readPair(unpacked, "t10k") };
}

function readPair(files: NamedBytes[], part: "train" | "t10k"): Digits {
  const find = (kind: "images" | "labels") => {
    const file = files.find(({ name }) => name.startsWith(`${part}-${kind}`));
    if (file) return file;
    const found = files.map(({ name }) => name).join(", ");
    throw new UserError(`expected four files, ${part}-${kind}-… among them, found ${found}`);
  };
  const [imageFile, labelFile] = [find("images"), find("labels")];
  const images = parseImages(imageFile.bytes, imageFile.name);
  const labels = parseLabels(labelFile.bytes, labelFile.name);
  if (labels.length * 28 * 28 !== images.length)
    throw new UserError(`${labelFile.name}: expected a label for each image in ${imageFile.name}`);
  return { images, labels };
}

async function unpack({ name, bytes }: NamedBytes): Promise<NamedBytes> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { name, bytes };
  try {
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return { name, bytes: new Uint8Array(await new Response(plain).arrayBuffer()) };
  } catch {
    throw new UserError(`${name}: expected a whole gzip file, found one that does not unpack`);
  }
}
