import { arange, nn, type Tensor } from "wasmgrad";

/** How many characters the model looks back on, and how wide and deep it is. */
export const context = 32;
const width = 64;
const heads = 4;
const depth = 2;

/** Attention among the characters so far, then a network on each; what either finds is added to what was there. */
class Block extends nn.Module {
  norm1 = new nn.LayerNorm(width);
  queriesKeysValues = new nn.Linear(width, 3 * width);
  mix = new nn.Linear(width, width);
  norm2 = new nn.LayerNorm(width);
  network = new nn.Sequential(
    new nn.Linear(width, 4 * width),
    new nn.GELU(),
    new nn.Linear(4 * width, width),
  );

  override forward(x: Tensor): Tensor {
    const [rows = 0, length = 0] = x.shape;
    const parts = this.queriesKeysValues(this.norm1(x)).view(rows, length, 3, heads, width / heads);
    const [q, k, v] = parts.permute(2, 0, 3, 1, 4).unbind(0) as [Tensor, Tensor, Tensor];
    const found = nn.functional.scaledDotProductAttention(q, k, v, { isCausal: true });
    const y = x.add(this.mix(found.transpose(1, 2).reshape(rows, length, width)));
    return y.add(this.network(this.norm2(y)));
  }
}

/** A transformer from characters' numbers [rows, length] to logits of the next one [rows, length, characters]. */
export class Transformer extends nn.Module {
  characters: nn.Embedding;
  places = new nn.Embedding(context, width);
  blocks = new nn.Sequential(...Array.from({ length: depth }, () => new Block()));
  norm = new nn.LayerNorm(width);
  output: nn.Linear;

  constructor(characters: number) {
    super();
    this.characters = new nn.Embedding(characters, width);
    this.output = new nn.Linear(width, characters);
  }

  override forward(x: Tensor): Tensor {
    const placed = this.characters(x).add(this.places(arange(x.shape[1] as number)));
    return this.output(this.norm(this.blocks(placed)));
  }
}
