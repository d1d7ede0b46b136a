/** @file Requests to examples/worker that it must refuse, or at least survive. */

/** What it must refuse, and how: [what, path, request, status, message]. */
export function refusals(inputs, labels) {
  const send = (body) => () => ({ method: "POST", body });
  const json = (value) => send(JSON.stringify(value));
  const rows = inputs.slice(0, 2);
  const lesson = (fields) => json({ inputs: rows, labels: labels.slice(0, 2), ...fields });
  const raw = (last) => send(`{"inputs":[${new Array(63).fill(0).join()},${last}]}`);
  const large = `{"inputs":"${"x".repeat(1 << 20)}"}`;
  const streamed = () => ({
    method: "POST",
    body: new Blob([large]).stream(),
    duplex: "half",
  });
  return [
    ["an empty body", "/predict", send(""), 400, /not JSON/],
    ["half a body", "/predict", send('{"inputs":[0,'), 400, /not JSON/],
    ["bytes that are no text", "/predict", send(new Uint8Array([0x22, 0xff, 0x22])), 400, /not UTF-8/],
    ["a body cut in a letter", "/predict", send(new Uint8Array([0x22, 0xe2, 0x82])), 400, /not UTF-8/],
    ["deep nesting", "/predict", send("[".repeat(500_000)), 400, /not JSON/],
    ["null", "/predict", json(null), 400, /expected a JSON object with inputs/],
    ["a list", "/predict", json(rows), 400, /expected a JSON object/],
    ["an unknown field", "/predict", json({ input: rows }), 400, /unknown field "input"/],
    ["no inputs", "/predict", json({}), 400, /inputs: expected 64 numbers/],
    ["empty inputs", "/predict", json({ inputs: [] }), 400, /inputs: expected 64 numbers/],
    ["inputs that are no list", "/predict", json({ inputs: "0" }), 400, /found "0"/],
    ["a short row", "/predict", json({ inputs: [rows[0], [0]] }), 400, /64 numbers in row 1, found 1/],
    ["a row that is none", "/predict", json({ inputs: [rows[0], 7] }), 400, /row 1, found 7/],
    ["a picture not in a row", "/predict", json({ inputs: [[rows[0]]] }), 400, /row 0, found 1/],
    ["null for a number", "/predict", raw("null"), 400, /found null in row 0, column 63/],
    ["NaN", "/predict", raw("NaN"), 400, /not JSON/],
    ["infinity", "/predict", raw("1e999"), 400, /found Infinity/],
    ["a number out of range", "/predict", raw("1.01"), 400, /from 0 to 1, found 1.01/],
    ["a text for a number", "/predict", raw('"0"'), 400, /found "0"/],
    [
      "too many rows",
      "/predict",
      json({ inputs: [...inputs, inputs[0]] }),
      400,
      /at most 256 rows, found 257/,
    ],
    ["too large a body", "/predict", send(large), 413, /larger than 1048576 bytes/],
    ["too large a body of no stated length", "/predict", streamed, 413, /larger than/],
    ["no labels", "/learn", json({ inputs: rows }), 400, /labels: expected one for each of 2 rows/],
    ["too few labels", "/learn", lesson({ labels: [1] }), 400, /each of 2 rows, found 1/],
    ["a label out of range", "/learn", lesson({ labels: [1, 10] }), 400, /found 10 for row 1/],
    ["a negative label", "/learn", lesson({ labels: [-1, 1] }), 400, /found -1 for row 0/],
    ["half a label", "/learn", lesson({ labels: [1, 0.5] }), 400, /found 0.5/],
    ["null for a label", "/learn", lesson({ labels: [null, 1] }), 400, /found null/],
    ["no steps", "/learn", lesson({ steps: 0 }), 400, /steps: expected a whole number from 1 to 100000/],
    ["too many steps", "/learn", lesson({ steps: 1e9 }), 400, /steps: .*found 1000000000/],
    ["steps that are a text", "/learn", lesson({ steps: "9" }), 400, /steps: .*found "9"/],
    ["a rate of 0", "/learn", lesson({ lr: 0 }), 400, /lr: expected a number above 0, found 0/],
    ["a limit of 0", "/learn", lesson({ limitMs: 0 }), 400, /limitMs: /],
    ["another path", "/train", json({}), 404, /there is no \/train/],
    ["a path that objects have", "/constructor", json({}), 404, /there is no/],
    ["GET of /predict", "/predict", () => ({}), 405, /takes POST/],
    ["DELETE of /model", "/model", () => ({ method: "DELETE" }), 405, /takes GET/],
  ];
}

const values = [
  "null",
  "true",
  "0",
  "-0",
  "1e400",
  "0.5",
  '"x"',
  "[]",
  "{}",
  "[[]]",
  "[[0.5]]",
  "[9]",
  "[0,1]",
  "2.5",
];
const picture = JSON.stringify(new Array(64).fill(0.25));
const fields = ["inputs", "labels", "steps", "lr", "limitMs", "__proto__", "constructor"];
const paths = ["/predict", "/learn", "/", "/model", "/__proto__", "//predict", "/%ff", "/predict?x"];
const methods = ["POST", "GET", "PUT", "OPTIONS"];

/** Requests that are mostly nonsense, the same every time: [path, request]. */
export function* nonsense(count) {
  let state = 1;
  const below = (n) => Math.floor(((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32) * n);
  const likely = (list) => list[below(3) ? below(2) : below(list.length)];
  const value = (name) =>
    name === "inputs" && below(3)
      ? [picture, `[${picture},${picture}]`][below(2)]
      : values[below(values.length)];
  for (let i = 0; i < count; i++) {
    const named = fields.slice(0, below(fields.length)).filter(() => below(4) > 0);
    let body = `{${named.map((name) => `"${name}":${value(name)}`).join()}}`;
    if (below(6) === 0) body = body.slice(0, below(body.length));
    if (below(6) === 0) body = Uint8Array.from({ length: below(50) }, () => below(256));
    const method = below(4) ? "POST" : methods[below(methods.length)];
    yield [likely(paths), method === "GET" ? {} : { method, body }];
  }
}
