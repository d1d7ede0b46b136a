/** @file The pad to draw on: mouse, touch, pen, and the keyboard. */
import { centre } from "./centre.js";

/** The drawing's pixels a side; what is shown is scaled by the style sheet. */
const size = 560;
const penWidth = 42;
/** How far an arrow key moves the pen. */
const stride = size / 28;

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface PadEvents {
  /** A stroke or a move of the keyboard's pen has changed the drawing. */
  changed(): void;
  /** The keyboard's pen was lowered or raised. */
  pen(down: boolean): void;
  /** A digit key asks for a sample. */
  sample(digit: number): void;
}

export class Pad {
  /** Where the keyboard's pen is, and whether it inks. */
  #at: readonly [number, number] = [size / 2, size / 4];
  #down = false;
  readonly #paper: HTMLElement;
  readonly #cursor: HTMLElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #events: PadEvents;

  /** `paper` holds the canvas, and over it `cursor`, which marks the keyboard's pen. */
  constructor(paper: HTMLElement, cursor: HTMLElement, events: PadEvents) {
    const canvas = paper.querySelector("canvas")!;
    canvas.width = canvas.height = size;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("This browser has no canvas to draw on.");
    context.lineWidth = penWidth;
    context.lineCap = context.lineJoin = "round";
    this.#paper = paper;
    this.#cursor = cursor;
    this.#context = context;
    this.#events = events;
    this.#listenToPointers();
    paper.addEventListener("keydown", (event) => this.#key(event));
    paper.addEventListener("blur", () => this.#lower(false));
    this.#showCursor();
  }

  clear(): void {
    this.#context.clearRect(0, 0, size, size);
    this.#lower(false);
    this.#events.changed();
  }

  /** Replaces the drawing by a picture of 28 × 28 pixels. */
  show(pixels: Uint8Array): void {
    const small = new OffscreenCanvas(28, 28);
    const context = small.getContext("2d")!;
    const image = context.createImageData(28, 28);
    pixels.forEach((value, i) => {
      image.data[4 * i + 3] = value;
    });
    context.putImageData(image, 0, 0);
    this.#context.clearRect(0, 0, size, size);
    this.#context.imageSmoothingQuality = "high";
    this.#context.drawImage(small, 0, 0, size, size);
    this.#lower(false);
    this.#events.changed();
  }

  /** The drawing as MNIST would have it; null where nothing is drawn. */
  picture(): Uint8Array | null {
    const { data } = this.#context.getImageData(0, 0, size, size);
    // Ink is black, so all there is to it is how opaque it is.
    const ink = new Uint8Array(size * size);
    for (let i = 0; i < ink.length; i++) ink[i] = data[4 * i + 3]!;
    return centre(ink, size);
  }

  #line(from: readonly [number, number], to: readonly [number, number]): void {
    this.#context.beginPath();
    this.#context.moveTo(...from);
    this.#context.lineTo(...to);
    this.#context.stroke();
  }

  #listenToPointers(): void {
    const paper = this.#paper;
    let stroke: { pointer: number; last: readonly [number, number] } | undefined;
    const place = (event: PointerEvent): [number, number] => {
      const { left, top, width, height } = paper.getBoundingClientRect();
      return [((event.clientX - left) / width) * size, ((event.clientY - top) / height) * size];
    };
    paper.addEventListener("pointerdown", (event) => {
      if (stroke || event.button !== 0) return;
      paper.setPointerCapture(event.pointerId);
      this.#lower(false);
      this.#cursor.hidden = true;
      stroke = { pointer: event.pointerId, last: place(event) };
      this.#line(stroke.last, stroke.last);
    });
    paper.addEventListener("pointermove", (event) => {
      if (event.pointerId !== stroke?.pointer) return;
      const moves = event.getCoalescedEvents?.() ?? [];
      for (const move of moves.length > 0 ? moves : [event]) {
        const next = place(move);
        this.#line(stroke.last, next);
        stroke.last = next;
      }
    });
    const end = (event: PointerEvent) => {
      if (event.pointerId !== stroke?.pointer) return;
      stroke = undefined;
      this.#events.changed();
    };
    paper.addEventListener("pointerup", end);
    paper.addEventListener("pointercancel", end);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    this.#cursor.hidden = false;
    if (arrow) this.#move(arrow, event.shiftKey ? 4 : 1);
    else if (event.key === " ") this.#lower(!this.#down);
    else if (event.key === "Escape") this.#lower(false);
    else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else if (/^[0-9]$/.test(event.key)) this.#events.sample(Number(event.key));
    else return;
    event.preventDefault();
  }

  #move([x, y]: readonly [number, number], strides: number): void {
    const inside = (v: number) => Math.min(Math.max(v, stride), size - stride);
    const next = [
      inside(this.#at[0] + x * strides * stride),
      inside(this.#at[1] + y * strides * stride),
    ] as const;
    if (this.#down) this.#line(this.#at, next);
    this.#at = next;
    this.#showCursor();
    if (this.#down) this.#events.changed();
  }

  #lower(down: boolean): void {
    if (down === this.#down) return;
    this.#down = down;
    this.#showCursor();
    this.#events.pen(down);
    if (!down) return;
    this.#line(this.#at, this.#at);
    this.#events.changed();
  }

  #showCursor(): void {
    const [x, y] = this.#at;
    this.#cursor.style.left = `${(100 * x) / size}%`;
    this.#cursor.style.top = `${(100 * y) / size}%`;
    this.#cursor.classList.toggle("down", this.#down);
  }
}
