import { afterEach, describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

afterEach(() => {
  expect(torch.isGradEnabled()).toBe(true);
});

const x = () => torch.ones(2, { requiresGrad: true });

describe("noGrad", () => {
  it("returns what its callback returns, unrecorded", () => {
    const y = torch.noGrad(() => x().mul(2));
    expect([y.requiresGrad, y.isLeaf, y.toArray()]).toEqual([false, true, [2, 2]]);
    expect(torch.noGrad(() => 5)).toBe(5);
  });

  it("ends with its callback, whatever happens in it", () => {
    expect(() =>
      torch.noGrad(() => {
        throw new RangeError("inside");
      }),
    ).toThrow(RangeError);
    expect(x().mul(2).requiresGrad).toBe(true);
  });

  it("as a guard lasts until it is disposed of", () => {
    const guard = torch.noGrad();
    expect([torch.isGradEnabled(), x().mul(2).requiresGrad]).toEqual([false, false]);
    guard[Symbol.dispose]();
    expect(torch.isGradEnabled()).toBe(true);
  });

  it("nests with enableGrad and setGradEnabled", () => {
    const modes = torch.noGrad(() => [
      torch.isGradEnabled(),
      torch.enableGrad(() => torch.isGradEnabled()),
      torch.setGradEnabled(true, () => torch.noGrad(() => torch.isGradEnabled())),
      torch.isGradEnabled(),
    ]);
    expect(modes).toEqual([false, true, false, false]);
    const guards = [torch.setGradEnabled(false), torch.enableGrad(), torch.setGradEnabled(false)];
    expect(torch.isGradEnabled()).toBe(false);
    for (const guard of guards.reverse()) guard[Symbol.dispose]();
  });

  it("leaves a leaf a leaf, and lets it be changed in place", () => {
    const w = x();
    torch.noGrad(() => w.sub_(0.5));
    expect([w.requiresGrad, w.isLeaf, w.toArray()]).toEqual([true, true, [0.5, 0.5]]);
  });

  it.each([
    ["noGrad", () => torch.noGrad(async () => 1)],
    ["enableGrad", () => torch.enableGrad(async () => 1)],
    ["setGradEnabled", () => torch.setGradEnabled(false, async () => 1)],
  ])("%s refuses a promise", (name, run) => {
    expect(run).toThrow(
      `${name}: the callback returned a promise, but the mode ends when the callback returns`,
    );
  });
});
