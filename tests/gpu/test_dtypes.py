"""Numbers that shaders have no type or no function for: integers of 64, 16 and 8 bits, 16-bit floats, large angles, divisions by 0."""

from concurrent.futures import ThreadPoolExecutor

import ml_dtypes
import numpy as np
import pytest

import ferroflow as tf

R = tf.raw_ops
rng = np.random.default_rng(5)
LONG = np.array(
    [0, 1, -1, 2, 3, -7, 10, 2**31, -(2**31), 2**32, 2**53 + 1, 2**63 - 1, -(2**63), 0x123456789ABCDEF], np.int64
)


def both(op, *operands, **attrs):
    """The bits of an op's result on the CPU and on the GPU."""
    found = []
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            result = op(*[tf.constant(x) for x in operands], **attrs)
        assert result.device.endswith(device[1:])
        result = result.numpy()
        found.append(result.astype(np.float32) if result.dtype == ml_dtypes.bfloat16 else result)
    return found


def pairs(dtype):
    """All pairs of extreme and of random numbers."""
    info = np.iinfo(dtype)
    few = np.array([0, 1, 2, 3, 7, info.max, info.max - 1, info.max // 2, info.min, info.min + 1, info.min // 2], dtype)
    x = np.concatenate(
        [few, rng.integers(info.min, info.max, 20, dtype, endpoint=True), rng.integers(0, 50, 10).astype(dtype)]
    )
    if info.min < 0:
        x = np.concatenate([x, -few])
    return np.repeat(x, len(x)), np.tile(x, len(x))


INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]


@pytest.mark.parametrize("dtype", INTEGERS)
@pytest.mark.parametrize(
    "name",
    [
        "AddV2",
        "Sub",
        "Mul",
        "Maximum",
        "Minimum",
        "Less",
        "LessEqual",
        "Equal",
        "BitwiseXor",
        "LeftShift",
        "RightShift",
    ],
)
def test_integers(name, dtype, hard):
    x, y = pairs(dtype)
    here, there = both(lambda x, y: getattr(R, name)(x=x, y=y), x, y)
    np.testing.assert_array_equal(there, here)


@pytest.mark.parametrize("dtype", INTEGERS)
@pytest.mark.parametrize("name", ["FloorDiv", "FloorMod", "TruncateDiv"])
def test_quotients(name, dtype, hard):
    x, y = pairs(dtype)
    x, y = x[y != 0], y[y != 0]
    here, there = both(lambda x, y: getattr(R, name)(x=x, y=y), x, y)
    np.testing.assert_array_equal(there, here)


@pytest.mark.parametrize("dtype", ["int32", "int64", "uint8", "int16"])
def test_a_division_by_zero_is_the_error_of_its_op(dtype, hard):
    with tf.device("/GPU:0"):
        x, y = tf.constant([6, 7, 8], dtype), tf.constant([2, 0, 4], dtype)
        twice = x + x
        for op in (R.FloorDiv, R.FloorMod, R.TruncateDiv):
            with pytest.raises(tf.errors.InvalidArgumentError, match="Integer division by zero"):
                op(x=x, y=y)
            assert twice.numpy().tolist() == [12, 14, 16]
            assert op(x=x, y=tf.constant([2, 7, 4], dtype)).numpy()[1] in (0, 1)


def test_a_division_by_zero_is_told_to_its_own_thread(hard):
    def others(i):
        with tf.device("/GPU:0"):
            return [(tf.constant([i]) // tf.constant([n + 1])).numpy()[0] for n in range(40)]

    def fails(_):
        with tf.device("/GPU:0"), pytest.raises(tf.errors.InvalidArgumentError, match="Integer division by zero"):
            tf.constant([1]) // tf.constant([0])

    with ThreadPoolExecutor(4) as pool:
        right = [pool.submit(others, i) for i in (100, 1000)]
        list(pool.map(fails, range(80)))
        assert [r.result() for r in right] == [[i // (n + 1) for n in range(40)] for i in (100, 1000)]


def test_a_negative_power_of_integers_is_told(hard):
    with tf.device("/GPU:0"):
        with pytest.raises(tf.errors.InvalidArgumentError, match="Integers to negative integer powers"):
            tf.pow(tf.constant([2, 3]), tf.constant([2, -1]))
        assert tf.pow(tf.constant([2, -3]), tf.constant([10, 3])).numpy().tolist() == [1024, -27]


def test_a_division_by_zero_in_a_function(hard):
    with tf.device("/GPU:0"):
        f = tf.function(lambda x, y: tf.reduce_sum(x // y))
        assert f(tf.constant([6, 8]), tf.constant([2, 4])).numpy() == 5
        with pytest.raises(tf.errors.InvalidArgumentError, match="Integer division by zero"):
            f(tf.constant([6, 8]), tf.constant([2, 0])).numpy()


FLOATS = ["float32", "float16", "bfloat16", "float64"]
ALL = [*INTEGERS, *FLOATS, "bool"]


def kind(name):
    return np.dtype(ml_dtypes.bfloat16) if name == "bfloat16" else np.dtype(name)


@pytest.mark.parametrize("to", ALL)
@pytest.mark.parametrize("of", ALL)
def test_casts(of, to, hard):
    """The bits of the CPU, out of range too."""
    if of in INTEGERS:
        x = pairs(of)[0]
    elif of == "bool":
        x = np.array([True, False])
    else:
        few = [
            0.0,
            -0.0,
            0.5,
            -0.5,
            1.5,
            2.5,
            -1.5,
            127.0,
            128.0,
            255.9,
            256.0,
            -129.0,
            65535.0,
            7e4,
            2.0**31,
            -(2.0**31),
            3e9,
            2.0**40,
        ]
        few += [
            2.0**62,
            2.0**63,
            2.0**64,
            -(2.0**63),
            1e30,
            np.inf,
            -np.inf,
            np.nan,
            1e-8,
            6e-8,
            3e-6,
            65519.0,
            65520.0,
        ]
        few = np.concatenate([few, rng.normal(size=40) * 10.0 ** rng.integers(-6, 12, 40)])
        with np.errstate(over="ignore"):
            x = few.astype(kind(of))
    here, there = both(tf.cast, x, dtype=to)
    assert there.dtype == here.dtype
    np.testing.assert_array_equal(there, here)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("name", ["AddV2", "Sub", "Mul", "RealDiv", "Maximum"])
def test_narrow_floats_are_rounded_once(name, dtype, hard):
    with np.errstate(over="ignore"):
        x, y = ((rng.normal(size=4000) * 10.0 ** rng.integers(-7, 5, 4000)).astype(kind(dtype)) for _ in range(2))
    here, there = both(lambda x, y: getattr(R, name)(x=x, y=y), x, y)
    np.testing.assert_array_equal(there, here)


def test_narrow_floats_are_rounded_between_the_ops_of_a_function(hard):
    x = rng.normal(size=(7, 33)).astype(np.float16)
    f = tf.function(lambda x: (x * x + x) * tf.constant(0.1, tf.float16) - x)
    found = []
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            found.append(f(tf.constant(x)).numpy())
    np.testing.assert_array_equal(found[1], found[0])


@pytest.mark.parametrize("f", [tf.sin, tf.cos, tf.tan])
def test_large_angles(f, hard):
    quarters = np.arange(-40, 40) * (np.pi / 2)
    x = np.concatenate(
        [quarters, rng.normal(size=500) * 10.0 ** rng.integers(-3, 38, 500), [0.0, -0.0, 1e-30, 3.4e38, np.inf, np.nan]]
    )
    here, there = both(f, x.astype(np.float32))
    np.testing.assert_array_max_ulp(there[:-2], here[:-2], 2)
    assert np.isnan(there[-2:]).all() and np.signbit(there[-5]) == np.signbit(here[-5])


@pytest.mark.parametrize("name", ["FloorMod", "TruncateMod", "Mod"])
def test_remainders_of_floats_are_exact(name, hard):
    x, y = ((rng.normal(size=3000) * 10.0 ** rng.integers(-20, 20, 3000)).astype(np.float32) for _ in range(2))
    special = np.array([0.0, -0.0, 1.0, -1.0, 1e-40, -3e-42, np.inf, -np.inf, np.nan, 5.5, 3.4e38], np.float32)
    x = np.concatenate([x, np.repeat(special, len(special))])
    y = np.concatenate([y, np.tile(special, len(special))])
    here, there = both(lambda x, y: getattr(R, name)(x=x, y=y), x, y)
    tiny = np.abs(here) < np.finfo(np.float32).tiny
    np.testing.assert_array_equal(there[~tiny], here[~tiny])
    # Numbers below the normal ones may be taken for 0.
    np.testing.assert_allclose(there[tiny], here[tiny], atol=1.2e-38)


def test_neighbours(hard):
    x = np.array([0.0, 1.0, -1.0, 1.5, np.inf, -2.0], np.float32)
    here, there = both(lambda x, y: R.NextAfter(x1=x, x2=y), np.repeat(x, 6), np.tile(x, 6))
    np.testing.assert_array_equal(there, here)


def test_faulty_segments(hard):
    with tf.device("/GPU:0"):
        x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
        with pytest.raises(tf.errors.InvalidArgumentError, match="segment ids are not increasing"):
            tf.math.segment_sum(x, tf.constant([1, 0]))
        sums = tf.math.segment_sum(x, tf.constant([0, 2]))
        assert "GPU:0" in sums.device and sums.numpy().tolist() == [[1, 2], [0, 0], [3, 4]]


def test_a_layer_norm_is_one_step(hard, tmp_path):
    """Of a function; its results are those of the single ops on the CPU."""
    x, scale, offset = (rng.normal(size=s).astype(np.float32) for s in ((5, 300), 300, 300))

    def norm(x, scale, offset):
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return tf.nn.batch_normalization(x, mean, variance, offset, scale, 1e-3)

    found = []
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            found.append(tf.function(norm)(*map(tf.constant, (x, scale, offset))).numpy())
    np.testing.assert_allclose(found[1], found[0], rtol=1e-5, atol=1e-6)


NARROW = ["float16", "bfloat16"]


@pytest.mark.parametrize("dtype", NARROW)
def test_long_sums_of_narrow_floats_are_wide_until_the_end(dtype, hard):
    fives = np.full([20_000], 5).astype(kind(dtype))
    tens = np.repeat([10, -10], 16_384).astype(kind(dtype))
    rows = np.repeat([[100, 1], [-100, 2]], 17_000, 0).astype(kind(dtype))
    for op, x in ((tf.reduce_mean, fives), (tf.reduce_sum, tens), (lambda x: R.BiasAddGrad(out_backprop=x), rows)):
        here, there = both(op, x)
        np.testing.assert_array_equal(there, here)


@pytest.mark.parametrize("dtype", NARROW)
def test_running_sums_of_narrow_floats_are_rounded_at_each_step(dtype, hard):
    large = np.array([60_000, 60_000, -60_000, 1] if dtype == "float16" else [3e38, 3e38, -3e38, 1]).astype(kind(dtype))
    ones, start = np.ones([3000], kind(dtype)), np.full([2], 2048).astype(kind(dtype))
    ids = np.zeros(4, np.int32)
    calls = [
        (tf.cumsum, large),
        (tf.cumsum, ones),
        (lambda x: tf.math.segment_sum(x, ids), large),
        (lambda x: tf.math.unsorted_segment_sum(x, ids, 2), large),
        (lambda x: tf.tensor_scatter_nd_add(start, np.zeros([3000, 1], np.int32), x), ones),
    ]
    for op, x in calls:
        here, there = both(op, x)
        np.testing.assert_array_equal(there, here)


@pytest.mark.parametrize("dtype", [d for d in INTEGERS if "16" in d or d.endswith("t8")])
def test_sums_of_narrow_integers_wrap_before_they_are_divided(dtype, hard):
    x = np.full([5], np.iinfo(dtype).max - 3, dtype)
    here, there = both(lambda x: tf.math.segment_mean(x, [0, 0, 0, 1, 3]), x)
    np.testing.assert_array_equal(there, here)


@pytest.mark.parametrize("dtype", NARROW)
def test_alpha_is_rounded_to_the_dtype(dtype, hard):
    x = np.linspace(-9, 9, 999).astype(kind(dtype))
    for alpha in (0.1, 0.3, 1 / 3):
        here, there = both(lambda x, alpha=alpha: tf.nn.leaky_relu(x, alpha), x)
        np.testing.assert_array_equal(there, here)
