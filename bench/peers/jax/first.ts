/** From the start of a process to an element of the first product of matrices. */
import { np } from "./device.js";

console.log(np.matmul(np.ones([64, 64]), np.ones([64, 64])).dataSync()[0]);
