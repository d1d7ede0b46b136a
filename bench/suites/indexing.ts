/** Elements and rows chosen by number or by mask. */
import * as torch from "wasmgrad";
import { randint } from "../data.js";
import { type Case, numbers, onTensor } from "./suite.js";

const shape = [256, 32];

/** A case of rows [256, 32] and 64 row numbers. */
const byRow = (name: string, run: (x: torch.Tensor, index: torch.Tensor) => unknown): Case => ({
  name,
  prepare: (device) => {
    const [x, index] = [numbers(device, 1, shape), randint(2, 64, 256).to(device)];
    return () => run(x, index);
  },
});

export const indexing: readonly Case[] = [
  byRow("indexSelect", (x, index) => x.indexSelect(0, index)),
  byRow("at(index)", (x, index) => x.at(index)),
  byRow("embedding", (x, index) => torch.nn.functional.embedding(index, x)),
  byRow("gather", (x, index) => x.gather(0, index.unsqueeze(1).expand(64, 32))),
  byRow("indexAdd", (x, index) => x.indexAdd(0, index, x.narrow(0, 0, 64))),
  onTensor("at(mask)", shape, (x) => x.at(x.gt(0))),
  onTensor("at(slice)", shape, (x) => x.at("::2").contiguous()),
  onTensor("sort", shape, (x) => x.sort(1)),
  onTensor("topk", shape, (x) => x.topk(5, 1)),
];
