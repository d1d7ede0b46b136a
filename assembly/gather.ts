/**
 * Elements moved by index; indices are i64, within range, counted from the front.
 *
 *   <i8|i16|i32|i64>_gather_get(rank, dims, n, o, so, x, sx, i, si, step)      o = x[i·step]
 *   <i8|i16|i32|i64>_scatter_set(rank, dims, n, o, so, x, sx, i, si, step)     o[i·step] = x
 *   <dtype>_scatter_<add|mul|max|min>(… the same …)                            o[i·step] ∘= x
 *   i8_gather_rows, i8_scatter_rows, <dtype>_scatter_addrows                   the same for whole rows
 *
 * Nested rows as elsewhere: the array that is indexed has stride 0 in the dim indexed, and `step` bytes from
 * one of its elements to the next there. Element-aligned; the arrays must not overlap. Sums are taken in
 * ascending order of x.
 */

function nest<Move>(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void {
  if (rank == 0) return changetype<Move>(0).run(n, o, so, x, sx, i, si, step);
  const extent = load<i32>(dims);
  const to = load<i32>(dims, 4);
  const tx = load<i32>(dims, 8);
  const ti = load<i32>(dims, 12);
  for (let k = 0; k < extent; k++, o += to, x += tx, i += ti)
    nest<Move>(rank - 1, dims + 16, n, o, so, x, sx, i, si, step);
}

// ── single elements ──────────────────────────────────────────────────────────────────────────────

class Get<T> {
  @inline run(n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize): void {
    for (let k = 0; k < n; k++, o += so, x += sx, i += si)
      store<T>(o, load<T>(x + <usize>load<i64>(i) * step));
  }
}

class Put<T, Op> {
  @inline run(n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize): void {
    const op = changetype<Op>(0);
    for (let k = 0; k < n; k++, o += so, x += sx, i += si) {
      const to = o + <usize>load<i64>(i) * step;
      store<T>(to, op.s(load<T>(to), load<T>(x)));
    }
  }
}

class Set<T> { @inline s(a: T, b: T): T { return b; } }
class Add<T> { @inline s(a: T, b: T): T { return <T>(a + b); } }
class Mul<T> { @inline s(a: T, b: T): T { return <T>(a * b); } }
/** NaN wins; of equal ones the first stays. */
class Max<T> { @inline s(a: T, b: T): T { return a != a || !(b > a || b != b) ? a : b; } }
class Min<T> { @inline s(a: T, b: T): T { return a != a || !(b < a || b != b) ? a : b; } }

export function i8_gather_get(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Get<i8>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i16_gather_get(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Get<i16>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i32_gather_get(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Get<i32>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i64_gather_get(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Get<i64>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i8_scatter_set(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i8, Set<i8>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i16_scatter_set(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i16, Set<i16>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i32_scatter_set(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i32, Set<i32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i64_scatter_set(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i64, Set<i64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f32_scatter_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f32, Add<f32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f64_scatter_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f64, Add<f64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i64_scatter_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i64, Add<i64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i32_scatter_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i32, Add<i32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function u8_scatter_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<u8, Add<u8>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f32_scatter_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f32, Mul<f32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f64_scatter_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f64, Mul<f64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i64_scatter_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i64, Mul<i64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i32_scatter_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i32, Mul<i32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function u8_scatter_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<u8, Mul<u8>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f32_scatter_max(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f32, Max<f32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f64_scatter_max(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f64, Max<f64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i64_scatter_max(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i64, Max<i64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i32_scatter_max(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i32, Max<i32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function u8_scatter_max(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<u8, Max<u8>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f32_scatter_min(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f32, Min<f32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function f64_scatter_min(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<f64, Min<f64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i64_scatter_min(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i64, Min<i64>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function i32_scatter_min(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<i32, Min<i32>>>(rank, dims, n, o, so, x, sx, i, si, step); }
export function u8_scatter_min(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, x: usize, sx: usize, i: usize, si: usize, step: usize,
): void { nest<Put<u8, Min<u8>>>(rank, dims, n, o, so, x, sx, i, si, step); }

// ── rows ─────────────────────────────────────────────────────────────────────────────────────────
// `outer` times: n rows of `bytes` bytes; the arrays step by so and sx from row to row, by to and tx from
// outer to outer.

/** o[k] = x[index[k]]. */
export function i8_gather_rows(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void {
  for (let j = 0; j < outer; j++, o += to, x += tx)
    for (let k: usize = 0; k < <usize>n; k++)
      memory.copy(o + k * so, x + <usize>load<i64>(i + k * si) * sx, bytes);
}

/** o[index[k]] = x[k]. */
export function i8_scatter_rows(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void {
  for (let j = 0; j < outer; j++, o += to, x += tx)
    for (let k: usize = 0; k < <usize>n; k++)
      memory.copy(o + <usize>load<i64>(i + k * si) * so, x + k * sx, bytes);
}

/** o[index[k]] += x[k]. */
function addRows<T>(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void {
  for (let j = 0; j < outer; j++, o += to, x += tx)
    for (let k: usize = 0; k < <usize>n; k++) {
      let p = o + <usize>load<i64>(i + k * si) * so;
      let q = x + k * sx;
      const end = p + bytes;
      for (; p + 16 <= end; p += 16, q += 16) v128.store(p, v128.add<T>(v128.load(p), v128.load(q)));
      for (; p < end; p += sizeof<T>(), q += sizeof<T>()) store<T>(p, <T>(load<T>(p) + load<T>(q)));
    }
}
export function f32_scatter_addrows(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void { addRows<f32>(outer, n, bytes, o, to, so, x, tx, sx, i, si); }
export function f64_scatter_addrows(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void { addRows<f64>(outer, n, bytes, o, to, so, x, tx, sx, i, si); }
export function i64_scatter_addrows(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void { addRows<i64>(outer, n, bytes, o, to, so, x, tx, sx, i, si); }
export function i32_scatter_addrows(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void { addRows<i32>(outer, n, bytes, o, to, so, x, tx, sx, i, si); }
export function u8_scatter_addrows(
  outer: i32, n: i32, bytes: usize, o: usize, to: usize, so: usize, x: usize, tx: usize, sx: usize, i: usize,
  si: usize,
): void { addRows<u8>(outer, n, bytes, o, to, so, x, tx, sx, i, si); }
