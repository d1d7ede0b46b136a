/** Which of PyTorch's documented names the library has, found by looking them up in it. */
import { Tensor, zeros } from "../../src/index.js";
import { camel, find } from "../oracle/library.js";
import { documented, type Namespace } from "./names.js";
import { outOfScope, spelled } from "./reasons.js";

/** What became of a namespace's names. */
export interface Coverage {
  readonly namespace: Namespace;
  readonly present: readonly string[];
  /** Names outside the scope, by reason. */
  readonly excluded: ReadonlyMap<string, readonly string[]>;
  /** Within the scope, and not there. */
  readonly missing: readonly string[];
}

function has(namespace: Namespace, name: string): boolean {
  const here = spelled[namespace]?.[name] ?? camel(name);
  if (namespace === "torch.Tensor") return here in zeros(1) || Object.hasOwn(Tensor, here);
  const path = `${namespace}.${here}`.replace(/^torch\./, "");
  return find(path) !== undefined;
}

/** The reason a name is outside the scope, if it is. */
function reasonFor(namespace: Namespace, name: string): string | undefined {
  const matches = (pattern: string) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
  return Object.entries(outOfScope).find(([, names]) => names[namespace]?.split(" ").some(matches))?.[0];
}

function coverageOf(namespace: Namespace): Coverage {
  const present: string[] = [];
  const missing: string[] = [];
  const excluded = new Map<string, string[]>();
  for (const name of documented[namespace]) {
    const reason = reasonFor(namespace, name);
    if (has(namespace, name)) present.push(name);
    else if (reason === undefined) missing.push(name);
    else excluded.set(reason, [...(excluded.get(reason) ?? []), name]);
  }
  return { namespace, present, excluded, missing };
}

/** Every namespace's coverage. */
export const coverage = (): Coverage[] => (Object.keys(documented) as Namespace[]).map(coverageOf);

// ── as text ──────────────────────────────────────────────────────────────────────────────────────

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(" ");
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** One line a namespace: how many of its names are there. */
export function totals(all: readonly Coverage[]): string {
  const lines = all.map(({ namespace, present, missing, excluded }) => {
    const scoped = present.length + missing.length;
    const outside = [...excluded.values()].flat().length;
    return `| \`${namespace}\` | ${scoped + outside} | ${outside} | ${present.length} | ${missing.length} | ${percent(present.length, scoped)} |`;
  });
  return [
    "| namespace | documented | out of scope | present | missing | present of those in scope |",
    "|---|--:|--:|--:|--:|--:|",
    ...lines,
  ].join("\n");
}

function section({ namespace, present, missing, excluded }: Coverage): string {
  const parts = [`## ${namespace}`, `Present (${present.length}): ${quoted(present)}`];
  if (missing.length) parts.push(`Missing (${missing.length}), not written yet: ${quoted(missing)}`);
  if (excluded.size) {
    const rows = [...excluded].map(([reason, names]) => `| ${reason} | ${quoted(names)} |`);
    parts.push(["| out of scope because | names |", "|---|---|", ...rows].join("\n"));
  }
  return parts.join("\n\n");
}

/** The page docs/api.md. */
export function page(all: readonly Coverage[]): string {
  const head = [
    "# Coverage of PyTorch's names",
    "Written by `npm run api`, which looks up every documented name in the library. Names are in PyTorch's spelling; here they are camelCase.",
    totals(all),
  ];
  return `${[...head, ...all.map(section)].join("\n\n")}\n`;
}

const [begin, end] = ["<!-- api totals, written by npm run api -->", "<!-- end of api totals -->"];

/** A text with the totals put between its two marks. @throws SyntaxError if it has no marks */
export function withTotals(text: string, all: readonly Coverage[]): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new SyntaxError(`no place for the totals: ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n${totals(all)}\n${text.slice(to)}`;
}
