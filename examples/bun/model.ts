import * as torch from "wasmgrad";

const { nn, optim } = torch;
const { DataLoader, TensorDataset } = torch.utils.data;
const hidden = 16;

/** What is predicted for a row, and its standard deviation. */
export interface Prediction {
  mean: number;
  deviation: number;
}

/** Brings columns to mean 0 and deviation 1, as those of the rows it was made from; in float64, for dates differ little. */
class Scale {
  readonly mean: torch.Tensor;
  readonly deviation: torch.Tensor;

  constructor(x: torch.Tensor) {
    this.mean = x.mean(0);
    const deviation = x.std(0, { correction: 0 });
    // A column that never changes says nothing.
    this.deviation = deviation.where(deviation.gt(0), 1);
  }

  apply(x: torch.Tensor): torch.Tensor {
    return x.sub(this.mean).div(this.deviation).to(torch.float32);
  }
}

/** A network that gives a mean and the logarithm of a variance, both in units of the targets' deviation. */
export class Regression {
  private net: torch.nn.Sequential;
  private inputs: Scale;
  private targets: Scale;

  /** Learns both at once, by the likelihood of the targets under a normal distribution (Nix & Weigend 1994). */
  constructor(
    rows: number[][],
    values: number[],
    epochs: number,
    report: (epoch: number, loss: number) => void,
  ) {
    const [x, y] = [doubles(rows), doubles(values)];
    this.inputs = new Scale(x);
    this.targets = new Scale(y);
    this.net = new nn.Sequential(
      new nn.Linear(x.shape[1] as number, hidden),
      new nn.Tanh(),
      new nn.Linear(hidden, hidden),
      new nn.Tanh(),
      new nn.Linear(hidden, 2),
    );
    const data = new TensorDataset(this.inputs.apply(x), this.targets.apply(y));
    const loader = new DataLoader(data, { batchSize: 32, shuffle: true });
    const optimizer = new optim.AdamW(this.net.parameters(), { lr: 5e-3, weightDecay: 0.3 });
    const schedule = new optim.lrScheduler.CosineAnnealingLR(optimizer, epochs);
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let sum = 0;
      for (const [inputs, targets] of loader) {
        const [mean, variance] = this.forward(inputs);
        const loss = nn.functional.gaussianNllLoss(mean, targets, variance);
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        sum += loss.item() * targets.numel();
      }
      schedule.step();
      report(epoch, sum / values.length);
    }
  }

  predict(rows: number[][]): Prediction[] {
    const { mean: middle, deviation: unit } = this.targets;
    return torch.noGrad(() => {
      const [mean, variance] = this.forward(this.inputs.apply(doubles(rows)));
      const means = mean.to(torch.float64).mul(unit).add(middle).tolist() as number[];
      const deviations = variance.sqrt().to(torch.float64).mul(unit).tolist() as number[];
      return means.map((mean, i) => ({ mean, deviation: deviations[i] as number }));
    });
  }

  private forward(x: torch.Tensor): [mean: torch.Tensor, variance: torch.Tensor] {
    const [mean, logarithm] = this.net(x).unbind(1) as [torch.Tensor, torch.Tensor];
    return [mean, logarithm.clamp(-10, 10).exp()];
  }
}

const doubles = (values: number[] | number[][]): torch.Tensor =>
  torch.tensor(values, { dtype: torch.float64 });
