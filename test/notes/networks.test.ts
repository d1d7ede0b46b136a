/** What a study of PyTorch writes down first about networks and training, with the values that PyTorch gives. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const { nn, optim } = torch;
const { Dataset, DataLoader } = torch.utils.data;

describe("linear regression", () => {
  class MyDataset extends Dataset<{ input_ids: number[] }> {
    constructor(readonly list: number[][]) {
      super();
    }
    override getItem(index: number) {
      return { input_ids: this.list[index]! };
    }
    override get length(): number {
      return this.list.length;
    }
  }

  it("a dataset of one's own, with named parts, in batches", () => {
    const loader = new DataLoader(
      new MyDataset([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      { batchSize: 2 },
    );
    const batches = [...loader].map(({ input_ids }) =>
      input_ids.map((column) => (column as unknown as Tensor).toArray()),
    );
    expect(batches).toEqual([
      [
        [1, 3],
        [2, 4],
      ],
      [[5], [6]],
    ]);
    expect(loader.length).toBe(2);
  });

  it("a shuffled epoch meets every sample once", () => {
    const data = new torch.utils.data.TensorDataset(torch.arange(10).view(10, 1), torch.arange(10));
    const seen = [...new DataLoader(data, { batchSize: 3, shuffle: true })].flatMap(
      ([, y]) => y!.toArray() as number[],
    );
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
  });

  class LinearNet extends nn.Module {
    linear: torch.nn.Linear;
    constructor(features: number) {
      super();
      this.linear = new nn.Linear(features, 1);
    }
    override forward(x: Tensor): Tensor {
      return this.linear(x);
    }
  }

  it("learns the weights it was made from", () => {
    torch.manualSeed(1);
    const [w, b] = [torch.tensor([2, -3.4]), 4.2];
    const x = torch.randn(200, 2, { dtype: torch.float32 });
    const y = x.matmul(w).add(b).add(torch.randn(200).mul(0.01)).view(-1, 1);
    const net = new LinearNet(2);
    nn.init.normal_(net.linear.weight, 0, 0.01);
    nn.init.constant_(net.linear.bias!, 0);
    const [loss, optimizer] = [new nn.MSELoss(), new optim.SGD(net.parameters(), { lr: 0.03 })];
    for (let epoch = 0; epoch < 5; epoch++)
      for (const [features, labels] of new DataLoader(new torch.utils.data.TensorDataset(x, y), {
        batchSize: 10,
        shuffle: true,
      })) {
        const l = loss(net(features!), labels!);
        optimizer.zeroGrad();
        l.backward();
        optimizer.step();
      }
    for (const [i, value] of [2, -3.4].entries())
      expect(net.linear.weight.at(0, i).item()).toBeCloseTo(value, 1);
    expect(net.linear.bias!.item()).toBeCloseTo(b, 1);
  });

  it("parameters by name and size; print(net)", () => {
    const net = new LinearNet(4);
    expect(net.namedParameters().map(([name, p]) => [name, p.size()])).toEqual([
      ["linear.weight", [1, 4]],
      ["linear.bias", [1]],
    ]);
    expect(String(net)).toBe("LinearNet(\n  (linear): Linear(in_features=4, out_features=1, bias=True)\n)");
  });
});

describe("networks", () => {
  class FlattenLayer extends nn.Module {
    override forward(x: Tensor): Tensor {
      return x.view(x.shape[0]!, -1);
    }
  }

  it("in order and named; a subclass of Sequential", () => {
    const net = new nn.Sequential(
      new Map<string, torch.nn.Module>([
        ["flatten", new FlattenLayer()],
        ["linear", new nn.Linear(784, 10)],
      ]),
    );
    expect(net(torch.zeros(2, 1, 28, 28)).shape).toEqual([2, 10]);
    expect(String(net)).toBe(
      "Sequential(\n  (flatten): FlattenLayer()\n  (linear): Linear(in_features=784, out_features=10, bias=True)\n)",
    );
    class SequentialNet extends nn.Sequential {}
    const sub = new SequentialNet(new nn.Linear(4, 3), new nn.ReLU(), new nn.Linear(3, 2));
    expect([sub(torch.ones(1, 4)).shape, sub instanceof nn.Module, sub instanceof nn.Sequential]).toEqual([
      [1, 2],
      true,
      true,
    ]);
    for (const params of sub.parameters()) nn.init.normal_(params, 0, 0.01);
    expect([...sub.stateDict().keys()]).toEqual(["0.weight", "0.bias", "2.weight", "2.bias"]);
  });

  it("one's own Sequential, through addModule and _modules", () => {
    class MySequential extends nn.Module {
      constructor(...args: torch.nn.Module[]) {
        super();
        args.forEach((module, i) => {
          this.addModule(String(i), module);
        });
      }
      override forward(input: Tensor): Tensor {
        let x = input;
        for (const module of this._modules.values()) x = module(x);
        return x;
      }
    }
    const net = new MySequential(new nn.Linear(4, 3), new nn.ReLU(), new nn.Linear(3, 2));
    expect([net(torch.ones(5, 4)).shape, [...net._modules.keys()]]).toEqual([
      [5, 2],
      ["0", "1", "2"],
    ]);
  });

  it("a penalty, a mask, dropout", () => {
    expect(torch.expr`(${torch.tensor([3, 4])} ** 2).sum() / 2`.item()).toBe(12.5);
    const x = torch.ones(100, 100);
    const mask = torch.rand(x.shape).lt(0.7).float();
    expect(mask.mean().item()).toBeCloseTo(0.7, 1);
    expect(torch.zerosLike(x).sum().item()).toBe(0);
    const drop = new nn.Dropout(0.5);
    const kept = drop(x);
    expect(new Set(kept.view(-1).toArray() as number[])).toEqual(new Set([0, 2]));
    expect(drop.eval()(x)).toBe(x);
  });

  it("lists of modules and parameters are found, plain arrays are not", () => {
    class Lists extends nn.Module {
      layers = new nn.ModuleList([new nn.Linear(4, 4), new nn.ReLU()]);
      params = new nn.ParameterList(Array.from({ length: 3 }, () => new nn.Parameter(torch.randn(4, 4))));
      plain = [new nn.Linear(4, 4)];
      constant = torch.rand(20, 20, { requiresGrad: false });
      override forward(x: Tensor): Tensor {
        let y = x;
        for (const p of this.params) y = y.mm(p);
        return this.layers.at(0)(y);
      }
    }
    const net = new Lists();
    expect(net.namedParameters().map(([name]) => name)).toEqual([
      "layers.0.weight",
      "layers.0.bias",
      "params.0",
      "params.1",
      "params.2",
    ]);
    expect(net(torch.ones(1, 4)).shape).toEqual([1, 4]);
    expect([...net.stateDict().keys()]).not.toContain("constant");
  });

  it("dicts of parameters can be updated", () => {
    const params = new nn.ParameterDict({
      linear1: new nn.Parameter(torch.randn(4, 4)),
      linear2: new nn.Parameter(torch.randn(4, 1)),
    });
    params.update({ linear3: new nn.Parameter(torch.randn(4, 2)) });
    params.update(new nn.ParameterDict({ linear4: new nn.Parameter(torch.randn(4, 3)) }));
    expect([params.keys(), params.get("linear3").shape, params.parameters().length]).toEqual([
      ["linear1", "linear2", "linear3", "linear4"],
      [4, 2],
      4,
    ]);
  });

  it("one module in two places has one set of parameters: 9 and 6", () => {
    const linear = new nn.Linear(1, 1, { bias: false });
    const net = new nn.Sequential(linear, linear);
    nn.init.constant_(linear.weight, 3);
    const y = net(torch.ones(1, 1)).sum();
    expect(String(y)).toBe("tensor(9., grad_fn=<SumBackward0>)");
    y.backward();
    expect(String((net[0] as torch.nn.Linear).weight.grad)).toBe("tensor([[6.]])");
    expect([net.namedParameters().length, net[0] === net[1]]).toEqual([1, true]);
    expect(String(net)).toBe(
      "Sequential(\n  (0): Linear(in_features=1, out_features=1, bias=False)\n  (1): Linear(in_features=1, out_features=1, bias=False)\n)",
    );
  });

  it("an initialisation of one's own goes into noGrad", () => {
    const { weight } = new nn.Linear(3, 2);
    expect(() => weight.uniform_(-10, 10)).toThrow("a leaf Variable that requires grad");
    torch.noGrad(() => {
      weight.uniform_(-10, 10);
      weight.mul_(weight.abs().ge(5).float());
    });
    expect((weight.view(-1).toArray() as number[]).every((w) => w === 0 || Math.abs(w) >= 5)).toBe(true);
    expect(weight.requiresGrad && weight.isLeaf).toBe(true);
  });

  it("a state dict names parameters by their fields and loads back", () => {
    class MLP extends nn.Module {
      hidden = new nn.Linear(3, 2);
      act = new nn.ReLU();
      output = new nn.Linear(2, 1);
      override forward(x: Tensor): Tensor {
        return this.output(this.act(this.hidden(x)));
      }
    }
    const [a, b, x] = [new MLP(), new MLP(), torch.randn(2, 3)];
    expect([...a.stateDict().keys()]).toEqual([
      "hidden.weight",
      "hidden.bias",
      "output.weight",
      "output.bias",
    ]);
    const file = torch.io.saveSafetensors(a.stateDict());
    b.loadStateDict(torch.io.loadSafetensors(file).tensors);
    expect(b(x).equal(a(x))).toBe(true);
    const optimizer = new optim.SGD(a.parameters(), { lr: 0.1, momentum: 0.9 });
    const { state, param_groups: groups } = optimizer.stateDict();
    expect([state, groups[0]]).toMatchObject([
      {},
      { lr: 0.1, momentum: 0.9, weight_decay: 0, nesterov: false, params: [0, 1, 2, 3] },
    ]);
  });
});
