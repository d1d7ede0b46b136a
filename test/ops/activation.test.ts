import { describe, expect, it } from "vitest";
import { logSoftmax, relu, softmax, tensor, zeros } from "../../src/index.js";
import {
  elu,
  gelu,
  hardtanh,
  leakyRelu,
  logsigmoid,
  relu6,
  silu,
  softmin,
  softplus,
} from "../../src/ops/activation/activation.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor([-2, -0.5, 0, 1, 30], { dtype: "float64" });

describe("values", () => {
  gives([
    ["relu", () => tensor([-1, -0, 2, nan, inf]).relu(), [0, -0, 2, nan, inf]],
    ["relu of whole numbers", () => tensor([-1, 2]).relu(), [0, 2]],
    ["sigmoid", () => tensor([0, inf, -inf, 100]).sigmoid(), [0.5, 1, 0, 1]],
    [
      "logsigmoid",
      () => logsigmoid(x),
      [-2.1269280110429727, -0.9740769841801067, -Math.LN2, -0.3132616875182229, -9.357622968839298e-14],
    ],
    [
      "silu",
      () => silu(x),
      [-0.2384058440442351, -0.1887703343990727, 0, 0.7310585786300049, 29.999999999997193],
    ],
    ["gelu", () => gelu(x), [-0.04550026389635842, -0.15426876936299344, 0, 0.8413447460685429, 30]],
    [
      "gelu tanh",
      () => gelu(x, { approximate: "tanh" }),
      [-0.0454023059122, -0.1542859901749, 0, 0.8411919906082768, 30],
    ],
    [
      "softplus",
      () => softplus(x),
      [0.12692801104297263, 0.4740769841801067, Math.LN2, 1.3132616875182228, 30],
    ],
    [
      "softplus beta",
      () => softplus(x, { beta: 2, threshold: 1 }),
      [0.0090749639589, 0.1566308442071, 0.34657359028, 1, 30],
    ],
    ["leakyRelu", () => leakyRelu(x, { negativeSlope: 0.5 }), [-1, -0.25, 0, 1, 30]],
    ["elu", () => elu(x), [-0.8646647167633873, -0.3934693402873666, 0, 1, 30]],
    [
      "hardtanh",
      () => [hardtanh(x), relu6(x)],
      [
        [-1, -0.5, 0, 1, 1],
        [0, 0, 0, 1, 6],
      ],
    ],
    [
      "softmax",
      () =>
        softmax(
          tensor([
            [0, 0],
            [1000, 0],
          ]).float(),
          1,
        ),
      [
        [0.5, 0.5],
        [1, 0],
      ],
    ],
    ["softmax of −∞", () => softmax(tensor([-inf, 0]), 0), [0, 1]],
    ["softmax of all −∞", () => softmax(tensor([-inf, -inf]), 0), [nan, nan]],
    ["softmax 0-d", () => [softmax(tensor(3.5), 0), softmax(tensor(-inf), 0)], [1, nan]],
    ["softmax of nothing", () => softmax(zeros(0, 2), 1), []],
    ["softmax with a dtype", () => softmax(tensor([0, 0]), 0, { dtype: "float64" }), [0.5, 0.5]],
    ["logSoftmax", () => logSoftmax(tensor([0, 1000]).float(), 0), [-1000, 0]],
    ["logSoftmax 0-d", () => logSoftmax(tensor(3.5), -1), 0],
    ["softmin", () => softmin(tensor([0, 1000]).float(), 0), [1, 0]],
  ]);
});

describe("gradients where the slope jumps", () => {
  const slope = (f: (x: ReturnType<typeof tensor>) => ReturnType<typeof tensor>, at: number) => {
    const x = tensor([at], { dtype: "float64", requiresGrad: true });
    f(x).sum().backward();
    return x.grad!.item();
  };
  it.each<[string, (x: ReturnType<typeof tensor>) => ReturnType<typeof tensor>, number, number]>([
    ["relu", relu, 0, 0],
    ["leakyRelu", leakyRelu, 0, 0.01],
    ["elu", elu, 0, 1],
    ["hardtanh", hardtanh, 1, 0],
    ["abs", (x) => x.abs(), 0, 0],
    ["clamp, bounds included", (x) => x.clamp(0, 1), 1, 1],
    ["sqrt", (x) => x.sqrt(), 0, Number.POSITIVE_INFINITY],
    ["norm", (x) => x.norm(), 0, 0],
    ["pow of 0", (x) => x.pow(2), 0, 0],
    ["logsigmoid far out", logsigmoid, -800, 1],
    ["softplus far out", softplus, 800, 1],
  ])("%s", (_, f, at, expected) => expect(slope(f, at)).toBeCloseTo(expected, 12));
});

describe("errors", () => {
  refuses([
    ["relu of what is no tensor", () => relu(3 as never), "ArgumentError: relu: expected a tensor: got 3"],
    ["relu of bools", () => relu(tensor([true])), "DTypeError: relu: Boolean inputs not supported for relu"],
    [
      "softmax of whole numbers",
      () => softmax(tensor([1]), 0),
      "DTypeError: softmax: not implemented for int64: give { dtype }",
    ],
    [
      "softmax along a dim there is not",
      () => softmax(x, 1),
      "IndexError: softmax: Dimension out of range: dim 1 of a tensor with 1 dims (expected -1 to 0)",
    ],
    [
      "an unknown approximation",
      () => gelu(x, { approximate: "tan" as "tanh" }),
      'ArgumentError: gelu: approximate must be one of "none", "tanh": got "tan"',
    ],
    [
      "an unknown option",
      () => elu(x, { alhpa: 1 } as object),
      'ArgumentError: elu: unknown option "alhpa"; did you mean "alpha"?',
    ],
  ]);
});
