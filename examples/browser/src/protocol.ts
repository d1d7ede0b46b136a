/** @file What the page and its worker say to each other. */
import type { Score, Settings } from "./trainer.js";

/** A file as it was picked, gzip or not. */
export interface NamedBytes {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export type Request =
  | { type: "start"; settings: Settings }
  | { type: "pause" }
  | { type: "continue" }
  | { type: "classify"; id: number; pixels: Uint8Array }
  | { type: "save" }
  | { type: "load"; file: NamedBytes }
  /** MNIST's files, or none for the digits that the page draws. */
  | { type: "digits"; files: NamedBytes[] };

export type Reply =
  | { type: "ready" }
  | { type: "drawing"; drawn: number; count: number }
  | { type: "started"; steps: number; stepsPerEpoch: number }
  /** The losses of the steps since the last report. */
  | { type: "progress"; step: number; losses: number[] }
  | { type: "tested"; step: number; score: Score }
  | { type: "done"; score: Score; hash: string }
  | { type: "diverged"; step: number }
  | { type: "probabilities"; id: number; values: number[] }
  | { type: "weights"; bytes: Uint8Array<ArrayBuffer> }
  | { type: "loaded"; name: string; score: Score }
  | { type: "digits"; train: number; test: number; drawn: boolean }
  /** What the person can put right. */
  | { type: "refused"; what: "weights" | "digits"; message: string }
  /** WebAssembly cannot be used. */
  | { type: "unable"; message: string }
  /** A defect: what the worker was doing is lost. */
  | { type: "failed"; message: string };
