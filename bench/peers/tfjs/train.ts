/** 200 steps of training the MLP, and the memory it took at most. */
import { peakRss } from "../../start/peak-rss.js";
import { opsOf } from "./ops.js";
import { training } from "./training.js";

const { call } = training("mlp", opsOf(process.argv[2]!));
for (let i = 0; i < 200; i++) call();
console.log(peakRss());
