/** The networks, with parameters brought to the library's layout: weights [in, out], NHWC, HWIO. */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import {
  causalMask,
  gpt,
  gptParameters,
  images,
  type Layer,
  lenetLayers,
  mlpLayers,
  oneHot,
  text,
  type Values,
} from "../../compare/parameters.js";
import { tf } from "./backend.js";
import type { Ops } from "./ops.js";

export const tensor = ({ shape, values }: Values): Tensor => tf.tensor(values, [...shape]);
/** Images [N, C, H, W] → [N, H, W, C]; weights [O, C, k, k] → [k, k, C, O]. */
export const nhwc = (values: Values): Tensor4D => tf.transpose(tensor(values) as Tensor4D, [0, 2, 3, 1]);
export const hwio = (values: Values): Tensor4D => tf.transpose(tensor(values) as Tensor4D, [2, 3, 1, 0]);
const inOut = (values: Values): Tensor => tf.transpose(tensor(values));

/** A network: its input and its way from there to the logits. */
export interface Network {
  parameters: Tensor[];
  run(): Tensor;
}

export function mlp(batch: number, ops: Ops): Network {
  const layers = mlpLayers().map(linear);
  const x = tensor(images([batch, 784]));
  return {
    parameters: layers.flatMap(({ weight, bias }) => [weight, bias]),
    run: () => head(x, layers, ops),
  };
}

const linear = ({ weight, bias }: Layer) => ({
  weight: tf.variable(inOut(weight)),
  bias: tf.variable(tensor(bias)),
});

/** Linear layers with ReLU between. */
function head(x: Tensor, layers: ReturnType<typeof linear>[], ops: Ops): Tensor {
  return layers.reduce((y, { weight, bias }, i) => ops.linear(y, weight, bias, i < layers.length - 1), x);
}

export function lenet(batch: number, ops: Ops): Network {
  const [first, second, third, ...others] = lenetLayers() as [Layer, Layer, Layer, ...Layer[]];
  const convs = [first, second].map(({ weight, bias }, i) => ({
    weight: tf.variable(hwio(weight)),
    bias: tf.variable(tensor(bias)),
    padding: i === 0 ? 2 : 0,
  }));
  const layers = [channelsLast(third), ...others].map(linear);
  const x = nhwc(images([batch, 1, 28, 28]));
  return {
    parameters: [...convs, ...layers].flatMap(({ weight, bias }) => [weight, bias]),
    run: () => {
      const features = convs.reduce((y, { weight, bias, padding }) => {
        const active = tf.relu(tf.add(ops.conv(y, weight, padding), bias)) as Tensor4D;
        return tf.maxPool(active, 2, 2, "valid");
      }, x);
      return head(tf.reshape(features, [batch, 400]), layers, ops);
    },
  };
}

/** The same layer for features that come [5, 5, 16] rather than [16, 5, 5]. */
function channelsLast({ weight, bias }: Layer): Layer {
  const values = new Float32Array(weight.values.length);
  for (let i = 0; i < values.length; i++) {
    const [row, place, channel] = [Math.floor(i / 400), Math.floor((i % 400) / 16), i % 16];
    values[i] = weight.values[row * 400 + channel * 25 + place]!;
  }
  return { weight: { shape: weight.shape, values }, bias };
}

/** The library has no layer norm and no GELU. */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gain), bias);
}

export function gelu(x: Tensor): Tensor {
  const inner = tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

/** Its tokens go in as rows of an identity matrix: the gradient of a gather is missing from the backend. */
export function transformer(ops: Ops): Network {
  const { batch, context, width, heads, vocabulary } = gpt;
  const { tokens, positions, blocks, head } = gptParameters();
  const parameters: Tensor[] = [];
  const parameter = <T extends Tensor>(value: T): T => {
    parameters.push(tf.variable(value));
    return parameters.at(-1) as T;
  };
  const norm = () => {
    const [gain, bias] = [parameter(tf.ones([width])), parameter(tf.zeros([width]))];
    return (x: Tensor) => layerNorm(x, gain, bias);
  };
  const projection = (values: Values) => {
    const [weight, bias] = [parameter(inOut(values)), parameter(tf.zeros([values.shape[0]!]))];
    return (x: Tensor) => ops.linear(x, weight, bias);
  };
  const [table, places] = [parameter(tensor(tokens)), parameter(tensor(positions))];
  const mask = tensor(causalMask());
  const input = tensor(oneHot(text().tokens, vocabulary));
  const attend = (qkv: Tensor) => {
    const [q, k, v] = tf.split(qkv, 3, 1).map((part) => {
      const split = tf.reshape(part, [batch, context, heads, width / heads]);
      return tf.transpose(split, [0, 2, 1, 3]);
    }) as [Tensor, Tensor, Tensor];
    const scores = tf.add(tf.mul(ops.matmul(q, k, true), Math.sqrt(heads / width)), mask);
    return tf.reshape(tf.transpose(ops.matmul(tf.softmax(scores), v), [0, 2, 1, 3]), [
      batch * context,
      width,
    ]);
  };
  const layers = blocks.map(({ qkv, out, fc, proj }) => {
    const [norm1, toQkv, toOut] = [norm(), projection(qkv), projection(out)];
    const [norm2, up, down] = [norm(), projection(fc), projection(proj)];
    return (x: Tensor) => {
      const y = tf.add(x, toOut(attend(toQkv(norm1(x)))));
      return tf.add(y, down(gelu(up(norm2(y)))));
    };
  });
  const last = norm();
  const unembed = parameter(inOut(head));
  return {
    parameters,
    run: () => {
      const embedded = tf.reshape(ops.matmul(input, table), [batch, context, width]);
      const x = tf.reshape(tf.add(embedded, places), [batch * context, width]);
      return ops.matmul(last(layers.reduce((y, layer) => layer(y), x)), unembed);
    },
  };
}
