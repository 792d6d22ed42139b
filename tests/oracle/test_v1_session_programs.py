"""Partial runs and templates show the same with Ferroflow and with TensorFlow."""

import pytest
from programs import check

PARTIAL = """
with v1.Graph().as_default() as g, v1.Session() as s:
    a, b, c = (v1.placeholder(tf.float32, [], name=name) for name in "abc")
    first = a + b
    second = first * c
    counter = v1.Variable(0., name="counter")
    more = v1.assign_add(counter, 1.)
    s.run(counter.initializer)
    h = s.partial_run_setup([first, second], [a, b, c])
    show(type(h).__name__)
    show(s.partial_run(h, first, feed_dict={a: 1, b: 2}))
    show(s.partial_run(h, second, feed_dict={c: 10.}))
    show(lambda: s.partial_run(h, second, feed_dict={c: 1}))
    h = s.partial_run_setup([first, second, more], [a, b, c])
    show(s.partial_run(h, first, {a: 1, b: 2}))
    show(lambda: s.partial_run(h, first, {}))
    show(lambda: s.partial_run(h, [], {a: 5}))
    show(lambda: s.partial_run(h, [more], {}))
    show(lambda: s.partial_run(h, {"x": second}, {c: 2.}))
    show(lambda: s.partial_run(h, second))
    show(s.run(counter))
    h = s.partial_run_setup([first, second], [a, b])
    show(lambda: s.partial_run(h, first, {a: 1, c: 2}))
    h = s.partial_run_setup([second], [a, b, c])
    show(lambda: s.partial_run(h, second, {a: 1, b: 2}))
    h = s.partial_run_setup([first], [a, b, c])
    show(lambda: s.partial_run(h, second, {a: 1, b: 2, c: 1}))
    show(lambda: s.partial_run("nothing", first, {a: 1, b: 2}))
    show(lambda: s.partial_run_setup([], [a]))
    show(lambda: s.partial_run_setup("zz", [a]))
    show(lambda: s.partial_run_setup(3, [a]))
    show(lambda: s.partial_run_setup([second, first], [first, c]))
with g.as_default(), v1.Session() as s:  # a failed partial run leaves TensorFlow's session unusable
    h = s.partial_run_setup([first, second], [a, b, c])
    i = s.partial_run_setup([first, second], [a, b, c])
    show([s.partial_run(h, first, {a: 1, b: 2}), s.partial_run(i, first, {a: 10, b: 2})])
    show([s.partial_run(h, second, {c: 3}), s.partial_run(i, second, {c: 3})])
    h = s.partial_run_setup([second], [first, c])
    show(s.partial_run(h, second, {first: 4., c: 2.}))
    h = s.partial_run_setup(first, ["a:0", "b:0"])
    show(s.partial_run(h, "add:0", {"a:0": 1, "b:0": 4}))
    drawn = v1.random_normal([], seed=1)
    x, y = drawn + a, drawn + b
    h = s.partial_run_setup([drawn, x, y], [a, b])
    value = s.partial_run(h, drawn)
    show([bool(s.partial_run(h, x, {a: 0.}) == value), bool(s.partial_run(h, y, {b: 0.}) == value)])
"""

PARTIAL_ORDER = """
with v1.Graph().as_default() as g, v1.Session() as s:
    a, b = (v1.placeholder(tf.float32, [], name=name) for name in "ab")
    count = v1.get_variable("count", [], initializer=v1.initializers.zeros(), use_resource=True)
    step = v1.assign_add(count, 1.)
    with g.control_dependencies([step.op]):
        first = a + 1.
        with g.control_dependencies([first]):
            second = b * first
            third = tf.identity(count)
            last = tf.negative(second)
    s.run(count.initializer)
    h = s.partial_run_setup([first, second, third, last], [a, b])
    show(s.partial_run(h, first, {a: 2.}))
    show(s.partial_run(h, third))
    show(s.partial_run(h, [second], {b: 4.}))
    show(s.partial_run(h, last))
    show(s.run(count))
    h = s.partial_run_setup([step, first, second], [a, b])
    show(s.partial_run(h, step))
    show(s.partial_run(h, second, {a: 1., b: 3.}))
    show(s.run(count))
    h = s.partial_run_setup([second], [first, b])
    show(s.partial_run(h, second, {first: 2., b: 3.}))
    show(s.run(count))
    h = s.partial_run_setup([step.op, first], [a])
    show(lambda: s.partial_run(h, step.op))
    show(lambda: s.partial_run(h, [first, step.op], {a: 1.}))
"""

PARTIAL_PARTS = """
with v1.Graph().as_default() as g, v1.Session() as s:
    a, b = (v1.placeholder(tf.float32, [], name=name) for name in "ab")
    x = a + 1.
    y = x * b
    h = s.partial_run_setup([x, y], [a, b])
    show(s.partial_run(h, [x, x], {a: 1.}))
    show(s.partial_run(h, {"p": y, "q": [y]}, {b: 5.}))
    sparse = tf.SparseTensor([[0, 1]], [a], [1, 2])
    ragged = tf.RaggedTensor.from_row_splits(tf.stack([b, b + 1.]), [0, 2, 2])
    slices = tf.IndexedSlices(tf.stack([a]), tf.constant([3]))
    h = s.partial_run_setup([sparse, ragged, slices], [a, b])
    before = len(g.get_operations())
    found = s.partial_run(h, {"one": sparse, "two": (slices,)}, {a: 5.})
    show([type(found["one"]).__name__, list(found["one"])])
    show([type(found["two"][0]).__name__, list(found["two"][0])])
    found = s.partial_run(h, ragged, {b: 2.})
    show([type(found).__name__, found.to_list()])
    show(len(g.get_operations()) == before)
    given = v1.sparse_placeholder(tf.float32, [2, 2])
    total = tf.reduce_sum(given.values)
    scaled = total * b
    h = s.partial_run_setup([total, scaled], [given, b])
    show(s.partial_run(h, total, {given: ([[0, 0], [1, 1]], [1., 2.], [2, 2])}))
    show(s.partial_run(h, scaled, {b: 3.}))
"""

TEMPLATES = """
with v1.Graph().as_default() as g:
    def scaled(x, name, k=2.):
        v = v1.get_variable(name, shape=[], initializer=v1.initializers.constant(k))
        v1.get_variable("fixed", [], trainable=False)
        return tf.multiply(x, v, name="m")
    names = lambda variables: [one.name for one in variables]
    t = v1.make_template("scale", scaled, name="y")
    show([t.variable_scope, t.name, t.variables])
    a, b = t(tf.constant(1.)), t(tf.constant(2.))
    show([a, b, names(v1.global_variables())])
    show([names(t.variables), names(t.trainable_variables), names(t.non_trainable_variables)])
    show([names(t.global_variables), names(t.local_variables), t.variable_scope.name, t.variable_scope_name])
    u = v1.make_template("scale", scaled, name="y")
    show([u(tf.constant(1.)), names(u.variables), u.name])
    late = v1.make_template("late", scaled, create_scope_now_=True, name="q")
    show(late.variable_scope.name)
    with v1.variable_scope("outer"):
        show([late(tf.constant(1.)), t(tf.constant(1.))])
        z = v1.make_template("scale", scaled, name="y")
        show(z(tf.constant(1.)))
    show(names(v1.global_variables()))
    count = [0]
    def changing(x):
        count[0] += 1
        return v1.get_variable("v%d" % count[0], []) * x
    c = v1.make_template("c", changing)
    show(lambda: c(1.))
    show(lambda: c(1.))
    for _ in range(2):
        n = v1.make_template("n", scaled, unique_name_="nn", name="e")
        show(lambda: n(tf.constant(1.)))
    show(lambda: v1.make_template(None, scaled))
    plain = v1.make_template("p", lambda x: v1.Variable(1., name="plain") * x)
    show(lambda: plain(1.))
    show(lambda: plain(1.))
    show(v1.make_template("o", lambda x: t(x) + 1.)(tf.constant(3.)))
    def getter(getter, name, *args, **kwargs):
        return getter(name + "_g", *args, **kwargs)
    q = v1.make_template("q2", scaled, custom_getter_=getter, name="e")
    show([q(tf.constant(1.)), names(q.variables)])
    with v1.variable_scope(None, default_name="again"):
        show(tf.identity(1.))
    with v1.variable_scope(None, default_name="again") as scope:
        show([tf.identity(1.), scope.name])
    with v1.Session() as s:
        s.run(v1.global_variables_initializer())
        show(s.run([a, b]))
"""


@pytest.mark.parametrize(
    "text", [PARTIAL, PARTIAL_ORDER, PARTIAL_PARTS, TEMPLATES], ids=["partial runs", "order", "parts", "templates"]
)
def test_programs(text):
    check(text)
