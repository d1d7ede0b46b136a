/** 200 steps of training the MLP in a plain synchronous loop, and the memory it took at most. */
import { Mlp, mlpBatch } from "../networks/mlp.js";
import { sgd, trainer } from "../workloads/training.js";
import { peakRss } from "./peak-rss.js";

const net = new Mlp();
const step = trainer(net, sgd(net), mlpBatch(64));
for (let i = 0; i < 200; i++) step();
console.log(peakRss());
