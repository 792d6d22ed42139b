"""TensorFlow's functions that run cells, with a cell that both libraries can run: values, names, shapes, errors."""

from programs import check

HEAD = """
class Cell:
    state_size = output_size = 3
    def zero_state(self, batch_size, dtype):
        return tf.zeros([batch_size, 3], dtype)
    def __call__(self, inputs, state, scope=None):
        with v1.variable_scope(scope or "cell"):
            w = v1.get_variable("w", [2, 3], initializer=v1.constant_initializer(.5))
            u = v1.get_variable("u", [3, 3], initializer=v1.constant_initializer(-.25))
        new = tf.tanh(tf.matmul(inputs, w) + tf.matmul(state, u))
        return new * 2., new
x = np.arange(24, dtype=np.float32).reshape(3, 4, 2) / 10
def run(build, **feeds):
    with v1.Graph().as_default() as g, v1.Session() as s:
        made = build()
        s.run(v1.global_variables_initializer())
        names = [v.name for v in v1.global_variables()]
        flat = tf.nest.flatten(made)
        return [names, [t.shape.as_list()[-1:] for t in flat], [np.round(s.run(t), 5) for t in flat]]
"""

PROGRAM = """
for lengths in (None, [1, 4, 0]):
    show(lambda: run(lambda: v1.nn.dynamic_rnn(Cell(), tf.constant(x), lengths, dtype=tf.float32)))
    show(lambda: run(lambda: v1.nn.dynamic_rnn(Cell(), tf.constant(x), lengths, initial_state=tf.ones([3, 3]), scope="mine")))
    show(lambda: run(lambda: v1.nn.dynamic_rnn(Cell(), tf.constant(x.transpose(1, 0, 2)), lengths, dtype=tf.float32, time_major=True)))
    show(lambda: run(lambda: v1.nn.dynamic_rnn(Cell(), v1.placeholder_with_default(x, [None, None, 2]), lengths, dtype=tf.float32)))
    show(lambda: run(lambda: v1.nn.static_rnn(Cell(), tf.unstack(tf.constant(x), axis=1), dtype=tf.float32, sequence_length=lengths)))
    show(lambda: run(lambda: v1.nn.bidirectional_dynamic_rnn(Cell(), Cell(), tf.constant(x), lengths, dtype=tf.float32)))
    show(lambda: run(lambda: v1.nn.static_bidirectional_rnn(Cell(), Cell(), tf.unstack(tf.constant(x), axis=1), dtype=tf.float32, sequence_length=lengths)))
show(lambda: v1.nn.dynamic_rnn(Cell(), tf.constant(x)))
show(lambda: v1.nn.static_rnn(Cell(), tf.unstack(tf.constant(x), axis=1)))
show(lambda: v1.nn.static_rnn(Cell(), []))
"""


def test_rnn():
    check(HEAD + PROGRAM)
