/** How far training has come. */
export interface State {
  /** Counted from 1. */
  epoch: number;
  epochs: number;
  /** Batches done in this epoch, and how many it has. */
  batch: number;
  batches: number;
  /** Means over this epoch so far. */
  loss: number;
  accuracy: number;
  imagesPerSecond: number;
  /** Until training ends. */
  secondsLeft: number;
}

/** Where progress goes: `process.stdout`, or a stand-in in tests. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Shows progress: a bar that is drawn anew on a terminal, four plain lines an epoch elsewhere. */
export class Progress {
  private drawn = false;
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly screen: Screen,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Shows the state after a batch. */
  update(state: State): void {
    if (!this.screen.isTTY) {
      const quarter = (batch: number) => Math.floor((4 * batch) / state.batches);
      if (quarter(state.batch) > quarter(state.batch - 1)) this.screen.write(`${formatLine(state)}\n`);
      return;
    }
    // Ten times a second is as often as an eye can follow.
    const time = this.now();
    if (time - this.last < 100 && state.batch < state.batches) return;
    this.last = time;
    this.drawn = true;
    this.screen.write(`\r\x1b[K${formatBar(state, this.screen.columns ?? 80)}`);
  }

  /** Prints a line that stays, in place of the bar. */
  line(text: string): void {
    this.screen.write(`${this.drawn ? "\r\x1b[K" : ""}${text}\n`);
    this.drawn = false;
  }
}

/** The bar, at most `columns - 1` wide: it takes the room the words leave, and goes where they leave none. */
export function formatBar(state: State, columns: number): string {
  const head = `epoch ${state.epoch}/${state.epochs}`;
  const tail = `${formatMeasures(state)}  ETA ${formatSeconds(state.secondsLeft)}`;
  const room = Math.min(columns - 1 - head.length - tail.length - 3, 40);
  if (room < 5) return `${head}  ${tail}`.slice(0, Math.max(columns - 1, 0));
  const done = Math.floor((room * state.batch) / state.batches);
  return `${head} ${"━".repeat(done)}${"┄".repeat(room - done)}  ${tail}`;
}

/** The same as a plain line. */
export function formatLine(state: State): string {
  const head = `epoch ${state.epoch}/${state.epochs}  batch ${state.batch}/${state.batches}`;
  return `${head}  ${formatMeasures(state)}  ETA ${formatSeconds(state.secondsLeft)}`;
}

function formatMeasures({ loss, accuracy, imagesPerSecond }: State): string {
  const rate = `${Math.round(imagesPerSecond)} images/s`;
  return `loss ${loss.toFixed(4)}  accuracy ${formatPercent(accuracy)}  ${rate}`;
}

/** `0.9873` as `98.73 %`. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Seconds as `0:07`, `12:30` or `1:02:03`; `–:––` where they are not known. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–:––";
  const whole = Math.max(Math.round(seconds), 0);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const end = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${end}` : `${minutes}:${end}`;
}
