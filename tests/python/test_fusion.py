"""Regions of elementwise steps that run as one: which there are, and the same bits as step by step."""

import numpy as np
import pytest
from random_graphs import RandomGraph

import ferroflow as tf

v1 = tf.compat.v1


def session(graph, optimize=True):
    config = v1.ConfigProto()
    if not optimize:
        config.graph_options.optimizer_options.opt_level = -1
    return v1.Session(graph=graph, config=config)


def bits(values):
    return [(np.asarray(x).shape, np.asarray(x).dtype, np.asarray(x).tobytes()) for x in values]


@pytest.fixture
def threads():
    """Sets the number of threads; afterwards it is what it was."""
    before = tf.config.threading.get_intra_op_parallelism_threads()
    yield tf.config.threading.set_intra_op_parallelism_threads
    tf.config.threading.set_intra_op_parallelism_threads(before)


@pytest.mark.parametrize("block", range(12))
def test_random_graphs_have_the_bits_of_single_steps_on_any_number_of_threads(block, threads):
    for seed in range(25 * block, 25 * block + 25):
        drawn = RandomGraph(seed)
        plain = bits(session(drawn.graph, optimize=False).run(drawn.fetches, drawn.feeds))
        for count in (1, 2, 8):
            threads(count)
            assert bits(session(drawn.graph).run(drawn.fetches, drawn.feeds)) == plain, f"seed {seed}, {count} threads"


def test_random_graphs_do_have_regions():
    found = 0
    for seed in range(40):
        drawn = RandomGraph(seed)
        found += bool(session(drawn.graph)._inspect(drawn.fetches, drawn.feeds)["regions"])
    assert found > 20


def fused(program, *arrays):
    """The regions of a program of placeholders; its values are those of single steps."""
    with tf.Graph().as_default() as graph:
        fed = [v1.placeholder(x.dtype) for x in arrays]
        fetches = program(*fed)
    feeds = dict(zip(fed, arrays))
    with session(graph) as run, session(graph, optimize=False) as plain:
        assert bits(run.run(fetches, feeds)) == bits(plain.run(fetches, feeds))
        assert plain._inspect(fetches, feeds)["regions"] == []
        return run._inspect(fetches, feeds)["regions"]


X = np.linspace(-4, 4, 120 * 80, dtype=np.float32).reshape(120, 80)


def test_a_chain_is_one_region():
    assert fused(lambda x: [tf.tanh(x * 2.0 + 1.0)], X) == ["Mul+AddV2+Tanh"]


def test_rows_and_columns_broadcast_within_a_region():
    regions = fused(lambda x, row, column: [tf.nn.relu((x + row) * column)], X, X[0], X[:, :1])
    assert regions == ["AddV2+Mul+Relu"]


def test_a_layer_norm_written_out_is_one_region():
    def norm(x):
        centred = x - tf.reduce_mean(x, -1, keepdims=True)
        return [centred * tf.math.rsqrt(tf.reduce_mean(tf.square(centred), -1, keepdims=True) + 1e-5)]

    assert fused(norm, X) == ["Mean+Sub+Square+Mean+AddV2+Rsqrt+Mul"]


def test_a_softmax_written_out_is_one_region():
    def softmax(x):
        e = tf.exp(x - tf.reduce_max(x, -1, keepdims=True))
        return [e / tf.reduce_sum(e, -1, keepdims=True)]

    assert fused(softmax, X) == ["Max+Sub+Exp+Sum+RealDiv"]


def test_a_few_tiny_steps_stay_apart():
    assert fused(lambda x: [tf.tanh(x * 2.0 + 1.0)], X[:2]) == []
    assert len(fused(lambda x: [tf.tanh(x * 2.0 + 1.0) * x - tf.exp(x) * x], X[:2])) == 1


def test_a_value_that_others_read_is_a_further_result():
    def program(x):
        y = tf.exp(x)
        return [y, tf.matmul(y, x, transpose_b=True), tf.square(y) + 1.0]

    assert fused(program, X) == ["Exp+Square+AddV2"]


def test_casts_comparisons_and_choices_are_parts_of_regions():
    def program(x):
        return [tf.where(x > 0.5, tf.cast(tf.cast(x, tf.int32), tf.float32), -x)]

    assert fused(program, X) == ["Greater+Cast+Cast+Neg+SelectV2"]


def test_a_step_does_not_join_before_its_operands_are_ready():
    def program(x):
        y = tf.exp(x)
        product = tf.matmul(y, x, transpose_b=True)
        return [tf.square(y) + tf.reduce_sum(product), y * tf.reduce_max(product) + 1.0]

    assert len(fused(program, X)) == 2


def test_division_by_zero_still_names_its_op():
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.int32, [2])
        y = tf.negative(tf.math.floordiv(x * 2, x, name="quotient") + 1)
    with (
        session(graph) as run,
        pytest.raises(tf.errors.InvalidArgumentError, match="Integer division by zero") as error,
    ):
        run.run(y, {x: [1, 0]})
    assert "FloorDiv 'quotient'" in error.value.__notes__[0]


def test_bodies_of_loops_have_regions(threads):
    @tf.function
    def loop(x):
        for _ in tf.range(10):
            x = tf.tanh(x * 0.5 + 1.0) - x
        return x

    x = np.linspace(-1, 1, 5000, dtype=np.float32)
    want = x
    for _ in range(10):
        want = (tf.tanh(tf.constant(want) * 0.5 + 1.0) - want).numpy()
    np.testing.assert_array_equal(loop(tf.constant(x)).numpy(), want)


def test_shapes_may_change_from_run_to_run():
    with tf.Graph().as_default() as graph:
        x, y = v1.placeholder(tf.float32), v1.placeholder(tf.float32)
        z = tf.exp(x) * y + 1.0
    with session(graph) as run, session(graph, optimize=False) as plain:
        for a, b in [
            ((3, 4), (4,)),
            ((3, 4), (3, 1)),
            ((), ()),
            ((3, 4), ()),
            ((2, 3, 4), (3, 1)),
            ((0, 4), (4,)),
            ((1, 4), (3, 1)),
        ] * 3:
            feeds = {x: np.random.default_rng(1).random(a), y: np.random.default_rng(2).random(b)}
            assert bits([run.run(z, feeds)]) == bits([plain.run(z, feeds)])


def both_ways(x, y):
    """A region whose first output could lie where `x` does, which is also read through a view."""
    a = tf.tanh(y) * 2.0
    t = (a - tf.reduce_mean(x, 1, keepdims=True)) - tf.reduce_mean(a, 1, keepdims=True)
    u = tf.reshape(tf.reshape(x, [80, 320]), [160, 160]) * 0.5
    return tf.linalg.matmul(a, tf.linalg.matmul(t + u, u))


@pytest.mark.parametrize(
    "program",
    [
        both_ways,
        lambda x, y: tf.linalg.matmul(y + x, (y + x) * tf.reshape(tf.reshape(x, [80, 320]), [160, 160])),
        lambda x, y: tf.linalg.matmul(
            tf.tanh(x), tf.tanh(x) - y + tf.reshape(tf.reshape(x, [80, 320]), [160, 160]) * 0.5
        ),
        lambda x, y: tf.linalg.matmul(x - tf.reduce_mean(x, 1, keepdims=True), y * tf.exp(x[3])),
        lambda x, y: x + tf.reshape(x[:1], [1, 160]),
    ],
)
def test_a_step_does_not_write_over_what_it_also_reads_through_a_view(program):
    x = np.random.default_rng(0).normal(size=(160, 160)).astype(np.float32)
    want = tf.linalg.matmul(program(tf.linalg.matmul(x, x), tf.constant(x)), x)
    with tf.Graph().as_default() as graph:
        fed = v1.placeholder(tf.float32, [160, 160])
        y = tf.linalg.matmul(program(tf.linalg.matmul(fed, fed), fed), fed)
    for optimize in (True, False):
        assert bits([session(graph, optimize).run(y, {fed: x})]) == bits([want])


@pytest.mark.parametrize("kind", ["target", "control edge"])
def test_a_fused_product_that_only_runs_is_not_forgotten(kind):
    """Its operands may have effects."""
    seen = []
    with tf.Graph().as_default() as graph:
        x = v1.py_func(lambda x: seen.append(1) or x, [tf.ones([2, 3])], tf.float32)
        x.set_shape([2, 3])
        y = tf.nn.relu(tf.matmul(x, tf.ones([3, 4])) + tf.ones([4]))
        with tf.control_dependencies([y]):
            z = tf.identity(2.0)
    with session(graph) as run:
        run.run(y.op if kind == "target" else z)
    assert seen == [1]
