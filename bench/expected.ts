/** What PyTorch 1.13 computes for the workloads, so that a fast wrong answer is seen. */
import type { Checksum } from "./numbers.js";

/** Sums over the results of forward workloads. */
export const expectedSums: Readonly<Record<string, Checksum>> = {
  matmul_64: { n: 4096, sum: 101.4655854, wsum: 111.3112867, abs: 8836.515839 },
  matmul_128: { n: 16384, sum: -319.363496, wsum: -24.68703258, abs: 49625.00465 },
  matmul_256: { n: 65536, sum: 560.4446741, wsum: -270.2068781, abs: 279825.8433 },
  matmul_512: { n: 262144, sum: -3806.007957, wsum: -1673.520676, abs: 1571291.012 },
  matmul_1024: { n: 1048576, sum: 4954.869868, wsum: 7307.716423, abs: 8902841.842 },
  matmul_64x784x256: { n: 16384, sum: 187.6220998, wsum: -600.0963847, abs: 122030.8591 },
  matmul_64x256x10: { n: 640, sum: 157.9407981, wsum: -19.33817568, abs: 2743.992934 },
  conv_lenet1: { n: 150528, sum: -92.48807708, wsum: 17.93469154, abs: 49085.69663 },
  conv_lenet2: { n: 51200, sum: 297.1644862, wsum: 76.69880135, abs: 41286.88998 },
  conv_resnet: { n: 1605632, sum: 169.1386103, wsum: -338.9731091, abs: 2519904.581 },
  add_1m: { n: 1048576, sum: 802.5670356, wsum: 527.9117274, abs: 698630.6663 },
  add_bcast: { n: 1048576, sum: 30037.57833, wsum: 167.1347779, abs: 692981.5511 },
  relu_1m: { n: 1048576, sum: 1049156.93, wsum: -260.8926023, abs: 1049156.93 },
  exp_1m: { n: 1048576, sum: 7159005.091, wsum: -1740.221724, abs: 7159005.091 },
  tanh_1m: { n: 1048576, sum: 794.2396253, wsum: 246.4713153, abs: 866822.6564 },
  gelu_1m: { n: 1048576, sum: 983679.0132, wsum: -243.4954428, abs: 1049015.849 },
  sum_1m: { n: 1, sum: 393.4492188, wsum: -196.7246094, abs: 393.4492188 },
  softmax_1024: { n: 1048576, sum: 1023.999996, wsum: -0.2988887897, abs: 1023.999996 },
  layernorm_1024: { n: 1048576, sum: 5.96658067e-5, wsum: 326.0586719, abs: 907863.0051 },
  add_16: { n: 16, sum: -5.846048117, wsum: -0.1623735324, abs: 12.55883574 },
  matmul_4: { n: 16, sum: 1.62599425, wsum: 0.857913747, abs: 11.72741483 },
  mlp_fwd_64: { n: 640, sum: 10.21026251, wsum: -0.0638263117, abs: 42.31074082 },
  mlp_fwd_1: { n: 10, sum: 0.3517516032, wsum: -0.08253215916, abs: 0.7118883207 },
  lenet_fwd_64: { n: 640, sum: -11.68095896, wsum: -0.00318148313, abs: 38.14588396 },
};

/** The losses of the first ten steps of training, each before its update. */
export const expectedLosses: Readonly<Record<string, readonly number[]>> = {
  mlp_train: [
    2.327324, 2.325123, 2.320961, 2.315068, 2.307675, 2.298986, 2.289186, 2.278444, 2.266915, 2.254738,
  ],
  lenet_train: [
    2.297517, 2.297028, 2.2961, 2.294791, 2.293143, 2.291211, 2.289067, 2.286715, 2.284224, 2.281635,
  ],
  gpt_train: [
    4.333798, 4.179729, 4.033849, 3.936433, 3.819307, 3.699295, 3.572504, 3.437601, 3.30141, 3.159684,
  ],
};
