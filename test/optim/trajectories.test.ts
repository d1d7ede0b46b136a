/** Parameters after the first and the fifth step on one small problem, as PyTorch 1.13 gives them. */
import { describe, expect, test } from "vitest";
import * as torch from "../../src/index.js";

const { optim } = torch;

/** ½Σx² + y·Σx + y³, five times; returns [x₀, x₁, x₂, y] after the first and the last step. */
function trajectory(make: (params: torch.Tensor[]) => { step(): unknown; zeroGrad(): void }): number[][] {
  const x = torch.tensor([1, -2, 3], { dtype: "float32", requiresGrad: true });
  const y = torch.tensor([[0.5]], { requiresGrad: true });
  const optimizer = make([x, y]);
  const seen: number[][] = [];
  for (let k = 0; k < 5; k++) {
    optimizer.zeroGrad();
    const loss = x.square().sum().mul(0.5).add(x.sum().mul(y).sum()).add(y.pow(3).sum());
    loss.backward();
    optimizer.step();
    seen.push([...(x.detach().toArray() as number[]), y.item() as number]);
  }
  return [seen[0]!, seen[4]!];
}

const { SGD, Adam, AdamW, RMSprop, Adagrad, Adadelta, Adamax, NAdam, RAdam, ASGD, Rprop } = optim;
type Case = [
  name: string,
  make: (params: torch.Tensor[]) => torch.optim.Optimizer,
  first: number[],
  fifth: number[],
];
// biome-ignore format: a row an optimizer
const cases: Case[] = [
  ["SGD", (p) => new SGD(p, { lr: 0.1 }), [0.85000002, -1.85, 2.6500001, 0.22499999], [0.56909382, -1.2023761, 1.7500739, -0.35856631]],
  ["SGD with momentum", (p) => new SGD(p, { lr: 0.1, momentum: 0.9 }), [0.85000002, -1.85, 2.6500001, 0.22499999], [0.097227752, 0.18470772, 0.038907889, -2.5614512]],
  ["SGD, Nesterov and decay", (p) => new SGD(p, { lr: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01 }), [0.85654998, -1.8556, 2.66465, 0.23827501], [0.3099879, -0.62167919, 0.93109936, -1.1237694]],
  ["SGD, dampened, uphill", (p) => new SGD(p, { lr: 0.05, momentum: 0.8, dampening: 0.3, maximize: true }), [1.075, -2.075, 3.175, 0.63749999], [1.8841774, -2.6080861, 4.8790197, 2.6140261]],
  ["Adam", (p) => new Adam(p, { lr: 0.1 }), [0.89999998, -1.9, 2.9000001, 0.40000001], [0.51288354, -1.5000261, 2.5035136, 0.0094730705]],
  ["Adam with decay", (p) => new Adam(p, { lr: 0.1, weightDecay: 0.1 }), [0.89999998, -1.9, 2.9000001, 0.40000001], [0.51252764, -1.5002891, 2.5033598, 0.0096999258]],
  ["AMSGrad", (p) => new Adam(p, { lr: 0.05, amsgrad: true, betas: [0.8, 0.95], eps: 1e-4 }), [0.95000333, -1.9500034, 2.9500015, 0.45000181], [0.75320143, -1.7500234, 2.7511477, 0.25301841]],
  ["AdamW", (p) => new AdamW(p, { lr: 0.1 }), [0.89899999, -1.898, 2.8970001, 0.39950001], [0.50903016, -1.4910892, 2.4896181, 0.008091554]],
  ["AdamW, AMSGrad, uphill", (p) => new AdamW(p, { lr: 0.1, weightDecay: 0.2, amsgrad: true, maximize: true }), [1.08, -2.0599999, 3.04, 0.59000003], [1.3864999, -2.2872834, 3.1933813, 0.9345293]],
  ["RMSprop", (p) => new RMSprop(p, { lr: 0.05 }), [0.5, -1.5, 2.5, 0], [0.47336867, -0.41860372, 1.7318393, -1.0329204]],
  ["RMSprop, centered", (p) => new RMSprop(p, { lr: 0.05, centered: true, momentum: 0.5, weightDecay: 0.1 }), [0.49748111, -1.4974811, 2.4974811, -0.0025189475], [0.592857, 0.65720201, 1.0998597, -2.3730745]],
  ["Adagrad", (p) => new Adagrad(p, { lr: 0.1, lrDecay: 0.05, initialAccumulatorValue: 0.5 }), [0.90954661, -1.9095466, 2.9019804, 0.40315038], [0.73989022, -1.7162961, 2.7121911, 0.22639649]],
  ["Adadelta", (p) => new Adadelta(p, { lr: 0.5 }), [0.99841887, -1.9984188, 2.9984188, 0.49841887], [0.99180496, -1.9917835, 2.9917929, 0.49180681]],
  ["Adamax", (p) => new Adamax(p, { lr: 0.1, weightDecay: 0.1 }), [0.89999998, -1.9, 2.9000001, 0.40000001], [0.56717753, -1.5036573, 2.5281458, 0.062324658]],
  ["NAdam", (p) => new NAdam(p, { lr: 0.05 }), [0.94752342, -1.9475235, 2.9475236, 0.44752342], [0.80746442, -1.7985207, 2.8020563, 0.30717751]],
  ["RAdam", (p) => new RAdam(p, { lr: 0.05, betas: [0.8, 0.9] }), [0.92500001, -1.925, 2.825, 0.36250001], [0.68350828, -1.6099248, 2.2124639, -0.060575567]],
  ["ASGD", (p) => new ASGD(p, { lr: 0.1, lambd: 0.01, t0: 2 }), [0.84900004, -1.848, 2.6470001, 0.2245], [0.56635636, -1.196775, 1.7417772, -0.3564077]],
  ["Rprop", (p) => new Rprop(p, { lr: 0.05 }), [0.94999999, -1.95, 2.95, 0.44999999], [0.62791991, -1.62792, 2.6279202, 0.12791997]],
];

describe("PyTorch's trajectories", () => {
  test.each(cases)("%s", (_, make, first, fifth) => {
    const found = trajectory(make);
    [first, fifth].forEach((expected, i) => {
      expected.forEach((value, j) => {
        expect(Math.abs(found[i]![j]! - value), `element ${j}`).toBeLessThanOrEqual(
          1e-6 + 2e-6 * Math.abs(value),
        );
      });
    });
  });
});
