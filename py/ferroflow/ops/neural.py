"""Biases, normalisation, dropout, embeddings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from . import picking, random, reduction
from .arithmetic import cast
from .common import convert, name_scope, one_of, static_value
from .matrices import matmul
from .shapes import shape as shape_of

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def bias_add(value: TensorLike, bias: TensorLike, data_format=None, name: str | None = None) -> Tensor:
    """Adds a vector to each position: one number a channel.

    Args:
      value: a tensor of numbers with at least two axes.
      bias: a vector of the same dtype.
      data_format: where the channels are: "N...C" (the last axis, by default) or "NC...".
      name: a name for the operation.

    Returns:
      A tensor of the shape of `value`.

    Raises:
      ValueError: `data_format` is something else.
      InvalidArgumentError: the sizes do not fit.

    >>> tf.nn.bias_add([[1.0, 2.0]], [10.0, 20.0]).numpy()
    array([[11., 22.]], dtype=float32)
    """
    if data_format is not None and not (
        data_format.startswith("NC") or data_format.startswith("N") and data_format.endswith("C")
    ):
        raise ValueError(f"`data_format` must be of the form `N...C` or `NC...`. Received: data_format={data_format}")
    form = "NCHW" if data_format is not None and data_format.startswith("NC") else "NHWC"
    return raw_ops.BiasAdd(value, bias, form, name or "BiasAdd")


def xw_plus_b(x: TensorLike, weights: TensorLike, biases: TensorLike, name: str | None = None) -> Tensor:
    """`matmul(x, weights) + biases`: a dense layer.

    Args:
      x: a matrix [batch, inputs].
      weights: a matrix [inputs, outputs].
      biases: a vector [outputs].
      name: a name for the operation.

    Returns:
      A matrix [batch, outputs].
    """
    with name_scope(name, "xw_plus_b", [x, weights, biases]) as scope:
        return raw_ops.BiasAdd(matmul(x, weights), biases, name=scope)


def relu_layer(x: TensorLike, weights: TensorLike, biases: TensorLike, name: str | None = None) -> Tensor:
    """`relu(matmul(x, weights) + biases)`.

    Args:
      x: a matrix [batch, inputs].
      weights: a matrix [inputs, outputs].
      biases: a vector [outputs].
      name: a name for the operation.

    Returns:
      A matrix [batch, outputs].
    """
    with name_scope(name, "relu_layer", [x, weights, biases]) as scope:
        return raw_ops.Relu(raw_ops.BiasAdd(matmul(x, weights), biases), scope)


def l2_loss(t: TensorLike, name: str | None = None) -> Tensor:
    """Half the sum of squares.

    Args:
      t: a tensor of floats.
      name: a name for the operation.

    Returns:
      A scalar of the same dtype.

    >>> tf.nn.l2_loss([3.0, 1.0]).numpy().item()
    5.0
    """
    return raw_ops.L2Loss(t, name)


def dropout(x: TensorLike, rate, noise_shape=None, seed=None, name: str | None = None) -> Tensor:
    """Sets elements to 0 at random and divides the others by the part that stays, so that the expected sum is kept.

    Args:
      x: a tensor of floats.
      rate: the part of the elements that is set to 0, from 0 up to, but not including, 1; a number or a scalar tensor.
      noise_shape: the shape of the choice, which is broadcast to that of `x`.
      seed: a seed for the choice.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    Raises:
      ValueError: `rate` is outside of that range, or `x` holds integers.

    >>> tf.nn.dropout([1.0, 2.0], rate=0.0).numpy()
    array([1., 2.], dtype=float32)
    """
    with name_scope(name, "dropout", [x]):
        if isinstance(rate, (int, float)) and not 0 <= rate < 1:
            raise ValueError(f"`rate` must be a scalar tensor or a float in the range [0, 1). Received: rate={rate}")
        x = convert(x, name="x")
        if not x.dtype.is_floating:
            raise ValueError(
                f"`x.dtype` must be a floating point tensor as `x` will be scaled. Received: x.dtype={x.dtype}"
            )
        if isinstance(rate, (int, float)):
            if rate == 0:
                return x
            scaled = raw_ops.Mul(x, convert(1 / (1 - rate), x.dtype))
        else:
            rate = convert(rate, name="rate")
            if rate.shape.rank not in (None, 0):
                raise ValueError(f"`rate` must be a scalar tensor. Received: rate={rate}")
            rate = cast(rate, x.dtype)
            known = static_value(rate)
            if known is not None and known == 0:
                return x
            scaled = raw_ops.RealDiv(x, raw_ops.Sub(convert(1, x.dtype), rate))
        shape = shape_of(x) if noise_shape is None else _noise_shape(x, noise_shape)
        drawn = random.uniform(shape, seed=seed, dtype=x.dtype)
        kept = raw_ops.GreaterEqual(drawn, rate)
        return raw_ops.SelectV2(kept, scaled, convert(0.0, x.dtype))


def _noise_shape(x, noise_shape):
    if isinstance(noise_shape, (list, tuple)) and None in noise_shape:
        sizes = raw_ops.Unpack(raw_ops.Shape(x), len(noise_shape))
        return raw_ops.Pack([size if given is None else given for size, given in zip(sizes, noise_shape, strict=True)])
    return noise_shape


def dropout_v1(
    x: TensorLike, keep_prob=None, noise_shape=None, seed=None, name: str | None = None, rate=None
) -> Tensor:
    """`dropout`, where the part that stays may be given as `keep_prob` instead of `rate`.

    Args:
      x: a tensor of floats.
      keep_prob: the part of the elements that stays; `1 - rate`.
      noise_shape: the shape of the choice, which is broadcast to that of `x`.
      seed: a seed for the choice.
      name: a name for the operation.
      rate: the part of the elements that is set to 0.

    Returns:
      A tensor of the same shape and dtype.

    Raises:
      ValueError: both or none are given, or outside of their range.
    """
    if keep_prob is not None:
        if rate is not None:
            raise ValueError("Cannot specify both 'keep_prob' and 'rate'.")
        if isinstance(keep_prob, (int, float)) and not 0 < keep_prob <= 1:
            raise ValueError(
                f"`keep_prob` must be a scalar tensor or a float in the range (0, 1]. Received: keep_prob={keep_prob}"
            )
        rate = 1 - keep_prob
    if rate is None:
        raise ValueError(f"`rate` must be provided. Received: rate={rate}")
    return dropout(x, rate, noise_shape, seed, name)


def moments(
    x: TensorLike, axes: TensorLike, shift: TensorLike | None = None, keepdims: bool = False, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """Mean and variance along axes.

    Args:
      x: a tensor of floats.
      axes: a list of axes.
      shift: accepted for TensorFlow's sake, without effect.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tuple (mean, variance).

    >>> [t.numpy().tolist() for t in tf.nn.moments(tf.constant([1.0, 3.0]), [0])]
    [2.0, 1.0]
    """
    with name_scope(name, "moments", [x, axes]):
        x = convert(x)
        # Sums of half-precision numbers are taken in single precision.
        wide = raw_ops.Cast(x, dtypes.float32) if x.dtype in (dtypes.float16, dtypes.bfloat16) else x
        mean = reduction.reduce_mean(wide, axes, True, "mean")
        apart = raw_ops.SquaredDifference(wide, raw_ops.StopGradient(mean))
        variance = reduction.reduce_mean(apart, axes, True, "variance")
        if not keepdims:
            axes = list(axes) if isinstance(axes, (list, tuple)) else axes
            static = static_value(convert(axes)) if not isinstance(axes, list) else axes
            static = [int(one) for one in (static if hasattr(static, "__len__") else [static])]
            mean, variance = raw_ops.Squeeze(mean, static), raw_ops.Squeeze(variance, static)
        if wide is not x:
            mean, variance = raw_ops.Cast(mean, x.dtype), raw_ops.Cast(variance, x.dtype)
        return mean, variance


def moments_v1(
    x: TensorLike,
    axes: TensorLike,
    shift: TensorLike | None = None,
    name: str | None = None,
    keep_dims=None,
    keepdims=None,
) -> tuple[Tensor, Tensor]:
    """`moments` with the argument order of TensorFlow 1.

    Args:
      x: a tensor of floats.
      axes: a list of axes.
      shift: accepted for TensorFlow's sake, without effect.
      name: a name for the operation.
      keep_dims: the old name of `keepdims`.
      keepdims: whether the axes stay, with size 1.

    Returns:
      A tuple (mean, variance).
    """
    keepdims = one_of("keepdims", keepdims, "keep_dims", keep_dims)
    return moments(x, axes, shift, bool(keepdims), name)


def batch_normalization(
    x: TensorLike, mean: TensorLike, variance: TensorLike, offset, scale, variance_epsilon, name: str | None = None
) -> Tensor:
    """`(x - mean) / sqrt(variance + epsilon) * scale + offset` (Ioffe and Szegedy, 2015).

    Args:
      x: a tensor of floats.
      mean: a tensor that can be broadcast with `x`.
      variance: a tensor that can be broadcast with `x`.
      offset: a tensor that can be broadcast with `x`, or None.
      scale: a tensor that can be broadcast with `x`, or None.
      variance_epsilon: a small number that is added to the variance.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `x`.

    >>> tf.nn.batch_normalization([3.0], 1.0, 4.0, None, None, 0.0).numpy()
    array([1.], dtype=float32)
    """
    with name_scope(name, "batchnorm", [x, mean, variance, scale, offset]):
        x = convert(x)
        inverse = raw_ops.Rsqrt(variance + variance_epsilon)
        if scale is not None:
            inverse = inverse * scale
        scaled = x * cast(inverse, x.dtype)
        shift = -mean * inverse if offset is None else offset - mean * inverse
        return scaled + cast(shift, x.dtype)


def fused_batch_norm(
    x: TensorLike,
    scale: TensorLike,
    offset: TensorLike,
    mean: TensorLike | None = None,
    variance: TensorLike | None = None,
    epsilon: float = 0.001,
    data_format: str = "NHWC",
    is_training: bool = True,
    name: str | None = None,
    exponential_avg_factor: float = 1.0,
) -> tuple[Tensor, Tensor, Tensor]:
    """Batch normalisation of images in one operation.

    Args:
      x: images of floats with four axes, or volumes with five.
      scale: a vector with a factor for each channel.
      offset: a vector with a number to be added for each channel.
      mean: a vector; needed unless the statistics are those of the batch alone.
      variance: a vector, likewise.
      epsilon: what is added to variances, 1.001e-5 at least.
      data_format: "NHWC" or "NCHW", for volumes "NDHWC" or "NCDHW".
      is_training: whether to take the statistics of the batch.
      name: a name for the operation.
      exponential_avg_factor: the share of the batch in the mean and variance that are returned.

    Returns:
      A tuple (normalised images, mean, variance): with `is_training`, the variance is that of a sample.

    Raises:
      ValueError: `mean` or `variance` is missing.
      InvalidArgumentError: the sizes do not fit.

    >>> x = tf.constant([[[[1.0], [3.0]]]])
    >>> tf.compat.v1.nn.fused_batch_norm(x, [1.0], [0.0])[0].numpy().ravel().round(3)
    array([-1.,  1.], dtype=float32)
    """
    if (not is_training or exponential_avg_factor != 1.0) and (mean is None or variance is None):
        raise ValueError(
            "Both `mean` and `variance` must be a 1D tensor when `is_training` is False or "
            f"`exponential_avg_factor` != 1.0. Received: `mean` {mean!r} and `variance` {variance!r}"
        )
    x = convert(x, name="input")
    scale, offset = convert(scale, name="scale"), convert(offset, name="offset")
    mean = convert([], scale.dtype) if mean is None else mean
    variance = convert([], scale.dtype) if variance is None else variance
    y, mean, variance, *_ = raw_ops.FusedBatchNormV3(
        x,
        scale,
        offset,
        mean,
        variance,
        epsilon=max(epsilon, 1.001e-5),
        exponential_avg_factor=exponential_avg_factor,
        data_format=data_format,
        is_training=is_training,
        name=name,
    )
    return y, mean, variance


def batch_norm_with_global_normalization(
    input: TensorLike,
    mean: TensorLike,
    variance: TensorLike,
    beta: TensorLike,
    gamma: TensorLike,
    variance_epsilon,
    scale_after_normalization: bool,
    name: str | None = None,
) -> Tensor:
    """`batch_normalization` with a switch for the scale.

    Args:
      input: a tensor of floats.
      mean: a tensor that can be broadcast with `input`.
      variance: a tensor that can be broadcast with `input`.
      beta: what is added.
      gamma: the scale.
      variance_epsilon: a small number that is added to the variance.
      scale_after_normalization: whether to multiply by `gamma`.
      name: a name for the operation.

    Returns:
      A tensor of the shape of `input`.
    """
    scale = gamma if scale_after_normalization else None
    return batch_normalization(input, mean, variance, beta, scale, variance_epsilon, name)


def batch_norm_with_global_normalization_v1(
    t: TensorLike | None = None,
    m: TensorLike | None = None,
    v: TensorLike | None = None,
    beta: TensorLike | None = None,
    gamma: TensorLike | None = None,
    variance_epsilon=None,
    scale_after_normalization: bool | None = None,
    name: str | None = None,
    input: TensorLike | None = None,
    mean: TensorLike | None = None,
    variance: TensorLike | None = None,
) -> Tensor:
    """`batch_norm_with_global_normalization` with the names of TensorFlow 1.

    Args:
      t: the old name of `input`.
      m: the old name of `mean`.
      v: the old name of `variance`.
      beta: what is added.
      gamma: the scale.
      variance_epsilon: a small number that is added to the variance.
      scale_after_normalization: whether to multiply by `gamma`.
      name: a name for the operation.
      input: a tensor of floats.
      mean: a tensor that can be broadcast with `input`.
      variance: a tensor that can be broadcast with `input`.

    Returns:
      A tensor of the shape of `input`.
    """
    return batch_norm_with_global_normalization(
        one_of("input", input, "t", t),
        one_of("mean", mean, "m", m),
        one_of("variance", variance, "v", v),
        beta,
        gamma,
        variance_epsilon,
        bool(scale_after_normalization),
        name,
    )


def embedding_lookup(params, ids: TensorLike, max_norm=None, name: str | None = None) -> Tensor:
    """The rows of a table that `ids` names.

    Args:
      params: a tensor or variable [rows, ...], or a list of one.
      ids: a tensor of int32 or int64.
      max_norm: if given, rows with a larger norm are scaled down to it.
      name: a name for the operation.

    Returns:
      A tensor: the shape of `ids`, then that of a row.

    Raises:
      ValueError: `params` is empty, or a list of several parts.

    >>> tf.nn.embedding_lookup([[1.0], [2.0]], [1, 0]).numpy()
    array([[2.],
           [1.]], dtype=float32)
    """
    if isinstance(params, (list, tuple)) and params and hasattr(params[0], "dtype"):
        if len(params) > 1:
            raise ValueError("embedding_lookup takes one table; join the parts with tf.concat.")
        params = params[0]
    elif params is None or isinstance(params, (list, tuple)) and not params:
        raise ValueError("params must be specified")
    with name_scope(name, "embedding_lookup", [params, ids]) as scope:
        rows = picking.gather(params, ids, name=scope)
        if max_norm is None:
            return raw_ops.Identity(rows)
        axes = list(range(convert(ids).shape.rank, rows.shape.rank))
        return clip_rows(rows, max_norm, axes)


def clip_rows(rows, max_norm, axes: TensorLike) -> Tensor:
    """Rows whose Euclidean norm along `axes` is larger than `max_norm`, scaled down to it."""
    total = reduction.reduce_sum(raw_ops.Mul(rows, rows), axes, True)
    positive = raw_ops.Greater(total, convert(0, rows.dtype))
    safe = raw_ops.SelectV2(positive, total, raw_ops.OnesLike(total))
    length = raw_ops.SelectV2(positive, raw_ops.Sqrt(safe), total)
    limit = convert(max_norm, rows.dtype)
    return raw_ops.RealDiv(raw_ops.Mul(rows, limit), raw_ops.Maximum(length, limit))


def embedding_lookup_v1(
    params,
    ids: TensorLike,
    partition_strategy: str = "mod",
    name: str | None = None,
    validate_indices: bool = True,
    max_norm=None,
) -> Tensor:
    """`embedding_lookup` with the argument order of TensorFlow 1.

    Args:
      params: a tensor or variable [rows, ...], or a list of one.
      ids: a tensor of int32 or int64.
      partition_strategy: accepted for TensorFlow's sake: there is one part.
      name: a name for the operation.
      validate_indices: accepted for TensorFlow's sake, without effect.
      max_norm: if given, rows with a larger norm are scaled down to it.

    Returns:
      A tensor: the shape of `ids`, then that of a row.
    """
    return embedding_lookup(params, ids, max_norm, name)
