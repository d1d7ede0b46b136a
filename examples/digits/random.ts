/** A small seeded generator (xorshift, scrambled): only integers, so it is the same on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not start alike, and the state may not be 0.
    this.state = (Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) ^ (seed >>> 15)) | 0 || 1;
    for (let i = 0; i < 8; i++) this.next();
  }

  /** A number in [0, 1), a multiple of 2⁻³². */
  next(): number {
    let s = this.state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.state = s;
    return (Math.imul(s, 0x2c1b3c6d) >>> 0) / 4294967296;
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A number in (-spread, spread), small values likelier: the mean of two uniform ones. */
  around(spread: number): number {
    return spread * (this.next() + this.next() - 1);
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
}
