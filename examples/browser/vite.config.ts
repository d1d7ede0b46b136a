import { defineConfig } from "vite";

export default defineConfig({
  // Works in any folder of a site.
  base: "./",
  // The worker is a module, as the page makes it.
  worker: { format: "es" },
  // What the worker imports is found at the start too, not when the page asks for it.
  optimizeDeps: { entries: ["index.html", "src/worker.ts"] },
  // The digits and, where it is linked, the library lie outside this folder.
  server: { fs: { allow: ["../.."] } },
});
