"""Calls that are large enough for several threads: for each kind of loop in the kernels, with sizes that nothing divides."""

# Shapes of the operands of elementwise ops.
UNARY = ["f(1000003)"]
BINARY = [("f(1000003)", "f(1000003)"), ("f(1009,991)", "f(991)"), ("f(1009,1)", "f(1009,991)")]

REDUCTIONS = [
    f"input=f({shape}), reduction_indices=c({axes},'int32'), keep_dims=False"
    for shape, axes in (("1000003", 0), ("1009,1013", 0), ("1009,1013", 1), ("31,257,101", [0, 2]))
]
SCANS = [
    f"x=f(1009,1013), axis=c({axis},'int32'), exclusive={exclusive}, reverse={exclusive}"
    for axis in (0, 1)
    for exclusive in (False, True)
]
IMAGES = [
    ("[1,1,1,1]", "'SAME'", "[1,1,1,1]"),
    ("[1,2,2,1]", "'VALID'", "[1,1,1,1]"),
    ("[1,1,1,1]", "'SAME'", "[1,2,2,1]"),
]
WINDOW = "ksize=[1,3,2,1], strides=[1,2,2,1], padding='SAME'"
PLANE = "ksize=[1,2,3,2,1], strides=[1,1,2,2,1], padding='SAME'"
KEY = "key=c([5],'uint64'), counter=c([1,2],'uint64'), alg=c(1,'int32')"


def convolutions(kind):
    """Calls of the three ops of a convolution: images 33 x 31 of 19 channels."""
    texts = []
    for strides, padding, dilations in IMAGES:
        step = 2 if strides == "[1,2,2,1]" else 1
        rows, columns = ((33 - 3) // 2 + 1, (31 - 3) // 2 + 1) if step == 2 else (33, 31)
        filter, out = {
            "Conv2D": ("f(3,3,19,37)", f"f(6,{rows},{columns},37)"),
            "DepthwiseConv2dNative": ("f(3,3,19,2)", f"f(6,{rows},{columns},38)"),
        }[kind]
        attrs = f"strides={strides}, padding={padding}, dilations={dilations}"
        texts.append(
            {
                kind: f"input=f(6,33,31,19), filter={filter}, {attrs}",
                f"{kind}BackpropInput": f"input_sizes=c([6,33,31,19],'int32'), filter={filter}, out_backprop={out}, {attrs}",
                f"{kind}BackpropFilter": f"input=f(6,33,31,19), filter_sizes=c({filter[1:].replace('(', '[').replace(')', ']')},'int32'), "
                f"out_backprop={out}, {attrs}",
            }
        )
    return {name: [text[name] for text in texts] for name in texts[0]}


LARGE = {
    **{name: REDUCTIONS for name in ("Sum", "Mean", "Prod", "Max", "Min", "EuclideanNorm")},
    **{name: [text.replace("f(", "b(") for text in REDUCTIONS] for name in ("All", "Any")},
    **{name: SCANS for name in ("Cumsum", "Cumprod")},
    **{name: [f"input=f(1009,1013), dimension=c({axis},'int32')" for axis in (0, 1)] for name in ("ArgMax", "ArgMin")},
    **{name: ["logits=f(1009,1013)", "logits=f(70001,11)"] for name in ("Softmax", "LogSoftmax")},
    **convolutions("Conv2D"),
    **convolutions("DepthwiseConv2dNative"),
    "SoftmaxCrossEntropyWithLogits": ["features=f(1009,513), labels=f(1009,513)"],
    "SparseSoftmaxCrossEntropyWithLogits": ["features=f(1009,513), labels=i(0,513,1009)"],
    "MatMul": [
        f"a=f({a}), b=f({b}), transpose_a={left}, transpose_b={right}"
        for a, b, left, right in (
            ("257,301", "301,131", False, False),
            ("301,257", "131,301", True, True),
            ("1,1009", "1009,1013", False, False),
            ("1009,1013", "1013,1", False, False),
            ("7,2003", "2003,513", False, False),
        )
    ],
    "BatchMatMulV2": [
        "x=f(37,65,67), y=f(37,67,33), adj_x=False, adj_y=False",
        "x=f(501,9,11), y=f(1,7,11), adj_x=False, adj_y=True",
    ],
    "Einsum": ["inputs=[f(17,65,67), f(17,67,33)], equation='bij,bjk->bik'", "inputs=[f(1009,1013)], equation='ij->j'"],
    "Cast": [
        "x=f(1000003), DstT='float32'",
        "x=f(1000003), DstT='float64'",
        "x=f(1000003), DstT='bfloat16'",
        "x=f(1000003), DstT='int32'",
    ],
    "Select": ["condition=b(1000003), t=f(1000003), e=f(1000003)"],
    "SelectV2": ["condition=b(1009,1), t=f(1009,991), e=f(991)"],
    "Greater": ["x=f(1000003), y=f(1000003)"],
    "Equal": ["x=f(1009,991), y=f(991)"],
    "AddN": ["inputs=[f(1000003), f(1000003), f(1000003)]"],
    "BiasAdd": [
        "value=f(1009,1013), bias=f(1013), data_format='NHWC'",
        "value=f(9,1013,11,10), bias=f(1013), data_format='NCHW'",
    ],
    "BiasAddGrad": [
        "out_backprop=f(1009,1013), data_format='NHWC'",
        "out_backprop=f(9,1013,11,10), data_format='NCHW'",
    ],
    "L2Loss": ["t=f(1000003)"],
    "ClipByValue": ["t=f(1000003), clip_value_min=c(-1,T), clip_value_max=c(1,T)"],
    "Transpose": [
        "x=f(1009,1013), perm=c([1,0],'int32')",
        "x=f(9,33,31,65), perm=c([0,3,1,2],'int32')",
        "x=f(9,33,31,65), perm=c([2,0,3,1],'int32')",
    ],
    "ConcatV2": ["values=[f(1009,501), f(1009,3), f(1009,513)], axis=c(1,'int32')"],
    "Pack": ["values=[f(1009,501), f(1009,501)], axis=1"],
    "Split": ["split_dim=c(1,'int32'), value=f(1009,999), num_split=3"],
    "Tile": ["input=f(101,33), multiples=c([17,19],'int32')"],
    "BroadcastTo": ["input=f(1009,1), shape=c([1009,1013],'int32')"],
    "Pad": ["input=f(1009,991), paddings=c([[1,2],[3,4]],'int32')"],
    "MirrorPad": ["input=f(1009,991), paddings=c([[1,2],[3,4]],'int32'), mode='REFLECT'"],
    "StridedSlice": [
        "input=f(1009,1013), begin=c([1,1000],'int32'), end=c([1008,1],'int32'), strides=c([2,-3],'int32'), begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0"
    ],
    "Slice": ["input=f(1009,1013), begin=c([1,2],'int32'), size=c([-1,1000],'int32')"],
    "ReverseV2": ["tensor=f(1009,1013), axis=c([1],'int32')"],
    "GatherV2": [
        "params=f(5003,67), indices=i(0,5003,20011), axis=c(0,'int32'), batch_dims=0",
        "params=f(301,503), indices=i(0,503,2003), axis=c(1,'int32'), batch_dims=0",
    ],
    "GatherNd": ["params=f(503,307,3), indices=np.stack([i(0,503,200003), i(0,307,200003)], axis=1)"],
    "ScatterNd": ["indices=i(0,5003,20011,1), updates=f(20011,67), shape=c([5003,67],'int32')"],
    "TensorScatterAdd": ["tensor=f(5003,67), indices=i(0,5003,20011,1), updates=f(20011,67)"],
    "UnsortedSegmentSum": [
        "data=f(20011,67), segment_ids=i(-1,503,20011), num_segments=c(503,'int32')",
        "data=f(1000003), segment_ids=i(-1,503,1000003), num_segments=c(503,'int32')",
    ],
    "UnsortedSegmentMax": ["data=f(20011,67), segment_ids=i(-1,503,20011), num_segments=c(503,'int32')"],
    "SegmentSum": ["data=f(20011,67), segment_ids=np.sort(i(0,503,20011))"],
    "SparseSegmentSum": ["data=f(5003,67), indices=i(0,5003,20011), segment_ids=np.sort(i(0,503,20011))"],
    "OneHot": ["indices=i(-1,101,10007), depth=c(101,'int32'), on_value=f(), off_value=f(), axis=-1"],
    "TopKV2": [
        "input=f(1009,1013), k=c(7,'int32'), index_type='int32'",
        "input=f(1000003), k=c(100,'int32'), index_type='int32'",
    ],
    "Unique": ["x=i(0,50000,1000003), out_idx='int32'"],
    "Where": ["input=b(1009,1013)"],
    "InTopKV2": ["predictions=f(1009,1013), targets=i(0,1013,1009), k=c(5,'int32')"],
    "DenseBincount": ["input=i(0,513,1000003), size=c(513,'int32'), weights=f(0), binary_output=False"],
    "LeakyRelu": ["features=f(1000003), alpha=0.25"],
    "MaxPool": [f"input=f(6,65,67,19), {WINDOW}"],
    "AvgPool": [f"value=f(6,65,67,19), {WINDOW}"],
    "MaxPoolGrad": [f"orig_input=f(6,65,67,19), orig_output=f(6,33,34,19), grad=f(6,33,34,19), {WINDOW}"],
    "AvgPoolGrad": [f"orig_input_shape=c([6,65,67,19],'int32'), grad=f(6,33,34,19), {WINDOW}"],
    "MaxPool3D": [f"input=f(2,7,33,35,19), {PLANE}"],
    "AvgPool3D": [f"input=f(2,7,33,35,19), {PLANE}"],
    "AvgPool3DGrad": [f"orig_input_shape=c([2,7,33,35,19],'int32'), grad=f(2,7,17,18,19), {PLANE}"],
    "Conv3D": ["input=f(2,7,17,19,13), filter=f(3,3,3,13,17), strides=[1,1,1,1,1], padding='SAME'"],
    "Conv3DBackpropInputV2": [
        "input_sizes=c([2,7,17,19,13],'int32'), filter=f(3,3,3,13,17), out_backprop=f(2,7,17,19,17), strides=[1,1,1,1,1], padding='SAME'"
    ],
    "Conv3DBackpropFilterV2": [
        "input=f(2,7,17,19,13), filter_sizes=c([3,3,3,13,17],'int32'), out_backprop=f(2,7,17,19,17), strides=[1,1,1,1,1], padding='SAME'"
    ],
    "StatelessRandomUniformV2": [f"shape=c([1000003],'int32'), {KEY}, dtype='float32'"],
    "StatelessRandomNormalV2": [f"shape=c([1000003],'int32'), {KEY}, dtype='float32'"],
    "StatelessTruncatedNormalV2": [f"shape=c([1000003],'int32'), {KEY}, dtype='float32'"],
    "StatelessRandomUniformFullIntV2": [f"shape=c([1000003],'int32'), {KEY}, dtype='int64'"],
}
