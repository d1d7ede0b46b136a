import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "property-tests/**/*.property.ts"],
    testTimeout: 120_000,
    maxWorkers: 2,
    reporters: ["default", ["json", { outputFile: "build/test-report.json" }]],
  },
});
