"""Sparse tensors are made, fed, fetched and described as TensorFlow does it."""

import pytest
from programs import check

SETUP = """
value = v1.SparseTensorValue(np.array([[0, 1], [1, 0]]), np.array([1., 2.], np.float32), np.array([2, 3]))
def make(**changed):
    return tf.SparseTensor(**{**dict(indices=[[0, 0], [1, 2]], values=[1, 2], dense_shape=[3, 4]), **changed})
def text(function):
    show(lambda: str(function()))
    def in_graph():
        with tf.Graph().as_default():
            return str(function())
    show(in_graph)
"""

PROGRAMS = {
    "making": """
text(make)
text(lambda: [make().dtype, make().shape, make().get_shape(), make().indices.dtype, make().dense_shape.dtype])
text(lambda: make(indices=[[0, 0]]))
text(lambda: make(indices=[0, 0]))
text(lambda: make(values=[[1]]))
text(lambda: make(dense_shape=[3]))
text(lambda: make(indices=tf.constant([[0, 0], [1, 1]], tf.int32)).shape)
text(lambda: make(indices=np.zeros((0, 2), np.int64), values=[]))
text(lambda: make().with_values([5., 6.]))
text(lambda: make().with_values([5, 6, 7]))
text(lambda: tf.SparseTensor.from_value(value))
text(lambda: tf.SparseTensor.from_value(make()))
text(lambda: tf.SparseTensor.from_value(3))
text(lambda: v1.convert_to_tensor_or_sparse_tensor(value))
text(lambda: v1.convert_to_tensor_or_sparse_tensor([1, 2]))
text(lambda: v1.convert_to_tensor_or_sparse_tensor(make(), tf.float32))
text(lambda: tf.cast(make(), tf.float32))
text(lambda: bool(make()))
text(lambda: list(make()))
text(lambda: make().consumers())
text(lambda: [v1.SparseTensor is tf.SparseTensor, tf.sparse.SparseTensor is tf.SparseTensor])
""",
    "specs": """
text(lambda: tf.type_spec_from_value(make()))
text(lambda: tf.SparseTensorSpec([None, 3], tf.int32))
text(lambda: [tf.SparseTensorSpec([2], tf.int32) == tf.SparseTensorSpec([2], tf.int32), tf.SparseTensorSpec().shape])
text(lambda: [tf.SparseTensorSpec([2]).dtype, tf.SparseTensorSpec([2]).value_type.__name__])
text(lambda: [tf.SparseTensorSpec([None]).is_compatible_with(tf.SparseTensorSpec([2]))])
text(lambda: tf.SparseTensorSpec([2, 3], tf.int32)._component_specs)
text(lambda: [one.shape for one in tf.nest.flatten(make(), expand_composites=True)])
text(lambda: tf.nest.map_structure(lambda x: x + 1, make(), expand_composites=True).dense_shape.dtype)
text(lambda: make()._shape_invariant_to_type_spec(tf.TensorShape([None, None])))
text(lambda: make()._shape_invariant_to_type_spec(tf.TensorShape([2])))
""",
    "placeholders": """
text(lambda: v1.sparse_placeholder(tf.float32))
text(lambda: v1.sparse_placeholder(tf.float32, [2, None], 'nm'))
text(lambda: v1.sparse_placeholder(tf.float32, [2, 3], 'nm'))
text(lambda: v1.sparse_placeholder(tf.float32, tf.constant([2, 3], tf.int64)))
text(lambda: [v1.sparse_placeholder(tf.float32, shape).shape for shape in (None, [2, 3], [2, None], [None, None])])
text(lambda: v1.sparse.placeholder(tf.int32, name='q'))
""",
    "assertions": """
d = v1.debugging
text(lambda: d.assert_type(make(), tf.float32))
text(lambda: tf.debugging.assert_shapes([(make(), (3, 4)), (tf.constant([1, 2]), (2,))]))
text(lambda: tf.debugging.assert_shapes([(make(), (3, 5))]))
text(lambda: tf.debugging.assert_shapes([(make(), ('N', 'M')), (tf.zeros([3]), ('M',))]))
text(lambda: tf.debugging.assert_shapes([(make(), ('N',))]))
text(lambda: d.assert_rank(make(), 3))
with tf.Graph().as_default(), v1.Session() as session:
    x = v1.sparse_placeholder(tf.float32)
    for shape in ((2, 3), (2, 4), ('N', 'N'), ('N', 'M'), (3,), (..., 3)):
        def run():
            try:
                return session.run(d.assert_shapes([(x, shape)]), {x: value})
            except tf.errors.OpError as error:
                return error.message[error.message.find('assertion failed') :].partition("\\t")[0].strip()
        show(run)
""",
    "sums and products": """
def parts(function):
    def shown():
        try:
            made = function()
        except tf.errors.InvalidArgumentError as error:
            return type(error).__name__
        if not isinstance(made, tf.SparseTensor):
            return made
        return [one.numpy().tolist() for one in (made.indices, made.values, made.dense_shape)]
    show(shown)
ST, s, big = tf.SparseTensor, tf.sparse, 1 << 40
two = ST([[0, 0]], [1.], [2, 2])
for other in (ST([[2, 2]], [5.], [3, 3]), ST([[1]], [5.], [4]), ST([[0, 0]], [-1.], [2, 2]), ST([[0, 1]], [.01], [2, 2])):
    parts(lambda: s.add(two, other))
    parts(lambda: s.add(other, two, threshold=0.1))
for other in (tf.zeros([3, 3]), tf.zeros([2]), tf.zeros([2, 2, 2]), tf.ones([2, 2]), tf.zeros([2, 3])):
    parts(lambda: s.add(two, other))
    parts(lambda: s.add(other, two))
parts(lambda: s.add(ST([[1 << 39, 5]], [1.], [big, big]), ST([[0, 1], [1 << 39, 5]], [.5, 1.], [big, big])))
parts(lambda: s.reorder(ST([[1 << 30, 0], [1, 0]], [1., 2.], [big, big])))
parts(lambda: s.reorder(ST([[1, 1, 0], [1, 0, 2], [0, 5, 5], [1, 0, 2]], [1., 2., 3., 4.], [big, big, big])))
wide = ST([[0, 1]], [2.], [2, 3])
for other in (tf.ones([5, 2]), tf.ones([2, 2]), tf.ones([3, 2]), tf.ones([5, 3]), tf.ones([3]), tf.ones([3, 2, 2])):
    for turned in ({}, dict(adjoint_a=True), dict(adjoint_b=True)):
        parts(lambda: s.sparse_dense_matmul(wide, other, **turned))
parts(lambda: s.sparse_dense_matmul(ST([[0, 0, 1]], [2.], [2, 3, 4]), tf.ones([3, 2])))
parts(lambda: s.sparse_dense_matmul(ST([[0]], [2.], [2]), tf.ones([2, 2])))
parts(lambda: s.sparse_dense_matmul(ST([[5, 1]], [2.], [2, 3]), tf.ones([3, 2])))
parts(lambda: s.sparse_dense_matmul(ST([[-1, 1]], [2.], [2, 3]), tf.ones([3, 2])))
parts(lambda: s.sparse_dense_matmul(ST([[0, 5]], [2.], [2, 3]), tf.ones([3, 2])))
parts(lambda: s.sparse_dense_matmul(ST(tf.zeros([0, 2], tf.int64), tf.zeros([0]), [2, 3]), tf.ones([3, 2])))
repeated, cancelled = ST([[0, 0], [0, 0]], [1., 2.], [2, 2]), ST([[0, 0], [0, 1]], [1., -1.], [2, 2])
deep = ST([[0, 1, 2], [1, 0, 1], [0, 1, 3]], [1., 2., 3.], [2, 2, 4])
empty = ST(tf.zeros([0, 2], tf.int64), tf.zeros([0]), [2, 3])
for one in (repeated, cancelled, deep, empty):
    for axis in (None, 0, 1, -1, [], [0, 1], [0, 0], [0, -2], 3, -4, tf.constant([1])):
        for options in ({}, dict(keepdims=True), dict(output_is_sparse=True), dict(output_is_sparse=True, keepdims=True)):
            parts(lambda: s.reduce_sum(one, axis, **options))
parts(lambda: s.reduce_sum(ST([[0, 0], [0, 1]], [1., -1.], [big, 2]), 0))
parts(lambda: s.reduce_sum(ST([[5, 0]], ['a'], [7, 2]), 1))
parts(lambda: s.reduce_sum(ST([[5, 0]], [True], [7, 2]), 1))
v, m = tf.constant([2., 3.]), tf.constant([[1., 2.], [3., 4.], [5., 6.]])
def turned(values):
    return ST([[0, 1], [1, 0]], values, [2, 3])
for one in (lambda: s.reduce_sum(turned(v * v), 1), lambda: s.reduce_sum(turned(v * v), 0, keepdims=True), lambda: s.reduce_sum(turned(v)),
            lambda: s.sparse_dense_matmul(turned(v), m) ** 2, lambda: s.add(turned(v), turned(v * v)).values, lambda: s.reorder(turned(v * v)).values,
            lambda: s.add(turned(v), tf.ones([2, 3])) ** 2):
    def gradient():
        with tf.GradientTape() as tape:
            tape.watch(v)
            y = one()
        return tape.gradient(y, v)
    show(gradient)
""",
    "sums and products in graphs": """
fed = v1.SparseTensorValue(np.array([[1, 0], [0, 1], [1, 0]]), np.array([1., 2., 3.], np.float32), np.array([2, 3]))
for shape in (None, [2, None], [2, 3]):
    with tf.Graph().as_default(), v1.Session() as session:
        x, b, a = v1.sparse_placeholder(tf.float32, shape), v1.placeholder(tf.float32), v1.placeholder(tf.int32)
        def run(function, feed={}):
            def shown():
                try:
                    return list(session.run(function(), {x: fed, **feed}))
                except tf.errors.InvalidArgumentError:
                    return 'refused'
            show(shown)
        run(lambda: tf.sparse.reorder(x))
        run(lambda: tf.sparse.reduce_sum(x, keepdims=True))
        run(lambda: tf.sparse.reduce_sum(x, 1))
        run(lambda: tf.sparse.reduce_sum(x, [0], keepdims=True))
        run(lambda: tf.sparse.reduce_sum(x, a), {a: [1]})
        run(lambda: tf.sparse.reduce_sum(x, a), {a: 5})
        for size in (2, 3):
            run(lambda: tf.sparse.add(x, b), {b: np.ones([size, 3])})
            run(lambda: tf.sparse.sparse_dense_matmul(x, b), {b: np.ones([size, 2])})
        run(lambda: tf.sparse.sparse_dense_matmul(x, b), {b: np.ones([3])})
""",
    "sessions": """
with tf.Graph().as_default(), v1.Session() as session:
    for shape in (None, [2, None], [2, 3]):
        x = v1.sparse_placeholder(tf.float32, shape)
        show(lambda: list(session.run(x, {x: value})))
        show(lambda: session.run([x.values, x.indices, x.dense_shape], {x: tuple(value)}))
        show(lambda: type(session.run({'a': x}, {x: value})['a']).__name__)
        show(lambda: list(session.run(tf.SparseTensor(x.indices, x.values * 2, x.dense_shape), {x: value})))
        show(lambda: session.run(x.values, {x.indices: value[0], x.values: value[1], x.dense_shape: value[2]}))
        show(lambda: session.make_callable(x.values, [x.indices, x.values, x.dense_shape])(*value))
    k = make()
    show(lambda: list(session.run(k)))
    show(lambda: list(k.eval(session=session)))
    show(lambda: session.run([k, {'q': (k, k.values)}])[1]['q'][1])
    show(lambda: session.run(tf.group(k)))
    show(lambda: [type(one).__name__.replace('SymbolicTensor', 'Tensor') for one in v1.tuple([k, tf.constant(1)])])
    p = v1.sparse_placeholder(tf.float32)
    show(lambda: session.run(p.values))
    def wait():
        with v1.control_dependencies([k]):
            return tf.identity(1.).op.control_inputs[0].name
    show(wait)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_sparse_tensors_show_the_same(name):
    check(SETUP + PROGRAMS[name])
