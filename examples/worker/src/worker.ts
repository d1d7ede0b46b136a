/** A classifier of digits that answers at the edge and goes on learning there. README.md says what to send it. */
import { memory } from "wasmgrad/lean";
import { classes, learn, load, type Model, pixels, predict, save } from "./model";
import { limits, Refusal, readFields, readInputs, readLesson } from "./requests";

/** This isolate's model. Requests take it as it is and put another in its place; none changes it. */
let current: Model | undefined;
const model = (): Model => (current ??= load());

const routes: Record<string, Record<string, (request: Request) => Response | Promise<Response>>> = {
  "/": {
    GET: () =>
      json({
        description: "Tells digits in pictures of 8×8 pixels apart, and learns from more of them.",
        inputs: `${pixels} numbers from 0 to 1, row by row; or a list of such lists`,
        classes,
        limits,
        routes: Object.entries(routes).flatMap(([path, methods]) =>
          Object.keys(methods).map((method) => `${method} ${path}`),
        ),
        stepsLearned: model().steps,
        memory: memory(),
      }),
  },
  "/predict": {
    POST: async (request) => {
      const inputs = readInputs(await readFields(request, ["inputs"]));
      return json({ predictions: predict(model(), inputs) });
    },
  },
  "/learn": {
    POST: async (request) => {
      const lesson = readLesson(await readFields(request, ["inputs", "labels", "steps", "lr", "limitMs"]));
      const start = model();
      const { model: learned, ...report } = await learn(start, lesson);
      if (!Number.isFinite(report.lossAfter))
        throw new Refusal(
          400,
          "the loss has become infinite, and the model stays as it was: try a smaller lr",
        );
      // No lock: a request that is cancelled while it waits never runs on, and would leave it locked.
      if (current !== start)
        throw new Refusal(
          409,
          "another request has changed the model meanwhile; this one's steps are dropped",
          {
            "retry-after": "1",
          },
        );
      current = learned;
      return json({ ...report, stepsLearned: learned.steps });
    },
  },
  "/reset": {
    POST: () => {
      current = load();
      return json({ stepsLearned: 0 });
    },
  },
  "/model": {
    GET: () =>
      new Response(save(model()), {
        headers: {
          "content-type": "application/octet-stream",
          "content-disposition": 'attachment; filename="model.safetensors"',
        },
      }),
  },
};

const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(value, { status, headers });

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const methods = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
  if (!methods) throw new Refusal(404, `there is no ${pathname}; GET / lists what there is`);
  const handle = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!handle) {
    const allow = Object.keys(methods).join(", ");
    throw new Refusal(405, `${pathname} takes ${allow}`, { allow });
  }
  return handle(request);
}

export default {
  async fetch(request: Request): Promise<Response> {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof Refusal) return json({ error: error.message }, error.status, error.headers);
      console.error(error);
      return json({ error: "something is wrong with the worker itself" }, 500);
    }
  },
};
