/** SHA-256 of the bits of tensors, in which every NaN is the same: which NaN an engine makes is its own affair. */

/** Of each dtype whose values may be NaN: its bits as whole numbers, what is above the bits of infinity, and the one NaN. */
const patterns = {
  float32: { bits: Int32Array, infinity: 0x7f800000, magnitude: 0x7fffffff, nan: 0x7fc00000 },
  float16: { bits: Int16Array, infinity: 0x7c00, magnitude: 0x7fff, nan: 0x7e00 },
  bfloat16: { bits: Int16Array, infinity: 0x7f80, magnitude: 0x7fff, nan: 0x7fc0 },
};

/** The bytes of a tensor's elements, row-major. */
export function bytesOf(tensor) {
  const { buffer, byteOffset, byteLength } = tensor.detach().contiguous().clone().typedArray();
  const bytes = new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
  if (tensor.dtype === "float64") {
    const high = new Int32Array(bytes.buffer);
    for (let i = 0; i < high.length; i += 2) {
      const magnitude = high[i + 1] & 0x7fffffff;
      if (magnitude > 0x7ff00000 || (magnitude === 0x7ff00000 && high[i] !== 0)) {
        high[i] = 0;
        high[i + 1] = 0x7ff80000;
      }
    }
  } else if (patterns[tensor.dtype]) {
    const { bits, infinity, magnitude, nan } = patterns[tensor.dtype];
    const words = new bits(bytes.buffer);
    for (let i = 0; i < words.length; i++) if ((words[i] & magnitude) > infinity) words[i] = nan;
  }
  return bytes;
}

export async function sha256(parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
