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
