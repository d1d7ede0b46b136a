/** Early release: nothing is left behind that no user code can reach, and nothing goes that one can. */
import { afterEach, describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const { nn } = torch;
const resident = () => torch.memory().resident;

/** Numbers in blocks that others would soon overwrite if they were released. */
const kept: { tensor: Tensor; values: readonly unknown[]; from: string }[] = [];
function keep(tensor: Tensor, from: string): Tensor {
  kept.push({ tensor, values: tensor.detach().reshape(-1).toArray() as unknown[], from });
  return tensor;
}
afterEach(() => {
  for (let i = 0; i < 200; i++) torch.full([4 + (i % 40)], Number.NaN).add(1);
  for (const { tensor, values, from } of kept.splice(0))
    expect(tensor.detach().reshape(-1).toArray(), from).toEqual(values);
});

const mlp = () =>
  new nn.Sequential(
    new nn.Linear(8, 16),
    new nn.ReLU(),
    new nn.Sequential(new nn.Linear(16, 16), new nn.Tanh()),
    new nn.Linear(16, 3),
  );
const batch = () => torch.rand(5, 8, { generator: new torch.Generator(1) });

describe("what nobody can reach is released at once", () => {
  it("a training step of built-in layers leaves parameters, gradients, input and loss", () => {
    const [net, x, y] = [mlp(), batch(), torch.tensor([0, 1, 2, 0, 1])];
    const criterion = new nn.CrossEntropyLoss();
    const optimizer = new torch.optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
    const model = new nn.Sequential(net);
    const step = () => {
      optimizer.zeroGrad();
      const loss = criterion(model(x), y);
      loss.backward();
      optimizer.step();
    };
    for (let i = 0; i < 3; i++) step();
    const before = resident();
    for (let i = 0; i < 100; i++) step();
    // The scores and the loss of each step were in user hands: they are left to the garbage collector.
    expect(resident() - before).toBeLessThanOrEqual(100 * (64 + 16));
  });

  it("convolution, pooling, normalization and dropout too", () => {
    const net = new nn.Sequential(
      new nn.Conv2d(1, 4, 3),
      new nn.BatchNorm2d(4),
      new nn.ReLU(),
      new nn.MaxPool2d(2),
      new nn.Conv2d(4, 4, 3, { stride: 2, padding: 1 }),
      new nn.Sigmoid(),
      new nn.AvgPool2d(2),
      new nn.Flatten(),
      new nn.Dropout(0.5),
      new nn.LayerNorm(16),
      new nn.Linear(16, 1),
    );
    const x = torch.rand(2, 1, 18, 18);
    const step = () => {
      net.zeroGrad();
      nn.functional.mseLoss(net(x), torch.zeros(2, 1)).backward();
    };
    for (let i = 0; i < 3; i++) step();
    const before = resident();
    for (let i = 0; i < 20; i++) step();
    expect(resident() - before).toBeLessThanOrEqual(20 * 16 * 8);
  });

  it("temporaries of an op", () => {
    const x = torch.rand(1000);
    const before = resident();
    x.std();
    x.softmax(0).sum();
    x.at(torch.arange(10)).setAt([[1, 2]], 5);
    expect(resident() - before).toBeLessThan(16_000);
  });

  it("a gradient that was never read, when it is forgotten", () => {
    const x = torch.rand(1000, { requiresGrad: true });
    const y = x.mul(2).sum();
    y.backward({ retainGraph: true });
    const before = resident();
    for (let i = 0; i < 10; i++) {
      x.grad = null;
      y.backward({ retainGraph: true });
    }
    expect(resident()).toBe(before);
  });
});

describe("what anyone can reach is kept", () => {
  it("the result of a net, its gradient graph, a gradient that was read", () => {
    const [net, x] = [mlp(), batch().requiresGrad_()];
    const y = keep(net(x), "result");
    y.sum().backward();
    const grads = net.parameters().map((p) => keep(p.grad!, "gradient"));
    keep(x.grad!, "gradient of the input");
    net.zeroGrad();
    x.grad = null;
    net(x).sum().backward();
    expect(grads.every((g, i) => g !== net.parameters()[i]!.grad)).toBe(true);
  });

  it("what module hooks see: arguments and results, at every depth", () => {
    const net = mlp();
    for (const [name, module] of net.namedModules()) {
      module.registerForwardPreHook((_, args) => void keep(args[0] as Tensor, `before ${name}`));
      module.registerForwardHook((_, args, output: Tensor) => {
        keep(args[0] as Tensor, `into ${name}`);
        keep(output, `out of ${name}`);
      });
    }
    net(batch()).sum().backward();
    expect(kept.length).toBe(7 * 3);
  });

  it("a hook on one layer only", () => {
    const net = mlp();
    net[2]!.registerForwardHook((_, args, output: Tensor) => {
      keep(args[0] as Tensor, "into the middle");
      return keep(output.mul(2), "replaced");
    });
    const y = net(batch());
    y.sum().backward();
    expect(kept).toHaveLength(2);
  });

  it("what a user's module inside a Sequential sees, makes and hands on", () => {
    const seen: Tensor[] = [];
    class Spy extends nn.Module {
      inner = new nn.Linear(16, 16);
      override forward(x: Tensor): Tensor {
        seen.push(keep(x, "argument"), keep(x.t(), "view of it"), keep(x.mul(2), "made"));
        const y = keep(this.inner(x), "of a layer inside");
        return keep(y.view(-1, 16), "handed on");
      }
    }
    const net = new nn.Sequential(
      new nn.Linear(8, 16),
      new nn.ReLU(),
      new Spy(),
      new nn.Sequential(new Spy()),
      new nn.Tanh(),
      new nn.Linear(16, 1),
    );
    net(batch()).sum().backward();
    net(batch()).sum().backward();
    expect(seen.every((t) => t.sum().isFloatingPoint())).toBe(true);
    seen[0]!.mul(2);
  });

  it("what a subclass of a layer sees, and a forward set on an instance", () => {
    class Loud extends nn.Linear {
      override forward(x: Tensor): Tensor {
        return keep(super.forward(keep(x, "argument")), "result");
      }
    }
    const quiet = new nn.ReLU();
    quiet.forward = (x: Tensor) => keep(keep(x, "patched argument").clampMin(0), "patched result");
    const net = new nn.Sequential(new nn.Linear(8, 16), new Loud(16, 16), quiet, new nn.Linear(16, 3));
    net(batch()).sum().backward();
    expect(kept).toHaveLength(4);
  });

  it("what a custom function sees, saves and returns, forward and backward", () => {
    class Spy extends torch.autograd.Function {
      static override forward(ctx: { saveForBackward(...t: Tensor[]): void }, x: Tensor): Tensor {
        const y = x.exp();
        ctx.saveForBackward(keep(x, "argument"), keep(y, "saved"));
        return y;
      }
      static override backward(ctx: { savedTensors: readonly Tensor[] }, g: Tensor): Tensor {
        for (const t of ctx.savedTensors) keep(t, "saved, in backward");
        return keep(keep(g, "gradient").mul(ctx.savedTensors[1]!), "made in backward");
      }
    }
    class Layer extends nn.Module {
      override forward(x: Tensor): Tensor {
        return Spy.apply(x);
      }
    }
    const net = new nn.Sequential(
      new nn.Linear(8, 16),
      new Layer(),
      new nn.Linear(16, 16),
      new Layer(),
      new nn.Tanh(),
    );
    net(batch()).sum().backward();
    expect(kept).toHaveLength(2 * 6);
  });

  it("what tensor hooks stash, return and retain", () => {
    const x = batch().requiresGrad_();
    const y = mlp()(x);
    const z = y.exp();
    z.retainGrad();
    y.registerHook((g) => keep(g.mul(2), "returned"));
    for (const [name, t] of Object.entries({ x, y, z }))
      t.registerHook((g) => void keep(g, `gradient of ${name}`));
    z.add(z.mul(3)).sum().backward({ retainGraph: true });
    keep(z.grad!, "retained");
    keep(x.grad!, "leaf");
    z.sum().backward();
    expect(kept.length).toBe(2 + 2 * 4);
    kept.splice(
      kept.findIndex(({ from }) => from === "retained"),
      2,
    );
  });

  it("gradients with a graph of their own", () => {
    const x = batch().requiresGrad_();
    const net = mlp();
    const [g] = torch.autograd.grad(net(x).sum(), [x], { createGraph: true });
    keep(g!, "first");
    const [h] = torch.autograd.grad(g!.pow(2).sum(), [x]);
    keep(h!, "second");
    g!.mul(3);
    net(x).sum().backward({ createGraph: true });
    for (const p of net.parameters()) keep(p.grad!, "parameter's");
    const penalty = net.parameters().reduce((sum, p) => sum.add(p.grad!.pow(2).sum()), torch.zeros());
    penalty.backward();
  });

  it("views and parts, and what shares memory with a temporary", () => {
    const x = batch();
    keep(x.mul(2).at(1), "view of a temporary");
    keep(x.mul(3).t().split(2)[1]!, "part");
    for (const row of x.mul(4).unbind()) keep(row, "row");
    const { values, indices } = x.sort(1);
    keep(values, "sorted");
    keep(indices, "order");
    keep(x.topk(2).values, "greatest");
    keep(nn.functional.linear(x.at(0), torch.ones(3, 8)), "reshaped product");
    keep(x.flatten().view(-1), "view of a view");
    keep(new nn.Flatten()(x), "view from a layer");
    keep(new nn.Identity()(x.mul(5)), "the argument itself");
  });

  it("tensors made inside noGrad, inside an error, inside a callback", () => {
    const x = batch();
    keep(
      torch.noGrad(() => mlp()(x)),
      "from noGrad",
    );
    let inside: Tensor | undefined;
    class Failing extends nn.Module {
      override forward(x: Tensor): Tensor {
        inside = keep(x.mul(2), "before the error");
        throw new RangeError("now");
      }
    }
    expect(() => new nn.Sequential(new nn.Linear(8, 16), new Failing())(x)).toThrow(RangeError);
    expect(() => new nn.Sequential(new nn.Linear(8, 16), new nn.Linear(9, 1))(x)).toThrow(
      "linear: inner sizes differ",
    );
    keep(inside!.add(1), "after it");
    const optimizer = new torch.optim.SGD([torch.ones(2, { requiresGrad: true })], { lr: 0.1 });
    optimizer.step(() => keep(x.sum(), "in a closure"));
  });

  it("buffers and parameters that move", () => {
    const net = new nn.Sequential(new nn.Linear(8, 8), new nn.BatchNorm1d(8));
    net(batch());
    // The count of batches is no fraction: it stays where it is, and goes on counting.
    const fractions = () => [...net.parameters(), ...net.buffers()].filter((t) => t.isFloatingPoint());
    for (const t of fractions()) keep(t.detach(), "old");
    net.double();
    for (const t of [...net.parameters(), ...net.buffers()]) keep(t, "new");
    keep(net(batch().double()), "result");
    kept.splice(
      kept.findIndex(({ from }) => from === "new"),
      net.parameters().length + net.buffers().length,
    );
  });
});
