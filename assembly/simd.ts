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
