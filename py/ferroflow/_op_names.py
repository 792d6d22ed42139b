"""Where the names of operations come from; see `_names.name_table`. Names of TensorFlow 1 whose form differs are in `OPS_V1`."""

# Names of both versions of the API, and those that only TensorFlow 1 has.
OPS = {
    "ops.unary": "acos acosh asin asinh atan atanh ceil cos cosh exp expm1 floor is_finite is_inf is_nan log log1p "
    "logical_not negative reciprocal rint rsqrt sign sin sinh sqrt square tan tanh",
    "ops.binary": "atan2 floor_div=floordiv floordiv floormod greater greater_equal less "
    "less_equal logical_and logical_or maximum minimum mod=floormod multiply pow realdiv "
    "squared_difference subtract truncatediv truncatemod",
    "ops.special": "digamma erf erfc lgamma polygamma zeta",
    "ops.activation": "log_sigmoid sigmoid",
    "ops.arithmetic": "abs accumulate_n add add_n angle cast complex conj div div_no_nan=divide_no_nan divide equal imag logical_xor not_equal real "
    "round saturate_cast scalar_mul to_bfloat16 to_complex128 to_complex64 to_double to_float to_int32 "
    "to_int64 truediv",
    "ops.reduction": "argmax argmin reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod "
    "reduce_sum",
    "ops.sequence": "argsort cumprod cumsum invert_permutation is_non_decreasing is_strictly_increasing "
    "lin_space=linspace linspace range searchsorted setdiff1d sort unique unique_with_counts unravel_index",
    "ops.counting": "bincount=bincount_v1 confusion_matrix=confusion_matrix_v1 histogram_fixed_width "
    "histogram_fixed_width_bins sequence_mask unsorted_segment_mean unsorted_segment_sqrt_n",
    "ops.segments": "segment_max segment_mean segment_min segment_prod segment_sum unsorted_segment_max "
    "unsorted_segment_min unsorted_segment_prod unsorted_segment_sum",
    "ops.shapes": "bitcast broadcast_dynamic_shape broadcast_static_shape broadcast_to ensure_shape expand_dims fill "
    "guarantee_const identity identity_n one_hot ones ones_like rank reshape shape shape_n size squeeze stop_gradient "
    "zeros zeros_like",
    "ops.joining": "concat meshgrid pad parallel_stack repeat reverse reverse_sequence reverse_v2=reverse split stack "
    "tile transpose unstack",
    "ops.picking": "batch_gather boolean_mask dynamic_partition dynamic_stitch gather gather_nd scatter_nd slice "
    "strided_slice tensor_scatter_add=tensor_scatter_nd_add tensor_scatter_nd_add tensor_scatter_nd_max "
    "tensor_scatter_nd_min tensor_scatter_nd_sub tensor_scatter_nd_update "
    "tensor_scatter_sub=tensor_scatter_nd_sub tensor_scatter_update=tensor_scatter_nd_update where "
    "where_v2=where",
    "ops.matrices": "einsum eye matmul matrix_band_part=band_part matrix_diag=diag matrix_diag_part=diag_part "
    "matrix_set_diag=set_diag matrix_transpose norm tensordot trace",
    "ops.diagonals": "diag=tensor_diag diag_part=tensor_diag_part",
    "ops.sparse": "sparse_to_dense",
    "ops.sparse_segments": "sparse_segment_mean=segment_mean_v1 sparse_segment_sqrt_n=segment_sqrt_n_v1 "
    "sparse_segment_sum=segment_sum_v1",
    "ops.random": "multinomial random_crop random_shuffle=shuffle",
    "ops.strings": "as_string reduce_join=reduce_join_v1 string_join=join string_to_number=to_number_v1",
    "ops.files": "read_file write_file",
    "ops.flow": "Assert Print print",
    "ops.parsing": "FixedLenFeature FixedLenSequenceFeature VarLenFeature decode_csv=decode_csv_v1 decode_raw=decode_raw_v1 "
    "parse_example=parse_example_v1 parse_single_example=parse_single_example_v1",
    "ops.control_flow": "case cond switch_case",
    "ops.loops": "while_loop",
    "ops.map_fn": "map_fn vectorized_map",
    "ops.folds": "foldl foldr scan",
    "ops.tensor_array": "TensorArray TensorArraySpec",
    "ops.clipping": "clip_by_average_norm clip_by_global_norm clip_by_norm clip_by_value global_norm",
    "ops.checks": "assert_equal assert_greater assert_greater_equal=assert_greater_equal_v1 assert_less "
    "assert_less_equal=assert_less_equal_v1 assert_near=assert_near_v1 assert_negative=assert_negative_v1 "
    "assert_non_negative=assert_non_negative_v1 assert_non_positive=assert_non_positive_v1 "
    "assert_none_equal=assert_none_equal_v1 assert_positive=assert_positive_v1 check_numerics verify_tensor_all_finite",
    "ops.shape_checks": "assert_integer=assert_integer_v1 assert_proper_iterable assert_rank "
    "assert_rank_at_least=assert_rank_at_least_v1 assert_rank_in=assert_rank_in_v1 assert_same_float_dtype "
    "assert_scalar=assert_scalar_v1 assert_type=assert_type_v1 is_numeric_tensor",
    "ops.reduction_v1": "arg_max arg_min count_nonzero",
}

# What `ferroflow.compat.v1` has otherwise.
OPS_V1 = {
    "ops.shapes": "expand_dims=expand_dims_v1 ones_like=ones_like_v1 shape=shape_v1 size=size_v1 squeeze=squeeze_v1 "
    "zeros_like=zeros_like_v1",
    "ops.joining": "pad=pad_v1 reverse_sequence=reverse_sequence_v1 transpose=transpose_v1",
    "ops.picking": "boolean_mask=boolean_mask_v1 gather=gather_v1 gather_nd=gather_nd_v1 where=where_v1",
    "ops.matrices": "norm=norm_v1",
    "ops.reduction_v1": "argmax argmin reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod "
    "reduce_sum",
    "ops.control_flow": "case=case_v1 cond=cond_v1",
    "ops.loops": "while_loop=while_loop_v1",
    "ops.checks": "assert_equal=assert_equal_v1 assert_greater=assert_greater_v1 assert_less=assert_less_v1",
    "ops.shape_checks": "assert_rank=assert_rank_v1",
}
