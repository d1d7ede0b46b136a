/** torch.autograd. */
export { backward, grad } from "./engine.js";
export { Function } from "./function.js";
export { type GradcheckOptions, gradcheck, gradgradcheck } from "./gradcheck.js";
