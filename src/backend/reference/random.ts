/** @file The numbers of every distribution, drawn as PyTorch's CPU generator draws them. */
import type { DType } from "../../core/dtype.js";
import { exp, fma, log, log1p, tan } from "../../core/math.js";
import type { Distribution, RandomSource } from "../backend.js";
import { normalBlock } from "./normal.js";
import { rounder } from "./rounding.js";

/** Bits of a float dtype's fraction, the hidden one included. */
const DIGITS: { readonly [D in DType]?: number } = { float64: 53, float32: 24, float16: 11, bfloat16: 8 };
/** What `random_()` without bounds stays below; for floats the whole numbers they hold exactly. */
export const fullRange: { readonly [D in DType]: bigint } = {
  float64: (1n << 53n) + 1n,
  float32: (1n << 24n) + 1n,
  float16: (1n << 11n) + 1n,
  bfloat16: (1n << 8n) + 1n,
  int64: 1n << 63n,
  int32: 1n << 31n,
  int16: 1n << 15n,
  int8: 1n << 7n,
  uint8: 1n << 8n,
  bool: 2n,
};

/**
 * n numbers for elements of `dtype` in row-major order, not yet rounded to it. A contiguous fill of 16 normals or more draws
 * in blocks; everything else draws one by one.
 */
export function draw(
  d: Distribution,
  source: RandomSource,
  dtype: DType,
  n: number,
  contiguous: boolean,
): (number | bigint)[] {
  if (d.kind === "normal" && contiguous && n >= 16) return normals(d, source, dtype, n);
  return Array.from({ length: n }, element(d, source, dtype));
}

/** from + draw % range: 32-bit draws for a range below 2³², else 64-bit ones. */
function integers(from: bigint, range: bigint, source: RandomSource): () => bigint {
  if (range >> 32n === 0n) {
    const small = Number(range);
    return () => from + BigInt(source.u32() % small);
  }
  return () => {
    const high = BigInt(source.u32());
    return from + (((high << 32n) | BigInt(source.u32())) % range);
  };
}

function element(d: Distribution, source: RandomSource, dtype: DType): () => number | bigint {
  switch (d.kind) {
    case "integer":
      return integers(d.from, d.to - d.from, source);
    case "full":
      return integers(0n, fullRange[dtype], source);
    case "uniform":
      return uniforms(d.from, d.to, source, dtype);
    case "normal":
      return () => source.normal() * d.std + d.mean;
    case "lognormal":
      return () => exp(source.normal() * d.std + d.mean);
    case "bernoulli":
      return () => (source.uniform64() < d.p ? 1 : 0);
    case "exponential":
      return () => (-1 / d.rate) * log(1 - source.uniform64());
    case "cauchy":
      return () => d.median + d.sigma * tan(Math.PI * (source.uniform64() - 0.5));
    case "geometric":
      return () => Math.ceil(log(source.uniform64()) / log1p(-d.p));
  }
}

/** from + u·(to − from), the sum fused with the product, in the dtype's own precision. */
function uniforms(from: number, to: number, source: RandomSource, dtype: DType): () => number {
  const u = fractions(source, dtype);
  if (from === 0 && to === 1) return u;
  const round = rounder(dtype);
  const start = round(from);
  const width = round(round(to) - start);
  if (dtype === "float64") return () => fma(u(), width, start);
  // The product of two float32 is exact in float64.
  return () => Math.fround(u() * width + start);
}

/** Fractions in [0, 1) of as many bits as the dtype holds. */
function fractions(source: RandomSource, dtype: DType): () => number {
  if (dtype === "float64") return () => source.uniform64();
  if (dtype === "float32") return () => source.uniform32();
  const values = 1 << (DIGITS[dtype] ?? 24);
  return () => (source.u32() % values) / values;
}

/** In blocks of 16; if the last is not full, the last 16 elements are drawn afresh. */
function normals(
  d: { readonly mean: number; readonly std: number },
  source: RandomSource,
  dtype: DType,
  n: number,
): number[] {
  const u = fractions(source, dtype);
  const out = Array.from({ length: n }, u);
  for (let at = 0; at + 16 <= n; at += 16) normalBlock(dtype, out, at, d.mean, d.std);
  if (n % 16 === 0) return out;
  for (let i = n - 16; i < n; i++) out[i] = u();
  normalBlock(dtype, out, n - 16, d.mean, d.std);
  return out;
}
