/** torch.fft: what of it has real results. */
export * from "./helpers.js";
export { type FftOptions, hfft, hfft2, hfftn, irfft, irfft2, irfftn, type Norm } from "./hermitian.js";
