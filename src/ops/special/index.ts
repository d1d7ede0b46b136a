/** torch.special. */
export { logSoftmax, sigmoid as expit, softmax } from "../activation/activation.js";
export { exp2, expm1, log1p } from "../elementwise/exponential.js";
export { round } from "../elementwise/trigonometric.js";
export { logit, sinc } from "../elementwise/unary.js";
export { logsumexp } from "../reduction/statistics.js";
export * from "./bessel.js";
export * from "./error-function.js";
export {
  digamma,
  digamma as psi,
  igamma as gammainc,
  igammac as gammaincc,
  lgamma as gammaln,
  mvlgamma as multigammaln,
  polygamma,
  zeta,
} from "./gamma.js";
export * from "./logarithms.js";
export * from "./polynomials.js";
