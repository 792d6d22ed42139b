"""Which dtypes can be divided, and what comes out, is the same as in TensorFlow."""

from programs import check

PROGRAM = """
kinds = [tf.int8, tf.uint8, tf.int32, tf.uint32, tf.int64, tf.bfloat16, tf.float16, tf.float32, tf.float64, tf.complex64]
ones = [tf.constant(1, kind) for kind in kinds] + [1, 1.0]
for x in ones:
    for y in ones:
        show(lambda: tf.math.divide_no_nan(x, y))
        show(lambda: type(tf.divide(x, y)).__name__)
show(lambda: tf.math.divide_no_nan("a", "b"))
show(lambda: tf.divide(1, 2, name="x"))
with tf.Graph().as_default():
    show(lambda: tf.math.divide_no_nan(1, 2))
    show(lambda: tf.math.divide_no_nan(1., 2, name="foo"))
    show(lambda: tf.divide(1., 2, name="q"))
    show(lambda: tf.divide(tf.constant(1), 2, name="q"))
    show(lambda: tf.divide(1, 2))
"""


def test_division_of_all_pairs_of_dtypes():
    check(PROGRAM)
