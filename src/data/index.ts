export * from "./collate.js";
export * from "./dataloader.js";
export * from "./dataset.js";
export * from "./sampler.js";
export { getWorkerInfo, type WorkerInfo } from "./worker-info.js";
