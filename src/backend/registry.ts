/** Which backend serves which device. A backend is made when it is first asked for. */
import { DeviceError, show } from "../core/errors.js";
import type { Backend, DeviceName } from "./backend.js";
import { createReferenceBackend } from "./reference/index.js";
import { createWasmBackend } from "./wasm/index.js";

const factories: { readonly [D in DeviceName]: () => Backend } = {
  cpu: createWasmBackend,
  reference: createReferenceBackend,
};
const running = new Map<DeviceName, Backend>();

/** @throws DeviceError if `device` is none of ours */
export function checkDevice(op: string, device: unknown): DeviceName {
  if (typeof device === "string" && Object.hasOwn(factories, device)) return device as DeviceName;
  const hint = device === "cuda" ? " (there is no CUDA in WebAssembly)" : "";
  throw new DeviceError(
    `${op}: device must be one of ${Object.keys(factories).map(show).join(", ")}: got ${show(device)}${hint}`,
  );
}

export function backendOf(device: DeviceName): Backend {
  let backend = running.get(device);
  if (!backend) running.set(device, (backend = factories[device]()));
  return backend;
}
