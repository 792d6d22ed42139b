"""Batch normalisation in one op: values, gradients and second ones in every format and dtype, and errors, as in TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf

import ferroflow as ff

CHANNELS = 5
FORMATS = {"NHWC": [3, 7, 3, CHANNELS], "NCHW": [3, CHANNELS, 7, 3], "NDHWC": [2, 3, 2, 3, CHANNELS]}
FORMATS["NCDHW"] = [2, CHANNELS, 3, 2, 3]
BOUNDS = {"float32": 2e-5, "float16": 4e-3, "bfloat16": 3e-2}
RANDOM = np.random.RandomState(1)
SHAPES = [
    *FORMATS.items(),
    ("NHWC", [1, 1, 1, CHANNELS]),
    ("NHWC", [0, 2, 2, CHANNELS]),
    ("NCHW", [2, CHANNELS, 33, 17]),
]
SHAPES += [("NHWC", [2, 3, 5, n]) for n in (1, 3, 31, 257, 513)]


def numbers(channels):
    """Scale, offset, mean and variance."""
    scale, offset, mean = RANDOM.randn(3, channels).astype(np.float32)
    return scale, offset, mean, (RANDOM.rand(channels) + 0.5).astype(np.float32)


def images(shape):
    return (RANDOM.randn(*shape) * 2 + 1).astype(np.float32)


def both(program, bound, *places):
    """The same results from both packages; `places` are those of outputs that TensorFlow leaves unset."""
    got, want = program(ff), program(tf)
    for i, (x, y) in enumerate(zip(got, want, strict=True)):
        if i in places:
            continue
        x, y = np.asarray(ff.cast(x, ff.float32)), np.asarray(tf.cast(y, tf.float32))
        assert x.shape == y.shape
        size = max(1.0, float(np.max(np.abs(y), initial=0, where=np.isfinite(y))))
        np.testing.assert_allclose(x, y, rtol=0, atol=bound * size, err_msg=str(i))


@pytest.mark.parametrize("dtype", BOUNDS)
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("layout, shape", SHAPES)
def test_values_and_gradients(layout, shape, training, dtype):
    channels = shape[1] if layout.startswith("NC") else shape[-1]
    x, dy, stats = images(shape), images(shape), numbers(channels)
    # TensorFlow has no gradient of channels-first images with given statistics, and leaves the reserves unset with these.
    backward = training or not layout.startswith("NC")
    unset = () if training and x.size else (3, 4)

    def program(p):
        y = p.raw_ops.FusedBatchNormV3(
            x=p.cast(x, dtype),
            scale=stats[0],
            offset=stats[1],
            mean=stats[2],
            variance=stats[3],
            epsilon=0.01,
            exponential_avg_factor=0.3,
            data_format=layout,
            is_training=training,
        )
        if not backward:
            return y
        back = p.raw_ops.FusedBatchNormGradV3(
            y_backprop=p.cast(dy, dtype),
            x=p.cast(x, dtype),
            scale=stats[0],
            reserve_space_1=stats[2],
            reserve_space_2=stats[3],
            reserve_space_3=y[5],
            epsilon=0.01,
            data_format=layout,
            is_training=training,
        )
        return [*y, *back]

    both(program, BOUNDS[dtype], *unset)


VERSIONS = {
    "FusedBatchNorm": "FusedBatchNormGrad",
    "FusedBatchNormV2": "FusedBatchNormGradV2",
    "FusedBatchNormV3": "FusedBatchNormGradV3",
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("training", [True, False])
def test_first_and_second_gradients(version, training):
    x, dy = images([2, 3, 4, CHANNELS]), images([2, 3, 4, CHANNELS])
    scale, offset, mean, variance = numbers(CHANNELS)

    def program(p):
        op, back = getattr(p.raw_ops, version), getattr(p.raw_ops, VERSIONS[version])
        a, s, o, d = [p.constant(v) for v in (x, scale, offset, dy)]
        with p.GradientTape(persistent=True) as outer:
            outer.watch([a, s, d])
            with p.GradientTape() as inner:
                inner.watch([a, s, o])
                y = op(x=a, scale=s, offset=o, mean=mean, variance=variance, is_training=training)[0]
            first = inner.gradient(y, [a, s, o], d)
            weights = [p.sin(first[0]), p.cos(first[1]), p.sin(2 * first[2])]
            total = p.add_n([p.reduce_sum(w * g) for w, g in zip(weights, first)])
        reserve = {"reserve_space_3": 0.0} if version.endswith("V3") else {}
        plain = dict(y_backprop=dy, x=x, scale=scale, reserve_space_1=mean, reserve_space_2=variance)
        direct = back(is_training=training, **plain, **reserve)
        return [*first, *outer.gradient(total, [a, s, d]), *direct]

    both(program, 1e-4)


def test_gradients_of_channels_first_images_are_those_of_channels_last():
    x, dy = images([2, 3, 4, CHANNELS]), images([2, 3, 4, CHANNELS])
    scale, _, mean, variance = numbers(CHANNELS)

    def program(layout, training):
        order = [0, 3, 1, 2] if layout == "NCHW" else [0, 1, 2, 3]
        with ff.GradientTape(persistent=True) as outer:
            a, s, d = ff.constant(x.transpose(order)), ff.constant(scale), ff.constant(dy.transpose(order))
            outer.watch([a, s, d])
            with ff.GradientTape() as inner:
                inner.watch([a, s])
                y, *_ = ff.compat.v1.nn.fused_batch_norm(a, s, mean, mean, variance, 0.01, layout, training)
            first = inner.gradient(y, [a, s], d)
            total = ff.add_n([ff.reduce_sum(ff.sin(g)) for g in first])
        back = [0, 2, 3, 1] if layout == "NCHW" else [0, 1, 2, 3]
        all_of_them = [*first, *outer.gradient(total, [a, s, d])]
        return [g.numpy().transpose(back) if len(g.shape) == 4 else g.numpy() for g in all_of_them]

    for training in (True, False):
        for x1, y1 in zip(program("NCHW", training), program("NHWC", training), strict=True):
            np.testing.assert_allclose(x1, y1, rtol=1e-4, atol=1e-4)


BAD = [
    {"x": np.ones([2, 2, 3], np.float32)},
    {"scale": np.ones(2, np.float32)},
    {"scale": np.ones([1, 3], np.float32)},
    {"offset": np.ones(2, np.float32)},
    {"mean": np.ones(2, np.float32), "is_training": False},
    {"variance": np.ones(2, np.float32), "is_training": False},
    {"mean": np.ones([1, 3], np.float32)},
    {"exponential_avg_factor": 0.5, "mean": np.ones(2, np.float32)},
    {"data_format": "NWHC"},
]


@pytest.mark.parametrize("bad", BAD)
def test_errors(bad):
    one = np.ones(3, np.float32)
    call = {"x": np.ones([1, 2, 2, 3], np.float32), "scale": one, "offset": one, "mean": one, "variance": one, **bad}

    def message(p):
        with pytest.raises(p.errors.InvalidArgumentError) as e:
            p.raw_ops.FusedBatchNormV3(**call)
        return str(e.value).splitlines()[0].split("}} ")[-1].split(" [Op:")[0]

    assert message(ff) == message(tf)


def test_functions():
    x, (scale, offset, mean, variance) = images([2, 3, 4, CHANNELS]), numbers(CHANNELS)
    norm = dict(epsilon=1e-9, exponential_avg_factor=0.5, mean=mean, variance=variance)
    both(lambda p: p.compat.v1.nn.fused_batch_norm(x, scale, offset), 2e-5)
    both(lambda p: p.compat.v1.nn.fused_batch_norm(x, scale, offset, **norm), 2e-5)
    both(lambda p: p.compat.v1.nn.fused_batch_norm(x, scale, offset, mean, variance, is_training=False), 2e-5)
    for missing in ({"is_training": False}, {"exponential_avg_factor": 0.5, "mean": mean}):
        texts = []
        for p in (ff, tf):
            with pytest.raises(ValueError) as e:
                p.compat.v1.nn.fused_batch_norm(x, scale, offset, **missing)
            texts.append(str(e.value))
        assert texts[0] == texts[1]
    for after in (True, False):
        plain = (x, mean, variance, offset, scale, 0.1, after)
        both(lambda p: [p.nn.batch_norm_with_global_normalization(*plain)], 2e-5)
        both(lambda p: [p.compat.v1.nn.batch_norm_with_global_normalization(*plain)], 2e-5)
