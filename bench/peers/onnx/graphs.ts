/** The work as ONNX graphs: inputs "x" and, where two operands are given anew each time, "y". */
import { filled, images, type Layer, lenetLayers, mlpLayers, type Values } from "../../compare/parameters.js";
import type { Unary, Work } from "../../compare/work.js";
import type { Attribute, Graph, Node } from "./encode.js";

/** A graph and what is fed into it. */
export interface Model extends Graph {
  feeds: Readonly<Record<string, Values>>;
}

const shapesOf = (feeds: Model["feeds"]): Graph["inputs"] =>
  Object.fromEntries(Object.entries(feeds).map(([name, { shape }]) => [name, shape]));

/** A graph of one node, its operands fed or constant. */
function single(
  op: string,
  shape: readonly number[],
  feeds: Model["feeds"],
  attributes: Readonly<Record<string, Attribute>> = {},
  constants: Model["constants"] = {},
): Model {
  const node = { op, inputs: [...Object.keys(feeds), ...Object.keys(constants)], output: "out", attributes };
  return { nodes: [node], constants, inputs: shapesOf(feeds), output: { name: "out", shape }, feeds };
}

const full = (n: number, value: number): Values => ({ shape: [n], values: new Float32Array(n).fill(value) });
const square = (side: number) => ({ x: filled(5, [side, side], 4) });

/** Nothing for training: the library only infers. */
export function modelOf(work: Work): Model | undefined {
  switch (work.kind) {
    case "matmul": {
      const { m, k, n, seeds } = work;
      return single("MatMul", [m, n], { x: filled(seeds[0], [m, k]), y: filled(seeds[1], [k, n]) });
    }
    case "conv": {
      const [count, , height, width] = work.x;
      const [outputs, , kernel] = work.w;
      const grown = 2 * work.padding - kernel + 1;
      const feeds = { x: filled(3, work.x) };
      const shape = [count, outputs, height + grown, width + grown];
      return single("Conv", shape, feeds, padded(work.padding), { w: filled(4, work.w, 0.25) });
    }
    case "add":
      return single("Add", work.a, { x: filled(work.seeds[0], work.a), y: filled(work.seeds[1], work.b) });
    case "unary": {
      const [op, attributes] = unaries[work.op];
      return single(op, [work.count], { x: filled(5, [work.count], 4) }, attributes);
    }
    case "sum":
      return single("ReduceSum", [], { x: filled(5, [work.count]) }, { keepdims: 0 });
    case "softmax":
      return single("Softmax", [work.side, work.side], square(work.side), { axis: 1 });
    case "layerNorm": {
      const constants = { gain: full(work.side, 1), bias: full(work.side, 0) };
      const attributes = { axis: 1, epsilon: { float: 1e-5 } };
      return single("LayerNormalization", [work.side, work.side], square(work.side), attributes, constants);
    }
    case "forward":
      return work.net === "mlp" ? mlp(work.batch) : lenet(work.batch);
    case "train":
      return undefined;
  }
}

const padded = (padding: number) => ({ pads: [padding, padding, padding, padding] });
const unaries: Record<Unary, [op: string, attributes: Readonly<Record<string, Attribute>>]> = {
  relu: ["Relu", {}],
  exp: ["Exp", {}],
  tanh: ["Tanh", {}],
  gelu: ["Gelu", { approximate: "tanh" }],
};

/** Nodes in a row, each fed by the one before it. */
class Chain {
  readonly nodes: Node[] = [];
  readonly constants: Record<string, Values> = {};
  private last = "x";

  add(op: string, layer?: Layer, attributes?: Node["attributes"]): this {
    const output = `${op}${this.nodes.length}`;
    const inputs = [this.last];
    if (layer) {
      this.constants[`${output}.weight`] = layer.weight;
      this.constants[`${output}.bias`] = layer.bias;
      inputs.push(`${output}.weight`, `${output}.bias`);
    }
    this.nodes.push({ op, inputs, output, ...(attributes ? { attributes } : {}) });
    this.last = output;
    return this;
  }

  /** Linear layers with ReLU between. */
  linears(layers: readonly Layer[]): this {
    for (const [i, layer] of layers.entries()) {
      if (i > 0) this.add("Relu");
      this.add("Gemm", layer, { transB: 1 });
    }
    return this;
  }

  model(x: Values): Model {
    const { nodes, constants, last } = this;
    const output = { name: last, shape: [x.shape[0]!, 10] };
    return { nodes, constants, inputs: { x: x.shape }, output, feeds: { x } };
  }
}

const mlp = (batch: number): Model => new Chain().linears(mlpLayers()).model(images([batch, 784]));

function lenet(batch: number): Model {
  const [first, second, ...linears] = lenetLayers();
  const pooling = { kernel_shape: [2, 2], strides: [2, 2] };
  return new Chain()
    .add("Conv", first, padded(2))
    .add("Relu")
    .add("MaxPool", undefined, pooling)
    .add("Conv", second)
    .add("Relu")
    .add("MaxPool", undefined, pooling)
    .add("Flatten")
    .linears(linears)
    .model(images([batch, 1, 28, 28]));
}
