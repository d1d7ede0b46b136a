/** torch.autograd. */
export { backward, grad } from "./engine.js";
export { Function } from "./function.js";
