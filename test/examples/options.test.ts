import { describe, expect, it } from "vitest";
import { UserError } from "../../examples/digits/errors.js";
import { parseOptions, usage } from "../../examples/digits/options.js";

describe("parseOptions", () => {
  it("has defaults", () => {
    expect(parseOptions([])).toEqual({
      data: undefined,
      epochs: 3,
      batchSize: 64,
      lr: 0.05,
      seed: 1,
      model: "lenet",
      device: "cpu",
      out: "runs/lenet-seed1",
      resume: undefined,
      evaluate: undefined,
      help: false,
    });
  });

  it("reads every option, with a space or an equals sign", () => {
    const line =
      "--data d --epochs=5 --batch-size 32 --lr 1e-3 --seed 9 --model=mlp --device reference --out o --resume r";
    expect(parseOptions(line.split(" "))).toEqual({
      data: "d",
      epochs: 5,
      batchSize: 32,
      lr: 0.001,
      seed: 9,
      model: "mlp",
      device: "reference",
      out: "o",
      resume: "r",
      evaluate: undefined,
      help: false,
    });
  });

  it("names the folder after the run, takes the last of a repeated option, knows --help", () => {
    expect(parseOptions(["--model", "softmax", "--seed", "4"])).toMatchObject({
      out: "runs/softmax-seed4",
      lr: 0.02,
    });
    expect(parseOptions(["--evaluate", "f"]).out).toBe("runs/lenet-evaluated");
    expect(parseOptions(["--epochs", "1", "--epochs", "2"]).epochs).toBe(2);
    expect(parseOptions(["--help"]).help).toBe(true);
  });

  it.each<[line: string, message: string]>([
    ["--epoch 3", 'unknown option "--epoch"; did you mean --epochs?'],
    ["--batchsize 3", 'unknown option "--batchsize"; did you mean --batch-size?'],
    ["--sede=3", 'unknown option "--sede"; did you mean --seed?'],
    ["--zzzzzzzz", 'unknown option "--zzzzzzzz"; --help lists the options'],
    ["-e 3", 'unknown option "-e"; --help lists the options'],
    ["somewhere", 'unexpected argument "somewhere"; --help lists the options'],
    ["-- --data", 'unexpected argument "--data"; --help lists the options'],
    ["--epochs", "--epochs: expected a value, found none"],
    ["--data --epochs", '--data: expected a value, found "--epochs"'],
    ["--data=", "--data: expected a value, found none"],
    ["--help=yes", '--help: takes no value, found "yes"'],
    ["--epochs 0", '--epochs: expected a whole number, 1 … 10000, found "0"'],
    ["--epochs 1.5", '--epochs: expected a whole number, 1 … 10000, found "1.5"'],
    ["--batch-size -4", '--batch-size: expected a whole number, 1 … 10000, found "-4"'],
    ["--seed 4294967296", '--seed: expected a whole number, 0 … 4294967295, found "4294967296"'],
    ["--lr 0", '--lr: expected a number above 0, found "0"'],
    ["--lr 1e999", '--lr: expected a number above 0, found "1e999"'],
    ["--lr fast", '--lr: expected a number above 0, found "fast"'],
    ["--model resnet", '--model: expected softmax, mlp or lenet, found "resnet"'],
    ["--device gpu", '--device: expected cpu or reference, found "gpu"'],
    ["--resume a --evaluate b", "--resume and --evaluate exclude each other"],
  ])("refuses %s", (line, message) => {
    expect(() => parseOptions(line.split(" "))).toThrow(new UserError(message, 2));
    try {
      parseOptions(line.split(" "));
    } catch (error) {
      expect((error as UserError).status).toBe(2);
    }
  });

  it("tells of every option in the usage", () => {
    for (const name of [
      "data",
      "epochs",
      "batch-size",
      "lr",
      "seed",
      "model",
      "device",
      "out",
      "resume",
      "evaluate",
    ]) {
      expect(usage).toContain(`\n  --${name} `);
    }
  });
});
