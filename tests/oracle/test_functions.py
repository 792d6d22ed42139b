"""Public functions give what TensorFlow's give: values, dtypes, shapes, errors, and the names of their operations."""

import numpy as np
import pytest
import tensorflow as real

import ferroflow as tf

DATA = {
    "np": np,
    "a": np.array([[1.0, -2.0, 3.5], [0.25, 4.0, -1.0]], np.float32),
    "b": np.array([[2.0, 1.0, 0.5], [-1.0, 0.5, 3.0]], np.float32),
    "v": np.array([0.5, 2.0, 1.5], np.float32),
    "i": np.array([[3, -1, 2], [5, 0, 7]], np.int32),
    "ids": np.array([0, 0, 1], np.int32),
    "p": np.array([[True, False, True], [False, False, True]]),
    "image": np.arange(48, dtype=np.float32).reshape(1, 4, 4, 3) / 10 - 2,
    "kernel": np.linspace(-1, 1, 54, dtype=np.float32).reshape(3, 3, 3, 2),
    "batch": np.arange(24, dtype=np.float32).reshape(2, 3, 4),
}

CALLS = """
tf.abs(-a); tf.abs(i); tf.abs(np.complex64(3 + 4j)); tf.add(a, b); tf.add(["x"], "y"); tf.add_n([a, b, a]); tf.argmax(a, 1); tf.argmin(i)
tf.divide(i, 2); tf.truediv(i, i + 9); tf.math.floordiv(i, 2); tf.math.floormod(a, 2.0); tf.math.divide_no_nan(a, 0.0); tf.math.divide_no_nan(i, 2)
tf.math.divide_no_nan(np.uint8(3), 2); tf.math.divide_no_nan(1, tf.constant(2.0)); tf.divide(1, tf.constant(2.0)); tf.compat.v1.div(i, 2)
tf.round(a); tf.sign(a); tf.square(i); tf.math.reciprocal_no_nan([0.0, 2.0]); tf.math.angle([1 + 1j]); tf.math.angle(a); tf.math.real([1 + 2j])
tf.math.imag([1 + 2j]); tf.math.conj([1 + 2j]); tf.complex(a, b); tf.cast(a, tf.int32); tf.cast(p, tf.float64); tf.saturate_cast(a * 100, tf.uint8)
tf.saturate_cast(i * 10**9, tf.int8); tf.saturate_cast(np.float32(1e30), tf.int32); tf.math.xlogy(0.0, 0.0); tf.math.logical_xor(p, True)
tf.compat.v1.to_float(i); tf.compat.v1.to_int64(a); tf.equal(a, 1.0); tf.not_equal(i, 2); tf.math.squared_difference(a, b); tf.math.scalar_mul(2.0, a)
tf.reduce_sum(a); tf.reduce_sum(a, 0); tf.reduce_sum(a, [0, 1], keepdims=True); tf.reduce_mean(i); tf.reduce_max(a, -1); tf.reduce_prod(a)
tf.reduce_any(p, 1); tf.reduce_all(p); tf.reduce_logsumexp(a, 1); tf.math.reduce_std(a); tf.math.reduce_variance(a, 0); tf.math.reduce_euclidean_norm(a)
tf.math.count_nonzero(i, 0); tf.math.count_nonzero(["", "a"]); tf.compat.v1.reduce_sum(a, reduction_indices=1, keep_dims=True); tf.math.zero_fraction(i)
tf.range(5); tf.range(1, 10, 3); tf.range(0.0, 1.0, 0.25); tf.range(3, 0, -1); tf.range(5, dtype=tf.int64); tf.range(3, delta=0.5)
tf.linspace(0.0, 1.0, 5); tf.linspace([0.0, 1.0], [1.0, 3.0], 3); tf.linspace([0.0, 1.0], [1.0, 3.0], 3, axis=-1); tf.linspace(1.0, 2.0, 1)
tf.cumsum(a, 1, exclusive=True, reverse=True); tf.math.cumprod(v); tf.math.top_k(a, 2).values; tf.math.top_k(a, 2).indices; tf.math.in_top_k([2, 1], a, 1)
tf.sort(a); tf.sort(a, 0, "DESCENDING"); tf.sort(i); tf.sort(np.uint8([3, 255, 0])); tf.argsort(a, 1); tf.argsort(v, direction="DESCENDING")
tf.searchsorted([1.0, 3.0, 9.0], [0.0, 3.0, 10.0], side="right"); tf.searchsorted(np.sort(a), b); tf.unique([5, 5, 7]).y; tf.unique_with_counts([5, 5]).count
tf.math.is_non_decreasing(i); tf.math.is_strictly_increasing([1]); tf.math.is_strictly_increasing([]); tf.math.invert_permutation([2, 0, 1])
tf.math.bincount([1, 1, 3]); tf.math.bincount([1, 1, 3], weights=[0.5, 1.0, 2.0]); tf.math.bincount([1, 9], maxlength=3, minlength=2); tf.math.bincount([[1], [0]], axis=-1)
tf.math.confusion_matrix([1, 0, 1], [1, 1, 1]); tf.math.confusion_matrix([1, 0], [1, 1], 3, weights=[2, 3]); tf.math.unsorted_segment_mean(v, ids, 3)
tf.math.unsorted_segment_sqrt_n(a, [0, 0], 2); tf.math.segment_max(v, ids); tf.histogram_fixed_width(a, [-2.0, 4.0], nbins=5); tf.sequence_mask([1, 3], 4); tf.sequence_mask([[1], [2]])
tf.shape(a); tf.size(a); tf.rank(a); tf.reshape(a, [3, -1]); tf.expand_dims(a, -1); tf.squeeze([[[1, 2]]]); tf.squeeze([[[1, 2]]], 0); tf.fill([2, 2], 7); tf.zeros([2, 3])
tf.zeros(3, tf.string); tf.zeros([], tf.bool); tf.ones((2,), tf.int64); tf.zeros_like(i, tf.float32); tf.ones_like(p); tf.one_hot([0, 2, -1], 3); tf.one_hot([1], 3, 5, 2, axis=0)
tf.one_hot([1], 2, on_value=True, off_value=False); tf.broadcast_to(v, [2, 3]); tf.broadcast_static_shape(tf.TensorShape([None, 1]), tf.TensorShape([3])); tf.bitcast(v, tf.int32)
tf.concat([a, b], 1); tf.concat([a], 0); tf.concat(a, 0); tf.stack([a, b], -1); tf.unstack(a, axis=1); tf.split(a, 3, 1); tf.split(a, [1, -1], 1); tf.tile(a, [1, 2])
tf.repeat(v, 2); tf.repeat(a, [1, 2], 0); tf.repeat(a, 2, -1); tf.reverse(a, [1]); tf.transpose(batch); tf.transpose(batch, [1, 0, 2]); tf.transpose([[1j]], conjugate=True)
tf.pad(a, [[1, 0], [0, 2]]); tf.pad(a, [[1, 1], [1, 1]], "REFLECT"); tf.pad(a, [[1, 1], [1, 1]], "symmetric"); tf.pad(i, [[0, 1], [0, 0]], constant_values=9); tf.meshgrid([1, 2], [3, 4, 5])
tf.meshgrid([1, 2], [3, 4], [5], indexing="ij"); tf.reverse_sequence(a, [1, 2], 1, 0); tf.slice(a, [0, 1], [-1, 2]); tf.strided_slice(a, [0, 0], [2, 3], [1, 2]); tf.gather(a, [1, 0]); tf.gather(a, [2], axis=1)
tf.gather(batch, [[0], [2]], batch_dims=1); tf.gather(a, [[0], [2]], axis=1, batch_dims=1); tf.gather_nd(a, [[0, 1], [1, 2]]); tf.gather_nd(batch, [[0], [1]], batch_dims=1); tf.gather_nd(batch, [[[0], [1]], [[2], [1]]], batch_dims=1)
tf.boolean_mask(a, p); tf.boolean_mask(a, [True, False]); tf.boolean_mask(a, [True, False, True], axis=1); tf.where(p); tf.where(p, a, 0.0); tf.compat.v1.where([True, False], a, b); tf.scatter_nd([[1], [1]], [2.0, 3.0], [3])
tf.dynamic_partition(v, ids, 2); tf.dynamic_stitch([[0, 2], [1]], [[1, 3], [2]]); tf.tensor_scatter_nd_add(v, [[0]], [1.0]); tf.tensor_scatter_nd_update(a, [[0, 1]], [9.0])
tf.matmul(a, b, transpose_b=True); tf.matmul(batch, batch, adjoint_a=True); tf.matmul([[1j]], [[1j]], adjoint_a=True); tf.linalg.matvec(a, v); tf.tensordot(a, b, [[1], [1]]); tf.tensordot(batch, batch, 0)
tf.tensordot(batch, batch, [[2, 0], [2, 0]]); tf.einsum("ij,kj->ik", a, b); tf.einsum("ij,jk,kl", a, b.T, a); tf.einsum("...i->...", batch); tf.norm(a); tf.norm(a, 1, 0); tf.norm(a, np.inf, axis=1, keepdims=True)
tf.norm(a, 3.0, axis=0); tf.norm(a, "fro", axis=[0, 1]); tf.norm(a, 1, axis=(0, 1)); tf.norm(batch, np.inf, axis=(-2, -1)); tf.linalg.normalize(a, axis=1); tf.math.l2_normalize(a, 1); tf.linalg.matrix_transpose(batch)
tf.eye(2, 3); tf.eye(2, batch_shape=[2]); tf.linalg.band_part(a, 0, 1); tf.linalg.diag(v); tf.linalg.diag(v, k=1); tf.linalg.diag_part(a); tf.linalg.set_diag(a, [9.0, 8.0]); tf.linalg.trace(a); tf.linalg.adjoint([[1j, 2]])
tf.nn.relu(a); tf.nn.relu6(a * 9); tf.nn.elu(a); tf.nn.selu(a); tf.nn.softplus(a); tf.nn.softsign(a); tf.nn.leaky_relu(a); tf.nn.leaky_relu(i); tf.nn.crelu(a); tf.nn.gelu(a); tf.nn.gelu(a, True); tf.nn.silu(a); tf.math.log_sigmoid(a)
tf.nn.softmax(a); tf.nn.softmax(batch, 1); tf.nn.log_softmax(a, 0); tf.compat.v1.nn.softmax(a, dim=0); tf.nn.bias_add(a, v); tf.nn.bias_add(image.transpose(0, 3, 1, 2), v, "NCHW"); tf.nn.l2_loss(a)
tf.nn.conv2d(image, kernel, 1, "SAME"); tf.nn.conv2d(image, kernel, [1, 2, 2, 1], "VALID"); tf.nn.conv2d(image, kernel, 1, [[0, 0], [1, 0], [2, 1], [0, 0]]); tf.nn.conv2d(image, kernel, 1, "SAME", dilations=2)
tf.compat.v1.nn.conv2d(image, kernel, [1, 1, 1, 1], "VALID"); tf.nn.conv1d(batch, np.ones([2, 4, 1], "f"), 1, "SAME"); tf.nn.conv2d_transpose(image, kernel.transpose(0, 1, 3, 2), [1, 8, 8, 2], 2)
tf.nn.depthwise_conv2d(image, kernel, [1, 1, 1, 1], "SAME"); tf.nn.separable_conv2d(image, kernel, np.ones([1, 1, 6, 2], "f"), [1, 1, 1, 1], "VALID"); tf.nn.convolution(image, kernel, padding="SAME")
tf.nn.max_pool(image, 2, 2, "SAME"); tf.nn.max_pool2d(image, [2, 3], 1, "VALID"); tf.nn.avg_pool(image, 2, 2, "VALID"); tf.nn.max_pool1d(batch, 2, 1, "VALID"); tf.nn.avg_pool1d(batch, 2, 2, "SAME"); tf.compat.v1.nn.max_pool(image, [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax(b), a); tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax(batch, 1), batch, axis=1); tf.nn.sparse_softmax_cross_entropy_with_logits([2, 0], a)
tf.nn.sparse_softmax_cross_entropy_with_logits([[0, 1, 2], [3, 2, 1]], batch); tf.nn.sigmoid_cross_entropy_with_logits(np.float32(p), a); tf.nn.weighted_cross_entropy_with_logits(np.float32(p), a, 2.0); tf.nn.log_poisson_loss(abs(a), b, True)
tf.nn.moments(a, [0]); tf.nn.moments(np.float16(a), [0, 1], keepdims=True); tf.nn.batch_normalization(a, v, v, v, v, 0.01); tf.nn.embedding_lookup(a, [[1], [0]]); tf.nn.embedding_lookup(a, [1, 0], max_norm=1.0)
tf.clip_by_value(a, -1.0, 1.0); tf.clip_by_norm(a, 2.0); tf.clip_by_norm(a, 1.0, axes=[1]); tf.clip_by_global_norm([a, b], 3.0); tf.linalg.global_norm([a, None, b]); tf.compat.v1.clip_by_average_norm(a, 0.1)
tf.strings.join(["a", ["b", "c"]], "-"); tf.strings.as_string(i); tf.strings.length("aé", unit="UTF8_CHAR"); tf.strings.to_number("1.5"); tf.strings.reduce_join([["a", "b"]], 1); tf.strings.format("x {} y", tf.constant(a))
tf.bitwise.bitwise_and(i, 3); tf.bitwise.invert(i); tf.bitwise.left_shift(i, 2); tf.compat.v1.losses.mean_squared_error(a, b); tf.compat.v1.losses.absolute_difference(a, b, weights=v[None]); tf.compat.v1.losses.huber_loss(a, b)
tf.compat.v1.losses.log_loss(np.float32(p), abs(b) / 4); tf.compat.v1.losses.hinge_loss(np.float32(p), a); tf.compat.v1.losses.cosine_distance(a, b, 1); tf.compat.v1.losses.sigmoid_cross_entropy(np.float32(p), a, label_smoothing=0.1)
tf.compat.v1.losses.softmax_cross_entropy(np.eye(3, dtype="f")[:2], a, label_smoothing=0.1); tf.compat.v1.losses.sparse_softmax_cross_entropy([2, 0], a, weights=[1.0, 0.0]); tf.random.stateless_uniform([3], [1, 2])
tf.random.stateless_uniform([3], [1, 2], 0, 10, tf.int32); tf.random.stateless_uniform([3], [1, 2], None, None, tf.int32); tf.random.stateless_normal([3], [1, 2]); tf.random.stateless_truncated_normal([3], [1, 2], 1.0, 2.0)
"""

ERRORS = """
tf.expand_dims(a, 5); tf.reshape(a, [4]); tf.squeeze(a, 0); tf.concat([tf.constant(a), tf.constant(i)], 0); tf.concat([a, v], 0); tf.matmul(a, a); tf.matmul(a, b, transpose_a=True, adjoint_a=True); tf.stack([a, v])
tf.unstack(a, axis=2); tf.split(a, 2, 1); tf.pad(a, [[0, 0], [0, 0]], "OTHER"); tf.where(p, a); tf.one_hot([1], 2, on_value=1, off_value=0.0); tf.sort(a, direction="UP"); tf.searchsorted([1], [1], side="up")
tf.truediv(tf.constant(1.0), tf.constant(1.0, tf.float64)); tf.nn.dropout(a, 1.5); tf.nn.dropout(i, 0.5); tf.compat.v1.nn.dropout(a); tf.compat.v1.reduce_sum(a, axis=0, reduction_indices=0); tf.nn.softmax(a, 3)
tf.nn.bias_add(a, v, "XX"); tf.nn.sparse_softmax_cross_entropy_with_logits([[1]], a); tf.nn.sigmoid_cross_entropy_with_logits(a, v); tf.math.reduce_std(i); tf.complex(a, i); tf.cast("a", tf.int32)
tf.boolean_mask(a, True); tf.boolean_mask(a, [True, False, True]); tf.range(0, 5, 0); tf.range(0, 5, -1); tf.math.bincount([1], axis=2); tf.norm(a, "nuc"); tf.compat.v1.expand_dims(a); tf.gather(a, [7])
tf.debugging.assert_rank(a, 1); tf.debugging.assert_type(a, tf.int32); tf.debugging.check_numerics([np.nan], "bad"); tf.strings.format("{}", (1, 2)); tf.linalg.diag(np.float32(1))
tf.meshgrid([1], indexing="zz"); tf.nn.conv2d(image, kernel[:, :, :2], 1, "SAME"); tf.nn.conv2d(image, kernel, 1, "OTHER"); tf.compat.v1.losses.mean_squared_error(a, v); tf.clip_by_global_norm(a, 1.0)
"""


def calls(text):
    return [call.strip() for line in text.strip().splitlines() for call in line.split("; ")]


def evaluate(call, module):
    return eval(call, {"tf": module, **DATA})


def leaves(value):
    """The arrays of a result, which may be nested."""
    if isinstance(value, (list, tuple)) and not hasattr(value, "rank"):
        return [leaf for one in value for leaf in leaves(one)]
    return [value.numpy() if hasattr(value, "numpy") else np.array(str(value))]


@pytest.mark.parametrize("call", calls(CALLS))
def test_values(call):
    ours, theirs = leaves(evaluate(call, tf)), leaves(evaluate(call, real))
    assert len(ours) == len(theirs)
    for x, y in zip(ours, theirs, strict=True):
        x, y = np.asarray(x), np.asarray(y)
        assert x.dtype == y.dtype and x.shape == y.shape
        if x.dtype.kind in "fc":
            bound = {2: 2e-3, 4: 1e-5, 8: 1e-12 if x.dtype.kind == "f" else 1e-5, 16: 1e-12}[x.dtype.itemsize]
            np.testing.assert_allclose(x, y, rtol=bound, atol=bound)
        else:
            np.testing.assert_array_equal(x, y)


def failure(call, module):
    with pytest.raises(Exception) as caught:
        evaluate(call, module)
    return caught.value


@pytest.mark.parametrize("call", calls(ERRORS))
def test_errors_have_the_same_class(call):
    ours, theirs = failure(call, tf), failure(call, real)
    names = [cls.__name__ for cls in type(ours).__mro__]
    assert type(theirs).__name__ in names, f"{ours!r} {theirs!r}"


NAMED = """
tf.add(x, x); tf.multiply(x, x); tf.reduce_mean(x); tf.reduce_sum(x, 0); tf.matmul(x, x); tf.nn.relu(x); tf.reshape(x, [-1]); tf.concat([x, x], 0); tf.stack([x, x]); tf.argmax(x, 1)
tf.equal(x, x); tf.cast(x, tf.int32); tf.truediv(x, x); tf.zeros([2]); tf.zeros_like(x); tf.ones([2]); tf.one_hot([1], 2); tf.transpose(x); tf.expand_dims(x, 0); tf.squeeze(x); tf.split(x, 2); tf.range(3)
tf.nn.softmax(x); tf.nn.bias_add(x, [1.0, 2.0]); tf.clip_by_value(x, 0.0, 1.0); tf.identity(x); tf.compat.v1.nn.dropout(x, 0.5); tf.abs(x); tf.sigmoid(x); tf.pad(x, [[0, 0], [0, 0]]); tf.tile(x, [1, 1])
"""


@pytest.mark.parametrize("call", calls(NAMED))
def test_names_of_results(call):
    def name(module):
        with module.Graph().as_default():
            x = module.compat.v1.placeholder(module.float32, [2, 2], name="x")
            found = eval(call, {"tf": module, "x": x})
            return (found[0] if isinstance(found, list) else found).name

    assert name(tf) == name(real)
