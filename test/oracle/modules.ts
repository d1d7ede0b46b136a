/** Replays layers and losses: initial values, results, buffers, gradients, printed text, refused arguments. */
import type { DeviceName } from "../../src/backend/backend.js";
import { TorchError } from "../../src/core/errors.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { bind, parseSignatures } from "./call.js";
import { modules } from "./class-signatures.js";
import { compare, partAt } from "./compare.js";
import { atPath, Decoder, isObject, tensorRow } from "./decode.js";
import { camel, construct, invoke, need, seed, withDefaultDtype } from "./library.js";
import { Mismatch, type Report, type Row, Skip } from "./report.js";

const known = parseSignatures(modules);

interface Constructor {
  readonly cls: string;
  readonly args: readonly unknown[];
  readonly kwargs: unknown;
}

interface Call extends Row {
  readonly training: boolean;
  readonly args: unknown[];
  readonly out: unknown;
  readonly state_after?: Record<string, unknown>;
  readonly cotangents?: Record<string, unknown>;
  readonly grads?: Record<string, unknown>;
}

export function replayModules(rows: readonly Row[], device: DeviceName, report: Report): void {
  rows.forEach((row, i) => {
    const name = `${i} ${(row.ctor as Constructor).cls.split(".").at(-1)} ${row.kind} ${row.desc ?? ""} ${row.dtype ?? ""}`;
    report.check(name.trimEnd(), () =>
      row.kind === "error" ? checkError(row, device) : checkModule(row, device),
    );
  });
}

/** An instance of a class of torch.nn, modules among its arguments built first. */
export function buildModule(decoder: Decoder, { cls, args, kwargs }: Constructor): unknown {
  const name = cls.replace(/^torch\./, "");
  need(name);
  const built = args.map((arg) => buildArgument(decoder, arg));
  const plain = isObject(kwargs) && "$dict" in kwargs ? kwargs.$dict : kwargs;
  const named = Object.fromEntries(
    Object.entries((plain ?? {}) as object).map(([key, value]) => [key, buildArgument(decoder, value)]),
  );
  const { device: _device, dtype, ...rest } = named;
  const forms = known.get(name.replace(/^nn\./, ""));
  // Tables of classes list every parameter, so the first stands for what a function calls itself.
  const bound = bind(forms, built, dtype === undefined || dtype === null ? rest : { ...rest, dtype });
  return construct(name, ...bound);
}

function buildArgument(decoder: Decoder, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => buildArgument(decoder, item));
  if (isObject(value) && "$ctor" in value) return buildModule(decoder, value.$ctor as Constructor);
  if (isObject(value) && "$dict" in value)
    return Object.entries(value.$dict as object).map(([key, item]) => [key, buildArgument(decoder, item)]);
  return decoder.value(value);
}

/** The entries of a state dict, whatever it is made of. */
export function entriesOf(dict: unknown): [string, unknown][] {
  return dict instanceof Map ? [...dict] : Object.entries(dict as object);
}

function checkModule(row: Row, device: DeviceName): void {
  const decoder = new Decoder(device);
  const module = withDefaultDtype(row.dtype as string, () => {
    if (row.init_seed !== undefined) seed(row.init_seed);
    return buildModule(decoder, row.ctor as Constructor);
  });
  const state = (row.state_dict as [string, unknown][]).filter(([, value]) => value !== "uninitialized");
  if (row.init_seed !== undefined) compareState(state, module, "initial ");
  const names = (list: unknown) => [...(list as Iterable<[string, unknown]>)].map(([name]) => name).join();
  expectSame("parameters", (row.parameters as string[]).join(), names(invoke(module, "namedParameters")));
  expectSame("buffers", (row.buffers as string[]).join(), names(invoke(module, "namedBuffers")));
  expectSame("text", row.repr as string, String(module));
  if (state.length && state.length === (row.state_dict as unknown[]).length)
    invoke(
      module,
      "loadStateDict",
      Object.fromEntries(state.map(([key, value]) => [key, decoder.value(value)])),
    );
  if (device !== "cpu") invoke(module, "to", device);
  (row.calls as Call[]).forEach((call, i) => {
    withDefaultDtype(row.dtype as string, () => checkCall(call, module, device, `call ${i}: `));
  });
}

function expectSame(what: string, expected: string, found: string): void {
  if (expected !== found) throw new Mismatch(`${what}: expected ${expected}, found ${found}`);
}

function compareState(expected: readonly [string, unknown][], module: unknown, label: string): void {
  const found = new Map(entriesOf(invoke(module, "stateDict")));
  for (const [name, value] of expected) compare(value, found.get(name), {}, label + name);
}

function checkCall(call: Call, module: unknown, device: DeviceName, label: string): void {
  const decoder = new Decoder(device);
  invoke(module, "train", call.training);
  if (call.random) seed(call.seed);
  const { input, ...kwargs } = decoder.kwargs(call.kwargs);
  const args = [...(input === undefined ? [] : [input]), ...(decoder.value(call.args) as unknown[])];
  const options = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [camel(key), value]));
  const out = (module as (...all: unknown[]) => unknown)(
    ...args,
    ...(Object.keys(options).length ? [options] : []),
  );
  const prefix = (path: string) => `${label}${path}`;
  compare(call.out, out, {}, prefix("out"));
  compareState(Object.entries(call.state_after ?? {}), module, label);
  if (!call.grads || !call.cotangents) return;
  const parameters = new Map(entriesOfIterable(invoke(module, "namedParameters")));
  const paths = Object.keys(call.grads);
  const inputs = paths.map((path) => {
    if (path.startsWith("param:")) return parameters.get(path.slice("param:".length));
    const tensor = tensorRow(atPath(call, path));
    if (!tensor) throw new Skip(`no tensor at ${path}`);
    return decoder.tensor(tensor);
  });
  const outputs = Object.keys(call.cotangents).map((path) => partAt(call.out, out, path));
  const gradOutputs = Object.values(call.cotangents).map((value) => decoder.value(value));
  const found = need("autograd.grad")(outputs, inputs, { gradOutputs, allowUnused: true }) as unknown[];
  paths.forEach((path, i) => {
    compare(
      call.grads![path],
      found[i] ?? null,
      { f32Error: {}, gradient: true },
      prefix(`gradient of ${path}`),
    );
  });
}

const entriesOfIterable = (list: unknown): [string, Tensor][] => [...(list as Iterable<[string, Tensor]>)];

function checkError(row: Row, device: DeviceName): void {
  const decoder = new Decoder(device);
  try {
    const module = buildModule(decoder, row.ctor as Constructor);
    if (row.args !== null)
      (module as (...all: unknown[]) => unknown)(...(decoder.value(row.args) as unknown[]));
  } catch (error) {
    if (error instanceof TorchError) return;
    throw error;
  }
  const { type, message } = row.error as { type: string; message: string };
  throw new Mismatch(`nothing was thrown; PyTorch: ${type}: ${message.split("\n")[0]}`);
}
