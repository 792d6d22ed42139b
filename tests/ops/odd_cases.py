"""Calls with sizes at and beyond the borders of registers, tiles and blocks: 1, 3, 31, 257, 513, and nothing, for each kernel."""

SIZES = (1, 3, 31, 257, 513, 0)
# Rows and columns of matrices, each size in each place.
PAIRS = ((1, 1), (3, 31), (31, 257), (257, 3), (1, 513), (513, 1), (0, 31), (31, 0))
SOME = tuple(pair for pair in PAIRS if 0 not in pair)

REDUCTIONS = [
    f"input=f({{r}},{{c}}), reduction_indices=c({axes},'int32'), keep_dims=False" for axes in ("0", "1", "[0,1]")
]
SCANS = [
    f"x=f({{r}},{{c}}), axis=c({axis},'int32'), exclusive={flag}, reverse={flag}"
    for axis, flag in ((0, False), (1, True))
]
COMPARED = ["x=i(0,3,{r},{c}), y=i(0,3,{r},{c})", "x=i(0,3,{r},{c}), y=i(0,3,{c})"]
SEGMENTS = ["data=f({r},{c}), segment_ids=np.sort(i(0,5,{r}))"]
UNSORTED = ["data=f({r},{c}), segment_ids=i(-1,5,{r}), num_segments=c(5,'int32')"]
SPARSE = "data=f({r},{c}), indices=i(0,{r},40), segment_ids=np.sort(i(0,5,40))"
SPARSE_GRAD = "grad=f(5,{c}), indices=i(0,{r},40), segment_ids=np.sort(i(0,5,40))"
UPDATES = [
    "tensor=f({r},{c}), indices=np.random.default_rng(0).permutation({r})[:,None].astype('int32'), updates=f({r},{c})"
]
ADDED = ["tensor=f({r},{c}), indices=i(0,{r},40,1), updates=f(40,{c})"]
PADDINGS = "input=f({r},{c}), paddings=c([[1,2],[3,0]],'int32')"
SLICE = "begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0"

# Op -> its calls, with {r} rows and {c} columns.
CALLS = {
    **{name: REDUCTIONS for name in ("Sum", "Mean", "Prod", "EuclideanNorm", "Max", "Min")},
    **{name: [text.replace("f(", "b(") for text in REDUCTIONS] for name in ("All", "Any")},
    **{name: SCANS for name in ("Cumsum", "Cumprod")},
    **{name: [f"input=f({{r}},{{c}}), dimension=c({a},'int32')" for a in (0, 1)] for name in ("ArgMax", "ArgMin")},
    **{name: COMPARED for name in ("Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual")},
    **{name: SEGMENTS for name in ("SegmentSum", "SegmentMean", "SegmentMax", "SegmentMin", "SegmentProd")},
    **{name: UNSORTED for name in ("UnsortedSegmentSum", "UnsortedSegmentMax", "UnsortedSegmentMin", "UnsortedSegmentProd")},
    **{f"SparseSegment{kind}": [SPARSE] for kind in ("Sum", "Mean", "SqrtN")},
    **{f"SparseSegment{kind}WithNumSegments": [SPARSE + ", num_segments=c(7,'int32')"] for kind in ("Sum", "Mean", "SqrtN")},
    **{f"SparseSegment{kind}Grad": [SPARSE_GRAD + ", output_dim0=c({r},'int32')"] for kind in ("Sum", "Mean", "SqrtN")},
    **{f"SparseSegment{kind}GradV2": [SPARSE_GRAD + ", dense_output_dim0=c({r},'int32')"] for kind in ("Sum", "Mean", "SqrtN")},
    **{name: UPDATES for name in ("TensorScatterUpdate", "TensorScatterMax", "TensorScatterMin")},
    **{name: ADDED for name in ("TensorScatterAdd", "TensorScatterSub")},
    **{name: ["logits=f({r},{c})"] for name in ("Softmax", "LogSoftmax")},
    **{name: ["x=f({r},{c})"] for name in ("OnesLike", "ZerosLike", "IsFinite", "IsInf", "IsNan")},
    **{name: ["x=b({r},{c}), y=b({c})"] for name in ("LogicalAnd", "LogicalOr")},
    **{name: ["x=f({r},{c}), perm=c([1,0],'int32')"] for name in ("Transpose", "ConjugateTranspose")},
    **{
        name: ["sorted_inputs=c(np.sort(i(0,99,{r},{c})),T), values=c(i(0,99,{r},7),T), out_type='int32'"]
        for name in ("LowerBound", "UpperBound")
    },
    "AddN": ["inputs=[f({r},{c}), f({r},{c}), f({r},{c})]"],
    "ApproximateEqual": ["x=f({r},{c}), y=f({r},{c}), tolerance=1.5"],
    "BatchMatMulV2": [
        "x=f(2,{r},{c}), y=f(2,{c},{r}), adj_x=False, adj_y=False",
        "x=f(3,{c},{r}), y=f(1,31,{c}), adj_x=True, adj_y=True",
    ],
    "BatchMatMulV3": [
        "x=f({r},{c}), y=f({c},{r}), adj_x=False, adj_y=False, Tout={{'int8':'int32','uint8':'int32'}}.get(T,T)",
        "x=f(2,{c},{r}), y=f(31,{c}), adj_x=True, adj_y=True, Tout={{'int8':'int32','uint8':'int32'}}.get(T,T)",
    ],
    "Bincount": ["arr=i(0,31,{r}), size=c(31,'int32'), weights=f({r})"],
    "BiasAdd": ["value=f({r},{c}), bias=f({c}), data_format='NHWC'", "value=f(2,{c},{r},1), bias=f({c}), data_format='NCHW'"],
    "BiasAddGrad": ["out_backprop=f({r},{c}), data_format='NHWC'", "out_backprop=f(2,{c},{r},1), data_format='NCHW'"],
    "BroadcastTo": ["input=f({r},1), shape=c([{r},{c}],'int32')", "input=f({c}), shape=c([{r},{c}],'int32')"],
    "Cast": [f"x=f({{r}},{{c}}), DstT='{to}'" for to in ("float32", "float64", "float16", "bfloat16", "int32", "uint8", "complex64")],
    "CheckNumerics": ["tensor=f({r},{c}), message='m'"],
    "ClipByValue": ["t=f({r},{c}), clip_value_min=c(-1,T), clip_value_max=c(1,T)"],
    "Complex": ["real=f({r},{c}), imag=f({r},{c}), Tout={{'float32':'complex64','float64':'complex128'}}[T]"],
    **{
        name: ["{name}=f({r},{c}), Tout={{'complex128':'float64'}}.get(T,'float32')"]
        for name in ("Angle", "ComplexAbs", "Imag", "Real")
    },
    "ConcatV2": [f"values=[f({{r}},{{c}}), f({{r}},{{c}}), f({{r}},{{c}})], axis=c({axis},'int32')" for axis in (0, 1)],
    "DenseBincount": ["input=i(0,31,{r}), size=c(31,'int32'), weights=f({r}), binary_output=False"],
    "Diag": ["diagonal=f({c})"],
    "DiagPart": ["input=f({r},{r})"],
    "DynamicPartition": ["data=f({r},{c}), partitions=i(0,4,{r}), num_partitions=4"],
    "DynamicStitch": ["indices=[np.arange({r},dtype='int32')[::-1].copy()], data=[f({r},{c})]"],
    "Einsum": ["inputs=[f({r},{c}), f({c},31)], equation='ij,jk->ki'", "inputs=[f(2,{c},{r}), f(2,{c},3)], equation='bji,bjk->bik'"],
    "Fill": ["dims=c([{r},{c}],'int32'), value=f()"],
    "GatherNd": ["params=f({r},{c}), indices=np.stack([i(0,{r},40), i(0,{c},40)], axis=1)"],
    "GatherV2": [
        "params=f({r},{c}), indices=i(0,{r},40), axis=c(0,'int32'), batch_dims=0",
        "params=f({r},{c}), indices=i(0,{c},40), axis=c(1,'int32'), batch_dims=0",
    ],
    "InvertPermutation": ["x=np.random.default_rng(0).permutation({r}).astype('int32')"],
    "InTopKV2": ["predictions=f({r},{c}), targets=i(0,{c},{r}), k=c(2,'int32')"],
    "ListDiff": ["x=i(0,9,{r}), y=i(0,9,{c}), out_idx='int32'"],
    "L2Loss": ["t=f({r},{c})"],
    "LeakyRelu": ["features=f({r},{c}), alpha=0.25"],
    "LeakyReluGrad": ["gradients=f({r},{c}), features=f({r},{c}), alpha=0.25"],
    "LogicalNot": ["x=b({r},{c})"],
    "MatMul": [
        "a=f({r},{c}), b=f({c},31), transpose_a=False, transpose_b=False",
        "a=f({c},{r}), b=f(257,{c}), transpose_a=True, transpose_b=True",
    ],
    "MatrixBandPart": ["input=f({r},{c}), num_lower=c(1,'int64'), num_upper=c(-1,'int64')"],
    "MirrorPad": ["input=f({r},{c}), paddings=c([[1,0],[0,1]],'int32'), mode='SYMMETRIC'"],
    "OneHot": ["indices=i(-1,{c},{r}), depth=c({c},'int32'), on_value=f(), off_value=f(), axis=-1"],
    "Pack": [f"values=[f({{r}},{{c}}), f({{r}},{{c}})], axis={axis}" for axis in (0, 1, 2)],
    "Pad": [PADDINGS],
    "PadV2": [PADDINGS + ", constant_values=f()"],
    "Polygamma": ["a=c(1.0,T), x=c(np.linspace(0.5, 9.0, {r}),T)"],
    "Range": ["start=c(0,T), limit=c({r},T), delta=c(1,T)"],
    "ReverseSequence": ["input=f({r},{c}), seq_lengths=i64(0,{c}+1,{r}), seq_dim=1, batch_dim=0"],
    "ReverseV2": ["tensor=f({r},{c}), axis=c([0,1],'int32')"],
    "ScatterNd": ["indices=i(0,{r},40,1), updates=f(40,{c}), shape=c([{r},{c}],'int32')"],
    "ScatterNdNonAliasingAdd": ["input=f({r},{c}), indices=i(0,{r},40,1), updates=f(40,{c})"],
    "Select": ["condition=b({r},{c}), t=f({r},{c}), e=f({r},{c})"],
    "SelectV2": ["condition=b({r},1), t=f({r},{c}), e=f({c})"],
    "Slice": ["input=f({r},{c}), begin=c([0,0],'int32'), size=c([{r},-1],'int32')"],
    "SoftmaxCrossEntropyWithLogits": ["features=f({r},{c}), labels=f({r},{c})"],
    "SparseSoftmaxCrossEntropyWithLogits": ["features=f({r},{c}), labels=i(0,{c},{r})"],
    "SparseToDense": [
        "sparse_indices=np.stack([np.arange({r}), np.arange({r})%{c}],axis=1), output_shape=c([{r},{c}],'int64'), "
        "sparse_values=f({r}), default_value=f()"
    ],
    "Split": ["split_dim=c(0,'int32'), value=f(3*{r},{c}), num_split=3", "split_dim=c(1,'int32'), value=f({r},3*{c}), num_split=3"],
    "SplitV": ["value=f({r},{c}), size_splits=c([{c},0],'int32'), split_dim=c(1,'int32'), num_split=2"],
    "StridedSlice": [f"input=f({{r}},{{c}}), begin=c([0,-1],'int32'), end=c([{{r}},-1000],'int32'), strides=c([2,-3],'int32'), {SLICE}"],
    "StridedSliceGrad": [
        f"shape=c([{{r}},{{c}}],'int32'), begin=c([0,0],'int32'), end=c([{{r}},{{c}}],'int32'), strides=c([1,1],'int32'), dy=f({{r}},{{c}}), {SLICE}"
    ],
    "TensorStridedSliceUpdate": [
        f"input=f({{r}},{{c}}), begin=c([0,0],'int32'), end=c([1,{{c}}],'int32'), strides=c([1,1],'int32'), value=f(1,{{c}}), {SLICE}"
    ],
    "Tile": ["input=f({r},{c}), multiples=c([2,3],'int32')"],
    "TopKV2": ["input=f({r},{c}), k=c(1,'int32'), index_type='int32'"],
    "Unique": ["x=i(0,50,{r}), out_idx='int32'"],
    "UniqueWithCounts": ["x=i(0,50,{r}), out_idx='int32'"],
    "Unpack": ["value=f({r},{c}), num={r}, axis=0"],
    "Where": ["input=b({r},{c})"],
}  # fmt: skip

# Ops that have no call of nothing: they refuse it, as TensorFlow does, or draw an index from it.
NOT_EMPTY = {
    "ArgMax", "ArgMin", "GatherNd", "GatherV2", "InTopKV2", "LowerBound", "LogSoftmax", "MatrixBandPart", "Max", "Min", "MirrorPad",
    "OneHot", "ReverseSequence", "ScatterNd", "ScatterNdNonAliasingAdd", "Softmax", "SoftmaxCrossEntropyWithLogits",
    "SparseSoftmaxCrossEntropyWithLogits", "SparseToDense", "Split", "TensorScatterAdd", "TensorScatterMax", "TensorScatterMin",
    "TensorScatterSub", "TensorScatterUpdate", "TensorStridedSliceUpdate", "TopKV2", "Unpack", "UpperBound",
} | {name for name in CALLS if name.startswith(("SparseSegment", "UnsortedSegment"))}  # fmt: skip
# NumPy's value of nothing is not TensorFlow's: tests/oracle has these calls.
NOT_EMPTY |= {"Mean", "DenseBincount"}
# Dtypes in which NumPy sums in a wider one, where TensorFlow wraps.
WRAPS = {"EuclideanNorm": {"int8", "uint8"}}

# Ops that only hand on a value, or work on shapes: no loop over elements is theirs.
NO_LOOP = {
    "Bitcast", "BroadcastArgs", "BroadcastGradientArgs", "ConcatOffset", "Const", "EnsureShape", "ExpandDims", "GuaranteeConst",
    "Identity", "IdentityN", "PlaceholderWithDefault", "Rank", "Reshape", "Shape", "ShapeN", "Size", "Snapshot", "Squeeze",
    "StopGradient", "UnravelIndex",
}  # fmt: skip


def texts(op):
    """The calls of an op; none for one that this file does not know."""
    names = [arg["name"] for arg in op["inputs"]]
    if op["test"]["np"] and not op["test"]["cases"]:
        if op["shape"] == "broadcast":
            shapes = [
                pair for n in SIZES for pair in ((f"{n}", f"{n}"), (f"3,{n}", f"{n}"), (f"{n}", ""), (f"{n},1", "31"))
            ]
        else:
            shapes = [(f"{n}",) * len(names) for n in SIZES]
        return [", ".join(f"{name}=f({shape})" for name, shape in zip(names, group)) for group in shapes]
    pairs = SOME if op["name"] in NOT_EMPTY else PAIRS
    return [text.format(r=r, c=c, name=names[0]) for text in CALLS.get(op["name"], ()) for r, c in pairs]
