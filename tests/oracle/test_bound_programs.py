"""Numbers beyond their dtypes, ranks beyond all, repeated places, wrong equations and elements: what TensorFlow makes of them."""

import pytest
from programs import check

INTEGERS = """
for dtype in "int8 uint8 int16 uint16 int32 uint32 int64 uint64".split():
    for value in (0, 127, -1, 128, 256, -129, 2**31, -2**31 - 1, 2**32, 2**63 - 1, [-1, 300], [[2**40]], True, np.int64(-1),
                  np.array([300]), np.uint8(200), 1.5):
        if dtype == "uint64" and np.min(value) < 0 and not isinstance(value, (np.generic, np.ndarray)):
            continue  # TensorFlow fails in itself, or gives its largest number
        show(lambda: tf.constant(value, dtype))
        show(lambda: tf.zeros([], dtype) + value if not isinstance(value, float) else 0)
    for value in (0, -1, 128, 256, -129, 2**31, 2**32, 2**63, 2**64 - 1, -2**63, [-1, 300], True, np.uint8(200)):
        with tf.Graph().as_default(), v1.Session() as s:
            show(lambda: s.run(tf.constant(value, dtype)))
            show(lambda: s.run(tf.zeros([], dtype) + value))
"""

RANKS = """
sizes = [1] * 255
for make in (tf.ones, tf.zeros, lambda s: tf.fill(s, 1.), lambda s: tf.broadcast_to(1., s), tf.random.uniform):
    show(lambda: make(sizes[1:]).shape.rank)
    show(lambda: make(sizes))
with tf.Graph().as_default(), v1.Session() as s:
    p = v1.placeholder(tf.int32, [None])
    filled = tf.rank(tf.fill(p, 1.))
    show(s.run(filled, {p: sizes[1:]}))
    show(lambda: s.run(filled, {p: sizes}))
show(tf.TensorShape(sizes).rank)
"""

PLACES = """
places = dict(right=[[0, 1], [1, 0]], twice=[[0, 1], [0, 1]], mixed=[[1, 1], [0, 1]], beyond=[[1, 1], [2, 1]], before=[[-1, 1], [0, 1]])
for at in places.values():
    for validate in (True, False):
        show(lambda: tf.sparse.to_dense(tf.SparseTensor(at, [1., 2.], [2, 3]), 7., validate))
        with tf.Graph().as_default(), v1.Session() as s:
            sparse = tf.SparseTensor(tf.constant(at, tf.int64), tf.constant([1., 2.]), tf.constant([2, 3], tf.int64))
            dense = tf.sparse.to_dense(sparse, validate_indices=validate)
            show([dense.op.type, dense.name, str(dense.shape)])
            show(lambda: s.run(dense))
show(tf.sparse.to_dense(tf.SparseTensor([[1]], ["a"], [3]), "z"))
show(tf.sparse.to_dense(tf.SparseTensor([[1]], [True], [3])))
to_dense = v1.sparse_to_dense
show(to_dense([1, 3], [5], 7.))
show(to_dense(3, [5], 7))
show(to_dense([[1, 0]], [2, 2], [7.], default_value=-1.))
show(lambda: to_dense([3, 1], [5], 7.))
show(lambda: to_dense([3, 3], [5], [1, 2]))
show(to_dense([3, 1], [5], [1, 2], validate_indices=False))
show(lambda: to_dense([[1, 2, 3]], [5], 7.))
show(lambda: to_dense([1, 3], [5], [7.]))
show(lambda: to_dense([1], [5], [7.], [1.]))
show(to_dense(np.zeros([0, 2], np.int64), tf.constant([2, 2], tf.int64), np.zeros([0], np.float32)))
with tf.GradientTape() as tape:
    values, default = tf.constant([1., 2.]), tf.constant(3.)
    tape.watch([values, default])
    dense = to_dense([[0, 1], [1, 0]], [2, 2], values, default)
    total = tf.reduce_sum(dense * [[1., 2.], [3., 4.]])
show(tape.gradient(total, [values, default]))
"""

EQUATIONS = """
a, b = tf.ones([2, 3]), tf.ones([3, 4])
for equation in ("ij,jk->il", "ij,jk->ikk", "ij->ijk", "i1->i", "ij,jk->i->k", "ij,jk,kl->il", "...->...k", "ij,jk->i.k",
                 "ij,jk", "ij,jk->ik", "i j , j k -> k i", "ij", "ij->"):
    operands = [a, b][:equation.split("->")[0].count(",") + 1]
    show(lambda: tf.einsum(equation, *operands))
"""

ELEMENTS = """
def elements(values, *args, **kwargs):
    return list(tf.data.Dataset.from_generator(lambda: iter(values), *args, **kwargs).as_numpy_iterator())
spec = tf.TensorSpec
show(lambda: elements(["a"], tf.int32))
show(lambda: elements(["a"], tf.int32, []))
show(lambda: elements([1], (tf.int32, tf.int32)))
show(lambda: elements([(1, 2)], (tf.int32, tf.float32)))
show(lambda: elements([[1, 2]], tf.int32, [3]))
show(lambda: elements([[1, 2]], output_signature=spec([3], tf.int32)))
show(lambda: elements([1.5], output_signature=spec([], tf.int32)))
show(lambda: elements([1.5], tf.int32))
show(lambda: elements(["a"], output_signature=spec([], tf.int32)))
show(lambda: elements([{"a": 1}], output_signature={"b": spec([], tf.int32)}))
show(lambda: elements(["a", b"b", np.str_("c")], output_signature=spec([], tf.string)))
show(lambda: elements([tf.constant(2), np.int64(3)], output_signature=spec([], tf.int32)))
import tempfile
with tf.summary.create_file_writer(tempfile.mkdtemp()).as_default(step=1):
    show(lambda: tf.summary.scalar("a", tf.ones([2])))
    show(lambda: tf.summary.scalar("a", [[1.]]))
    show(lambda: tf.summary.text("a", tf.ones([2])))
    show(lambda: tf.summary.image("a", tf.ones([2, 2])))
show([repr(v1.AUTO_REUSE), str(v1.AUTO_REUSE), type(v1.AUTO_REUSE).__name__])
show([tf.debugging.is_traceback_filtering_enabled(), v1.debugging.is_traceback_filtering_enabled()])
tf.debugging.disable_traceback_filtering()
show(tf.debugging.is_traceback_filtering_enabled())
tf.debugging.enable_traceback_filtering()
show(tf.debugging.is_traceback_filtering_enabled())
"""


@pytest.mark.parametrize(
    "text",
    [INTEGERS, RANKS, PLACES, EQUATIONS, ELEMENTS],
    ids=["integers", "ranks", "places", "equations", "elements"],
)
def test_bounds(text):
    check(text)
