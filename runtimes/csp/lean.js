import { report } from "/train.js";
import * as torch from "/wasmgrad/dist/lean.js";
import { mseLoss } from "/wasmgrad/dist/nn/functional.js";
import * as nn from "/wasmgrad/dist/nn/index.js";
import * as optim from "/wasmgrad/dist/optim/index.js";

await report({ torch, nn: { ...nn, mseLoss }, optim }, () => import("/wasmgrad/dist/reference.js"));
