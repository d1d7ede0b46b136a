/** examples/deno from the packed library: its types, a short training twice over, and what it says of wrong arguments. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../context.mjs";
import { tool } from "../tools.mjs";

export async function run(context) {
  const deno = tool(context, "deno");
  const folder = context.project("deno-example");
  cpSync(join(root, "examples/deno"), folder, { recursive: true });
  const start = (args, { permissions = ["--allow-read", "--allow-write"] } = {}) => {
    const all = ["run", "--no-prompt", ...permissions, "main.ts", ...args];
    const env = { ...process.env, NO_COLOR: "1" };
    return spawnSync(deno, all, { cwd: folder, encoding: "utf8", env });
  };
  const print = (args, options) => {
    const { status, stdout, stderr } = start(args, options);
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const read = (file) => readFileSync(join(folder, file));
  const lossOf = (text) => Number(/loss (\S+) on the last tenth/.exec(text)[1]);
  const short = ["--steps", "60", "--length", "50"];

  await context.check("deno: its types", () => context.sh(deno, ["check", "main.ts"], { cwd: folder }));
  await context.check("deno: --help", () => {
    const text = print(["--help"]);
    for (const option of ["--steps", "--seed", "--prompt", "--from", "--allow-write"])
      assert.ok(text.includes(option), option);
  });

  const first = await context.check("deno: learns, says how well, writes", () => {
    const text = print([...short, "--out", "first.safetensors"]);
    const losses = [...text.matchAll(/^step \d+ loss (\S+)$/gm)].map(([, loss]) => Number(loss));
    assert.equal(losses.length, 10);
    assert.ok(losses.at(-1) < 0.8 * losses[0], String(losses));
    assert.ok(lossOf(text) < 4);
    assert.equal(text.slice(text.indexOf("\n\n") + 2).length, 1 + 50 + 1);
    return text;
  });
  await context.check("deno: a second run prints and saves the same; another seed does not", () => {
    assert.equal(
      print([...short, "--out", "second.safetensors"]),
      first.replaceAll("first.safetensors", "second.safetensors"),
    );
    assert.deepEqual(read("second.safetensors"), read("first.safetensors"));
    print([...short, "--seed", "2", "--out", "other.safetensors"]);
    assert.notDeepEqual(read("other.safetensors"), read("first.safetensors"));
  });
  await context.check("deno: goes on from saved weights", () => {
    const text = print(["--from", "first.safetensors", "--steps", "0", "--out", "none.safetensors"]);
    assert.equal(lossOf(text), lossOf(first));
    assert.ok(!existsSync(join(folder, "none.safetensors")));
  });
  await context.check("deno: reads any text, with the permissions it needs and no more", () => {
    writeFileSync(join(folder, "song.txt"), "Grün, gelb und blau 🎈 sind alle meine Kleider.\n".repeat(20));
    const text = print(["song.txt", "--steps", "80", "--length", "12", "--prompt", "🎈 sind", "--out", "w"], {
      permissions: ["--allow-read=song.txt", "--allow-write=w"],
    });
    assert.ok(lossOf(text) < 1, text);
    assert.match(text, /\n\n🎈 sind/);
  });

  await context.check("deno: prints what its README shows", () => {
    cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
    const [shown] = /(?<=```\n)step 200[\s\S]*?(?=```)/.exec(read("README.md"));
    const text = print(["LICENSE", "--steps", "200", "--length", "200"]);
    assert.ok(text.endsWith(shown), text);
  });

  writeFileSync(join(folder, "short.txt"), "abc");
  writeFileSync(join(folder, "empty.txt"), "");
  writeFileSync(join(folder, "broken.safetensors"), "no weights");
  const readOnly = { permissions: ["--allow-read"] };
  for (const [args, message, options] of [
    [["--step", "3"], /^unknown option --step; --help lists them$/],
    [["-s"], /^unknown option -s/],
    [["--steps"], /^--steps: expected a value$/],
    [["--out", "--steps"], /^--out: expected a value$/],
    [["--steps", "many"], /^--steps: expected a whole number, 0 … 1000000, found "many"$/],
    [["--steps", "1.5"], /^--steps: /],
    [["--temperature", "0"], /^--temperature: expected a number/],
    [["--seed=-1"], /^--seed: /],
    [["a.txt", "b.txt"], /^expected one file, found 2: a.txt, b.txt$/],
    [["missing.txt"], /^cannot read missing.txt: /],
    [["short.txt"], /^short.txt: expected at least 330 characters, found 3$/],
    [["empty.txt"], /found 0$/],
    [["--prompt", "🎈"], /^the text has no "🎈"/],
    [["--from", "broken.safetensors"], /^cannot read broken.safetensors: /],
    [["--from", "missing.safetensors"], /^cannot read missing.safetensors: /],
    [["song.txt", "--from", "first.safetensors"], /other characters$/],
    [["--steps", "1", "--out", "no/such/folder"], /^cannot write no\/such\/folder: /],
    [[], /^may not read .*README.md: start Deno with --allow-read$/, { permissions: [] }],
    [["--steps", "1"], /^may not write model.safetensors: start Deno with --allow-write$/, readOnly],
  ])
    await context.check(`deno: ${args.join(" ")} in plain words`, () => {
      const { status, stderr } = start(args, options);
      assert.match(stderr.trim(), message);
      assert.equal(status, 2);
    });
}
