import { describe, expect, test } from "vitest";
import * as torch from "../../src/index.js";

const { nn } = torch;
type Tensor = torch.Tensor;
const values = (x: Tensor) => x.detach().toArray();

class MLP extends nn.Module {
  hidden = new nn.Linear(4, 3);
  act = new nn.ReLU();
  output = new nn.Linear(3, 2, { bias: false });
  override forward(x: Tensor): Tensor {
    return this.output(this.act(this.hidden(x)));
  }
}

describe("calling", () => {
  test("a module is a function that runs forward, typed by it", () => {
    class Pair extends nn.Module {
      override forward(x: Tensor, times: number): [Tensor, number] {
        return [x.mul(times), times];
      }
    }
    const [y, times] = new Pair()(torch.ones(2), 3);
    expect([values(y), times]).toEqual([[3, 3], 3]);
  });
  test("instanceof, constructor and fields are those of the class", () => {
    const net = new MLP();
    expect(typeof net).toBe("function");
    expect(net instanceof MLP && net instanceof nn.Module).toBe(true);
    expect(net.constructor).toBe(MLP);
    expect(net.hidden.inFeatures).toBe(4);
  });
  test("fields may be called name and length", () => {
    class Named extends nn.Module {
      override name = new nn.Linear(1, 1);
      override length = new nn.Parameter(torch.ones(1));
    }
    expect(new Named().namedParameters().map(([key]) => key)).toEqual(["length", "name.weight", "name.bias"]);
  });
  test("without forward it says so", () => {
    expect(() => new nn.Module()(1)).toThrow('Module: Module is missing the required "forward" function');
  });
});

describe("the registry", () => {
  test("fields in order: own parameters before children's, buffers apart", () => {
    class Net extends nn.Module {
      first = new nn.Linear(2, 2);
      scale = new nn.Parameter(torch.ones(1));
      constant = torch.ones(3);
      constructor() {
        super();
        this.registerBuffer("runningSum", torch.zeros(2));
        this.registerBuffer("scratch", torch.zeros(2), { persistent: false });
      }
    }
    const net = new Net();
    expect(net.namedParameters().map(([key]) => key)).toEqual(["scale", "first.weight", "first.bias"]);
    expect(net.namedBuffers().map(([key]) => key)).toEqual(["running_sum", "scratch"]);
    expect([...net.stateDict().keys()]).toEqual(["scale", "running_sum", "first.weight", "first.bias"]);
  });
  test("names are PyTorch's snake_case where they come from fields, and kept where they are given", () => {
    class Net extends nn.Module {
      inProj = new nn.Linear(1, 1, { bias: false });
      constructor() {
        super();
        this.addModule("outProj", new nn.Linear(1, 1, { bias: false }));
        this.registerParameter("logScale", new nn.Parameter(torch.ones(1)));
      }
    }
    expect([...new Net().stateDict().keys()]).toEqual(["logScale", "in_proj.weight", "outProj.weight"]);
  });
  test("a plain array of modules is not looked into", () => {
    class Net extends nn.Module {
      layers = [new nn.Linear(2, 2)];
    }
    expect(new Net().parameters()).toEqual([]);
  });
  test("children added under numbers keep the order of adding", () => {
    const net = new nn.Module();
    for (const name of ["10", "2", "last", "0"]) net.addModule(name, new nn.Identity());
    // Numbered names come after others, as among JavaScript's own keys; among themselves they keep their order.
    expect([...net._modules.keys()].filter((key) => key !== "last")).toEqual(["10", "2", "0"]);
  });
  test("a field set to null is no longer there; assigned again, it is", () => {
    const net = new nn.Linear(2, 2);
    net.bias = null;
    expect(net.namedParameters().map(([key]) => key)).toEqual(["weight"]);
    net.bias = new nn.Parameter(torch.ones(2));
    expect(net.namedParameters()).toHaveLength(2);
  });
  test("modules and parameters that are met twice count once", () => {
    const shared = new nn.Linear(1, 1);
    const net = new nn.Sequential(shared, new nn.Sequential(shared));
    expect(net.parameters()).toHaveLength(2);
    expect(net.modules()).toHaveLength(3);
    expect(net.namedModules().map(([key]) => key)).toEqual(["", "0", "1"]);
    expect([...net.stateDict().keys()]).toEqual(["0.weight", "0.bias", "1.0.weight", "1.0.bias"]);
  });
  test("bad names and kinds", () => {
    const net = new nn.Module();
    expect(() => net.addModule("a.b", new nn.Identity())).toThrow(`can't be empty or contain ".": got "a.b"`);
    expect(() => net.addModule("", new nn.Identity())).toThrow("can't be empty");
    expect(() => net.addModule("a", torch.ones(1) as never)).toThrow("is not a Module subclass");
    expect(() => net.registerParameter("a", torch.ones(1) as never)).toThrow("cannot assign");
    expect(() => net.registerBuffer("a", 3 as never)).toThrow("cannot assign 3 as buffer");
  });
});

describe("hooks", () => {
  const double = () => new nn.Sequential(new nn.Identity());
  test("see module, arguments and output, in order, until they are removed", () => {
    const net = double();
    const seen: string[] = [];
    const pre = net.registerForwardPreHook(
      (module, args) => void seen.push(`pre ${module === net} ${args.length}`),
    );
    const post = net.registerForwardHook(
      (_, args, y) => void seen.push(`post ${args[0].item()} ${y.item()}`),
    );
    net(torch.tensor(2.5));
    pre.remove();
    post.remove();
    net(torch.tensor(3.5));
    expect(seen).toEqual(["pre true 1", "post 2.5 2.5"]);
  });
  test("what they return takes the place of arguments and output", () => {
    const net = double();
    net.registerForwardPreHook((_, [x]) => x.mul(2));
    net.registerForwardPreHook((_, [x]) => [x.add(1)]);
    net.registerForwardHook((_, __, y) => y.mul(10));
    expect(net(torch.tensor(1.5)).item()).toBe(40);
  });
  test("what a hook keeps stays readable after backward", () => {
    const net = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU(), new nn.Linear(3, 1));
    const kept: Tensor[] = [];
    net[1]!.registerForwardHook((_, __, y) => void kept.push(y));
    for (let k = 0; k < 3; k++) net(torch.ones(1, 2)).sum().backward();
    expect(kept.map((y) => y.shape)).toEqual([
      [1, 3],
      [1, 3],
      [1, 3],
    ]);
    expect(kept.every((y) => (values(y) as number[][])[0]!.every((v) => v >= 0))).toBe(true);
  });
});

describe("the whole tree", () => {
  test("train and eval reach every module and return the module", () => {
    const net = new nn.Sequential(new nn.Dropout(), new nn.Sequential(new nn.Dropout()));
    expect(net.eval()).toBe(net);
    expect(net.modules().map((m) => m.training)).toEqual([false, false, false, false]);
    net.train();
    expect(net.modules().every((m) => m.training)).toBe(true);
    expect(() => net.train(1 as never)).toThrow("training mode is expected to be boolean: got 1");
  });
  test("apply goes from the leaves up", () => {
    const seen: string[] = [];
    new nn.Sequential(new nn.Linear(1, 1), new nn.ReLU()).apply((m) => void seen.push(m.constructor.name));
    expect(seen).toEqual(["Linear", "ReLU", "Sequential"]);
  });
  test("to and double change fractions, in place, gradients too; counts stay whole", () => {
    const net = new nn.Sequential(new nn.Linear(2, 2), new nn.BatchNorm1d(2));
    const weight = (net[0] as torch.nn.Linear).weight;
    net(torch.randn(4, 2)).sum().backward();
    expect(net.double()).toBe(net);
    expect((net[0] as torch.nn.Linear).weight).toBe(weight);
    expect([weight.dtype, weight.grad!.dtype, weight.requiresGrad, weight.isLeaf]).toEqual([
      "float64",
      "float64",
      true,
      true,
    ]);
    expect(net.buffers().map((b) => b.dtype)).toEqual(["float64", "float64", "int64"]);
    expect(net(torch.ones(4, 2, { dtype: "float64" })).dtype).toBe("float64");
    expect(net.to("float32")[0]!.parameters()[0]!.dtype).toBe("float32");
  });
  test("a network works on the reference device", () => {
    const net = new nn.Linear(2, 1).to("reference");
    const y = net(torch.ones(1, 2, { device: "reference" }));
    y.sum().backward();
    expect([y.device, net.weight.grad!.device]).toEqual(["reference", "reference"]);
  });
  test("zeroGrad and requiresGrad_", () => {
    const net = new nn.Linear(2, 1);
    net(torch.ones(1, 2)).sum().backward();
    net.zeroGrad({ setToNone: false });
    expect(values(net.weight.grad!)).toEqual([[0, 0]]);
    net.zeroGrad();
    expect(net.weight.grad).toBeNull();
    expect(
      net
        .requiresGrad_(false)
        .parameters()
        .every((p) => !p.requiresGrad),
    ).toBe(true);
  });
  test("one Linear used twice is one set of parameters", () => {
    const linear = new nn.Linear(1, 1, { bias: false });
    nn.init.constant_(linear.weight, 3);
    const net = new nn.Sequential(linear, linear);
    const y = net(torch.ones(1, 1)).sum();
    y.backward();
    expect(String(y)).toBe("tensor(9., grad_fn=<SumBackward0>)");
    expect(String(linear.weight.grad)).toBe("tensor([[6.]])");
    expect(net.parameters()).toHaveLength(1);
    expect(String(net)).toBe(
      "Sequential(\n  (0): Linear(in_features=1, out_features=1, bias=False)\n  (1): Linear(in_features=1, out_features=1, bias=False)\n)",
    );
  });
});

describe("state dicts", () => {
  test("share memory with the module", () => {
    const net = new nn.Linear(2, 1);
    net.stateDict().get("weight")!.fill_(7);
    expect(values(net.weight)).toEqual([[7, 7]]);
    expect(net.stateDict().get("weight")!.requiresGrad).toBe(false);
  });
  test("loading copies values, keeps the parameters themselves", () => {
    const [a, b] = [new MLP(), new MLP()];
    const before = b.parameters();
    expect(b.loadStateDict(a.stateDict())).toEqual({ missingKeys: [], unexpectedKeys: [] });
    expect(b.parameters().map((p, i) => p === before[i])).toEqual([true, true, true]);
    expect(b.parameters().map(values)).toEqual(a.parameters().map(values));
    a.hidden.weight.data.fill_(0);
    expect(values(b.hidden.weight)).not.toEqual(values(a.hidden.weight));
  });
  test("a plain object does, and other dtypes are converted", () => {
    const net = new nn.Linear(2, 1);
    net.loadStateDict({ weight: torch.tensor([[1, 2]]), bias: torch.tensor([3], { dtype: "float64" }) });
    expect([net.weight.dtype, values(net.weight), values(net.bias!)]).toEqual(["float32", [[1, 2]], [3]]);
  });
  test("strict errors list everything that is wrong, and nothing is changed", () => {
    const net = new MLP();
    const before = net.parameters().map(values);
    const state = new MLP().stateDict();
    state.delete("hidden.bias");
    state.set("extra", torch.ones(1));
    state.set("output.weight", torch.ones(2, 2));
    let message = "";
    try {
      net.loadStateDict(state);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain("Error(s) in loading state_dict for MLP");
    expect(message).toContain('Unexpected key(s) in state_dict: "extra"');
    expect(message).toContain('Missing key(s) in state_dict: "hidden.bias"');
    expect(message).toContain(
      "size mismatch for output.weight: copying a param with shape torch.Size([2, 2]) from checkpoint, the shape in current model is torch.Size([2, 3])",
    );
    expect(net.parameters().map(values)).toEqual(before);
  });
  test("not strict, the report says what did not match", () => {
    const net = new MLP();
    const report = net.loadStateDict(
      { "output.weight": torch.ones(2, 3), extra: torch.ones(1) },
      { strict: false },
    );
    expect(report).toEqual({ missingKeys: ["hidden.weight", "hidden.bias"], unexpectedKeys: ["extra"] });
    expect(values(net.output.weight)).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });
});

describe("printing, as PyTorch prints the same classes", () => {
  class Scale extends nn.Module {
    constructor(readonly text: string) {
      super();
    }
    override extraRepr() {
      return this.text;
    }
  }
  class Block extends nn.Module {
    a = new nn.Linear(1, 1);
    override extraRepr() {
      return "k=3";
    }
  }
  class Net extends nn.Module {
    conv = new nn.Conv2d(1, 2, 3);
    pool = new nn.MaxPool2d(2);
    fc = new nn.Sequential(new nn.Linear(8, 4), new nn.ReLU());
    w = new nn.Parameter(torch.ones(2));
    none = null;
  }
  const shared = new nn.Linear(1, 1);

  test.each([
    [new Scale("k=3, flag=True"), "Scale(k=3, flag=True)"],
    [new Scale("k=3\nflag=True"), "Scale(\n  k=3\n  flag=True\n)"],
    [
      new nn.Sequential(new Block(), new Block()),
      [
        "Sequential(",
        "  (0): Block(",
        "    k=3",
        "    (a): Linear(in_features=1, out_features=1, bias=True)",
        "  )",
        "  (1): Block(",
        "    k=3",
        "    (a): Linear(in_features=1, out_features=1, bias=True)",
        "  )",
        ")",
      ].join("\n"),
    ],
    [
      new Net(),
      [
        "Net(",
        "  (conv): Conv2d(1, 2, kernel_size=(3, 3), stride=(1, 1))",
        "  (pool): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
        "  (fc): Sequential(",
        "    (0): Linear(in_features=8, out_features=4, bias=True)",
        "    (1): ReLU()",
        "  )",
        ")",
      ].join("\n"),
    ],
    [
      new nn.Sequential(shared, shared),
      [
        "Sequential(",
        "  (0): Linear(in_features=1, out_features=1, bias=True)",
        "  (1): Linear(in_features=1, out_features=1, bias=True)",
        ")",
      ].join("\n"),
    ],
  ])("%#", (module, text) => expect(String(module)).toBe(text));
});
