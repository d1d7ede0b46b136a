/**
 * @file PyTorch's CPU generator: mt19937 (Matsumoto & Nishimura 1998), seeded with 32 bits.
 *
 * Every draw consumes what PyTorch's consumes, so a program that seeds alike sees the same numbers.
 */
import { ArgumentError, copyKey, FormatError, show, thisCopy } from "./errors.js";
import { cos, log, sin } from "./math.js";

const WORDS = 624;
const TWO_PI = 2 * Math.PI;

// The layout of PyTorch's saved state, in bytes: seed, words left, whether seeded, the next word, the words (64 bits each),
// then of the normal stream an unused double, the cached value, another unused double, and whether a value is cached.
const STATE_BYTES = 5056;
const AT = { seed: 0, left: 8, seeded: 12, next: 16, words: 24, cached: 5024, hasCached: 5040 } as const;

/**
 * A stream of random numbers, equal to that of PyTorch's CPU generator.
 *
 * @example new Generator(42).uniform32() // 0.8822692632675171, the first value of torch.rand after manual_seed(42)
 * @see torch.Generator
 */
export class Generator {
  /** The state: 624 words of 32 bits. */
  readonly words = new Uint32Array(WORDS);
  /** The next word to give out; 0 right after seeding and 624 at the end both mean that the words must be mixed first. */
  next = 0;
  private start = 0n;
  private cached: number | null = null;

  /** @param seed default PyTorch's own, 67280421310721 */
  constructor(seed: number | bigint = 67280421310721) {
    this.manualSeed(seed);
  }

  get [copyKey](): symbol {
    return thisCopy;
  }

  /**
   * Starts the stream anew from the low 32 bits of `seed`, a whole number in [−2⁶³, 2⁶⁴); returns the generator.
   *
   * @throws ArgumentError if it is not
   * @see torch.Generator.manual_seed
   */
  manualSeed(seed: number | bigint): this {
    if (typeof seed !== "bigint" && !Number.isInteger(seed))
      throw new ArgumentError(`manualSeed: seed must be an integer: got ${show(seed)}`);
    const whole = BigInt(seed);
    if (whole < -0x8000000000000000n || whole > 0xffffffffffffffffn)
      throw new ArgumentError(`manualSeed: seed must fit in 64 bits: got ${whole}`);
    this.start = BigInt.asUintN(64, whole);
    const { words } = this;
    let word = Number(this.start & 0xffffffffn);
    words[0] = word;
    for (let i = 1; i < WORDS; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) >>> 0;
      words[i] = word;
    }
    this.next = 0;
    this.cached = null;
    return this;
  }

  /** Starts the stream anew from the host's own randomness; returns the seed. @see torch.Generator.seed */
  seed(): number {
    const [hi, lo] = crypto.getRandomValues(new Uint32Array(2));
    const seed = (hi! & 0x1fffff) * 4294967296 + lo!;
    this.manualSeed(seed);
    return seed;
  }

  /** The seed the stream was started from; negative ones count back from 2⁶⁴. A bigint beyond 2⁵³. */
  initialSeed(): number | bigint {
    const seed = Number(this.start);
    return Number.isSafeInteger(seed) ? seed : this.start;
  }

  // ── draws ──────────────────────────────────────────────────────────────────────────────────────

  /** 32 random bits. */
  u32(): number {
    if (this.next === 0 || this.next === WORDS) this.mix();
    let y = this.words[this.next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** 64 random bits; the first draw is the high half. */
  u64(): bigint {
    const high = this.u32();
    return (BigInt(high) << 32n) | BigInt(this.u32());
  }

  /** A fraction of 24 bits in [0, 1). */
  uniform32(): number {
    return (this.u32() & 0xffffff) / 16777216;
  }

  /** A fraction of 53 bits in [0, 1). */
  uniform64(): number {
    const high = this.u32() & 0x1fffff;
    return (high * 4294967296 + this.u32()) / 9007199254740992;
  }

  /** A value of the normal distribution: Box and Muller's pairs, the second kept for the next call. */
  normal(): number {
    const { cached } = this;
    if (cached !== null) {
      this.cached = null;
      return cached;
    }
    const theta = TWO_PI * this.uniform64();
    const radius = Math.sqrt(-2 * log(1 - this.uniform64()));
    this.cached = radius * sin(theta);
    return radius * cos(theta);
  }

  /** The next 624 words. */
  private mix(): void {
    const { words } = this;
    for (let i = 0; i < WORDS; i++) {
      const y = (words[i]! & 0x80000000) | (words[(i + 1) % WORDS]! & 0x7fffffff);
      words[i] = words[(i + 397) % WORDS]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.next = 0;
  }

  // ── state ──────────────────────────────────────────────────────────────────────────────────────

  /** The state in PyTorch's own layout [5056]. @see torch.Generator.get_state */
  getState(): Uint8Array {
    const state = new DataView(new ArrayBuffer(STATE_BYTES));
    state.setBigUint64(AT.seed, this.start, true);
    state.setInt32(AT.left, this.next === 0 ? 1 : WORDS + 1 - this.next, true);
    state.setInt32(AT.seeded, 1, true);
    state.setUint32(AT.next, this.next, true);
    for (let i = 0; i < WORDS; i++) state.setUint32(AT.words + 8 * i, this.words[i]!, true);
    state.setFloat64(AT.cached, this.cached ?? 0, true);
    state.setInt32(AT.hasCached, this.cached === null ? 0 : 1, true);
    return new Uint8Array(state.buffer);
  }

  /**
   * Continues from a state that getState, here or in PyTorch, gave; returns the generator.
   *
   * @throws FormatError if it is none
   * @see torch.Generator.set_state
   */
  setState(bytes: Uint8Array): this {
    if (!(bytes instanceof Uint8Array))
      throw new ArgumentError(`setState: a generator's state must be a Uint8Array: got ${show(bytes)}`);
    if (bytes.length !== STATE_BYTES)
      throw new FormatError(`setState: a generator's state has ${STATE_BYTES} bytes: got ${bytes.length}`);
    const state = new DataView(bytes.buffer, bytes.byteOffset, STATE_BYTES);
    const left = state.getInt32(AT.left, true);
    const next = state.getUint32(AT.next, true);
    const plausible = next === 0 ? left === 1 : next <= WORDS && left === WORDS + 1 - next;
    if (!plausible || state.getInt32(AT.seeded, true) !== 1)
      throw new FormatError(`setState: invalid mt19937 state: ${left} words left, next word ${next}`);
    this.start = state.getBigUint64(AT.seed, true);
    this.next = next;
    for (let i = 0; i < WORDS; i++) this.words[i] = state.getUint32(AT.words + 8 * i, true);
    this.cached = state.getInt32(AT.hasCached, true) ? state.getFloat64(AT.cached, true) : null;
    return this;
  }
}
