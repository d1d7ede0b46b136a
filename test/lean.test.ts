/** The built package's lean entry: what it can do, what it says where it cannot, and that the rest can be added later. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const dist = new URL("../dist/", import.meta.url).href;

/** What a program prints, as JSON. */
function run(code: string): unknown {
  const program = `const from = (path) => import(${JSON.stringify(dist)} + path); ${code}`;
  const out = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  return JSON.parse(out);
}

/** Trains a small network with the tensors of `entry` and prints its losses. */
const train = (entry: string) => `
  const { manualSeed, randn, randint } = await from("${entry}");
  const { CrossEntropyLoss, Dropout, GELU, LayerNorm, Linear, Sequential } = await from("nn/index.js");
  const { AdamW } = await from("optim/index.js");
  manualSeed(7);
  const net = new Sequential(new Linear(8, 16), new LayerNorm(16), new GELU(), new Dropout(0.1), new Linear(16, 3));
  const [x, y] = [randn([32, 8]), randint(0, 3, [32])];
  const optimizer = new AdamW(net.parameters(), { lr: 0.01 });
  const losses = [];
  for (let i = 0; i < 5; i++) {
    optimizer.zeroGrad();
    const loss = new CrossEntropyLoss()(net(x), y);
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  console.log(JSON.stringify(losses));`;

describe("wasmgrad/lean", () => {
  it("trains to the same bits as all of the library", () => {
    const losses = run(train("lean.js")) as number[];
    expect(losses[4]).toBeLessThan(losses[0]!);
    expect(losses).toEqual(run(train("index.js")));
  });

  it("says which import has what it lacks; then it has it", () => {
    const code = `
      const t = await from("lean.js");
      const { sort, cumsum } = await from("functions.js");
      const { Conv2d } = await from("nn/index.js");
      const tries = {
        float64: () => t.ones([2], { dtype: "float64" }).add(1).tolist(),
        int32: () => t.ones([2], { dtype: "int32" }).add(1).tolist(),
        sort: () => sort(t.tensor([3, 1, 2])).values.tolist(),
        cumsum: () => cumsum(t.ones([3]), 0).tolist(),
        conv: () => new Conv2d(1, 2, 3)(t.ones([1, 1, 5, 5])).shape,
        reference: () => t.ones([2], { device: "reference" }).add(1).tolist(),
      };
      const attempt = (body) => { try { return body(); } catch (error) { return error.name + ": " + error.message; } };
      const results = () => Object.fromEntries(Object.entries(tries).map(([name, body]) => [name, attempt(body)]));
      const before = results();
      await from("kernels.js");
      await from("reference.js");
      console.log(JSON.stringify({ before, after: results() }));`;
    const { before, after } = run(code) as Record<"before" | "after", Record<string, unknown>>;
    for (const [name, message] of Object.entries(before))
      expect(message, name).toMatch(
        name === "reference"
          ? /^DeviceError: .*import "wasmgrad\/reference"/
          : /^DTypeError: .*not implemented for \w+ by the kernels at hand; import "wasmgrad\/kernels"/,
      );
    expect(after).toEqual({
      float64: [2, 2],
      int32: [2, 2],
      sort: [1, 2, 3],
      cumsum: [1, 2, 3],
      conv: [1, 2, 3, 3],
      reference: [2, 2],
    });
  });

  it("without an entry there are no kernels, and the error says so", () => {
    const message = run(
      `const { ones } = await from("tensor/create.js");
       try { ones([2]); } catch (error) { console.log(JSON.stringify(error.message)); }`,
    );
    expect(message).toMatch(/import "wasmgrad" or "wasmgrad\/lean"/);
  });
});
