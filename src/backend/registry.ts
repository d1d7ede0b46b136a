/** Which backend serves which device. A backend is made when it is first asked for. */
import { DeviceError, show } from "../core/errors.js";
import type { Backend, DeviceName } from "./backend.js";
import { createWasmBackend } from "./wasm/index.js";

const factories: { [D in DeviceName]?: () => Backend } = { cpu: createWasmBackend };
const running = new Map<DeviceName, Backend>();

/** Makes a device known, whose backend `create` makes when it is first asked for. */
export function addDevice(device: DeviceName, create: () => Backend): void {
  factories[device] = create;
}

/** @throws DeviceError if `device` is none of ours */
export function checkDevice(op: string, device: unknown): DeviceName {
  if (typeof device === "string" && Object.hasOwn(factories, device)) return device as DeviceName;
  const hint =
    device === "cuda"
      ? " (there is no CUDA in WebAssembly)"
      : device === "reference"
        ? ` (import "wasmgrad/reference" to have it)`
        : "";
  throw new DeviceError(
    `${op}: device must be one of ${Object.keys(factories).map(show).join(", ")}: got ${show(device)}${hint}`,
  );
}

let current: DeviceName = "cpu";
/** The device of new tensors, "cpu" unless set. @see torch.get_default_device */
export function getDefaultDevice(): DeviceName {
  return current;
}
/** Sets the device of tensors that factories make. @throws DeviceError if it is none of ours @see torch.set_default_device */
export function setDefaultDevice(device: DeviceName): void {
  current = checkDevice("setDefaultDevice", device);
}

export function backendOf(device: DeviceName): Backend {
  let backend = running.get(device);
  if (!backend) running.set(device, (backend = factories[device]!()));
  return backend;
}
