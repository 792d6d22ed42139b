"""Programs that take gradients show the same with Ferroflow and with TensorFlow."""

import pytest
from programs import check

PROGRAMS = {
    "tape": """
x = tf.constant(3.)
v = tf.Variable(2.)
w = tf.Variable(5., trainable=False)
def grad(f, sources, **k):
    with tf.GradientTape(persistent=k.pop('persistent', False)) as t:
        t.watch(x)
        y = f()
    return t.gradient(y, sources, **k)
show(lambda: grad(lambda: x * x, x))
show(lambda: grad(lambda: x * v * w, [x, v, w]))
show(lambda: grad(lambda: x * v, {'a': x, 'b': (v,)}))
show(lambda: grad(lambda: [x * v, v], v))
show(lambda: grad(lambda: x * 2, v))
show(lambda: grad(lambda: x * 2, [v, x], unconnected_gradients='zero'))
show(lambda: grad(lambda: x * 2, x, unconnected_gradients='foo'))
show(lambda: grad(lambda: x * 2, x, output_gradients=tf.constant(5.)))
show(lambda: grad(lambda: None, x))
show(lambda: grad(lambda: tf.cast(x, tf.int32), x))
def twice():
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    t.gradient(y, x)
    return t.gradient(y, x)
show(twice)
def persistent():
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        z = y * y
    return t.gradient(y, x), t.gradient(z, x), t.gradient(z, y)
show(persistent)
def second():
    with tf.GradientTape() as t1:
        t1.watch(x)
        with tf.GradientTape() as t2:
            t2.watch(x)
            y = x * x * x
        d = t2.gradient(y, x)
    return d, t1.gradient(d, x)
show(second)
def inside():
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        d = t.gradient(y, x)
    return d, t.gradient(d, x)
show(inside)
def stopped():
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
        with t.stop_recording():
            z = y * 2
        q = z * 1
    return t.gradient(q, x)
show(stopped)
def unwatched():
    with tf.GradientTape(watch_accessed_variables=False) as t:
        y = v * v
    return t.watched_variables(), t.gradient(y, v)
show(unwatched)
def watched():
    with tf.GradientTape(watch_accessed_variables=False) as t:
        t.watch(v)
        y = v * v
    return len(t.watched_variables()), t.gradient(y, v)
show(watched)
def reset():
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
        t.reset()
        t.watch(x)
        z = x * y
    return t.gradient(z, x)
show(reset)
show(lambda: tf.GradientTape().watch(3))
def reenter():
    t = tf.GradientTape()
    with t:
        with t:
            pass
show(reenter)
def stop_twice():
    with tf.GradientTape() as t:
        pass
    with t.stop_recording():
        pass
show(stop_twice)
def slices():
    e = tf.Variable([[1., 2.], [3., 4.], [5., 6.]])
    with tf.GradientTape() as t:
        y = tf.gather(e, [0, 2, 0])
    return t.gradient(y, e)
show(slices)
def jacobian():
    a = tf.constant([1., 2.])
    with tf.GradientTape() as t:
        t.watch(a)
        y = a * a
    return t.jacobian(y, a)
show(jacobian)
def assigned():
    with tf.GradientTape() as t:
        a = v * 3.
        v.assign(7.)
        b = v * a
    return t.gradient(b, v)
show(assigned)
""",
    "custom": """
@tf.custom_gradient
def clip(x):
    def grad(dy):
        return dy * 0.5
    return x * 2., grad
x = tf.constant(3.)
def grad(f):
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return y, t.gradient(y, x)
show(lambda: grad(clip))
show(lambda: grad(lambda x: clip(clip(x) * x)))
v = tf.Variable(2.)
@tf.custom_gradient
def bad(x):
    return x * v, lambda dy: dy
show(lambda: grad(bad))
@tf.custom_gradient
def good(x):
    def g(dy, variables=None):
        return dy * 3., [dy * 4.]
    return x * v, g
def both():
    with tf.GradientTape() as t:
        t.watch(x)
        y = good(x)
    return t.gradient(y, [x, v])
show(both)
@tf.custom_gradient
def wrong(x):
    return x * 1., lambda dy: (dy, dy)
show(lambda: grad(wrong))
with tf.Graph().as_default():
    a = tf.constant(3.)
    y = clip(a)
    d = v1.gradients(y, a)[0]
    with v1.Session() as s:
        show(lambda: s.run([y, d]))
show(lambda: grad(tf.grad_pass_through(tf.round)))
show(lambda: grad(tf.recompute_grad(lambda x: x * x)))
""",
    "graph": """
with tf.Graph().as_default() as g:
    x = v1.placeholder(tf.float32, [2], name='x')
    y = x * x * 3.
    z = tf.identity(y)
    n = tf.constant([1., 1.])
    v = v1.get_variable('v', initializer=[1., 2.])
    r = v1.get_variable('r', initializer=[1., 2.], use_resource=False)
    s = v1.Session()
    s.run([v.initializer, r.initializer])
    f = {x: [2., 3.]}
    def run(t):
        return s.run(t, f)
    show(lambda: run(v1.gradients(z, x)))
    show(lambda: run(v1.gradients([z, y], [x, y])))
    show(lambda: v1.gradients(z, n))
    show(lambda: run(v1.gradients(z, [n, x], unconnected_gradients='zero')))
    show(lambda: run(v1.gradients(z, x, grad_ys=[[1., 2.]])))
    show(lambda: run(v1.gradients(z, x, stop_gradients=y)))
    show(lambda: v1.gradients(z, x, stop_gradients=[y]))
    show(lambda: run(v1.gradients(v1.gradients(z, x)[0], x)))
    show(lambda: run(v1.gradients(x * v * r, [v, r])))
    show(lambda: v1.gradients(z, x, grad_ys=[1., 2.]))
    show(lambda: v1.gradients(z, x, unconnected_gradients='foo'))
    show(lambda: v1.gradients(tf.constant(1), tf.constant(2)))
    show(lambda: run(v1.hessians(tf.reduce_sum(x * x * x), x)))
    e = v1.get_variable('e', initializer=[[1., 2.], [3., 4.]])
    s.run(e.initializer)
    show(lambda: run(v1.gradients(tf.gather(e, [1, 1]), e)[0].values))
    @tf.RegisterGradient('Half')
    def half(op, dy):
        return dy * 0.5
    def again():
        try:
            tf.RegisterGradient('Half')(half)
        except KeyError:
            return 'refused'
    show(again)
    show(lambda: tf.RegisterGradient(3))
    with g.gradient_override_map({'Identity': 'Half'}):
        o = tf.identity(x)
    show(lambda: o.op.get_attr('_gradient_op_type'))
    show(lambda: run(v1.gradients(o, x)))
    show(lambda: g.gradient_override_map(3).__enter__())
show(lambda: tf.gradients(tf.constant(1.), tf.constant(1.)))
""",
    "what is not watched has a gradient only where it is the target": """
x = tf.constant(3.)
v = tf.Variable(2.)
with tf.GradientTape(persistent=True) as tape:
    y = x * v
    z = tf.identity(x) * v * y
    w = tf.square(x)
for target, source in ((y, x), (z, x), (w, x), (y, y), (x, x), (z, y), (y, [x, v])):
    show(lambda: tape.gradient(target, source))
show(lambda: tape.gradient(y, x, unconnected_gradients='zero'))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    check(PROGRAMS[name])


@pytest.mark.parametrize("wrap", ["lambda f: f", "tf.function"])
def test_recomputed_gradients_by_variables_alone(wrap):
    check(f"""
w = tf.Variable([[0.5, -0.25], [0.125, 1.0]])

def layers(x):
    return tf.nn.relu(tf.nn.relu(x @ w) @ w)

@({wrap})
def gradients(x, watch):
    with tf.GradientTape() as tape:
        if watch:
            tape.watch(x)
        y = tf.reduce_sum(tf.recompute_grad(layers)(x))
    return tape.gradient(y, [w, x] if watch else w), len(tape.watched_variables())

for watch in (False, True):
    show(lambda: gradients(tf.constant([[1.0, 2.0]]), watch))
""")
