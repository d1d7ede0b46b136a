/** Convolutions forward, and forward with both gradients. */
import * as torch from "wasmgrad";
import { type Case, numbers } from "./suite.js";

type Options = torch.Conv2dOptions;

/** Images [2, c, 16, 16], weights [o, c/groups, k, k]. */
function both(name: string, c: number, o: number, k: number, options: Options): Case[] {
  const make = (device: Parameters<typeof numbers>[0]) => {
    const x = numbers(device, 3, [2, c, 16, 16]);
    const w = numbers(device, 4, [o, c / (options.groups ?? 1), k, k], 0.25);
    return [x, w] as const;
  };
  return [
    {
      name,
      prepare: (device) => {
        const [x, w] = make(device);
        return () => torch.conv2d(x, w, options);
      },
    },
    {
      name: `${name}, gradients`,
      prepare: (device) => {
        const inputs = make(device).map((x) => x.requiresGrad_());
        return () => torch.autograd.grad(torch.conv2d(inputs[0]!, inputs[1]!, options).sum(), inputs);
      },
    },
  ];
}

export const convolution: readonly Case[] = [
  ...both("5×5, padding 2", 1, 6, 5, { padding: 2 }),
  ...both("3×3, padding 1", 16, 16, 3, { padding: 1 }),
  ...both("3×3, stride 2", 16, 16, 3, { padding: 1, stride: 2 }),
  ...both("3×3, dilation 2", 16, 16, 3, { dilation: 2 }),
  ...both("3×3, depthwise", 16, 16, 3, { padding: 1, groups: 16 }),
];
