"""Variables as arguments of traced functions, captured values that are replaced, lifted variables."""

import pytest
from programs import check

PROGRAMS = {
    "variables are themselves as arguments": """
v, w = tf.Variable([1., 2.]), tf.Variable([3., 4.])
seen = []
@tf.function
def f(a, b):
    seen.append([a is v, b is w, a.name, b.shape.as_list()])
    y = tf.reduce_sum(v * 2.)
    return [tf.constant(-1.) if g is None else g for g in tf.gradients(y, [a, b, v])]
show(lambda: f(v, w))
show(lambda: f(w, v))
show(lambda: f(w, w))
show(seen)
show(lambda: [len(f.get_concrete_function(v, w).inputs), len(f.get_concrete_function(v, w).captured_inputs)])
@tf.function
def change(a, b):
    a.assign_add([1., 1.])
    return v + 0., a + 0.
show(lambda: change(v, w))
show(lambda: change(w, v))
show(lambda: [v, w])
@tf.function
def nested(a):
    return {'x': [a[0]['v'] * 2., a[1]]}
show(lambda: nested(([{'v': v}, tf.constant(1.)])))
show(lambda: nested(([{'v': w}, tf.constant(2.)])))
""",
    "gradients by arguments that are used by another name": """
u = tf.Variable([1., 2.])
@tf.function
def double(a): return a * 2.
@tf.function
def through_call(a):
    return tf.gradients(tf.reduce_sum(double(u)), [a])[0]
show(lambda: through_call(u))
@tf.function
def on_tape(a):
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(u * u)
    return tape.gradient(y, a)
show(lambda: on_tape(u))
def rows():
    @tf.function
    def add(x, var): return x + var.sparse_read([1])[0]
    one, two = tf.Variable([1., 2., 3.]), tf.Variable([4., 5.])
    step = lambda i, x: (i + 1, tf.cond(tf.equal(i % 2, 0), lambda: add(x, one), lambda: add(x, two)))
    @tf.function
    def grads(a, b):
        return [g + 0. for g in tf.gradients(tf.while_loop(lambda i, x: i < 4, step, (0, 0.))[1], [a, b])]
    return grads(one, two)
show(rows)
def outside():
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.function(lambda a: a * u)(u))
    return tape.gradient(y, u)
show(outside)
@tf.function
def watched(a): return u * a
show(lambda: len(watched.get_concrete_function(u).variables))
show(lambda: watched(u))
""",
    "what assignments in functions are": """
x = tf.Variable([1., 2.])
seen = []
@tf.function
def f():
    for one in (v1.assign(x, [5., 5.]), x.assign([6., 6.]), x.assign_add([1., 1.]), v1.assign_sub(x, [1., 2.])):
        seen.append([one.op.type, one.name])
    return x + 0.
show(lambda: f())
show(seen)
""",
    "captures are replaced": """
fixed, late = tf.constant([1.]), [tf.constant([2.])]
@tf.function
def f(x):
    graph = v1.get_default_graph()
    return graph.capture_call_time_value(lambda: late[0], tf.TensorSpec([1])) * 10. + fixed + x
concrete = f.get_concrete_function(tf.TensorSpec([1]))
x = tf.constant([0.5])
show(lambda: concrete(x))
show(lambda: [callable(one) for one in concrete._captured_inputs])
show(lambda: concrete.set_external_captures(concrete._captured_inputs[::-1]))
show(lambda: concrete(x))
late[0] = tf.constant([3.])
show(lambda: concrete(x))
def slope():
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = concrete(x) * 3.
    return tape.gradient(y, x)
show(slope)
@tf.function
def large():
    return tf.reduce_sum(big)
big = tf.ones([200])
total = large.get_concrete_function()
show(lambda: total())
show(lambda: total.set_external_captures([big * 2.]))
show(lambda: total())
""",
    "variables are lifted into graphs": """
def lifted(value, feed):
    with tf.Graph().as_default(), v1.Session() as session:
        made = []
        @tf.function
        def use():
            if not made:
                made.append(tf.Variable(value()))
            return made[0] + 1.
        found = use()
        start = made[0].initializer
        fed = start.inputs[1]
        while fed.op.inputs:
            fed = fed.op.inputs[0]
        session.run(start, {fed: 2.} if feed else {})
        return session.run(found)
show(lambda: lifted(lambda: v1.placeholder(tf.float32, []), True))
show(lambda: lifted(lambda: v1.placeholder(tf.float32, []) * 3. + 1., True))
show(lambda: lifted(lambda: tf.constant(4.) * 2., False))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_functions_show_the_same(name):
    check(PROGRAMS[name])
