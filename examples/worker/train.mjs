/**
 * Makes model.safetensors, the same bytes on every machine.
 *
 *   npm run train [-- FILE]
 */
import { writeFileSync } from "node:fs";
import * as torch from "wasmgrad";
import { pictures } from "./pictures.mjs";

const seed = 1;
const epochs = 30;
const batchSize = 64;

torch.manualSeed(seed);
const train = tensors(pictures(6000, 1));
const test = tensors(pictures(1000, 2));
const { nn } = torch;
const net = new nn.Sequential(new nn.Linear(64, 64), new nn.ReLU(), new nn.Linear(64, 10));
const optimizer = new torch.optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
const schedule = new torch.optim.lrScheduler.CosineAnnealingLR(optimizer, epochs);
const loader = new torch.utils.data.DataLoader(new torch.utils.data.TensorDataset(...train), {
  batchSize,
  shuffle: true,
});
for (let epoch = 1; epoch <= epochs; epoch++) {
  for (const [x, y] of loader) {
    optimizer.zeroGrad();
    nn.functional.crossEntropy(net(x), y).backward();
    optimizer.step();
  }
  schedule.step();
}

const accuracy = torch.noGrad(() => net(test[0]).argmax(1).eq(test[1]).to(torch.float32).mean().item());
const file = process.argv[2] ?? new URL("model.safetensors", import.meta.url);
const bytes = torch.io.saveSafetensors(net.stateDict(), {
  seed: String(seed),
  accuracy: accuracy.toFixed(3),
});
writeFileSync(file, bytes);
console.log(`accuracy ${accuracy.toFixed(3)} on 1000 pictures it has not seen, ${bytes.length} bytes`);

function tensors({ inputs, labels }) {
  return [torch.tensor(inputs, { dtype: torch.float32 }), torch.tensor(labels)];
}
