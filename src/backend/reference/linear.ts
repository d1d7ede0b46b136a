/** Products of matrices, convolutions, pooling. */
import type { LinearKernels } from "../backend.js";
import { convolution } from "./conv.js";
import { products } from "./matmul.js";
import { pooling } from "./pool.js";

export const linear: LinearKernels = { ...products, ...convolution, ...pooling };
