"""Ragged and sparse tensors in `map_fn`, `py_function` and loops give what they give in TensorFlow."""

import pytest
from programs import check

SETUP = r"""
import re
def kind(f):
    try: return str(f())
    except Exception as e:
        lines = [line.strip() for line in str(e).strip().split(chr(10))]
        said = [line for line in lines if re.match(r'[A-Za-z]+Error: ', line)] or lines[:1]
        first = re.sub(r'^{{function_node [^}]*}} |<function .*? at 0x[0-9a-f]*>', '', said[-1])
        return [type(e).__name__, first.partition(' [Op:')[0]]
def both(f):
    show(lambda: kind(f))
    show(lambda: kind(tf.function(f, autograph=False)))
R = tf.RaggedTensorSpec
rt = tf.ragged.constant([[1, 2], [], [3]])
deep = tf.ragged.constant([[[1, 2], []], [[3]]])
st = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [1, 2, 3], [2, 2])
parts = lambda s: [s.indices, s.values, s.dense_shape]
"""

PROGRAMS = {
    "rows of ragged tensors": """
both(lambda: tf.map_fn(lambda x: x * 2, rt))
both(lambda: tf.map_fn(lambda x: x + 1, deep))
both(lambda: tf.map_fn(lambda x: x[0], deep, fn_output_signature=R([None], tf.int32)))
both(lambda: tf.map_fn(tf.reduce_sum, rt, fn_output_signature=tf.int32))
both(lambda: tf.map_fn(tf.range, tf.constant([1, 0, 3]), fn_output_signature=R([None], tf.int32)))
both(lambda: tf.map_fn(lambda x: (x[0] + x[1], tf.size(x[0])), (rt, tf.constant([10, 20, 30])),
                       fn_output_signature=(R([None], tf.int32), tf.int32)))
both(lambda: tf.map_fn(lambda x: tf.RaggedTensor.from_row_lengths(tf.range(x), [1, x - 1]), tf.constant([1, 2, 3]),
                       fn_output_signature=R([None, None], tf.int32)))
both(lambda: tf.map_fn(lambda x: x, tf.ragged.constant([], ragged_rank=1, dtype=tf.int32)))
""",
    "rows that do not fit": """
show(lambda: kind(lambda: tf.map_fn(lambda x: x, tf.constant([[1, 2]]), fn_output_signature=R([None], tf.float32))))
show(lambda: kind(lambda: tf.map_fn(lambda x: x, tf.constant([1, 2]), fn_output_signature=R([None], tf.int32))))
show(lambda: kind(lambda: tf.map_fn(lambda x: x[0], (rt, tf.constant([10, 20])), fn_output_signature=R([None], tf.int32)))[0])
show(lambda: kind(lambda: tf.map_fn(lambda x: rt, tf.constant([1]), fn_output_signature=tf.int32))[0])
""",
    "rows of sparse tensors": """
both(lambda: tf.map_fn(tf.sparse.reduce_sum, st, fn_output_signature=tf.int32))
both(lambda: parts(tf.map_fn(lambda x: tf.SparseTensor(x.indices, x.values * 2, x.dense_shape), st)))
both(lambda: parts(tf.map_fn(lambda x: tf.SparseTensor([[0]], x[None], [3]), tf.constant([1, 2, 3]),
                             fn_output_signature=tf.SparseTensorSpec([3], tf.int32))))
""",
    "gradients of rows": """
def of(read, **signature):
    def run():
        v = tf.constant([1., 2., 3.])
        with tf.GradientTape() as tape:
            tape.watch(v)
            y = read(tf.RaggedTensor.from_row_lengths(v, [2, 0, 1]), signature)
        return tape.gradient(y, v)
    return run
both(of(lambda r, s: tf.reduce_sum(tf.map_fn(lambda x: x * x, r).flat_values)))
both(of(lambda r, s: tf.reduce_sum(tf.map_fn(lambda x: tf.reduce_sum(x * x), r, **s)), fn_output_signature=tf.float32))
""",
    "python functions of ragged tensors": """
pf = tf.py_function
both(lambda: pf(tf.reduce_sum, [rt], tf.int32))
both(lambda: pf(lambda x: x * 2, [rt], R([None, None], tf.int32)))
both(lambda: pf(lambda x: x * 2, [rt], [R([None, None], tf.int32)])[0])
both(lambda: rt + pf(lambda x: x * 2, [rt], R.from_value(rt)))
both(lambda: pf(lambda v, n: tf.RaggedTensor.from_row_lengths(v, n), [[1, 2, 3], tf.constant([2, 1], tf.int64)],
                [R([None, None], tf.int32)])[0])
both(lambda: pf(lambda a, b: (b, tf.size(a.flat_values)), [rt, 7], [tf.int32, tf.int32]))
both(lambda: pf(lambda x: [x, x * 2], [rt], [R([None, None], tf.int32)] * 2)[1])
show(lambda: kind(lambda: pf(lambda x: None, [rt], [])))
show(lambda: parts(pf(lambda x: x, [st], tf.SparseTensorSpec([2, 2], tf.int32))))
show(lambda: pf(lambda x: x, [1], tf.TensorSpec([], tf.int32)))
show(lambda: kind(lambda: pf(lambda x: x, rt, tf.int32)))
show(lambda: kind(lambda: pf(lambda x: x, [rt], [R([None, None], tf.int32), tf.int32]))[0])
def refused(f):
    try: f()
    except (ValueError, tf.errors.InvalidArgumentError) as e:
        return [type(e).__name__, 'which did not match Tout=' in str(e)]
show(lambda: refused(lambda: pf(lambda x: x + 3, [rt], [tf.int32])))
show(lambda: refused(lambda: tf.function(lambda: pf(lambda x: x + 3, [rt], [tf.int32]))()))
show(lambda: refused(lambda: pf(lambda x: x, [tf.constant([[1]])], [R([None, None], tf.int32)])))
def slope():
    v = tf.constant([1., 2., 3.])
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = pf(lambda x: x * x, [tf.RaggedTensor.from_row_lengths(v, [2, 1])], R([None, None], tf.float32))
        z = tf.reduce_sum(y.flat_values)
    return tape.gradient(z, v)
both(slope)
""",
    "loops that grow ragged tensors": """
def rows(more, **options):
    def run():
        r = tf.ragged.constant([[1]])
        step = lambda i, r: (i + 1, more(i, r))
        return tf.while_loop(lambda i, r: i < 4, step, (tf.constant(1), r), **options)[1]
    return run
longer = lambda i, r: tf.concat([r, r], 1)
higher = lambda i, r: tf.concat([r, tf.RaggedTensor.from_row_lengths(tf.range(i), [i])], 0)
def invariant(one):
    return dict(shape_invariants=(tf.TensorShape([]), one))
both(rows(longer))
both(rows(longer, **invariant(tf.TensorShape([None, None]))))
both(rows(longer, **invariant(tf.TensorShape([1, None]))))
both(rows(longer, **invariant(R([1, None], tf.int32))))
both(rows(higher, **invariant(R([None, None], tf.int32))))
for wrong in (R([1, None], tf.float32), R([2, None], tf.int32), tf.TensorSpec([1, None], tf.int32),
              tf.SparseTensorSpec([1, None], tf.int32)):
    show(lambda: kind(tf.function(rows(longer, **invariant(wrong)), autograph=False))[0])
""",
    "loop statements over ragged tensors": """
def told():
    r = tf.ragged.constant([[1]])
    for i in tf.range(3):
        tf.autograph.experimental.set_loop_options(shape_invariants=[(r, tf.TensorShape([None, None]))])
        r = tf.concat([r, tf.RaggedTensor.from_row_lengths(tf.range(i), [i])], 0)
    return r
def not_told():
    r = tf.ragged.constant([[1]])
    for i in tf.range(3):
        r = tf.concat([r, tf.RaggedTensor.from_row_lengths(tf.range(i), [i])], 0)
    return r
show(lambda: kind(tf.function(told)))
show(lambda: kind(tf.function(not_told)))
""",
    "specs as invariants": """
def loop(first, spec):
    def run():
        return tf.while_loop(lambda i, x: i < 3, lambda i, x: (i + 1, x), (0, first()),
                             shape_invariants=(tf.TensorSpec([], tf.int32), spec))[1]
    show(lambda: refused(tf.function(run, autograph=False)))
    with tf.Graph().as_default():
        show(lambda: refused(run))
def refused(f):
    try: f()
    except Exception as e: return type(e).__name__
sparse = lambda: tf.SparseTensor([[0]], [1.], [10])
dense = lambda: tf.constant([1])
for first in (sparse, dense, lambda: tf.ragged.constant([[1, 2], [3]])):
    for spec in (tf.SparseTensorSpec([None]), tf.SparseTensorSpec([11]), tf.TensorSpec([None]), tf.TensorSpec([2], tf.int32),
                 tf.TensorSpec([None], tf.int32), R([None], tf.int32), R([None, None], tf.int32)):
        loop(first, spec)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_composite_values_show_the_same(name):
    check(SETUP + PROGRAMS[name])
