/** Second names that PyTorch has for the same functions. */
export {
  abs as absolute,
  div as divide,
  div as trueDivide,
  mul as multiply,
  neg as negative,
  sub as subtract,
} from "./elementwise/arithmetic.js";
export {
  ge as greaterEqual,
  gt as greater,
  le as lessEqual,
  lt as less,
  ne as notEqual,
} from "./elementwise/comparison.js";
export { clamp as clip } from "./elementwise/limits.js";
export {
  acos as arccos,
  acosh as arccosh,
  asin as arcsin,
  asinh as arcsinh,
  atan as arctan,
  atan2 as arctan2,
  atanh as arctanh,
  trunc as fix,
} from "./elementwise/trigonometric.js";
export { householderProduct as orgqr } from "./linalg/qr.js";
export { outer as ger } from "./linear/matmul.js";
export { split as splitWithSizes } from "./shape/slicing.js";
export { movedim as moveaxis, transpose as swapaxes, transpose as swapdims } from "./shape/view.js";
