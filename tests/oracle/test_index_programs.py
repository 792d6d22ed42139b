"""Diagonals, scattered updates, replaced slices, segments of chosen rows, numbers of elements: values, gradients, static shapes and errors next to TensorFlow."""

import pytest
from programs import check

# What the programs share: `told` gives a value, or the class and the first line of an error without places and names of ops.
HEAD = """
import re
raw = tf.raw_ops

def told(function, *args, **kwargs):
    try:
        out = function(*args, **kwargs)
    except Exception as error:
        line = str(error).splitlines()[0]
        line = re.sub(r"^\\{\\{function_node [^}]*\\}\\} ", "", line)
        return [type(error).__name__, re.sub(r"( \\[Op:| for '\\{\\{node ).*$", "", line)]
    return out

def known(function, *args, **kwargs):
    # What is known of the shapes of results before the run.
    def call():
        out = function(*args, **kwargs)
        return [str(x.shape) for x in out] if isinstance(out, (list, tuple)) else str(out.shape)
    return told(call)

def fed(*shape, dtype=tf.float32):
    return v1.placeholder(dtype, None if shape == ("?",) else shape)

def row(*numbers):
    return tf.constant(numbers, tf.int32)
"""

PROGRAMS = {
    "diagonals": """
for shape in ([], [2], [0], [2, 3], [1, 1, 1, 1]):
    show(lambda: told(raw.Diag, diagonal=tf.ones(shape)))
for shape in ([], [3], [3, 2], [3, 2, 2, 3], [3, 2, 2], [0, 0], [2, 2], [1, 2, 1, 2]):
    show(lambda: told(raw.DiagPart, input=tf.ones(shape)))
show(lambda: tf.linalg.tensor_diag([[1, 2], [3, 4]], name="d"))
show(lambda: v1.diag_part([[1, 2], [3, 4]]))
with tf.GradientTape() as tape:
    x = tf.constant([1.0, 2.0])
    tape.watch(x)
    y = tf.linalg.tensor_diag(x * x) * [[1.0, 2.0], [3.0, 4.0]]
show(lambda: tape.gradient(y, x))
with tf.Graph().as_default():
    for shape in (["?"], [], [None], [2, None], [3, 2]):
        show(lambda: known(raw.Diag, diagonal=fed(*shape)))
        show(lambda: known(raw.DiagPart, input=fed(*shape)))
    for shape in ([None, 3], [2, None, None, 3], [2, None, 3, 3], [1, 2, 3]):
        show(lambda: known(raw.DiagPart, input=fed(*shape)))
with tf.Graph().as_default():
    show(lambda: [tf.linalg.tensor_diag(fed(2)), v1.diag(fed(2)), tf.linalg.tensor_diag_part(fed(2, 2))])
""",
    "added_copies": """
def add(x, indices, updates, **more):
    return told(raw.ScatterNdNonAliasingAdd, input=x, indices=indices, updates=updates, **more)

show(lambda: add([1.0, 2.0, 3.0], [[0], [2], [0]], [1.0, 1.0, 1.0]))
show(lambda: add([True, False, False], [[0], [1], [1]], [True, True, False]))
show(lambda: add([1.0, 2.0, 3.0], [[0], [5]], [1.0, 1.0]))
show(lambda: add([1.0, 2.0, 3.0], [[0], [5]], [1.0, 1.0], bad_indices_policy="IGNORE"))
show(lambda: add([1.0, 2.0, 3.0], [[0]], [1.0], bad_indices_policy="OTHER"))
show(lambda: add(1.0, [[0]], [1.0]))
show(lambda: add([[1.0, 2.0, 3.0]], [[0]], [1.0, 1.0]))
show(lambda: add([[1.0, 2.0, 3.0]], [[0]], [[1.0, 1.0]]))
show(lambda: add([[1.0, 2.0, 3.0]], [[0, 0, 0]], [1.0]))
show(lambda: add(tf.zeros([0]), [[0]], [1.0]))
show(lambda: add(tf.zeros([0]), tf.zeros([0, 1], tf.int32), tf.zeros([0])))
show(lambda: add(tf.zeros([2, 3]), tf.zeros([1, 0], tf.int32), tf.ones([1, 2, 3])))
for shape, indices, updates in (([3], [2, 3, 1], [2, 4]), ([3], [2, 3, 1], [5, 3]), ([3, 4], [2, 1], [2, 5]), ([3, 4], [2, 3], [2])):
    show(lambda: add(tf.zeros(shape), tf.zeros(indices, tf.int32), tf.zeros(updates)))
x = tf.constant([1.0, 2.0, 3.0])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = raw.ScatterNdNonAliasingAdd(input=x * x, indices=[[0], [2]], updates=x[:2]) ** 2.0
show(lambda: tape.gradient(y, x))
""",
    "static_scatters": """
with tf.Graph().as_default():
    shapes = (
        ([3], [2, 3, 1], [2, 4]), ([3], [2, 3, 1], [5, None]), ([3, 4], [2, 1], [2, 5]), ([3, 4], [2, 3], [2]), ([3], [2, 1], []),
        ([3, None], [2, 1], [2, 4, None]), ([3, 4, 5], [2, 1], [2, None, 6]), ([3], [2, 3, 1], [2]), ([], [2, 1], [2]),
        ([3], [], []), (["?"], [2, 1], [3]), ([None, 3], [2, 1], ["?"]), ([3], ["?"], [2]),
    )
    for shape, indices, updates in shapes:
        index = fed(*indices, dtype=tf.int32)
        show(lambda: known(raw.TensorScatterUpdate, tensor=fed(*shape), indices=index, updates=fed(*updates)))
        show(lambda: known(raw.ScatterNdNonAliasingAdd, input=fed(*shape), indices=index, updates=fed(*updates)))
    show(lambda: known(raw.ScatterNd, indices=fed(2, 1, dtype=tf.int32), updates=fed(2, 5), shape=[3, 4]))
    show(lambda: known(raw.ScatterNd, indices=fed(2, 1, dtype=tf.int32), updates=fed(3, 4), shape=[3, 4]))
""",
    "replaced_slices": """
x = tf.zeros([3, 4])

def update(value, begin=[0], end=[2], strides=[1], x=x, **masks):
    return told(raw.TensorStridedSliceUpdate, input=x, begin=begin, end=end, strides=strides, value=value, **masks)

for shape in ([2, 4], [4], [], [2, 1], [3, 4], [1, 2, 4], [2, 1, 4], [0, 4]):
    show(lambda: update(tf.ones(shape)))
show(lambda: update(tf.ones([3, 4]), strides=[1, 1]))
show(lambda: update(tf.ones([3, 4]), strides=[0]))
show(lambda: update(tf.ones([3, 4]), end=[0]))
show(lambda: update(tf.ones([2, 1]), [3], [0], [-1]))
show(lambda: update(tf.ones([1, 4]), [7], [8], shrink_axis_mask=1))
show(lambda: update(tf.range(3.0), [0, 1], [0, 2], [1, 1], shrink_axis_mask=2, begin_mask=1, end_mask=1))
show(lambda: update(2.0, [0], [0], x=1.0, new_axis_mask=1))
show(lambda: update(2.0, [0], [1], x=1.0))
show(lambda: update(1.0, 0, 1, 1))
show(lambda: update(["x"], [1], [2], x=["a", "b"]))
v = tf.Variable(tf.zeros([3, 4]))
for shape in ([1, 2, 4], [4], [2, 1], [], [3, 4]):
    show(lambda: told(lambda: v[0:2].assign(tf.ones(shape)).numpy()))
show(lambda: told(lambda: v[0:0].assign(tf.ones([3, 4])).numpy()))
for shape in ([2, 4], [4], [2, 1], []):
    with tf.GradientTape() as tape:
        x, value = tf.reshape(tf.range(12.0), [3, 4]), tf.fill(shape, 2.0)
        tape.watch([x, value])
        y = raw.TensorStridedSliceUpdate(input=x, begin=[0], end=[2], strides=[1], value=value) ** 2.0 * x
    show(lambda: tape.gradient(y, [x, value]))
with tf.Graph().as_default():
    for shape, value in ((["?"], [2, 4]), ([3, 4], [3, 4]), ([None, 4], ["?"])):
        show(lambda: known(raw.TensorStridedSliceUpdate, input=fed(*shape), begin=[0], end=[2], strides=[1], value=fed(*value)))
""",
    "chosen_rows": """
x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
none = tf.zeros([0], tf.int32)
for op in (raw.SparseSegmentSum, raw.SparseSegmentMean, raw.SparseSegmentSqrtN):
    for indices, ids in (
        (row(0, 1, 2), row(0, 0, 2)), (row(0, 0), row(1, 1)), (none, none), (row(0, 3), row(0, 0)), (row(0, -1), row(0, 0)),
        (row(0, 1), row(1, 0)), (row(0, 1), row(-1, 0)), (row(0, 1), row(-1, -1)), (row(0, 1), row(0, 1, 1)),
        (tf.constant([[0]]), row(0)), (row(0), tf.constant([[0]])),
    ):
        show(lambda: told(op, data=x, indices=indices, segment_ids=ids))
    show(lambda: told(op, data=1.0, indices=row(0), segment_ids=row(0)))
    show(lambda: told(op, data=tf.zeros([0, 2]), indices=row(0), segment_ids=row(0)))
for op in (raw.SparseSegmentSumWithNumSegments, raw.SparseSegmentMeanWithNumSegments, raw.SparseSegmentSqrtNWithNumSegments):
    for ids, n in (([0, 1], 4), ([0, 1], 1), ([0, 1], -1), ([0, 1], [4]), ([0, 4], 3), ([3, 0], 3), ([0, 1], 0)):
        show(lambda: told(op, data=x, indices=[0, 1], segment_ids=ids, num_segments=n))
    show(lambda: told(op, data=x, indices=none, segment_ids=none, num_segments=2))
show(lambda: told(tf.math.segment_sum, x, tf.constant([0, 0, 2**62], tf.int64)))
show(lambda: tf.sparse.segment_sum(x, [0, 2], [0, 0], 2, "named"))
show(lambda: v1.sparse_segment_mean(x, [0, 2], [0, 0], "named", 2))
show(lambda: v1.sparse.segment_sqrt_n(x, [0, 2], [0, 0]))
""",
    "gradients_of_chosen_rows": """
rows, none = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.zeros([0], tf.int32)
calls = (
    (row(0, 2), row(0, 1), 4), (row(2, 0, 2), row(0, 0, 1), 4), (row(0, 2), row(1, 0), 4), (row(0, 5), row(0, 1), 4),
    (row(0, -1), row(0, 1), 4), (row(0, 1), row(0, 2), 4), (row(0, 1), row(-1, 0), 4), (row(0, 1), row(0), 4),
    (tf.constant([[0]]), row(0), 4), (row(0), tf.constant([[0]]), 4), (row(0), row(0), [4]), (row(0), row(0), -1),
    (row(0), row(0), 0), (none, none, 0), (row(5, 5, 2), row(0, 0, 1), 6),
)
for name in ("Sum", "Mean", "SqrtN"):
    for indices, ids, n in calls:
        one, two = getattr(raw, f"SparseSegment{name}Grad"), getattr(raw, f"SparseSegment{name}GradV2")
        show(lambda: told(one, grad=rows, indices=indices, segment_ids=ids, output_dim0=n))
        show(lambda: told(lambda: list(two(grad=rows, indices=indices, segment_ids=ids, dense_output_dim0=n))))
x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
for op in (tf.sparse.segment_sum, tf.sparse.segment_mean, tf.sparse.segment_sqrt_n):
    for n in (None, 4):
        for sparse in (False, True):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = op(x, [2, 0, 2, 1, 1], [0, 0, 0, 0, 2], n, sparse_gradient=sparse) ** 2.0
            show(lambda: tape.gradient(y, x))
with tf.Graph().as_default():
    d, i, s = fed(3, 4), fed(2, dtype=tf.int32), fed(2, dtype=tf.int32)
    for n in (None, 3):
        for sparse in (False, True):
            gradient = tf.gradients(tf.sparse.segment_mean(d, i, s, n, sparse_gradient=sparse), d)[0]
            show(lambda: gradient)
            show(lambda: gradient.dense_shape.dtype.name if sparse else [x.op.type for x in gradient.op.inputs[1:]])
""",
    "numbers_of_elements": """
def at(indices, dims):
    return told(lambda: tf.unravel_index(tf.constant(indices), tf.constant(dims)))

for indices, dims in ((1621, [6, 7, 8, 9]), ([22, 41, 37], [7, 6]), ([2], [3, 0]), ([42], [7, 6]), ([-1], [7, 6]), ([-50], [7, 6]),
                      ([[1]], [7, 6]), ([1], [[7, 6]]), (5, 7), ([5], [-3, -4]), ([100], [3, 0]), ([1], [0x10000000] * 2), ([5], [2**31 - 1, 1]),
                      ([0x10000000], [0x10000000, 8]), ([1], np.zeros(0, np.int32)), (np.zeros(0, np.int32), [7, 6]),
                      (np.int64([2]), np.int64([2**62, 3]))):
    show(lambda: at(indices, dims))
with tf.Graph().as_default():
    def ints(*shape):
        return fed(*shape, dtype=tf.int32)

    for indices, dims in ((("?"), ("?")), ((), ("?")), ((3,), (2,)), ((), (2,)), ((3,), ("?")), (("?"), (2,)), ((3,), ()), ((2, 2), (2,)), ((None,), (2,)), ((3,), (2, 2))):
        show(lambda: known(tf.unravel_index, ints(*indices), ints(*dims)))
""",
    "nearly_equal": """
for x, y, more in (([0.0, 1.0], [0.5, 1.0], {"tolerance": 0.5}), ([0.0, 1.0], [0.5, 1.0], {"tolerance": 0.0}), ([1.0], [1.0], {"tolerance": -1.0}),
                   ([1.0, np.nan, np.inf, -np.inf, 0.0], [1.000009, np.nan, np.inf, np.inf, 1e-5], {}), ([1.0, 2.0], [[1.0, 2.0]], {}),
                   (1.0, [1.0], {}), (np.float64([0.0, 0.0]), np.float64([1e-5, 9.99e-6]), {})):
    show(lambda: told(raw.ApproximateEqual, x=x, y=y, **more))
with tf.Graph().as_default():
    for x, y in (("?", "?"), ((2,), "?"), ((2,), (3,)), ((1,), (2,)), ((), (1,))):
        show(lambda: known(raw.ApproximateEqual, x=fed(*x), y=fed(*y)))
    show(lambda: tf.gradients(tf.cast(raw.ApproximateEqual(x=fed(2), y=fed(2)), tf.float32), fed(2)))
""",
    "what_is_passed_on": """
show(lambda: told(raw.GuaranteeConst, input=tf.Variable(1.0).handle))
show(lambda: [tf.guarantee_const(tf.Variable([1.0])), raw.GuaranteeConst(input=["a"]), raw.Snapshot(input=[[1, 2]])])
with tf.Graph().as_default():
    x = fed(None, 2)
    show(lambda: [tf.guarantee_const(x, name="g"), raw.Snapshot(input=x)])
    show(lambda: [told(tf.gradients, op(input=x), x)[0] for op in (raw.GuaranteeConst, raw.Snapshot)])
""",
    "static_segments": """
with tf.Graph().as_default():
    def ints(*shape):
        return fed(*shape, dtype=tf.int32)

    for data, indices, ids in (("?", "?", "?"), ((3, 4), "?", "?"), ((), (2,), (2,)), ((3,), (2,), (3,)), ((3,), (2, 2), (2,)), ((3,), (2,), ())):
        show(lambda: known(raw.SparseSegmentMean, data=fed(*data), indices=ints(*indices), segment_ids=ints(*ids)))
    for data, n in (("?", 3), ((3, 4), 5), ((3, 4), ints("?")), ((3, 4), [1]), ((3, 4), -1)):
        operands = {"indices": ints("?"), "segment_ids": ints("?")}
        show(lambda: known(raw.SparseSegmentSumWithNumSegments, data=fed(*data), num_segments=n, **operands))
        show(lambda: known(raw.SparseSegmentSumGrad, grad=fed(*data), output_dim0=n, **operands))
        show(lambda: known(raw.SparseSegmentSumGradV2, grad=fed(*data), dense_output_dim0=n, **operands))
    show(lambda: known(raw.SparseSegmentSumGrad, grad=fed(3), output_dim0=2, indices=ints(2), segment_ids=ints(3)))
    show(lambda: known(raw.SparseSegmentSumGradV2, grad=fed(), dense_output_dim0=2, indices=ints(2), segment_ids=ints(2)))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_as_tensorflow(name):
    check(HEAD + PROGRAMS[name])
