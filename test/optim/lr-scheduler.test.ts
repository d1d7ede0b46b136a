import { describe, expect, test } from "vitest";
import * as torch from "../../src/index.js";

const { nn, optim } = torch;
const { lrScheduler } = optim;
const sgd = (lr = 1) => new optim.SGD([new nn.Parameter(torch.ones(2))], { lr });

function rates(make: (optimizer: torch.optim.SGD) => { step(): void }, epochs: number): number[] {
  const optimizer = sgd();
  const scheduler = make(optimizer);
  const seen = [optimizer.paramGroups[0]!.lr];
  for (let epoch = 0; epoch < epochs; epoch++) {
    optimizer.step();
    scheduler.step();
    seen.push(optimizer.paramGroups[0]!.lr);
  }
  return seen;
}
const close = (found: number[], expected: number[]) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((rate, i) => {
    expect(found[i]).toBeCloseTo(rate, 12);
  });
};

describe("PyTorch's rates, from 1 on", () => {
  const { StepLR, MultiStepLR, ExponentialLR, CosineAnnealingLR } = lrScheduler;
  test("StepLR", () =>
    close(
      rates((o) => new StepLR(o, 2, { gamma: 0.5 }), 5),
      [1, 1, 0.5, 0.5, 0.25, 0.25],
    ));
  test("MultiStepLR", () =>
    close(
      rates((o) => new MultiStepLR(o, [1, 3, 3]), 4),
      [1, 0.1, 0.1, 0.001, 0.001],
    ));
  test("ExponentialLR", () =>
    close(
      rates((o) => new ExponentialLR(o, 0.9), 3),
      [1, 0.9, 0.81, 0.729],
    ));
  test("CosineAnnealingLR", () =>
    close(
      rates((o) => new CosineAnnealingLR(o, 3, { etaMin: 0.1 }), 7),
      [1, 0.775, 0.325, 0.1, 0.325, 0.775, 1, 0.775],
    ));
  test("LinearLR", () =>
    close(
      rates((o) => new lrScheduler.LinearLR(o, { startFactor: 0.25, totalIters: 3 }), 5),
      [0.25, 0.5, 0.75, 1, 1, 1],
    ));
  test("LambdaLR", () =>
    close(
      rates((o) => new lrScheduler.LambdaLR(o, (e) => 1 / (1 + e)), 3),
      [1, 1 / 2, 1 / 3, 1 / 4],
    ));
  test("MultiplicativeLR", () =>
    close(
      rates((o) => new lrScheduler.MultiplicativeLR(o, () => 0.5), 3),
      [1, 0.5, 0.25, 0.125],
    ));
  test("ConstantLR", () =>
    close(
      rates((o) => new lrScheduler.ConstantLR(o, { factor: 0.5, totalIters: 2 }), 3),
      [0.5, 0.5, 1, 1],
    ));
  test("PolynomialLR", () =>
    close(
      rates((o) => new lrScheduler.PolynomialLR(o, { totalIters: 4, power: 2 }), 5),
      [1, 0.5625, 0.25, 0.0625, 0, 0],
    ));
  test("ReduceLROnPlateau", () => {
    const losses = [1, 0.9, 0.95, 0.95, 0.95, 0.95, 0.95, 0.1, 0.1, 0.1];
    const optimizer = sgd();
    const scheduler = new lrScheduler.ReduceLROnPlateau(optimizer, { patience: 1, cooldown: 1, factor: 0.5 });
    const seen = losses.map((loss, i) => {
      scheduler.step(i % 2 ? loss : torch.tensor(loss, { dtype: "float64" }));
      return optimizer.paramGroups[0]!.lr;
    });
    close(seen, [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125]);
  });
});

test("schedules chain, and a rate changed by hand is built on", () => {
  const optimizer = sgd();
  const schedules = [
    new lrScheduler.ExponentialLR(optimizer, 0.5),
    new lrScheduler.StepLR(optimizer, 1, { gamma: 0.5 }),
  ];
  for (const schedule of schedules) schedule.step();
  expect(optimizer.paramGroups[0]!.lr).toBe(0.25);
  optimizer.paramGroups[0]!.lr = 8;
  schedules[0]!.step();
  expect(schedules[0]!.getLastLr()).toEqual([4]);
});

test("state dicts have PyTorch's names, and go on where they were", () => {
  const first = new lrScheduler.StepLR(sgd(), 2);
  first.step();
  const state = first.stateDict();
  expect(state).toEqual({
    step_size: 2,
    gamma: 0.1,
    base_lrs: [1],
    last_epoch: 1,
    verbose: false,
    _step_count: 2,
    _get_lr_called_within_step: false,
    _last_lr: [1],
  });
  const second = new lrScheduler.StepLR(sgd(), 5);
  second.loadStateDict(state);
  second.step();
  expect([second.lastEpoch, second.getLastLr()]).toEqual([2, [0.1]]);
});

test("the optimizer's state dict and text name the rate that was started from", () => {
  const optimizer = sgd(0.5);
  new lrScheduler.ExponentialLR(optimizer, 0.5).step();
  expect(optimizer.stateDict().param_groups[0]).toMatchObject({ lr: 0.25, initial_lr: 0.5 });
  expect(String(optimizer)).toContain("    initial_lr: 0.5\n    lr: 0.25\n");
});

describe("bad input", () => {
  const refused: [string, () => unknown, string][] = [
    ["no optimizer", () => new lrScheduler.StepLR({} as never, 2), "StepLR: an object is not an Optimizer"],
    ["step size", () => new lrScheduler.StepLR(sgd(), 0), "StepLR: stepSize must be at least 1: got 0"],
    ["option", () => new lrScheduler.StepLR(sgd(), 2, { gama: 1 } as never), 'did you mean "gamma"?'],
    [
      "factor",
      () => new lrScheduler.LinearLR(sgd(), { startFactor: 2 }),
      "Starting multiplicative factor expected to be between 0 and 1",
    ],
    ["lambdas", () => new lrScheduler.LambdaLR(sgd(), []), "LambdaLR: Expected 1 lr_lambdas, but got 0"],
    [
      "resuming",
      () => new lrScheduler.ExponentialLR(sgd(), 0.5, { lastEpoch: 3 }),
      "'initialLr' is not specified in paramGroups[0]",
    ],
    ["plateau", () => new lrScheduler.ReduceLROnPlateau(sgd(), { factor: 1 }), "Factor should be < 1.0"],
    [
      "mode",
      () => new lrScheduler.ReduceLROnPlateau(sgd(), { mode: "least" as never }),
      'mode must be one of "min", "max"',
    ],
    [
      "measure",
      () => new lrScheduler.ReduceLROnPlateau(sgd()).step(undefined as never),
      "measure must be a number",
    ],
  ];
  test.each(refused)("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
