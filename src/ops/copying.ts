/** Copies: of other dtypes, on other devices, without gaps. */
import { record } from "../autograd/record.js";
import type { DeviceName } from "../backend/backend.js";
import { backendOf, checkDevice } from "../backend/registry.js";
import { checkChoice, checkOptions } from "../core/arguments.js";
import { checkDType, type DType, isDType } from "../core/dtype.js";
import { ArgumentError, show } from "../core/errors.js";
import { make, makeLike, makeOf } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";
import { valuesOf } from "../tensor/values.js";
import { checkTensor } from "./kernel.js";

export interface CloneOptions {
  /** Whether dims keep their order in memory or lie row-major. @defaultValue "preserve_format" */
  memoryFormat?: "preserve_format" | "contiguous_format";
}

/** A copy of its own, without gaps. ∂x = g. @see torch.clone */
export function clone(x: Tensor, options?: CloneOptions): Tensor {
  checkTensor("clone", x);
  checkOptions("clone", options, ["memoryFormat"]);
  const format = options?.memoryFormat ?? "preserve_format";
  checkChoice("clone", "memoryFormat", format, ["preserve_format", "contiguous_format"]);
  const y = format === "preserve_format" ? makeLike(x) : make(x.shape, x.dtype, x.storage.backend);
  y.storage.backend.copy(y, x);
  return record(y, { op: "clone", inputs: [x], backward: (g) => [() => g] });
}

/** x itself if it lies row-major without gaps, else a copy that does. @see torch.Tensor.contiguous */
export function contiguous(x: Tensor): Tensor {
  checkTensor("contiguous", x);
  return x.isContiguous() ? x : clone(x, { memoryFormat: "contiguous_format" });
}

export interface ToOptions {
  dtype?: DType;
  device?: DeviceName;
  /** A copy even if nothing changes. @defaultValue false */
  copy?: boolean;
  /** Accepted for PyTorch's sake. */
  nonBlocking?: boolean;
}

/**
 * x with another dtype, on another device, or both; x itself if it is so already. ∂x = g taken back.
 *
 * @example x.to("float64"); x.to("reference", torch.double); x.to(other)
 * @see torch.Tensor.to
 */
export function to(
  x: Tensor,
  target: DType | DeviceName | Tensor | ToOptions,
  dtype?: DType | ToOptions,
  options?: ToOptions,
): Tensor {
  checkTensor("to", x);
  const wanted =
    typeof dtype === "object" && dtype !== null
      ? target_(x, target, undefined, dtype)
      : target_(x, target, dtype, options);
  const { dtype: kind, device, copy = false } = wanted;
  if (kind === x.dtype && device === x.device && !copy) return x;
  let y: Tensor;
  if (device === x.device) {
    y = makeLike(x, kind);
    y.storage.backend.copy(y, x);
  } else {
    const moved = makeOf(valuesOf(x), x.shape, x.dtype, backendOf(device));
    y = kind === x.dtype ? moved : to(moved, kind);
  }
  const [ownType, ownDevice] = [x.dtype, x.device];
  return record(y, { op: "to_copy", inputs: [x], backward: (g) => [() => to(g, ownDevice, ownType)] });
}

const toKeys = ["dtype", "device", "copy", "nonBlocking"];
function target_(x: Tensor, target: unknown, dtype: DType | undefined, options: ToOptions = {}) {
  checkOptions("to", options, toKeys);
  if (dtype !== undefined) checkDType("to", dtype);
  const base = {
    dtype: dtype ?? options.dtype ?? x.dtype,
    device: options.device ?? x.device,
    copy: options.copy,
  };
  if (target instanceof Tensor) return { ...base, dtype: target.dtype, device: target.device };
  if (isDType(target)) return { ...base, dtype: target };
  if (typeof target === "string") return { ...base, device: checkDevice("to", target) };
  if (typeof target !== "object" || target === null)
    throw new ArgumentError(`to: expected a dtype, a device, a tensor or options: got ${show(target)}`);
  checkOptions("to", target, toKeys);
  const { dtype: kind, device, copy } = target as ToOptions;
  return {
    dtype: kind ?? base.dtype,
    device: device === undefined ? x.device : checkDevice("to", device),
    copy,
  };
}

/** x with the dtype of another tensor. @see torch.Tensor.type_as */
export function typeAs(x: Tensor, other: Tensor): Tensor {
  checkTensor("typeAs", other);
  return to(x, other.dtype);
}
/** x on the device "cpu". @see torch.Tensor.cpu */
export function cpu(x: Tensor): Tensor {
  return to(x, "cpu");
}
/** @see torch.Tensor.double */
export function double(x: Tensor): Tensor {
  return to(x, "float64");
}
/** @see torch.Tensor.float */
export function float(x: Tensor): Tensor {
  return to(x, "float32");
}
/** @see torch.Tensor.half */
export function half(x: Tensor): Tensor {
  return to(x, "float16");
}
/** @see torch.Tensor.bfloat16 */
export function bfloat16(x: Tensor): Tensor {
  return to(x, "bfloat16");
}
/** @see torch.Tensor.long */
export function long(x: Tensor): Tensor {
  return to(x, "int64");
}
/** @see torch.Tensor.int */
export function int(x: Tensor): Tensor {
  return to(x, "int32");
}
/** @see torch.Tensor.short */
export function short(x: Tensor): Tensor {
  return to(x, "int16");
}
/** @see torch.Tensor.char */
export function char(x: Tensor): Tensor {
  return to(x, "int8");
}
/** @see torch.Tensor.byte */
export function byte(x: Tensor): Tensor {
  return to(x, "uint8");
}
/** @see torch.Tensor.bool */
export function bool(x: Tensor): Tensor {
  return to(x, "bool");
}
