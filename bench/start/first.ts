/** From the start of a process to an element of the first product of matrices. */
import * as torch from "wasmgrad";

console.log(torch.ones(64, 64).matmul(torch.ones(64, 64)).at(0, 0).item());
