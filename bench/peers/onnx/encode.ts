/**
 * As much of ONNX's file format as the graphs here need: protobuf messages, written by hand.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
import type { Values } from "../../compare/parameters.js";

type Bytes = readonly number[];

/** Whole numbers in groups of 7 bits, the lowest first. */
function varint(n: number): number[] {
  const bytes: number[] = [];
  for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) + 128);
  bytes.push(n);
  return bytes;
}

/** Fields: a number, and anything that has a length. */
const whole = (field: number, n: number): Bytes => [...varint(field * 8), ...varint(n)];
const sized = (field: number, bytes: Bytes): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
];
const string = (field: number, text: string): Bytes => sized(field, [...new TextEncoder().encode(text)]);
/** Bytes of float32, the lowest first. */
const bytesOf = (values: Float32Array<ArrayBuffer>): Bytes => [...new Uint8Array(values.buffer)];

export type Attribute = number | readonly number[] | string | { float: number };

/** AttributeProto: name 1, float 2, int 3, string 4, ints 8, type 20. */
function attribute(name: string, value: Attribute): Bytes {
  const named = string(1, name);
  if (typeof value === "number") return [...named, ...whole(3, value), ...whole(20, 2)];
  if (typeof value === "string") return [...named, ...string(4, value), ...whole(20, 3)];
  if (Array.isArray(value)) return [...named, ...value.flatMap((n) => whole(8, n)), ...whole(20, 7)];
  const { float } = value as { float: number };
  return [...named, ...varint(2 * 8 + 5), ...bytesOf(new Float32Array([float])), ...whole(20, 1)];
}

export interface Node {
  op: string;
  inputs: readonly string[];
  output: string;
  attributes?: Readonly<Record<string, Attribute>>;
}

/** NodeProto: inputs 1, outputs 2, op type 4, attributes 5. */
const node = ({ op, inputs, output, attributes = {} }: Node): Bytes => [
  ...inputs.flatMap((name) => string(1, name)),
  ...string(2, output),
  ...string(4, op),
  ...Object.entries(attributes).flatMap(([name, value]) => sized(5, attribute(name, value))),
];

/** TensorProto of float32: dims 1, data type 2, name 8, raw data 9. */
function tensor(name: string, { shape, values }: Values): Bytes {
  return [
    ...shape.flatMap((n) => whole(1, n)),
    ...whole(2, 1),
    ...string(8, name),
    ...sized(9, bytesOf(values)),
  ];
}

/** ValueInfoProto of float32: name 1, type 2 with its tensor type 1: element type 1, shape 2 of dims 1. */
function valueInfo(name: string, shape: readonly number[]): Bytes {
  const dims = shape.flatMap((n) => sized(1, whole(1, n)));
  return [...string(1, name), ...sized(2, sized(1, [...whole(1, 1), ...sized(2, dims)]))];
}

export interface Graph {
  nodes: readonly Node[];
  /** Weights that are part of the model. */
  constants: Readonly<Record<string, Values>>;
  inputs: Readonly<Record<string, readonly number[]>>;
  output: { name: string; shape: readonly number[] };
}

/** ModelProto: IR version 1, graph 7, operator set 8 with its version 2; the graph's nodes 1, name 2, constants 5, inputs 11, outputs 12. */
export function encode({ nodes, constants, inputs, output }: Graph): Uint8Array {
  const graph = [
    ...nodes.flatMap((one) => sized(1, node(one))),
    ...string(2, "work"),
    ...Object.entries(constants).flatMap(([name, values]) => sized(5, tensor(name, values))),
    ...Object.entries(inputs).flatMap(([name, shape]) => sized(11, valueInfo(name, shape))),
    ...sized(12, valueInfo(output.name, output.shape)),
  ];
  const [irVersion, operatorSet] = [9, 20];
  return Uint8Array.from([...whole(1, irVersion), ...sized(7, graph), ...sized(8, whole(2, operatorSet))]);
}
