import { chartSvg, type Series } from "./chart.js";
import { pictureUri } from "./picture.js";
import { formatPercent } from "./progress.js";
import { style } from "./style.js";

/** Loss and accuracy at a time, in epochs since the start. */
export interface Point {
  epoch: number;
  loss: number;
  accuracy: number;
}

/** A picture taken for another digit than it is. */
export interface Mistake {
  /** [28, 28] */
  pixels: Uint8Array;
  label: number;
  guess: number;
  /** The probability the network gave its guess. */
  confidence: number;
}

/** All that a report shows. */
export interface Run {
  title: string;
  /** Name and value of what the run was told and what came of it, in order. */
  facts: readonly (readonly [name: string, value: string])[];
  /** Over the last batches, as training went; empty where nothing was trained. */
  train: readonly Point[];
  /** On the test images, after each epoch. */
  test: readonly Point[];
  /** Accuracy and loss on the test images at the end. */
  accuracy: number;
  loss: number;
  /** `confusion[label][guess]` counts test images. */
  confusion: readonly (readonly number[])[];
  /** SHA-256 of the weights. */
  hash: string;
  /** The worst first. */
  mistakes: readonly Mistake[];
}

/**
 * The report of a run: one page that needs nothing beside it, in the reader's own light or dark.
 *
 * @example
 * writeFileSync("report.html", reportHtml(run));
 */
export function reportHtml(run: Run): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(run.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${header(run)}
${run.train.length > 0 ? curves(run) : ""}
${confusionTable(run.confusion)}
${gallery(run)}
</main>
</body>
</html>
`;
}

/** Text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function header({ title, facts, accuracy, loss, confusion, hash }: Run): string {
  const images = sum(confusion.flat());
  const wrong = images - sum(confusion.map((row, label) => row[label] ?? 0));
  const fact = (name: string, value: string, kind: string) =>
    `<div class="${kind}"><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`;
  const list = facts.map(([name, value]) => fact(name, value, "fact"));
  list.push(fact("SHA-256 of the weights", hash, "hash"));
  return `<header>
<h1>${escapeHtml(title)}</h1>
<p class="result"><span><b>${formatPercent(accuracy)}</b> test accuracy</span>
<span><b>${loss.toFixed(4)}</b> test loss</span>
<span><b>${wrong}</b> of ${images} wrong</span></p>
<dl>${list.join("\n")}</dl>
</header>`;
}

function curves({ train, test }: Run): string {
  const series = (value: (point: Point) => number): Series[] => [
    { name: "train", style: "train", points: train.map((point) => [point.epoch, value(point)]) },
    { name: "test", style: "test", points: test.map((point) => [point.epoch, value(point)]), dots: true },
  ];
  // The start, a guess among ten, would flatten all that follows: the axis begins with what comes soon after.
  const later = [...train.slice(Math.floor(train.length / 10)), ...test].map((point) => point.accuracy);
  const low = Math.min(Math.floor(10 * Math.min(...later)) / 10, 0.9);
  const loss = chartSvg({
    title: "Loss",
    series: series((point) => point.loss),
    format: (y) => String(+y.toFixed(6)),
  });
  const accuracy = chartSvg({
    title: "Accuracy",
    series: series((point) => point.accuracy),
    range: [low, 1],
    format: (y) => `${+(100 * y).toFixed(4)} %`,
  });
  return `<section>
<h2>Learning</h2>
<div class="charts">
${loss}
${accuracy}
</div>
</section>`;
}

function confusionTable(confusion: Run["confusion"]): string {
  const digits = confusion.map((_, digit) => `<th scope="col">${digit}</th>`);
  const rows = confusion.map((row, label) => {
    const images = sum(row);
    const right = images > 0 ? (row[label] ?? 0) / images : Number.NaN;
    const cells = row.map((count, guess) => confusionCell(count, images, label, guess));
    const recall = images > 0 ? `${+(100 * right).toFixed(1)}` : "–";
    return `<tr><th scope="row">${label}</th>${cells.join("")}<td class="recall">${recall}</td></tr>`;
  });
  return `<section>
<h2>What is taken for what</h2>
<table class="confusion">
<caption>A row for each digit as it is, a column for what the network took it for;
on the right, % recognised.</caption>
<thead><tr><th></th>${digits.join("")}<th scope="col" class="recall">%</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>`;
}

function confusionCell(count: number, images: number, label: number, guess: number): string {
  if (count === 0) return `<td class="none">·</td>`;
  const share = count / images;
  // A mistake in twenty is as red as it gets; the square root keeps a single one visible.
  const heat = label === guess ? share : Math.sqrt(Math.min(20 * share, 1));
  const kind = label !== guess ? "wrong" : share > 0.6 ? "right" : "right faint";
  const title = `${count} of ${images}: ${label} taken for ${guess}`;
  return `<td class="${kind}" style="--heat:${(100 * heat).toFixed(0)}%" title="${title}">${count}</td>`;
}

function gallery({ mistakes }: Run): string {
  const pictures = mistakes.map(({ pixels, label, guess, confidence }) => {
    const sure = `${(100 * confidence).toFixed(0)} %`;
    return `<figure>
<img src="${pictureUri(pixels)}" width="84" height="84" alt="a ${label} taken for a ${guess}">
<figcaption><b>${label}</b> → <b class="guess">${guess}</b><br><small>${sure} sure</small></figcaption>
</figure>`;
  });
  const none = "<p>None: every test image was recognised.</p>";
  return `<section>
<h2>Worst mistakes</h2>
${pictures.length > 0 ? `<div class="gallery">\n${pictures.join("\n")}\n</div>` : none}
</section>`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
