"""Initializers: functions of a shape that give a variable's first value, as TensorFlow 1 and 2 have them."""

import math

from .. import _core
from .._gen import raw_ops
from . import dtypes
from .random_values import random_normal, random_uniform, stateless_normal, stateless_uniform, truncated_normal
from .tensor_shape import TensorShape


class Initializer:
    """The base of initializers: `initializer(shape, dtype)` gives a tensor."""

    def __call__(self, shape, dtype=None, **kwargs):
        raise NotImplementedError

    def get_config(self):
        """The arguments that make an equal initializer, as a dict."""
        return {}

    @classmethod
    def from_config(cls, config):
        """The initializer that `get_config` described; a `dtype` in it is not needed."""
        config = dict(config)
        if not cls._takes_dtype:
            config.pop("dtype", None)
        return cls(**config)

    _takes_dtype = False  # TensorFlow 1's initializers take a dtype when they are made


def _sizes(shape):
    """A shape as a list of sizes."""
    return (
        TensorShape(shape).as_list() if not isinstance(shape, _core.Tensor) else [int(size) for size in shape.numpy()]
    )


def _constant_array(shape, value, dtype, name):
    """Zeros or ones: a constant, which is what they are in TensorFlow's graphs up to 1000 elements."""
    if isinstance(shape, _core.Tensor):
        return raw_ops.Fill(dims=shape, value=_core.convert(value, dtype), name=name)
    sizes = _sizes(shape)
    if math.prod(sizes) >= 1000 or dtype.is_quantized:
        return raw_ops.Fill(dims=_core.convert(sizes, dtypes.int32), value=_core.convert(value, dtype), name=name)
    from .placeholders import constant

    return constant(value, dtype, sizes, name)


def compute_fans(shape):
    """How many inputs and outputs a weight of this shape connects: `(fan_in, fan_out)`.

    >>> compute_fans([3, 3, 8, 16])
    (72, 144)
    """
    sizes = _sizes(shape)
    if not sizes:
        return 1, 1
    if len(sizes) == 1:
        return sizes[0], sizes[0]
    field = math.prod(sizes[:-2])
    return int(sizes[-2] * field), int(sizes[-1] * field)


# The values, shared by both API versions


def _truncated_stddev(scale):
    # The standard deviation of a normal distribution that is cut at two of its own.
    return math.sqrt(scale) / 0.87962566103423978


class Draw:
    """Where an initializer takes its numbers from: the seeded random ops.

    Args:
      seed: an integer, or None.
      stateless: whether a seed alone decides the numbers, as in TensorFlow 2's initializers.
    """

    def __init__(self, seed, stateless=False):
        self._seed = seed
        self._pair = [seed, 0] if stateless and seed is not None else None

    def uniform(self, shape, minval, maxval, dtype):
        """Numbers in [minval, maxval)."""
        if self._pair is None:
            return random_uniform(shape, minval, maxval, dtype, seed=self._seed)
        return stateless_uniform(shape, self._pair, minval, maxval, dtype)

    def normal(self, shape, mean, stddev, dtype):
        """Normally distributed numbers."""
        if self._pair is None:
            return random_normal(shape, mean, stddev, dtype, seed=self._seed)
        return stateless_normal(shape, self._pair, mean, stddev, dtype)

    def truncated(self, shape, mean, stddev, dtype):
        """Normally distributed numbers within two standard deviations."""
        if self._pair is None:
            return truncated_normal(shape, mean, stddev, dtype, seed=self._seed)
        return stateless_normal(shape, self._pair, mean, stddev, dtype, truncated=True)


def scaled_variance(shape, scale, mode, distribution, draw, dtype):
    """Random weights whose variance is `scale` divided by the fan that `mode` names."""
    fan_in, fan_out = compute_fans(shape)
    fan = {"fan_in": max(1.0, fan_in), "fan_out": max(1.0, fan_out), "fan_avg": max(1.0, (fan_in + fan_out) / 2.0)}[
        mode
    ]
    scale = scale / fan
    if distribution in ("normal", "truncated_normal"):
        return draw.truncated(shape, 0.0, _truncated_stddev(scale), dtype)
    if distribution == "untruncated_normal":
        return draw.normal(shape, 0.0, math.sqrt(scale), dtype)
    limit = math.sqrt(3.0 * scale)
    return draw.uniform(shape, -limit, limit, dtype)


def check_scaling(scale, mode, distribution):
    """The lower-cased distribution; ValueError for arguments that `VarianceScaling` does not take."""
    if scale <= 0.0:
        raise ValueError(f"Argument `scale` must be a positive float. Received: {scale}")
    if mode not in {"fan_in", "fan_out", "fan_avg"}:
        raise ValueError(f"Argument `mode` should be one of ('fan_in', 'fan_out', 'fan_avg'). Received: {mode}")
    distribution = distribution.lower()
    if distribution not in {"normal", "uniform", "truncated_normal", "untruncated_normal"}:
        raise ValueError(
            "Argument `distribution` should be one of ('normal', uniform', 'truncated_normal', 'untruncated_normal'). "
            f"Received: {distribution}"
        )
    return distribution


def orthogonal_matrix(shape, gain, draw, dtype):
    """A random tensor whose flattening to [product of the first sizes, last size] has orthonormal rows or columns."""
    sizes = _sizes(shape)
    if len(sizes) < 2:
        raise ValueError(
            f"The tensor to initialize, specified by argument `shape` must be at least two-dimensional. Received shape={shape}"
        )
    rows, columns = math.prod(sizes[:-1]), sizes[-1]
    flat = [max(columns, rows), min(columns, rows)]
    drawn = draw.normal(flat, 0.0, 1.0, dtype)
    q, r = raw_ops.Qr(input=drawn, full_matrices=False)
    # The signs of the diagonal make the distribution uniform.
    q = raw_ops.Mul(x=q, y=raw_ops.Sign(x=raw_ops.MatrixDiagPart(input=r)))
    if rows < columns:
        q = raw_ops.Transpose(x=q, perm=[1, 0])
    return raw_ops.Mul(x=_core.convert(gain, dtype), y=raw_ops.Reshape(tensor=q, shape=sizes))


def identity_matrix(shape, gain, dtype):
    """`gain` times the identity; ValueError unless `shape` is that of a matrix."""
    import numpy as np

    sizes = _sizes(shape)
    if len(sizes) != 2:
        raise ValueError(
            f"The tensor to initialize, specified by argument `shape` must be at least two-dimensional. Received shape={shape}"
        )
    return _core.convert((gain * np.eye(*sizes)).astype(dtype.as_numpy_dtype))


def check_float(dtype):
    """The dtype; ValueError unless it is a floating one."""
    dtype = dtypes.as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError(f"Argument `dtype` is expected to be floating point. Received: {dtype}.")
    return dtype
