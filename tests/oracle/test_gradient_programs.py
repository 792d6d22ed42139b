"""Programs about gradients around functions and graphs, jacobians and names show the same with both libraries."""

import pytest
from programs import check

PROGRAMS = {
    "gradients inside a function by tensors around it": """
with tf.Graph().as_default():
    x1 = tf.constant(1.5, name='x1')
    x2 = tf.constant(2.0, name='x2')
    x3 = x1 * x2
    def run(make):
        @tf.function
        def outer():
            outer1 = tf.identity(x1)
            @tf.function
            def inner():
                return make(outer1)
            return inner()
        with v1.Session() as session:
            return session.run(outer())
    show(lambda: run(lambda o: tf.gradients(tf.identity(o), [x1])))
    show(lambda: run(lambda o: tf.gradients(tf.identity(x3), [x1, x2])))
    show(lambda: run(lambda o: tf.gradients([o, x2, x3, x1], [x1, x2])))
    show(lambda: run(lambda o: tf.gradients(x3 * o, [x1, x3])))
    show(lambda: run(lambda o: tf.gradients(o * x1, [x1, o])))
    show(lambda: run(lambda o: tf.gradients(x3 * o, [x1, x3], stop_gradients=[x3])))
    show(lambda: run(lambda o: tf.gradients(x1, [x1, x2], unconnected_gradients='zero')))
    z = tf.gather(tf.constant([1.0, 2.0]) * x1, [0, 0, 1])
    show(lambda: run(lambda o: tf.gradients(tf.reduce_sum(z * z[0]) * tf.stop_gradient(x3), [x1, z])))
""",
    "jacobians": """
def taken(make, shape, method='jacobian', persistent=False, value=None, **named):
    with tf.GradientTape(persistent=persistent) as tape:
        x = tf.ones(shape) if value is None else tf.constant(value)
        tape.watch(x)
        y = make(x)
    return getattr(tape, method)(y, x, **named)
show(lambda: taken(lambda x: x * x, [1, 2], experimental_use_pfor=False))
show(lambda: taken(lambda x: x * x, [1, 2], 'batch_jacobian', experimental_use_pfor=False))
show(lambda: taken(lambda x: x * x, [1, 2], 'batch_jacobian', True, experimental_use_pfor=False))
show(lambda: taken(lambda x: tf.ones([2, 2]), [2], 'batch_jacobian'))
show(lambda: taken(lambda x: tf.ones([2]), [2, 2], 'batch_jacobian'))
show(lambda: taken(lambda x: tf.concat([x, x], 0), [2, 3], 'batch_jacobian'))
show(lambda: taken(lambda x: tf.ones([1, 3]), [1, 2], 'batch_jacobian'))
show(lambda: taken(lambda x: tf.ones([1, 3]), [1, 2]))
show(lambda: taken(lambda x: tf.ones([1, 3]), [1, 2], unconnected_gradients='zero'))
show(lambda: taken(lambda x: x * x, [1, 0]))
show(lambda: taken(lambda x: x * x, [1, 0], 'batch_jacobian'))
show(lambda: taken(lambda x: x * x, []))
show(lambda: taken(lambda x: tf.cast(x, tf.int32), [2]))
show(lambda: taken(lambda x: tf.gather(x, [1, 1]) * 2.0, None, value=[1.0, 2.0]))
def in_function(make, signature, value, method='jacobian'):
    @tf.function(input_signature=[tf.TensorSpec(signature)])
    def f(x):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = make(x)
        return getattr(tape, method)(y, x)
    return f(tf.constant(value))
row = [[1.0, 2.0], [3.0, 4.0]]
show(lambda: in_function(lambda x: x * tf.cumsum(x, 1), [None, None], row, 'batch_jacobian'))
show(lambda: in_function(lambda x: x * tf.cumsum(x, 1), [None, 2], row, 'batch_jacobian'))
show(lambda: in_function(lambda x: x * tf.cumsum(x, 1), None, row))
show(lambda: in_function(lambda x: x[:, :tf.cast(x[0, 1], tf.int32)], [None, 2], row))
def of_a_variable():
    v = tf.Variable([3.0, 4.0])
    @tf.function(input_signature=[tf.TensorSpec([None])])
    def f(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * v
        return tape.jacobian(y, [x, v])
    return f(tf.constant([1.0, 2.0]))
show(of_a_variable)
def twice():
    @tf.function(input_signature=[tf.TensorSpec([None, 2])])
    def f(x):
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = x * x * x
            s = tf.reduce_sum(inner.batch_jacobian(y, x))
        return outer.gradient(s, x)
    return f(tf.constant(row))
show(twice)
""",
    "hessians of unknown size": """
def second(shape, value):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, shape)
        (found,) = tf.hessians(tf.reduce_sum(x * x * tf.cumsum(x)), x)
        with v1.Session() as session:
            return str(found.shape), session.run(found, {x: value})
show(lambda: second(None, [1.0, 2.0]))
show(lambda: second([None], [1.0, 2.0, 3.0]))
show(lambda: second([None, 2], [[1.0, 2.0]]))
show(lambda: second([1, 2], [[1.0, 2.0]]))
@tf.function(input_signature=[tf.TensorSpec([None])])
def inside(x):
    return tf.hessians(tf.reduce_sum(x * x * tf.cumsum(x)), x)[0]
show(lambda: inside(tf.constant([1.0, 2.0])))
""",
    "names and places of gradients": """
with tf.Graph().as_default() as graph:
    with tf.device('/cpu:0'):
        w = tf.constant([[1.0]])
    x = tf.constant([[1.0, 2.0]])
    a = tf.matmul(w, x)
    b = tf.matmul(w, x)
    with tf.name_scope('in'):
        c = tf.sin(a) * b + tf.cos(a)
    v1.gradients(c, [w, a])
    tf.gradients(c, [w, a])
    with tf.name_scope('q'):
        v1.gradients(c, [w], colocate_gradients_with_ops=True)
    wanted = [op for op in graph.get_operations() if op.type in ('AddN', 'MatMul')]
    show([op.name for op in wanted])
    show([[group.lower() for group in op.colocation_groups()] for op in wanted])
    show([None if op._original_op is None else op._original_op.name for op in wanted if op.type == 'MatMul'])
""",
    "what does not matter to a loop": """
def taken(make):
    def gradients(x, y):
        return tf.gradients(make(x, y), [x, y])
    with tf.Graph().as_default():
        found = gradients(tf.constant(3.0), tf.constant(2.0))
        with v1.Session() as session:
            return [None if one is None else session.run(one) for one in found]
def loop(body, variables):
    return tf.while_loop(lambda x, *_: x < 100.0, body, variables)
show(lambda: taken(lambda x, y: loop(lambda a, b: (a * a + tf.stop_gradient(b), tf.stop_gradient(b * b)), [x, y])[0]))
show(lambda: taken(lambda x, y: loop(lambda a: (a * a + tf.stop_gradient(y),), [x])[0]))
show(lambda: taken(lambda x, y: loop(lambda a, b: (a * a, b + 1.0), [x, y])[0]))
show(lambda: taken(lambda x, y: loop(lambda a, b: (a * a, b + 1.0), [x, y])[1]))
show(lambda: taken(lambda x, y: tf.cond(x > 0.0, lambda: x * 2.0, lambda: x + tf.stop_gradient(y))))
with tf.Graph().as_default():
    sizes = [tf.TensorShape(None)], [tf.TensorShape([None])]
    def shape(invariants):
        return tf.nest.flatten(tf.while_loop(lambda _: False, lambda _: tf.constant([1]), [tf.constant([1, 2])], invariants))[0].shape
    show([str(shape(one)) for one in sizes])
    def wrong(invariants):
        with tf.Graph().as_default():
            return tf.while_loop(lambda *_: False, lambda *x: x, [tf.constant([1])], invariants)
    show(lambda: wrong([tf.SparseTensorSpec([None])]))
    show(lambda: wrong([tf.TensorSpec([1], tf.float32)]))
""",
    "functions of Python and complex numbers": """
show(lambda: tf.py_function('x', [1], tf.string))
show(lambda: tf.py_function(lambda x: x, [1], [{}]))
def of_complex():
    with tf.Graph().as_default():
        x = tf.constant(3.0 + 3.0j)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.py_function(lambda v: v * v, [x], tf.complex128)
        with v1.Session() as session:
            return session.run(tape.gradient(y, x))
show(of_complex)
double = tf.function(lambda x: x * 2)
traced = double.get_concrete_function(tf.constant(1.0))
show(lambda: tf.raw_ops.Case(branch_index=0, input=[tf.ones([])], Tout=[tf.float32], branches=[traced]))
""",
    "tapes": """
x = tf.constant(3.0)
def again():
    tape = tf.GradientTape()
    with tape:
        tape.watch(x)
        y = 2.0 * x
    with tape:
        z = 2.0 * y
    return tape.gradient(z, x)
show(again)
def of_something_between():
    @tf.function
    def f(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * x
            z = y * y
        return tape.gradient(z, [x, y])
    return f(x)
show(of_something_between)
def order():
    a, b = tf.Variable(1.0), tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = b * a
    return [one is a for one in tape.watched_variables()]
show(order)
def hidden():
    @tf.custom_gradient
    def f(x):
        def gradient(dy):
            raise AssertionError('it ran')
        return x, gradient
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.function(f)(tf.stop_gradient(x))
    return tape.gradient(y, x)
show(hidden)
def prevented():
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.raw_ops.PreventGradient(input=x, message='no')
    return tape.gradient(y, x)
show(prevented)
f = tf.recompute_grad(lambda a, b, by=1.0: a * b * by)
def same_argument_twice(*args, **named):
    with tf.GradientTape() as tape:
        tape.watch(args)
        y = f(*args, **named)
    return tape.gradient(y, args)
show(lambda: same_argument_twice(x, x))
show(lambda: same_argument_twice(x, 2.0 * x))
show(lambda: same_argument_twice(x, x, by=5.0))
class Model:
    @tf.custom_gradient
    def times(self, a, b):
        return a * b, lambda dy: (dy * a, dy * b * 10.0)
    @tf.custom_gradient
    def __call__(self, a):
        return a, lambda dy: dy * 7.0
def methods():
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y, z = Model().times(x, x + 1.0), Model()(x)
    return tape.gradient(y, x), tape.gradient(z, x)
show(methods)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_shows_the_same(name):
    check(PROGRAMS[name])
