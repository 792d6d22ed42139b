"""Convolutions and pooling of tf.nn against live TensorFlow: values and gradients, dtypes, wrappers, refusals."""

import numpy as np
import programs
import pytest
import tensorflow

import ferroflow

RANDOM = np.random.default_rng(7)


def draw(*shape):
    return RANDOM.uniform(-1, 1, shape).astype(np.float32)


def both(functions, *arrays, dtype="float32"):
    """Results and gradients of a function of tensors in both packages."""
    for tf, function in zip((ferroflow, tensorflow), functions):
        inputs = [tf.constant(a, dtype) for a in arrays]
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            y = function(tf, *inputs)
            # A weighted sum, so that every result has a gradient of its own.
            loss = tf.reduce_sum(y * tf.reshape(tf.cast(tf.range(tf.size(y)) % 7 - 3, dtype), tf.shape(y)))
        yield [y, *tape.gradient(loss, inputs)]


def check(function, *arrays, dtype="float32", tolerance=2e-6, instead=None):
    ours, theirs = both((function, instead or function), *arrays, dtype=dtype)
    for x, y in zip(ours, theirs):
        assert (x is None) == (y is None)
        if x is not None:
            assert x.shape.as_list() == y.shape.as_list() and x.dtype.name == y.dtype.name
            want = y.numpy().astype(np.float64)
            scale = max(np.abs(want).max(initial=0), 1)
            np.testing.assert_allclose(x.numpy().astype(np.float64), want, atol=scale * tolerance * 4, rtol=0)


CASES = {
    "conv3d": (lambda tf, x, w: tf.nn.conv3d(x, w, [1, 1, 2, 1, 1], "SAME"), (2, 3, 5, 4, 3), (2, 3, 2, 3, 5)),
    "conv3d valid": (lambda tf, x, w: tf.nn.conv3d(x, w, [1, 2, 1, 3, 1], "VALID"), (1, 4, 5, 7, 2), (3, 1, 2, 2, 3)),
    "conv3d dilated": (
        lambda tf, x, w: tf.nn.conv3d(x, w, [1] * 5, "SAME", dilations=[1, 2, 1, 2, 1]),
        (1, 5, 4, 6, 2),
        (2, 2, 3, 2, 3),
    ),
    "conv3d first": (
        lambda tf, x, w: tf.nn.conv3d(x, w, [1] * 5, "SAME", data_format="NCDHW"),
        (1, 2, 3, 4, 5),
        (2, 3, 2, 2, 3),
    ),
    "conv3d_transpose": (
        lambda tf, x, w: tf.nn.conv3d_transpose(x, w, [1, 4, 6, 8, 3], 2),
        (1, 2, 3, 4, 2),
        (3, 2, 3, 3, 2),
    ),
    "convolution 3d": (
        lambda tf, x, w: tf.nn.convolution(x, w, padding="SAME", data_format="NDHWC"),
        (1, 3, 4, 5, 2),
        (2, 2, 2, 2, 3),
    ),
    "convolution dilated": (
        lambda tf, x, w: tf.nn.convolution(x, w, dilations=[2, 3], padding="SAME"),
        (2, 9, 8, 2),
        (3, 2, 2, 3),
    ),
    "convolution 1d": (lambda tf, x, w: tf.nn.convolution(x, w, strides=[2]), (2, 9, 3), (4, 3, 5)),
    "conv1d dilated": (lambda tf, x, w: tf.nn.conv1d(x, w, 1, "SAME", dilations=2), (2, 9, 3), (4, 3, 5)),
    "conv1d_transpose": (
        lambda tf, x, w: tf.nn.conv1d_transpose(x, w, [2, 8, 5], 2),
        (2, 4, 3),
        (3, 5, 3),
    ),
    "conv_transpose": (
        lambda tf, x, w: tf.nn.conv_transpose(x, w, [2, 7, 9, 2], [2, 2], "VALID"),
        (2, 3, 4, 3),
        (3, 3, 2, 3),
    ),
    "conv2d_transpose": (
        lambda tf, x, w: tf.nn.conv2d_transpose(x, w, [2, 8, 7, 2], [2, 2], "SAME"),
        (2, 4, 4, 3),
        (3, 5, 2, 3),
    ),
    "atrous": (lambda tf, x, w: tf.nn.atrous_conv2d(x, w, 2, "SAME"), (1, 7, 8, 3), (3, 2, 3, 4)),
    "atrous_transpose": (
        lambda tf, x, w: tf.nn.atrous_conv2d_transpose(x, w, [1, 7, 8, 4], 2, "SAME"),
        (1, 7, 8, 3),
        (3, 2, 4, 3),
    ),
    "separable": (
        lambda tf, x, w: tf.nn.separable_conv2d(x, w, tf.ones([1, 1, 6, 4], x.dtype), [1, 1, 1, 1], "SAME"),
        (1, 7, 8, 3),
        (3, 2, 3, 2),
    ),
    "depthwise": (lambda tf, x, w: tf.nn.depthwise_conv2d(x, w, [1, 2, 2, 1], "SAME"), (2, 9, 33, 5), (3, 3, 5, 1)),
    "depthwise dilated": (
        lambda tf, x, w: tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], "SAME", dilations=[2, 2]),
        (2, 9, 11, 5),
        (3, 3, 5, 2),
    ),
    "explicit": (
        lambda tf, x, w: tf.nn.conv2d(x, w, 1, [[0, 0], [1, 2], [3, 0], [0, 0]]),
        (2, 5, 6, 3),
        (3, 3, 3, 4),
    ),
    "grouped": (lambda tf, x, w: tf.nn.conv2d(x, w, 2, "SAME"), (2, 9, 7, 6), (3, 3, 2, 9)),
    "stem": (lambda tf, x, w: tf.nn.conv2d(x, w, 2, "SAME"), (1, 31, 33, 3), (7, 7, 3, 17)),
}


def spread(tf, w, *rates):
    """A filter with zeros between its elements."""
    for axis, rate in enumerate(rates):
        sizes = w.shape.as_list()
        sizes[axis] *= rate
        pads = [[0, 0]] * (axis + 1) + [[0, rate - 1]] + [[0, 0]] * (len(sizes) - axis - 1)
        w = tf.reshape(tf.pad(tf.expand_dims(w, axis + 1), pads), sizes)
        w = w[(slice(None),) * axis + (slice(0, sizes[axis] - rate + 1),)]
    return w


def last(tf, function, x):
    """A function of channels-last arrays for channels-first ones."""
    return tf.transpose(function(tf.transpose(x, [0, 2, 3, 4, 1])), [0, 4, 1, 2, 3])


# What TensorFlow's kernels refuse, in terms of what they take.
INSTEAD = {
    "conv3d dilated": lambda tf, x, w: tf.nn.conv3d(x, spread(tf, w, 2, 1, 2), [1] * 5, "SAME"),
    "conv3d first": lambda tf, x, w: last(tf, lambda x: tf.nn.conv3d(x, w, [1] * 5, "SAME"), x),
    "conv1d dilated": lambda tf, x, w: tf.nn.conv1d(x, spread(tf, w, 2), 1, "SAME"),
    "convolution dilated": lambda tf, x, w: tf.nn.conv2d(x, spread(tf, w, 2, 3), 1, "SAME"),
    "grouped": lambda tf, x, w: tf.concat(
        [tf.nn.conv2d(a, b, 2, "SAME") for a, b in zip(tf.split(x, 3, 3), tf.split(w, 3, 3))], 3
    ),
    "max3d first": lambda tf, x: last(tf, lambda x: tf.nn.max_pool3d(x, 2, 2, "VALID"), x),
    "avg3d first": lambda tf, x: last(tf, lambda x: tf.nn.avg_pool3d(x, 2, 2, "VALID"), x),
}


@pytest.mark.parametrize("name", CASES)
def test_values_and_gradients(name):
    function, *shapes = CASES[name]
    check(function, *(draw(*shape) for shape in shapes), instead=INSTEAD.get(name))


@pytest.mark.parametrize("dtype, tolerance", [("float64", 1e-15), ("float16", 1e-3), ("bfloat16", 8e-3)])
@pytest.mark.parametrize("name", ["conv3d", "conv3d_transpose"])
def test_other_dtypes(name, dtype, tolerance):
    function, *shapes = CASES[name]
    check(function, *(draw(*shape) for shape in shapes), dtype=dtype, tolerance=tolerance)


POOLS = {
    "max3d": (lambda tf, x: tf.nn.max_pool3d(x, [2, 3, 2], [1, 2, 2], "SAME"), (2, 3, 7, 5, 3)),
    "max3d first": (lambda tf, x: tf.nn.max_pool3d(x, 2, 2, "VALID", data_format="NCDHW"), (2, 3, 4, 5, 3)),
    "avg3d": (lambda tf, x: tf.nn.avg_pool3d(x, [2, 3, 2], [1, 2, 2], "SAME"), (2, 3, 7, 5, 3)),
    "avg3d first": (lambda tf, x: tf.nn.avg_pool3d(x, 2, 2, "VALID", data_format="NCDHW"), (2, 3, 4, 5, 3)),
    "max by rank": (lambda tf, x: tf.nn.max_pool(x, 2, 1, "SAME", "NDHWC"), (1, 3, 4, 5, 3)),
    "avg by rank": (lambda tf, x: tf.nn.avg_pool(x, 2, 1, "SAME", "NDHWC"), (1, 3, 4, 5, 3)),
    "argmax": (lambda tf, x: tf.nn.max_pool_with_argmax(x, 3, 2, "SAME")[0], (2, 7, 8, 3)),
    "argmax batch": (
        lambda tf, x: tf.nn.max_pool_with_argmax(x, 2, 2, "VALID", include_batch_in_index=True)[0],
        (2, 7, 8, 3),
    ),
    "pool 1d": (lambda tf, x: tf.nn.pool(x, [3], "MAX", [2], "SAME"), (2, 7, 3)),
    "pool 2d": (lambda tf, x: tf.nn.pool(x, [3, 2], "AVG", [2, 1], "VALID"), (2, 7, 6, 3)),
    "pool 3d": (lambda tf, x: tf.nn.pool(x, [2, 2, 2], "MAX"), (1, 3, 4, 5, 2)),
    "pool dilated max": (lambda tf, x: tf.nn.pool(x, [3, 2], "MAX", None, "VALID", None, [2, 1]), (2, 7, 6, 3)),
    "pool dilated avg": (lambda tf, x: tf.nn.pool(x, [3, 2], "AVG", None, "VALID", None, [2, 3]), (2, 9, 8, 3)),
}


@pytest.mark.parametrize("name", POOLS)
def test_pooling(name):
    function, shape = POOLS[name]
    check(function, draw(*shape), instead=INSTEAD.get(name))


def test_second_gradients_of_pooling():
    x, v = draw(1, 4, 5, 4, 2), draw(1, 4, 5, 4, 2)

    def curvature(tf, x, v):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.reduce_sum(tf.nn.max_pool3d(x, 2, 2, "SAME") ** 3 + tf.nn.avg_pool3d(x, 2, 2, "SAME") ** 3)
        return tape.gradient(y, x) * v

    check(curvature, x, v)


FORMS = """
def numbers(*shape):
    return (np.arange(np.prod(shape)) % 7 - 3).reshape(shape).astype("float32")
x1, x2, x3 = numbers(2, 7, 3), numbers(2, 6, 7, 3), numbers(1, 4, 5, 6, 3)
w1, w2, w3 = numbers(3, 3, 2), numbers(2, 3, 3, 2), numbers(2, 3, 2, 3, 2)
nn = tf.nn
for strides in (2, (2,), [1, 2], [1, 2, 2, 1], np.array([1, 2]), tf.constant([1, 2]), [1, 2, 3]):
    show(lambda: nn.convolution(x2, w2, strides=strides))
for rate in (2, np.array([1, 2]), [1, 2, 2, 1], [0, 1]):
    show(lambda: nn.convolution(x2, w2, dilations=rate))
show(lambda: nn.convolution(x2, w2, strides=2, dilations=2))
show(lambda: nn.convolution(x2[None], w2))
show(lambda: nn.convolution(x3[None, None], w3))
show(lambda: nn.convolution(x1[None, None], w1, padding="SAME"))
show(lambda: nn.convolution(x2, w1))
show(lambda: nn.conv1d(x1[None], w1, 1, "SAME"))
show(lambda: nn.conv2d(x2[None], w2, 2, "SAME"))
show(lambda: nn.conv2d(x2, w2, np.array([1, 2, 2, 1]), "SAME"))
show(lambda: nn.conv3d(x3[None], w3, [1] * 5, "VALID"))
for slopes in (v1.nn.conv3d_backprop_filter, v1.nn.conv3d_backprop_filter_v2):
    show(lambda: slopes(x3, w3.shape, numbers(1, 4, 5, 6, 2), [1] * 5, "SAME"))
show(lambda: nn.atrous_conv2d(x2, w2, 0, "SAME"))
show(lambda: nn.atrous_conv2d_transpose(x2, numbers(2, 3, 2, 3), [2, 6, 7, 2], 0, "SAME"))
def unknown(function, *shapes):
    return tf.function(function, input_signature=[tf.TensorSpec(shape, tf.float32) for shape in shapes])
show(lambda: unknown(lambda x: nn.convolution(x, w2), None)(x2))
show(lambda: unknown(lambda x, w: nn.convolution(x, w), None, None)(x2, w2))
show(lambda: unknown(lambda x: nn.conv2d(x, w2, 1, "SAME"), [None, 2, None, None, 3])(x2[None]))
for kind in ("MAX", "AVG"):
    show(lambda: nn.pool(x2, np.array([2, 2]), kind, strides=np.array([2, 1])))
    for rate in ([2], [0, 4], np.array([2, 1]), [2, 1, 1]):
        show(lambda: nn.pool(x2, [2, 2], kind, dilations=rate))
    show(lambda: nn.pool(x2, [2, 2], kind, strides=[2]))
"""


def test_forms_of_arguments():
    programs.check(FORMS)


def test_dilated_windows_larger_than_the_input_are_refused():
    for size in (5, 8):
        with pytest.raises(ferroflow.errors.InvalidArgumentError, match="Computed output size would be negative"):
            ferroflow.nn.pool(np.ones([1, 6, 6, 1], np.float32), [size, 1], "MAX", dilations=[2, 1])


@pytest.mark.parametrize("kind", ["int32", "int64"])
@pytest.mark.parametrize("batch", [False, True])
def test_places_of_largest_elements(kind, batch):
    x = (np.arange(2 * 7 * 6 * 3) * 17 % 23).reshape(2, 7, 6, 3).astype(np.float32)
    results = [
        tf.nn.max_pool_with_argmax(x, 3, 2, "SAME", output_dtype=kind, include_batch_in_index=batch)
        for tf in (ferroflow, tensorflow)
    ]
    for ours, theirs in zip(*results):
        assert ours.dtype.name == theirs.dtype.name
        np.testing.assert_array_equal(ours.numpy(), theirs.numpy())


def test_places_outside_are_refused():
    """TensorFlow ends the process here."""
    args = {"ksize": [1, 2, 2, 1], "strides": [1, 2, 2, 1], "padding": "VALID"}
    for place in (99, -1):
        with pytest.raises(ferroflow.errors.InvalidArgumentError, match="Invalid input max pool index"):
            ferroflow.raw_ops.MaxPoolGradWithArgmax(
                input=np.ones([1, 2, 2, 1], np.float32),
                grad=np.ones([1, 1, 1, 1], np.float32),
                argmax=np.full([1, 1, 1, 1], place, np.int64),
                **args,
            )


@pytest.mark.parametrize(
    "call",
    [
        lambda tf: tf.nn.conv3d(tf.ones([1, 4, 5, 6, 3]), tf.ones([2, 2, 3, 2, 3]), [1] * 5, "SAME"),
        lambda tf: tf.nn.conv3d(tf.ones([1, 4, 5, 6, 2]), tf.ones([7, 2, 3, 2, 3]), [1] * 5, "VALID"),
        lambda tf: tf.nn.conv3d(tf.ones([1, 4, 5, 6, 2]), tf.ones([2, 2, 3, 2, 3]), [1, 0, 1, 1, 1], "VALID"),
        lambda tf: tf.nn.conv3d(tf.ones([1, 4, 5, 6, 2]), tf.ones([2, 2, 2, 3]), [1] * 5, "VALID"),
        lambda tf: tf.nn.max_pool3d(tf.ones([1, 4, 5, 6, 2]), [1, 2, 1, 1, 2], [1] * 5, "VALID"),
        lambda tf: tf.nn.max_pool3d(tf.ones([1, 4, 5, 2]), 2, 2, "VALID"),
        lambda tf: tf.nn.pool(tf.ones([2, 9, 8, 3]), [3, 2], "AVG", None, "SAME", None, [2, 3]),
        lambda tf: tf.nn.pool(tf.ones([2, 9, 8, 3]), [3, 2], "AVG", [2, 2], "VALID", None, [2, 3]),
        lambda tf: tf.nn.avg_pool3d(tf.ones([1, 4, 5, 6, 2]), [2, 1, 1, 1, 1], [1] * 5, "VALID"),
        lambda tf: tf.raw_ops.AvgPool3DGrad(
            orig_input_shape=[1, 2, 3, 4],
            grad=tf.ones([1, 1, 1, 1, 1]),
            ksize=[1] * 5,
            strides=[1] * 5,
            padding="VALID",
        ),
    ],
)
def test_refusals(call):
    kinds = []
    for tf in (ferroflow, tensorflow):
        with pytest.raises(Exception) as caught:
            call(tf)
        kinds.append(type(caught.value).__name__)
    assert kinds[0] == kinds[1]
