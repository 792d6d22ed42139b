"""Long loops: Mesa's software Vulkan ends the loops of an invocation after 65535 rounds, so long ones run in pieces or in parts."""

import numpy as np
import pytest

import ferroflow as tf

R = tf.raw_ops
LONG = [70_000, 400_000]


def there(op, *operands, **attrs):
    """The values of an op that ran on the GPU."""
    with tf.device("/GPU:0"):
        result = op(*[tf.constant(x) for x in operands], **attrs)
    results = list(result) if isinstance(result, tuple | list) else [result]
    assert all(r.device.endswith("GPU:0") for r in results)
    values = [r.numpy() for r in results]
    return values if isinstance(result, tuple | list) else values[0]


def numbers(shape, dtype=np.int32, seed=0):
    rng = np.random.default_rng(seed)
    if np.dtype(dtype).kind == "f":
        return rng.normal(size=shape).astype(dtype)
    return rng.integers(-9, 9, shape).astype(dtype)


@pytest.mark.parametrize("n", LONG)
def test_scans(n, hard):
    for shape, axis in (((2, n), 1), ((n, 3), 0)):
        x = numbers(shape)
        sums = np.cumsum(x, axis, dtype=np.int32)
        np.testing.assert_array_equal(there(tf.cumsum, x, axis=axis), sums)
        np.testing.assert_array_equal(there(tf.cumsum, x, axis=axis, exclusive=True), sums - x)
        back = np.flip(np.cumsum(np.flip(x, axis), axis, dtype=np.int32), axis)
        np.testing.assert_array_equal(there(tf.cumsum, x, axis=axis, reverse=True), back)
    x = numbers(n, np.float32)
    np.testing.assert_allclose(there(tf.cumsum, x), np.cumsum(x.astype(np.float64)), rtol=1e-4, atol=1e-2)
    signs = np.where(numbers(n) > 0, 1, -1).astype(np.int64)
    np.testing.assert_array_equal(there(tf.math.cumprod, signs), np.cumprod(signs))


@pytest.mark.parametrize("n", LONG)
@pytest.mark.parametrize("dtype", [np.int32, np.float32])
def test_places_of_extremes(n, dtype, hard):
    x = numbers((3, n), dtype)
    x[0, n - 2], x[1, 66_000], x[2, 5] = 100, 101, 102
    np.testing.assert_array_equal(there(tf.argmax, x, axis=1), [n - 2, 66_000, 5])
    np.testing.assert_array_equal(there(tf.argmin, -x.T, axis=0, output_type=tf.int32), [n - 2, 66_000, 5])
    if dtype == np.float32:
        nothing = np.full(n, np.nan, np.float32)
        nothing[-1] = -np.inf
        assert there(tf.argmax, nothing) == 0


@pytest.mark.parametrize("n", LONG)
def test_largest(n, hard):
    """Of equal ones the first comes first, NaN last."""
    for dtype, k in ((np.int32, 3), (np.float32, 5)) if n > LONG[0] else ((np.float32, 5), (np.float32, 3000)):
        x = numbers((2, n), dtype)
        if dtype == np.float32:
            x = np.round(x, 3)
            x[1, ::2] = np.nan
        order = np.argsort(-x, 1, kind="stable")[:, :k]
        values, places = there(tf.math.top_k, x, k=k)
        np.testing.assert_array_equal(places, order)
        np.testing.assert_array_equal(values, np.take_along_axis(x, order, 1))


@pytest.mark.parametrize("n", LONG)
def test_targets_among_the_largest(n, hard):
    x = numbers((4, n), np.float32)
    order = np.argsort(-x, 1)
    targets = np.array([order[0, 0], order[1, 4], order[2, 5], n - 1], np.int64)
    ranks = [0, 4, 5, list(order[3]).index(n - 1)]
    found = there(lambda t, x: tf.math.in_top_k(t, x, 5), targets, x)
    np.testing.assert_array_equal(found, [r < 5 for r in ranks])
    x[:, 7] = np.inf
    assert not there(lambda t, x: tf.math.in_top_k(t, x, 5), targets, x).any()


def test_scatters(hard):
    n = LONG[0]
    rng = np.random.default_rng(1)
    for lines, width in ((50, 3), (2_000_000, 1)):
        places = rng.integers(0, lines, n).astype(np.int32)
        updates = numbers((n, width))
        old = numbers((lines, width), seed=2)
        for op, combine in ((tf.tensor_scatter_nd_add, np.add), (tf.tensor_scatter_nd_max, np.maximum)):
            true = old.copy()
            combine.at(true, places, updates)
            np.testing.assert_array_equal(there(op, old, places[:, None], updates), true)
        true = np.zeros((lines, width), np.int32)
        np.add.at(true, places, updates)
        np.testing.assert_array_equal(
            there(tf.scatter_nd, places[:, None], updates, np.array(true.shape, np.int32)), true
        )
        np.testing.assert_array_equal(there(tf.math.unsorted_segment_sum, updates, places, num_segments=lines), true)
        true = old.copy()
        true[places] = updates
        np.testing.assert_array_equal(there(tf.tensor_scatter_nd_update, old, places[:, None], updates), true)
    with tf.device("/GPU:0"):
        v = tf.Variable(np.zeros(4, np.int32))
        v.scatter_add(tf.IndexedSlices(tf.ones([LONG[1]], tf.int32), tf.constant(np.arange(LONG[1]) % 4)))
        np.testing.assert_array_equal(v.numpy(), np.full(4, LONG[1] // 4))


@pytest.mark.parametrize("lines", [5, 40_000])
def test_sparse_training(lines, hard):
    n = 70_000
    rng = np.random.default_rng(3)
    rows, grads = rng.integers(0, lines, n), rng.normal(size=(n, 2)).astype(np.float32) * 0.01
    found = {}
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            v, slot, slow = (tf.Variable(np.ones((lines, 2), np.float32)) for _ in range(3))
            given = {"grad": tf.constant(grads), "indices": tf.constant(rows)}
            R.ResourceSparseApplyAdagrad(var=v.handle, accum=slot.handle, lr=tf.constant(0.1), **given)
            R.ResourceSparseApplyMomentum(
                var=v.handle, accum=slow.handle, lr=tf.constant(0.01), momentum=tf.constant(0.5), **given
            )
            found[device] = [x.numpy() for x in (v, slot, slow)]
    for here, other in zip(*found.values(), strict=True):
        np.testing.assert_allclose(other, here, rtol=2e-5, atol=1e-5)


@pytest.mark.parametrize(
    "sizes", [(1, 1, 1_100_000), (2, 20, 1_100_000), (1, 1, 17_000_000), (9, 12, 70_000), (9, 12, 400_000)]
)
def test_products(sizes, hard):
    m, n, k = sizes
    a, b = numbers((m, k)), numbers((k, n), seed=1)
    np.testing.assert_array_equal(there(tf.matmul, a, b), a.astype(np.int64) @ b)


def test_products_of_many_tiles(hard):
    a, b = numbers((8, 1, 3, 22_000), np.float32), numbers((1, 8, 22_000, 5), np.float32)
    a, b = a.repeat(3, 2), b.repeat(3, 3)
    np.testing.assert_allclose(there(tf.matmul, a, b), np.matmul(a.astype(np.float64), b), rtol=1e-4, atol=1e-2)


@pytest.mark.parametrize("width", [(1, 70_000), (100, 700), (4, 100_000)])
def test_gradients_of_filters(width, hard):
    shape = (1, *width)
    x, dy = numbers((*shape, 3), np.float32), numbers((*shape, 6), np.float32)
    attrs = {"strides": [1, 1, 1, 1], "padding": "SAME"}
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))).astype(np.float64)
    views = [padded[:, i : i + width[0], j : j + width[1]] for i in range(3) for j in range(3)]
    true = np.stack([np.tensordot(v, dy, ([0, 1, 2], [0, 1, 2])) for v in views]).reshape(3, 3, 3, 6)
    sizes = tf.constant([3, 3, 3, 6])
    found = there(lambda x, dy: R.Conv2DBackpropFilter(input=x, filter_sizes=sizes, out_backprop=dy, **attrs), x, dy)
    np.testing.assert_allclose(found, true, rtol=1e-4, atol=0.02)
    sizes = tf.constant([3, 3, 3, 2])
    op = R.DepthwiseConv2dNativeBackpropFilter
    found = there(lambda x, dy: op(input=x, filter_sizes=sizes, out_backprop=dy, **attrs), x, dy)
    own = np.stack([true[:, :, c, 2 * c : 2 * c + 2] for c in range(3)], 2)
    np.testing.assert_allclose(found, own, rtol=1e-4, atol=0.02)


@pytest.mark.parametrize("n", LONG)
def test_segments(n, hard):
    x = numbers((n, 2))
    ids = np.minimum(np.arange(n) // 50, 2).astype(np.int32)
    parts = [x[ids == i] for i in range(3)]
    for op, true in ((tf.math.segment_sum, np.sum), (tf.math.segment_max, np.max), (tf.math.segment_min, np.min)):
        np.testing.assert_array_equal(there(op, x, ids), [true(p, 0) for p in parts])
    means = there(tf.math.segment_mean, x.astype(np.float32), ids)
    np.testing.assert_allclose(means, [p.mean(0) for p in parts], rtol=1e-5, atol=1e-6)
    rows = np.random.default_rng(4).integers(0, n, n).astype(np.int32)
    chosen = [x[rows][ids == i] for i in range(3)]
    sums = there(tf.sparse.segment_sum, x.astype(np.float32), rows, ids)
    np.testing.assert_array_equal(sums, [c.sum(0) for c in chosen])
    grad = numbers((3, 2)).astype(np.float32)
    few = (rows % 3).astype(np.int32)
    true = np.zeros((3, 2))
    np.add.at(true, few, grad[ids])
    op = lambda g, i, s: R.SparseSegmentSumGrad(grad=g, indices=i, segment_ids=s, output_dim0=tf.constant(3))  # noqa: E731
    np.testing.assert_array_equal(there(op, grad, few, ids), true)


def test_reductions(hard):
    x = numbers((400_000, 3))
    for axis in (0, 1, None):
        np.testing.assert_array_equal(there(tf.reduce_sum, x, axis=axis), x.sum(axis, dtype=np.int32))
        np.testing.assert_array_equal(there(tf.reduce_max, x, axis=axis), x.max(axis))
    np.testing.assert_array_equal(there(tf.reduce_sum, numbers(20_000_000)), numbers(20_000_000).sum(dtype=np.int32))
    x = numbers((70, 3, 1100, 2, 7))
    np.testing.assert_array_equal(there(tf.reduce_sum, x, axis=[0, 2, 4]), x.sum((0, 2, 4), dtype=np.int32))
    x = numbers((400_000, 3), np.float32)
    np.testing.assert_allclose(there(R.BiasAddGrad, out_backprop=tf.constant(x)), x.sum(0, np.float64), atol=0.05)
    np.testing.assert_allclose(there(tf.nn.l2_loss, x), (x.astype(np.float64) ** 2).sum() / 2, rtol=1e-5)


# Rows and windows that need more rounds than the adapter gives are computed by the host.
@pytest.mark.parametrize("n", [400_000, 6_000_000])
def test_long_rows(n):
    x = numbers((1, n), np.float32)
    wide = np.exp(x.astype(np.float64) - x.max())
    with tf.device("/GPU:0"):
        np.testing.assert_allclose(tf.nn.softmax(x), wide / wide.sum(), rtol=1e-4)
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[n - 3], logits=x)
        np.testing.assert_allclose(loss, [np.log(wide.sum()) + x.max() - x[0, n - 3]], rtol=1e-5)

    @tf.function
    def row(x):
        y = tf.exp(x - tf.reduce_max(x, 1, keepdims=True))
        return y / tf.reduce_sum(y, 1, keepdims=True)

    with tf.device("/GPU:0"):
        np.testing.assert_allclose(row(tf.constant(x)), wide / wide.sum(), rtol=1e-4)


@pytest.mark.parametrize("n", [400_000, 9_000_000])
def test_norms_of_many(n):
    x, dy = numbers((1, n, 1, 1), np.float32), numbers((1, n, 1, 1), np.float32, 1)
    wide = x.astype(np.float64)
    with tf.device("/GPU:0"):
        y, mean, variance, *_ = R.FusedBatchNormV3(
            x=x, scale=[2.0], offset=[1.0], mean=[], variance=[], is_training=True
        )
        np.testing.assert_allclose(mean, [wide.mean()], atol=1e-5)
        np.testing.assert_allclose(variance, [wide.var(ddof=1)], rtol=1e-4)
        np.testing.assert_allclose(y, (wide - wide.mean()) / np.sqrt(wide.var() + 1e-4) * 2 + 1, rtol=1e-3, atol=1e-4)
        saved = [tf.constant([v], tf.float32) for v in (wide.mean(), wide.var())]
        back = R.FusedBatchNormGradV3(
            y_backprop=dy, x=x, scale=[2.0], reserve_space_1=saved[0], reserve_space_2=saved[1], reserve_space_3=[0.0]
        )
        np.testing.assert_allclose(back[2], [dy.sum(dtype=np.float64)], atol=0.1)


def test_large_windows():
    x = np.round(numbers((1, 300, 300, 2), np.float32), 1)
    attrs = {"ksize": [1, 300, 300, 1], "strides": [1, 1, 1, 1], "padding": "VALID"}
    with tf.device("/GPU:0"):
        np.testing.assert_allclose(
            tf.nn.avg_pool2d(x, 300, 1, "VALID")[0, 0, 0], x.mean((0, 1, 2), np.float64), atol=1e-5
        )
        y = R.MaxPool(input=x, **attrs)
        np.testing.assert_array_equal(y[0, 0, 0], x.max((0, 1, 2)))
        dx = R.MaxPoolGrad(orig_input=x, orig_output=y, grad=tf.ones([1, 1, 1, 2]), **attrs).numpy()
    for c in range(2):
        assert np.flatnonzero(dx[..., c]).tolist() == [np.argmax(x[..., c])]
    # Windows of 20x20, of which each element lies in 400.
    x = x[:, :45, :45]
    attrs |= {"ksize": [1, 20, 20, 1]}
    found = {}
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            y = R.MaxPool(input=x, **attrs)
            found[device] = R.MaxPoolGrad(orig_input=x, orig_output=y, grad=tf.ones(y.shape), **attrs).numpy()
    np.testing.assert_array_equal(*found.values())


def test_large_depthwise_filters():
    x, f = numbers((1, 280, 280, 1), np.float32), numbers((270, 270, 1, 1), np.float32)
    attrs = {"strides": [1, 1, 1, 1], "padding": "VALID"}
    with tf.device("/GPU:0"):
        y = R.DepthwiseConv2dNative(input=x, filter=f, **attrs).numpy()
    true = [
        [(x[0, i : i + 270, j : j + 270, 0].astype(np.float64) * f[:, :, 0, 0]).sum() for j in range(11)]
        for i in range(11)
    ]
    np.testing.assert_allclose(y[0, :, :, 0], true, atol=0.02)
