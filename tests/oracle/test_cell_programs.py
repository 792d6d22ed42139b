"""Cells and their wrappers against TensorFlow's own, which its names for users no longer reach."""

import numpy as np
import pytest
import tensorflow
from tensorflow.python.keras.layers.legacy_rnn import rnn_cell_impl

import ferroflow

LIBRARIES = (ferroflow, ferroflow.compat.v1.nn.rnn_cell), (tensorflow, rnn_cell_impl)
X = np.linspace(-1, 1, 24).reshape(2, 4, 3).astype(np.float32)


def shown(tf, build):
    """Outputs, state, gradients and names of variables of a network; or the class and text of its error."""
    v1 = tf.compat.v1
    with v1.Graph().as_default(), v1.Session() as session:
        v1.set_random_seed(4)
        found = build()
        flat = [one for one in tf.nest.flatten(found) if one is not None]
        loss = tf.add_n([tf.reduce_sum(one * one) for one in flat])
        variables = v1.trainable_variables()
        slopes = v1.gradients(loss, variables)
        session.run(v1.global_variables_initializer())
        return session.run([flat, slopes]), [(one.name, one.shape.as_list()) for one in v1.global_variables()]


CASES = {
    "basic": lambda c, **_: c.BasicRNNCell(3),
    "basic relu": lambda c, **_: c.BasicRNNCell(3, activation="relu"),
    "gru": lambda c, **_: c.GRUCell(3),
    "gru softsign": lambda c, **_: c.GRUCell(3, activation="softsign"),
    "basic lstm": lambda c, **_: c.BasicLSTMCell(3, forget_bias=0.5),
    "basic lstm, one state": lambda c, **_: c.BasicLSTMCell(3, state_is_tuple=False),
    "lstm": lambda c, **_: c.LSTMCell(3, use_peepholes=True, cell_clip=0.1, num_proj=2, proj_clip=0.05),
    "layers": lambda c, **_: c.MultiRNNCell([c.GRUCell(2), c.BasicLSTMCell(3)]),
    "layers, one state": lambda c, **_: c.MultiRNNCell([c.GRUCell(2), c.GRUCell(3)], state_is_tuple=False),
    "residual": lambda c, **_: c.ResidualWrapper(c.GRUCell(3)),
    "residual product": lambda c, **_: c.ResidualWrapper(c.GRUCell(3), lambda x, y: x * y),
    "dropout": lambda c, **_: c.DropoutWrapper(c.GRUCell(3), 0.5, 0.6, 0.7, seed=3),
    "dropout of a memory": lambda c, **_: c.DropoutWrapper(c.LSTMCell(3), state_keep_prob=0.5, seed=9),
    "dropout, constant": lambda c, tf: c.DropoutWrapper(
        c.LSTMCell(3), 0.5, 0.6, 0.7, variational_recurrent=True, input_size=3, dtype=tf.float32, seed=3
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("lengths", [None, [2, 4]], ids=["whole", "lengths"])
def test_cells(case, lengths):
    def network(tf, cells):
        # TensorFlow would draw the random numbers of several rounds in any order.
        return tf.compat.v1.nn.dynamic_rnn(
            CASES[case](cells, tf=tf), X, lengths, dtype=tf.float32, parallel_iterations=1
        )

    ours, theirs = (shown(tf, lambda: network(tf, cells)) for tf, cells in LIBRARIES)
    assert ours[1] == theirs[1]
    for group, wanted in zip(ours[0], theirs[0]):
        for have, want in zip(group, wanted, strict=True):
            np.testing.assert_allclose(have, want, rtol=0, atol=3e-6 * max(1, np.abs(want).max(initial=0)))


@pytest.mark.parametrize(
    "make",
    [
        lambda c: c.BasicRNNCell(2, activation="bogus"),
        lambda c: c.BasicRNNCell(2, bogus=1),
        lambda c: c.MultiRNNCell([]),
        lambda c: c.MultiRNNCell(c.GRUCell(2)),
        lambda c: c.MultiRNNCell([c.GRUCell(2), c.BasicLSTMCell(2)], state_is_tuple=False),
        lambda c: c.DropoutWrapper(3),
        lambda c: c.ResidualWrapper(3),
        lambda c: c.DropoutWrapper(c.GRUCell(2), 1.5),
        lambda c: c.DropoutWrapper(c.GRUCell(2), dropout_state_filter_visitor=3),
        lambda c: c.DropoutWrapper(c.GRUCell(2), 0.5, variational_recurrent=True),
    ],
)
def test_refusals(make):
    kinds = []
    for tf, cells in LIBRARIES:
        with tf.Graph().as_default(), pytest.raises(Exception) as caught:
            make(cells)
        kinds.append(caught.type.__name__)
    assert kinds[0] == kinds[1]
