/** From the start of a process to an element of the first product of matrices. */
import { tf } from "./backend.js";

console.log(tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).dataSync()[0]);
