/** `node build.mjs BUNDLER PAGE`: bundles PAGE.js for browsers into out/BUNDLER/PAGE/page.js. */
const [bundler, page] = process.argv.slice(2);
const entry = `./${page}.js`;
const outdir = `${import.meta.dirname}/out/${bundler}/${page}`;

const build = {
  async esbuild() {
    const { build } = await import("esbuild");
    await build({
      entryPoints: { page: entry },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      outdir,
    });
  },
  async rollup() {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const { default: terser } = await import("@rollup/plugin-terser");
    const bundle = await rollup({
      input: { page: entry },
      plugins: [nodeResolve({ browser: true }), terser()],
    });
    await bundle.write({ dir: outdir, format: "es" });
    await bundle.close();
  },
  async vite() {
    const { build } = await import("vite");
    await build({
      configFile: false,
      logLevel: "error",
      build: {
        outDir: outdir,
        modulePreload: false,
        rolldownOptions: { input: { page: entry }, output: { entryFileNames: "page.js" } },
      },
    });
  },
  async webpack() {
    const { default: webpack } = await import("webpack");
    const stats = await new Promise((resolve, reject) =>
      webpack(
        {
          mode: "production",
          target: "web",
          entry: { page: entry },
          output: { path: outdir, filename: "[name].js", publicPath: "" },
          performance: false,
        },
        (error, stats) => (error ? reject(error) : resolve(stats)),
      ),
    );
    if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
  },
};
await build[bundler]();
