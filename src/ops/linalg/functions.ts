/** What `torch` itself has of linear algebra beside the products in ops/linear/matmul.ts. */
export { choleskyInverse, choleskySolve } from "./cholesky.js";
export * from "./classic.js";
export { det, logdet, slogdet } from "./determinant.js";
export { pcaLowrank, svdLowrank } from "./low-rank.js";
export { chainMatmul, matrixExp, matrixPower } from "./power.js";
export * from "./products.js";
export { geqrf, ormqr } from "./qr.js";
export { inv as inverse } from "./solve.js";
export { vdot } from "./vectors.js";
