"""TensorFlow 1's initializers: they take a dtype when they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _core
from . import dtypes
from .initializers import (
    Draw,
    Initializer,
    _constant_array,
    _sizes,
    check_float,
    check_scaling,
    identity_matrix,
    orthogonal_matrix,
    scaled_variance,
)
from .random_values import random_normal, random_uniform, truncated_normal

if TYPE_CHECKING:
    from .typing import Tensor


class _WithDType(Initializer):
    """An initializer with a dtype of its own, and maybe a seed."""

    _takes_dtype = True
    _fields = ("dtype",)

    def _dtype_of(self, dtype):
        return self.dtype if dtype is None else dtypes.as_dtype(dtype)

    def get_config(self):
        """The arguments that make an equal initializer, as a dict."""
        config = {name: getattr(self, name) for name in self._fields}
        config["dtype"] = self.dtype.name
        return config


class Zeros(_WithDType):
    """Zeros."""

    def __init__(self, dtype=dtypes.float32) -> None:
        self.dtype = dtypes.as_dtype(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        return _constant_array(shape, _zero_of(self._dtype_of(dtype)), self._dtype_of(dtype), "zeros")


class Ones(_WithDType):
    """Ones."""

    def __init__(self, dtype=dtypes.float32) -> None:
        self.dtype = dtypes.as_dtype(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        dtype = self._dtype_of(dtype)
        return _constant_array(shape, True if dtype.is_bool else 1, dtype, "ones")


def _zero_of(dtype):
    return "" if dtype == dtypes.string else False if dtype.is_bool else 0


class Constant(_WithDType):
    """A value, or the values of a list, in order; the last one is repeated.

    Raises:
      TypeError: `value` is no number, string, list or array.
    """

    _fields = ("value", "dtype")

    def __init__(self, value=0, dtype=dtypes.float32, verify_shape: bool = False) -> None:
        import numpy as np

        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(
                f"Invalid type for initial value={value} of type: {type(value).__name__}. Expected Python scalar, list or "
                "tuple of values, or numpy.ndarray."
            )
        self.value = value
        self.dtype = dtypes.as_dtype(dtype)
        self._verify_shape = verify_shape

    def __call__(self, shape, dtype=None, partition_info=None, verify_shape=None) -> Tensor:
        from .placeholders import constant_v1

        verify = self._verify_shape if verify_shape is None else verify_shape
        return constant_v1(self.value, self._dtype_of(dtype), _sizes(shape), "Const", verify)


class RandomUniform(_WithDType):
    """Numbers that are evenly distributed in [minval, maxval)."""

    _fields = ("minval", "maxval", "seed", "dtype")

    def __init__(self, minval=0.0, maxval=None, seed=None, dtype=dtypes.float32) -> None:
        self.minval, self.maxval, self.seed, self.dtype = minval, maxval, seed, dtypes.as_dtype(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        return random_uniform(shape, self.minval, self.maxval, self._dtype_of(dtype), seed=self.seed)


class RandomNormal(_WithDType):
    """Normally distributed numbers."""

    _fields = ("mean", "stddev", "seed", "dtype")

    def __init__(self, mean=0.0, stddev=1.0, seed=None, dtype=dtypes.float32) -> None:
        self.mean, self.stddev, self.seed, self.dtype = mean, stddev, seed, check_float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        return random_normal(shape, self.mean, self.stddev, self._dtype_of(dtype), seed=self.seed)


class TruncatedNormal(RandomNormal):
    """Normally distributed numbers within two standard deviations of the mean."""

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        return truncated_normal(shape, self.mean, self.stddev, self._dtype_of(dtype), seed=self.seed)


class UniformUnitScaling(_WithDType):
    """Evenly distributed numbers that keep the scale of a linear layer's input."""

    _fields = ("factor", "seed", "dtype")

    def __init__(self, factor=1.0, seed=None, dtype=dtypes.float32) -> None:
        self.factor, self.seed, self.dtype = factor, seed, check_float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        import math

        sizes = _sizes(partition_info.full_shape if partition_info is not None else shape)
        inputs = max(1.0, math.prod(float(size) for size in sizes[:-1]))
        limit = math.sqrt(3 / inputs) * self.factor
        return random_uniform(shape, -limit, limit, self._dtype_of(dtype), seed=self.seed)


class VarianceScaling(_WithDType):
    """Random weights whose variance is `scale` divided by the number of inputs, outputs, or their mean.

    Args:
      scale: a positive number.
      mode: "fan_in", "fan_out" or "fan_avg".
      distribution: "truncated_normal", "untruncated_normal" or "uniform".
      seed: an integer, or None.
      dtype: a floating dtype.

    Raises:
      ValueError: another value.
    """

    _fields = ("scale", "mode", "distribution", "seed", "dtype")

    def __init__(
        self, scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None, dtype=dtypes.float32
    ) -> None:
        self.distribution = check_scaling(scale, mode, distribution)
        self.scale, self.mode, self.seed, self.dtype = scale, mode, seed, check_float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        if partition_info is not None:
            from .initializers import compute_fans

            part, full = compute_fans(shape), compute_fans(partition_info.full_shape)
            index = {"fan_in": 0, "fan_out": 1}.get(self.mode)
            ratio = sum(part) / sum(full) if index is None else part[index] / full[index]
            return scaled_variance(
                shape, self.scale * ratio, self.mode, self.distribution, Draw(self.seed), self._dtype_of(dtype)
            )
        return scaled_variance(shape, self.scale, self.mode, self.distribution, Draw(self.seed), self._dtype_of(dtype))


class GlorotUniform(VarianceScaling):
    """Glorot's uniform initializer: variance 2 / (inputs + outputs)."""

    _fields = ("seed", "dtype")

    def __init__(self, seed=None, dtype=dtypes.float32) -> None:
        super().__init__(1.0, "fan_avg", "uniform", seed, dtype)


class GlorotNormal(VarianceScaling):
    """Glorot's normal initializer: variance 2 / (inputs + outputs)."""

    _fields = ("seed", "dtype")

    def __init__(self, seed=None, dtype=dtypes.float32) -> None:
        super().__init__(1.0, "fan_avg", "truncated_normal", seed, dtype)


def he_normal(seed=None):
    """He's normal initializer: variance 2 / inputs."""
    return VarianceScaling(2.0, "fan_in", "truncated_normal", seed)


def he_uniform(seed=None):
    """He's uniform initializer: variance 2 / inputs."""
    return VarianceScaling(2.0, "fan_in", "uniform", seed)


def lecun_normal(seed=None):
    """LeCun's normal initializer: variance 1 / inputs."""
    return VarianceScaling(1.0, "fan_in", "truncated_normal", seed)


def lecun_uniform(seed=None):
    """LeCun's uniform initializer: variance 1 / inputs."""
    return VarianceScaling(1.0, "fan_in", "uniform", seed)


class Orthogonal(_WithDType):
    """A random tensor with orthonormal rows or columns, times `gain`."""

    _fields = ("gain", "seed", "dtype")

    def __init__(self, gain=1.0, seed=None, dtype=dtypes.float32) -> None:
        self.gain, self.seed, self.dtype = gain, seed, check_float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        return orthogonal_matrix(shape, self.gain, Draw(self.seed), self._dtype_of(dtype))


class Identity(_WithDType):
    """The identity matrix times `gain`."""

    _fields = ("gain", "dtype")

    def __init__(self, gain=1.0, dtype=dtypes.float32) -> None:
        self.gain, self.dtype = gain, check_float(dtype)

    def __call__(self, shape, dtype=None, partition_info=None) -> Tensor:
        full = shape if partition_info is None else partition_info.full_shape
        value = identity_matrix(full, self.gain, self._dtype_of(dtype))
        if partition_info is None:
            return value
        from .._gen import raw_ops

        return raw_ops.Slice(input=value, begin=_core.convert(list(partition_info.var_offset)), size=_sizes(shape))
