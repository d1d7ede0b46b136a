/** A small transformer that predicts characters: pre-norm, learned positions, an untied head. */
import * as torch from "wasmgrad";
import { fill, randint } from "../data.js";
import { set } from "./weights.js";

const { nn } = torch;
const { gelu } = nn.functional;

const batch = 16;
const context = 64;
const width = 128;
const heads = 4;
const layers = 2;
const vocabulary = 65;
const headWidth = width / heads;

/** A Linear whose weight comes from a seed, within ±1/√inputs, and whose bias is 0. */
function projection(inputs: number, outputs: number, seed: number): torch.nn.Linear {
  const layer = new nn.Linear(inputs, outputs);
  set(layer.weight, seed, 1 / Math.sqrt(inputs));
  nn.init.zeros_(layer.bias!);
  return layer;
}

/** x [N, T, D] → [N, T, D]: each position looks at itself and those before it. */
class Attention extends nn.Module {
  qkv: torch.nn.Linear;
  out: torch.nn.Linear;

  constructor(
    seed: number,
    readonly mask: torch.Tensor,
  ) {
    super();
    this.qkv = projection(width, 3 * width, seed);
    this.out = projection(width, width, seed + 1);
  }

  override forward(x: torch.Tensor): torch.Tensor {
    const split = (part: torch.Tensor) => part.view(batch, context, heads, headWidth).transpose(1, 2);
    const [q, k, v] = this.qkv(x).chunk(3, -1).map(split) as [torch.Tensor, torch.Tensor, torch.Tensor];
    const scores = q
      .matmul(k.transpose(-2, -1))
      .mul(1 / Math.sqrt(headWidth))
      .add(this.mask);
    const mixed = scores.softmax(-1).matmul(v).transpose(1, 2).reshape(batch, context, width);
    return this.out(mixed);
  }
}

class Block extends nn.Module {
  norm1 = new nn.LayerNorm(width);
  attention: Attention;
  norm2 = new nn.LayerNorm(width);
  fc: torch.nn.Linear;
  proj: torch.nn.Linear;

  constructor(seed: number, mask: torch.Tensor) {
    super();
    this.attention = new Attention(seed, mask);
    this.fc = projection(width, 4 * width, seed + 2);
    this.proj = projection(4 * width, width, seed + 3);
  }

  override forward(x: torch.Tensor): torch.Tensor {
    const y = x.add(this.attention(this.norm1(x)));
    return y.add(this.proj(gelu(this.fc(this.norm2(y)), { approximate: "tanh" })));
  }
}

/** Characters [N, T] → logits [N, T, 65]. */
export class Gpt extends nn.Module {
  tokens = new nn.Embedding(vocabulary, width);
  positions = new nn.Parameter(fill(101, [context, width], 0.04));
  blocks: torch.nn.Sequential;
  norm = new nn.LayerNorm(width);
  head = new nn.Linear(width, vocabulary, { bias: false });

  constructor() {
    super();
    const mask = torch.full([context, context], -1e9).triu(1);
    this.blocks = new nn.Sequential(
      ...Array.from({ length: layers }, (_, layer) => new Block(200 + 20 * layer, mask)),
    );
    set(this.tokens.weight, 100, 0.04);
    set(this.head.weight, 300, 1 / Math.sqrt(width));
  }

  override forward(text: torch.Tensor): torch.Tensor {
    const x = this.tokens(text).add(this.positions);
    return this.head(this.norm(this.blocks(x)));
  }
}

/** Characters [16, 64] and those that follow them [1024]. */
export function gptBatch(): [text: torch.Tensor, targets: torch.Tensor] {
  const count = batch * context;
  return [randint(400, count, vocabulary).view(batch, context), randint(401, count, vocabulary)];
}
