import { describe, expect, test, vi } from "vitest";
import * as torch from "../../src/index.js";

const { nn, optim } = torch;
const parameter = (values: number[], grad?: number[]) => {
  const p = new nn.Parameter(torch.tensor(values, { dtype: "float32" }));
  if (grad) p.grad = torch.tensor(grad, { dtype: "float32" });
  return p;
};
const values = (x: torch.Tensor) => x.detach().toArray();

describe("one step by hand", () => {
  test("SGD: x − lr·g, and the version counts it", () => {
    const p = parameter([1, 2], [0.5, -4]);
    const before = p.version.value;
    expect(new optim.SGD([p], { lr: 0.25 }).step()).toBeNull();
    expect(values(p)).toEqual([0.875, 3]);
    expect(p.version.value).toBe(before + 1);
  });
  test("SGD with momentum: b = g, then b = ½b + g", () => {
    const p = parameter([0], [1]);
    const optimizer = new optim.SGD([p], { lr: 1, momentum: 0.5 });
    optimizer.step();
    optimizer.step();
    expect(values(p)).toEqual([-2.5]);
  });
  test("Adam's first step is lr·g/(|g| + ε)", () => {
    const p = parameter([1, 1], [4, -0.5]);
    new optim.Adam([p], { lr: 0.125, eps: 0 }).step();
    expect(values(p)).toEqual([0.875, 1.125]);
  });
  test("AdamW shrinks the weights beside", () => {
    const p = parameter([2], [0]);
    new optim.AdamW([p], { lr: 0.5, weightDecay: 0.5 }).step();
    expect(values(p)).toEqual([1.5]);
  });
  test("a parameter without gradient stays, and has no state", () => {
    const [p, q] = [parameter([1], [1]), parameter([1])];
    const optimizer = new optim.Adam([p, q]);
    optimizer.step();
    expect(values(q)).toEqual([1]);
    expect([optimizer.state.has(p), optimizer.state.has(q)]).toEqual([true, false]);
  });
  test("a parameter that is not contiguous is stepped as well", () => {
    const p = torch.arange(6, { dtype: "float32" }).view(2, 3).t().requiresGrad_();
    p.grad = torch.ones(3, 2);
    new optim.SGD([p], { lr: 1, momentum: 0.5 }).step();
    expect(values(p)).toEqual([
      [-1, 2],
      [0, 3],
      [1, 4],
    ]);
  });
  test("a leaf saved by a graph may not be stepped before backward", () => {
    const p = parameter([3], [1]);
    const y = p.mul(p).sum();
    new optim.SGD([p], { lr: 1 }).step();
    expect(() => y.backward()).toThrow("modified by an inplace operation");
  });
});

describe("groups", () => {
  test("options of a group win, the others are the defaults", () => {
    const [p, q] = [parameter([1], [1]), parameter([1], [1])];
    const optimizer = new optim.SGD([{ params: [p] }, { params: q, lr: 0.5 }], { lr: 0.25 });
    optimizer.step();
    expect([values(p), values(q)]).toEqual([[0.75], [0.5]]);
    expect(optimizer.paramGroups.map(({ lr, momentum }) => [lr, momentum])).toEqual([
      [0.25, 0],
      [0.5, 0],
    ]);
  });
  test("a rate written to a group counts from the next step on", () => {
    const p = parameter([1], [1]);
    const optimizer = new optim.SGD([p], { lr: 1 });
    optimizer.paramGroups[0]!.lr = 0.125;
    optimizer.step();
    expect(values(p)).toEqual([0.875]);
  });
  test("addParamGroup", () => {
    const [p, q] = [parameter([1], [1]), parameter([1], [1])];
    const optimizer = new optim.Adagrad([p], { lr: 0.5, eps: 0 });
    optimizer.addParamGroup({ params: [q], lr: 0.25 });
    optimizer.step();
    expect([values(p), values(q)]).toEqual([[0.5], [0.75]]);
  });
  test("one parameter twice in a group warns and steps twice", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const p = parameter([1], [1]);
    const optimizer = new optim.SGD([p, p], { lr: 0.25 });
    expect(warn).toHaveBeenCalledOnce();
    optimizer.step();
    expect(values(p)).toEqual([0.5]);
    expect(optimizer.stateDict().param_groups[0]!.params).toEqual([0, 0]);
    warn.mockRestore();
  });
});

describe("zeroGrad and closures", () => {
  test("gradients are forgotten, or set to 0", () => {
    const [p, q] = [parameter([1], [1]), parameter([1], [1])];
    new optim.SGD([p], { lr: 1 }).zeroGrad();
    new optim.SGD([q], { lr: 1 }).zeroGrad({ setToNone: false });
    expect(p.grad).toBeNull();
    expect(values(q.grad!)).toEqual([0]);
  });
  test("the closure runs with gradients, even inside noGrad, and its loss is returned", () => {
    const p = parameter([2]);
    const optimizer = new optim.SGD([p], { lr: 0.25 });
    const closure = () => {
      optimizer.zeroGrad();
      const loss = p.square().sum();
      loss.backward();
      return loss;
    };
    const loss = torch.noGrad(() => optimizer.step(closure));
    expect(loss.item()).toBe(4);
    expect(values(p)).toEqual([1]);
  });
});

describe("state dicts", () => {
  function trained() {
    const [p, q] = [parameter([1, 2], [1, -1]), parameter([3], [2])];
    const optimizer = new optim.Adam([{ params: [p] }, { params: [q], lr: 0.5 }], { lr: 0.25 });
    optimizer.step();
    return { p, q, optimizer };
  }
  test("have PyTorch's structure and names", () => {
    const { optimizer } = trained();
    const { state, param_groups } = optimizer.stateDict();
    expect(Object.keys(state)).toEqual(["0", "1"]);
    expect(Object.keys(state[0]!)).toEqual(["step", "exp_avg", "exp_avg_sq"]);
    const step = state[0]!.step as torch.Tensor;
    expect([step.dtype, step.shape, step.item()]).toEqual(["float32", [], 1]);
    expect(values(state[1]!.exp_avg as torch.Tensor)).toEqual([Math.fround(2 * Math.fround(1 - 0.9))]);
    const options = {
      betas: [0.9, 0.999],
      eps: 1e-8,
      weight_decay: 0,
      amsgrad: false,
      maximize: false,
      foreach: null,
    };
    const rest = { capturable: false, differentiable: false, fused: false };
    expect(param_groups).toEqual([
      { lr: 0.25, ...options, ...rest, params: [0] },
      { lr: 0.5, ...options, ...rest, params: [1] },
    ]);
  });
  test("SGD keeps a buffer only with momentum", () => {
    const p = parameter([1], [1]);
    const optimizer = new optim.SGD([p], { lr: 1 });
    expect(optimizer.stateDict().state).toEqual({});
    optimizer.step();
    expect(optimizer.stateDict().state).toEqual({ 0: { momentum_buffer: null } });
  });
  test("loaded, training goes on as if it had not stopped", () => {
    const [a, b] = [trained(), trained()];
    const other = new optim.Adam([{ params: [b.p] }, { params: [b.q] }]);
    other.loadStateDict(a.optimizer.stateDict());
    for (let k = 0; k < 3; k++) {
      a.optimizer.step();
      other.step();
    }
    expect([values(b.p), values(b.q)]).toEqual([values(a.p), values(a.q)]);
    expect(other.paramGroups[1]!.lr).toBe(0.5);
  });
  test("loading copies: the other optimizer's steps do not show", () => {
    const [a, b] = [trained(), trained()];
    b.optimizer.loadStateDict(a.optimizer.stateDict());
    const before = values(b.optimizer.stateDict().state[0]!.exp_avg as torch.Tensor);
    a.optimizer.step();
    expect(values(b.optimizer.stateDict().state[0]!.exp_avg as torch.Tensor)).toEqual(before);
  });
  test("tensors take the parameter's dtype; a step may be a plain number", () => {
    const { optimizer } = trained();
    const dict = optimizer.stateDict();
    dict.state[0]!.step = 7;
    const [p, q] = [2, 1].map((n) => new nn.Parameter(torch.ones(n, { dtype: "float64" })));
    const other = new optim.Adam([{ params: [p!] }, { params: [q!] }]);
    other.loadStateDict(dict);
    const { state } = other.stateDict();
    expect((state[0]!.exp_avg as torch.Tensor).dtype).toBe("float64");
    expect((state[0]!.step as torch.Tensor).item()).toBe(7);
  });
  test("what does not fit is refused, and nothing is changed", () => {
    const { optimizer } = trained();
    const good = () => trained().optimizer.stateDict();
    const wrong: [RegExp, (dict: ReturnType<typeof good>) => void][] = [
      [/different number of parameter groups: 1 ≠ 2/, (d) => d.param_groups.pop()],
      [
        /doesn't match the size of optimizer's group: group 0 has 2 ≠ 1/,
        (d) => d.param_groups[0]!.params.push(5),
      ],
      [/exp_avg of shape \[3\] for a parameter of shape \[2\]/, (d) => (d.state[0]!.exp_avg = torch.ones(3))],
      [/parameter 1: exp_avg_sq must be a tensor: got null/, (d) => delete d.state[1]!.exp_avg_sq],
      [/step must be a number/, (d) => (d.state[0]!.step = torch.ones(2))],
      [/state of a parameter 9 that is in no group/, (d) => (d.state[9] = {})],
      [/Invalid learning rate: -1/, (d) => (d.param_groups[1]!.lr = -1)],
      [/betas must be a pair of numbers/, (d) => (d.param_groups[1]!.betas = 0.9)],
    ];
    const before = String(optimizer);
    for (const [message, spoil] of wrong) {
      const dict = good();
      spoil(dict);
      expect(() => optimizer.loadStateDict(dict), String(message)).toThrow(message);
    }
    expect(() => optimizer.loadStateDict({} as never)).toThrow(
      "expected an object with state and param_groups",
    );
    expect(String(optimizer)).toBe(before);
    expect((optimizer.stateDict().state[0]!.step as torch.Tensor).item()).toBe(1);
  });
});

test("prints as PyTorch prints it", () => {
  const groups = [{ params: [parameter([1])] }, { params: [parameter([1])], lr: 0.5 }];
  expect(String(new optim.AdamW(groups))).toBe(`AdamW (
Parameter Group 0
    amsgrad: False
    betas: (0.9, 0.999)
    capturable: False
    eps: 1e-08
    foreach: None
    lr: 0.001
    maximize: False
    weight_decay: 0.01

Parameter Group 1
    amsgrad: False
    betas: (0.9, 0.999)
    capturable: False
    eps: 1e-08
    foreach: None
    lr: 0.5
    maximize: False
    weight_decay: 0.01
)`);
});

describe("bad input", () => {
  const p = () => [parameter([1])];
  const refused: [string, () => unknown, string][] = [
    ["negative rate", () => new optim.SGD(p(), { lr: -1 }), "SGD: Invalid learning rate: -1"],
    [
      "no rate",
      () => new optim.SGD(p()),
      "SGD: parameter group didn't specify a value of required optimization parameter lr",
    ],
    ["rate NaN", () => new optim.Adam(p(), { lr: Number.NaN }), "Adam: Invalid learning rate: NaN"],
    ["rate of a group", () => new optim.Adam([{ params: p(), lr: -2 }]), "Adam: Invalid learning rate: -2"],
    [
      "nesterov",
      () => new optim.SGD(p(), { lr: 1, nesterov: true }),
      "Nesterov momentum requires a momentum and zero dampening",
    ],
    ["momentum", () => new optim.SGD(p(), { lr: 1, momentum: -0.5 }), "SGD: Invalid momentum value: -0.5"],
    [
      "betas",
      () => new optim.Adam(p(), { betas: [0.9, 1.5] }),
      "Adam: Invalid beta parameter at index 1: 1.5",
    ],
    ["eps", () => new optim.AdamW(p(), { eps: -1 }), "AdamW: Invalid epsilon value: -1"],
    ["decay", () => new optim.Adam(p(), { weightDecay: -1 }), "Adam: Invalid weight_decay value: -1"],
    ["rho", () => new optim.Adadelta(p(), { rho: 2 }), "Adadelta: Invalid rho value: 2"],
    ["etas", () => new optim.Rprop(p(), { etas: [1, 1] }), "Rprop: Invalid eta values: 1, 1"],
    ["unknown option", () => new optim.SGD(p(), { lr: 1, momentun: 1 } as never), 'did you mean "momentum"?'],
    [
      "unknown option of a group",
      () => new optim.SGD([{ params: p(), lrr: 1 } as never], { lr: 1 }),
      'did you mean "lr"?',
    ],
    [
      "kind of an option",
      () => new optim.SGD(p(), { lr: 1, nesterov: 1 as never }),
      "SGD: nesterov must be a boolean: got 1",
    ],
    ["fused", () => new optim.Adam(p(), { fused: true }), "Adam: fused is not supported: only false"],
    ["nothing", () => new optim.SGD([], { lr: 1 }), "SGD: optimizer got an empty parameter list"],
    [
      "a tensor",
      () => new optim.SGD(p()[0] as never, { lr: 1 }),
      "should be an iterable of Tensors or groups",
    ],
    [
      "a module",
      () => new optim.SGD(new nn.Linear(1, 1) as never, { lr: 1 }),
      "should be an iterable of Tensors or groups",
    ],
    [
      "no tensor",
      () => new optim.SGD([3] as never, { lr: 1 }),
      "optimizer can only optimize Tensors, but one of the params is 3",
    ],
    ["no leaf", () => new optim.SGD([p()[0]!.mul(2)], { lr: 1 }), "SGD: can't optimize a non-leaf Tensor"],
  ];
  test.each(refused)("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });
  test("a parameter in two groups; the group is not added", () => {
    const [q] = p();
    const optimizer = new optim.SGD([q!], { lr: 1 });
    expect(() => optimizer.addParamGroup({ params: [q!] })).toThrow(
      "some parameters appear in more than one parameter group",
    );
    expect(optimizer.paramGroups).toHaveLength(1);
  });
  test("a gradient that no longer fits its parameter", () => {
    const q = parameter([1, 2], [1, 1]);
    q.data = torch.ones(3);
    const message = "a gradient of shape [2] on cpu for a parameter of shape [3]";
    expect(() => new optim.SGD([q], { lr: 1 }).step()).toThrow(message);
  });
});

test("the bases of optimizers and schedules are none themselves", () => {
  const make =
    (Base: NewableFunction, ...args: unknown[]) =>
    () =>
      Reflect.construct(Base, args);
  const sgd = new optim.SGD([parameter([1])], { lr: 1 });
  expect(make(optim.Optimizer, [parameter([1])], {})).toThrow(/^Optimizer: is the base of optimizers/);
  expect(make(optim.lrScheduler.LRScheduler, sgd)).toThrow(/^LRScheduler: is the base of schedules/);
});
