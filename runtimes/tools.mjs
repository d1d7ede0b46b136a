/**
 * The runtimes that checks start, each at one version, from npm.
 *
 * The packages named after them (`bun`, `deno`, `workerd`, `node`) fetch their program by an install script, which npm may not run;
 * the program itself lies in a package for each system, and that is what is installed here.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { here } from "./context.mjs";

const { platform, arch } = process;
const linux = platform === "linux";
/** Bun calls arm64 aarch64, Cloudflare calls x64 64. */
const named = (x64, arm64) => (arch === "arm64" ? arm64 : x64);
const node = (version) => ({
  package: `node-${platform}-${arch}`,
  version,
  file: "bin/node",
});

export const tools = {
  bun: { package: `@oven/bun-${platform}-${named("x64", "aarch64")}`, version: "1.4.5", file: "bin/bun" },
  deno: { package: `@deno/${platform}-${arch}${linux ? "-glibc" : ""}`, version: "2.9.6", file: "deno" },
  workerd: {
    package: `@cloudflare/workerd-${platform}-${named("64", "arm64")}`,
    version: "1.20261117.1",
    file: "bin/workerd",
  },
  node22: node("22.23.3"),
  node24: node("24.21.0"),
  node26: node("26.12.1"),
};

/**
 * The path of a tool's program; installs it into runtimes/node_modules the first time.
 *
 * @param name one of `tools`
 */
export function tool(context, name) {
  const wanted = tools[name];
  if (!wanted) throw new Error(`no tool "${name}"; there are ${Object.keys(tools).join(", ")}`);
  // A project each: npm removes from a project what its package.json does not name.
  const folder = join(here, "node_modules", ".tools", `${name}-${wanted.version}`);
  const path = join(folder, "node_modules", wanted.package, wanted.file);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"];
    context.sh("npm", ["install", ...flags, `${wanted.package}@${wanted.version}`], { cwd: folder });
  }
  return path;
}
