/** TensorFlow.js doing the work. */
import type { Tensor } from "@tensorflow/tfjs";
import { filled } from "../../compare/parameters.js";
import { serve, type Task } from "../../compare/serve.js";
import type { Work } from "../../compare/work.js";
import { tf } from "./backend.js";
import { gelu, hwio, layerNorm, lenet, mlp, nhwc, tensor } from "./networks.js";
import { opsOf } from "./ops.js";
import { training } from "./training.js";

const [name, ...workloads] = process.argv.slice(2);
const ops = opsOf(name!);

/** A task whose result is released at once; what else it makes is tidied up. */
const task = (run: () => Tensor, toRowMajor = (y: Tensor) => y): Task => ({
  call: () => run().dispose(),
  read: () => toRowMajor(run()).dataSync(),
});
const tidy = (run: () => Tensor) => task(() => tf.tidy(run));

const unaries = { relu: tf.relu, exp: tf.exp, tanh: tf.tanh, gelu: (x: Tensor) => tf.tidy(() => gelu(x)) };

function prepare(work: Work): Task | undefined {
  // By-hand gradients are the only difference.
  if (name === "tfjs-patched" && work.kind !== "train") return undefined;
  switch (work.kind) {
    case "matmul": {
      const [a, b] = [
        tensor(filled(work.seeds[0], [work.m, work.k])),
        tensor(filled(work.seeds[1], [work.k, work.n])),
      ];
      return task(() => tf.matMul(a, b));
    }
    case "conv": {
      const [x, w] = [nhwc(filled(3, work.x)), hwio(filled(4, work.w, 0.25))];
      return task(
        () => tf.conv2d(x, w, 1, work.padding),
        (y) => tf.transpose(y, [0, 3, 1, 2]),
      );
    }
    case "add": {
      const [a, b] = [tensor(filled(work.seeds[0], work.a)), tensor(filled(work.seeds[1], work.b))];
      return task(() => tf.add(a, b));
    }
    case "unary": {
      const [x, run] = [tensor(filled(5, [work.count], 4)), unaries[work.op]];
      return task(() => run(x));
    }
    case "sum": {
      const x = tensor(filled(5, [work.count]));
      return task(() => tf.sum(x));
    }
    case "softmax": {
      const x = tensor(filled(5, [work.side, work.side], 4));
      return task(() => tf.softmax(x));
    }
    case "layerNorm": {
      const x = tensor(filled(5, [work.side, work.side], 4));
      const [gain, bias] = [tf.ones([work.side]), tf.zeros([work.side])];
      return tidy(() => layerNorm(x, gain, bias));
    }
    case "forward":
      return tidy((work.net === "mlp" ? mlp : lenet)(work.batch, ops).run);
    case "train":
      return training(work.net, ops);
  }
}

await serve({ prepare }, workloads);
