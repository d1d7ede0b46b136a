import { expect, it } from "vitest";
import { checkSettings } from "../../examples/browser/src/form.js";

const good = { lr: "0.05", epochs: "4", seed: "1" };

it("reads settings as they are typed", () => {
  expect(checkSettings(good)).toEqual({ settings: { lr: 0.05, epochs: 4, seed: 1 } });
  expect(checkSettings({ lr: " 0,1 ", epochs: "100", seed: "4294967295" })).toEqual({
    settings: { lr: 0.1, epochs: 100, seed: 4294967295 },
  });
  expect(checkSettings({ ...good, lr: "5e-2" })).toEqual({ settings: { lr: 0.05, epochs: 4, seed: 1 } });
});

it.each([
  ["lr", ["", "abc", "0", "-1", "1.01", "0.0.5", "NaN", "Infinity", "1e9", "0x1"]],
  ["epochs", ["", "0", "101", "1.5", "-1", "two"]],
  ["seed", ["", "-1", "4294967296", "1.5", "12345678901"]],
] as const)("names what is wrong with %s", (name, texts) => {
  for (const text of texts) {
    const checked = checkSettings({ ...good, [name]: text });
    expect("errors" in checked && Object.keys(checked.errors), text).toEqual([name]);
  }
});

it("names everything that is wrong at once", () => {
  const checked = checkSettings({ lr: "x", epochs: "x", seed: "x" });
  expect("errors" in checked && Object.keys(checked.errors)).toEqual(["lr", "epochs", "seed"]);
});
