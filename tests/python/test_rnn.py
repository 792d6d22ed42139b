"""Cells of recurrent networks compute their published formulas, under TensorFlow's variable names, in loops and in lists."""

import numpy as np
import pytest

import ferroflow as tf
import ferroflow.compat.v1 as v1

cells = v1.nn.rnn_cell
X = np.random.RandomState(1).randn(3, 4, 5).astype(np.float32)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def basic(w, x, h):
    h = np.tanh(np.concatenate([x, h], 1) @ w["kernel"] + w["bias"])
    return h, h


def gru(w, x, h):
    r, u = np.split(sigmoid(np.concatenate([x, h], 1) @ w["gates/kernel"] + w["gates/bias"]), 2, 1)
    c = np.tanh(np.concatenate([x, r * h], 1) @ w["candidate/kernel"] + w["candidate/bias"])
    h = u * h + (1 - u) * c
    return h, h


def lstm(w, x, state, peepholes=False, clip=None, bias=1.0):
    c, h = state
    i, j, f, o = np.split(np.concatenate([x, h], 1) @ w["kernel"] + w["bias"], 4, 1)
    f = f + bias
    if peepholes:
        f, i = f + w["w_f_diag"] * c, i + w["w_i_diag"] * c
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(j)
    if clip:
        c = np.clip(c, -clip, clip)
    if peepholes:
        o = o + w["w_o_diag"] * c
    h = sigmoid(o) * np.tanh(c)
    if "projection/kernel" in w:
        h = h @ w["projection/kernel"]
    return h, (c, h)


KINDS = {
    "basic_rnn_cell": (lambda: cells.BasicRNNCell(6), basic, ["kernel", "bias"]),
    "gru_cell": (lambda: cells.GRUCell(6), gru, ["gates/kernel", "gates/bias", "candidate/kernel", "candidate/bias"]),
    "basic_lstm_cell": (lambda: cells.BasicLSTMCell(6), lstm, ["kernel", "bias"]),
    "lstm_cell": (
        lambda: cells.LSTMCell(6, use_peepholes=True, cell_clip=0.5, num_proj=2),
        lambda w, x, s: lstm(w, x, s, True, 0.5),
        ["kernel", "bias", "w_f_diag", "w_i_diag", "w_o_diag", "projection/kernel"],
    ),
}


def run(build, feeds=None):
    """What `build` makes, run with random variables; and these by name."""
    with v1.Graph().as_default() as graph, v1.Session() as session:
        v1.set_random_seed(3)
        with v1.variable_scope("", initializer=v1.random_normal_initializer(stddev=0.7)):
            made = build()
        session.run(v1.global_variables_initializer())
        variables = {v.op.name: session.run(v) for v in v1.global_variables()}
        return session.run(made, feeds), variables, graph


def by_formula(formula, weights, state, lengths=(4, 4, 4)):
    """Outputs [batch, time, units] and the last state."""
    outputs = []
    for t in range(X.shape[1]):
        y, new = formula(weights, X[:, t], state)
        over = np.array([t >= n for n in lengths])[:, None]
        outputs.append(np.where(over, 0, y))
        state = (
            tuple(np.where(over, a, b) for a, b in zip(state, new))
            if isinstance(new, tuple)
            else np.where(over, state, new)
        )
    return np.stack(outputs, 1), state


def zeros(kind):
    if kind == "lstm_cell":
        return np.zeros((3, 6)), np.zeros((3, 2))
    return (np.zeros((3, 6)),) * 2 if kind == "basic_lstm_cell" else np.zeros((3, 6))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["dynamic", "of unknown sizes", "static", "time major"])
@pytest.mark.parametrize("lengths", [None, (1, 4, 0)], ids=["whole", "cut"])
def test_cells_compute_their_formulas(kind, form, lengths):
    make, formula, names = KINDS[kind]

    def build():
        options = {"dtype": tf.float32, "sequence_length": lengths}
        if form == "static":
            outputs, state = v1.nn.static_rnn(make(), [X[:, t] for t in range(4)], **options)
            return tf.stack(outputs, 1), state
        if form == "time major":
            outputs, state = v1.nn.dynamic_rnn(make(), X.transpose(1, 0, 2), time_major=True, **options)
            return tf.transpose(outputs, [1, 0, 2]), state
        x = v1.placeholder_with_default(X, [None, None, 5] if form == "of unknown sizes" else X.shape)
        return v1.nn.dynamic_rnn(make(), x, **options)

    (outputs, state), variables, _ = run(build)
    assert list(variables) == [f"rnn/{kind}/{name}" for name in names]
    weights = {name.removeprefix(f"rnn/{kind}/"): value for name, value in variables.items()}
    want, last = by_formula(formula, weights, zeros(kind), lengths or (4, 4, 4))
    np.testing.assert_allclose(outputs, want, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(
        np.concatenate(np.atleast_3d(state), None), np.concatenate(np.atleast_3d(last), None), rtol=1e-5, atol=1e-6
    ) if not isinstance(last, tuple) else [
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6) for a, b in zip(state, last)
    ]


def test_layers_residues_and_joined_states():
    def build():
        layers = [cells.ResidualWrapper(cells.BasicRNNCell(5)), cells.BasicLSTMCell(3, state_is_tuple=False)]
        return v1.nn.dynamic_rnn(cells.MultiRNNCell(layers), X, dtype=tf.float32)

    (outputs, state), variables, _ = run(build)
    prefix = "rnn/multi_rnn_cell"
    names = [f"{prefix}/cell_0/basic_rnn_cell/{n}" for n in ("kernel", "bias")]
    assert list(variables) == names + [f"{prefix}/cell_1/basic_lstm_cell/{n}" for n in ("kernel", "bias")]
    w = [
        {n: variables[f"{prefix}/cell_{i}/{k}/{n}"] for n in ("kernel", "bias")}
        for i, k in enumerate(("basic_rnn_cell", "basic_lstm_cell"))
    ]
    h, joined = np.zeros((3, 5)), (np.zeros((3, 3)), np.zeros((3, 3)))
    for t in range(4):
        y, h = basic(w[0], X[:, t], h)
        z, joined = lstm(w[1], y + X[:, t], joined)
        np.testing.assert_allclose(outputs[:, t], z, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(state[1], np.concatenate(joined, 1), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("lengths", [None, [2, 4, 0]])
def test_two_ways(lengths):
    def build():
        made = []
        for static in (False, True):
            with v1.variable_scope("both", reuse=static or None):
                there, back = cells.GRUCell(2), cells.GRUCell(2)
                if static:
                    outputs, *states = v1.nn.static_bidirectional_rnn(
                        there, back, tf.unstack(X, axis=1), dtype=tf.float32, sequence_length=lengths
                    )
                    made.append([tf.stack(outputs, 1), *states])
                else:
                    (ahead, behind), states = v1.nn.bidirectional_dynamic_rnn(there, back, X, lengths, dtype=tf.float32)
                    made.append([tf.concat([ahead, behind], 2), *states])
        return made

    (dynamic, static), variables, _ = run(build)
    assert "both/bidirectional_rnn/fw/gru_cell/gates/kernel" in variables and len(variables) == 8
    for one, other in zip(dynamic, static):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)
    weights = {n.partition("bw/gru_cell/")[2]: v for n, v in variables.items() if "/bw/" in n}
    h = np.zeros((1, 2))
    for t in reversed(range(4 if lengths is None else 2)):
        h = gru(weights, X[:1, t], h)[0]
    np.testing.assert_allclose(dynamic[2][:1], h, rtol=1e-5, atol=1e-6)


def test_gradients_reach_variables_and_inputs():
    def build():
        x = tf.constant(X)
        outputs, _ = v1.nn.dynamic_rnn(cells.LSTMCell(3), x, [4, 2, 1], dtype=tf.float32)
        steps, _ = v1.nn.static_rnn(
            cells.LSTMCell(3, reuse=True), tf.unstack(x, axis=1), dtype=tf.float32, sequence_length=[4, 2, 1]
        )
        targets = [x, *v1.trainable_variables()]
        return v1.gradients(tf.reduce_sum(outputs**2), targets), v1.gradients(
            tf.reduce_sum(tf.stack(steps) ** 2), targets
        )

    (dynamic, static), _, _ = run(build)
    for one, other in zip(dynamic, static):
        assert np.abs(one).sum() > 0
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_dropout():
    def build():
        cell = cells.DropoutWrapper(cells.BasicLSTMCell(50), output_keep_prob=0.5, state_keep_prob=0.5, seed=1)
        same = cells.DropoutWrapper(
            cells.BasicRNNCell(50), output_keep_prob=0.5, variational_recurrent=True, dtype=tf.float32, input_size=5
        )
        plain = cells.DropoutWrapper(cells.BasicRNNCell(4))
        return [v1.nn.dynamic_rnn(c, X, dtype=tf.float32, scope=s) for c, s in ((cell, "a"), (same, "b"), (plain, "c"))]

    ((outputs, state), (kept, _), (plain, _)), _, _ = run(build)
    assert 0.3 < (outputs == 0).mean() < 0.7 and (state.c != 0).all() and 0.3 < (state.h == 0).mean() < 0.7
    assert ((kept == 0) == (kept[:1, :1] == 0)).all() and 0.2 < (kept == 0).mean() < 0.8
    assert (plain != 0).all()
    with pytest.raises(ValueError, match="Parameter input_keep_prob must be between 0 and 1: 2.0"):
        cells.DropoutWrapper(cells.BasicRNNCell(4), input_keep_prob=2.0)


def test_own_cells_and_scopes():
    class Scaled(cells.RNNCell):
        state_size = output_size = 5

        def call(self, inputs, state):
            out = inputs * v1.get_variable("scale", [], initializer=v1.ones_initializer()) + state
            return out, out

    def build():
        cell = Scaled()
        once = v1.nn.dynamic_rnn(cell, X, dtype=tf.float32)
        again = v1.nn.dynamic_rnn(cell, X, initial_state=tf.ones([3, 5]), scope="other")
        return once, again

    (once, again), variables, _ = run(build)
    assert list(variables) == ["rnn/scaled/scale"]
    np.testing.assert_allclose(once[1], X.sum(1), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(again[0], once[0] + 1, rtol=1e-5, atol=1e-5)


def test_errors():
    with v1.Graph().as_default():
        cell = cells.BasicRNNCell(3)
        with pytest.raises(ValueError, match="If no initial_state is provided, argument `dtype` must be specified"):
            v1.nn.dynamic_rnn(cell, X)
        with pytest.raises(TypeError, match="is not an RNNCell: 'output_size' property is missing"):
            v1.nn.dynamic_rnn(object(), X, dtype=tf.float32)
        with pytest.raises(ValueError, match="sequence_length must be a vector of length batch_size"):
            v1.nn.dynamic_rnn(cell, X, [[1]], dtype=tf.float32)
        with pytest.raises(ValueError, match="Must specify at least one cell for MultiRNNCell."):
            cells.MultiRNNCell([])
        with pytest.raises(TypeError, match="Argument `inputs` must be a sequence"):
            v1.nn.static_rnn(cell, X, dtype=tf.float32)
        with pytest.raises(ValueError, match="Expected inputs.shape\\[-1\\] to be known"):
            cell(v1.placeholder(tf.float32, [2, None]), tf.zeros([2, 3]))
