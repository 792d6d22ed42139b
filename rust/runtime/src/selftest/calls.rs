//! Calls of a self-test beside those of the entries: such as fill workgroups, and such as an entry's tests make otherwise.

/// Calls beside those of the entries, which have neither sizes that fill workgroups nor convolutions.
pub const MORE: &[(&[&str], &[&str])] = &[
    (
        &["MatMul"],
        &[
            "a=f(64,64), b=f(64,128)",
            "a=f(17,33), b=f(33,65)",
            "a=f(65,3), b=f(5,65), transpose_a=True, transpose_b=True",
            "a=f(2,65), b=f(65,37)",
            "a=f(37,65), b=f(65,1)",
            "a=f(5,1040), b=f(1040,7)",
        ],
    ),
    (
        &["BatchMatMulV2", "BatchMatMulV3"],
        &["x=f(2,64,64), y=f(2,64,64)", "x=f(3,17,33), y=f(33,65)", "x=f(2,1,65), y=f(2,65,37)", "x=f(2,5,1040), y=f(2,1040,7)"],
    ),
    (
        &["_FusedMatMul"],
        &[
            "a=f(64,64), b=f(64,128), args=[f(128)], fused_ops=['BiasAdd','Relu']",
            "a=f(17,33), b=f(33,65), args=[f(65),f(17,65)], fused_ops=['BiasAdd','Add','Tanh']",
            "a=f(2,65), b=f(65,37), args=[f(37)], fused_ops=['BiasAdd']",
            "a=f(5,1040), b=f(1040,7), args=[f(7)], fused_ops=['BiasAdd','Sigmoid']",
        ],
    ),
    (
        &["_FusedConv2D"],
        &[
            "input=f(1,8,8,16), filter=f(3,3,16,64), args=[f(64)], fused_ops=['BiasAdd','Relu'], strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter=f(2,3,3,5), args=[f(5),f(2,3,2,5)], fused_ops=['BiasAdd','Add'], strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["_FusedDepthwiseConv2dNative"],
        &[
            "input=f(1,8,8,16), filter=f(3,3,16,1), args=[f(16)], fused_ops=['BiasAdd','Relu6'], strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter=f(2,3,3,2), args=[f(6)], fused_ops=['BiasAdd'], strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["RandomUniform", "RandomStandardNormal", "TruncatedNormal"],
        &["shape=c([4,256],'int32'), seed=3, seed2=5", "shape=c([3,37],'int32'), seed=3, seed2=5", "shape=c([1],'int32'), seed=3, seed2=5"],
    ),
    (
        &["RandomUniformInt"],
        &[
            "shape=c([4,256],'int32'), minval=c(-7), maxval=c(90), seed=3, seed2=5",
            "shape=c([3,37],'int32'), minval=c(0), maxval=c(2147483647), seed=3, seed2=5",
        ],
    ),
    (&["RandomShuffle"], &["value=f(64,4), seed=3, seed2=5", "value=f(37,3), seed=3, seed2=5", "value=f(1), seed=3, seed2=5"]),
    (
        &["StatelessRandomUniformV2", "StatelessRandomNormalV2", "StatelessTruncatedNormalV2", "StatelessRandomUniformFullIntV2"],
        &[
            "shape=c([4,256],'int32'), key=c([7]), counter=c([4294967290,3]), alg=c(1)",
            "shape=c([3,37],'int32'), key=c([12345678901]), counter=c([1,2]), alg=c(1)",
            "shape=c([1],'int32'), key=c([7]), counter=c([1,2]), alg=c(1)",
        ],
    ),
    (
        &["StatelessRandomUniformIntV2"],
        &[
            "shape=c([4,256],'int32'), key=c([7]), counter=c([4294967290,3]), alg=c(1), minval=c(-7), maxval=c(90)",
            "shape=c([3,37],'int32'), key=c([12345678901]), counter=c([1,2]), alg=c(1), minval=c(0), maxval=c(2147483647)",
        ],
    ),
    (
        &["StatelessRandomUniform", "StatelessRandomNormal", "StatelessTruncatedNormal", "StatelessRandomUniformFullInt"],
        &["shape=c([4,256],'int32'), seed=c([3,5],'int32')", "shape=c([3,37],'int32'), seed=c([3,5],'int64')"],
    ),
    (
        &["StatelessRandomUniformInt"],
        &[
            "shape=c([4,256],'int32'), seed=c([3,5],'int32'), minval=c(-7), maxval=c(90)",
            "shape=c([3,37],'int32'), seed=c([3,5],'int64'), minval=c(0), maxval=c(2147483647)",
        ],
    ),
    (&["LeakyRelu"], &["features=f(4,64), alpha=0.25", "features=f(3,37), alpha=2.0"]),
    (&["LeakyReluGrad"], &["gradients=f(4,64), features=f(4,64), alpha=0.25", "gradients=f(3,37), features=f(3,37), alpha=2.0"]),
    (&["Softmax", "LogSoftmax"], &["logits=f(4,256)", "logits=f(3,65)"]),
    (&["SoftmaxCrossEntropyWithLogits"], &["features=f(4,256), labels=f(4,256)", "features=f(2,65), labels=f(1,65)"]),
    (&["SparseSoftmaxCrossEntropyWithLogits"], &["features=f(4,256), labels=i(0,256,4)"]),
    (
        &["Sum", "Mean", "Prod", "Max", "Min"],
        &[
            "input=f(8,256), reduction_indices=c([1],'int32')",
            "input=f(7,65), reduction_indices=c([0],'int32')",
            "input=f(2,16500), reduction_indices=c([1],'int32')",
        ],
    ),
    (&["All", "Any"], &["input=b(8,256), reduction_indices=c([1],'int32')", "input=b(7,65), reduction_indices=c([0],'int32')"]),
    (
        &["Conv2D"],
        &[
            "input=f(1,8,8,16), filter=f(3,3,16,64), strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter=f(2,3,3,5), strides=[1,2,2,1], padding='VALID'",
            "input=f(1,1,1,1), filter=f(1,1,1,1), strides=[1,1,1,1], padding='VALID'",
        ],
    ),
    (
        &["Conv2DBackpropInput"],
        &[
            "input_sizes=c([1,8,8,16],'int32'), filter=f(3,3,16,64), out_backprop=f(1,8,8,64), strides=[1,1,1,1], padding='SAME'",
            "input_sizes=c([2,7,5,3],'int32'), filter=f(2,3,3,5), out_backprop=f(2,3,2,5), strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["Conv2DBackpropFilter"],
        &[
            "input=f(1,8,8,16), filter_sizes=c([3,3,16,64],'int32'), out_backprop=f(1,8,8,64), strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter_sizes=c([2,3,3,5],'int32'), out_backprop=f(2,3,2,5), strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["DepthwiseConv2dNative"],
        &[
            "input=f(1,8,8,16), filter=f(3,3,16,1), strides=[1,1,1,1], padding='SAME'",
            "input=f(2,7,5,3), filter=f(2,3,3,2), strides=[1,2,2,1], padding='VALID'",
        ],
    ),
    (
        &["DepthwiseConv2dNativeBackpropInput"],
        &["input_sizes=c([2,7,5,3],'int32'), filter=f(2,3,3,2), out_backprop=f(2,3,2,6), strides=[1,2,2,1], padding='VALID'"],
    ),
    (
        &["DepthwiseConv2dNativeBackpropFilter"],
        &["input=f(2,7,5,3), filter_sizes=c([2,3,3,2],'int32'), out_backprop=f(2,3,2,6), strides=[1,2,2,1], padding='VALID'"],
    ),
    (
        &["MaxPool"],
        &[
            "input=f(1,8,8,32), ksize=[1,2,2,1], strides=[1,2,2,1], padding='VALID'",
            "input=f(2,7,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'",
        ],
    ),
    (
        &["AvgPool"],
        &[
            "value=f(1,8,8,32), ksize=[1,2,2,1], strides=[1,2,2,1], padding='VALID'",
            "value=f(2,7,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'",
        ],
    ),
    (&["AvgPoolGrad"], &["orig_input_shape=c([2,7,5,3],'int32'), grad=f(2,4,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'"]),
    (&["Conv3D"], &["input=f(1,4,5,3,4), filter=f(2,2,3,4,6), strides=[1,1,1,1,1], padding='SAME'"]),
    (
        &["Conv3DBackpropInputV2"],
        &["input_sizes=c([1,4,5,3,4],'int32'), filter=f(2,2,3,4,6), out_backprop=f(1,4,5,3,6), strides=[1,1,1,1,1], padding='SAME'"],
    ),
    (
        &["Conv3DBackpropFilterV2"],
        &["input=f(1,4,5,3,4), filter_sizes=c([2,2,3,4,6],'int32'), out_backprop=f(1,4,5,3,6), strides=[1,1,1,1,1], padding='SAME'"],
    ),
    (&["MaxPool3D"], &["input=f(1,4,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"]),
    (&["AvgPool3D"], &["input=f(1,4,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"]),
    (
        &["AvgPool3DGrad"],
        &["orig_input_shape=c([1,4,5,3,4],'int32'), grad=f(1,2,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"],
    ),
    (
        &["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"],
        &[
            "x=f(2,8,8,32), scale=f(32), offset=f(32), mean=c([]), variance=c([])",
            "x=f(2,3,5,3), scale=f(3), offset=f(3), mean=c([]), variance=c([]), epsilon=0.01",
            "x=f(2,3,5,3), scale=f(3), offset=f(3), mean=c([0.5,-1,2]), variance=c([0.5,1,2]), is_training=False",
        ],
    ),
    (
        &["FusedBatchNormGrad", "FusedBatchNormGradV2", "FusedBatchNormGradV3"],
        &[
            "y_backprop=f(2,3,5,3), x=f(2,3,5,3), scale=f(3), reserve_space_1=c([0.5,-1,2]), reserve_space_2=c([0.5,1,2]), reserve_space_3=c([])",
            "y_backprop=f(2,3,5,3), x=f(2,3,5,3), scale=f(3), reserve_space_1=c([0.5,-1,2]), reserve_space_2=c([0.5,1,2]), reserve_space_3=c([]), is_training=False",
        ],
    ),
    (
        &["MirrorPadGrad"],
        &[
            "input=i(-9,9,6,9), paddings=c([[1,2],[3,0]],'int32'), mode='REFLECT'",
            "input=i(-9,9,20,64), paddings=c([[0,4],[8,8]],'int64'), mode='SYMMETRIC'",
        ],
    ),
    (
        &["MaxPoolGrad"],
        &[
            "orig_input=f(1,8,8,32), orig_output=f(1,4,4,32), grad=f(1,4,4,32), ksize=[1,2,2,1], strides=[1,2,2,1], padding='VALID'",
            "orig_input=f(2,7,5,3), orig_output=f(2,4,5,3), grad=f(2,4,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'",
        ],
    ),
    (
        &["MaxPoolGradGrad"],
        &[
            "orig_input=f(1,8,8,32), orig_output=f(1,4,4,32), grad=f(1,8,8,32), ksize=[1,2,2,1], strides=[1,2,2,1], padding='VALID'",
            "orig_input=f(2,7,5,3), orig_output=f(2,4,5,3), grad=f(2,7,5,3), ksize=[1,3,2,1], strides=[1,2,1,1], padding='SAME'",
        ],
    ),
    (
        &["MaxPool3DGrad"],
        &["orig_input=f(1,4,5,3,4), orig_output=f(1,2,5,3,4), grad=f(1,2,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"],
    ),
    (
        &["MaxPool3DGradGrad"],
        &["orig_input=f(1,4,5,3,4), orig_output=f(1,2,5,3,4), grad=f(1,4,5,3,4), ksize=[1,2,2,2,1], strides=[1,2,1,1,1], padding='SAME'"],
    ),
];
