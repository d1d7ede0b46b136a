/** @file The pad with what the network makes of it. */

import { certainty, fill, find } from "./dom.js";
import { drawSample } from "./drawn.js";
import { Pad } from "./pad.js";

/** Joins the pad, its buttons and the ten bars; `ask` has the worker classify a picture. */
export class Reading {
  readonly #pad: Pad;
  readonly #ask: (id: number, pixels: Uint8Array) => void;
  /** The last picture asked about; answers to others are late. */
  #id = 0;
  #picture: Uint8Array | null = null;
  #samples = 0;
  /** Whether the next answer is to be read out: not those that only follow the training. */
  #speak = false;
  readonly #bars: { row: HTMLElement; bar: HTMLElement; share: HTMLElement }[];

  constructor(ask: (id: number, pixels: Uint8Array) => void) {
    this.#ask = ask;
    this.#bars = Array.from({ length: 10 }, (_, digit) => this.#makeBar(digit));
    const sample = (digit: number) => this.#pad.show(drawSample(digit, this.#samples++));
    this.#pad = new Pad(find("pad"), find("cursor"), {
      changed: () => this.#changed(),
      pen: (down) => {
        find("heard").textContent = down ? "Pen down" : "Pen up";
        this.#speak = !down;
        if (!down) this.refresh();
      },
      sample,
    });
    find("clear").addEventListener("click", () => this.#pad.clear());
    for (let digit = 0; digit < 10; digit++) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = String(digit);
      button.setAttribute("aria-label", `Sample of a ${digit}`);
      button.addEventListener("click", () => sample(digit));
      find("samples").append(button);
    }
  }

  /** Asks again, as the network has changed. */
  refresh(): void {
    if (this.#picture) this.#ask(++this.#id, this.#picture);
  }

  show(id: number, probabilities: readonly number[]): void {
    if (id !== this.#id || !this.#picture) return;
    const best = probabilities.indexOf(Math.max(...probabilities));
    this.#bars.forEach(({ row, bar, share }, digit) => {
      const probability = probabilities[digit]!;
      row.classList.toggle("best", digit === best);
      bar.style.transform = `scaleX(${probability})`;
      share.textContent = certainty(probability);
    });
    fill("answer", String(best));
    find("sureness").textContent = `${certainty(probabilities[best]!)} sure`;
    if (this.#speak) find("heard").textContent = `Read as ${best}, ${certainty(probabilities[best]!)} sure`;
    this.#speak = false;
  }

  #changed(): void {
    this.#picture = this.#pad.picture();
    find("invitation").hidden = this.#picture !== null;
    this.#showSeen();
    this.#speak = true;
    if (this.#picture) this.refresh();
    else this.#forget();
  }

  /** Nothing is drawn, so nothing is read. */
  #forget(): void {
    this.#id++;
    fill("answer", null, "?");
    find("sureness").textContent = "Draw a digit, and the network says what it sees.";
    find("heard").textContent = "Cleared";
    for (const { row, bar, share } of this.#bars) {
      row.classList.remove("best");
      bar.style.transform = "scaleX(0)";
      share.textContent = "–";
    }
  }

  #showSeen(): void {
    const context = find<HTMLCanvasElement>("seen").getContext("2d")!;
    const image = context.createImageData(28, 28);
    this.#picture?.forEach((value, i) => {
      image.data[4 * i + 3] = value;
    });
    context.putImageData(image, 0, 0);
  }

  #makeBar(digit: number): { row: HTMLElement; bar: HTMLElement; share: HTMLElement } {
    const row = document.createElement("li");
    const [name, track, bar, share] = ["b", "i", "i", "span"].map((tag) => document.createElement(tag)) as [
      HTMLElement,
      HTMLElement,
      HTMLElement,
      HTMLElement,
    ];
    name.textContent = String(digit);
    bar.style.transform = "scaleX(0)";
    share.textContent = "–";
    track.append(bar);
    row.append(name, track, share);
    find("bars").append(row);
    return { row, bar, share };
  }
}
