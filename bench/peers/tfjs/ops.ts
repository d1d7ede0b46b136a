/** The ops that a network is made of, plain or with gradients written by hand. Images and filters as the library has them: NHWC, HWIO. */
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { tf } from "./backend.js";

export interface Ops {
  /** a @ b, or a @ bᵀ, of matrices or batches of them. */
  matmul(a: Tensor, b: Tensor, transposeB?: boolean): Tensor;
  /** x @ w + bias, perhaps followed by ReLU. */
  linear(x: Tensor, w: Tensor, bias?: Tensor, relu?: boolean): Tensor;
  /** Stride 1. */
  conv(x: Tensor4D, w: Tensor4D, padding: number): Tensor4D;
}

/** What the library offers by itself, products and what follows them fused. */
const plain: Ops = {
  matmul: (a, b, transposeB) => tf.matMul(a, b, false, transposeB),
  linear: (x, w, bias, relu) =>
    tf.fused.matMul({ a: x as Tensor2D, b: w as Tensor2D, bias, activation: relu ? "relu" : "linear" }),
  conv: (x, w, padding) => tf.conv2d(x, w, 1, padding),
};

/** Swaps the last two dimensions. */
function transposed(x: Tensor): Tensor {
  const order = x.shape.map((_, dim) => dim);
  order.push(...order.splice(-2).reverse());
  return tf.transpose(x, order);
}

/** Products of transposed operands are slow on this backend: the gradients transpose first. */
const product = tf.customGrad((...args) => {
  const [a, b, save] = args as [Tensor, Tensor, (saved: Tensor[]) => void];
  save([a, b]);
  return {
    value: tf.matMul(a, b),
    gradFunc: (g: Tensor, [x, y]: Tensor[]) => [tf.matMul(g, transposed(y!)), tf.matMul(transposed(x!), g)],
  };
});

/** Images [N, H, W, C] → the patches [N·h·w, k·k·C] under each place of a filter. */
function patches(x: Tensor4D, kernel: number, [height, width]: readonly [number, number]): Tensor2D {
  const [count, , , channels] = x.shape;
  const parts: Tensor[] = [];
  for (let i = 0; i < kernel; i++)
    for (let j = 0; j < kernel; j++) parts.push(tf.slice(x, [0, i, j, 0], [count, height, width, channels]));
  return tf.reshape(tf.concat(parts, 3), [count * height * width, kernel * kernel * channels]);
}

/** The backend has no gradient of a convolution by its filter: it is a product with patches. */
function convolution(padding: number) {
  return tf.customGrad((...args) => {
    const [images, filter, save] = args as [Tensor4D, Tensor4D, (saved: Tensor[]) => void];
    save([images, filter]);
    return {
      value: tf.conv2d(images, filter, 1, padding),
      gradFunc: (g: Tensor, saved: Tensor[]) => {
        const [x, w, dy] = [saved[0], saved[1], g] as [Tensor4D, Tensor4D, Tensor4D];
        const [kernel, , , outputs] = w.shape;
        const [, height, width] = dy.shape;
        const sides: [number, number] = [padding, padding];
        const padded = tf.pad(x, [[0, 0], sides, sides, [0, 0]]);
        const columns = patches(padded, kernel, [height, width]);
        const rows = tf.reshape(dy, [-1, outputs]);
        return [
          tf.conv2dTranspose(dy, w, x.shape, 1, padding),
          tf.reshape(tf.matMul(tf.transpose(columns), rows), w.shape),
        ];
      },
    };
  });
}

/** The same with what a determined user could write in public ops. */
const patched: Ops = {
  matmul: (a, b, transposeB) => product(a, transposeB ? transposed(b) : b),
  linear: (x, w, bias, relu) => {
    const y = bias ? tf.add(product(x, w), bias) : product(x, w);
    return relu ? tf.relu(y) : y;
  },
  conv: (x, w, padding) => convolution(padding)(x, w) as Tensor4D,
};

export const opsOf = (name: string): Ops => (name === "tfjs-patched" ? patched : plain);
