import { UserError } from "./errors.ts";

/** A table as numbers a network can learn from. */
export interface Table {
  /** What each column became, for people. */
  columns: string[];
  target: string;
  inputs: number[][];
  targets: number[];
  /** The line of each row in the file, of the rows that have no empty field. */
  lines: number[];
  leftOut: number;
}

/** More different texts than this are names rather than categories. */
const mostCategories = 30;

/** @param rows the names and then the values @param wanted the column to predict, the last if none is named */
export function readTable(rows: string[][], wanted: string | undefined): Table {
  const [names = [], ...body] = rows;
  if (names.length < 2) throw new UserError(`expected two columns or more, found ${names.length}`);
  const doubled = names.find((name, i) => names.indexOf(name) < i);
  if (doubled !== undefined) throw new UserError(`two columns are named "${doubled}"`);
  const target = wanted ?? (names.at(-1) as string);
  const at = names.indexOf(target);
  if (at < 0) throw new UserError(`no column is named "${target}"; there are ${names.join(", ")}`);
  body.forEach((row, i) => {
    if (row.length !== names.length)
      throw new UserError(`row ${i + 1}: expected ${names.length} fields, found ${row.length}`);
  });
  const lines = body.flatMap((row, i) => (row.includes("") ? [] : [i + 1]));
  const kept = lines.map((line) => body[line - 1] as string[]);
  if (kept.length < 20)
    throw new UserError(`expected at least 20 rows without empty fields, found ${kept.length}`);

  const column = (i: number) => kept.map((row) => row[i] as string);
  const inputs: number[][] = kept.map(() => []);
  const columns: string[] = [];
  names.forEach((name, i) => {
    if (i === at) return;
    const values = column(i);
    const coded = isNumeric(values) ? values.map((text) => [Number(text)]) : categories(name, values);
    for (const [r, numbers] of coded.entries()) inputs[r]?.push(...numbers);
    columns.push(isNumeric(values) ? name : `${name} (${coded[0]?.length} categories)`);
  });
  const values = column(at);
  if (!isNumeric(values))
    throw new UserError(
      `column "${target}": expected numbers, found "${values.find((text) => !isNumber(text))}"`,
    );
  return { columns, target, inputs, targets: values.map(Number), lines, leftOut: body.length - kept.length };
}

/** One place for each category, 1 where it is the row's. */
function categories(name: string, values: string[]): number[][] {
  const known = [...new Set(values)].sort();
  if (known.length > mostCategories)
    throw new UserError(
      `column "${name}": expected numbers or at most ${mostCategories} different texts, found ${known.length}`,
    );
  return values.map((value) => known.map((category) => Number(category === value)));
}

// Past 1e150 squares are infinite.
const isNumber = (text: string): boolean =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Math.abs(Number(text)) < 1e150;
const isNumeric = (texts: string[]): boolean => texts.every(isNumber);
