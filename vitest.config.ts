import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Examples import the package by its name; here they meet the sources, not what was built last.
  resolve: { alias: { wasmgrad: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    include: ["test/**/*.test.ts", "property-tests/**/*.property.ts"],
    // What an entry of the package brings, for tests that import its parts.
    setupFiles: ["src/kernels.ts"],
    testTimeout: 120_000,
    maxWorkers: 2,
    reporters: ["default", ["json", { outputFile: "build/test-report.json" }]],
  },
});
