/** examples/worker from the packed library: built, served by workerd on loopback, and asked, also for what it must refuse. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../context.mjs";
import { copyWorker, serve, wranglerConfig } from "../worker.mjs";
import { nonsense, refusals } from "../worker-refusals.mjs";

export async function run(context) {
  const folder = copyWorker(context);
  const { pictures } = await import(pathToFileURL(join(folder, "pictures.mjs")));
  const { inputs, labels } = pictures(256, 2);
  // The same digits black on white: nothing the model has seen.
  const inverse = inputs.map((row) => row.map((x) => 1 - x));

  await context.check("worker: its types", () =>
    context.sh(join(root, "node_modules/.bin/tsc"), ["-p", folder]),
  );
  await context.check("worker: train.mjs makes the file that is committed", () => {
    const printed = context.sh("node", ["train.mjs", "again.safetensors"], { cwd: folder });
    assert.match(printed, /^accuracy 0\.969 /);
    assert.deepEqual(
      readFileSync(join(folder, "again.safetensors")),
      readFileSync(join(folder, "model.safetensors")),
    );
  });

  context.sh("npm", ["run", "build"], { cwd: folder });
  const { url, pid } = await serve(context, folder, "config.capnp");
  const get = (path) => fetch(url + path);
  const post = async (path, body) => {
    const response = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, ...(await response.json()) };
  };
  const fresh = () => post("/reset", {});
  const guesses = async (rows) => (await post("/predict", { inputs: rows })).predictions;
  const accuracy = async (rows) => {
    const right = (await guesses(rows)).filter(({ label }, i) => label === labels[i]);
    return right.length / labels.length;
  };

  await context.check("worker: describes itself", async () => {
    const { description, routes, stepsLearned } = await (await get("/")).json();
    assert.match(description, /digits/);
    assert.equal(routes.length, 5);
    assert.equal(stepsLearned, 0);
  });
  await context.check("worker: predicts, one picture or many", async () => {
    const [first, second] = await guesses(inputs.slice(0, 2));
    assert.deepEqual([first.label, second.label], [0, 1]);
    // A picture alone is summed up in another order than in company.
    for (const [alone] of [await guesses(inputs[0]), await guesses([inputs[0]])])
      alone.probabilities.forEach((p, i) => {
        assert.ok(Math.abs(p - first.probabilities[i]) < 1e-6);
      });
    assert.equal(first.probabilities.length, 10);
    assert.ok(Math.abs(first.probabilities.reduce((a, b) => a + b) - 1) < 1e-6);
    assert.ok((await accuracy(inputs)) > 0.95);
  });
  await context.check("worker: learns, and forgets", async () => {
    await fresh();
    const before = await accuracy(inverse);
    const learned = await post("/learn", { inputs: inverse, labels, steps: 100, lr: 0.1, limitMs: 10_000 });
    assert.equal(learned.status, 200);
    assert.ok(learned.lossAfter < 0.1 * learned.lossBefore, JSON.stringify(learned));
    assert.ok((await accuracy(inverse)) > before + 0.3);
    await fresh();
    assert.equal(await accuracy(inverse), before);
  });
  await context.check("worker: the weights it learns are Node's, bit for bit", async () => {
    await fresh();
    const lesson = { inputs: inverse.slice(0, 20), labels: labels.slice(0, 20), steps: 20, lr: 0.05 };
    const { stoppedBy } = await post("/learn", { ...lesson, limitMs: 10_000 });
    assert.equal(stoppedBy, "steps");
    const served = new Uint8Array(await (await get("/model")).arrayBuffer());
    const torch = await import(pathToFileURL(join(folder, "node_modules/wasmgrad/dist/node/index.js")));
    const net = network(torch, readFileSync(join(folder, "model.safetensors")));
    learnInNode(torch, net, lesson);
    assert.deepEqual(served, torch.io.saveSafetensors(net.stateDict(), { steps: "20" }));
    const probabilities = network(torch, served)(torch.tensor(inputs)).softmax(1).tolist();
    assert.deepEqual(
      (await guesses(inputs)).map((guess) => guess.probabilities),
      probabilities,
    );
  });
  await context.check("worker: stops when the time is up", async () => {
    const learned = await post("/learn", { inputs: inverse, labels, steps: 100_000, limitMs: 20 });
    assert.equal(learned.stoppedBy, "time");
    assert.ok(learned.steps > 0 && learned.steps < 100_000);
  });
  await context.check("worker: answers from the old model while it learns a new one; a reset wins", () =>
    whileLearning(async (limitMs) => {
      await fresh();
      const before = await guesses(inputs);
      let ended = false;
      const lesson = { inputs: inverse, labels, steps: 100_000, limitMs };
      const learning = post("/learn", lesson).finally(() => (ended = true));
      const during = await Promise.all([1, 2, 3, 4].map(() => guesses(inputs)));
      await fresh();
      const inTime = !ended;
      const { status, error } = await learning;
      if (!inTime) return false;
      for (const predictions of during) assert.deepEqual(predictions, before);
      assert.equal(status, 409);
      assert.match(error, /another request/);
      assert.deepEqual(await guesses(inputs), before);
      return true;
    }),
  );
  await context.check(
    "worker: of two that learn at once one is told that its steps are dropped",
    async () => {
      await fresh();
      const lesson = { inputs: inverse, labels, steps: 24, limitMs: 10_000 };
      const answers = await Promise.all([post("/learn", lesson), post("/learn", lesson)]);
      const { stepsLearned } = await (await get("/")).json();
      const done = answers.filter(({ status }) => status === 200);
      // They may also have come one after the other.
      assert.equal(stepsLearned, 24 * done.length);
      assert.ok(done.length >= 1 && answers.every(({ status }) => status === 200 || status === 409));
    },
  );
  await context.check("worker: a request that hangs up blocks no other", async () => {
    const body = JSON.stringify({ inputs: inverse, labels, steps: 100_000, limitMs: 10_000 });
    const signal = AbortSignal.timeout(200);
    await fetch(`${url}/learn`, { method: "POST", body, signal }).then(
      (response) => response.text(),
      () => "hung up",
    );
    assert.equal((await post("/learn", { inputs: inputs[0], labels: 0, steps: 1 })).status, 200);
  });
  await context.check("worker: a lesson that diverges changes nothing", async () => {
    await fresh();
    const before = await guesses(inputs);
    const { status, error } = await post("/learn", { inputs: inverse, labels, lr: 1e30 });
    assert.equal(status, 400);
    assert.match(error, /smaller lr/);
    assert.deepEqual(await guesses(inputs), before);
  });
  for (const [what, path, init, status, message] of refusals(inputs, labels))
    await context.check(`worker: refuses ${what}`, async () => {
      const response = await fetch(url + path, init());
      const { error } = await response.json();
      assert.equal(response.status, status, error);
      assert.match(error, message);
    });
  await context.check("worker: whatever is sent, it is never the worker that is wrong", async () => {
    const counts = {};
    for (const [path, init] of nonsense(500)) {
      const { status } = await fetch(url + path, init);
      counts[status] = (counts[status] ?? 0) + 1;
      assert.ok(status < 500, `${path} ${init.body}`);
    }
    assert.deepEqual(Object.keys(counts), ["200", "400", "404", "405"]);
  });
  await context.check("worker: stays small after all that", async () => {
    const { peak, evicted, budget } = (await (await get("/")).json()).memory;
    assert.ok(peak < budget && evicted === 0, `peak ${peak}, evicted ${evicted}`);
    const sizes = ["worker.js", "core.wasm", "model.safetensors"].map(
      (file) => readFileSync(join(folder, "build", file)).length,
    );
    assert.ok(sizes[0] + sizes[1] + sizes[2] < 400_000, String(sizes));
    console.log(`  bundle ${sizes.join(" + ")} bytes; heap ${peak} bytes at most; ${residentOf(pid)}`);
  });
  await context.check("worker: what wrangler would upload runs too", async () => {
    const uploaded = await serve(context, folder, wranglerConfig(context, folder));
    const response = await fetch(`${uploaded.url}/predict`, {
      method: "POST",
      body: JSON.stringify({ inputs: inputs[3] }),
    });
    assert.equal((await response.json()).predictions[0].label, 3);
  });
}

/** Runs `body` with a longer limit if it says that the first was over before all was asked. */
async function whileLearning(body) {
  for (const limitMs of [1000, 10_000]) if (await body(limitMs)) return;
  throw new Error("four predictions took longer than ten seconds");
}

function network({ nn, io }, file) {
  const net = new nn.Sequential(new nn.Linear(64, 64), new nn.ReLU(), new nn.Linear(64, 10));
  net.loadStateDict(io.loadSafetensors(file).tensors);
  return net;
}

function learnInNode(torch, net, { inputs, labels, steps, lr }) {
  const optimizer = new torch.optim.SGD(net.parameters(), { lr, momentum: 0.9 });
  const [x, y] = [torch.tensor(inputs), torch.tensor(labels)];
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    torch.nn.functional.crossEntropy(net(x), y).backward();
    optimizer.step();
  }
}

/** What the operating system says of the memory of a program that npm's script has started, where it does. */
function residentOf(script) {
  try {
    const child = readFileSync(`/proc/${script}/task/${script}/children`, "utf8").trim() || script;
    return readFileSync(`/proc/${child}/status`, "utf8")
      .match(/(Name|VmHWM):.*/g)
      .join(" ");
  } catch {
    return "";
  }
}
