"""TensorFlow 1's ways to train show the same with Ferroflow and with TensorFlow: initial values, optimizers, means, counters."""

import pytest
from programs import check

OPTIMIZER = """
for resource in (True, False):
    with v1.Graph().as_default() as g:
        x = v1.get_variable("x", initializer=[[1., -2.], [.5, .01], [3., 4.]], use_resource=resource)
        y = v1.get_variable("y", initializer=[1., 2.], use_resource=resource)
        count = v1.train.get_or_create_global_step()
        loss = v1.reduce_sum(v1.square(v1.nn.embedding_lookup(x, [0, 2, 0]))) + v1.reduce_sum(y ** 3)
        loss = loss + v1.reduce_sum(v1.gather(x, [1]))
        optimizer = v1.train.MAKE
        step = optimizer.minimize(loss, global_step=count)
        show(optimizer.get_name())
        show(step)
        show([v.name for v in v1.global_variables()])
        show([v.name for v in optimizer.variables()])
        show(optimizer.get_slot_names())
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            for _ in range(3):
                s.run(step)
            slots = [optimizer.get_slot(v, n) for n in optimizer.get_slot_names() for v in (x, y)]
            for v in s.run([x, y] + slots):
                show(np.round(v, 4).tolist())
v = tf.Variable([1., 2.])
optimizer = v1.train.EAGER
show(lambda: optimizer.minimize(lambda: tf.reduce_sum(v * v)))
show(lambda: np.round(v.numpy(), 5))
"""
MAKES = {
    "proximal": "ProximalGradientDescentOptimizer(0.1)",
    "proximal with penalties": "ProximalGradientDescentOptimizer(0.1, 0.2, 0.3)",
    "proximal Adagrad": "ProximalAdagradOptimizer(0.1)",
    "proximal Adagrad with penalties": "ProximalAdagradOptimizer(0.1, 0.5, 0.2, 0.3)",
    "dual averaging": "AdagradDAOptimizer(0.1, count)",
    "dual averaging with penalties": "AdagradDAOptimizer(0.1, count, 0.3, 0.2, 0.3)",
}

INITIAL = """
v1.disable_control_flow_v2()
with v1.Graph().as_default() as g:
    a = v1.Variable(2.0, name="a", use_resource=False)
    b = v1.Variable(a.initialized_value() * 2, name="b", use_resource=False)
    c = v1.Variable(b * 3.0 + a.read_value(), name="c", use_resource=False)
    d = v1.Variable(tf.identity(b) + b.initialized_value(), name="d", use_resource=False)
    e = v1.get_variable("e", initializer=lambda: a.initialized_value() * 2, use_resource=True)
    show([one.initialized_value().op.name.partition("/")[0] for one in (a, c)])
    show([op.name for op in g.get_operations() if op.type in ("Mul", "AddV2", "Assign", "AssignVariableOp")
          and not op.name.endswith("_b") and not op.name.endswith("_d") and not op.name.endswith("_e")])
    with v1.Session() as s:
        s.run(v1.global_variables_initializer())
        show(s.run([a, b, c, d, e]))
    with v1.Session() as s:
        show(lambda: s.run(b.initialized_value()))
        show(lambda: s.run(b))
        s.run(c.initializer)
        show(lambda: s.run(c))
        s.run(a.initializer)
        s.run(a.assign(10.))
        show(lambda: s.run(b.initialized_value()))
        show(lambda: s.run(a.initialized_value()))
        s.run(d.initializer)
        show(lambda: s.run(d))
v1.enable_control_flow_v2()
"""

COUNT = """
for resource in (True, False):
    for dtype in (tf.int32, tf.int64):
        with v1.Graph().as_default() as g, v1.Session() as s:
            v = v1.Variable(0, dtype=dtype, use_resource=resource, name="v")
            count = v1.count_up_to(v, 3)
            show(count)
            show(v.count_up_to(3))
            show(lambda: s.run(count))
            s.run(v.initializer)
            for _ in range(5):
                show(lambda: s.run(count))
            show(lambda: s.run(v))
            w = v1.Variable([0], dtype=dtype, use_resource=resource, name="w")
            show(lambda: w.count_up_to(3))
            any_shape = v1.Variable([0], dtype=dtype, use_resource=resource, name="u", validate_shape=False)
            s.run(any_shape.initializer)
            show(lambda: type(v1.count_up_to(v1.Variable(0., use_resource=resource), 3)))
v = tf.Variable(0)
show(lambda: v1.count_up_to(v, 2))
show(lambda: v.count_up_to(2))
show(lambda: v)
"""

MEANS = """
v1.disable_control_flow_v2()
for resource in (True, False):
    for updates in (None, 3):
        for debias in (False, True):
            with v1.Graph().as_default() as g:
                v = v1.get_variable("v", initializer=[1., 2.], use_resource=resource)
                w = v1.get_variable("w", initializer=np.float64(4.), use_resource=resource, trainable=False)
                t = tf.identity(v * 3.0, name="t")
                n = updates and v1.get_variable("n", initializer=updates, trainable=False, use_resource=resource)
                means = v1.train.ExponentialMovingAverage(0.9, num_updates=n, zero_debias=debias)
                show(means.average(v))
                show(means.average_name(v))
                show(sorted(means.variables_to_restore()))
                op = means.apply([v, w, t])
                show([op.name, means.name])
                for x in (v, w, t):
                    show([means.average(x).name, means.average_name(x), means.average(x).dtype.name])
                show(sorted(means.variables_to_restore().keys()))
                show(sorted(means.variables_to_restore([v]).keys()))
                show([x.name for x in v1.global_variables()])
                show([x.name for x in v1.moving_average_variables()])
                show(lambda: means.apply([v]))
                show(lambda: means.apply([tf.constant(1)]))
                with v1.Session() as s:
                    s.run(v1.global_variables_initializer())
                    show(s.run([means.average(x) for x in (v, w, t)]))
                    for _ in range(3):
                        s.run(op)
                        s.run([v.assign_add([.5, .25]), w.assign(7.0)])
                        show([np.round(x, 5).tolist() for x in s.run([means.average(x) for x in (v, w, t)])])
v = tf.Variable([1., 2.], name="q")
means = v1.train.ExponentialMovingAverage(0.5)
show(lambda: means.apply([v]))
v.assign([3., 3.])
show(lambda: means.apply([v]))
show(lambda: [means.average(v), means.average_name(v)])
show(lambda: means.apply([tf.constant(1.)]))
v1.enable_control_flow_v2()
"""

CONTROL = """
for resource in (True, False):
    with v1.Graph().as_default() as g:
        v = v1.get_variable("v", initializer=1., use_resource=resource)
        a, b = v1.assign(v, 2.), v1.assign_add(v, 1., name="by_one")
        show(list(tf.group(a, b).node_def.input))
        with tf.control_dependencies([a, b, v]):
            show(list(tf.no_op().node_def.input))
        show(list(tf.group(v, v.initializer).node_def.input))
        show([b.op.name, v.read_value().op.name])
"""


@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES)
def test_optimizers(make):
    check(OPTIMIZER.replace("EAGER", make.replace("count", "tf.Variable(0, dtype=tf.int64)")).replace("MAKE", make))


@pytest.mark.parametrize(
    "text", [INITIAL, COUNT, MEANS, CONTROL], ids=["initial values", "counters", "means", "control"]
)
def test_programs(text):
    check(text)


def test_wrong_starts():
    check("""
show(lambda: v1.train.ProximalAdagradOptimizer(0.1, 0.))
show(lambda: v1.train.ProximalAdagradOptimizer(0.1, -1.))
show(lambda: v1.train.AdagradDAOptimizer(0.1, None, 0.))
""")


def test_linear_cosine_decay():
    check("""
for step in (0, 3, 9, 10, 20):
    for more in ({}, {"num_periods": 2.0, "alpha": 0.25, "beta": 0.5}):
        show(lambda: np.round(float(v1.train.linear_cosine_decay(0.1, step, 10, **more)()), 7))
        with v1.Graph().as_default(), v1.Session() as s:
            rate = v1.train.linear_cosine_decay(0.1, tf.constant(step), 10, **more)
            show(rate)
            show(np.round(float(s.run(rate)), 7))
""")
