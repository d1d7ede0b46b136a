/** Second names that PyTorch has for the same functions. */
export {
  abs as absolute,
  div as divide,
  div as trueDivide,
  mul as multiply,
  neg as negative,
  sub as subtract,
} from "./arithmetic.js";
export {
  ge as greaterEqual,
  gt as greater,
  le as lessEqual,
  lt as less,
  ne as notEqual,
} from "./comparison.js";
export { clamp as clip } from "./limits.js";
export { householderProduct as orgqr } from "./linalg/qr.js";
export { outer as ger } from "./matmul.js";
export { split as splitWithSizes } from "./slicing.js";
export {
  acos as arccos,
  acosh as arccosh,
  asin as arcsin,
  asinh as arcsinh,
  atan as arctan,
  atan2 as arctan2,
  atanh as arctanh,
  trunc as fix,
} from "./trigonometric.js";
export { movedim as moveaxis, transpose as swapaxes, transpose as swapdims } from "./view.js";
