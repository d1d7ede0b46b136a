/** torch.linalg. */
export { matmul } from "../linear/matmul.js";
export { cholesky, choleskyEx } from "./cholesky.js";
export { det, slogdet } from "./determinant.js";
export { eigh, eigvalsh } from "./eigen.js";
export { ldlFactor, ldlFactorEx, ldlSolve } from "./ldl.js";
export { lu, luFactor, luFactorEx, luSolve } from "./lu.js";
export { cond, matrixNorm, norm, vectorNorm } from "./norms.js";
export { matrixExp, matrixPower, multiDot } from "./power.js";
export { lstsq, matrixRank, pinv } from "./pseudo-inverse.js";
export { householderProduct, qr } from "./qr.js";
export { inv, invEx, solve, solveEx, tensorinv, tensorsolve } from "./solve.js";
export { svd, svdvals } from "./svd.js";
export { solveTriangular } from "./triangular.js";
export { cross, diagonal, vander, vecdot } from "./vectors.js";
