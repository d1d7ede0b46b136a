/** Reads what people send; whatever is wrong with it is said in an answer of status 4xx. */
import { classes, type Lesson, pixels } from "./model";

export const limits = {
  bodyBytes: 2 ** 20,
  rows: 256,
  steps: 100_000,
  milliseconds: 10_000,
};

/** An answer that says what the caller can put right. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

type Fields = Record<string, unknown>;

/** The body's JSON object, which may have no fields but these. */
export async function readFields(request: Request, known: readonly string[]): Promise<Fields> {
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal(400, `the body is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refusal(400, `expected a JSON object with ${known.join(", ")}`);
  const stray = Object.keys(value).find((name) => !known.includes(name));
  if (stray !== undefined)
    throw new Refusal(400, `unknown field ${brief(stray)}; there are ${known.join(", ")}`);
  return value as Fields;
}

/** At most `limits.bodyBytes`, counted as they come: the length that a request claims may be missing or wrong. */
async function readText(request: Request): Promise<string> {
  const tooLarge = () => new Refusal(413, `the body is larger than ${limits.bodyBytes} bytes`);
  if (Number(request.headers.get("content-length")) > limits.bodyBytes) throw tooLarge();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body?.getReader();
  let text = "";
  for (let size = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    if ((size += value.length) > limits.bodyBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    text += decode(() => decoder.decode(value, { stream: true }));
  }
  return text + decode(() => decoder.decode());
}

function decode(run: () => string): string {
  try {
    return run();
  } catch {
    throw new Refusal(400, "the body is not UTF-8");
  }
}

/** One picture or several, as rows. */
export function readInputs({ inputs }: Fields): number[][] {
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new Refusal(
      400,
      `inputs: expected ${pixels} numbers, or a list of such lists, found ${brief(inputs)}`,
    );
  const rows: unknown[] = Array.isArray(inputs[0]) ? inputs : [inputs];
  if (rows.length > limits.rows)
    throw new Refusal(400, `inputs: expected at most ${limits.rows} rows, found ${rows.length}`);
  return rows.map((row, i) => {
    if (!Array.isArray(row) || row.length !== pixels)
      throw new Refusal(
        400,
        `inputs: expected ${pixels} numbers in row ${i}, found ${Array.isArray(row) ? row.length : brief(row)}`,
      );
    const wrong = row.findIndex((x) => !isNumber(x, 0, 1));
    if (wrong >= 0)
      throw new Refusal(
        400,
        `inputs: expected numbers from 0 to 1, found ${brief(row[wrong])} in row ${i}, column ${wrong}`,
      );
    return row;
  });
}

export function readLesson(fields: Fields): Lesson {
  const inputs = readInputs(fields);
  const labels = Array.isArray(fields.labels) ? fields.labels : [fields.labels];
  if (labels.length !== inputs.length)
    throw new Refusal(400, `labels: expected one for each of ${inputs.length} rows, found ${labels.length}`);
  const wrong = labels.findIndex((label) => !isWhole(label, 0, classes - 1));
  if (wrong >= 0)
    throw new Refusal(
      400,
      `labels: expected whole numbers from 0 to ${classes - 1}, found ${brief(labels[wrong])} for row ${wrong}`,
    );
  return {
    inputs,
    labels,
    steps: readWhole(fields, "steps", limits.steps, 50),
    lr: readRate(fields),
    limitMs: readWhole(fields, "limitMs", limits.milliseconds, 1000),
  };
}

function readWhole(fields: Fields, name: string, most: number, fallback: number): number {
  const value = fields[name] ?? fallback;
  if (!isWhole(value, 1, most))
    throw new Refusal(400, `${name}: expected a whole number from 1 to ${most}, found ${brief(value)}`);
  return value;
}

function readRate({ lr = 0.05 }: Fields): number {
  if (!isNumber(lr, Number.MIN_VALUE, Number.MAX_VALUE))
    throw new Refusal(400, `lr: expected a number above 0, found ${brief(lr)}`);
  return lr;
}

/** Not NaN, which JSON cannot say, and not infinite, which it can: 1e999. */
const isNumber = (x: unknown, low: number, high: number): x is number =>
  typeof x === "number" && x >= low && x <= high;
const isWhole = (x: unknown, low: number, high: number): x is number =>
  isNumber(x, low, high) && Number.isInteger(x);

/** A value in a message. */
function brief(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
