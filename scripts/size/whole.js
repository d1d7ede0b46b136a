export * from "wasmgrad";
