/** Small networks, trained: their weights and losses hold the bits of nearly every kernel. */
import * as torch from "wasmgrad";

const { nn, optim } = torch;
const steps = 200;

class ConvNet extends nn.Module {
  constructor() {
    super();
    this.conv1 = new nn.Conv2d(1, 4, 3, { padding: 1 });
    this.norm = new nn.BatchNorm2d(4);
    this.conv2 = new nn.Conv2d(4, 6, 3, { stride: 2 });
    this.dropout = new nn.Dropout(0.25);
    this.output = new nn.Linear(6, 4);
  }
  forward(x) {
    const h = nn.functional.maxPool2d(this.norm(this.conv1(x)).relu(), 2);
    return this.output(this.dropout(this.conv2(h).tanh().flatten(1)));
  }
  static batch(dtype) {
    const y = torch.randint(0, 4, [4]);
    return [torch.randn([4, 1, 7, 7], { dtype }).add(y.reshape([4, 1, 1, 1])), y];
  }
}

/** Predicts each token from those before it. */
class Attention extends nn.Module {
  constructor() {
    super();
    this.embedding = new nn.Embedding(11, 8);
    this.norm = new nn.LayerNorm(8);
    this.qkv = new nn.Linear(8, 24);
    this.join = new nn.Linear(8, 8);
    this.norm2 = new nn.LayerNorm(8);
    this.hidden = new nn.Linear(8, 16);
    this.output = new nn.Linear(16, 11);
  }
  forward(tokens) {
    const x = this.embedding(tokens);
    const [batch, length] = tokens.shape;
    const heads = (y) => y.reshape([batch, length, 2, 4]).transpose(1, 2);
    const [q, k, v] = this.qkv(this.norm(x)).chunk(3, -1).map(heads);
    const seen = nn.functional.scaledDotProductAttention(q, k, v, { isCausal: true, dropoutP: 0.1 });
    const y = x.add(this.join(seen.transpose(1, 2).reshape([batch, length, 8])));
    return this.output(nn.functional.gelu(this.hidden(this.norm2(y)))).flatten(0, 1);
  }
  static batch() {
    const tokens = torch.randint(0, 11, [3, 1]).add(torch.arange(7).mul(3)).remainder(11);
    return [tokens.narrow(1, 0, 6), tokens.narrow(1, 1, 6).flatten()];
  }
}

const optimizers = {
  SGD: (parameters) => new optim.SGD(parameters, { lr: 0.05, momentum: 0.9, weightDecay: 1e-4 }),
  AdamW: (parameters) => new optim.AdamW(parameters, { lr: 0.01 }),
};

/** The trained weights and the losses of one network. */
function train(Net, makeOptimizer, dtype) {
  torch.manualSeed(20);
  torch.setDefaultDtype(dtype);
  const net = new Net();
  const optimizer = makeOptimizer(net.parameters());
  const losses = [];
  for (let step = 0; step < steps; step++) {
    const [x, y] = Net.batch(dtype);
    const loss = nn.functional.crossEntropy(net(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  torch.setDefaultDtype("float32");
  if (!(losses.at(-1) < losses[0]))
    throw new Error(`${Net.name} does not learn: ${losses[0]} → ${losses.at(-1)}`);
  return { weights: [...net.stateDict().values()], losses: torch.tensor(losses, { dtype: "float64" }) };
}

/** By name, lists of tensors. */
export function* trainings() {
  for (const Net of [ConvNet, Attention])
    for (const [optimizer, make] of Object.entries(optimizers))
      for (const dtype of ["float32", "float64"]) {
        const { weights, losses } = train(Net, make, dtype);
        yield [`${Net.name} ${optimizer} ${dtype} weights`, weights];
        yield [`${Net.name} ${optimizer} ${dtype} losses`, [losses]];
      }
}
