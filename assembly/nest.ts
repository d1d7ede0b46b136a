/**
 * Rows repeated over outer dims.
 *
 * `dims` points at `rank` entries of i32, outermost first: extent, then the byte stride of each array. `Row`
 * is a class with one method `run(n, o, so, a, sa, …)`, called with no object: it only names the loop to be
 * inlined.
 */

/** One array. */
export function nest1<Row>(rank: i32, dims: usize, n: i32, o: usize, so: usize): void {
  if (rank == 0) return changetype<Row>(0).run(n, o, so);
  const extent = load<i32>(dims);
  const to = load<i32>(dims, 4);
  for (let i = 0; i < extent; i++, o += to) nest1<Row>(rank - 1, dims + 8, n, o, so);
}

/** Two arrays. */
export function nest2<Row>(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  if (rank == 0) return changetype<Row>(0).run(n, o, so, a, sa);
  const extent = load<i32>(dims);
  const to = load<i32>(dims, 4);
  const ta = load<i32>(dims, 8);
  for (let i = 0; i < extent; i++, o += to, a += ta) nest2<Row>(rank - 1, dims + 12, n, o, so, a, sa);
}

/** Three arrays. */
export function nest3<Row>(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void {
  if (rank == 0) return changetype<Row>(0).run(n, o, so, a, sa, b, sb);
  const extent = load<i32>(dims);
  const to = load<i32>(dims, 4);
  const ta = load<i32>(dims, 8);
  const tb = load<i32>(dims, 12);
  for (let i = 0; i < extent; i++, o += to, a += ta, b += tb)
    nest3<Row>(rank - 1, dims + 16, n, o, so, a, sa, b, sb);
}

/** Four arrays. */
export function nest4<Row>(
  rank: i32, dims: usize, n: i32,
  o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize,
): void {
  if (rank == 0) return changetype<Row>(0).run(n, o, so, a, sa, b, sb, c, sc);
  const extent = load<i32>(dims);
  const to = load<i32>(dims, 4);
  const ta = load<i32>(dims, 8);
  const tb = load<i32>(dims, 12);
  const tc = load<i32>(dims, 16);
  for (let i = 0; i < extent; i++, o += to, a += ta, b += tb, c += tc)
    nest4<Row>(rank - 1, dims + 20, n, o, so, a, sa, b, sb, c, sc);
}
