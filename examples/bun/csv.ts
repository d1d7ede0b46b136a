import { UserError } from "./errors.ts";

/** The rows of a CSV file: fields between commas, in quotes if they hold commas, quotes (doubled) or lines. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  const body = text.replace(/^\uFEFF/, "");
  while (field.lastIndex < body.length || row.length > 0) {
    const at = field.lastIndex;
    const match = field.exec(body);
    if (!match)
      throw new UserError(`line ${body.slice(0, at).split("\n").length}: a quote in the wrong place`);
    const [, value = "", end] = match;
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value.trim());
    if (end === ",") continue;
    // An empty line has one field with nothing in it.
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}

/** Rows as lines of CSV. */
export const writeCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map((x) => quoted(String(x))).join(",")}\n`).join("");

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
