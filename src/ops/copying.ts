/** Copies: of other dtypes, on other devices, without gaps. */
import { record } from "../autograd/record.js";
import type { DeviceName } from "../backend/backend.js";
import { backendOf, checkDevice } from "../backend/registry.js";
import { checkOptions } from "../core/arguments.js";
import { checkDType, type DType, isDType } from "../core/dtype.js";
import { ArgumentError, show } from "../core/errors.js";
import { formatStrides, type MemoryFormat } from "../tensor/layout.js";
import { make, makeLike, makeOf } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";
import { valuesOf } from "../tensor/values.js";
import { checkTensor } from "./kernel.js";

export interface FormatOptions {
  /** In which order dims lie in memory. @defaultValue "preserve_format" */
  memoryFormat?: MemoryFormat;
}

/** A new tensor with the shape of x in a format. */
function makeIn(op: string, x: Tensor, dtype: DType, format: MemoryFormat): Tensor {
  if (format === "preserve_format") return makeLike(x, dtype);
  const y = make(x.shape, dtype, x.storage.backend);
  y.strides = formatStrides(op, x.shape, x.strides, format);
  return y;
}

/** A copy of its own, without gaps. ∂x = g. @see torch.clone */
export function clone(x: Tensor, options?: FormatOptions): Tensor {
  checkTensor("clone", x);
  checkOptions("clone", options, ["memoryFormat"]);
  const y = makeIn("clone", x, x.dtype, options?.memoryFormat ?? "preserve_format");
  y.storage.backend.copy(y, x);
  return record(y, { op: "clone", inputs: [x], backward: (g) => [() => g] });
}

/** x itself if it lies in the format without gaps, row-major unless named, else a copy that does. @see torch.Tensor.contiguous */
export function contiguous(x: Tensor, options?: FormatOptions): Tensor {
  checkTensor("contiguous", x);
  checkOptions("contiguous", options, ["memoryFormat"]);
  const memoryFormat = options?.memoryFormat ?? "contiguous_format";
  return x.isContiguous({ memoryFormat }) ? x : clone(x, { memoryFormat });
}

export interface ToOptions extends FormatOptions {
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
  const { dtype: kind, device, copy = false, memoryFormat = "preserve_format" } = wanted;
  const settled = memoryFormat === "preserve_format" || x.isContiguous({ memoryFormat });
  if (kind === x.dtype && device === x.device && !copy && settled) return x;
  let y: Tensor;
  if (device === x.device) {
    y = makeIn("to", x, kind, memoryFormat);
    y.storage.backend.copy(y, x);
  } else {
    const moved = makeOf(valuesOf(x), x.shape, x.dtype, backendOf(device));
    y = kind === x.dtype && settled ? moved : to(moved, kind, { memoryFormat });
  }
  const [ownType, ownDevice] = [x.dtype, x.device];
  return record(y, { op: "to_copy", inputs: [x], backward: (g) => [() => to(g, ownDevice, ownType)] });
}

const toKeys = ["dtype", "device", "copy", "nonBlocking", "memoryFormat"];
function target_(x: Tensor, target: unknown, dtype: DType | undefined, options: ToOptions = {}) {
  checkOptions("to", options, toKeys);
  if (dtype !== undefined) checkDType("to", dtype);
  const base = {
    dtype: dtype ?? options.dtype ?? x.dtype,
    device: options.device ?? x.device,
    copy: options.copy,
    memoryFormat: options.memoryFormat,
  };
  if (target instanceof Tensor) return { ...base, dtype: target.dtype, device: target.device };
  if (isDType(target)) return { ...base, dtype: target };
  if (typeof target === "string") return { ...base, device: checkDevice("to", target) };
  if (typeof target !== "object" || target === null)
    throw new ArgumentError(`to: expected a dtype, a device, a tensor or options: got ${show(target)}`);
  checkOptions("to", target, toKeys);
  const { dtype: kind, device, copy, memoryFormat } = target as ToOptions;
  return {
    dtype: kind ?? base.dtype,
    device: device === undefined ? x.device : checkDevice("to", device),
    copy,
    memoryFormat,
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
export function double(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "float64", options);
}
/** @see torch.Tensor.float */
export function float(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "float32", options);
}
/** @see torch.Tensor.half */
export function half(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "float16", options);
}
/** @see torch.Tensor.bfloat16 */
export function bfloat16(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "bfloat16", options);
}
/** @see torch.Tensor.long */
export function long(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "int64", options);
}
/** @see torch.Tensor.int */
export function int(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "int32", options);
}
/** @see torch.Tensor.short */
export function short(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "int16", options);
}
/** @see torch.Tensor.char */
export function char(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "int8", options);
}
/** @see torch.Tensor.byte */
export function byte(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "uint8", options);
}
/** @see torch.Tensor.bool */
export function bool(x: Tensor, options?: FormatOptions): Tensor {
  return to(x, "bool", options);
}
