/** A line of a chart. */
export interface Series {
  name: string;
  /** The class that colours it. */
  style: string;
  points: readonly (readonly [x: number, y: number])[];
  /** Marks each point with a dot. */
  dots?: boolean;
}

/** What a chart shows and how its vertical axis is written. */
export interface Chart {
  title: string;
  series: readonly Series[];
  /** The ends of the vertical axis, points below them left out; without them, 0 and the largest value. */
  range?: readonly [low: number, high: number];
  format: (y: number) => string;
}

const [width, height] = [520, 260];
const frame = { left: 52, right: width - 14, top: 14, bottom: height - 34 };

/** A line chart over epochs as inline SVG; points that are not finite are left out. */
export function chartSvg({ title, series, range, format }: Chart): string {
  const lowest = range?.[0] ?? 0;
  const shown = series.map((one) => ({
    ...one,
    points: one.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && y >= lowest),
  }));
  const all = shown.flatMap(({ points }) => points);
  const right = Math.max(...all.map(([x]) => x), 1e-9);
  const [low, high] = range ?? [0, Math.max(...all.map(([, y]) => y), 1e-9)];
  const yTicks = ticks(low, high, 5);
  const top = Math.max(high, yTicks.at(-1) ?? high);
  const px = (x: number) => (frame.left + (x / right) * (frame.right - frame.left)).toFixed(1);
  const py = (y: number) =>
    (frame.bottom - ((y - low) / (top - low)) * (frame.bottom - frame.top)).toFixed(1);
  const path = (points: Series["points"]) => points.map(([x, y]) => `${px(x)},${py(y)}`).join(" ");

  const grid = yTicks.map(
    (y) =>
      `<line class="grid" x1="${frame.left}" x2="${frame.right}" y1="${py(y)}" y2="${py(y)}"/>` +
      `<text x="${frame.left - 8}" y="${py(y)}" dy=".35em" text-anchor="end">${format(y)}</text>`,
  );
  const epochs = ticks(0, right, 6)
    .filter((x) => x <= right)
    .map(
      (x) =>
        `<text x="${px(x)}" y="${frame.bottom + 18}" text-anchor="middle">${Number(x.toFixed(6))}</text>`,
    );
  const lines = shown.map(({ style, points, dots }) => {
    const marks = dots ? points.map(([x, y]) => `<circle cx="${px(x)}" cy="${py(y)}" r="4"/>`) : [];
    return `<g class="${style}"><polyline points="${path(points)}"/>${marks.join("")}</g>`;
  });
  const legend = series.map(({ name, style }) => `<span class="key ${style}">${name}</span>`);
  return `<figure class="chart">
<figcaption>${title} ${legend.join(" ")}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title} over epochs">
${grid.join("\n")}
${epochs.join("\n")}
<text x="${frame.right}" y="${height - 3}" text-anchor="end">epochs</text>
${lines.join("\n")}
</svg>
</figure>`;
}

/** About `count` numbers from `low` to the first at or above `high`, 1, 2 or 5 · 10ⁿ apart. */
export function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
