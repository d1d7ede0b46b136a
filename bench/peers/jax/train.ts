/** 200 steps of training the MLP, and the memory it took at most. */
import { peakRss } from "../../start/peak-rss.js";
import { training } from "./training.js";

const { call } = training("mlp");
for (let i = 0; i < 200; i++) await call();
console.log(peakRss());
