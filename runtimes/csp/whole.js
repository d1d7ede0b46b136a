import { report } from "/train.js";
import * as torch from "/wasmgrad/dist/index.js";

await report({ torch, nn: torch.nn, optim: torch.optim }, () => {});
