/** jax-js on its WebAssembly device, one thread. Every function takes its arguments over; `.ref` keeps one. */
import * as jax from "@jax-js/jax";
import type { Values } from "../../compare/parameters.js";

await jax.init("wasm");
jax.defaultDevice("wasm");

const { numpy: np } = jax;

export { jax, np };
export type Tensor = jax.Array;

export const tensor = ({ shape, values }: Values): Tensor => np.array(values).reshape([...shape]);
export const kept = (tensors: readonly Tensor[]): Tensor[] => tensors.map((one) => one.ref);
