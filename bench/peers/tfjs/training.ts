/** Steps of training. */
import type { Optimizer, Scalar, Variable } from "@tensorflow/tfjs";
import { labels, oneHot, text } from "../../compare/parameters.js";
import type { Task } from "../../compare/serve.js";
import { adam, type Net, sgd } from "../../compare/work.js";
import { tf } from "./backend.js";
import { lenet, mlp, type Network, tensor, transformer } from "./networks.js";
import type { Ops } from "./ops.js";

const momentum = () => tf.train.momentum(sgd.lr, sgd.momentum);

export function training(net: Net, ops: Ops): Task {
  if (net === "gpt") {
    const optimizer = tf.train.adam(adam.lr, adam.beta1, adam.beta2, adam.eps);
    return trainer(transformer(ops), oneHot(text().targets, 65), optimizer);
  }
  const network = net === "mlp" ? mlp(sgd.batch, ops) : lenet(sgd.batch, ops);
  return trainer(network, oneHot(labels(sgd.batch), 10), momentum());
}

function trainer(
  { parameters, run }: Network,
  targets: ReturnType<typeof oneHot>,
  optimizer: Optimizer,
): Task {
  const expected = tensor(targets);
  const loss = () => tf.losses.softmaxCrossEntropy(expected, run()) as Scalar;
  const variables = parameters as Variable[];
  return {
    call: () => optimizer.minimize(loss, false, variables),
    read: () => {
      const value = optimizer.minimize(loss, true, variables)!;
      return value.dataSync();
    },
  };
}
