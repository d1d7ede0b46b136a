/** Every entry of the package loads, with the names and classes it should have; tensors of every dtype, printing, training. */
import * as torch from "wasmgrad";
import { equal } from "./assert.mjs";
import { entries } from "./entries.mjs";

const { nn, optim } = torch;

async function entriesLoad() {
  for (const [entry, names] of Object.entries(entries)) {
    const found = await import(entry);
    for (const [name, kind] of Object.entries(names)) {
      equal(`${entry}: typeof ${name}`, typeof found[name], kind.class ? "function" : kind.type);
      // A minifier may have renamed it; errors and printed networks show this name.
      if (kind.class) equal(`${entry}: ${name}.name`, found[name].name, kind.class);
    }
  }
}

function dtypes() {
  for (const dtype of [
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "bool",
  ]) {
    const x = torch.tensor([0, 1, 1, 0], { dtype });
    equal(
      dtype,
      [x.dtype, x.add(x).toArray().map(Number)],
      [dtype, dtype === "bool" ? [0, 1, 1, 0] : [0, 2, 2, 0]],
    );
  }
}

function printing() {
  const x = torch.tensor(
    [
      [1.5, -2],
      [0, 1e-3],
    ],
    { requiresGrad: true },
  );
  equal(
    "a tensor",
    String(x),
    "tensor([[ 1.5000e+00, -2.0000e+00],\n        [ 0.0000e+00,  1.0000e-03]], requires_grad=True)",
  );
  equal("its square", String(x.mul(2).at(0, 0)), "tensor(3., grad_fn=<SelectBackward0>)");
  const net = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU());
  equal(
    "a network",
    String(net),
    "Sequential(\n  (0): Linear(in_features=2, out_features=3, bias=True)\n  (1): ReLU()\n)",
  );
}

function errors() {
  try {
    torch.ones([2, 3]).matmul(torch.ones([2, 3]));
  } catch (error) {
    equal("the error", [error instanceof torch.ShapeError, error.name], [true, "ShapeError"]);
    return;
  }
  throw new Error("matmul took shapes that do not fit");
}

/** Exclusive or, learned. */
function training() {
  torch.manualSeed(0);
  const x = torch.tensor(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    { dtype: "float32" },
  );
  const y = torch.tensor([[0], [1], [1], [0]], { dtype: "float32" });
  const net = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 1));
  const optimizer = new optim.AdamW(net.parameters(), { lr: 0.05 });
  for (let step = 0; step < 200; step++) {
    const loss = nn.functional.mseLoss(net(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
  equal("what it has learned", net(x).round().abs().flatten().toArray(), [0, 1, 1, 0]);
}

export async function run() {
  await entriesLoad();
  for (const part of [dtypes, printing, errors, training]) part();
  return { entries: Object.keys(entries).length };
}
