"""Patterns of ops that programs run as one: which there are, what breaks them, and the same bits as op by op."""

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
SPECIAL = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-40, -1e-38, 3e38, -1e30, 1.0, -1.0]


def numbers(*shape, dtype=np.float32):
    """Numbers of many sizes, special ones first."""
    random = np.random.default_rng(sum(shape))
    x = (random.standard_normal(shape) * 10.0 ** random.integers(-3, 2, shape)).astype(dtype)
    x.flat[: min(x.size, len(SPECIAL))] = np.array(SPECIAL, dtype)[: x.size]
    return x


def ran(program, *arrays, optimize=True):
    """Values of a program of placeholders, and the ops that it runs."""
    with tf.Graph().as_default() as graph:
        fed = [v1.placeholder(x.dtype, x.shape) for x in arrays]
        fetches = tf.nest.flatten(program(*fed))
    config = v1.ConfigProto()
    if not optimize:
        config.graph_options.optimizer_options.opt_level = -1
    with v1.Session(graph=graph, config=config) as run:
        feeds = dict(zip(fed, arrays))
        return run.run(fetches, feeds), run._inspect(fetches, feeds)["steps"]


def same(program, *arrays):
    """The ops of an optimised program, whose values are those of single ops, the sign of NaN apart."""
    (got, names), (want, plain) = ran(program, *arrays), ran(program, *arrays, optimize=False)
    assert not any(name.startswith("_") for name in plain)
    for a, b in zip(got, want, strict=True):
        assert a.dtype == b.dtype and a.shape == b.shape
        np.testing.assert_array_equal(np.isnan(a), np.isnan(b))
        known = ~np.isnan(a)
        assert a[known].tobytes() == b[known].tobytes()
    return names


def gelu_tanh(x):
    """The second form with products for the cube, in another order of operands."""
    return (1.0 + tf.tanh((0.044715 * (x * x * x) + x) * 0.7978845608028654)) * (0.5 * x)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (1,), (3,), (31,), (257,), (513,), (0,), (1000, 1031)])
def test_gelu_in_both_forms_is_one_op_with_the_same_bits(shape, dtype):
    x = numbers(*shape, dtype=dtype)
    assert "_Gelu" in same(tf.nn.gelu, x)
    assert "_GeluTanh" in same(gelu_tanh, x)


def test_gelu_follows_a_product_in_one_step():
    x, w, b = numbers(31, 17)[2:], numbers(17, 33), numbers(33)
    names = same(lambda x, w, b: tf.nn.gelu(tf.matmul(x, w) + b), x, w, b)
    assert "_FusedMatMul" in names and "Erf" not in names


def test_gelu_with_other_numbers_or_other_readers_stays_apart():
    x = numbers(4000)

    def two_readers(x):
        e = tf.math.erf(x / 1.4142135623730951)
        return x * 0.5 * (e + 1.0), e

    def with_number(x):
        return x * 0.5 * (tf.math.erf(x / 1.4) + 1.0)

    def with_another_operand(x):
        return (x + 1.0) * 0.5 * (tf.math.erf(x / 2**0.5) + 1.0)

    for program in (two_readers, with_number, with_another_operand):
        assert "_Gelu" not in same(program, x)
    assert "_Gelu" not in same(tf.nn.gelu, np.clip(numbers(4000), -100, 100).astype(np.float16))


def test_squares_are_exact_and_cubes_within_one_and_a_half_units():
    x = np.float32(np.random.default_rng(3).standard_normal(10_000))
    got = ran(lambda x: [x**2.0, x**3.0, x**2.5], x)[0]
    assert (got[0] == x * x).all()
    assert (np.abs(got[1] - x.astype(np.float64) ** 3) <= 1.5 * np.spacing(np.abs(got[1]))).all()
    np.testing.assert_array_equal(got[2], ran(lambda x: x**2.5, x, optimize=False)[0][0])
    special = ran(lambda x: [x**2.0, x**3.0], np.float32(SPECIAL))[0]
    plain = ran(lambda x: [x**2.0, x**3.0], np.float32(SPECIAL), optimize=False)[0]
    np.testing.assert_array_equal(special, plain)


def test_gradients_of_patterns_are_those_of_single_ops():
    x = np.float32(np.random.default_rng(5).standard_normal((40, 33)))
    same(lambda x: tf.gradients(tf.nn.gelu(x), x), x)
    same(lambda x: tf.gradients(gelu_tanh(x), x), x)


def test_what_waits_for_the_end_of_a_pattern_still_does():
    with tf.Graph().as_default() as graph:
        count = v1.get_variable("count", initializer=0.0)
        with tf.control_dependencies([v1.assign_add(count, 1.0)]):
            x = tf.identity(tf.constant([1.0, 2.0]))
        y = tf.nn.gelu(x)
        with tf.control_dependencies([y, x**3.0]):
            late = tf.identity(count)
        start = v1.global_variables_initializer()
    with v1.Session(graph=graph) as run:
        run.run(start)
        assert run.run(late) == 1.0
        run.run(y.op)
        assert run.run(late) == 3.0


@pytest.mark.parametrize("count", [2, 3, 7, 8, 9, 10, 16, 17, 33])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_sum_of_products_adds_each_when_it_is_there_with_the_bits_of_add_n(count, dtype):
    x, y = numbers(count, 3, 31, dtype=dtype), numbers(count, 3, 17, dtype=dtype)

    def program(x, y):
        return tf.add_n([tf.matmul(a, b, transpose_a=True) for a, b in zip(tf.unstack(x), tf.unstack(y))])

    names = same(program, x, y)
    assert "AddN" not in names and names.count("_FusedMatMul") + names.count("MatMul") == count


def test_a_sum_of_products_of_other_readers_or_with_other_parts_stays():
    x, y = numbers(31, 17), numbers(17, 5)

    def fetched(x, y):
        products = [tf.matmul(x, y), tf.matmul(x + 1.0, y)]
        return tf.add_n(products), products[0]

    assert "AddN" in same(fetched, x, y)
    names = same(lambda x, y: tf.add_n([tf.matmul(x, y), tf.reverse(tf.matmul(x, y) + 1.0, [0])]), x, y)
    assert names.count("AddN") == 1


def test_gradients_of_shared_weights_need_the_memory_of_a_few_products():
    x, w = numbers(32, 8, 64)[:, 2:], numbers(64, 64)

    def program(x, w):
        h = x[0]
        for _ in range(32):
            h = tf.tanh(tf.matmul(h, w))
        return tf.gradients(h, [w])

    same(program, x, w)
    with tf.Graph().as_default() as graph, v1.Session() as run:
        fed = [v1.placeholder(a.dtype, a.shape) for a in (x, w)]
        plan = run._inspect(program(*fed), dict(zip(fed, (x, w))))
    assert plan["arena_bytes"] < 32 * w.nbytes / 4, graph


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "shape, adjoint",
    [((3, 5, 31), False), ((2, 3, 1, 31), False), ((1, 1, 31), False), ((0, 5, 31), False), ((4, 0, 31), False)]
    + [((3, 5, 31), True), ((2, 1, 7, 31), True), ((7, 33, 31), True), ((0, 5, 31), True)],
)
def test_a_stack_times_a_matrix_is_one_product_with_what_follows(shape, dtype, adjoint):
    x, w, b = (
        numbers(*shape, dtype=dtype),
        numbers(*(17, 31) if adjoint else (31, 17), dtype=dtype),
        numbers(17, dtype=dtype),
    )
    other = numbers(*shape[:-1], 17, dtype=dtype)

    def product(x, w):
        return tf.raw_ops.BatchMatMulV2(x=x, y=w, adj_y=adjoint)

    assert same(product, x, w) == ["_FusedBatchMatMulV2"]
    assert same(lambda x, w, b: tf.nn.relu(product(x, w) + b), x, w, b) == ["_FusedBatchMatMulV2"]
    assert same(lambda x, w, b, o: tf.tanh(product(x, w) + b + o), x, w, b, other) == ["_FusedBatchMatMulV2"]


def test_stacks_of_matrices_on_both_sides_and_transposed_ones_stay():
    x, y, w = numbers(3, 5, 31), numbers(3, 31, 7), numbers(5, 7)
    rows = numbers(3, 1, 31)  # each is summed up in another order than several
    assert same(lambda x, w: tf.raw_ops.BatchMatMulV2(x=x, y=w, adj_y=True), rows, numbers(7, 31)) == ["BatchMatMulV2"]
    assert same(tf.matmul, x, y) == ["BatchMatMulV2"]
    assert same(lambda x, w: tf.raw_ops.BatchMatMulV2(x=x, y=w, adj_x=True), x, w) == ["BatchMatMulV2"]
    with pytest.raises(tf.errors.InvalidArgumentError, match="Matrix size-incompatible|Dimensions must be equal"):
        tf.matmul(numbers(3, 5, 31), numbers(30, 4))


@pytest.mark.parametrize("adjoint", [False, True])
def test_the_gradient_of_a_matrix_that_a_stack_is_multiplied_by(adjoint):
    random = np.random.default_rng(1)
    x, w = random.random((4, 5, 6)), random.random((3, 6) if adjoint else (6, 3))
    weights = tf.constant(random.random((4, 5, 3)))
    with tf.GradientTape(persistent=True) as tape:
        a, b = tf.constant(x), tf.constant(w)
        tape.watch([a, b])
        y = tf.reduce_sum(weights * tf.raw_ops.BatchMatMulV2(x=a, y=b, adj_y=adjoint))
    dx, dw = tape.gradient(y, [a, b])
    want = np.einsum("bik,bij->kj", x, weights)
    np.testing.assert_allclose(dw, want.T if adjoint else want, rtol=1e-12)
    np.testing.assert_allclose(dx, np.asarray(weights) @ (w if adjoint else w.T), rtol=1e-12)


def layer_norm(x, scale, offset):
    """The last axis with mean 0 and variance 1, as TensorFlow's functions write it."""
    mean, variance = tf.nn.moments(x, [-1], keepdims=True)
    return tf.nn.batch_normalization(x, mean, variance, offset, scale, 1e-3)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (5, 31), (2, 3, 257), (513, 7), (0, 4), (3000, 1031)])
def test_layer_norm_is_one_op_with_the_same_bits(shape, dtype):
    x, scale, offset = (numbers(*s, dtype=dtype) for s in (shape, shape[-1:], shape[-1:]))
    exact = lambda *a: layer_norm(*a) if dtype == np.float32 else layer_norm_with(2.0**-10)(*a)  # noqa: E731
    assert "_FusedLayerNorm" in same(exact, x, scale, offset)


def layer_norm_with(epsilon, axis=-1):
    """Another epsilon or axis, operands the other way round, and the moments as results."""

    def program(x, scale, offset):
        mean = tf.reduce_mean(x, axis, keepdims=True)
        variance = tf.reduce_mean(tf.math.squared_difference(x, mean), axis, keepdims=True)
        factor = scale * tf.math.rsqrt(epsilon + variance)
        return (offset - factor * mean) + factor * x

    return program


def test_layer_norm_with_other_readers_of_its_parts():
    x, scale, offset = numbers(300, 40), numbers(40), numbers(40)

    def with_moments(x, scale, offset):
        mean = tf.reduce_mean(x, 1, keepdims=True)
        variance = tf.reduce_mean(tf.math.squared_difference(x, mean), 1, keepdims=True)
        factor = tf.math.rsqrt(variance + 0.25) * scale
        y = x * factor + (offset - mean * factor)
        return y, y * mean + variance, tf.exp(factor) - y

    def read_before(x, scale, offset):
        mean = tf.reduce_mean(x, 1, keepdims=True)
        early = tf.sqrt(tf.abs(mean))
        variance = tf.reduce_mean(tf.math.squared_difference(x, mean), 1, keepdims=True)
        factor = tf.math.rsqrt(variance + 0.25) * scale * 1.0
        return x * factor + (offset * early - mean * factor), early

    assert "_FusedLayerNorm" in same(with_moments, x, scale, offset)
    same(read_before, x, scale, offset)
    assert "_FusedLayerNorm" in same(layer_norm_with(0.5), x, scale, offset)
    assert "_FusedLayerNorm" not in same(layer_norm_with(0.5, 0), x, scale, offset)
    assert "_FusedLayerNorm" not in same(layer_norm_with(0.5, [0, 1]), x, scale, offset)
    same(lambda *a: tf.gradients(layer_norm(*a), a), *(np.clip(v, -9, 9) for v in (x, scale, offset)))


def test_layer_norms_one_after_another():
    x, scale, offset = numbers(64, 96)[1:], numbers(96), numbers(96)

    def program(x, scale, offset):
        for _ in range(3):
            x = tf.nn.relu(layer_norm(x, scale, offset)) + x
        return x

    assert same(program, x, scale, offset).count("_FusedLayerNorm") == 3
