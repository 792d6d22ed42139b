"""Writes rust/cpu/tests/data/windows.txt: results of TensorFlow's convolutions and pooling for the kernels' tests.

Run with the environment that holds TensorFlow: `python tests/oracle/window_cases.py`. Inputs are made from a formula, so
that only the results are stored: element i of operand k is ((i * 7 + k * 3) % 11 - 5) / 4.

TensorFlow's filter gradient of a 1x1 filter with steps of 2 and 1 and channels first reads memory that is not its own:
its numbers change from run to run, and a run may end in the allocator. Such a run is repeated.
"""

import itertools
import pathlib

import numpy as np
import tensorflow as tf

OUT = pathlib.Path(__file__).parents[2] / "rust/cpu/tests/data/windows.txt"


def ramp(k, shape):
    n = int(np.prod(shape))
    return (((np.arange(n) * 7 + k * 3) % 11 - 5) / 4).astype(np.float32).reshape(shape)


def first(shape, order):
    return [shape[0], shape[3], shape[1], shape[2]] if order == "NCHW" else list(shape)


def spatial(values, order):
    return [1, 1, *values] if order == "NCHW" else [1, *values, 1]


def explicit(values, order):
    return [0] * 4 + values if order == "NCHW" else [0, 0, *values, 0, 0]


def line(op, inputs, attrs, result):
    shapes = ";".join(
        ("s" if isinstance(x, list) else "") + ",".join(map(str, x if isinstance(x, list) else x.shape)) for x in inputs
    )
    text = ";".join(f"{k}={','.join(map(str, v)) if isinstance(v, list) else v}" for k, v in attrs.items())
    values = " ".join(f"{v:.8g}" for v in result.numpy().ravel())
    return f"{op}|{shapes}|{text}|{','.join(map(str, result.shape))}|{values}\n"


def convolutions():
    shapes = [((1, 5, 4, 2), (3, 2, 2, 3)), ((2, 4, 5, 4), (2, 3, 2, 4)), ((1, 6, 6, 3), (1, 1, 3, 2))]
    ways = [
        ("SAME", [1, 1], [1, 1]),
        ("VALID", [2, 1], [1, 1]),
        ("SAME", [2, 2], [1, 1]),
        ("VALID", [1, 1], [2, 1]),
        ("EXPLICIT", [1, 2], [1, 1]),
    ]
    for (x, f), (padding, strides, dilations), order in itertools.product(shapes, ways, ["NHWC", "NCHW"]):
        attrs = {
            "strides": spatial(strides, order),
            "padding": padding,
            "data_format": order,
            "dilations": spatial(dilations, order),
        }
        if padding == "EXPLICIT":
            attrs["explicit_paddings"] = explicit([1, 0, 0, 2], order)
        for name, f in [("Conv2D", f), ("DepthwiseConv2dNative", (f[0], f[1], x[3], 2))]:
            if name != "Conv2D" and (strides[0] != strides[1] or order == "NCHW" or padding == "EXPLICIT"):
                continue
            if name == "Conv2D" and f[2] != x[3] and order == "NCHW":
                continue
            images, weights = ramp(0, first(x, order)), ramp(1, f)
            # Gradients come from the tape: some kernels of the installed build refuse combinations that others take.
            with tf.GradientTape() as tape:
                a, b = tf.constant(images), tf.constant(weights)
                tape.watch([a, b])
                y = getattr(tf.raw_ops, name)(input=a, filter=b, **attrs)
            dy = ramp(2, y.shape)
            try:
                dx, df = tape.gradient(y, [a, b], output_gradients=tf.constant(dy))
            except tf.errors.OpError:
                dx = df = None
            yield line(name, [images, weights], attrs, y)
            if dx is not None:
                yield line(name + "BackpropInput", [list(images.shape), weights, dy], attrs, dx)
                yield line(name + "BackpropFilter", [images, list(weights.shape), dy], attrs, df)


def pooling():
    shape = (2, 5, 4, 3)
    for (size, strides, padding), order in itertools.product(
        [([2, 2], [2, 2], "VALID"), ([3, 2], [1, 2], "SAME"), ([2, 3], [2, 1], "SAME")], ["NHWC", "NCHW"]
    ):
        attrs = {
            "ksize": spatial(size, order),
            "strides": spatial(strides, order),
            "padding": padding,
            "data_format": order,
        }
        images = ramp(0, first(shape, order))
        y = tf.raw_ops.MaxPool(input=images, **attrs)
        yield line("MaxPool", [images], attrs, y)
        z = tf.raw_ops.AvgPool(value=images, **attrs)
        yield line("AvgPool", [images], attrs, z)
        dy = ramp(1, z.shape)
        yield line(
            "AvgPoolGrad",
            [list(images.shape), dy],
            attrs,
            tf.raw_ops.AvgPoolGrad(orig_input_shape=list(images.shape), grad=dy, **attrs),
        )


def triple(values, order):
    return [1, 1, *values] if order == "NCDHW" else [1, *values, 1]


def channels_first(x, order):
    return np.moveaxis(x, -1, 1) if order == "NCDHW" else x


def volumes():
    for (strides, padding), order in itertools.product(
        [([1, 1, 1], "SAME"), ([2, 1, 2], "VALID"), ([1, 2, 3], "SAME")], ["NDHWC", "NCDHW"]
    ):
        attrs = {"strides": triple(strides, order), "padding": padding, "data_format": order}
        images, weights = ramp(0, channels_first(ramp(0, (2, 3, 4, 5, 2)), order).shape), ramp(1, (2, 3, 2, 2, 3))
        y = tf.raw_ops.Conv3D(input=images, filter=weights, **attrs)
        yield line("Conv3D", [images, weights], attrs, y)
        dy, sizes = ramp(2, y.shape), list(images.shape)
        dx = tf.raw_ops.Conv3DBackpropInputV2(input_sizes=sizes, filter=weights, out_backprop=dy, **attrs)
        yield line("Conv3DBackpropInputV2", [sizes, weights, dy], attrs, dx)
        sizes = list(weights.shape)
        df = tf.raw_ops.Conv3DBackpropFilterV2(input=images, filter_sizes=sizes, out_backprop=dy, **attrs)
        yield line("Conv3DBackpropFilterV2", [images, sizes, dy], attrs, df)
        attrs = {"ksize": triple([2, 3, 2], order), **attrs}
        y = tf.raw_ops.MaxPool3D(input=images, **attrs)
        yield line("MaxPool3D", [images], attrs, y)
        yield line("AvgPool3D", [images], attrs, tf.raw_ops.AvgPool3D(input=images, **attrs))
        dy, sizes = ramp(1, y.shape), list(images.shape)
        dx = tf.raw_ops.AvgPool3DGrad(orig_input_shape=sizes, grad=dy, **attrs)
        yield line("AvgPool3DGrad", [sizes, dy], attrs, dx)
    attrs = {"strides": [1, 1, 1, 1, 1], "padding": "SAME", "data_format": "NDHWC", "dilations": [1, 2, 1, 2, 1]}
    images, weights = ramp(0, (1, 5, 4, 5, 3)), ramp(1, (2, 2, 3, 3, 2))
    yield line("Conv3D", [images, weights], attrs, tf.raw_ops.Conv3D(input=images, filter=weights, **attrs))


if __name__ == "__main__":
    OUT.write_text(
        "# Results of TensorFlow's convolutions and pooling: op|operands (s: a shape)|attributes|shape|values.\n"
        + "".join(itertools.chain(convolutions(), pooling(), volumes()))
    )
