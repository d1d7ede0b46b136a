/** The classifier: pictures of 8×8 pixels, 64 numbers from 0 to 1, to the digit they show. */
import { loadSafetensors, saveSafetensors } from "wasmgrad/io";
import { noGrad, scope, setMemoryBudget, tensor } from "wasmgrad/lean";
import { Linear, ReLU, Sequential } from "wasmgrad/nn";
import { crossEntropy } from "wasmgrad/nn/functional";
import { SGD } from "wasmgrad/optim";
import asset from "../model.safetensors";

export const pixels = 64;
export const classes = 10;

/** An isolate has 128 MB for everything; what does not fit in this much is copied out of WebAssembly's memory, which never shrinks. */
setMemoryBudget(16 * 2 ** 20);

/** A network that nobody changes any more, and how many steps it has learned here. */
export interface Model {
  readonly net: Sequential;
  readonly steps: number;
}

export interface Prediction {
  readonly label: number;
  readonly probabilities: number[];
}

/** What to learn from, and when to stop. */
export interface Lesson {
  readonly inputs: number[][];
  readonly labels: number[];
  readonly steps: number;
  readonly lr: number;
  readonly limitMs: number;
}

export interface Learned {
  readonly model: Model;
  readonly steps: number;
  readonly stoppedBy: "steps" | "time";
  readonly lossBefore: number;
  readonly lossAfter: number;
}

type StateDict = ReturnType<Sequential["stateDict"]>;

function networkOf(state: StateDict): Sequential {
  const net = new Sequential(new Linear(pixels, 64), new ReLU(), new Linear(64, classes));
  net.loadStateDict(state);
  return net;
}

/** The model as it was deployed. */
export const load = (): Model => ({
  net: networkOf(loadSafetensors(new Uint8Array(asset)).tensors),
  steps: 0,
});

/** The file of its weights. */
export const save = ({ net, steps }: Model): Uint8Array<ArrayBuffer> =>
  saveSafetensors(net.stateDict(), { steps: String(steps) });

export function predict({ net }: Model, inputs: number[][]): Prediction[] {
  const rows = noGrad(() =>
    net(tensor(inputs, { dtype: "float32" }))
      .softmax(1)
      .tolist(),
  ) as number[][];
  return rows.map((probabilities) => ({
    label: probabilities.indexOf(Math.max(...probabilities)),
    probabilities,
  }));
}

/** So many steps are done before the clock is looked at. */
const stride = 8;

/**
 * Fine-tunes a copy of `model` on all the rows at once, step by step, until the steps or the time are used up.
 *
 * A worker's clock stands still while it computes. It goes on when the worker waits for something: so this waits after every few
 * steps, looks at the clock, and other requests are answered meanwhile, from the model as it was.
 */
export async function learn(model: Model, lesson: Lesson): Promise<Learned> {
  const net = networkOf(model.net.stateDict());
  const x = tensor(lesson.inputs, { dtype: "float32" });
  const y = tensor(lesson.labels, { dtype: "int64" });
  const optimizer = new SGD(net.parameters(), { lr: lesson.lr, momentum: 0.9 });
  const lossNow = () => noGrad(() => Number(crossEntropy(net(x), y).item()));
  const lossBefore = lossNow();
  const began = Date.now();
  let steps = 0;
  while (steps < lesson.steps) {
    for (const end = Math.min(steps + stride, lesson.steps); steps < end; steps++) {
      scope(() => {
        optimizer.zeroGrad();
        crossEntropy(net(x), y).backward();
        optimizer.step();
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (Date.now() - began >= lesson.limitMs) break;
  }
  return {
    model: { net, steps: model.steps + steps },
    steps,
    stoppedBy: steps < lesson.steps ? "time" : "steps",
    lossBefore,
    lossAfter: lossNow(),
  };
}
