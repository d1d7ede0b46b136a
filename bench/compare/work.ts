/** What the workloads are, said so that any library can be given them. Sizes are row-major, images [N, C, H, W]. */

export type Unary = "relu" | "exp" | "tanh" | "gelu";
export type Net = "mlp" | "lenet" | "gpt";

export type Work =
  /** [m, k] @ [k, n]. */
  | { kind: "matmul"; m: number; k: number; n: number; seeds: readonly [number, number] }
  /** Images x, weights w [O, C, k, k], stride 1, no bias. Seeds 3 and 4, the weights within ±0.25. */
  | { kind: "conv"; x: Sizes; w: Sizes; padding: number }
  /** a + b, b broadcast. */
  | { kind: "add"; a: readonly number[]; b: readonly number[]; seeds: readonly [number, number] }
  /** Of `count` numbers within ±4, seed 5. GELU is the tanh form. */
  | { kind: "unary"; op: Unary; count: number }
  /** Of `count` numbers within ±1, seed 5, to a scalar. */
  | { kind: "sum"; count: number }
  /** Of the rows of a square of numbers within ±4, seed 5. */
  | { kind: "softmax" | "layerNorm"; side: number }
  /** From a batch to its logits. */
  | { kind: "forward"; net: "mlp" | "lenet"; batch: number }
  /** Forward, mean cross-entropy, backward, update. */
  | { kind: "train"; net: Net };

export type Sizes = readonly [number, number, number, number];

const million = 1 << 20;
const matmul = (m: number, k: number, n: number): Work => ({ kind: "matmul", m, k, n, seeds: [1, 2] });
const unary = (op: Unary): Work => ({ kind: "unary", op, count: million });

/** By the name of the workload. */
export const works: Readonly<Record<string, Work>> = {
  matmul_64: matmul(64, 64, 64),
  matmul_128: matmul(128, 128, 128),
  matmul_256: matmul(256, 256, 256),
  matmul_512: matmul(512, 512, 512),
  matmul_1024: matmul(1024, 1024, 1024),
  matmul_64x784x256: matmul(64, 784, 256),
  matmul_64x256x10: matmul(64, 256, 10),
  conv_lenet1: { kind: "conv", x: [32, 1, 28, 28], w: [6, 1, 5, 5], padding: 2 },
  conv_lenet2: { kind: "conv", x: [32, 6, 14, 14], w: [16, 6, 5, 5], padding: 0 },
  conv_resnet: { kind: "conv", x: [8, 64, 56, 56], w: [64, 64, 3, 3], padding: 1 },
  add_1m: { kind: "add", a: [million], b: [million], seeds: [5, 6] },
  add_bcast: { kind: "add", a: [1024, 1024], b: [1024], seeds: [5, 6] },
  relu_1m: unary("relu"),
  exp_1m: unary("exp"),
  tanh_1m: unary("tanh"),
  gelu_1m: unary("gelu"),
  sum_1m: { kind: "sum", count: million },
  softmax_1024: { kind: "softmax", side: 1024 },
  layernorm_1024: { kind: "layerNorm", side: 1024 },
  add_16: { kind: "add", a: [16], b: [16], seeds: [7, 8] },
  matmul_4: { kind: "matmul", m: 4, k: 4, n: 4, seeds: [7, 8] },
  mlp_fwd_64: { kind: "forward", net: "mlp", batch: 64 },
  mlp_fwd_1: { kind: "forward", net: "mlp", batch: 1 },
  lenet_fwd_64: { kind: "forward", net: "lenet", batch: 64 },
  mlp_train: { kind: "train", net: "mlp" },
  lenet_train: { kind: "train", net: "lenet" },
  gpt_train: { kind: "train", net: "gpt" },
};

/** Hyperparameters of training. */
export const sgd = { lr: 0.01, momentum: 0.9, batch: 64 } as const;
export const adam = { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 } as const;
