/** @file What a run has recorded, and its two charts. */
import { Chart } from "./chart.js";
import { find } from "./dom.js";
import type { Score } from "./trainer.js";

/** A chart has about so many points of the jagged line at most: more would not be seen. */
const most = 400;
/** The loss shown is the mean of so many steps. */
export const smoothing = 20;

export class Curves {
  readonly losses: number[] = [];
  #tests: { step: number; score: Score }[] = [];
  #stepsPerEpoch = 1;
  #epochs = 1;
  readonly #loss: Chart;
  readonly #accuracy: Chart;

  constructor() {
    this.#loss = new Chart(find("loss-chart"), { low: 0, format: (y) => String(+y.toFixed(3)) });
    this.#accuracy = new Chart(find("accuracy-chart"), { low: 0, high: 100, format: (y) => `${y} %` });
    this.clear();
  }

  clear(): void {
    this.restart(4, 1);
  }

  restart(steps: number, stepsPerEpoch: number): void {
    this.losses.length = 0;
    this.#tests = [];
    this.#stepsPerEpoch = stepsPerEpoch;
    this.#epochs = steps / stepsPerEpoch;
    this.#draw();
  }

  add(losses: readonly number[]): void {
    this.losses.push(...losses);
    this.#draw();
  }

  addTest(step: number, score: Score): void {
    this.#tests.push({ step, score });
    this.#draw();
  }

  /** The mean loss of the last steps up to `step`. */
  smooth(step = this.losses.length): number {
    return mean(this.losses.slice(Math.max(step - smoothing, 0), step));
  }

  #draw(): void {
    const epoch = (step: number) => step / this.#stepsPerEpoch;
    const width = Math.ceil(this.losses.length / most);
    const raw: [number, number][] = [];
    const smooth: [number, number][] = [];
    for (let from = 0; from < this.losses.length; from += width) {
      const to = Math.min(from + width, this.losses.length);
      raw.push([epoch(to), mean(this.losses.slice(from, to))]);
      smooth.push([epoch(to), this.smooth(to)]);
    }
    this.#loss.show(
      [
        { style: "raw", points: raw },
        { style: "smooth", points: smooth },
      ],
      this.#epochs,
    );
    const tests = this.#tests.map(({ step, score }) => [epoch(step), 100 * score.accuracy] as const);
    this.#accuracy.show([{ style: "smooth", points: tests, dots: tests.length < 40 }], this.#epochs);
    this.#describe();
  }

  /** The charts in words. */
  #describe(): void {
    const [first, last] = [this.losses[0], this.#tests.at(-1)];
    const losses =
      first === undefined
        ? "Loss: nothing yet."
        : `Loss: from ${first.toFixed(2)} to ${this.smooth().toFixed(2)} after ${this.losses.length} steps.`;
    const accuracies = last
      ? `Accuracy on test digits: ${(100 * last.score.accuracy).toFixed(1)} % after step ${last.step}.`
      : "Accuracy on test digits: nothing yet.";
    find("loss-words").textContent = losses;
    find("accuracy-words").textContent = accuracies;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
