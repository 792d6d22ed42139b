"""Small functions that programs call everywhere, next to TensorFlow: what is a tensor, static values, shapes of sparse tensors, masks, repeats, special functions."""

import pytest
from programs import check

PROGRAMS = {
    "what_is_a_tensor": """
sparse = tf.SparseTensor([[0, 1]], [2.0], [3, 4])
for value in (tf.constant(1), tf.Variable(1.0), sparse, tf.IndexedSlices([1.0], [0]), np.zeros(2), 1.0, "a", None, tf.TensorShape([]),
              tf.TensorSpec([]), tf.data.Dataset.range(2), tf.TensorArray(tf.float32, 1)):
    show(tf.is_tensor(value))
with tf.Graph().as_default():
    for value in (v1.placeholder(tf.float32), v1.Variable(1.0), v1.Variable(1.0, use_resource=True)):
        show([tf.is_tensor(value), tf.get_static_value(value)])
for value in (3, 3.5, True, b"a", "hi", [1, 2], None, {}, tf.constant([1, 2]), np.ones(2), tf.Variable(1.0)):
    show(lambda: tf.get_static_value(value))
show(lambda: [tf.shape(sparse), tf.shape(sparse, tf.int64), tf.size(sparse), tf.size(sparse, tf.int64), tf.rank(sparse)])
with tf.Graph().as_default():
    sparse = v1.sparse_placeholder(tf.float32)
    show(lambda: [tf.shape(sparse), tf.size(sparse), tf.rank(sparse), tf.shape(sparse, name="s"), tf.rank(sparse, name="r")])
""",
    "masks_and_repeats": """
@tf.function(autograph=False, input_signature=[tf.TensorSpec(None, tf.int32)])
def masked(axis):
    return tf.boolean_mask([[1, 2, 3], [4, 5, 6]], [True, False], axis=axis)

show(lambda: masked(tf.constant(0)))
show(lambda: tf.boolean_mask([[1, 2, 3], [4, 5, 6]], [True, False, True], axis=tf.constant(1)))
for axis in (None, 0, 1, -1):
    @tf.function(input_signature=[tf.TensorSpec(None, tf.int32), tf.TensorSpec(None, tf.int32)])
    def repeated(x, repeats):
        return tf.repeat(x, repeats, axis)

    show(lambda: repeated([[1, 2], [3, 4]], 2))
    show(lambda: repeated([[1, 2], [3, 4]], [3, 1] if axis is not None else [1, 0, 2, 1]))
for x in ([True, False, True], ["", "a"], [0, 2], [[0.0, 1.0], [0.0, 0.0]]):
    show(lambda: tf.math.count_nonzero(x))
show(lambda: tf.linalg.diag(np.array([True, False])))
show(lambda: tf.linalg.diag([[True], [False]], k=1, padding_value=True))
show(lambda: tf.linalg.diag_part(np.array([[True, False], [False, True]]), k=(0, 1)))
for dtype in (tf.int32, tf.int64, tf.uint8, tf.float32, tf.complex64):
    show(lambda: tf.math.unsorted_segment_mean(tf.cast([1, 2, 4], dtype), [0, 0, 1], 2))
""",
    "evenly_spaced": """
with tf.Graph().as_default():
    for start, stop, num, axis in ((1.0, 5.0, 3, 0), ([1.0, 2.0], [3.0, 4.0], 4, 0), ([1.0, 2.0], [3.0, 4.0], 4, 1), ([1.0, 2.0], [3.0, 4.0], 4, -1)):
        show(lambda: str(tf.linspace(start, stop, num, axis=axis).shape))
        show(lambda: v1.Session().run(tf.linspace(start, stop, num, axis=axis)))
""",
    "special_functions": """
for coeffs in ([2, 1, 5], [2], [], [[1, 2], [3], 4]):
    show(lambda: tf.math.polyval(coeffs, [1, 3]))
show(lambda: tf.math.polyval([2.0, 1.0], 3.0, name="p"))
show(lambda: tf.math.polyval((1, 2), 3))
show(lambda: np.round(tf.math.erfcinv([0.0, 0.25, 1.0, 2.0]).numpy(), 5))
show(lambda: np.round(tf.math.zeta([2.0, 1.0], 1.5).numpy(), 5))
show(lambda: np.round(tf.math.polygamma([[0.0], [2.0]], [0.5, 4.0]).numpy(), 4))
show(lambda: [v1.zeta is tf.math.zeta, v1.polygamma is tf.math.polygamma])
with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [3])
    show(lambda: [tf.math.erfcinv(x), tf.math.zeta(x, 2.0), tf.math.polygamma(1.0, x), tf.math.polyval([1.0, x], x), tf.math.polyval([], x)])
""",
    "parts_of_variables": """
info = tf.Variable.SaveSliceInfo
for text in ("3 4 0,2:0,4", "7 0,3", "", "0", "0:0", "a b", "0 0:0", "0 a,0:0:0", "0 0,a:0:0", "3 0,1,2", "3 0,1:0", "3  4 0,1:0,1", " 0,1"):
    show(lambda: sorted((key, str(value)) for key, value in vars(info.from_spec(text)).items()))
show(lambda: info.from_spec("3 4 0,2:0,4").spec)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_as_tensorflow(name):
    check(PROGRAMS[name])
