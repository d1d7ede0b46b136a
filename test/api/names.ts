/**
 * @file The names that PyTorch documents, one list a namespace, in its own spelling.
 *
 * torch, torch.Tensor and torch.nn.functional from the lists of its documentation (2.x), the others from PyTorch 1.13.
 */

const list = (names: string): readonly string[] => names.split(/\s+/).filter((name) => name);

export const documented = {
  torch: list(`
    Event Generator Stream SymBool SymFloat SymInt Tag _assert _foreach_abs _foreach_abs_ _foreach_acos
    _foreach_acos_ _foreach_asin _foreach_asin_ _foreach_atan _foreach_atan_ _foreach_ceil _foreach_ceil_
    _foreach_cos _foreach_cos_ _foreach_cosh _foreach_cosh_ _foreach_erf _foreach_erf_ _foreach_erfc
    _foreach_erfc_ _foreach_exp _foreach_exp_ _foreach_expm1 _foreach_expm1_ _foreach_floor _foreach_floor_
    _foreach_frac _foreach_frac_ _foreach_lgamma _foreach_lgamma_ _foreach_log _foreach_log10
    _foreach_log10_ _foreach_log1p _foreach_log1p_ _foreach_log2 _foreach_log2_ _foreach_log_ _foreach_neg
    _foreach_neg_ _foreach_reciprocal _foreach_reciprocal_ _foreach_round _foreach_round_ _foreach_sigmoid
    _foreach_sigmoid_ _foreach_sin _foreach_sin_ _foreach_sinh _foreach_sinh_ _foreach_sqrt _foreach_sqrt_
    _foreach_tan _foreach_tan_ _foreach_trunc _foreach_trunc_ _foreach_zero_ abs absolute acos acosh add
    addbmm addcdiv addcmul addmm addmv addr adjoint all allclose amax amin aminmax angle any arange arccos
    arccosh arcsin arcsinh arctan arctan2 arctanh are_deterministic_algorithms_enabled argmax argmin argsort
    argwhere as_strided as_tensor asarray asin asinh atan atan2 atanh atleast_1d atleast_2d atleast_3d
    autograd.grad_mode.inference_mode autograd.grad_mode.set_grad_enabled baddbmm bartlett_window bernoulli
    bincount bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor
    blackman_window block_diag bmm broadcast_shapes broadcast_tensors broadcast_to bucketize can_cast
    cartesian_prod cat cdist ceil chain_matmul cholesky cholesky_inverse cholesky_solve chunk clamp clip
    clone column_stack combinations compile compiled_with_cxx11_abi complex concat concatenate cond conj
    conj_physical copysign corrcoef cos cosh count_nonzero cov cross cummax cummin cumprod cumsum
    cumulative_trapezoid default_generator deg2rad dequantize det diag diag_embed diagflat diagonal
    diagonal_scatter diff digamma dist div divide dot dsplit dstack einsum empty empty_like empty_strided
    enable_grad eq equal erf erfc erfinv exp exp2 expm1 eye fake_quantize_per_channel_affine
    fake_quantize_per_tensor_affine fix flatten flip fliplr flipud float_power floor floor_divide fmax fmin
    fmod frac frexp from_dlpack from_file from_numpy frombuffer full full_like gather gcd ge geqrf ger
    get_default_device get_default_dtype get_deterministic_debug_mode get_device_module
    get_float32_matmul_precision get_num_interop_threads get_num_threads get_rng_state gradient greater
    greater_equal gt hamming_window hann_window heaviside histc histogram histogramdd hsplit hstack hypot i0
    igamma igammac imag index_add index_copy index_reduce index_select initial_seed inner inverse is_complex
    is_conj is_deterministic_algorithms_warn_only_enabled is_floating_point is_grad_enabled
    is_inference_mode_enabled is_nonzero is_storage is_tensor is_warn_always_enabled isclose isfinite isin
    isinf isnan isneginf isposinf isreal istft kaiser_window kron kthvalue lcm ldexp le lerp less less_equal
    lgamma linspace load lobpcg log log10 log1p log2 logaddexp logaddexp2 logcumsumexp logdet logical_and
    logical_not logical_or logical_xor logit logspace logsumexp lt lu lu_solve lu_unpack manual_seed
    masked_select matmul matrix_exp matrix_power max maximum mean median meshgrid min minimum mm mode
    moveaxis movedim msort mul multinomial multiply mv mvlgamma nan_to_num nanmean nanmedian nanquantile
    nansum narrow narrow_copy ne neg negative nextafter no_grad nonzero norm normal not_equal numel ones
    ones_like orgqr ormqr outer pca_lowrank permute pinverse poisson polar polygamma positive pow prod
    promote_types qr quantile quantize_per_channel quantize_per_tensor quantized_batch_norm
    quantized_max_pool1d quantized_max_pool2d quasirandom.SobolEngine rad2deg rand rand_like randint
    randint_like randn randn_like randperm range ravel real reciprocal remainder renorm repeat_interleave
    reshape resolve_conj resolve_neg result_type roll rot90 round row_stack rsqrt save scatter scatter_add
    scatter_reduce searchsorted seed select select_scatter set_default_device set_default_dtype
    set_default_tensor_type set_deterministic_debug_mode set_float32_matmul_precision set_flush_denormal
    set_num_interop_threads set_num_threads set_printoptions set_rng_state set_warn_always sgn sigmoid sign
    signbit sin sinc sinh slice_scatter slogdet softmax sort sparse_bsc_tensor sparse_bsr_tensor
    sparse_coo_tensor sparse_csc_tensor sparse_csr_tensor split sqrt square squeeze stack std std_mean stft
    sub subtract sum svd svd_lowrank swapaxes swapdims sym_float sym_fresh_size sym_int sym_ite sym_max
    sym_min sym_not sym_sum t take take_along_dim tan tanh tensor tensor_split tensordot tile topk trace
    transpose trapezoid trapz triangular_solve tril tril_indices triu triu_indices true_divide trunc unbind
    unflatten unique unique_consecutive unravel_index unsqueeze use_deterministic_algorithms vander var
    var_mean vdot view_as_complex view_as_real vmap vsplit vstack where xlogy zeros zeros_like
  `),
  "torch.Tensor": list(`
    H T abs abs_ absolute absolute_ acos acos_ acosh acosh_ add add_ addbmm addbmm_ addcdiv addcdiv_ addcmul
    addcmul_ addmm addmm_ addmv addmv_ addr addr_ adjoint all allclose amax amin aminmax angle any apply_
    arccos arccos_ arccosh arccosh_ arcsin arcsin_ arcsinh arcsinh_ arctan arctan2 arctan2_ arctan_ arctanh
    arctanh_ argmax argmin argsort argwhere as_strided as_subclass asin asin_ asinh asinh_ atan atan2 atan2_
    atan_ atanh atanh_ backward baddbmm baddbmm_ bernoulli bernoulli_ bfloat16 bincount bitwise_and
    bitwise_and_ bitwise_left_shift bitwise_left_shift_ bitwise_not bitwise_not_ bitwise_or bitwise_or_
    bitwise_right_shift bitwise_right_shift_ bitwise_xor bitwise_xor_ bmm bool broadcast_to byte cauchy_
    cdouble ceil ceil_ cfloat chalf char cholesky cholesky_inverse cholesky_solve chunk clamp clamp_ clip
    clip_ clone conj conj_physical conj_physical_ const_data_ptr contiguous copy_ copysign copysign_
    corrcoef cos cos_ cosh cosh_ count_nonzero cov cpu cross cuda cummax cummin cumprod cumprod_ cumsum
    cumsum_ data_ptr deg2rad dense_dim dequantize det detach detach_ device diag diag_embed diagflat
    diagonal diagonal_scatter diff digamma digamma_ dim dim_order dist div div_ divide divide_ dot double
    dsplit element_size eq eq_ equal erf erf_ erfc erfc_ erfinv erfinv_ exp exp_ expand expand_as expm1
    expm1_ exponential_ fill_ fill_diagonal_ fix fix_ flatten flip fliplr flipud float float_power
    float_power_ floor floor_ floor_divide floor_divide_ fmax fmin fmod fmod_ frac frac_ frexp gather gcd
    gcd_ ge ge_ geometric_ geqrf ger get_device grad greater greater_ greater_equal greater_equal_ gt gt_
    half hardshrink heaviside histc histogram hsplit hypot hypot_ i0 i0_ igamma igamma_ igammac igammac_
    imag index_add index_add_ index_copy index_copy_ index_fill index_fill_ index_put index_put_
    index_reduce index_reduce_ index_select indices inner int int_repr inverse is_complex is_conj
    is_contiguous is_cuda is_floating_point is_inference is_leaf is_meta is_pinned is_quantized is_set_to
    is_shared is_signed is_sparse isclose isfinite isinf isnan isneginf isposinf isreal istft item itemsize
    kthvalue lcm lcm_ ldexp ldexp_ le le_ lerp lerp_ less less_ less_equal less_equal_ lgamma lgamma_ log
    log10 log10_ log1p log1p_ log2 log2_ log_ log_normal_ logaddexp logaddexp2 logcumsumexp logdet
    logical_and logical_and_ logical_not logical_not_ logical_or logical_or_ logical_xor logical_xor_ logit
    logit_ logsumexp long lt lt_ lu lu_solve mH mT map_ masked_fill masked_fill_ masked_scatter
    masked_scatter_ masked_select matmul matrix_exp matrix_power max maximum mean median min minimum mm mode
    module_load moveaxis movedim msort mul mul_ multinomial multiply multiply_ mv mvlgamma mvlgamma_
    nan_to_num nan_to_num_ nanmean nanmedian nanquantile nansum narrow narrow_copy nbytes ndim ndimension ne
    ne_ neg neg_ negative negative_ nelement new_empty new_full new_ones new_tensor new_zeros nextafter
    nextafter_ nonzero nonzero_static norm normal_ not_equal not_equal_ numel numpy orgqr ormqr outer
    permute pin_memory pinverse polygamma polygamma_ positive pow pow_ prod put_ q_per_channel_axis
    q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point qr qscheme quantile rad2deg random_
    ravel real reciprocal reciprocal_ record_stream register_hook register_post_accumulate_grad_hook
    remainder remainder_ renorm renorm_ repeat repeat_interleave requires_grad requires_grad_ reshape
    reshape_as resize_ resize_as_ resolve_conj resolve_neg retain_grad retains_grad roll rot90 round round_
    rsqrt rsqrt_ scatter scatter_ scatter_add scatter_add_ scatter_reduce scatter_reduce_ select
    select_scatter set_ sgn sgn_ shape share_memory_ short sigmoid sigmoid_ sign sign_ signbit sin sin_ sinc
    sinc_ sinh sinh_ size slice_scatter slogdet smm softmax sort sparse_dim sparse_mask split sqrt sqrt_
    square square_ squeeze squeeze_ sspaddmm std stft storage storage_offset storage_type stride sub sub_
    subtract subtract_ sum sum_to_size svd swapaxes swapdims t t_ take take_along_dim tan tan_ tanh tanh_
    tensor_split tile to to_dense to_mkldnn to_sparse to_sparse_bsc to_sparse_bsr to_sparse_csc
    to_sparse_csr tolist topk trace transpose transpose_ triangular_solve tril tril_ triu triu_ true_divide
    true_divide_ trunc trunc_ type type_as unbind unflatten unfold uniform_ unique unique_consecutive
    unsqueeze unsqueeze_ untyped_storage values var vdot view view_as vsplit where xlogy xlogy_ xpu zero_
  `),
  "torch.nn.functional": list(`
    ScalingType SwizzleType adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d
    adaptive_max_pool2d adaptive_max_pool3d affine_grid alpha_dropout avg_pool1d avg_pool2d avg_pool3d
    batch_norm bilinear binary_cross_entropy binary_cross_entropy_with_logits celu conv1d conv2d conv3d
    conv_transpose1d conv_transpose2d conv_transpose3d cosine_embedding_loss cosine_similarity cross_entropy
    ctc_loss data_parallel dropout dropout1d dropout2d dropout3d elu elu_ embedding embedding_bag
    feature_alpha_dropout fold fractional_max_pool2d fractional_max_pool3d gated_delta_rule
    gaussian_nll_loss gelu glu grid_sample group_norm grouped_mm gumbel_softmax hardshrink hardsigmoid
    hardswish hardtanh hardtanh_ hinge_embedding_loss huber_loss instance_norm interpolate kl_div l1_loss
    layer_norm leaky_relu leaky_relu_ linear linear_cross_entropy local_response_norm log_softmax logsigmoid
    lp_pool1d lp_pool2d lp_pool3d margin_ranking_loss max_pool1d max_pool2d max_pool3d max_unpool1d
    max_unpool2d max_unpool3d mish mse_loss multi_margin_loss multilabel_margin_loss
    multilabel_soft_margin_loss nll_loss normalize one_hot pad pairwise_distance pdist pixel_shuffle
    pixel_unshuffle poisson_nll_loss prelu relu relu6 relu_ rms_norm rrelu rrelu_
    scaled_dot_product_attention scaled_grouped_mm scaled_mm selu sigmoid silu smooth_l1_loss
    soft_margin_loss softmax softmin softplus softshrink softsign tanh tanhshrink threshold threshold_
    triplet_margin_loss triplet_margin_with_distance_loss unfold upsample upsample_bilinear upsample_nearest
  `),
  "torch.linalg": list(`
    LinAlgError cholesky cholesky_ex cond cross det diagonal eig eigh eigvals eigvalsh householder_product
    inv inv_ex ldl_factor ldl_factor_ex ldl_solve lstsq lu lu_factor lu_factor_ex lu_solve matmul matrix_exp
    matrix_norm matrix_power matrix_rank multi_dot norm pinv qr slogdet solve solve_ex solve_triangular svd
    svdvals tensorinv tensorsolve vander vecdot vector_norm
  `),
  "torch.fft": list(`
    fft fft2 fftfreq fftn fftshift hfft hfft2 hfftn ifft ifft2 ifftn ifftshift ihfft ihfft2 ihfftn irfft
    irfft2 irfftn rfft rfft2 rfftfreq rfftn
  `),
  "torch.special": list(`
    airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 chebyshev_polynomial_t chebyshev_polynomial_u
    chebyshev_polynomial_v chebyshev_polynomial_w digamma entr erf erfc erfcx erfinv exp2 expit expm1
    gammainc gammaincc gammaln hermite_polynomial_h hermite_polynomial_he i0 i0e i1 i1e
    laguerre_polynomial_l legendre_polynomial_p log1p log_ndtr log_softmax logit logsumexp
    modified_bessel_i0 modified_bessel_i1 modified_bessel_k0 modified_bessel_k1 multigammaln ndtr ndtri
    polygamma psi round scaled_modified_bessel_k0 scaled_modified_bessel_k1 shifted_chebyshev_polynomial_t
    shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v shifted_chebyshev_polynomial_w sinc
    softmax spherical_bessel_j0 xlog1py xlogy zeta
  `),
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Namespace = keyof typeof documented;
