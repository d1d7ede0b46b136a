/**
 * The bits that the library computes, as hashes: of trained weights and their losses, of 10 000 values of every function, of
 * reductions, factorizations, random draws and casts. They must be the same in every runtime and on every processor.
 */
import { bytesOf, sha256 } from "./determinism/digest.mjs";
import { functions } from "./determinism/functions.mjs";
import { others } from "./determinism/others.mjs";
import { trainings } from "./determinism/training.mjs";

export async function run() {
  const parts = {};
  for (const group of [trainings(), functions(), others()])
    for (const [name, tensors] of group) parts[name] = (await sha256(tensors.map(bytesOf))).slice(0, 16);
  const all = Object.entries(parts).map(([name, hash]) => `${name}: ${hash}\n`);
  return { sha256: await sha256([new TextEncoder().encode(all.join(""))]), parts };
}
