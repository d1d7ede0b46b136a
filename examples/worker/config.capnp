# What `npm start` serves: the files that `npm run build` makes, at http://127.0.0.1:8787.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "worker", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "build/worker.js"),
    (name = "core.wasm", wasm = embed "build/core.wasm"),
    (name = "model.safetensors", data = embed "build/model.safetensors"),
  ],
  compatibilityDate = "2026-09-01",
);
