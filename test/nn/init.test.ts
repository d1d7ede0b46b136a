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

test("a parameter is filled without being recorded", () => {
  const p = new nn.Parameter(torch.empty(2, 2));
  init.normal_(p, 0, 0.01);
  expect([p.isLeaf, p.requiresGrad, p.gradFn]).toEqual([true, true, null]);
});

test("sizes that have no fan are refused", () => {
  expect(() => init.xavierUniform_(torch.empty(3))).toThrow(
    "can not be computed for tensor with fewer than 2 dimensions: [3]",
  );
});
