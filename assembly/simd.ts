/** Vectors: their lanes, and how a row's operand is read into one. */

/** How many elements of `T` a vector holds. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): i32 { return 16 / <i32>sizeof<T>(); }

/** Elements one after the other. */
export class Along<T> {
  @inline load(p: usize, offset: usize): v128 { return v128.load(p + offset); }
  @inline step(vectors: usize): usize { return vectors << 4; }
  @inline size(): usize { return sizeof<T>(); }
}

/** One element in every lane. */
export class Repeat<T> {
  @inline load(p: usize, offset: usize): v128 { return v128.load_splat<T>(p); }
  @inline step(vectors: usize): usize { return 0; }
  @inline size(): usize { return 0; }
}

/** A vector of elements where they are, */
export class Whole<T> {
  @inline load(p: usize): v128 { return v128.load(p); }
  @inline store(p: usize, v: v128): void { v128.store(p, v); }
}

/** or one element in every lane, of which the first is written: what a loop over vectors leaves over. */
export class Single<T> {
  @inline load(p: usize): v128 { return v128.load_splat<T>(p); }
  @inline store(p: usize, v: v128): void { store<T>(p, v128.extract_lane<T>(v, 0)); }
}
