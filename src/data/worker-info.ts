/** What code in a worker thread can know about where it runs. */

export interface WorkerInfo {
  /** Counted from 0. */
  readonly id: number;
  readonly numWorkers: number;
  /** The loader's base seed + id. */
  readonly seed: bigint;
  /** This thread's copy. */
  readonly dataset: unknown;
}

let current: WorkerInfo | null = null;

/**
 * In a loader's worker thread: which one it is. Elsewhere null.
 *
 * @example
 * class Lines extends IterableDataset<string> {
 *   *[Symbol.iterator]() {
 *     const { id, numWorkers } = getWorkerInfo() ?? { id: 0, numWorkers: 1 };
 *     for (let i = id; i < this.lines.length; i += numWorkers) yield this.lines[i];
 *   }
 * }
 * @see torch.utils.data.get_worker_info
 */
export const getWorkerInfo = (): WorkerInfo | null => current;

export function setWorkerInfo(info: WorkerInfo): void {
  current = info;
}
