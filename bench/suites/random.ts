/** Draws from the generator. */
import { type Case, onTensor } from "./suite.js";

const n = [4096];

export const random: readonly Case[] = [
  onTensor("uniform_", n, (x) => x.uniform_()),
  onTensor("normal_", n, (x) => x.normal_()),
  onTensor("bernoulli_", n, (x) => x.bernoulli_(0.5)),
  onTensor("random_", n, (x) => x.random_(0, 100)),
  onTensor("exponential_", n, (x) => x.exponential_()),
];
