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
  const perCall = warmUp(call);
  const batch = perCall < batchBelowMs ? Math.ceil(1 / perCall) : 1;
  const samples: number[] = [];
  for (let spent = 0; !enough(samples.length, spent); ) {
    const start = performance.now();
    for (let i = 0; i < batch; i++) call();
    const took = performance.now() - start;
    samples.push(took / batch);
    spent += took;
  }
  samples.sort((a, b) => a - b);
  return { best: samples[0]!, median: samples[samples.length >> 1]!, samples: samples.length };
}

const enough = (samples: number, ms: number): boolean =>
  (samples >= 20 && ms >= 1000) || (samples >= 3 && ms >= 10_000);

/** The shortest time of a call, estimated in runs that double in length. */
function warmUp(call: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let calls = 1, done = 0; done < 2 || performance.now() - start < warmUpMs; ) {
    const before = performance.now();
    for (let i = 0; i < calls; i++) call();
    const took = performance.now() - before;
    shortest = Math.min(shortest, took / calls);
    done += calls;
    if (took < 1) calls *= 2;
  }
  return shortest;
}
