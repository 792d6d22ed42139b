"""Activations of neurons, element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.errors import InvalidArgumentError
from .common import convert, name_scope, one_of

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def elu(features: TensorLike, name: str | None = None) -> Tensor:
    """The exponential linear unit: `x` where it is positive, else `exp(x) - 1`.

    Args:
      features: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.nn.elu([-0.0, 2.0]).numpy()
    array([-0.,  2.], dtype=float32)
    """
    return raw_ops.Elu(features, name)


def relu(features: TensorLike, name: str | None = None) -> Tensor:
    """The rectified linear unit: `x` where it is positive, else 0.

    Args:
      features: a tensor of an integer or float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.nn.relu([-1.0, 2.0]).numpy()
    array([0., 2.], dtype=float32)
    """
    return raw_ops.Relu(features, name)


def relu6(features: TensorLike, name: str | None = None) -> Tensor:
    """The rectified linear unit with a ceiling: `min(max(x, 0), 6)`.

    Args:
      features: a tensor of an integer or float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.nn.relu6([-1.0, 7.0]).numpy()
    array([0., 6.], dtype=float32)
    """
    return raw_ops.Relu6(features, name)


def selu(features: TensorLike, name: str | None = None) -> Tensor:
    """The scaled exponential linear unit (Klambauer and others, 2017).

    Args:
      features: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.
    """
    return raw_ops.Selu(features, name)


def sigmoid(x: TensorLike, name: str | None = None) -> Tensor:
    """The logistic function, `1 / (1 + exp(-x))`.

    Args:
      x: a tensor of a float or complex dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.sigmoid([0.0]).numpy()
    array([0.5], dtype=float32)
    """
    return raw_ops.Sigmoid(x, name)


def softplus(features: TensorLike, name: str | None = None) -> Tensor:
    """`log(1 + exp(x))`, without overflow.

    Args:
      features: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.
    """
    return raw_ops.Softplus(features, name)


def softsign(features: TensorLike, name: str | None = None) -> Tensor:
    """`x / (1 + abs(x))`.

    Args:
      features: a tensor of a float dtype.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.nn.softsign([1.0]).numpy()
    array([0.5], dtype=float32)
    """
    return raw_ops.Softsign(features, name)


def crelu(features: TensorLike, axis=-1, name: str | None = None) -> Tensor:
    """The rectified linear unit of `x` and of `-x`, joined along an axis (Shang and others, 2016).

    Args:
      features: a tensor of real numbers.
      axis: the axis along which both are joined.
      name: a name for the operation.

    Returns:
      A tensor whose size along `axis` is twice as large.

    >>> tf.nn.crelu([-1.0, 2.0]).numpy()
    array([0., 2., 1., 0.], dtype=float32)
    """
    with name_scope(name, "CRelu", [features]) as scope:
        x = convert(features, name="features")
        return raw_ops.Relu(raw_ops.ConcatV2([x, raw_ops.Neg(x)], axis, scope))


def crelu_v1(features: TensorLike, name: str | None = None, axis=-1) -> Tensor:
    """`crelu` with the argument order of TensorFlow 1.

    Args:
      features: a tensor of real numbers.
      name: a name for the operation.
      axis: the axis along which both are joined.

    Returns:
      A tensor whose size along `axis` is twice as large.
    """
    return crelu(features, axis, name)


def leaky_relu(features: TensorLike, alpha=0.2, name: str | None = None) -> Tensor:
    """`x` where it is positive, else `alpha * x`.

    Args:
      features: a tensor of real numbers.
      alpha: the slope below 0.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    >>> tf.nn.leaky_relu([-5.0, 2.0]).numpy()
    array([-1.,  2.], dtype=float32)
    """
    with name_scope(name, "LeakyRelu", [features, alpha]) as scope:
        x = convert(features, name="features")
        if x.dtype.is_integer:
            x = raw_ops.Cast(x, dtypes.float32)
        if isinstance(alpha, (int, float)):
            return raw_ops.LeakyRelu(x, float(alpha), scope)
        return raw_ops.Maximum(raw_ops.Mul(convert(alpha, x.dtype), x), x, scope)


def gelu(features: TensorLike, approximate: bool = False, name: str | None = None) -> Tensor:
    """The Gaussian error linear unit: `x` times the distribution function of the normal distribution at `x`.

    Args:
      features: a tensor of floats.
      approximate: whether to take the approximation by a hyperbolic tangent (Hendrycks and Gimpel, 2016).
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.nn.gelu([0.0]).numpy()
    array([0.], dtype=float32)
    """
    with name_scope(name, "Gelu", [features]):
        x = convert(features, name="features")
        if not x.dtype.is_floating:
            raise ValueError(f"`features.dtype` must be a floating point tensor.Received:features.dtype={x.dtype}")
        if approximate:
            cubed = raw_ops.Mul(raw_ops.Pow(x, 3.0), 0.044715)
            inner = raw_ops.Tanh(raw_ops.Mul(raw_ops.AddV2(x, cubed), 0.7978845608028654))
            return raw_ops.Mul(raw_ops.Mul(x, 0.5), raw_ops.AddV2(inner, 1.0))
        inner = raw_ops.Erf(raw_ops.RealDiv(x, 1.4142135623730951))
        return raw_ops.Mul(raw_ops.Mul(x, 0.5), raw_ops.AddV2(inner, 1.0))


def silu(features: TensorLike, beta=1.0) -> Tensor:
    """`x * sigmoid(beta * x)`, also known as swish.

    Args:
      features: a tensor of floats.
      beta: the slope.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.nn.silu([0.0]).numpy()
    array([0.], dtype=float32)
    """
    with name_scope("swish", values=[features]):
        x = convert(features, name="features")
        return raw_ops.Mul(x, raw_ops.Sigmoid(raw_ops.Mul(convert(beta, x.dtype), x)))


def log_sigmoid(x: TensorLike, name: str | None = None) -> Tensor:
    """The logarithm of the logistic function: `-softplus(-x)`.

    Args:
      x: a tensor of floats.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.
    """
    with name_scope(name, "LogSigmoid", [x]) as scope:
        return raw_ops.Neg(raw_ops.Softplus(raw_ops.Neg(convert(x, name="x"))), scope)


def _along(op, logits, axis, name):
    """A softmax op, which works on the last axis, along another one."""
    logits = convert(logits)
    rank = logits.shape.rank
    axis = -1 if axis is None else axis
    if axis == -1 or rank is not None and axis == rank - 1:
        return op(logits, name)
    if rank is None:
        raise ValueError("An axis other than the last needs logits of known rank.")
    if not -rank <= axis < rank:
        raise InvalidArgumentError(
            None,
            None,
            f"`axis` must be in the range [{-rank}, {rank}) where {rank} is the number of dimensions in the input. Received: axis={axis}",
        )
    with name_scope(name, op.__name__, [logits]) as scope:
        order = list(range(rank))
        order[axis], order[-1] = order[-1], order[axis]
        return raw_ops.Transpose(op(raw_ops.Transpose(logits, order), None), order, scope)


def softmax(logits: TensorLike, axis: TensorLike | None = None, name: str | None = None) -> Tensor:
    """`exp(x) / sum(exp(x))` along an axis, without overflow.

    Args:
      logits: a tensor of floats with at least one axis.
      axis: the axis, the last if it is None.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype; along the axis it sums to 1.

    Raises:
      InvalidArgumentError: there is no such axis.

    >>> tf.nn.softmax([0.0, 0.0]).numpy()
    array([0.5, 0.5], dtype=float32)
    """
    return _along(raw_ops.Softmax, logits, axis, name)


def softmax_v1(logits: TensorLike, axis: TensorLike | None = None, name: str | None = None, dim=None) -> Tensor:
    """`softmax`, where the axis may also be called `dim`.

    Args:
      logits: a tensor of floats with at least one axis.
      axis: the axis, the last if it is None.
      name: a name for the operation.
      dim: the old name of `axis`.

    Returns:
      A tensor of the same shape and dtype.
    """
    return softmax(logits, one_of("axis", axis, "dim", dim), name)


def log_softmax(logits: TensorLike, axis: TensorLike | None = None, name: str | None = None) -> Tensor:
    """The logarithm of `softmax`, exact also where that is close to 0.

    Args:
      logits: a tensor of floats with at least one axis.
      axis: the axis, the last if it is None.
      name: a name for the operation.

    Returns:
      A tensor of the same shape and dtype.

    Raises:
      InvalidArgumentError: there is no such axis.

    >>> tf.nn.log_softmax([5.0]).numpy()
    array([0.], dtype=float32)
    """
    return _along(raw_ops.LogSoftmax, logits, axis, name)


def log_softmax_v1(logits: TensorLike, axis: TensorLike | None = None, name: str | None = None, dim=None) -> Tensor:
    """`log_softmax`, where the axis may also be called `dim`.

    Args:
      logits: a tensor of floats with at least one axis.
      axis: the axis, the last if it is None.
      name: a name for the operation.
      dim: the old name of `axis`.

    Returns:
      A tensor of the same shape and dtype.
    """
    return log_softmax(logits, one_of("axis", axis, "dim", dim), name)
