import { describe, expect, it } from "vitest";
import { ticks } from "../../examples/digits/chart.js";
import { drawDigits } from "../../examples/digits/draw.js";
import { pictureUri } from "../../examples/digits/picture.js";
import { escapeHtml, type Run, reportHtml } from "../../examples/digits/report.js";

const pixels = drawDigits(1, 1).images;
const confusion = Array.from({ length: 10 }, (_, i) =>
  Array.from({ length: 10 }, (_, j) => (i === j ? 9 : 0)),
);
(confusion[4] as number[])[9] = 3;
const run: Run = {
  title: `lenet on <b>"digits" & 'more'</b>`,
  facts: [["data", "<script>alert(1)</script>"]],
  train: [0.25, 0.5, 0.75, 1].map((epoch) => ({ epoch, loss: 1 - epoch / 2, accuracy: 0.5 + epoch / 3 })),
  test: [{ epoch: 1, loss: 0.4, accuracy: 0.97 }],
  accuracy: 0.9678,
  loss: 0.1234,
  confusion,
  hash: "ab".repeat(32),
  mistakes: [{ pixels, label: 4, guess: 9, confidence: 0.876 }],
};

describe("reportHtml", () => {
  it("has all its sections", () => {
    const html = reportHtml(run);
    expect(html).toContain("96.78 %");
    expect(html).toContain("0.1234");
    expect(html).toMatch(/<b>3<\/b> of 93 wrong/);
    expect(html).toContain(run.hash);
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html.match(/<polyline/g)).toHaveLength(4);
    expect(html).toContain('title="3 of 12: 4 taken for 9">3</td>');
    expect(html).toContain('<td class="recall">75</td>');
    expect(html).toContain('alt="a 4 taken for a 9"');
    expect(html).toContain("88 % sure");
  });

  it("escapes what it is given", () => {
    const html = reportHtml(run);
    expect(html).not.toContain("<script");
    expect(html).not.toContain('<b>"digits"');
    expect(html).toContain("&#60;script&#62;");
    expect(escapeHtml(`&<>"'`)).toBe("&#38;&#60;&#62;&#34;&#39;");
  });

  it("needs nothing beside it", () => {
    const html = reportHtml(run);
    expect(html).not.toMatch(/https?:|<link (?!rel="icon" href="data:)|@import|url\(/);
    for (const [, source] of html.matchAll(/src="([^"]*)"/g)) expect(source).toMatch(/^data:/);
  });

  it("leaves out curves where nothing was trained, and says so where nothing is wrong", () => {
    const html = reportHtml({ ...run, train: [], test: [], mistakes: [] });
    expect(html).not.toContain("<svg");
    expect(html).toContain("None: every test image was recognised.");
  });

  it("draws no coordinate that is not a number, whatever the training came to", () => {
    const lost = { epoch: 1, loss: Number.NaN, accuracy: 0.1 };
    for (const points of [
      [lost],
      [{ epoch: 1, loss: Number.POSITIVE_INFINITY, accuracy: 0 }],
      [{ epoch: 1, loss: 0, accuracy: 1 }],
    ]) {
      const html = reportHtml({ ...run, train: points, test: points, loss: Number.NaN });
      for (const [svg] of html.matchAll(/<svg.*?<\/svg>/gs)) expect(svg).not.toMatch(/NaN|Infinity/);
    }
  });
});

describe("ticks", () => {
  it.each<[low: number, high: number, count: number, expected: number[]]>([
    [0, 2.3, 5, [0, 0.5, 1, 1.5, 2, 2.5]],
    [0, 3, 6, [0, 0.5, 1, 1.5, 2, 2.5, 3]],
    [0.9, 1, 5, [0.9, 0.92, 0.94, 0.96, 0.98, 1]],
    [0, 40, 6, [0, 10, 20, 30, 40]],
  ])("%d … %d", (low, high, count, expected) => {
    const found = ticks(low, high, count);
    expect(found).toHaveLength(expected.length);
    found.forEach((tick, i) => {
      expect(tick).toBeCloseTo(expected[i] as number, 9);
    });
  });
});

describe("pictureUri", () => {
  it("is a bitmap of 28 × 28 with the bottom row first", () => {
    const picture = new Uint8Array(784);
    picture.set([255, 0, 136], 0);
    picture[783] = 255;
    const bytes = Buffer.from(pictureUri(picture).replace("data:image/bmp;base64,", ""), "base64");
    expect(bytes.toString("latin1", 0, 2)).toBe("BM");
    expect([
      bytes.readUInt32LE(2),
      bytes.readInt32LE(18),
      bytes.readInt32LE(22),
      bytes.readUInt16LE(28),
    ]).toEqual([bytes.length, 28, 28, 4]);
    const start = bytes.readUInt32LE(10);
    expect(bytes[start + 13]).toBe(0x0f);
    expect([...bytes.subarray(start + 27 * 16, start + 27 * 16 + 2)]).toEqual([0xf0, 0x80]);
  });
});
