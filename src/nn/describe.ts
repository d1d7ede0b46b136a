/** How a module is printed: PyTorch's text. */
import type { Module } from "./module.js";

const indent = (text: string): string => text.replaceAll("\n", "\n  ");

export function describe(module: Module): string {
  const extra = module.extraRepr();
  const lines = [
    ...(extra ? extra.split("\n") : []),
    ...[...module._modules].map(([name, child]) => `(${name}): ${indent(describe(child))}`),
  ];
  const name = module.constructor.name;
  if (lines.length === 0) return `${name}()`;
  if (lines.length === 1 && extra) return `${name}(${extra})`;
  return `${name}(\n  ${lines.join("\n  ")}\n)`;
}

/** A number as Python prints a float: 1e-05, 0.1, 1.0. */
export function pyFloat(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  const text = String(value);
  const small = Math.abs(value) < 1e-4 && value !== 0;
  const scientific = small || text.includes("e") ? value.toExponential() : text;
  return scientific.replace(/e([+-])(\d)$/, "e$10$2");
}
export const pyBool = (value: boolean): string => (value ? "True" : "False");
export const pyTuple = (values: readonly (number | string)[]): string =>
  values.length === 1 ? `(${values[0]},)` : `(${values.join(", ")})`;
