/** Many numbers to one: over everything, along rows, along columns. */
import { type Case, onTensor } from "./suite.js";

const shape = [64, 64];

export const reduction: readonly Case[] = [
  onTensor("sum", shape, (x) => x.sum()),
  onTensor("sum of rows", shape, (x) => x.sum(1)),
  onTensor("sum of columns", shape, (x) => x.sum(0)),
  onTensor("mean", shape, (x) => x.mean()),
  onTensor("max", shape, (x) => x.max()),
  onTensor("argmax of rows", shape, (x) => x.argmax(1)),
  onTensor("var of rows", shape, (x) => x.var(1)),
  onTensor("norm", shape, (x) => x.norm()),
  onTensor("prod of rows", shape, (x) => x.prod(1)),
  onTensor("cumsum of rows", shape, (x) => x.cumsum(1)),
];
