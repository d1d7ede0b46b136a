/**
 * Elementary and special functions in float64, the same bits on every machine: only + − × ÷, √ and bit views.
 *
 * The host's mathematics, and the readable reference of the kernels in assembly/math.
 */
export * from "./math/airy.js";
export * from "./math/bessel.js";
export * from "./math/error-function.js";
export * from "./math/exponential.js";
export * from "./math/float.js";
export * from "./math/fma.js";
export * from "./math/gamma.js";
export * from "./math/hyperbolic.js";
export * from "./math/incomplete-gamma.js";
export * from "./math/polynomials.js";
export * from "./math/trigonometric.js";
export * from "./math/zeta.js";
