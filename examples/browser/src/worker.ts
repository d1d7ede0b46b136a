/** @file The worker: all arithmetic happens here, so that the page stays quick. */
import { loadSafetensors, saveSafetensors } from "wasmgrad/io";
import { manualSeed } from "wasmgrad/lean";
import type { Sequential } from "wasmgrad/nn";
import { oneLine, UserError } from "../../digits/errors.js";
import { drawnCounts, drawSet } from "./drawn.js";
import { readMnist } from "./mnist.js";
import { buildNet } from "./model.js";
import type { NamedBytes, Reply, Request } from "./protocol.js";
import { type Batch, classify, type Score, type Settings, Trainer, test, toBatch } from "./trainer.js";

const say = (reply: Reply) => self.postMessage(reply);

/** Messages arrive only between turns of the event loop; a timer would wait for milliseconds. */
const { port1, port2 } = new MessageChannel();
const turn = () =>
  new Promise<void>((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

let net: Sequential;
/** What is trained and tested on; drawn when it is first needed. */
let digits: { drawn: boolean; train?: Batch; test?: Batch } = { drawn: true };
/** The run that goes on; another object, or none, ends it. */
let current: { trainer?: Trainer; going: boolean } | undefined;
let paused = false;

async function prepare(part: "train" | "test"): Promise<Batch> {
  return toBatch(
    await drawSet(part, (drawn) => {
      say({ type: "drawing", drawn, count: drawnCounts[part] });
      return turn();
    }),
  );
}

async function ready(): Promise<{ train: Batch; test: Batch }> {
  const wanted = digits;
  wanted.test ??= await prepare("test");
  wanted.train ??= await prepare("train");
  return { train: wanted.train, test: wanted.test };
}

async function start(settings: Settings): Promise<void> {
  const run: typeof current = { going: false };
  current = run;
  paused = false;
  const { train } = await ready();
  if (current !== run) return;
  const trainer = new Trainer(train, settings);
  run.trainer = trainer;
  net = trainer.net;
  say({ type: "started", steps: trainer.steps, stepsPerEpoch: trainer.stepsPerEpoch });
  await goOn();
}

/** Trains until the end, a pause or another run; does nothing where that is under way. */
async function goOn(): Promise<void> {
  const run = current;
  const trainer = run?.trainer;
  if (!run || !trainer || run.going) return;
  const testSet = (await ready()).test;
  run.going = true;
  let losses: number[] = [];
  let reported = 0;
  let score: Score | undefined;
  const report = () => {
    if (losses.length > 0) say({ type: "progress", step: trainer.step, losses });
    losses = [];
    reported = performance.now();
  };
  while (trainer.step < trainer.steps && !paused) {
    const loss = trainer.next();
    losses.push(loss);
    if (!Number.isFinite(loss)) {
      current = undefined;
      return say({ type: "diverged", step: trainer.step });
    }
    const tested = trainer.step % trainer.testEvery === 0 || trainer.step === trainer.steps;
    if (tested || performance.now() - reported > 80) report();
    if (tested) {
      score = test(net, testSet);
      say({ type: "tested", step: trainer.step, score });
    }
    await turn();
    if (current !== run) return;
  }
  report();
  run.going = false;
  if (score && trainer.step === trainer.steps) {
    current = undefined;
    say({ type: "done", score, hash: await sha256(saveSafetensors(net.stateDict())) });
  }
}

/** SHA-256 of the file that "Save" would write; browsers have it only on https and on localhost. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle) return "";
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function load({ name, bytes }: NamedBytes): Promise<void> {
  const loaded = buildNet();
  try {
    loaded.loadStateDict(loadSafetensors(bytes).tensors);
  } catch (error) {
    throw new UserError(`${name}: expected the weights of this network, found: ${oneLine(error)}`);
  }
  current = undefined;
  net = loaded;
  const wanted = digits;
  wanted.test ??= await prepare("test");
  if (net === loaded) say({ type: "loaded", name, score: test(loaded, wanted.test) });
}

async function setDigits(files: NamedBytes[]): Promise<void> {
  const mnist = files.length > 0 ? await readMnist(files) : undefined;
  current = undefined;
  digits = mnist ? { drawn: false, train: toBatch(mnist.train), test: toBatch(mnist.test) } : { drawn: true };
  const count = (part: "train" | "test") => mnist?.[part].labels.length ?? drawnCounts[part];
  say({ type: "digits", train: count("train"), test: count("test"), drawn: !mnist });
}

async function answer(request: Request): Promise<void> {
  switch (request.type) {
    case "start":
      return start(request.settings);
    case "pause":
      paused = true;
      return;
    case "continue":
      paused = false;
      return goOn();
    case "classify":
      return say({ type: "probabilities", id: request.id, values: classify(net, request.pixels) });
    case "save":
      return say({ type: "weights", bytes: saveSafetensors(net.stateDict()) });
    case "load":
      return load(request.file);
    case "digits":
      return setDigits(request.files);
  }
}

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  try {
    await answer(data);
  } catch (error) {
    if (error instanceof UserError)
      say({ type: "refused", what: data.type === "digits" ? "digits" : "weights", message: error.message });
    else say({ type: "failed", message: oneLine(error) });
  }
};

try {
  manualSeed(0);
  net = buildNet();
  // The first arithmetic of all: where WebAssembly is refused, this says so.
  classify(net, new Uint8Array(28 * 28));
  say({ type: "ready" });
} catch (error) {
  say({ type: "unable", message: oneLine(error) });
}
