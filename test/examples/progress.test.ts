import { describe, expect, it } from "vitest";
import {
  formatBar,
  formatLine,
  formatSeconds,
  Progress,
  type State,
} from "../../examples/digits/progress.js";

const state: State = {
  epoch: 2,
  epochs: 3,
  batch: 47,
  batches: 94,
  loss: 0.12345,
  accuracy: 0.9612,
  imagesPerSecond: 2345.6,
  secondsLeft: 7.4,
};
const measures = "loss 0.1235  accuracy 96.12 %  2346 images/s  ETA 0:07";

function screen(isTTY: boolean) {
  return {
    isTTY,
    columns: 100,
    text: "",
    write(text: string) {
      this.text += text;
    },
  };
}

describe("formatBar", () => {
  it("fills the share done", () => {
    expect(formatBar(state, 200)).toBe(`epoch 2/3 ${"━".repeat(20)}${"┄".repeat(20)}  ${measures}`);
    expect(formatBar({ ...state, batch: 94 }, 200)).toContain(` ${"━".repeat(40)}  `);
  });

  it("never reaches the last column", () => {
    for (let columns = 0; columns < 130; columns++) {
      expect(formatBar(state, columns).length).toBeLessThanOrEqual(Math.max(columns - 1, 0));
    }
  });
});

describe("formatLine", () => {
  it("says the same in words", () => {
    expect(formatLine(state)).toBe(`epoch 2/3  batch 47/94  ${measures}`);
  });
});

describe("formatSeconds", () => {
  it.each([
    [0, "0:00"],
    [59.6, "1:00"],
    [750, "12:30"],
    [3723, "1:02:03"],
    [Number.NaN, "–:––"],
    [Number.POSITIVE_INFINITY, "–:––"],
  ])("%d s is %s", (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe("Progress", () => {
  it("writes four plain lines an epoch where there is no terminal", () => {
    const out = screen(false);
    const progress = new Progress(out);
    for (let batch = 1; batch <= 94; batch++) progress.update({ ...state, batch });
    progress.line("done");
    const lines = out.text.split("\n");
    expect(lines.map((line) => line.match(/batch (\d+)/)?.[1])).toEqual([
      "24",
      "47",
      "71",
      "94",
      undefined,
      undefined,
    ]);
    expect(lines.slice(-2)).toEqual(["done", ""]);
    expect(out.text).not.toContain("\r");
  });

  it("redraws one line on a terminal, ten times a second at most, and makes room for what stays", () => {
    const out = screen(true);
    let time = 0;
    const progress = new Progress(out, () => time);
    for (let batch = 1; batch <= 94; batch++) {
      progress.update({ ...state, batch });
      time += 50;
    }
    expect(out.text.split("\r\x1b[K")).toHaveLength(1 + 48);
    expect(out.text).not.toContain("\n");
    out.text = "";
    progress.line("done");
    progress.line("more");
    expect(out.text).toBe("\r\x1b[Kdone\nmore\n");
  });
});
