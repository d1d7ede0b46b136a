/** torch.autograd. */
export { backward, grad } from "./engine.js";
export { Function } from "./function.js";
export { gradcheck, type GradcheckOptions, gradgradcheck } from "./gradcheck.js";
