/** Steps of training, each one compiled function from the old state to the new. */
import { gpt, images, labels, oneHot, text } from "../../compare/parameters.js";
import type { Task } from "../../compare/serve.js";
import { adam, type Net, sgd } from "../../compare/work.js";
import { jax, kept, np, type Tensor, tensor } from "./device.js";
import { lenet, mlp, type Network, transformer } from "./networks.js";

/** From parameters, their gradients and the optimizer's state to new ones. */
type Update = (
  parameters: Tensor[],
  gradients: Tensor[],
  state: Tensor[],
  corrections: Tensor[],
) => { parameters: Tensor[]; state: Tensor[] };

const momentum: Update = (parameters, gradients, state, corrections) => {
  for (const one of corrections) one.dispose();
  const velocities = state.map((velocity, i) => velocity.mul(sgd.momentum).add(gradients[i]!));
  return {
    parameters: parameters.map((one, i) => one.sub(velocities[i]!.ref.mul(sgd.lr))),
    state: velocities,
  };
};

/** The state: first moments, then second ones. `corrections`: 1/(1 − βᵗ) for both. */
const adamUpdate: Update = (parameters, gradients, state, corrections) => {
  const [first, second] = corrections as [Tensor, Tensor];
  const moments = parameters.map((_, i) =>
    state[i]!.mul(adam.beta1).add(gradients[i]!.ref.mul(1 - adam.beta1)),
  );
  const squares = parameters.map((_, i) =>
    state[parameters.length + i]!.mul(adam.beta2).add(np.square(gradients[i]!).mul(1 - adam.beta2)),
  );
  const updated = parameters.map((one, i) => {
    const scale = np.sqrt(squares[i]!.ref.mul(second.ref)).add(adam.eps);
    return one.sub(moments[i]!.ref.mul(first.ref).mul(adam.lr).div(scale));
  });
  first.dispose();
  second.dispose();
  return { parameters: updated, state: [...moments, ...squares] };
};

export function training(net: Net): Task {
  if (net === "gpt") {
    const { tokens, targets } = text();
    const x = tensor(oneHot(tokens, gpt.vocabulary));
    return trainer(transformer(), x, tensor(oneHot(targets, gpt.vocabulary)), adamUpdate, 2);
  }
  const shape = net === "mlp" ? [sgd.batch, 784] : [sgd.batch, 1, 28, 28];
  const targets = tensor(oneHot(labels(sgd.batch), 10));
  return trainer(net === "mlp" ? mlp() : lenet(), tensor(images(shape)), targets, momentum, 1);
}

/** `moments`: how many tensors of state a parameter has. */
function trainer(network: Network, x: Tensor, targets: Tensor, update: Update, moments: number): Task {
  const loss = (parameters: Tensor[], input: Tensor, expected: Tensor): Tensor => {
    const scores = jax.nn.logSoftmax(network.apply(parameters, input), -1);
    return scores
      .mul(expected)
      .sum()
      .mul(-1 / targets.shape[0]!);
  };
  const step = jax.jit(
    (parameters: Tensor[], state: Tensor[], input: Tensor, expected: Tensor, corrections: Tensor[]) => {
      const [value, gradients] = jax.valueAndGrad(loss)(kept(parameters), input, expected);
      return { value, ...update(parameters, gradients as Tensor[], state, corrections) };
    },
  );
  let { parameters } = network;
  let state = Array.from({ length: moments }, () => parameters.map((one) => np.zeros([...one.shape]))).flat();
  let steps = 0;
  const run = async (): Promise<Tensor> => {
    steps++;
    const corrections = [adam.beta1, adam.beta2].map((beta) => np.array(1 / (1 - beta ** steps)));
    const next = step(parameters, state, x.ref, targets.ref, corrections);
    ({ parameters, state } = next);
    await jax.blockUntilReady(next);
    return next.value;
  };
  return {
    awaited: true,
    call: async () => (await run()).dispose(),
    read: async () => (await run()).data() as Promise<Float32Array>,
  };
}
