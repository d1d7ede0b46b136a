/** Explicit early release. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const { nn } = torch;
const resident = () => torch.memory().resident;

const mlp = () =>
  new nn.Sequential(
    new nn.Linear(8, 16),
    new nn.ReLU(),
    new nn.Sequential(new nn.Linear(16, 16), new nn.Tanh()),
    new nn.Linear(16, 3),
  );
const batch = () => torch.rand(5, 8, { generator: new torch.Generator(1) });

describe("scope", () => {
  const expectReleased = (x: Tensor) =>
    expect(() => x.add(1)).toThrow(
      "its memory was released at the end of torch.scope; return it from the scope to keep it",
    );

  it("releases what was made inside, and keeps what it returns", () => {
    const before = resident();
    let lost: Tensor | undefined;
    const [a, { b, c }] = torch.scope(() => {
      lost = torch.rand(100_000).exp();
      const a = lost.mul(2);
      return [a.at("0:2"), { b: new Map([["b", a.sum()]]), c: [torch.ones(3)] }] as const;
    });
    expect([a.shape, b.get("b")!.item() > 0, c[0]!.toArray()]).toEqual([[2], true, [1, 1, 1]]);
    expect(resident() - before).toBeLessThan(1.1 * 400_000);
    expectReleased(lost!);
    expect(torch.scope(() => 5)).toBe(5);
  });

  it("keeps gradients, states and graphs that lead out", () => {
    const [net, x] = [mlp(), batch()];
    const optimizer = new torch.optim.Adam(net.parameters(), { lr: 0.01 });
    const before = resident();
    const losses = Array.from({ length: 5 }, () =>
      torch.scope(() => {
        optimizer.zeroGrad();
        const loss = net(x).pow(2).sum();
        loss.backward();
        optimizer.step();
        return loss.item();
      }),
    );
    expect(losses[4]).toBeLessThan(losses[0]!);
    for (const p of net.parameters()) expect(p.grad!.isfinite().all().item()).toBe(true);
    const parameters = net.parameters().reduce((n, p) => n + 4 * p.numel() + 64, 0);
    expect(resident() - before).toBeLessThan(4 * parameters);
    const loss = torch.scope(() => net(x).exp().sum());
    loss.backward();
  });

  it("keeps modules made inside, and those that move inside", () => {
    const net = torch.scope(() => new nn.Sequential(new nn.Linear(8, 8), new nn.BatchNorm1d(8)));
    torch.scope(() => void net.double());
    expect(net(batch().double()).dtype).toBe("float64");
    torch.scope(() => net.stateDict());
    expect(net.stateDict().get("1.running_var")!.shape).toEqual([8]);
  });

  it("keeps what was made outside, and numbers used inside", () => {
    const x = torch.ones(2);
    torch.scope(() => x.mul(123.25).add_(x));
    expect(x.mul(123.25).toArray()).toEqual([123.25, 123.25]);
  });

  it("nests: the inner result belongs to the outer scope", () => {
    let inner: Tensor | undefined;
    const outer = torch.scope(() => {
      inner = torch.scope(() => torch.ones(2));
      return inner.mul(3);
    });
    expect(outer.toArray()).toEqual([3, 3]);
    expectReleased(inner!);
  });

  it("ends after an error too, and refuses a promise", () => {
    let lost: Tensor | undefined;
    expect(() =>
      torch.scope(() => {
        lost = torch.ones(2);
        throw new RangeError("now");
      }),
    ).toThrow(RangeError);
    expectReleased(lost!);
    expect(() => torch.scope(async () => 1)).toThrow("scope: the callback returned a promise");
    torch.ones(2).add(1);
  });

  it("as a guard lasts until it is disposed of", () => {
    const guard = torch.scope();
    const x = torch.ones(2);
    guard[Symbol.dispose]();
    expectReleased(x);
  });
});
