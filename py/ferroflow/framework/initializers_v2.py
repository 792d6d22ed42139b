"""TensorFlow 2's initializers, `tf.initializers` and `tf.random_normal_initializer` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from .typing import Tensor

_PARTITION = {"partition_shape", "partition_offset", "layout"}


def _check(kwargs):
    for name in kwargs:
        if name not in _PARTITION:
            raise TypeError(f"Unknown keyword arguments: {name}. Expected one of {sorted(_PARTITION)}.")


def _shape(shape, kwargs):
    _check(kwargs)
    return kwargs.get("partition_shape", shape)


class _WithConfig(Initializer):
    """An initializer whose arguments are attributes."""

    _fields = ()

    def get_config(self):
        """The arguments that make an equal initializer, as a dict."""
        return {name: getattr(self, name) for name in self._fields}


class Zeros(Initializer):
    """Zeros.

    >>> Zeros()([2]).numpy().tolist()
    [0.0, 0.0]
    """

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        dtype = _plain(dtype)
        return _constant_array(
            _shape(shape, kwargs), "" if dtype == dtypes.string else False if dtype.is_bool else 0, dtype, "zeros"
        )


class Ones(Initializer):
    """Ones.

    >>> Ones()([2]).numpy().tolist()
    [1.0, 1.0]
    """

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        dtype = _plain(dtype)
        if dtype == dtypes.string:
            raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {dtype}.")
        return _constant_array(_shape(shape, kwargs), True if dtype.is_bool else 1, dtype, "ones")


def _plain(dtype):
    dtype = dtypes.as_dtype(dtype)
    if not dtype.is_numpy_compatible:
        raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {dtype}.")
    return dtype


class Constant(_WithConfig):
    """A value, or the values of a list, which must be as many as the shape has elements.

    Raises:
      TypeError: `value` is no number, string, list or array.
    """

    _fields = ("value",)

    def __init__(self, value=0, support_partition: bool = False) -> None:
        import numpy as np

        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(
                f"Invalid type for initial value: {type(value).__name__}. Expected Python scalar, list or tuple of values, "
                "or numpy.ndarray."
            )
        self.value = value
        self.support_partition = support_partition

    def __call__(self, shape, dtype=None, **kwargs) -> Tensor:
        from .placeholders import constant

        dtype = None if dtype is None else dtypes.as_dtype(dtype)
        return constant(self.value, dtype, _sizes(_shape(shape, kwargs)))


class RandomUniform(_WithConfig):
    """Numbers that are evenly distributed in [minval, maxval)."""

    _fields = ("minval", "maxval", "seed")

    def __init__(self, minval=-0.05, maxval=0.05, seed=None) -> None:
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        dtype = dtypes.as_dtype(dtype)
        if not dtype.is_floating and not dtype.is_integer:
            raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {dtype}.")
        return Draw(self.seed, True).uniform(_shape(shape, kwargs), self.minval, self.maxval, dtype)


class RandomNormal(_WithConfig):
    """Normally distributed numbers."""

    _fields = ("mean", "stddev", "seed")

    def __init__(self, mean=0.0, stddev=0.05, seed=None) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        return Draw(self.seed, True).normal(_shape(shape, kwargs), self.mean, self.stddev, check_float(dtype))


class TruncatedNormal(RandomNormal):
    """Normally distributed numbers within two standard deviations of the mean."""

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        return Draw(self.seed, True).truncated(_shape(shape, kwargs), self.mean, self.stddev, check_float(dtype))


class VarianceScaling(_WithConfig):
    """Random weights whose variance is `scale` divided by the number of inputs, outputs, or their mean.

    Args:
      scale: a positive number.
      mode: "fan_in", "fan_out" or "fan_avg".
      distribution: "truncated_normal", "untruncated_normal" or "uniform".
      seed: an integer, or None.

    Raises:
      ValueError: another value.
    """

    _fields = ("scale", "mode", "distribution", "seed")

    def __init__(self, scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None) -> None:
        distribution = check_scaling(scale, mode, distribution)
        self.distribution = "truncated_normal" if distribution == "normal" else distribution
        self.scale, self.mode, self.seed = scale, mode, seed

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        dtype = check_float(dtype)
        return scaled_variance(
            _shape(shape, kwargs), self.scale, self.mode, self.distribution, Draw(self.seed, True), dtype
        )


class GlorotUniform(VarianceScaling):
    """Glorot's uniform initializer: variance 2 / (inputs + outputs)."""

    _fields = ("seed",)

    def __init__(self, seed=None) -> None:
        super().__init__(1.0, "fan_avg", "uniform", seed)


class GlorotNormal(VarianceScaling):
    """Glorot's normal initializer: variance 2 / (inputs + outputs)."""

    _fields = ("seed",)

    def __init__(self, seed=None) -> None:
        super().__init__(1.0, "fan_avg", "truncated_normal", seed)


class Orthogonal(_WithConfig):
    """A random tensor with orthonormal rows or columns, times `gain`."""

    _fields = ("gain", "seed")

    def __init__(self, gain=1.0, seed=None) -> None:
        self.gain, self.seed = gain, seed

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        return orthogonal_matrix(_shape(shape, kwargs), self.gain, Draw(self.seed, True), check_float(dtype))


class Identity(_WithConfig):
    """The identity matrix times `gain`."""

    _fields = ("gain",)

    def __init__(self, gain=1.0) -> None:
        self.gain = gain

    def __call__(self, shape, dtype=dtypes.float32, **kwargs) -> Tensor:
        return identity_matrix(_shape(shape, kwargs), self.gain, check_float(dtype))


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
