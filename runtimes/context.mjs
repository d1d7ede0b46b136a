/** What every check is given: the packed library, scratch projects, browsers, and a place to count. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const here = fileURLToPath(new URL(".", import.meta.url));

export class Context {
  passed = 0;
  failed = 0;
  #scratch = mkdtempSync(join(tmpdir(), "wasmgrad-runtimes-"));
  #tarball;
  #closing = [];

  /** Counts `body` as passed, or as failed if it throws; goes on either way. */
  async check(name, body) {
    try {
      const result = await body();
      this.passed++;
      return result;
    } catch (error) {
      this.failed++;
      console.log(`FAIL ${name}\n  ${String(error?.stack ?? error).replaceAll("\n", "\n  ")}`);
      return undefined;
    }
  }

  /** Says why something cannot be run here. */
  skip(what, why) {
    console.log(`skipped: ${what}: ${why}`);
  }

  /** Called at the end, whatever happens. */
  onClose(close) {
    this.#closing.push(close);
  }

  async close() {
    for (const close of this.#closing.reverse()) await close();
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /** The file that `npm pack` makes of the library. */
  get tarball() {
    if (!this.#tarball) {
      const out = this.sh(
        "npm",
        ["pack", "--json", "--ignore-scripts", "--pack-destination", this.#scratch],
        { cwd: root },
      );
      this.#tarball = join(this.#scratch, JSON.parse(out)[0].filename);
    }
    return this.#tarball;
  }

  /** A new folder of a project that has installed the packed library and, pinned, whatever `dependencies` names. */
  project(name, files = {}, dependencies = {}) {
    const folder = mkdtempSync(join(this.#scratch, `${name}-`));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
    const packages = Object.entries(dependencies).map(([name, version]) => `${name}@${version}`);
    this.sh("npm", ["install", "--no-audit", "--no-fund", this.tarball, ...packages], { cwd: folder });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    return folder;
  }

  /** What a command prints; throws with all it said if it fails. */
  sh(command, args, options = {}) {
    try {
      return execFileSync(command, args, {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        maxBuffer: 1 << 28,
        ...options,
      });
    } catch (error) {
      const said = `${error.stdout ?? ""}\n${error.stderr ?? error}`;
      // Node shows the line that threw, which in a bundle may be all of it.
      throw new Error(`${command} ${args.join(" ")}\n${said.replace(/(.{300}).+/g, "$1…").slice(-20_000)}`);
    }
  }

  /** Debian's package, installed if apt is there; the command's path, or null after a line that says why not. */
  debian(name, path) {
    if (existsSync(path)) return path;
    if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
      this.skip(name, "there is no apt-get, or no right to use it");
      return null;
    }
    // Another program may be installing: it waits for the lock.
    this.sh("apt-get", ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", name], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    return path;
  }

  chromium() {
    return this.debian("chromium", "/usr/bin/chromium");
  }

  firefox() {
    return this.debian("firefox-esr", "/usr/bin/firefox-esr");
  }
}

/** Flags of Chromium that keep it from looking for the network. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));
