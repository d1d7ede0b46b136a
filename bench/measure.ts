/** How long a call takes. */

export interface Timing {
  /** Milliseconds of the fastest call. */
  best: number;
  median: number;
  samples: number;
}

const warmUpMs = 300;
const batchBelowMs = 0.5;

/**
 * Warms up for two calls and 0.3 s, then takes samples: at least 20 and 1 s of them, or 3 if that takes over 10 s.
 * A call shorter than 0.5 ms is repeated so that a sample lasts 1 ms.
 */
export function measure(call: () => unknown): Timing {
  const plan = sampling();
  for (let next = plan.next(0); ; ) {
    if (next.done) return next.value;
    const start = performance.now();
    for (let i = 0; i < next.value; i++) call();
    next = plan.next(performance.now() - start);
  }
}

/** The same for a call that is only over when its promise is kept. */
export async function measureAwaited(call: () => unknown): Promise<Timing> {
  const plan = sampling();
  for (let next = plan.next(0); ; ) {
    if (next.done) return next.value;
    const start = performance.now();
    for (let i = 0; i < next.value; i++) await call();
    next = plan.next(performance.now() - start);
  }
}

/** Yields how many calls to make next, and is told how many milliseconds they took. */
function* sampling(): Generator<number, Timing, number> {
  const perCall = yield* warmUp();
  const batch = perCall < batchBelowMs ? Math.ceil(1 / perCall) : 1;
  const samples: number[] = [];
  for (let spent = 0; !enough(samples.length, spent); ) {
    const took = yield batch;
    samples.push(took / batch);
    spent += took;
  }
  samples.sort((a, b) => a - b);
  return { best: samples[0]!, median: samples[samples.length >> 1]!, samples: samples.length };
}

const enough = (samples: number, ms: number): boolean =>
  (samples >= 20 && ms >= 1000) || (samples >= 3 && ms >= 10_000);

/** The shortest time of a call, estimated in runs that double in length. */
function* warmUp(): Generator<number, number, number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let calls = 1, done = 0, spent = 0; done < 2 || spent < warmUpMs; ) {
    const took = yield calls;
    shortest = Math.min(shortest, took / calls);
    done += calls;
    spent += took;
    if (took < 1) calls *= 2;
  }
  return shortest;
}
