"""The optimizers of `tf.train` against their formulas in NumPy, on every kind of variable, dense and by rows."""

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
START = np.array([[1.0, -2.0], [3.0, 0.5], [-0.25, 4.0]], np.float32)
GRADS = [np.array([[0.5, -1.0], [2.0, 0.25], [0.0, 1.5]], np.float32) * scale for scale in (1.0, -0.5, 2.0)]
ROWS = np.array([0, 2, 0])
ROW_GRADS = [np.array([[0.5, 1.0], [2.0, -1.0], [0.25, 0.5]], np.float32) * scale for scale in (1.0, -0.5, 2.0)]


def gradient_descent(w, g, s, t):
    return w - 0.1 * g


def momentum(w, g, s, t):
    s["a"] = 0.9 * s.get("a", 0) + g
    return w - 0.1 * s["a"]


def nesterov(w, g, s, t):
    s["a"] = 0.9 * s.get("a", 0) + g
    return w - 0.1 * (g + 0.9 * s["a"])


def adam(w, g, s, t):
    s["m"] = 0.9 * s.get("m", 0) + 0.1 * g
    s["v"] = 0.999 * s.get("v", 0) + 0.001 * g * g
    return w - 0.1 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * s["m"] / (np.sqrt(s["v"]) + 1e-8)


def adagrad(w, g, s, t):
    s["a"] = s.get("a", 0.1) + g * g
    return w - 0.1 * g / np.sqrt(s["a"])


def adadelta(w, g, s, t):
    s["a"] = 0.95 * s.get("a", 0) + 0.05 * g * g
    step = np.sqrt(s.get("u", 0) + 1e-6) / np.sqrt(s["a"] + 1e-6) * g
    s["u"] = 0.95 * s.get("u", 0) + 0.05 * step * step
    return w - 0.1 * step


def rmsprop(w, g, s, t):
    s["r"] = 0.9 * s.get("r", 1.0) + 0.1 * g * g
    s["m"] = 0.5 * s.get("m", 0) + 0.1 * g / np.sqrt(s["r"] + 1e-6)
    return w - s["m"]


def centered(w, g, s, t):
    s["r"] = 0.9 * s.get("r", 1.0) + 0.1 * g * g
    s["g"] = 0.9 * s.get("g", 0) + 0.1 * g
    s["m"] = 0.5 * s.get("m", 0) + 0.1 * g / np.sqrt(s["r"] - s["g"] ** 2 + 1e-6)
    return w - s["m"]


def ftrl(w, g, s, t):
    old = s.get("n", np.float32(0.1))
    new = old + g * g
    s["z"] = s.get("z", 0) + g - (np.sqrt(new) - np.sqrt(old)) / 0.1 * w
    s["n"] = new
    return np.where(np.abs(s["z"]) > 0.01, (np.sign(s["z"]) * 0.01 - s["z"]) / (np.sqrt(new) / 0.1 + 2 * 0.02), 0)


CASES = {
    "descent": (lambda: v1.train.GradientDescentOptimizer(0.1), gradient_descent),
    "momentum": (lambda: v1.train.MomentumOptimizer(0.1, 0.9), momentum),
    "nesterov": (lambda: v1.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True), nesterov),
    "adam": (lambda: v1.train.AdamOptimizer(0.1), adam),
    "adagrad": (lambda: v1.train.AdagradOptimizer(0.1), adagrad),
    "adadelta": (lambda: v1.train.AdadeltaOptimizer(0.1, epsilon=1e-6), adadelta),
    "rmsprop": (lambda: v1.train.RMSPropOptimizer(0.1, momentum=0.5, epsilon=1e-6), rmsprop),
    "centered": (lambda: v1.train.RMSPropOptimizer(0.1, momentum=0.5, epsilon=1e-6, centered=True), centered),
    "ftrl": (
        lambda: v1.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.02),
        ftrl,
    ),
}


def expected(formula, grads):
    w, slots = START.astype(np.float64), {}
    for t, g in enumerate(grads, 1):
        w = formula(w, g.astype(np.float64), slots, t)
    return w


def expected_rows(name, formula):
    """Rows without a gradient stay, with Adam they move too; gradients of equal rows add up."""
    if name == "adam":
        dense = []
        for g in ROW_GRADS:
            full = np.zeros_like(START)
            np.add.at(full, ROWS, g)
            dense.append(full)
        return expected(formula, dense)
    w = START.astype(np.float64)
    slots = {0: {}, 2: {}}
    for t, g in enumerate(ROW_GRADS, 1):
        for row in (0, 2):
            w[row] = formula(w[row], g[ROWS == row].sum(0).astype(np.float64), slots[row], t)
    return w


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("use_resource", [True, False], ids=["resource", "reference"])
@pytest.mark.parametrize("sparse", [False, True], ids=["dense", "rows"])
def test_steps_in_a_graph(name, use_resource, sparse):
    make, formula = CASES[name]
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", initializer=START, use_resource=use_resource)
        feed = v1.placeholder(tf.float32, START.shape)
        grad = tf.IndexedSlices(feed, tf.constant(ROWS), tf.constant([3, 2])) if sparse else feed
        step = make().apply_gradients([(grad, w)])
        session.run(v1.global_variables_initializer())
        for g in ROW_GRADS if sparse else GRADS:
            session.run(step, {feed: g})
        found = session.run(w)
    wanted = expected_rows(name, formula) if sparse else expected(formula, GRADS)
    np.testing.assert_allclose(found, wanted, rtol=2e-5, atol=2e-6)


@pytest.mark.parametrize("name", CASES)
def test_steps_in_eager_mode(name):
    make, formula = CASES[name]
    w = tf.Variable(START)
    optimizer = make()
    for g in GRADS:
        optimizer.apply_gradients([(tf.constant(g), w)])
    np.testing.assert_allclose(w.numpy(), expected(formula, GRADS), rtol=2e-5, atol=2e-6)


def test_names_of_slots():
    with tf.Graph().as_default() as graph:
        w = v1.get_variable("w", [2], use_resource=True)
        step = v1.get_variable("step", initializer=0, trainable=False, use_resource=True)
        loss = tf.reduce_sum(w * w)
        optimizer = v1.train.AdamOptimizer()
        operation = optimizer.minimize(loss, global_step=step)
        names = [variable.op.name for variable in v1.global_variables()]
        assert names == ["w", "step", "beta1_power", "beta2_power", "w/Adam", "w/Adam_1"]
        assert optimizer.get_slot_names() == ["m", "v"]
        assert optimizer.get_slot(w, "m").op.name == "w/Adam"
        assert optimizer.get_slot(w, "none") is None
        assert [variable.op.name for variable in optimizer.variables()] == [
            "beta1_power",
            "beta2_power",
            "w/Adam",
            "w/Adam_1",
        ]
        assert operation.name == "Adam"
        assert graph.get_collection("train_op") == [operation]
        second = v1.train.AdamOptimizer()
        second.minimize(loss)
        assert second.get_slot(w, "m").op.name == "w/Adam_2"


def test_the_global_step_is_raised_after_the_update():
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", initializer=4.0)
        step = v1.train.get_or_create_global_step()
        train = v1.train.GradientDescentOptimizer(0.25).minimize(w * w, global_step=step)
        session.run(v1.global_variables_initializer())
        for _ in range(3):
            session.run(train)
        assert session.run([w, step]) == [0.5, 3]
        assert v1.train.global_step(session, step) == 3
        assert v1.train.get_global_step() is step
        with pytest.raises(ValueError, match='"global_step" already exists.'):
            v1.train.create_global_step()


def test_minimize_of_a_function():
    w = tf.Variable(4.0)
    v1.train.GradientDescentOptimizer(0.25).minimize(lambda: w * w)
    assert w.numpy() == 2.0


def test_clipped_gradients():
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", initializer=[3.0, 4.0])
        optimizer = v1.train.GradientDescentOptimizer(1.0)
        pairs = optimizer.compute_gradients(tf.reduce_sum(w * w) / 2)
        clipped, norm = tf.clip_by_global_norm([g for g, _ in pairs], 1.0)
        train = optimizer.apply_gradients(zip(clipped, [w], strict=True))
        session.run(v1.global_variables_initializer())
        assert session.run(norm) == 5.0
        session.run(train)
        np.testing.assert_allclose(session.run(w), [2.4, 3.2], rtol=1e-6)


def test_mistakes():
    with tf.Graph().as_default():
        w = v1.get_variable("w", [2])
        with pytest.raises(ValueError, match="Must specify the optimizer name"):
            v1.train.GradientDescentOptimizer(0.1, name="")
        with pytest.raises(ValueError, match="No gradients provided for any variable"):
            v1.train.GradientDescentOptimizer(0.1).minimize(tf.constant(1.0))
        with pytest.raises(ValueError, match="No variables to optimize."):
            v1.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(w), var_list=[])
        with pytest.raises(ValueError, match="initial_accumulator_value must be positive: 0.0"):
            v1.train.AdagradOptimizer(0.1, initial_accumulator_value=0.0)
    with pytest.raises(RuntimeError, match="should be a function when eager execution is enabled"):
        v1.train.GradientDescentOptimizer(0.1).minimize(tf.constant(1.0))


def rate_at(decay, step):
    with tf.Graph().as_default(), v1.Session() as session:
        at = v1.placeholder(tf.int64, [])
        return [float(session.run(decay(at), {at: s})) for s in step]


def test_learning_rates():
    train = v1.train
    np.testing.assert_allclose(
        rate_at(lambda s: train.exponential_decay(0.5, s, 10, 0.5), [0, 5, 20]), [0.5, 0.5 * 0.5**0.5, 0.125], rtol=1e-6
    )
    np.testing.assert_allclose(
        rate_at(lambda s: train.exponential_decay(0.5, s, 10, 0.5, True), [9, 10]), [0.5, 0.25], rtol=1e-6
    )
    np.testing.assert_allclose(
        rate_at(lambda s: train.natural_exp_decay(0.5, s, 10, 0.3), [10]), [0.5 * np.exp(-0.3)], rtol=1e-6
    )
    np.testing.assert_allclose(rate_at(lambda s: train.inverse_time_decay(0.5, s, 10, 0.5), [20]), [0.25], rtol=1e-6)
    np.testing.assert_allclose(
        rate_at(lambda s: train.polynomial_decay(1.0, s, 10, 0.1, 2.0), [5, 20]), [0.9 * 0.25 + 0.1, 0.1], rtol=1e-6
    )
    np.testing.assert_allclose(
        rate_at(lambda s: train.polynomial_decay(1.0, s, 10, 0.0, cycle=True), [0, 15]), [1.0, 0.25], rtol=1e-6
    )
    np.testing.assert_allclose(
        rate_at(lambda s: train.cosine_decay(1.0, s, 10, 0.2), [0, 5, 10, 11]), [1.0, 0.6, 0.2, 0.2], atol=1e-6
    )
    np.testing.assert_allclose(
        rate_at(lambda s: train.cosine_decay_restarts(1.0, s, 10, 2.0, 0.5), [0, 5, 10, 20]),
        [1.0, 0.5, 0.5, 0.25],
        atol=1e-6,
    )
    assert rate_at(lambda s: train.piecewise_constant(s, [2, 5], [1.0, 0.5, 0.25]), [2, 3, 5, 6]) == [
        1.0,
        0.5,
        0.5,
        0.25,
    ]
    with pytest.raises(ValueError, match="The length of boundaries should be 1 less than the length of values."):
        train.piecewise_constant(1, [2], [1.0])


def test_moving_averages():
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", initializer=1.0)
        average = v1.train.ExponentialMovingAverage(0.75)
        update = average.apply([w])
        assign = v1.assign(w, 5.0)
        session.run(v1.global_variables_initializer())
        assert session.run(average.average(w)) == 1.0
        session.run(assign)
        session.run(update)
        assert session.run(average.average(w)) == 2.0
        assert average.average_name(w) == "w/ExponentialMovingAverage"
        assert list(average.variables_to_restore()) == ["w/ExponentialMovingAverage"]


def test_a_step_counter_beside_an_iterator_is_read_after_its_update():
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.get_variable("x", [], initializer=v1.ones_initializer(), use_resource=False)
        step = v1.Variable(0, trainable=False, use_resource=False)
        number = v1.data.make_one_shot_iterator(tf.data.Dataset.from_tensors(1.0).repeat()).get_next()
        train = v1.train.AdamOptimizer(0.1).minimize(x * x * number, global_step=step)
        session.run(v1.global_variables_initializer())
        assert [int(session.run([train, step])[1]) for _ in range(3)] == [1, 2, 3]
