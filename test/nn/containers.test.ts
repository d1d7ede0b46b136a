import { describe, expect, test } from "vitest";
import * as torch from "../../src/index.js";

const { nn } = torch;
type Tensor = torch.Tensor;
type Module = torch.nn.Module;
const names = (modules: Iterable<Module>) => [...modules].map((m) => m.constructor.name);

describe("Sequential", () => {
  test("from arguments, an array, pairs, a Map", () => {
    const layers = () => [new nn.Linear(2, 3), new nn.ReLU()] as const;
    expect([...new nn.Sequential(...layers()).stateDict().keys()]).toEqual(["0.weight", "0.bias"]);
    expect([...new nn.Sequential(layers()).stateDict().keys()]).toEqual(["0.weight", "0.bias"]);
    const [a, b] = layers();
    const pairs: [string, Module][] = [
      ["in", a],
      ["act", b],
    ];
    for (const net of [new nn.Sequential(pairs), new nn.Sequential(new Map(pairs))]) {
      expect([...net.stateDict().keys()]).toEqual(["in.weight", "in.bias"]);
      expect(String(net)).toBe(
        "Sequential(\n  (in): Linear(in_features=2, out_features=3, bias=True)\n  (act): ReLU()\n)",
      );
    }
  });
  test("indices, length, at, iteration", () => {
    const net = new nn.Sequential(new nn.Linear(1, 1), new nn.ReLU(), new nn.Tanh());
    expect([net.length, names(net)]).toEqual([3, ["Linear", "ReLU", "Tanh"]]);
    expect(net[1]).toBe(net.at(1));
    expect(net.at(-1).constructor.name).toBe("Tanh");
    expect(() => net.at(3)).toThrow("index 3 is out of range: it has 3 entries");
    expect(() => net.at(0.5)).toThrow("index 0.5");
  });
  test("append, extend, insert; eleven layers stay in order", () => {
    const net = new nn.Sequential(new nn.ReLU()).append(new nn.Tanh()).extend([new nn.Sigmoid()]);
    net.insert(1, new nn.Identity());
    expect(names(net)).toEqual(["ReLU", "Identity", "Tanh", "Sigmoid"]);
    for (let k = 4; k < 12; k++) net.append(new nn.Identity());
    expect([...net._modules.keys()]).toEqual([...Array(12).keys()].map(String));
  });
  test("a subclass adds layers by name and runs them in that order", () => {
    class MySequential extends nn.Module {
      constructor(...layers: Module[]) {
        super();
        layers.forEach((layer, i) => {
          this.addModule(String(i), layer);
        });
      }
      override forward(x: Tensor): Tensor {
        let y = x;
        for (const module of this._modules.values()) y = module(y);
        return y;
      }
    }
    const net = new MySequential(new nn.Linear(4, 3), new nn.ReLU(), new nn.Linear(3, 2));
    expect(net(torch.ones(5, 4)).shape).toEqual([5, 2]);
    expect(String(net)).toBe(
      "MySequential(\n  (0): Linear(in_features=4, out_features=3, bias=True)\n  (1): ReLU()\n  (2): Linear(in_features=3, out_features=2, bias=True)\n)",
    );
  });
  test("passes gradients through layers of its own and of the user", () => {
    class Twice extends nn.Module {
      seen: Tensor[] = [];
      override forward(x: Tensor): Tensor {
        this.seen.push(x);
        return x.mul(2);
      }
    }
    const twice = new Twice();
    const net = new nn.Sequential(new nn.Identity(), new nn.Linear(2, 2), twice, new nn.Linear(2, 1));
    for (let k = 0; k < 3; k++) net(torch.ones(1, 2)).sum().backward();
    expect(twice.seen.map((x) => x.shape)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(twice.seen.every((x) => Number.isFinite(x.sum().item() as number))).toBe(true);
  });
  test("nothing in it gives the input back", () => {
    const x = torch.ones(2);
    expect(new nn.Sequential()(x)).toBe(x);
    expect(String(new nn.Sequential())).toBe("Sequential()");
  });
  test("what is no module is refused", () => {
    expect(() => new nn.Sequential(3 as never)).toThrow("addModule: 3 is not a Module subclass");
  });
});

describe("ModuleList and ModuleDict", () => {
  test("a list registers its modules, an array does not", () => {
    class Net extends nn.Module {
      listed = new nn.ModuleList([new nn.Linear(1, 1), new nn.Linear(1, 1)]);
      loose = [new nn.Linear(1, 1)];
    }
    const net = new Net();
    expect(net.namedParameters().map(([key]) => key)).toEqual([
      "listed.0.weight",
      "listed.0.bias",
      "listed.1.weight",
      "listed.1.bias",
    ]);
    expect(names(net.listed.append(new nn.ReLU()))).toEqual(["Linear", "Linear", "ReLU"]);
    expect(() => net.listed(torch.ones(1))).toThrow('missing the required "forward" function');
  });
  test("a dict keeps its order, is updated and deleted from", () => {
    const dict = new nn.ModuleDict({ linear: new nn.Linear(1, 1), act: new nn.ReLU() });
    dict.update([["out", new nn.Tanh()]]);
    dict.set("act", new nn.Sigmoid());
    expect([dict.keys(), names(dict.values())]).toEqual([
      ["linear", "act", "out"],
      ["Linear", "Sigmoid", "Tanh"],
    ]);
    expect([dict.delete("linear"), dict.delete("linear"), dict.has("linear"), dict.length]).toEqual([
      true,
      false,
      false,
      2,
    ]);
    expect([...dict]).toEqual(["act", "out"]);
    expect(() => dict.get("linear")).toThrow('ModuleDict: no module "linear": it has ["act", "out"]');
  });
});

describe("ParameterList and ParameterDict", () => {
  test("a list registers tensors as parameters and is iterable", () => {
    class Net extends nn.Module {
      params = new nn.ParameterList(
        [1, 2, 3].map((n) => new nn.Parameter(torch.full([2, 2], n, { dtype: "float32" }))),
      );
      override forward(x: Tensor): Tensor {
        let y = x;
        for (const p of this.params) y = y.mm(p);
        return y;
      }
    }
    const net = new Net();
    net.params.append(torch.ones(2, 1));
    expect(net.namedParameters().map(([key]) => key)).toEqual([
      "params.0",
      "params.1",
      "params.2",
      "params.3",
    ]);
    expect(net.params.at(3)).toBeInstanceOf(nn.Parameter);
    const y = net(torch.ones(1, 2));
    expect(y.toArray()).toEqual([[96]]);
    y.sum().backward();
    expect(net.params[0]!.grad!.shape).toEqual([2, 2]);
  });
  test("a dict is updated with another dict", () => {
    const dict = new nn.ParameterDict({ linear1: torch.ones(4, 4), linear2: torch.ones(4, 1) });
    dict.update(new nn.ParameterDict({ linear3: torch.ones(4, 2) }));
    expect(dict.keys()).toEqual(["linear1", "linear2", "linear3"]);
    expect(dict.values().every((p) => p.requiresGrad)).toBe(true);
    expect(String(dict)).toBe(
      "ParameterDict(\n    (linear1): Parameter containing: [torch.FloatTensor of size 4x4]\n    (linear2): Parameter containing: [torch.FloatTensor of size 4x1]\n    (linear3): Parameter containing: [torch.FloatTensor of size 4x2]\n)",
    );
    expect(String(new nn.ParameterList([torch.ones(4, 4)]))).toBe(
      "ParameterList(  (0): Parameter containing: [torch.float32 of size 4x4])",
    );
    expect(() => dict.set("bad", 3 as never)).toThrow("expected a tensor or a parameter: got 3");
  });
});

test("networks print as PyTorch prints them", () => {
  class NestMLP extends nn.Module {
    net = new nn.Sequential(new nn.Linear(40, 30), new nn.ReLU());
  }
  class FancyMLP extends nn.Module {
    randWeight = torch.rand(20, 20);
    linear = new nn.Linear(20, 20);
  }
  expect(String(new nn.Sequential(new NestMLP(), new nn.Linear(30, 20), new FancyMLP()))).toBe(`Sequential(
  (0): NestMLP(
    (net): Sequential(
      (0): Linear(in_features=40, out_features=30, bias=True)
      (1): ReLU()
    )
  )
  (1): Linear(in_features=30, out_features=20, bias=True)
  (2): FancyMLP(
    (linear): Linear(in_features=20, out_features=20, bias=True)
  )
)`);
});
