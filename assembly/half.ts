/** float16 and bfloat16 as bits, to and from f32; to them rounds half to even, NaN becomes the quiet one. */

/** Element types of two bytes for generic loops; called with no object. */
export class Float16 {
  @inline get(p: usize): f32 { return fromFloat16(load<u16>(p)); }
  @inline put<V>(p: usize, x: V): void { store<u16>(p, <u16>toFloat16(<f32>x)); }
  @inline size(): usize { return 2; }
}
export class BFloat16 {
  @inline get(p: usize): f32 { return reinterpret<f32>(<u32>load<u16>(p) << 16); }
  @inline put<V>(p: usize, x: V): void { store<u16>(p, <u16>toBFloat16(<f32>x)); }
  @inline size(): usize { return 2; }
}

function fromFloat16(bits: u32): f32 {
  const sign = (bits & 0x8000) << 16;
  const magnitude = bits & 0x7fff;
  if (magnitude >= 0x7c00) return reinterpret<f32>(sign | 0x7f800000 | ((magnitude & 1023) << 13));
  // Read as f32 with the wrong bias, then scaled by 2^112: exact, subnormals included.
  const scaled = reinterpret<f32>(magnitude << 13) * reinterpret<f32>(0x77800000);
  return reinterpret<f32>(reinterpret<u32>(scaled) | sign);
}

function toFloat16(x: f32): u32 {
  const bits = reinterpret<u32>(x);
  const sign = (bits >> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00; // 65536 and more; 65520 … 65535 round up to it below
  if (magnitude >= 0x38800000)
    return sign | ((magnitude + 0xfff + ((magnitude >> 13) & 1) - 0x38000000) >> 13);
  // Subnormal: adding 0.5 leaves the wanted bits at the end of the fraction, correctly rounded.
  return sign | (reinterpret<u32>(reinterpret<f32>(magnitude) + <f32>0.5) - 0x3f000000);
}

function toBFloat16(x: f32): u32 {
  const bits = reinterpret<u32>(x);
  return x != x ? 0x7fc0 : (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
}
