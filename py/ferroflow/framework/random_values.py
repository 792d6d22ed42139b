"""Random tensors by the seeds of `random_seed`: what initializers, dropout and `tf.random` draw from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _core
from .._gen import raw_ops
from . import dtypes
from .name_scope import name_scope_of
from .random_seed import seed_pair
from .tensor_shape import TensorShape

if TYPE_CHECKING:
    from .typing import DTypeLike, ShapeLike, Tensor


def shape_operand(shape):
    """A shape as the operand of a random op: an int32 tensor, int64 where sizes need it."""
    if isinstance(shape, _core.Tensor):
        return shape
    if isinstance(shape, TensorShape):
        shape = shape.as_list()
    if isinstance(shape, (list, tuple)):
        shape = [getattr(size, "value", size) if type(size).__name__ == "Dimension" else size for size in shape]
        if not any(hasattr(size, "dtype") for size in shape):
            wide = any(size is not None and size >= 2**31 for size in shape)
            return _core.convert(shape, dtypes.int64 if wide else dtypes.int32, None, "shape")
    return _core.convert(shape, None, dtypes.int32, "shape")


def random_uniform(
    shape: ShapeLike, minval=0, maxval=None, dtype: DTypeLike = dtypes.float32, seed=None, name: str | None = None
) -> Tensor:
    """Numbers that are evenly distributed in [minval, maxval).

    Args:
      shape: the shape: a list of sizes or an integer vector.
      minval: the lower end.
      maxval: the upper end; 1 for floats if not given, needed for integers.
      dtype: float16, bfloat16, float32, float64, int32 or int64.
      seed: an integer, or None.
      name: name scope of the ops.

    Raises:
      ValueError: another dtype, or an integer dtype without `maxval`.
    """
    dtype = dtypes.as_dtype(dtype)
    allowed = (dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64)
    if dtype not in allowed:
        raise ValueError(
            f"Argument `dtype` got invalid value {dtype}. Accepted dtypes are {tuple(one for one in allowed)}."
        )
    if maxval is None:
        if dtype.is_integer:
            raise ValueError("Must specify maxval for integer dtype %r" % dtype)
        maxval = 1
    with name_scope_of(name, "random_uniform") as scope:
        shape = shape_operand(shape)
        is_default = not dtype.is_integer and isinstance(minval, (int, float)) and minval == 0 and maxval == 1
        seed1, seed2 = seed_pair(seed)
        if dtype.is_integer:
            low = _core.convert(minval, dtype, None, "min")
            high = _core.convert(maxval, dtype, None, "max")
            return raw_ops.RandomUniformInt(shape=shape, minval=low, maxval=high, seed=seed1, seed2=seed2, name=scope)
        if is_default and not isinstance(maxval, bool):
            return raw_ops.RandomUniform(shape=shape, dtype=dtype, seed=seed1, seed2=seed2)
        low = _core.convert(minval, dtype, None, "min")
        high = _core.convert(maxval, dtype, None, "max")
        drawn = raw_ops.RandomUniform(shape=shape, dtype=dtype, seed=seed1, seed2=seed2)
        return raw_ops.AddV2(
            x=raw_ops.Mul(x=drawn, y=raw_ops.Sub(x=high, y=low, name="sub"), name="mul"), y=low, name=scope or None
        )


def _scaled(op, default, shape, mean, stddev, dtype, seed, name):
    with name_scope_of(name, default) as scope:
        shape = shape_operand(shape)
        mean = _core.convert(mean, dtype, None, "mean")
        stddev = _core.convert(stddev, dtype, None, "stddev")
        seed1, seed2 = seed_pair(seed)
        drawn = op(shape=shape, dtype=dtype, seed=seed1, seed2=seed2)
        return raw_ops.AddV2(x=raw_ops.Mul(x=drawn, y=stddev, name="mul"), y=mean, name=scope or None)


def random_normal(
    shape: ShapeLike, mean=0.0, stddev=1.0, dtype: DTypeLike = dtypes.float32, seed=None, name: str | None = None
) -> Tensor:
    """Normally distributed numbers.

    Args:
      shape: the shape: a list of sizes or an integer vector.
      mean, stddev: mean and standard deviation, of a shape that broadcasts with `shape`.
      dtype: float16, bfloat16, float32 or float64.
      seed: an integer, or None.
      name: name scope of the ops.
    """
    return _scaled(
        raw_ops.RandomStandardNormal, "random_normal", shape, mean, stddev, dtypes.as_dtype(dtype), seed, name
    )


def truncated_normal(
    shape: ShapeLike, mean=0.0, stddev=1.0, dtype: DTypeLike = dtypes.float32, seed=None, name: str | None = None
) -> Tensor:
    """Normally distributed numbers, drawn again where they are more than two standard deviations from the mean.

    Args:
      shape: the shape: a list of sizes or an integer vector.
      mean, stddev: mean and standard deviation before the cut.
      dtype: float16, bfloat16, float32 or float64.
      seed: an integer, or None.
      name: name scope of the ops.
    """
    return _scaled(raw_ops.TruncatedNormal, "truncated_normal", shape, mean, stddev, dtypes.as_dtype(dtype), seed, name)


# TensorFlow 2's initializers with a seed draw from a stream of their own: equal calls give equal numbers.


def _stateless(op, shape, seed, dtype):
    key, counter = raw_ops.StatelessRandomGetKeyCounter(seed=_core.convert(seed, dtypes.int64))
    alg = raw_ops.StatelessRandomGetAlg()
    return op(shape=shape_operand(shape), key=key, counter=counter, alg=alg, dtype=dtype)


def stateless_uniform(shape, seed, minval, maxval, dtype):
    """Numbers in [minval, maxval) that follow from the pair of integers `seed` alone."""
    if dtype.is_integer:
        key, counter = raw_ops.StatelessRandomGetKeyCounter(seed=_core.convert(seed, dtypes.int64))
        return raw_ops.StatelessRandomUniformIntV2(
            shape=shape_operand(shape), key=key, counter=counter, alg=raw_ops.StatelessRandomGetAlg(),
            minval=_core.convert(minval, dtype), maxval=_core.convert(maxval, dtype),
        )  # fmt: skip
    low, high = _core.convert(minval, dtype), _core.convert(maxval, dtype)
    drawn = _stateless(raw_ops.StatelessRandomUniformV2, shape, seed, dtype)
    return raw_ops.AddV2(x=raw_ops.Mul(x=drawn, y=raw_ops.Sub(x=high, y=low)), y=low)


def stateless_normal(shape, seed, mean, stddev, dtype, truncated=False):
    """Normally distributed numbers that follow from the pair of integers `seed` alone."""
    op = raw_ops.StatelessTruncatedNormalV2 if truncated else raw_ops.StatelessRandomNormalV2
    drawn = _stateless(op, shape, seed, dtype)
    return raw_ops.AddV2(x=raw_ops.Mul(x=drawn, y=_core.convert(stddev, dtype)), y=_core.convert(mean, dtype))
