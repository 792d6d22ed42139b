"""Convolutions and pooling on a GPU against the CPU: formats, strides, dilations, paddings, groups, odd sizes."""

import numpy as np
import pytest

import ferroflow as tf

GPU = "/job:localhost/replica:0/task:0/device:GPU:0"
R = tf.raw_ops


def both(op, **arguments):
    """Results on the GPU, which must have run there, and on the CPU."""
    given = {k: tf.constant(v) if isinstance(v, np.ndarray) else v for k, v in arguments.items()}
    with tf.device("/GPU:0"):
        there = op(**given)
    here = op(**given)
    there = list(there) if isinstance(there, tuple) else [there]
    here = list(here) if isinstance(here, tuple) else [here]
    assert all(t.device == GPU for t in there)
    return [t.numpy() for t in there], [h.numpy() for h in here]


def check(op, terms, **arguments):
    """`terms` are how many products an element of the result sums at most: rounding grows with their root."""
    for there, here in zip(*both(op, **arguments), strict=True):
        assert there.dtype == here.dtype and there.shape == here.shape
        if there.dtype.kind != "f":
            np.testing.assert_array_equal(there, here)
            continue
        scale = max(1.0, float(np.nanmax(np.abs(here), initial=0.0)))
        np.testing.assert_allclose(there, here, rtol=1e-5, atol=2e-7 * scale * terms**0.5)


def numbers(seed, shape, dtype=np.float32):
    rng = np.random.default_rng(seed)
    if dtype == np.float32:
        return rng.normal(size=shape).astype(dtype)
    return rng.integers(0 if dtype == np.uint32 else -9, 9, shape).astype(dtype)


def arranged(shape, data_format):
    return shape if data_format[-1] == "C" else (shape[0], shape[-1], *shape[1:-1])


CONVOLUTIONS = [
    # images, filter, stride, dilation, padding
    ((2, 8, 8, 3), (3, 3, 3, 5), 1, 1, "SAME"),
    ((1, 9, 7, 4), (2, 3, 4, 70), 2, 1, "VALID"),
    ((2, 10, 11, 4), (3, 3, 2, 6), 1, 2, "SAME"),
    ((3, 5, 5, 2), (1, 1, 2, 3), 1, 1, "VALID"),
    ((1, 7, 8, 2), (4, 2, 2, 2), 3, 1, "EXPLICIT"),
    ((0, 5, 5, 2), (3, 3, 2, 3), 1, 1, "SAME"),
    ((5, 16, 16, 8), (5, 5, 8, 9), 2, 1, "SAME"),
]


@pytest.mark.parametrize("case", range(len(CONVOLUTIONS)))
@pytest.mark.parametrize("data_format", ["NHWC", "NCHW"])
@pytest.mark.parametrize("dtype", [np.float32, np.int32])
def test_convolutions(case, data_format, dtype):
    images, filters, stride, dilation, padding = CONVOLUTIONS[case]
    spread = lambda n: [1, n, n, 1] if data_format == "NHWC" else [1, 1, n, n]  # noqa: E731
    explicit = [0, 0, 2, 1, 0, 1, 0, 0] if data_format == "NHWC" else [0, 0, 0, 0, 2, 1, 0, 1]
    options = {
        "strides": spread(stride),
        "dilations": spread(dilation),
        "padding": padding,
        "data_format": data_format,
        "explicit_paddings": explicit if padding == "EXPLICIT" else [],
    }
    x, f = numbers(1, arranged(images, data_format), dtype), numbers(2, filters, dtype)
    terms = int(np.prod(filters[:3]))
    check(R.Conv2D, terms, input=x, filter=f, **options)
    y = R.Conv2D(input=x, filter=f, **options)
    dy = numbers(3, tuple(y.shape), dtype)
    sizes = np.array(x.shape, np.int32)
    check(R.Conv2DBackpropInput, terms * 4, input_sizes=sizes, filter=f, out_backprop=dy, **options)
    if dtype == np.float32:
        sizes = np.array(f.shape, np.int32)
        terms = max(1, int(np.prod(dy.shape)) // filters[3])
        check(R.Conv2DBackpropFilter, terms, input=x, filter_sizes=sizes, out_backprop=dy, **options)


@pytest.mark.parametrize("data_format", ["NHWC", "NCHW"])
@pytest.mark.parametrize(
    ("size", "multiplier", "stride", "dilation", "padding"),
    [(3, 1, 1, 1, "SAME"), (2, 3, 2, 1, "VALID"), (3, 2, 1, 2, "SAME")],
)
def test_depthwise(data_format, size, multiplier, stride, dilation, padding):
    spread = lambda n: [1, n, n, 1] if data_format == "NHWC" else [1, 1, n, n]  # noqa: E731
    options = {
        "strides": spread(stride),
        "dilations": spread(dilation),
        "padding": padding,
        "data_format": data_format,
    }
    x, f = numbers(1, arranged((2, 9, 8, 5), data_format)), numbers(2, (size, size, 5, multiplier))
    check(R.DepthwiseConv2dNative, size * size, input=x, filter=f, **options)
    dy = numbers(3, tuple(R.DepthwiseConv2dNative(input=x, filter=f, **options).shape))
    check(
        R.DepthwiseConv2dNativeBackpropInput,
        size * size * multiplier,
        input_sizes=np.array(x.shape, np.int32),
        filter=f,
        out_backprop=dy,
        **options,
    )
    check(
        R.DepthwiseConv2dNativeBackpropFilter,
        144,
        input=x,
        filter_sizes=np.array(f.shape, np.int32),
        out_backprop=dy,
        **options,
    )


@pytest.mark.parametrize("data_format", ["NDHWC", "NCDHW"])
@pytest.mark.parametrize("padding", ["SAME", "VALID"])
def test_volumes(data_format, padding):
    spread = lambda n: [1, n, n, n, 1] if data_format == "NDHWC" else [1, 1, n, n, n]  # noqa: E731
    options = {"strides": spread(2), "padding": padding, "data_format": data_format}
    x, f = numbers(1, arranged((2, 5, 6, 7, 3), data_format)), numbers(2, (2, 3, 2, 3, 4))
    check(R.Conv3D, 36, input=x, filter=f, **options)
    dy = numbers(3, tuple(R.Conv3D(input=x, filter=f, **options).shape))
    sizes = np.array(x.shape, np.int32)
    check(R.Conv3DBackpropInputV2, 48, input_sizes=sizes, filter=f, out_backprop=dy, **options)
    sizes = np.array(f.shape, np.int32)
    check(R.Conv3DBackpropFilterV2, 72, input=x, filter_sizes=sizes, out_backprop=dy, **options)
    pool = {"ksize": spread(2), "strides": spread(2), "padding": padding, "data_format": data_format}
    for dtype in (np.float32, np.int32):
        if dtype == np.float32:
            x = numbers(4, x.shape, dtype)
            y, _ = both(R.MaxPool3D, input=x, **pool)
            check(R.MaxPool3D, 1, input=x, **pool)
            dy = numbers(5, y[0].shape, dtype)
            check(R.MaxPool3DGrad, 8, orig_input=x, orig_output=y[0], grad=dy, **pool)
            check(R.AvgPool3D, 8, input=x, **pool)
            check(R.AvgPool3DGrad, 8, orig_input_shape=np.array(x.shape, np.int32), grad=dy, **pool)


@pytest.mark.parametrize("data_format", ["NHWC", "NCHW"])
@pytest.mark.parametrize("padding", ["SAME", "VALID"])
@pytest.mark.parametrize(("window", "stride"), [(2, 2), (3, 1), (3, 2), (2, 3)])
@pytest.mark.parametrize("dtype", [np.float32, np.int32])
def test_pooling(data_format, padding, window, stride, dtype):
    spread = lambda n: [1, n, n, 1] if data_format == "NHWC" else [1, 1, n, n]  # noqa: E731
    options = {"ksize": spread(window), "strides": spread(stride), "padding": padding, "data_format": data_format}
    x = numbers(1, arranged((2, 9, 8, 3), data_format), dtype)
    if dtype == np.float32:
        x = np.round(x)  # equal values, of which the first wins
        x.reshape(-1)[::7] = np.nan
        x.reshape(-1)[3::11] = -np.inf
    check(R.MaxPool, 1, input=x, **options)
    y = R.MaxPool(input=x, **options)
    dy = numbers(2, tuple(y.shape), dtype)
    check(R.MaxPoolGrad, window * window, orig_input=x, orig_output=y, grad=dy, **options)
    check(R.MaxPoolGradGrad, 1, orig_input=x, orig_output=y, grad=numbers(3, x.shape, dtype), **options)
    if dtype == np.float32:
        check(R.AvgPool, window * window, value=numbers(4, x.shape), **options)
        sizes = np.array(x.shape, np.int32)
        check(R.AvgPoolGrad, window * window, orig_input_shape=sizes, grad=dy, **options)


def test_pooling_over_channels():
    x = numbers(1, (2, 3, 3, 6))
    check(R.MaxPool, 1, input=x, ksize=[1, 1, 1, 2], strides=[1, 1, 1, 2], padding="VALID")
