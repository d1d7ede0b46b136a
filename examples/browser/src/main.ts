/** @file The page: what the buttons do, and what is shown of what the worker says. */
import { Curves } from "./curves.js";
import { download, fill, find, percent, takeFiles } from "./dom.js";
import { checkSettings } from "./form.js";
import type { Reply, Request } from "./protocol.js";
import { Reading } from "./reading.js";
import type { Settings } from "./trainer.js";

type State = "starting" | "idle" | "training" | "paused" | "done" | "broken";

const [form, go, stop] = [find<HTMLFormElement>("settings"), find<HTMLButtonElement>("go"), find("stop")];
const [progress, status, news] = [find<HTMLProgressElement>("progress"), find("status"), find("news")];
const save = find<HTMLButtonElement>("save");
const fields = ["lr", "epochs", "seed"] as const;
const input = (name: keyof Settings) => find<HTMLInputElement>(name);

const curves = new Curves();
const reading = new Reading((id, pixels) => ask({ type: "classify", id, pixels }));
let worker: Worker;
let state: State = "starting";
/** Of the run that is shown. */
let run: { settings: Settings; steps: number; stepsPerEpoch: number } | undefined;

const ask = (request: Request) => {
  if (state !== "broken") worker.postMessage(request);
};

/** Shows a line, and has it read out; progress that changes many times a second is only shown. */
function tell(text: string): void {
  status.textContent = text;
  news.textContent = text;
}

function enter(next: State): void {
  state = next;
  const running = next === "training" || next === "paused";
  go.textContent = next === "training" ? "Pause" : next === "paused" ? "Continue" : "Start training";
  go.disabled = next === "starting" || next === "broken";
  stop.hidden = !running;
  // Not disabled, which would take the focus away.
  for (const name of fields) input(name).readOnly = running;
}

// ── the worker ───────────────────────────────────────────────────────────────────────────────────

function startWorker(): void {
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Reply>) => (heard[data.type] as (reply: Reply) => void)(data);
  worker.onerror = (event) => {
    event.preventDefault();
    fail(
      "The worker has stopped.",
      event.message
        ? `It said: ${event.message}. What it had learnt is lost; restart it to begin again.`
        : "Its script could not be loaded. Are you offline, or was the page opened as a file rather than from a server?",
    );
  };
  worker.onmessageerror = () => fail("The worker has stopped.", "What it sent could not be read.");
}

function fail(title: string, text: string): void {
  worker.terminate();
  enter("broken");
  find("failure-title").textContent = title;
  find("failure-text").textContent = text;
  find("failure").hidden = false;
  status.textContent = "Stopped";
  save.disabled = true;
}

find("restart").addEventListener("click", () => {
  find("failure").hidden = true;
  enter("starting");
  forgetRun();
  tell("Starting the worker …");
  startWorker();
  input("lr").focus();
});

/** What is done about each kind of reply. */
const heard: { [Type in Reply["type"]]: (reply: Extract<Reply, { type: Type }>) => void } = {
  ready() {
    enter("idle");
    tell("Ready. The network knows nothing yet.");
    reading.refresh();
  },
  drawing({ drawn, count }) {
    progress.value = drawn / count;
    status.textContent = `Drawing digits to learn from: ${drawn} of ${count}`;
  },
  started({ steps, stepsPerEpoch }) {
    if (run) Object.assign(run, { steps, stepsPerEpoch });
    curves.restart(steps, stepsPerEpoch);
    save.disabled = false;
    tell(state === "paused" ? "Paused" : "Training");
  },
  progress({ step, losses }) {
    curves.add(losses);
    fill("loss", curves.smooth().toFixed(4));
    showStep(step);
  },
  tested({ step, score }) {
    curves.addTest(step, score);
    fill("accuracy", percent(score.accuracy));
    news.textContent = `Step ${step}: ${percent(score.accuracy)} of test digits right`;
    reading.refresh();
  },
  done({ score, hash }) {
    enter("done");
    // Guessing is right one time in ten.
    const advice = score.accuracy < 0.2 ? " It has learnt nothing: try another learning rate." : "";
    tell(`Done: ${percent(score.accuracy)} of test digits right.${advice}`);
    find("final-loss").textContent = String(score.loss);
    find("hash").textContent = hash ? hash.slice(0, 16) : "needs https";
    find("hash").title = hash;
    find("result").hidden = false;
  },
  diverged({ step }) {
    enter("idle");
    tell(`Stopped at step ${step}: the loss is no longer a number. Try a smaller learning rate.`);
  },
  probabilities({ id, values }) {
    reading.show(id, values);
  },
  weights({ bytes }) {
    download(`digits-seed${run?.settings.seed ?? 0}.safetensors`, bytes);
  },
  loaded({ name, score }) {
    forgetRun();
    tell("The network has the weights of a file.");
    fill("accuracy", percent(score.accuracy));
    find("weights-text").textContent =
      `${name}: ${percent(score.accuracy)} of test digits right, loss ${score.loss.toFixed(4)}.`;
    save.disabled = false;
    reading.refresh();
  },
  digits({ train, test, drawn }) {
    forgetRun();
    tell("Ready to learn from other digits.");
    const source = drawn ? "drawn by this page" : "of MNIST’s files";
    find("digits-text").textContent = `${train} to train and ${test} to test, ${source}.`;
    find("drawn").hidden = drawn;
  },
  refused({ what, message }) {
    find(`${what}-error`).textContent = message;
  },
  unable({ message }) {
    fail(
      "This browser does not let the page run WebAssembly,",
      "which does the arithmetic here. The usual reasons are a content security policy without " +
        `'wasm-unsafe-eval', a lockdown mode, or a browser from before 2021. It said: ${message}`,
    );
  },
  failed({ message }) {
    fail("The worker has stopped.", `It said: ${message}`);
  },
};

// ── training ─────────────────────────────────────────────────────────────────────────────────────

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (state === "training") {
    ask({ type: "pause" });
    enter("paused");
    tell("Paused");
    return;
  }
  if (state === "paused") {
    ask({ type: "continue" });
    enter("training");
    tell("Training");
    return;
  }
  if (state !== "idle" && state !== "done") return;
  const checked = checkSettings({
    lr: input("lr").value,
    epochs: input("epochs").value,
    seed: input("seed").value,
  });
  const errors = "errors" in checked ? checked.errors : {};
  for (const name of fields) {
    find(`${name}-error`).textContent = errors[name] ?? "";
    input(name).setAttribute("aria-invalid", String(name in errors));
  }
  if ("errors" in checked) {
    input(fields.find((name) => name in errors)!).focus();
    return;
  }
  forgetRun();
  curves.restart(checked.settings.epochs, 1);
  run = { settings: checked.settings, steps: 0, stepsPerEpoch: 1 };
  ask({ type: "start", settings: checked.settings });
  enter("training");
  tell("Getting the digits ready");
});

stop.addEventListener("click", () => {
  ask({ type: "pause" });
  enter("idle");
  tell("Stopped. The network keeps what it has learnt.");
  go.focus();
});

function showStep(step: number): void {
  if (!run?.steps) return;
  const { steps, stepsPerEpoch } = run;
  progress.value = step / steps;
  const epoch = Math.ceil(step / stepsPerEpoch);
  find("step").textContent = `step ${step} of ${steps}, epoch ${epoch} of ${steps / stepsPerEpoch}`;
}

/** What is shown of a run goes, as another network takes its place. */
function forgetRun(): void {
  if (state !== "starting") enter("idle");
  run = undefined;
  progress.value = 0;
  curves.clear();
  for (const id of ["loss", "accuracy"]) fill(id, null);
  find("step").textContent = "";
  find("result").hidden = true;
}

// ── files ────────────────────────────────────────────────────────────────────────────────────────

save.addEventListener("click", () => ask({ type: "save" }));
find<HTMLInputElement>("load").addEventListener("change", async ({ target }) => {
  find("weights-error").textContent = "";
  const [file] = await takeFiles(target as HTMLInputElement);
  if (file) ask({ type: "load", file });
});
find<HTMLInputElement>("mnist").addEventListener("change", async ({ target }) => {
  find("digits-error").textContent = "";
  const files = await takeFiles(target as HTMLInputElement);
  if (files.length > 0) ask({ type: "digits", files });
});
find("drawn").addEventListener("click", () => ask({ type: "digits", files: [] }));

enter("starting");
startWorker();
