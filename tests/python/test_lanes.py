"""Independent steps that run at once: where that happens, the same bits as step by step, errors and threads."""

import threading

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
N = 80


@pytest.fixture(autouse=True)
def threads():
    """Four threads, whatever the machine has; afterwards the number is what it was."""
    before = tf.config.threading.get_intra_op_parallelism_threads()
    tf.config.threading.set_intra_op_parallelism_threads(4)
    yield tf.config.threading.set_intra_op_parallelism_threads
    tf.config.threading.set_intra_op_parallelism_threads(before)


def session(graph, optimize=True):
    config = v1.ConfigProto()
    if not optimize:
        config.graph_options.optimizer_options.opt_level = -1
    return v1.Session(graph=graph, config=config)


def bits(values):
    return [(np.asarray(x).dtype, np.asarray(x).shape, np.asarray(x).tobytes()) for x in values]


def matrix(random, n=N):
    return (random.normal(size=(n, n)) / np.sqrt(n)).astype(np.float32)


def random_graph(seed):
    """A graph of products, views, reductions and elementwise steps in random order, and what to fetch of it."""
    random = np.random.default_rng(seed)
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [N, N])
        weights = [v1.get_variable(f"w{i}", initializer=matrix(random), use_resource=True) for i in range(4)]
        known = [x, tf.constant(matrix(random))]
        for _ in range(int(random.integers(20, 90))):
            recent = known[-int(random.integers(2, 14)) :]
            a, b = (recent[random.integers(len(recent))] for _ in range(2))
            kind = random.integers(9)
            if kind < 3:
                made = tf.matmul(a, weights[random.integers(4)] if kind else b)
            elif kind == 3:
                made = tf.transpose(tf.tanh(a))
            elif kind == 4:
                made = tf.reshape(tf.reshape(a, [N // 2, 2 * N]), [N, N]) * 0.5
            elif kind == 5:
                made = tf.concat([a[: N // 3], b[N // 3 :]], 0)
            elif kind == 6:
                made = a - tf.reduce_mean(b, 1, keepdims=True)
            elif kind == 7:
                made = tf.split(tf.matmul(a, b, transpose_a=True), 2, 1)[0][0, :1] + a
            else:
                made = tf.nn.softmax(a + b)
            known.append(made)
        fetches = [known[i] for i in sorted(set(random.integers(2, len(known), 4)) | {len(known) - 1})]
    return graph, x, fetches, matrix(random)


def towers(wide, deep, weights):
    """A stem, `wide` independent towers of `deep` small products, and what joins them."""
    x = v1.placeholder(tf.float32, [N, N])
    stem = tf.matmul(x, weights[0])
    outs = []
    for i in range(wide):
        h = stem
        for j in range(deep):
            h = tf.tanh(tf.matmul(h, weights[(i + j) % len(weights)]))
        outs.append(h)
    return x, tf.add_n(outs)


def found(graph, fetches, feeds):
    """The numbers of lanes of a program's sections."""
    with session(graph) as s:
        s.run(v1.global_variables_initializer()) if graph.get_collection(v1.GraphKeys.GLOBAL_VARIABLES) else None
        return s._inspect(fetches, feeds)["lanes"]


def test_random_graphs_have_the_bits_of_single_steps(threads):
    wide = 0
    for seed in range(60):
        graph, x, fetches, fed = random_graph(seed)
        with graph.as_default():
            start = v1.global_variables_initializer()
        with session(graph, optimize=False) as plain:
            plain.run(start)
            want = bits(plain.run(fetches, {x: fed}))
            assert plain._inspect(fetches, {x: fed})["lanes"] == []
        for count in (1, 2, 8):
            threads(count)
            with session(graph) as s:
                s.run(start)
                # The second run is in the frame of the first.
                for _ in range(2):
                    assert bits(s.run(fetches, {x: fed})) == want, f"seed {seed}, {count} threads"
                lanes = s._inspect(fetches, {x: fed})["lanes"]
                assert count > 1 or not lanes
                wide += bool(lanes)
    assert wide > 60


def test_towers_are_lanes_and_chains_are_not():
    random = np.random.default_rng(0)
    weights = [matrix(random) for _ in range(3)]
    with tf.Graph().as_default() as graph:
        x, y = towers(8, 4, weights)
        chain = x
        for _ in range(60):
            chain = tf.tanh(tf.matmul(chain, weights[1]))
    fed = {x: matrix(random)}
    assert found(graph, y, fed) == [8]
    assert found(graph, chain, fed) == []


def test_towers_of_variables_in_functions_loops_and_branches():
    random = np.random.default_rng(1)
    weights = [tf.Variable(matrix(random)) for _ in range(3)]
    x = matrix(random)

    def body(x):
        outs = []
        for i in range(4):
            h = x
            for w in weights:
                h = tf.tanh(h @ (w if i % 2 else tf.transpose(w)))
            outs.append(h)
        return tf.add_n(outs) / 4.0

    want = tf.constant(x)
    for _ in range(5):
        want = body(want)

    @tf.function
    def loop(x):
        for _ in tf.range(5):
            x = body(x)
        return x

    @tf.function
    def branch(x, yes):
        return tf.cond(yes, lambda: body(body(body(body(body(x))))), lambda: x)

    for _ in range(3):
        np.testing.assert_allclose(loop(tf.constant(x)), want, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(branch(tf.constant(x), tf.constant(True)), want, rtol=1e-4, atol=1e-5)


def test_reads_of_state_keep_their_place_between_writes():
    random = np.random.default_rng(2)
    with tf.Graph().as_default() as graph:
        w = v1.get_variable("w", initializer=matrix(random), use_resource=True)
        x = v1.placeholder(tf.float32, [N, N])

        def wide():
            outs = []
            for i in range(6):
                h = x * (i + 1.0)
                for _ in range(4):
                    h = tf.tanh(tf.matmul(h, w.read_value()))
                outs.append(h)
            return tf.add_n(outs)

        before = wide()
        with tf.control_dependencies([before]):
            update = w.assign(w * -1.0)
        with tf.control_dependencies([update]):
            after = wide()
        start = v1.global_variables_initializer()
    fed = {x: matrix(random)}
    with session(graph) as s, session(graph, optimize=False) as plain:
        s.run(start), plain.run(start)
        for _ in range(3):
            assert bits(s.run([before, after], fed)) == bits(plain.run([before, after], fed))


def test_an_error_in_a_lane_names_its_op_and_the_session_goes_on():
    random = np.random.default_rng(3)
    weights = [matrix(random) for _ in range(3)]
    with tf.Graph().as_default() as graph:
        x, y = towers(6, 4, weights)
        i = v1.placeholder(tf.int32, [2])
        bad = tf.gather(tf.matmul(tf.matmul(x, weights[0]), weights[1]), i, name="picked")
        total = tf.reduce_sum(y) + tf.reduce_sum(bad)
    with session(graph) as s:
        fed = matrix(random)
        want = s.run(total, {x: fed, i: [0, 1]})
        with pytest.raises(tf.errors.InvalidArgumentError, match="indices") as caught:
            s.run(total, {x: fed, i: [0, N]})
        assert any("picked" in note for note in caught.value.__notes__)
        assert s.run(total, {x: fed, i: [0, 1]}) == want


def test_threads_that_run_one_session_get_their_own_results():
    random = np.random.default_rng(4)
    with tf.Graph().as_default() as graph:
        x, y = towers(8, 4, [matrix(random) for _ in range(3)])
    feeds = [matrix(random) for _ in range(4)]
    with session(graph) as s:
        want, faults = [s.run(y, {x: f}) for f in feeds], []

        def work(number):
            for _ in range(200):
                if not np.array_equal(s.run(y, {x: feeds[number]}), want[number]):
                    faults.append(number)

        workers = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for w in workers:
            w.start()
        for w in workers:
            w.join()
    assert not faults
