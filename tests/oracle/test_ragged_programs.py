"""Ragged tensors are made, shown, indexed, batched, fed and fetched as TensorFlow does it."""

import pytest
from programs import check

SETUP = """
import re
def text(function):
    def shown():
        try:
            return str(function())
        except Exception as error:  # an eager op of TensorFlow names itself in its message
            first = re.sub(r"{{function_node [^}]*}} | .Op:.*", "", str(error).split("\\n")[0])
            return [type(error).__name__, first]
    show(shown)
def both(function):
    text(function)
    def in_graph():
        with tf.Graph().as_default(), v1.Session() as session:
            return str(session.run(function()))
    show(in_graph)
RT = tf.RaggedTensor
rt = tf.ragged.constant([[1, 2], [3]])
r3 = tf.ragged.constant([[[1., 2.], []], [[3.]]], row_splits_dtype=tf.int32)
uniform = RT.from_uniform_row_length([1, 2, 3, 4], 2)
rows = tf.data.Dataset.range(5).map(lambda n: tf.fill([n], n))
"""

PROGRAMS = {
    "factories": """
text(lambda: RT.from_row_splits([1, 2, 3], [0, 2, 3]))
text(lambda: RT.from_row_splits([1, 2, 3], []))
text(lambda: RT.from_row_splits([1, 2, 3], [[0, 3]]))
text(lambda: RT.from_row_splits([1], [0., 3.]))
text(lambda: RT.from_row_splits([1, 2], tf.constant([0, 2], tf.int32)).row_splits)
text(lambda: RT.from_value_rowids([1, 2, 3], [0, 0, 2]))
text(lambda: RT.from_value_rowids([1, 2, 3], [0, 0, 2], nrows=5))
text(lambda: RT.from_value_rowids([1, 2, 3], [0, 0, 2], nrows=1))
text(lambda: RT.from_value_rowids([1, 2, 3], [0, 2]))
text(lambda: RT.from_value_rowids([1, 2, 3], [0, 1, 1], nrows=-1))
text(lambda: RT.from_value_rowids([], []))
text(lambda: RT.from_row_lengths([1, 2, 3], [1, 0, 2]))
text(lambda: RT.from_row_starts([1, 2, 3], [0, 0, 2]))
text(lambda: RT.from_row_limits([1, 2, 3], [0, 1, 3]))
text(lambda: uniform)
text(lambda: [uniform.shape, uniform.uniform_row_length])
text(lambda: RT.from_uniform_row_length([1, 2, 3], 2))
text(lambda: RT.from_uniform_row_length([], 0))
text(lambda: RT.from_uniform_row_length([], 0, nrows=3))
text(lambda: RT.from_uniform_row_length([1, 2], -1))
text(lambda: RT.from_uniform_row_length([1, 2], 0))
text(lambda: RT.from_uniform_row_length([1, 2], 2, nrows=3))
text(lambda: RT.from_uniform_row_length([1, 2], tf.constant([2])))
text(lambda: RT.from_nested_row_splits([1, 2, 3], [[0, 1, 2], [0, 2, 3]]))
text(lambda: RT.from_nested_row_lengths([1, 2, 3], [[1, 1], [2, 1]]))
text(lambda: RT.from_nested_value_rowids([1, 2, 3], [[0, 1], [0, 0, 1]]))
text(lambda: RT.from_nested_value_rowids([1, 2, 3], [[0, 1], [0, 0, 1]], [5, 2]))
text(lambda: RT.from_nested_value_rowids([1, 2, 3], [[0, 1], [0, 0, 1]], [5]))
text(lambda: RT.from_nested_row_splits([1], []))
text(lambda: RT(1, 2))
text(lambda: RT.from_row_splits(rt, [0, 1, 2]))
for one in ('row_splits([1, 2, 3], [0, 2, 5])', 'row_splits([1, 2, 3], [1, 3])', 'row_splits([1, 2, 3], [0, 2, 1, 3])',
            'value_rowids([1, 2, 3], [0, 2, 0])', 'value_rowids([1, 2, 3], [-1, 2, 3])', 'row_lengths([1, 2, 3], [1, 0, 1])',
            'row_lengths([1, 2, 3], [1, -1, 3])', 'row_starts([1, 2, 3], [1, 2])', 'row_starts([1, 2, 3], [0, 9])',
            'row_limits([1, 2, 3], [0, 1])', 'row_limits([1, 2, 3], [2, 1, 3])'):
    show(lambda: eval('RT.from_' + one))
""",
    "attributes": """
for one in (rt, r3, uniform):
    for name in 'shape dtype ragged_rank values flat_values row_splits nested_row_splits uniform_row_length'.split():
        text(lambda: [name, getattr(one, name)])
    for name in ('row_lengths row_starts row_limits value_rowids nrows bounding_shape nested_row_lengths nested_value_rowids '
                 'to_list numpy get_shape').split():
        text(lambda: [name, getattr(one, name)()])
text(lambda: r3.row_lengths(axis=2))
text(lambda: r3.row_lengths(axis=0))
text(lambda: r3.row_lengths(axis=-1))
text(lambda: r3.row_lengths(axis=5))
text(lambda: r3.bounding_shape(axis=1))
text(lambda: r3.bounding_shape(axis=[0, 2]))
text(lambda: r3.bounding_shape(out_type=tf.int64))
text(lambda: r3.nrows(out_type=tf.int64))
text(lambda: [r3.with_row_splits_dtype(tf.int64).row_splits.dtype, rt.with_row_splits_dtype(tf.int64) is rt])
text(lambda: rt.with_values([5, 6, 7]))
text(lambda: rt.with_values([5, 6]))
text(lambda: r3.with_flat_values([5, 6, 7]))
text(lambda: list(rt))
text(lambda: len(rt))
text(lambda: bool(rt))
text(lambda: hash(rt))
text(lambda: [rt is rt, rt == None, rt != None])
""",
    "text": """
text(lambda: tf.ragged.constant([['a', 'b'], []]))
text(lambda: tf.ragged.constant([[1.5, 2], []]))
text(lambda: tf.ragged.range([2000]))
text(lambda: tf.ragged.range(tf.range(30)))
text(lambda: tf.ragged.constant([[[1.5, 2.25]], [[1e10], [2]]]))
text(lambda: tf.ragged.constant([[True], []]))
text(lambda: RT.from_row_splits(tf.reshape(tf.range(6), [3, 2]), [0, 2, 3]))
text(lambda: RT.from_row_splits(tf.reshape(tf.range(12), [3, 2, 2]), [0, 2, 3]))
text(lambda: tf.ragged.constant([[], []]))
text(lambda: tf.ragged.constant([[1, 2, 3] * 50, [2]]))
text(lambda: tf.ragged.constant([[1 + 2j]]))
text(lambda: v1.ragged.constant_value([[1, 2], [3]]))
show(lambda: repr(v1.ragged.constant_value([[1, 2], [3]])))
both(lambda: tf.ragged.constant([[1, 2], [3]]))
""",
    "constants": """
text(lambda: tf.ragged.constant(3))
text(lambda: tf.ragged.constant([1, 2]))
text(lambda: tf.ragged.constant([[1], 2]))
text(lambda: tf.ragged.constant([[[1, 2]], []], ragged_rank=1))
text(lambda: tf.ragged.constant([[[1, 2]], []], ragged_rank=1, inner_shape=(2,)).shape)
text(lambda: tf.ragged.constant([[[1, 2]], [[3, 4]]], ragged_rank=1))
text(lambda: [tf.ragged.constant([[], [[]]]).shape, tf.ragged.constant([]).shape, tf.ragged.constant([[], []]).dtype])
text(lambda: tf.ragged.constant([[[1, 2], [3]]], ragged_rank=1))
text(lambda: tf.ragged.constant([[1, 2]], row_splits_dtype=tf.float32))
text(lambda: tf.ragged.constant(np.array([[1, 2], [3, 4]])))
text(lambda: tf.ragged.constant([np.array([1, 2]), np.array([3])]))
text(lambda: tf.ragged.constant([[1, [2]]]))
text(lambda: tf.ragged.constant([[1, 2]], tf.float64, row_splits_dtype=tf.int32).row_splits.dtype)
text(lambda: tf.ragged.range([3, 0, 2]))
text(lambda: tf.ragged.range([0, 5], [3, 2], [1, -1]))
text(lambda: tf.ragged.range(1., [3.], .5, row_splits_dtype=tf.int32).row_splits)
""",
    "specs": """
S = tf.RaggedTensorSpec
text(lambda: [S([2, None]), S([None, None, 3]), S(None, ragged_rank=1), S([2])])
text(lambda: S(None))
text(lambda: S([2, None], ragged_rank=3))
text(lambda: S([2, None], ragged_rank='a'))
text(lambda: [S([2, None], tf.int32).value_type.__name__, S([2, None])._component_specs])
text(lambda: [S([2, 3, 4], ragged_rank=2)._component_specs, S(None, ragged_rank=2)._component_specs])
text(lambda: [S([2, 3], ragged_rank=0)._component_specs, S([2, None])._flat_tensor_specs])
text(lambda: S(ragged_rank=1, flat_values_spec=tf.TensorSpec([None], tf.int32)))
text(lambda: [S([2, None]).is_compatible_with(tf.ragged.constant([[1.], [2.]])), S([2, None]).is_compatible_with(rt)])
text(lambda: [S.from_value(rt), tf.type_spec_from_value(r3), tf.type_spec_from_value(v1.ragged.constant_value([[1]]))])
s = S([2, None])
text(lambda: [s.shape, s.dtype, s.ragged_rank, s.row_splits_dtype, s.flat_values_spec])
text(lambda: [s._batch(5), s._unbatch(), s._unbatch()._unbatch()])
text(lambda: s.most_specific_compatible_type(S([3, None])))
text(lambda: s.most_specific_compatible_type(S([3, None], tf.int32)))
text(lambda: [t.numpy().tolist() for t in tf.nest.flatten(rt, expand_composites=True)])
text(lambda: tf.nest.map_structure(lambda x: x + x, rt, expand_composites=True).row_splits)
""",
    "functions": """
double = tf.function(lambda x: x * 2)
text(lambda: double(rt))
text(lambda: [t.shape for t in double.get_concrete_function(rt).inputs])
text(lambda: double.get_concrete_function(rt).structured_outputs.shape)
text(lambda: double.get_concrete_function(tf.RaggedTensorSpec([None, None], tf.int32))(rt))
text(lambda: tf.function(lambda x: (x.to_tensor(), x.row_lengths(), x[1:]))(rt))
def gradient(function, value):
    with tf.GradientTape() as tape:
        tape.watch(value.flat_values)
        result = function(value)
    return tf.convert_to_tensor(tape.gradient(result, value.flat_values))
text(lambda: gradient(lambda x: (x * x).to_tensor(), r3))
def whole(function):
    with tf.GradientTape() as tape:
        tape.watch(r3)
        result = function(r3)
    return tape.gradient(result, {'x': r3})
text(lambda: whole(lambda x: x * x))
text(lambda: whole(lambda x: tf.reduce_max(x, 2)))
@tf.custom_gradient
def tripled(x):
    return x * x, lambda dy: 3 * dy
text(lambda: whole(tripled))
text(lambda: [tf.is_tensor(one) for one in (rt, tf.SparseTensor([[0]], [1], [2]), tf.Variable(1), rows, 1, tf.constant(1))])
text(lambda: gradient(lambda x: x.to_tensor(default_value=7.) * 2., r3))
text(lambda: gradient(lambda x: x[:, :1].flat_values * 3., r3))
text(lambda: gradient(lambda x: x.to_sparse().values * 3., r3))
text(lambda: gradient(lambda x: x[1:].flat_values * 3., r3))
text(lambda: tf.cond(tf.constant(True), lambda: rt, lambda: rt + 1))
text(lambda: tf.function(lambda x: tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, x * 2), [0, x])[1])(rt))
""",
    "indexing": """
four = tf.ragged.constant([[[1, 2], [], [3]], [], [[4, 5, 6]], [[7], [8, 9]]])
for key in ('0', '1', '-1', '2, 0', '0, 0, 1', '0, -1', 'slice(1, 3)', 'slice(None, None, -1)', 'slice(None, None, 2)', 'slice(None), slice(1)',
            'slice(None), slice(1, None)', 'slice(None), slice(None, None, -1)', 'slice(None), slice(-1, None)', 'slice(None), slice(None), slice(1)',
            '..., slice(1)', '..., slice(None, -1)', '0, slice(1, None)', 'tf.newaxis', 'slice(None), tf.newaxis', 'slice(None), slice(None), tf.newaxis',
            '..., tf.newaxis', 'slice(0)', 'slice(5, 9)', '9', 'slice(None), 0', 'slice(1, 3), slice(1), slice(1)', '0, 0, 0, 0', '"a"', '1.5',
            'tf.constant(2)', 'slice(tf.constant(1), None)'):
    text(lambda: eval(f'four[{key}]'))
    text(lambda: eval(f'four[{key}].shape'))
text(lambda: uniform[:, 1])
text(lambda: tf.function(lambda x, i: x[i])(four, tf.constant(2)))
text(lambda: tf.function(lambda x, i: x[i:, :1])(four, tf.constant(2)))
""",
    "conversions": """
dense = tf.constant([[1, 2, 0], [0, 0, 0], [3, 0, 0]])
text(lambda: RT.from_tensor(dense))
text(lambda: RT.from_tensor(dense).shape)
text(lambda: RT.from_tensor(dense, padding=0))
text(lambda: RT.from_tensor(dense, lengths=[2, 0, 1]))
text(lambda: RT.from_tensor(dense, lengths=[2, 0, 1], padding=0))
text(lambda: RT.from_tensor(dense, ragged_rank=0))
text(lambda: RT.from_tensor(dense, ragged_rank=2))
text(lambda: RT.from_tensor(dense, row_splits_dtype=tf.int32).row_splits)
cube = tf.reshape(tf.range(12), [2, 3, 2])
text(lambda: RT.from_tensor(cube, ragged_rank=2))
text(lambda: RT.from_tensor(cube, ragged_rank=2).shape)
text(lambda: RT.from_tensor(cube, lengths=[1, 2]))
deep = tf.reshape(tf.range(18), [3, 3, 2])
text(lambda: RT.from_tensor(deep, lengths=([2, 0, 3], [1, 1, 2, 0, 1])))
text(lambda: RT.from_tensor(cube, padding=[4, 5]))
text(lambda: RT.from_tensor(cube, padding=11, ragged_rank=2))
text(lambda: rt.to_tensor())
text(lambda: rt.to_tensor(-1))
text(lambda: rt.to_tensor(shape=[None, 4]))
text(lambda: rt.to_tensor(shape=[1, 1]))
text(lambda: rt.to_tensor(shape=[None, None, 1]))
text(lambda: r3.to_tensor(default_value=9))
text(lambda: tf.ragged.constant([['a'], []]).to_tensor())
text(lambda: r3.to_sparse())
text(lambda: RT.from_sparse(tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [1, 2, 3], [4, 3])))
text(lambda: RT.from_sparse(3))
text(lambda: RT.from_sparse(tf.SparseTensor([[0]], [1], [4])))
text(lambda: tf.convert_to_tensor(rt))
""",
    "elementwise": """
for one in ('rt + rt', '1 + rt', 'tf.constant(1) + rt', 'rt + [[1], [2]]', 'rt + [1]', 'rt / 2', '-rt', 'abs(rt)', 'rt // 2', 'rt % 2', 'rt ** 2',
            '~(rt > 1)', '(rt > 1) & (rt > 1)', '(rt > 1) | (rt < 1)', 'rt == rt', 'rt != rt', 'rt < 2', '2 - rt', 'rt @ rt', 'rt + r3', 'tf.square(rt)',
            'tf.math.add(rt, rt)', 'tf.math.maximum(rt, 2)', 'tf.cast(rt, tf.float32)', 'tf.zeros_like(rt)', 'tf.ones_like(rt)', 'tf.identity(rt)',
            'tf.exp(r3)', 'tf.math.divide(r3, 2.)', 'tf.equal(rt, 2)', 'tf.where(rt > 1, rt, -rt)', 'tf.add_n([rt, rt])', 'tf.nn.relu(r3)', 'tf.abs(-r3)',
            'tf.math.logical_not(rt > 1)', 'r3 + tf.ones([2, 1, 1])', 'tf.strings.as_string(rt)', 'tf.round(r3)', 'tf.clip_by_value(r3, 1.5, 2.5)'):
    text(lambda: eval(one))
for one in ('rt + tf.ragged.constant([[1, 2], [3, 4]])', 'rt + tf.ragged.constant([[1], [3]])', 'rt + [1, 2]'):
    show(lambda: eval(one))
""",
    "datasets": """
def all_of(dataset):
    text(lambda: dataset.element_spec)
    text(lambda: [one.to_list() if hasattr(one, 'to_list') else one.numpy() for one in dataset])
show(lambda: str(rows.ragged_batch(2)))
all_of(rows.ragged_batch(2))
all_of(rows.ragged_batch(2, True, tf.int32))
text(lambda: rows.ragged_batch(0))
sliced = tf.data.Dataset.from_tensor_slices(tf.ragged.constant([[1, 2], [], [3]]))
all_of(sliced)
all_of(sliced.batch(2))
all_of(sliced.batch(2, drop_remainder=True))
all_of(sliced.batch(2).unbatch())
all_of(sliced.batch(2).rebatch(1))
all_of(sliced.batch(2).map(lambda x: x * 2))
all_of(sliced.batch(2).map(lambda x: x.to_tensor()))
all_of(tf.data.Dataset.from_tensors(r3).repeat(2).batch(2))
all_of(tf.data.Dataset.from_tensor_slices(r3))
all_of(tf.data.Dataset.from_tensor_slices(r3).unbatch())
pairs = tf.data.Dataset.zip((rows, tf.data.Dataset.range(5))).ragged_batch(3)
text(lambda: pairs.element_spec)
text(lambda: [(a.to_list(), b.numpy()) for a, b in pairs])
mixed = tf.data.Dataset.from_tensors({'a': tf.SparseTensor([[0, 1]], [5], [2, 2]), 'b': rt})
text(lambda: [mixed.element_spec, mixed.batch(2).element_spec])
text(lambda: list(mixed.repeat(2).batch(2)))
text(lambda: list(mixed.unbatch()))
text(lambda: list(mixed.as_numpy_iterator()))
text(lambda: mixed.padded_batch(2))
text(lambda: tf.data.Dataset.from_generator(lambda: iter([rt]), output_signature=tf.RaggedTensorSpec([None, None], tf.int32)))
text(lambda: [v1.data.get_output_types(sliced.batch(2)), v1.data.get_output_shapes(sliced.batch(2)), v1.data.get_output_classes(sliced.batch(2))])
text(lambda: list(sliced.batch(3).filter(lambda x: x.nrows() > 2)))
text(lambda: sliced.batch(3).reduce(np.int64(0), lambda s, x: s + x.nrows()))
""",
    "sparse_batches": """
show(lambda: str(rows.sparse_batch(2, [6])))
text(lambda: list(rows.sparse_batch(2, [6])))
text(lambda: list(rows.sparse_batch(2, [None])))
text(lambda: list(rows.sparse_batch(2, [1])))
text(lambda: list(rows.sparse_batch(2, [5, 5])))
text(lambda: rows.sparse_batch(0, [5]))
text(lambda: rows.sparse_batch(2, [5, 5]))
text(lambda: rows.sparse_batch(2, 5))
text(lambda: rows.sparse_batch(2, tf.TensorShape(None)))
text(lambda: rows.sparse_batch(2, tf.constant([5], tf.int64)))
text(lambda: tf.data.Dataset.zip((rows, rows)).sparse_batch(2, [5]))
text(lambda: rows.sparse_batch(2, [6]).unbatch().element_spec)
text(lambda: list(rows.sparse_batch(2, [6]).unbatch()))
text(lambda: list(rows.sparse_batch(2, [6]).map(lambda x: x.values)))
text(lambda: list(tf.data.Dataset.from_tensors(['a', 'b']).sparse_batch(2, [3])))
text(lambda: list(tf.data.Dataset.from_tensors(tf.constant([[1, 0], [2, 3]])).repeat(3).sparse_batch(2, [3, None])))
text(lambda: list(tf.data.Dataset.from_tensor_slices(tf.SparseTensor([[0, 1], [2, 0]], [5, 6], [3, 2]))))
text(lambda: tf.sparse.from_dense([[0, 5], [6, 0]]))
sp = tf.SparseTensor([[1, 2], [0, 1], [1, 0]], [1., 2., 3.], [2, 3])
other = tf.SparseTensor([[0, 1], [1, 1]], [-2., 7.], [2, 3])
def ordered(tensor):
    return tensor.indices.numpy().tolist(), tensor.values.numpy().tolist(), tensor.dense_shape.numpy().tolist()
text(lambda: ordered(tf.sparse.reorder(sp)))
sp = tf.sparse.reorder(sp)
for axis in (None, 0, 1, -1, [0, 1]):
    text(lambda: tf.sparse.reduce_sum(sp, axis))
    text(lambda: tf.sparse.reduce_sum(sp, axis, keepdims=True))
text(lambda: ordered(tf.sparse.add(sp, other)))
text(lambda: ordered(tf.sparse.add(sp, other, 1.5)))
text(lambda: tf.sparse.add(sp, tf.ones([2, 3])))
text(lambda: tf.sparse.add(tf.ones([2, 3]), sp))
text(lambda: tf.sparse.add(1, 2))
text(lambda: tf.sparse.sparse_dense_matmul(sp, [[1., 2.], [3., 4.], [5., 6.]]))
text(lambda: tf.sparse.sparse_dense_matmul(sp, tf.ones([2, 2]), adjoint_a=True))
text(lambda: tf.sparse.sparse_dense_matmul(sp, tf.ones([2, 3]), adjoint_b=True))
text(lambda: tf.sparse.reorder(3))
text(lambda: tf.sparse.to_dense(tf.SparseTensor([[0, 1]], [5], [1, 3]), default_value=7))
""",
    "joining": """
five = tf.ragged.constant([[4], [5, 6]])
for one in ('tf.concat([rt, five], 0)', 'tf.concat([rt, five], 1)', 'tf.concat([rt, five], axis=-1)', 'tf.stack([rt, five])', 'tf.stack([rt, five], 1)',
            'tf.stack([rt, five], axis=2)', 'tf.concat([rt, [[7, 8], [9, 10]]], 1)', 'tf.concat([rt, [[7], [8]]], 0)', 'tf.concat([rt], 0)',
            'tf.stack([rt])', 'tf.concat([r3, r3], 2)', 'tf.concat([r3, r3], 1)', 'tf.concat([rt, five], 5)', 'tf.stack([r3, r3], 1)',
            'tf.ragged.stack([[1, 2], [3]])', 'tf.ragged.stack([1, 2])', 'tf.ragged.stack([rt, five])', 'tf.ragged.stack([rt, five], 1)',
            'tf.ragged.stack([[[1, 2]], [[3]]])',
            'tf.expand_dims(rt, 0)', 'tf.expand_dims(rt, 1)', 'tf.expand_dims(rt, 2)', 'tf.expand_dims(rt, -1)', 'tf.expand_dims(rt, 0).shape',
            'tf.size(rt)', 'tf.rank(rt)', 'tf.rank(r3)', 'rt.merge_dims(0, 1)', 'r3.merge_dims(0, 1)', 'r3.merge_dims(1, 2)', 'r3.merge_dims(0, -1)',
            'r3.merge_dims(1, 1)', 'tf.gather(rt, [1, 0, 1])', 'tf.gather(rt, 1)', 'tf.gather(rt, [[1], [0]])', 'tf.gather(rt, rt - 2 + tf.cast(rt < 2, tf.int32))',
            'tf.gather([5, 6, 7, 8], rt)', 'tf.gather(r3, [1, 0])', 'tf.gather(rt, [5])',
            'tf.ragged.boolean_mask([[1, 2], [3, 4]], [[True, False], [True, True]])', 'tf.ragged.boolean_mask(rt, [True, False])',
            'tf.ragged.boolean_mask(rt, rt > 1)', 'tf.ragged.boolean_mask([1, 2], [True, False])', 'tf.ragged.boolean_mask(rt, True)',
            'tf.ragged.boolean_mask(r3, [False, True])', 'tf.ragged.boolean_mask(r3, tf.ragged.constant([[True, False], [True]], row_splits_dtype=tf.int32))',
            'tf.math.reduce_variance(r3, 2)', 'tf.math.reduce_std(r3, 1)', 'tf.ragged.map_flat_values(tf.square, rt)', 'tf.ragged.map_flat_values(tf.add, rt, y=rt)', 'tf.ragged.map_flat_values(tf.add, 1, 2)',
            'tf.ragged.row_splits_to_segment_ids([0, 3, 3, 5])', 'tf.ragged.segment_ids_to_row_splits([0, 0, 2])',
            'tf.ragged.segment_ids_to_row_splits([0, 0, 2], num_segments=5)', 'tf.ragged.row_splits_to_segment_ids([0, 2], out_type=tf.int32)'):
    text(lambda: eval(one))
""",
    "reductions": """
x = tf.ragged.constant([[3, 1, 4], [], [1, 5, 9, 2], [6]])
deep = tf.ragged.constant([[[3., 1.], [4.]], [], [[1.], [5., 9.], [2.]]])
for name in 'sum prod max min mean'.split():
    reduce = getattr(tf, 'reduce_' + name)
    for axis in (None, 0, 1, -1, [0, 1]):
        text(lambda: reduce(x, axis))
    for axis in (None, 0, 1, 2, [1, 2], [0, 2], -1):
        text(lambda: reduce(deep, axis))
    text(lambda: reduce(x, 1, keepdims=True))
    text(lambda: reduce(deep, 2, keepdims=True))
for name in 'all any'.split():
    for axis in (None, 0, 1):
        text(lambda: getattr(tf, 'reduce_' + name)(x > 2, axis))
text(lambda: tf.reduce_sum(x, 7))
text(lambda: tf.function(lambda v: tf.reduce_max(v, 1))(x))
""",
    "operands of more axes": """
rf = tf.ragged.constant([[1., 2.], [3.]])
matrices = tf.ragged.constant([[[1., 2.]], [[3., 4.], [5., 6.]]], ragged_rank=1)
def kind(function):
    def shown():
        try:
            return function().to_list()
        except tf.errors.InvalidArgumentError as error:
            return type(error).__name__
    show(shown)
for other in ([[[10.]]], [[[10.]], [[20.]]], [[[10.], [20.]]], [[[10.]], [[20.]], [[30.]]], [[[[10.]]]], [[[[1.]], [[2.]]]]):
    text(lambda: rf + other)
    text(lambda: other - rf)
    text(lambda: (rf + other).shape)
    text(lambda: tf.function(lambda: rf + other)())
text(lambda: matrices + [[[[10., 20.]]]])
text(lambda: matrices * [[[10., 20.]]])
text(lambda: tf.where(tf.ragged.constant([[True, False], [True]]), [[[1]]], 0))
text(lambda: tf.where([[[True]], [[False]]], rt, rt * 10))
text(lambda: tf.where([[True]], rt, rt * 10))
text(lambda: tf.ragged.constant([[[1, 2], [3]]]) + rt)
text(lambda: rt - tf.ragged.constant([[[1, 2], [3]]]))
kind(lambda: rf + [[[10., 1.], [20., 2.]]])
kind(lambda: tf.ragged.constant([[[1, 2], [3]], [[4]]]) + rt)
kind(lambda: tf.ragged.constant([[[1], [3]], [[4]]]) + tf.ragged.constant([[10], [30]]))
kind(lambda: tf.where(rt > 1, tf.ragged.constant([[[1, 2], [3]], [[4]]]), 0))
kind(lambda: rt + tf.ragged.constant([[10, 20]]))
traced = tf.function(lambda x, y: (x + y, y * x), input_signature=[tf.RaggedTensorSpec([None, None]), tf.TensorSpec([None] * 3)])
text(lambda: traced(rf, [[[10.]], [[20.]]]))
def gradients():
    x, flat = tf.constant([[[10.]], [[20.]]]), tf.constant([1., 2., 3.])
    with tf.GradientTape() as tape:
        tape.watch([x, flat])
        y = tf.reduce_sum(tf.square(RT.from_row_lengths(flat, [2, 1]) * x).flat_values)
    return [tf.convert_to_tensor(one) for one in tape.gradient(y, [x, flat])]
text(gradients)
""",
    "other numbers of rows": """
one, three = tf.ragged.constant([[4]]), tf.ragged.constant([[1, 2], [3], [5]])
for join in (tf.concat, tf.stack):
    for values in ([one, three], [three, one], [rt, rt, one], [one, [[1, 2], [3, 4]]]):
        text(lambda: join(values, 1))
    text(lambda: join([rt, three[:2], rt], 1))
traced = tf.function(lambda x, y: tf.concat([x, y], 1), input_signature=[tf.RaggedTensorSpec([None, None], tf.int32)] * 2)
def refused():
    try:
        return traced(one, three)
    except tf.errors.InvalidArgumentError:
        return 'refused'
text(refused)
text(lambda: traced(rt, rt))
""",
    "lengths": """
dense, deep = [[1, 0], [0, 2]], [[[1, 0], [0, 2]], [[3, 4], [5, 6]]]
for lengths in ([3, 1], [1, -1], [1], [1, 2, 3], [0, 2]):
    text(lambda: RT.from_tensor(dense, lengths=lengths))
text(lambda: RT.from_tensor(deep, lengths=[5, -3]))
text(lambda: RT.from_tensor(deep, lengths=[5, -3, 1, 0], ragged_rank=2))
text(lambda: RT.from_tensor(deep, lengths=([2, 1], [1, 2, 0])))
def kind(lengths):
    def shown():
        try:
            return RT.from_tensor(deep, lengths=lengths).to_list()
        except (ValueError, tf.errors.InvalidArgumentError):
            return 'refused'
    show(shown)
for lengths in (([2, 1], [1, 2, -3]), ([3, 1], [1, 2, 0]), ([2, -1], [1, 2]), ([1, 1], [1, 1, 1]), ([1, 1], [1]), ([2], [1, 1])):
    kind(lengths)
traced = tf.function(lambda x, n: RT.from_tensor(x, lengths=n), input_signature=[tf.TensorSpec([None, None], tf.int32), tf.TensorSpec([None], tf.int32)])
text(lambda: traced(dense, [3, -1]))
text(lambda: traced(dense, [1]))
""",
    "variables": """
table = tf.Variable([[3., 4.], [1., 0.]])
ids = tf.ragged.constant([[0], [1, 1]])
text(lambda: tf.gather(tf.Variable([1, 2, 3]), ids))
text(lambda: tf.gather(table, ids))
text(lambda: tf.nn.embedding_lookup(table, ids))
text(lambda: tf.nn.embedding_lookup([table], ids))
text(lambda: tf.nn.embedding_lookup(table, ids, max_norm=1.))
text(lambda: tf.function(lambda i: tf.nn.embedding_lookup(table, i))(ids))
def gradient():
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.nn.embedding_lookup(table, ids).flat_values * 2)
    found = tape.gradient(y, table)
    return [type(found).__name__, tf.convert_to_tensor(found)]
text(gradient)
text(lambda: tf.ragged.map_flat_values(lambda i, rows: tf.cast(i, tf.float32)[:, None] * rows, ids, tf.gather(table, ids)))
text(lambda: rt * tf.Variable(2))
text(lambda: tf.Variable([[2], [3]]) * rt)
""",
    "sessions": """
def run(function):
    with tf.Graph().as_default(), v1.Session() as session:
        return function(session)
text(lambda: run(lambda s: s.run(tf.ragged.constant([[1, 2], [3]]))))
text(lambda: run(lambda s: s.run({'a': [tf.ragged.constant([[[1, 2]], [[3]]])]})))
text(lambda: run(lambda s: tf.ragged.constant([[1, 2], [3]]).eval()))
def fed(s):
    p = v1.ragged.placeholder(tf.int32, 1, [])
    return [p.shape, s.run(p + 1, {p: v1.ragged.constant_value([[1, 2], [3]])}).to_list()]
text(lambda: run(fed))
text(lambda: run(lambda s: v1.ragged.placeholder(tf.int32, 2)))
text(lambda: run(lambda s: tf.ragged.constant([[1]]).to_list()))
text(lambda: run(lambda s: tf.ragged.constant([[1]])))
def read(s):
    data = tf.data.Dataset.range(5).map(lambda n: tf.fill([n], n)).ragged_batch(2)
    one = v1.data.make_one_shot_iterator(data).get_next()
    return [one.shape, s.run(one), s.run(one)]
text(lambda: run(read))
def read_sparse(s):
    data = tf.data.Dataset.range(5).map(lambda n: tf.fill([n], n)).sparse_batch(2, [5])
    one = v1.data.make_one_shot_iterator(data).get_next()
    return [one.shape, s.run(one), s.run(one)]
text(lambda: run(read_sparse))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    check(SETUP + PROGRAMS[name])
