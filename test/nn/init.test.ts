import { describe, expect, test } from "vitest";
import * as torch from "../../src/index.js";

const { nn } = torch;
const { init } = nn;

/** What PyTorch 1.13 writes into [2, 3] after manual_seed(7). */
const cases: [string, (x: torch.Tensor) => torch.Tensor, number[]][] = [
  [
    "uniform_",
    (x) => init.uniform_(x, -1, 2),
    [0.6047676, -0.4035904, 0.9776351, 0.9706708, -0.3017153, 0.2751842],
  ],
  [
    "normal_",
    (x) => init.normal_(x, 1, 0.5),
    [0.9266024, 1.3930707, 1.4734108, 0.442828, 1.8453951, 0.5525861],
  ],
  ["constant_", (x) => init.constant_(x, 3), [3, 3, 3, 3, 3, 3]],
  [
    "xavierUniform_",
    (x) => init.xavierUniform_(x),
    [0.0765115, -0.6598892, 0.3488154, 0.3437294, -0.5854901, -0.1641822],
  ],
  [
    "xavierNormal_",
    (x) => init.xavierNormal_(x),
    [-0.0928414, 0.4971994, 0.5988226, -0.7047731, 1.0693495, -0.5659388],
  ],
  [
    "kaimingUniform_",
    (x) => init.kaimingUniform_(x),
    [0.0987759, -0.8519132, 0.4503187, 0.4437527, -0.7558644, -0.2119583],
  ],
  [
    "kaimingNormal_",
    (x) => init.kaimingNormal_(x),
    [-0.1198577, 0.6418817, 0.7730766, -0.9098581, 1.3805244, -0.7306239],
  ],
  [
    "truncNormal_",
    (x) => init.truncNormal_(x, { mean: 1, std: 2, a: -1, b: 2 }),
    [0.7166373, -0.2585835, 1.0495763, 1.0433738, -0.1498424, 0.4159359],
  ],
  [
    "orthogonal_",
    (x) => init.orthogonal_(x, { gain: 2 }),
    [-0.2368865, 1.2686142, 1.5279078, -0.9784217, 1.2644739, -1.2015809],
  ],
  ["sparse_", (x) => init.sparse_(x, 0.5), [0, 0.0078614, 0, -0.0111434, 0, -0.0089483]],
  ["eye_", (x) => init.eye_(x), [1, 0, 0, 0, 1, 0]],
];

describe("PyTorch's numbers", () => {
  test.each(cases)("%s", (_, fill, expected) => {
    torch.manualSeed(7);
    const x = torch.empty(2, 3);
    expect(fill(x)).toBe(x);
    (x.flatten().toArray() as number[]).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
  });
});

test("a tall orthogonal matrix has orthonormal columns: PyTorch's", () => {
  torch.manualSeed(7);
  const expected = [-0.0755353, 0.7852973, 0.4871993, -0.5086229, 0.8700179, 0.3530024];
  (init.orthogonal_(torch.empty(3, 2)).flatten().toArray() as number[]).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 6);
  });
});

test("a kernel of dirac_ hands its input on, group by group", () => {
  const weight = init.dirac_(torch.empty(4, 2, 3), { groups: 2 });
  expect(weight.select(2, 1).toArray()).toEqual([
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
  ]);
  expect(weight.sum().item()).toBe(4);
  const x = torch.randn(1, 4, 5);
  expect(nn.functional.conv1d(x, weight, { padding: 1, groups: 2 }).equal(x)).toBe(true);
});

test("a parameter is filled without being recorded", () => {
  const p = new nn.Parameter(torch.empty(2, 2));
  init.normal_(p, 0, 0.01);
  expect([p.isLeaf, p.requiresGrad, p.gradFn]).toEqual([true, true, null]);
});

test("sizes that do not fit are refused", () => {
  expect(() => init.orthogonal_(torch.empty(3))).toThrow("orthogonal_: Only tensors with 2 or more");
  expect(() => init.sparse_(torch.empty(3), 0.1)).toThrow("sparse_: Only tensors with 2 dim");
  expect(() => init.sparse_(torch.empty(3, 2), 2)).toThrow("sparse_: sparsity must be in [0, 1]: got 2");
  expect(() => init.dirac_(torch.empty(3, 2))).toThrow("dirac_: Only tensors with 3, 4, or 5 dim");
  expect(() => init.dirac_(torch.empty(3, 2, 1), { groups: 2 })).toThrow(
    "dirac_: dim 0 must be divisible by groups: 3 % 2",
  );
  expect(() => init.xavierUniform_(torch.empty(3))).toThrow(
    "can not be computed for tensor with fewer than 2 dimensions: [3]",
  );
});
