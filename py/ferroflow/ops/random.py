"""Random tensors: with seeds of the program, and stateless ones whose numbers follow from a seed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.random_seed import seed_pair
from ..framework.random_values import random_normal as normal
from ..framework.random_values import random_uniform as uniform
from ..framework.random_values import shape_operand, truncated_normal
from .common import convert, name_scope

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike

__all__ = [
    "categorical",
    "multinomial",
    "normal",
    "random_crop",
    "shuffle",
    "stateless_normal",
    "stateless_truncated_normal",
    "stateless_uniform",
    "truncated_normal",
    "uniform",
]

_ALGORITHMS = {"philox": 1, "threefry": 2, "auto_select": 3}


def shuffle(value: TensorLike, seed=None, name: str | None = None) -> Tensor:
    """The rows of a tensor in random order.

    Args:
      value: a tensor.
      seed: an integer, or None.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.
    """
    seed1, seed2 = seed_pair(seed)
    return raw_ops.RandomShuffle(value, seed1, seed2, name)


def categorical(
    logits: TensorLike, num_samples, dtype: DTypeLike | None = None, seed=None, name: str | None = None
) -> Tensor:
    """Draws classes with the probabilities that logits give.

    Args:
      logits: a tensor [batch, classes]: logarithms of probabilities, not necessarily normalised.
      num_samples: how many draws for each row.
      dtype: int32 or int64 (the default).
      seed: an integer, or None.
      name: a name for the operation.

    Returns:
      A tensor [batch, num_samples] of classes.
    """
    with name_scope(name, "categorical", [logits]):
        seed1, seed2 = seed_pair(seed)
        return raw_ops.Multinomial(logits, num_samples, seed1, seed2, dtype or dtypes.int64)


def multinomial(logits: TensorLike, num_samples, seed=None, name: str | None = None, output_dtype=None) -> Tensor:
    """The old name of `categorical`.

    Args:
      logits: a tensor [batch, classes]: logarithms of probabilities, not necessarily normalised.
      num_samples: how many draws for each row.
      seed: an integer, or None.
      name: a name for the operation.
      output_dtype: int32 or int64 (the default).

    Returns:
      A tensor [batch, num_samples] of classes.
    """
    with name_scope(name, "multinomial", [logits]):
        seed1, seed2 = seed_pair(seed)
        return raw_ops.Multinomial(logits, num_samples, seed1, seed2, output_dtype or dtypes.int64)


def random_crop(value: TensorLike, size, seed=None, name: str | None = None) -> Tensor:
    """A part of a tensor at a random place.

    Args:
      value: a tensor.
      size: the size of the part, for each axis.
      seed: an integer, or None.
      name: a name for the operations.

    Returns:
      A tensor of shape `size`.

    Raises:
      InvalidArgumentError: the part is larger than the tensor.
    """
    with name_scope(name, "random_crop", [value, size]) as scope:
        value = convert(value, name="value")
        size = convert(size, dtypes.int32, name="size")
        limit = raw_ops.AddV2(raw_ops.Sub(raw_ops.Shape(value), size), 1)
        seed1, seed2 = seed_pair(seed)
        drawn = raw_ops.RandomUniformInt(raw_ops.Shape(limit), convert(0), convert(dtypes.int32.max), seed1, seed2)
        return raw_ops.Slice(value, raw_ops.FloorMod(drawn, limit), size, scope)


def _key(seed, alg):
    """Key, counter and algorithm of the stateless ops for a seed of two numbers."""
    if isinstance(alg, str):
        if alg.lower() not in _ALGORITHMS:
            raise ValueError(
                f"Argument `alg` got unsupported string value {alg}. Supported string values are {list(_ALGORITHMS)}"
            )
        alg = _ALGORITHMS[alg.lower()]
    key, counter = raw_ops.StatelessRandomGetKeyCounter(seed)
    return key, counter, 1 if alg == 3 else alg


def stateless_uniform(
    shape: TensorLike,
    seed: TensorLike,
    minval=0,
    maxval=None,
    dtype: DTypeLike = dtypes.float32,
    name: str | None = None,
    alg: str = "auto_select",
) -> Tensor:
    """Numbers from an interval, all equally likely: the same ones for the same seed.

    Args:
      shape: the shape.
      seed: a vector of two integers.
      minval: the lower end of the interval, which belongs to it.
      maxval: the upper end, which does not; 1 for floats. None for both ends: all integers.
      dtype: a float dtype, int32, int64, uint32 or uint64.
      name: a name for the operation.
      alg: "philox", "threefry" or "auto_select".

    Returns:
      A tensor.

    Raises:
      ValueError: the dtype is none of these, or only one end is given for unsigned integers.

    >>> tf.random.stateless_uniform([2], seed=(1, 2)).shape
    TensorShape([2])
    """
    dtype = dtypes.as_dtype(dtype)
    accepted = (
        dtypes.float16,
        dtypes.bfloat16,
        dtypes.float32,
        dtypes.float64,
        dtypes.int32,
        dtypes.int64,
        dtypes.uint32,
        dtypes.uint64,
    )
    if dtype not in accepted:
        raise ValueError(
            f"Argument `dtype` got invalid value {dtype}. Accepted dtypes are {tuple(one.name for one in accepted)}."
        )
    if dtype.is_integer:
        if (minval is None) != (maxval is None):
            raise ValueError(
                f"For integer `dtype` argument {dtype}, argument `minval` and `maxval` must be both None or not None. Got `minval`={minval} and `maxval`={maxval}."
            )
    elif maxval is None:
        maxval = 1
    with name_scope(name, "stateless_random_uniform", [shape, seed, minval, maxval]) as scope:
        shape = shape_operand(shape)
        key, counter, alg = _key(seed, alg)
        if dtype.is_integer and minval is None:
            return raw_ops.StatelessRandomUniformFullIntV2(shape, key, counter, alg, dtype, scope)
        low, high = convert(minval, dtype, name="min"), convert(maxval, dtype, name="max")
        if dtype.is_integer:
            return raw_ops.StatelessRandomUniformIntV2(shape, key, counter, alg, low, high, scope)
        drawn = raw_ops.StatelessRandomUniformV2(shape, key, counter, alg, dtype)
        return raw_ops.AddV2(raw_ops.Mul(drawn, raw_ops.Sub(high, low)), low, scope)


def _stateless_scaled(op, default, shape, seed, mean, stddev, dtype, name, alg):
    with name_scope(name, default, [shape, seed, mean, stddev]) as scope:
        shape = shape_operand(shape)
        mean, stddev = convert(mean, dtype, name="mean"), convert(stddev, dtype, name="stddev")
        key, counter, alg = _key(seed, alg)
        drawn = op(shape, key, counter, alg, dtype)
        return raw_ops.AddV2(raw_ops.Mul(drawn, stddev), mean, scope)


def stateless_normal(
    shape: TensorLike,
    seed: TensorLike,
    mean=0.0,
    stddev=1.0,
    dtype: DTypeLike = dtypes.float32,
    name: str | None = None,
    alg: str = "auto_select",
) -> Tensor:
    """Normally distributed numbers: the same ones for the same seed.

    Args:
      shape: the shape.
      seed: a vector of two integers.
      mean: the mean.
      stddev: the standard deviation.
      dtype: a float dtype.
      name: a name for the operation.
      alg: "philox", "threefry" or "auto_select".

    Returns:
      A tensor.

    >>> tf.random.stateless_normal([2], seed=(1, 2)).shape
    TensorShape([2])
    """
    op = raw_ops.StatelessRandomNormalV2
    return _stateless_scaled(op, "stateless_random_normal", shape, seed, mean, stddev, dtype, name, alg)


def stateless_truncated_normal(
    shape: TensorLike,
    seed: TensorLike,
    mean=0.0,
    stddev=1.0,
    dtype: DTypeLike = dtypes.float32,
    name: str | None = None,
    alg: str = "auto_select",
) -> Tensor:
    """Normally distributed numbers within two standard deviations of the mean: the same ones for the same seed.

    Args:
      shape: the shape.
      seed: a vector of two integers.
      mean: the mean before the cut.
      stddev: the standard deviation before the cut.
      dtype: a float dtype.
      name: a name for the operation.
      alg: "philox", "threefry" or "auto_select".

    Returns:
      A tensor.
    """
    op = raw_ops.StatelessTruncatedNormalV2
    return _stateless_scaled(op, "stateless_truncated_normal", shape, seed, mean, stddev, dtype, name, alg)
