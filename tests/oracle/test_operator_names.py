"""Python's operators on tensors of graphs make operations of TensorFlow's names and types, and so do common functions."""

import operator

import numpy as np
import pytest
import tensorflow

import ferroflow

OPERATORS = "add sub mul truediv floordiv mod pow matmul and_ or_ xor lt le gt ge eq ne".split()
VALUES = {"float32": 2.0, "int32": 2, "bool": True}
FUNCTIONS = """
tf.add(x, 1.) | tf.subtract(x, 1.) | tf.multiply(x, 1.) | tf.divide(x, 2.) | tf.realdiv(x, 2.) | tf.mod(x, 2.) | tf.pow(x, 2.)
tf.maximum(x, 1.) | tf.minimum(x, 1.) | tf.squared_difference(x, 1.) | tf.matmul(x, x) | tf.matmul(x, x, transpose_a=True)
tf.reduce_sum(x) | tf.reduce_sum(x, 1) | tf.reduce_mean(x) | tf.reduce_mean(x, axis=[0]) | tf.reduce_max(x)
tf.reduce_min(x) | tf.reduce_prod(x) | tf.reduce_all(x > 0) | tf.reduce_any(x > 0) | tf.argmax(x, 1) | tf.argmin(x)
tf.cast(x, tf.int32) | tf.to_float(x) | tf.square(x) | tf.sqrt(x) | tf.exp(x) | tf.log(x) | tf.abs(x) | tf.negative(x)
tf.sign(x) | tf.sigmoid(x) | tf.tanh(x) | tf.nn.relu(x) | tf.nn.relu6(x) | tf.nn.elu(x) | tf.nn.softplus(x)
tf.nn.softmax(x) | tf.nn.log_softmax(x) | tf.nn.leaky_relu(x) | tf.nn.l2_loss(x) | tf.nn.l2_normalize(x, 1)
tf.nn.bias_add(x, [1., 2.]) | tf.nn.top_k(x) | tf.reshape(x, [-1]) | tf.transpose(x) | tf.transpose(x, [1, 0])
tf.concat([x, x], 0) | tf.stack([x, x]) | tf.unstack(x) | tf.split(x, 2) | tf.split(x, [1, 1], 1) | tf.tile(x, [1, 2])
tf.expand_dims(x, 0) | tf.squeeze(x) | tf.gather(x, [0]) | tf.gather_nd(x, [[0, 1]]) | tf.slice(x, [0, 0], [1, 1])
tf.reverse(x, [0]) | tf.where(x > 0) | tf.where(x > 0, x, x) | tf.fill([2], 1.) | tf.range(3) | tf.range(1, 10, 2)
tf.constant([1., 2.]) | tf.shape(x) | tf.size(x) | tf.rank(x) | tf.identity(x) | tf.stop_gradient(x) | tf.equal(x, 1.)
tf.not_equal(x, 1.) | tf.less(x, 1.) | tf.greater_equal(x, 1.) | tf.logical_and(x > 0, x > 0) | tf.logical_not(x > 0)
tf.logical_xor(x > 0, x > 0) | tf.clip_by_value(x, 0., 1.) | tf.add_n([x, x]) | tf.random_normal([2])
tf.random_uniform([2]) | tf.truncated_normal([2]) | tf.cumsum(x) | tf.cumprod(x) | tf.unique([1, 2, 1])
tf.dynamic_partition(x, [0, 1], 2) | tf.segment_sum(x, [0, 1]) | tf.unsorted_segment_sum(x, [0, 1], 2)
tf.scatter_nd([[0]], [1.], [3]) | tf.summary.scalar("s", 1.) | tf.summary.histogram("h", x) | tf.check_numerics(x, "m")
tf.group(x) | tf.tuple([x]) | tf.no_op() | tf.convert_to_tensor([1.]) | tf.convert_to_tensor([x, x]) | tf.placeholder(tf.float32)
tf.placeholder_with_default(1., []) | tf.Variable(1.) | tf.get_variable("v", [2]) | tf.broadcast_to(x, [2, 2, 2])
tf.complex(x, x) | tf.floor(x) | tf.round(x) | tf.ceil(x) | tf.rsqrt(x) | tf.atan2(x, x) | tf.is_nan(x) | tf.is_finite(x)
tf.invert_permutation([1, 0]) | x[0] | x[1:] | x[:, 0] | x[None] | x[..., 1] | x[tf.constant(0)] | x[tf.constant(1), 0]
"""
CALLS = [call.strip() for line in FUNCTIONS.strip().splitlines() for call in line.split("|")]


def made(package, types, call):
    """Names and types of the operations that two calls with placeholders make, or the class of the error."""
    tf = package.compat.v1
    with tf.Graph().as_default() as graph:
        values = [tf.placeholder(name, [2, 2], name=f"p{i}") for i, name in enumerate(types)]
        before = len(graph.get_operations())
        try:
            call(tf, *values)
            call(tf, *values)
        except Exception as error:
            return type(error).__name__
        return [(op.name, op.type) for op in graph.get_operations()[before:]]


def same(types, call):
    assert made(ferroflow, types, call) == made(tensorflow, types, call)


# A product of truth values and a number makes the number a constant first here; the class of `x | 2.0` is one that TensorFlow
# makes by accident.
ODD = {("mul", "bool", "number"), ("or_", "float32", "number")}


@pytest.mark.parametrize("other", ["tensor", "number", "number first"])
@pytest.mark.parametrize("dtype", VALUES)
@pytest.mark.parametrize("name", OPERATORS)
def test_binary_operators(name, dtype, other):
    if (name, dtype, other) in ODD:
        return
    apply, value = getattr(operator, name), VALUES[dtype]
    if other == "tensor":
        same([dtype, dtype], lambda tf, x, y: apply(x, y))
    elif other == "number":
        same([dtype], lambda tf, x: apply(x, value))
    else:
        same([dtype], lambda tf, x: apply(value, x))


@pytest.mark.parametrize("dtype", VALUES)
@pytest.mark.parametrize("name", ["neg", "abs", "invert"])
def test_unary_operators(name, dtype):
    same([dtype], lambda tf, x: getattr(operator, name)(x))


@pytest.mark.parametrize("call", CALLS)
def test_functions(call):
    code = compile(call, "call", "eval")
    same(["float32"], lambda tf, x: eval(code, {"tf": tf, "x": x, "np": np}))


HINTS = "T astype ravel transpose reshape clip size tolist data".split()


@pytest.mark.parametrize("name", [*HINTS, "no_such", "mean"])
def test_attributes_of_arrays(name):
    for eager in (True, False):
        texts = []
        for package in (tensorflow, ferroflow):
            with package.Graph().as_default() if not eager else package.init_scope():
                with pytest.raises(AttributeError) as raised:
                    getattr(package.constant([1.0]), name)
            texts.append(str(raised.value).split("\n")[0])
        assert name not in HINTS or texts[0] == texts[1]
