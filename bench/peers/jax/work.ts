/** jax-js doing the work, each call through `jit`. */
import { filled, images } from "../../compare/parameters.js";
import { serve, type Task } from "../../compare/serve.js";
import type { Work } from "../../compare/work.js";
import { jax, kept, np, type Tensor, tensor } from "./device.js";
import { layerNorm, lenet, mlp } from "./networks.js";
import { training } from "./training.js";

/** A compiled function of operands that stay. */
function task(operands: readonly Tensor[], run: (...operands: Tensor[]) => Tensor): Task {
  const compiled = jax.jit(run);
  const ready = () => compiled(...kept(operands)).blockUntilReady();
  return {
    awaited: true,
    call: async () => (await ready()).dispose(),
    read: async () => (await ready()).data() as Promise<Float32Array>,
  };
}

const unaries = {
  relu: jax.nn.relu,
  exp: np.exp,
  tanh: np.tanh,
  gelu: (x: Tensor) => jax.nn.gelu(x, { approximate: true }),
};
const rows = (side: number) => tensor(filled(5, [side, side], 4));

function prepare(work: Work): Task {
  switch (work.kind) {
    case "matmul": {
      const { m, k, n, seeds } = work;
      return task([tensor(filled(seeds[0], [m, k])), tensor(filled(seeds[1], [k, n]))], np.matmul);
    }
    case "conv": {
      const sides: [number, number] = [work.padding, work.padding];
      return task([tensor(filled(3, work.x)), tensor(filled(4, work.w, 0.25))], (x, w) =>
        jax.lax.conv(x!, w!, [1, 1], [sides, sides]),
      );
    }
    case "add":
      return task([tensor(filled(work.seeds[0], work.a)), tensor(filled(work.seeds[1], work.b))], np.add);
    case "unary":
      return task([tensor(filled(5, [work.count], 4))], unaries[work.op]);
    case "sum":
      return task([tensor(filled(5, [work.count]))], (x) => np.sum(x!));
    case "softmax":
      return task([rows(work.side)], (x) => jax.nn.softmax(x!, -1));
    case "layerNorm":
      return task([rows(work.side), np.ones([work.side]), np.zeros([work.side])], layerNorm);
    case "forward": {
      const { parameters, apply } = work.net === "mlp" ? mlp() : lenet();
      const x = tensor(images(work.net === "mlp" ? [work.batch, 784] : [work.batch, 1, 28, 28]));
      return task([x, ...parameters], (input, ...others) => apply(others, input!));
    }
    case "train":
      return training(work.net);
  }
}

await serve({ prepare }, process.argv.slice(3));
