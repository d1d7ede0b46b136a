import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as torch from "wasmgrad";
import { oneLine, UserError } from "./errors.js";

/** Puts the weights of a safetensors file into a network. */
export function loadWeights(net: torch.nn.Module, file: string): void {
  try {
    net.loadStateDict(torch.io.loadSafetensors(readFileSync(file)).tensors);
  } catch (error) {
    throw new UserError(`${file}: expected the weights of such a network, found: ${oneLine(error)}`);
  }
}

/** A network's weights as the bytes of a safetensors file. */
export function weightBytes(net: torch.nn.Module): Uint8Array {
  return torch.io.saveSafetensors(net.stateDict());
}

/** SHA-256 over the bytes of all weights, in the order of the state dict. */
export function hashWeights(net: torch.nn.Module): string {
  const hash = createHash("sha256");
  for (const tensor of net.stateDict().values()) {
    // Which NaN an operation yields differs between machines: all become one.
    const values = Float32Array.from(tensor.to("cpu").contiguous().typedArray() as Float32Array);
    const bits = new Uint32Array(values.buffer);
    values.forEach((value, i) => {
      if (Number.isNaN(value)) bits[i] = 0x7fc00000;
    });
    hash.update(bits);
  }
  return hash.digest("hex");
}
