"""Sizes beyond 32 bits, gradients of another dtype, leaked tensors and errors as objects: as in TensorFlow."""

import pickle
import sys
from pathlib import Path

import pytest

import ferroflow

sys.path.insert(0, str(Path(__file__).resolve().parent))

from programs import check  # noqa: E402

PROGRAMS = {
    "wide sizes": """
for size in (2**31, 2**40, 2**62):
    show(lambda: tf.zeros([size, 0]).shape.as_list())
    show(lambda: tf.ones((0, size), tf.int8).shape.as_list())
    show(lambda: tf.zeros(tf.TensorShape([size, 0])).shape.as_list())
    show(lambda: tf.fill([size, 0], 1).shape.as_list())
    show(lambda: tf.reshape(tf.zeros([0]), [size, 0]).shape.as_list())
    show(lambda: tf.broadcast_to(tf.zeros([1, 0]), [size, 0]).shape.as_list())
    show(lambda: tf.tile(tf.zeros([1, 0]), [size, 1]).shape.as_list())
""",
    "wide sizes in a graph": """
with tf.Graph().as_default():
    show(lambda: tf.zeros([2**31, 0]).shape.as_list())
    show(lambda: tf.ones([2**40, 0]).shape.as_list())
    show(lambda: tf.fill([2**31, 0], 1).shape.as_list())
""",
    "errors as objects": """
error = tf.errors.InvalidArgumentError(None, None, "m")
show(repr(error)), show(str(error)), show(list(error.args)), show(error.error_code)
show(repr(tf.errors.OpError(None, None, "m", 3)))
""",
}

PROGRAMS["parts and wholes of other widths"] = """
for part, whole in (("float32", "complex128"), ("float64", "complex64"), ("float64", "complex128")):
    x = tf.constant([1.0], part)
    show(lambda: str(tf.raw_ops.Complex(real=x, imag=x, Tout=whole).dtype))
"""


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    check(PROGRAMS[name])


# Where TensorFlow's text names a node or an object of its own, the class is what counts.
CLASSES = {
    "integers as the gradient of floats": """
with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [3])
    tf.gradients(x * 2, x, grad_ys=[tf.constant([1, 2, 3])])
""",
    "a Python integer as the gradient of floats": """
with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [3])
    tf.gradients(x * 2, x, grad_ys=2)
""",
    "a gradient of another shape": """
with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [3])
    tf.gradients(x * 2, x, grad_ys=tf.constant([1.0, 2.0]))
""",
    "output gradients of another shape": """
x = tf.constant([3.0, 1.0])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x * x
tape.gradient(y, x, output_gradients=tf.constant([1.0, 2.0, 3.0]))
""",
    "output gradients of another dtype": """
x = tf.constant([3.0, 1.0])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x * x
tape.gradient(y, x, output_gradients=tf.constant([1, 2]))
""",
    "a tensor of a function used outside": """
kept = []
tf.data.Dataset.range(2).map(lambda x: (kept.append(x), x)[1])
kept[0] + 1
""",
}

for operand in ("num_rows=[1]", "num_cols=[1]", "padding_value=[1.0]"):
    CLASSES[f"a vector where a scalar is wanted: {operand}"] = f"""
scalars = dict(num_rows=-1, num_cols=-1, padding_value=1.0)
tf.raw_ops.MatrixDiagV3(diagonal=tf.constant([1.0, 1.0]), k=0, **(scalars | dict({operand})))
"""


@pytest.mark.parametrize("name", CLASSES)
def test_class_of_error(name):
    import tensorflow

    found = []
    for tf in (tensorflow, ferroflow):
        with pytest.raises(Exception) as caught:
            exec(CLASSES[name], {"tf": tf, "v1": tf.compat.v1})
        found.append(caught.type.__name__)
    assert found[0] == found[1]


def test_a_pickled_value_still_cannot_be_frozen():
    value = ferroflow.random.normal([2])
    again = pickle.loads(pickle.dumps(value))
    assert again.numpy().tolist() == value.numpy().tolist()
    with ferroflow.Graph().as_default(), pytest.raises(RuntimeError, match="frozen"):
        ferroflow.identity(again)
    plain = pickle.loads(pickle.dumps(ferroflow.constant([1.0])))
    with ferroflow.Graph().as_default():
        ferroflow.identity(plain)


@pytest.mark.parametrize("batch_dims", [-(2**31), -3, 3, 2**31 - 1])
def test_batch_dims_out_of_range_in_a_graph(batch_dims):
    """TensorFlow ends the process."""
    with ferroflow.Graph().as_default(), pytest.raises(ValueError, match="Expected batch_dims in the range"):
        ferroflow.raw_ops.GatherV2(
            params=ferroflow.zeros([4, 3]), indices=ferroflow.zeros([4], "int32"), axis=1, batch_dims=batch_dims
        )
