/** The networks as functions of their parameters, which they take over: weights [in, out], images [N, C, H, W]. */
import {
  causalMask,
  gpt,
  gptParameters,
  type Layer,
  lenetLayers,
  mlpLayers,
  type Values,
} from "../../compare/parameters.js";
import { jax, np, type Tensor, tensor } from "./device.js";

const { lax, nn } = jax;

export interface Network {
  parameters: Tensor[];
  /** From parameters, in their order, and an input to the logits. */
  apply(parameters: readonly Tensor[], x: Tensor): Tensor;
}

const inOut = (values: Values): Tensor => np.transpose(tensor(values), [1, 0]);
const linear = ({ weight, bias }: Layer): [Tensor, Tensor] => [inOut(weight), tensor(bias)];

/** Linear layers with ReLU between; weights and biases alternate. */
function head(parameters: readonly Tensor[], x: Tensor): Tensor {
  let y = x;
  for (let i = 0; i < parameters.length; i += 2) {
    y = np.matmul(i > 0 ? nn.relu(y) : y, parameters[i]!).add(parameters[i + 1]!);
  }
  return y;
}

export const mlp = (): Network => ({ parameters: mlpLayers().flatMap(linear), apply: head });

/** The largest of each 2 × 2 pixels. */
function pooled(x: Tensor): Tensor {
  const [count, channels, height, width] = x.shape as [number, number, number, number];
  return np.max(x.reshape([count, channels, height / 2, 2, width / 2, 2]), [3, 5]);
}

export function lenet(): Network {
  const [first, second, ...others] = lenetLayers() as [Layer, Layer, ...Layer[]];
  const convolution = ({ weight, bias }: Layer) => [tensor(weight), tensor(bias).reshape([-1, 1, 1])];
  return {
    parameters: [...convolution(first), ...convolution(second), ...others.flatMap(linear)],
    apply: (parameters, x) => {
      const [w1, b1, w2, b2, ...rest] = parameters as [Tensor, Tensor, Tensor, Tensor, ...Tensor[]];
      const y = pooled(
        nn.relu(
          lax
            .conv(
              x,
              w1,
              [1, 1],
              [
                [2, 2],
                [2, 2],
              ],
            )
            .add(b1),
        ),
      );
      const z = pooled(nn.relu(lax.conv(y, w2, [1, 1], "VALID").add(b2)));
      return head(rest, z.reshape([-1, 400]));
    },
  };
}

export const layerNorm = (x: Tensor, gain: Tensor, bias: Tensor): Tensor =>
  nn.standardize(x, -1, { epsilon: 1e-5 }).mul(gain).add(bias);

/** Its tokens go in as rows of an identity matrix: the gradient of `take` throws under jit. */
export function transformer(): Network {
  const { batch, context, width, heads } = gpt;
  const { tokens, positions, blocks, head: unembedding } = gptParameters();
  const norm = () => [np.ones([width]), np.zeros([width])];
  const projection = (values: Values) => [inOut(values), np.zeros([values.shape[0]!])];
  const parameters = [
    tensor(tokens),
    tensor(positions),
    ...blocks.flatMap(({ qkv, out, fc, proj }) => [
      ...norm(),
      ...projection(qkv),
      ...projection(out),
      ...norm(),
      ...projection(fc),
      ...projection(proj),
    ]),
    ...norm(),
    inOut(unembedding),
  ];
  const mask = tensor(causalMask());
  const attend = (qkv: Tensor): Tensor => {
    const [q, k, v] = np
      .split(qkv, 3, 1)
      .map((part) => np.transpose(part.reshape([batch, context, heads, width / heads]), [0, 2, 1, 3])) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const scores = np
      .matmul(q, np.transpose(k, [0, 1, 3, 2]))
      .mul(Math.sqrt(heads / width))
      .add(mask.ref);
    return np.transpose(np.matmul(nn.softmax(scores, -1), v), [0, 2, 1, 3]).reshape([batch * context, width]);
  };
  return {
    parameters,
    apply: (given, text) => {
      const next = given.values();
      const take = () => next.next().value as Tensor;
      const normed = (x: Tensor) => layerNorm(x, take(), take());
      const projected = (x: Tensor) => np.matmul(x, take()).add(take());
      const embedded = np.matmul(text, take()).reshape([batch, context, width]);
      let x = embedded.add(take()).reshape([batch * context, width]);
      for (let block = 0; block < blocks.length; block++) {
        const y = x.ref.add(projected(attend(projected(normed(x)))));
        x = y.ref.add(projected(nn.gelu(projected(normed(y)), { approximate: true })));
      }
      return np.matmul(normed(x), take());
    },
  };
}
