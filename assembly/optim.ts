/**
 * Optimizer steps in place, over n contiguous, element-aligned elements; PyTorch's arithmetic, term by term.
 *
 *   <f32|f64>_optim_sgd(n, g, p, b, …)            b: the momentum buffer, 0 for none
 *   <f32|f64>_optim_adam(n, g, p, m, v, most, …)  most: the greatest v so far (AMSGrad), 0 for none
 */

/** One element in lane 0, or a whole vector. */
class One<T> {
  @inline load(p: usize): v128 { return sizeof<T>() == 4 ? v128.load32_zero(p) : v128.load64_zero(p); }
  @inline store(p: usize, x: v128): void {
    if (sizeof<T>() == 4) v128.store32_lane(p, x, 0);
    else v128.store64_lane(p, x, 0);
  }
}
class All {
  @inline load(p: usize): v128 { return v128.load(p); }
  @inline store(p: usize, x: v128): void { v128.store(p, x); }
}

const MAXIMIZE = 1;

// ── SGD ──────────────────────────────────────────────────────────────────────────────────────────

const NESTEROV = 2;
const FIRST = 4;

/** d = ±g + decay·p; b = keep·b + fresh·d, or d at first; d = b, or d + keep·b (Nesterov); p += rate·d. */
// @ts-ignore: decorator
@inline
function sgd<T, At>(
  g: usize, p: usize, b: usize, rate: v128, keep: v128, fresh: v128, decay: v128, decays: bool, flags: i32,
): void {
  const at = changetype<At>(0);
  let d = at.load(g);
  const w = at.load(p);
  if (flags & MAXIMIZE) d = v128.neg<T>(d);
  if (decays) d = v128.add<T>(d, v128.mul<T>(decay, w));
  if (b) {
    let buffer = d;
    if (!(flags & FIRST)) buffer = v128.add<T>(v128.mul<T>(keep, at.load(b)), v128.mul<T>(fresh, d));
    at.store(b, buffer);
    d = flags & NESTEROV ? v128.add<T>(d, v128.mul<T>(keep, buffer)) : buffer;
  }
  at.store(p, v128.add<T>(w, v128.mul<T>(rate, d)));
}

function sgdAll<T>(
  n: i32, g: usize, p: usize, b: usize, rate: T, keep: T, fresh: T, decay: T, flags: i32,
): void {
  const r = v128.splat<T>(rate);
  const k = v128.splat<T>(keep);
  const f = v128.splat<T>(fresh);
  const w = v128.splat<T>(decay);
  const decays = decay != 0;
  const end = p + <usize>n * sizeof<T>();
  for (; p + 16 <= end; p += 16, g += 16) {
    sgd<T, All>(g, p, b, r, k, f, w, decays, flags);
    if (b) b += 16;
  }
  for (; p < end; p += sizeof<T>(), g += sizeof<T>()) {
    sgd<T, One<T>>(g, p, b, r, k, f, w, decays, flags);
    if (b) b += sizeof<T>();
  }
}
export function f32_optim_sgd(
  n: i32, g: usize, p: usize, b: usize, rate: f32, keep: f32, fresh: f32, decay: f32, flags: i32,
): void { sgdAll<f32>(n, g, p, b, rate, keep, fresh, decay, flags); }
export function f64_optim_sgd(
  n: i32, g: usize, p: usize, b: usize, rate: f64, keep: f64, fresh: f64, decay: f64, flags: i32,
): void { sgdAll<f64>(n, g, p, b, rate, keep, fresh, decay, flags); }

// ── Adam ─────────────────────────────────────────────────────────────────────────────────────────

const DECOUPLED = 2;

/**
 * d = ±g + decay·p, or p ·= shrink (decoupled); m = β₁·m + (1 − β₁)·d; v = β₂·v + (1 − β₂)·d·d, or the
 * greatest so far (AMSGrad); p += size·m / (√v / root + ε), where size = −lr / (1 − β₁ᵗ) and root = √(1 −
 * β₂ᵗ).
 */
// @ts-ignore: decorator
@inline
function adam<T, At>(
  g: usize, p: usize, m: usize, v: usize, most: usize, keep1: v128, fresh1: v128, keep2: v128, fresh2: v128,
  root: v128, eps: v128, size: v128, decay: v128, shrink: v128, decays: bool, flags: i32,
): void {
  const at = changetype<At>(0);
  let d = at.load(g);
  let w = at.load(p);
  if (flags & MAXIMIZE) d = v128.neg<T>(d);
  if (decays) {
    if (flags & DECOUPLED) w = v128.mul<T>(w, shrink);
    else d = v128.add<T>(d, v128.mul<T>(decay, w));
  }
  const mean = v128.add<T>(v128.mul<T>(at.load(m), keep1), v128.mul<T>(fresh1, d));
  let square = v128.add<T>(v128.mul<T>(at.load(v), keep2), v128.mul<T>(v128.mul<T>(fresh2, d), d));
  at.store(m, mean);
  at.store(v, square);
  if (most) {
    const before = at.load(most);
    square = v128.bitselect(before, square, v128.gt<T>(before, square));
    at.store(most, square);
  }
  const scale = v128.add<T>(v128.div<T>(v128.sqrt<T>(square), root), eps);
  at.store(p, v128.add<T>(w, v128.div<T>(v128.mul<T>(size, mean), scale)));
}

function adamAll<T>(
  n: i32, g: usize, p: usize, m: usize, v: usize, most: usize, keep1: T, fresh1: T, keep2: T, fresh2: T,
  root: T, eps: T, size: T, decay: T, shrink: T, flags: i32,
): void {
  const k1 = v128.splat<T>(keep1);
  const f1 = v128.splat<T>(fresh1);
  const k2 = v128.splat<T>(keep2);
  const f2 = v128.splat<T>(fresh2);
  const r = v128.splat<T>(root);
  const e = v128.splat<T>(eps);
  const z = v128.splat<T>(size);
  const w = v128.splat<T>(decay);
  const s = v128.splat<T>(shrink);
  const decays = decay != 0;
  const end = p + <usize>n * sizeof<T>();
  for (; p + 16 <= end; p += 16, g += 16, m += 16, v += 16) {
    adam<T, All>(g, p, m, v, most, k1, f1, k2, f2, r, e, z, w, s, decays, flags);
    if (most) most += 16;
  }
  for (; p < end; p += sizeof<T>(), g += sizeof<T>(), m += sizeof<T>(), v += sizeof<T>()) {
    adam<T, One<T>>(g, p, m, v, most, k1, f1, k2, f2, r, e, z, w, s, decays, flags);
    if (most) most += sizeof<T>();
  }
}
export function f32_optim_adam(
  n: i32, g: usize, p: usize, m: usize, v: usize, most: usize, keep1: f32, fresh1: f32, keep2: f32, fresh2:
  f32,
  root: f32, eps: f32, size: f32, decay: f32, shrink: f32, flags: i32,
): void {
  adamAll<f32>(n, g, p, m, v, most, keep1, fresh1, keep2, fresh2, root, eps, size, decay, shrink, flags);
}
export function f64_optim_adam(
  n: i32, g: usize, p: usize, m: usize, v: usize, most: usize, keep1: f64, fresh1: f64, keep2: f64, fresh2:
  f64,
  root: f64, eps: f64, size: f64, decay: f64, shrink: f64, flags: i32,
): void {
  adamAll<f64>(n, g, p, m, v, most, keep1, fresh1, keep2, fresh2, root, eps, size, decay, shrink, flags);
}
