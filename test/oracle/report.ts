/** What a row of vectors comes to, and how a file's rows are counted. */

/** Thrown where the library lacks what a row asks for. */
export class Skip extends Error {}

/** Thrown where the library has it and is wrong. */
export class Mismatch extends Error {}

export interface Row {
  readonly kind: string;
  readonly [key: string]: unknown;
}

export interface Failure {
  readonly row: string;
  readonly message: string;
}

/** Counts of one file. */
export class Report {
  passed = 0;
  readonly failures: Failure[] = [];
  readonly skips = new Map<string, number>();

  constructor(readonly name: string) {}

  get failed(): number {
    return this.failures.length;
  }

  get skipped(): number {
    return [...this.skips.values()].reduce((sum, n) => sum + n, 0);
  }

  /** Runs one row: silence is a pass. */
  check(row: string, run: () => void): void {
    try {
      run();
      this.passed++;
    } catch (error) {
      if (error instanceof Skip) this.skips.set(error.message, (this.skips.get(error.message) ?? 0) + 1);
      else this.failures.push({ row, message: describe(error) });
    }
  }

  toString(): string {
    const skipped = this.skipped ? ` (${this.skipped} skipped)` : "";
    return `${this.name}: ${this.passed}/${this.passed + this.failed}${skipped}`;
  }
}

function describe(error: unknown): string {
  if (error instanceof Mismatch) return error.message;
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const where = error.stack?.split("\n").find((line) => line.includes("/src/"));
  const message = error.message.replaceAll(/\s+/g, " ").slice(0, 300);
  return `threw ${error.name}: ${message}${where ? ` (${where.trim()})` : ""}`;
}
