/**
 * Random fills from a mt19937 state (Matsumoto & Nishimura 1998), the numbers PyTorch's CPU generator gives.
 *
 *   <dtype>_random_<distribution>(state, n, o, …)   n contiguous elements at o, element-aligned
 *
 * `state`, 16-byte aligned, holds 624 words of u32, at 2496 the next word (0 or 624: mix first), at 2512 two
 * 64-bit parameters, and from 2560 on room for 512 words; the caller copies it in and out.
 */
import { normalBlock } from "./normal";

const NEXT: usize = 2496;
const PARAMETERS: usize = 2512;
const BUFFER: usize = 2560;
/** Words drawn at a time. */
const CHUNK: i32 = 512;

// ── the generator ────────────────────────────────────────────────────────────────────────────────

// @ts-ignore: decorator
@inline
function mixed(from: usize, other: v128): v128 {
  const y = v128.or(
    v128.and(v128.load(from), i32x4.splat(0x80000000)),
    v128.and(v128.load(from, 4), i32x4.splat(0x7fffffff)),
  );
  const odd = i32x4.neg(v128.and(y, i32x4.splat(1)));
  return v128.xor(v128.xor(other, i32x4.shr_u(y, 1)), v128.and(odd, i32x4.splat(0x9908b0df)));
}

// @ts-ignore: decorator
@inline
function mixOne(state: usize, i: usize, other: usize): void {
  const y = (load<u32>(state + 4 * i) & 0x80000000) | (load<u32>(state + 4 * ((i + 1) % 624)) & 0x7fffffff);
  store<u32>(state + 4 * i, load<u32>(state + 4 * other) ^ (y >> 1) ^ (y & 1 ? 0x9908b0df : 0));
}

/** The next 624 words: word i joins word i + 397, old up to the end and new from there on. */
function mix(state: usize): void {
  for (let p = state; p < state + 896; p += 16) v128.store(p, mixed(p, v128.load(p, 1588)));
  for (let i: usize = 224; i < 227; i++) mixOne(state, i, i + 397);
  for (let p = state + 908; p < state + 2492; p += 16) v128.store(p, mixed(p, v128.load(p - 908)));
  mixOne(state, 623, 396);
}

// @ts-ignore: decorator
@inline
function tempered(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 11));
  x = v128.xor(x, v128.and(i32x4.shl(x, 7), i32x4.splat(0x9d2c5680)));
  x = v128.xor(x, v128.and(i32x4.shl(x, 15), i32x4.splat(0xefc60000)));
  return v128.xor(x, i32x4.shr_u(x, 18));
}

/** Draws n ≤ 512 words into the buffer; returns its address. */
function draw(state: usize, n: i32): usize {
  let next = load<i32>(state, NEXT);
  let to = state + BUFFER;
  let left = n;
  while (left > 0) {
    if (next == 0 || next == 624) {
      mix(state);
      next = 0;
    }
    const some = min(left, 624 - next);
    const from = state + <usize>next * 4;
    // Up to three words too many are tempered, within the state and the buffer's margin, and overwritten or
    // ignored.
    for (let i: i32 = 0; i < some; i += 4) v128.store(to + i * 4, tempered(v128.load(from + i * 4)));
    to += some * 4;
    left -= some;
    next += some;
  }
  store<i32>(state, next, NEXT);
  return state + BUFFER;
}

// ── uniform ──────────────────────────────────────────────────────────────────────────────────────

/** Four fractions of 24 bits. */
// @ts-ignore: decorator
@inline
function fractions(words: usize): v128 {
  const bits = v128.and(v128.load(words), i32x4.splat(0xffffff));
  return f32x4.mul(f32x4.convert_i32x4_s(bits), f32x4.splat(5.9604644775390625e-8));
}

/** from + u·(to − from): the product is exact in float64, the sum is rounded there and again to float32. */
// @ts-ignore: decorator
@inline
function spread(u: v128, from: v128, width: v128): v128 {
  const low = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(u), width), from);
  const high = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(i32x4.shuffle(u, u, 2, 3, 2, 3)), width), from);
  return i32x4.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

export function f32_random_uniform(state: usize, n: i32, o: usize, from: f32, to: f32): void {
  const start = f64x2.splat(<f64>from);
  const width = f64x2.splat(<f64>(to - from));
  const plain = from == 0 && to == 1;
  for (let done = 0; done < n; done += CHUNK, o += 4 * CHUNK) {
    const some = min(CHUNK, n - done);
    const words = draw(state, some);
    for (let i: i32 = 0; i < some; i += 4) {
      let u = fractions(words + i * 4);
      if (!plain) u = spread(u, start, width);
      if (i + 4 <= some) v128.store(o + i * 4, u);
      else {
        v128.store(words, u);
        memory.copy(o + i * 4, words, (some - i) * 4);
      }
    }
  }
}

/** The 53 low bits of a 64-bit draw: its first word is the high half. */
// @ts-ignore: decorator
@inline
function bits53(words: usize): i64 {
  return (<i64>(load<u32>(words) & 0x1fffff) << 32) | <i64>load<u32>(words, 4);
}

/** Fractions of 53 bits in [0, 1). */
export function f64_random_fraction(state: usize, n: i32, o: usize): void {
  for (let done = 0; done < n; done += CHUNK / 2) {
    const some = min(CHUNK / 2, n - done);
    const words = draw(state, 2 * some);
    for (let i = 0; i < some; i++, o += 8)
      store<f64>(o, <f64>bits53(words + i * 8) * 1.1102230246251565404e-16);
  }
}

// ── normal ───────────────────────────────────────────────────────────────────────────────────────

/**
 * n ≥ 16 values, in blocks of 16 uniforms; if the last block is not full, the last 16 elements are drawn
 * afresh.
 */
export function f32_random_normal(state: usize, n: i32, o: usize, mean: f32, std: f32): void {
  f32_random_uniform(state, n, o, 0, 1);
  for (let i: i32 = 0; i + 16 <= n; i += 16) normalBlock(o + i * 4, mean, std);
  if (n % 16 == 0) return;
  const last = o + (n - 16) * 4;
  f32_random_uniform(state, 16, last, 0, 1);
  normalBlock(last, mean, std);
}

// ── bernoulli ────────────────────────────────────────────────────────────────────────────────────

/** 1 where a fraction of 53 bits is below p: where its bits are below ⌈p·2⁵³⌉. */
function bernoulli<T>(state: usize, n: i32, o: usize, p: f64): void {
  const limit = <i64>Math.ceil(p * 9007199254740992);
  for (let done = 0; done < n; done += CHUNK / 2) {
    const some = min(CHUNK / 2, n - done);
    const words = draw(state, 2 * some);
    for (let i = 0; i < some; i++, o += sizeof<T>()) store<T>(o, <T><i32>(bits53(words + i * 8) < limit));
  }
}
export function f32_random_bernoulli(state: usize, n: i32, o: usize, p: f64): void {
  bernoulli<f32>(state, n, o, p);
}
export function f64_random_bernoulli(state: usize, n: i32, o: usize, p: f64): void {
  bernoulli<f64>(state, n, o, p);
}
export function i64_random_bernoulli(state: usize, n: i32, o: usize, p: f64): void {
  bernoulli<i64>(state, n, o, p);
}
export function i32_random_bernoulli(state: usize, n: i32, o: usize, p: f64): void {
  bernoulli<i32>(state, n, o, p);
}
export function i16_random_bernoulli(state: usize, n: i32, o: usize, p: f64): void {
  bernoulli<i16>(state, n, o, p);
}
export function i8_random_bernoulli(state: usize, n: i32, o: usize, p: f64): void {
  bernoulli<i8>(state, n, o, p);
}
export function u8_random_bernoulli(state: usize, n: i32, o: usize, p: f64): void {
  bernoulli<u8>(state, n, o, p);
}

// ── whole numbers ────────────────────────────────────────────────────────────────────────────────

/**
 * start + draw % range: 32-bit draws for a range below 2³², else 64-bit ones. A range of 2⁶⁴ is given as 0.
 */
function integer<T>(state: usize, n: i32, o: usize): void {
  const start = load<i64>(state, PARAMETERS);
  const range = load<u64>(state, PARAMETERS + 8);
  const wide = range == 0 || range >> 32 != 0;
  const chunk = wide ? CHUNK / 2 : CHUNK;
  for (let done = 0; done < n; done += chunk) {
    const some = min(chunk, n - done);
    let words = draw(state, wide ? 2 * some : some);
    if (!wide)
      for (let i = 0; i < some; i++, o += sizeof<T>(), words += 4)
        store<T>(o, <T>(start + <i64>(load<u32>(words) % <u32>range)));
    else
      for (let i = 0; i < some; i++, o += sizeof<T>(), words += 8) {
        const bits = (<u64>load<u32>(words) << 32) | <u64>load<u32>(words, 4);
        store<T>(o, <T>(start + <i64>(range == 0 ? bits : bits % range)));
      }
  }
}
export function f32_random_integer(state: usize, n: i32, o: usize): void { integer<f32>(state, n, o); }
export function f64_random_integer(state: usize, n: i32, o: usize): void { integer<f64>(state, n, o); }
export function i64_random_integer(state: usize, n: i32, o: usize): void { integer<i64>(state, n, o); }
export function i32_random_integer(state: usize, n: i32, o: usize): void { integer<i32>(state, n, o); }
export function i16_random_integer(state: usize, n: i32, o: usize): void { integer<i16>(state, n, o); }
export function i8_random_integer(state: usize, n: i32, o: usize): void { integer<i8>(state, n, o); }
export function u8_random_integer(state: usize, n: i32, o: usize): void { integer<u8>(state, n, o); }
