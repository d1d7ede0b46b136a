import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coverage, page, withTotals } from "./coverage.js";
import { documented, type Namespace } from "./names.js";
import { outOfScope, spelled } from "./reasons.js";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const all = coverage();

describe("coverage of PyTorch's names", () => {
  it("every documented name is counted once", () => {
    for (const { namespace, present, missing, excluded } of all) {
      const counted = [...present, ...missing, ...[...excluded.values()].flat()];
      expect(counted.sort()).toEqual([...documented[namespace]].sort());
      expect(new Set(counted).size).toBe(counted.length);
    }
  });

  it("names looked up are found or not, as they are", () => {
    const torch = all.find(({ namespace }) => namespace === "torch")!;
    expect(torch.present).toContain("logical_and");
    expect(torch.missing).not.toContain("logical_and");
    expect(torch.present).not.toContain("sparse_coo_tensor");
    expect(all.find(({ namespace }) => namespace === "torch.Tensor")!.present).toContain("addmm_");
  });

  it("reasons and spellings are of documented names that need them", () => {
    const idle = Object.values(outOfScope).flatMap((names) =>
      Object.entries(names).flatMap(([namespace, list]) =>
        list.split(" ").filter((name) => {
          const absent = [...all.find((one) => one.namespace === namespace)!.excluded.values()].flat();
          return !absent.some((one) =>
            name.endsWith("*") ? one.startsWith(name.slice(0, -1)) : one === name,
          );
        }),
      ),
    );
    expect(idle).toEqual([]);
    for (const [namespace, names] of Object.entries(spelled))
      for (const name of Object.keys(names)) expect(documented[namespace as Namespace]).toContain(name);
  });

  it("at least 85 % of the names in scope are there", () => {
    for (const { namespace, present, missing } of all)
      expect(present.length / (present.length + missing.length), namespace).toBeGreaterThanOrEqual(0.85);
  });

  it("docs/api.md and the README's totals are current: npm run api", () => {
    expect(read("docs/api.md")).toBe(page(all));
    expect(read("README.md")).toBe(withTotals(read("README.md"), all));
  });
});
