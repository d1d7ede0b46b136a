/** @file `import "wasmgrad/reference"`: device "reference", every op in plain TypeScript. `wasmgrad` itself has it already. */
import { createReferenceBackend } from "./backend/reference/index.js";
import { addDevice } from "./backend/registry.js";

addDevice("reference", createReferenceBackend);
