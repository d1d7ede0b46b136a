/** @file The kernels by their exported names, `<dtype>_<family>_<name>[_<variant>]`; bool shares uint8's. */

/** Where the kernels' own constants end and the heap may begin. */
export const heapBase: usize = __heap_base;

export * from "./scan";
export * from "./moments";
export * from "./argreduce";
export * from "./reduce";
export * from "./softmax";
export * from "./conv/correlate";
export * from "./conv/gradweight";
export * from "./binary";
export * from "./clamp";
export * from "./compare";
export * from "./copy";
export * from "./fill";
export * from "./move";
export * from "./where";
export * from "./gather";
export * from "./gemm/macro";
export * from "./gemm/vector";
export * from "./query";
export * from "./random";
export * from "./pool";
export * from "./optim";
export * from "./sort";
export * from "./bits";
export * from "./division";
export * from "./power";
export * from "./unary";
export * from "./slope";
export * from "./norm";
