/** @file Line charts as SVG, drawn again as the numbers come in. */
import { ticks } from "../../digits/chart.js";

export interface Axis {
  low: number;
  /** The top; without it, the largest value. */
  high?: number;
  format: (y: number) => string;
}

export interface Line {
  /** The class that colours it. */
  style: string;
  points: readonly (readonly [x: number, y: number])[];
  dots?: boolean;
}

const margin = { left: 46, right: 10, top: 10, bottom: 22 };

function element(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

export class Chart {
  #lines: readonly Line[] = [];
  /** Where the horizontal axis ends, in epochs. */
  #end = 1;
  readonly #svg: SVGSVGElement;
  readonly #axis: Axis;

  constructor(svg: SVGSVGElement, axis: Axis) {
    this.#svg = svg;
    this.#axis = axis;
    // Redrawn at every size, so that its letters have the page's size.
    new ResizeObserver(() => this.#draw()).observe(svg);
  }

  show(lines: readonly Line[], end: number): void {
    this.#lines = lines;
    this.#end = end;
    this.#draw();
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.#svg;
    if (width === 0) return;
    const { low, high, format } = this.#axis;
    const values = this.#lines.flatMap(({ points }) => points.map(([, y]) => y));
    // What guessing among ten costs stands for a loss that is not known yet.
    const largest = values.length > 0 ? Math.max(...values, 0.01) : Math.log(10);
    const yTicks = ticks(low, high ?? largest, 4);
    const top = yTicks.at(-1)!;
    const [right, bottom] = [width - margin.right, height - margin.bottom];
    const px = (x: number) => (margin.left + (x / this.#end) * (right - margin.left)).toFixed(1);
    const py = (y: number) => (bottom - ((y - low) / (top - low)) * (bottom - margin.top)).toFixed(1);

    const parts = yTicks.flatMap((y) => [
      element("line", { class: "grid", x1: margin.left, x2: right, y1: py(y), y2: py(y) }),
      element("text", { x: margin.left - 8, y: py(y), dy: ".35em", "text-anchor": "end" }, format(y)),
    ]);
    const xTicks = ticks(0, this.#end, 5).filter((x) => x <= this.#end + 1e-9);
    const lastTick = xTicks.at(-1)!;
    for (const x of xTicks) {
      const last = x === lastTick;
      // The last one has the unit beside it and needs the room.
      if (!last && Number(px(lastTick)) - Number(px(x)) < 76) continue;
      const text = `${+x.toFixed(3)}${last ? (x === 1 ? " epoch" : " epochs") : ""}`;
      const anchor = last && px(x) === px(this.#end) ? "end" : "middle";
      parts.push(element("text", { x: px(x), y: height - 5, "text-anchor": anchor }, text));
    }
    for (const { style, points, dots } of this.#lines) {
      const group = element("g", { class: style });
      group.append(element("polyline", { points: points.map(([x, y]) => `${px(x)},${py(y)}`).join(" ") }));
      if (dots)
        for (const [x, y] of points) group.append(element("circle", { cx: px(x), cy: py(y), r: 3.5 }));
      parts.push(group);
    }
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#svg.replaceChildren(...parts);
  }
}
