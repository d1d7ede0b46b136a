/** Why a documented name is not here, and where it has another spelling. */
import type { Namespace } from "./names.js";

/** Names of each namespace, separated by spaces; a `*` at the end stands for any ending. */
type Names = { readonly [N in Namespace]?: string };

/** Groups outside the project's scope, by the reason that holds for all of a group. */
export const outOfScope: Readonly<Record<string, Names>> = {
  "complex numbers: there are no complex dtypes": {
    torch: "complex polar imag view_as_real view_as_complex",
    "torch.Tensor": "imag chalf cfloat cdouble",
    "torch.linalg": "eig eigvals",
    "torch.fft": "fft fft2 fftn ifft ifft2 ifftn ihfft ihfft2 ihfftn rfft rfft2 rfftn",
  },
  "sparse layouts: every tensor is dense": {
    torch: "sparse_coo_tensor sparse_csr_tensor sparse_csc_tensor sparse_bsr_tensor sparse_bsc_tensor",
    "torch.Tensor":
      "sspaddmm smm dense_dim sparse_dim sparse_mask indices values is_sparse to_dense to_sparse to_sparse_csr to_sparse_csc to_sparse_bsr to_sparse_bsc",
  },
  "quantised dtypes": {
    torch:
      "quantize_per_tensor quantize_per_channel dequantize fake_quantize_per_channel_affine fake_quantize_per_tensor_affine quantized_batch_norm quantized_max_pool1d quantized_max_pool2d",
    "torch.Tensor":
      "is_quantized dequantize int_repr qscheme q_scale q_zero_point q_per_channel_scales q_per_channel_zero_points q_per_channel_axis",
    "torch.nn.functional": "ScalingType SwizzleType grouped_mm scaled_mm scaled_grouped_mm",
  },
  "CUDA and other accelerators, their streams and pinned memory": {
    torch: "Stream Event get_device_module",
    "torch.Tensor": "cuda xpu record_stream pin_memory is_pinned to_mkldnn",
  },
  "distributed training and memory shared between processes": {
    "torch.Tensor": "share_memory_ is_shared",
    "torch.nn.functional": "data_parallel",
  },
  "the compiler and its symbolic shapes": {
    torch:
      "compile cond Tag _assert SymInt SymFloat SymBool sym_float sym_fresh_size sym_int sym_max sym_min sym_not sym_ite sym_sum",
  },
  "switches of PyTorch's own engine: here results are always deterministic, in full precision, from one thread":
    {
      torch:
        "use_deterministic_algorithms are_deterministic_algorithms_enabled is_deterministic_algorithms_warn_only_enabled set_deterministic_debug_mode get_deterministic_debug_mode set_float32_matmul_precision get_float32_matmul_precision set_flush_denormal get_num_threads set_num_threads get_num_interop_threads set_num_interop_threads set_warn_always is_warn_always_enabled compiled_with_cxx11_abi",
    },
  "addresses, storages and interfaces of Python and C++": {
    torch: "is_storage from_dlpack from_file",
    "torch.Tensor":
      "apply_ map_ const_data_ptr data_ptr untyped_storage storage_type as_subclass module_load set_",
  },
  "several tensors in one call, for PyTorch's own optimizers": { torch: "_foreach_*" },
  "not in any release of PyTorch yet": {
    "torch.nn.functional": "gated_delta_rule linear_cross_entropy",
  },
};

/** Where the same thing has another name here than its camelCase. */
export const spelled: { readonly [N in Namespace]?: Readonly<Record<string, string>> } = {
  torch: {
    "autograd.grad_mode.inference_mode": "inferenceMode",
    "autograd.grad_mode.set_grad_enabled": "setGradEnabled",
    from_numpy: "fromTypedArray",
  },
  "torch.Tensor": { numpy: "typedArray" },
};
