// What the machine can do at best: arithmetic between registers, and streams through memory.
// Counts of floats are multiples of 16.

/**
 * Eight sums of products, `steps` times: 64 float32 operations a step, no memory.
 * Eight chains of additions hide their latency; the factors change places so that no product can be hoisted.
 */
export function f32_peak_muladd(steps: i32, seed: f32): f32 {
  let p = f32x4.splat(seed), q = f32x4.splat(seed + 1), r = f32x4.splat(seed + 2), s = f32x4.splat(seed + 3);
  let a = f32x4.splat(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
  for (let i = 0; i < steps; i++) {
    a = f32x4.add(a, f32x4.mul(p, r));
    b = f32x4.add(b, f32x4.mul(p, s));
    c = f32x4.add(c, f32x4.mul(q, r));
    d = f32x4.add(d, f32x4.mul(q, s));
    const t = p;
    p = r;
    r = q;
    q = t;
    e = f32x4.add(e, f32x4.mul(p, r));
    f = f32x4.add(f, f32x4.mul(p, s));
    g = f32x4.add(g, f32x4.mul(q, r));
    h = f32x4.add(h, f32x4.mul(q, s));
    const u = p;
    p = s;
    s = q;
    q = u;
  }
  const low = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  const high = f32x4.add(f32x4.add(e, f), f32x4.add(g, h));
  const all = f32x4.add(low, high);
  return f32x4.extract_lane(all, 0) + f32x4.extract_lane(all, 3);
}

/** out = x: n floats read, n written. */
export function f32_peak_copy(out: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 2);
  while (x < end) {
    v128.store(out, v128.load(x));
    v128.store(out, v128.load(x, 16), 16);
    v128.store(out, v128.load(x, 32), 32);
    v128.store(out, v128.load(x, 48), 48);
    x += 64;
    out += 64;
  }
}

/** out = x by the host's own memory.copy. */
export function f32_peak_bulkcopy(out: usize, x: usize, n: i32): void {
  memory.copy(out, x, (<usize>n) << 2);
}

/** All n floats read; what comes back only keeps the loads alive. */
export function f32_peak_read(x: usize, n: i32): i32 {
  const end = x + ((<usize>n) << 2);
  let a = i32x4.splat(0), b = a, c = a, d = a;
  while (x < end) {
    a = v128.or(a, v128.load(x));
    b = v128.or(b, v128.load(x, 16));
    c = v128.or(c, v128.load(x, 32));
    d = v128.or(d, v128.load(x, 48));
    x += 64;
  }
  return i32x4.extract_lane(v128.or(v128.or(a, b), v128.or(c, d)), 0);
}
