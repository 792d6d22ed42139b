"""Which gradients of calls, branches and loops are zeros and which are None, their static shapes, and what runs for a result."""

import pytest
from programs import check

SETUP = """
def ways(program):
    def in_function():
        found = []
        @tf.function(autograph=False)
        def run(x, y):
            for one in program(x, y):
                grads = tf.gradients(one, [x, y])
                found.append([None if g is None else str(g.shape) for g in grads])
            return [tf.constant(-9.) if g is None else g for one in program(x, y) for g in tf.gradients(one, [x, y])]
        values = [one.numpy() for one in run(tf.constant(2.), tf.constant(3.))]
        return found, values
    def in_session(together):
        with tf.Graph().as_default(), v1.Session() as session:
            x, y = tf.constant(2.), tf.constant(3.)
            ys = program(x, y)
            grads = [v1.gradients(one, [x, y]) for one in ([ys] if together else ys)]
            return [[None if g is None else session.run(g) for g in row] for row in grads]
    def on_tape():
        x, y = tf.constant(2.), tf.constant(3.)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch([x, y])
            ys = program(x, y)
        return [tape.gradient(one, [x, y]) for one in ys]
    show(in_function)
    show(lambda: in_session(False))
    show(lambda: in_session(True))
    show(on_tape)
stop = tf.stop_gradient
"""

PROGRAMS = {
    "calls": """
ways(lambda x, y: tf.function(lambda x, y: (x * x, y * y))(x, y))
ways(lambda x, y: [tf.function(lambda x, y: x * x + stop(y * y))(x, y)])
ways(lambda x, y: [tf.function(lambda x, y: x * x)(x, y)])
ways(lambda x, y: tf.function(lambda x, y: (x * x, tf.constant(1.), y))(x, y))
ways(lambda x, y: tf.function(lambda x, y: (x * x, tf.cast(y, tf.int32), stop(y)))(x, y)[::2])
""",
    "branches": """
yes = lambda x: tf.greater(x, 0)
ways(lambda x, y: tf.cond(yes(x), lambda: (x * x, y * y), lambda: (x, y)))
ways(lambda x, y: [tf.cond(yes(x), lambda: x * x, lambda: y * y)])
ways(lambda x, y: [tf.cond(yes(x), lambda: x * x, lambda: 2.)])
ways(lambda x, y: [tf.cond(yes(x), lambda: x * x + stop(y), lambda: x)])
ways(lambda x, y: tf.switch_case(tf.cast(x, tf.int32), [lambda: (x, 1.), lambda: (1., y), lambda: (x * y, stop(y))]))
""",
    "loops": """
def loop(condition, body, first):
    return list(tf.while_loop(condition, body, first))
ways(lambda x, y: loop(lambda x, y: x < 100., lambda x, y: (x * x + stop(y), stop(y)), [x, y]))
ways(lambda x, y: loop(lambda x, y: x < 100., lambda x, y: (x * x, y * y), [x, y]))
ways(lambda x, y: loop(lambda i: i < 10., lambda i: (i + x + stop(y),), [tf.constant(1.)]))
ways(lambda x, y: loop(lambda i, z: i < 10., lambda i, z: (i + 1, tf.constant(3.)), [x, y]))
""",
    "variables": """
def grads(program, resource):
    with tf.Graph().as_default(), v1.Session() as session:
        a = v1.Variable([1., 2.], use_resource=resource)
        b = v1.Variable([3., 4.], use_resource=resource)
        found = v1.gradients(program(a, b), [a, b])
        session.run(v1.global_variables_initializer())
        return [None if g is None else [str(g.shape), session.run(g)] for g in found]
for program in (
    lambda a, b: tf.cond(tf.constant(True), lambda: a, lambda: b),
    lambda a, b: tf.cond(tf.constant(False), lambda: a * 2, lambda: tf.ones([2])),
    lambda a, b: tf.while_loop(lambda x: tf.reduce_sum(x) < 10, lambda x: (x * a + stop(b),), [tf.ones([2])])[0],
    lambda a, b: tf.while_loop(lambda x: tf.reduce_sum(x) < 10, lambda x: (x * a,), [tf.ones([2])])[0],
    lambda a, b: (lambda l: l[0] + stop(l[1]))(tf.scan(lambda e, i: (a, b), tf.zeros(5), (tf.zeros(2), tf.zeros(2)))),
):
    for resource in (False, True):
        show(lambda: grads(program, resource))
""",
    "what runs for a result": """
def session(feed, call):
    with tf.Graph().as_default(), v1.Session() as session:
        a, b, c = (v1.Variable(7, use_resource=True, name=name) for name in 'abc')
        pred = v1.placeholder_with_default(True, [])
        def f():
            yes = lambda: [v1.assign(a, 1).op, v1.assign(b, 2).op]
            no = lambda: [v1.assign(c, 3).op, tf.constant(10).op]
            return tf.cond(pred if feed else tf.constant(True), yes, no)
        first, second = (tf.function(f) if call else f)()
        session.run(v1.global_variables_initializer())
        seen = []
        for fetch, value in ((second, True), (second, False), (first, False), ([first, second], True)):
            result = session.run(fetch, {pred: value} if feed else {})
            seen.append([result, session.run([a, b, c])])
            session.run(v1.global_variables_initializer())
        return seen
for feed in (True, False):
    for call in (True, False):
        show(lambda: session(feed, call))
def waits():
    with tf.Graph().as_default(), v1.Session() as session:
        a, b = (v1.Variable(7, use_resource=True, name=name) for name in 'ab')
        pred = v1.placeholder_with_default(True, [])
        yes = lambda: [v1.assign(a, 1).op, v1.assign(b, 2).op]
        pair = tf.cond(pred, yes, lambda: [tf.no_op(), tf.no_op()])
        with tf.control_dependencies([pair[0].op.inputs[0].op]):
            after = tf.constant(5)
        session.run(v1.global_variables_initializer())
        return session.run([after]), session.run([a, b])
show(waits)
def function():
    a, b = tf.Variable(7), tf.Variable(7)
    @tf.function
    def f(p):
        return tf.cond(p, lambda: [a.assign(1).op, b.assign(2).op], lambda: [tf.no_op(), tf.no_op()])[1]
    return f(tf.constant(True)), a.numpy(), b.numpy()
show(function)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_connections_show_the_same(name):
    check(SETUP + PROGRAMS[name])
