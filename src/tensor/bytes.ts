/** The raw bytes of a tensor, for files and for other threads. */
import { sizeOf } from "../core/dtype.js";
import { make } from "./make.js";
import type { Tensor } from "./tensor.js";

/** A copy of the elements' bytes, row-major and little-endian. */
export function bytesOf(x: Tensor): Uint8Array<ArrayBuffer> {
  const { backend } = x.storage;
  const size = sizeOf(x.dtype);
  if (x.isContiguous())
    return new Uint8Array(backend.read(x.storage.cell, x.offset * size, x.numel() * size));
  const copy = make(x.shape, x.dtype, backend);
  backend.copy(copy, x);
  const bytes = backend.read(copy.storage.cell, 0, x.numel() * size);
  copy.storage.release();
  return new Uint8Array(bytes);
}
