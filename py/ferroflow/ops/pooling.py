"""Pooling: the largest elements or the means of windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from .common import convert, name_scope, one_of
from .convolution import explicit, spread
from .volumes import avg_pool3d, max_pool3d

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def _check_format(data_format, known):
    if data_format not in known:
        raise ValueError(f"`data_format` must be one of {known}. Received: data_format={data_format}")
    return data_format in ("NHWC", "NWC", "NDHWC")


def max_pool2d(
    input: TensorLike, ksize, strides, padding, data_format: str = "NHWC", name: str | None = None
) -> Tensor:
    """The largest element of each window of images.

    Args:
      input: a tensor [batch, height, width, channels].
      ksize: the size of windows: a number, or one for height and width, or one for each axis.
      strides: the steps from window to window, given like `ksize`.
      padding: "SAME" or "VALID", or a list of pairs.
      data_format: "NHWC", or "NCHW" with the channels before height and width.
      name: a name for the operation.

    Returns:
      A tensor [batch, height, width, channels].

    Raises:
      ValueError: `data_format` is something else.

    >>> tf.nn.max_pool2d([[[[1.0], [2.0]], [[3.0], [4.0]]]], 2, 2, "VALID").numpy()
    array([[[[4.]]]], dtype=float32)
    """
    last = _check_format(data_format, ("NHWC", "NCHW"))
    ksize, strides = spread(ksize, 2, last, "ksize"), spread(strides, 2, last, "strides")
    padding, pairs = explicit(padding, last)
    return raw_ops.MaxPool(input, ksize, strides, padding, pairs, data_format, name)


def max_pool1d(input: TensorLike, ksize, strides, padding, data_format: str = "NWC", name: str | None = None) -> Tensor:
    """The largest element of each window of rows.

    Args:
      input: a tensor [batch, width, channels].
      ksize: the size of windows.
      strides: the step from window to window.
      padding: "SAME" or "VALID".
      data_format: "NWC" or "NCW".
      name: a name for the operation.

    Returns:
      A tensor [batch, width, channels].

    Raises:
      ValueError: `data_format` is something else.
    """
    last = _check_format(data_format, ("NWC", "NCW"))
    place = 1 if last else 2
    ksize, strides = spread(ksize, 1, last, "ksize"), spread(strides, 1, last, "strides")
    ksize.insert(place, 1)
    strides.insert(place, 1)
    with name_scope(name, "MaxPool1d", [input]) as scope:
        found = max_pool2d(raw_ops.ExpandDims(input, place), ksize, strides, padding, "NHWC" if last else "NCHW")
        return raw_ops.Squeeze(found, [place], scope)


def max_pool(input: TensorLike, ksize, strides, padding, data_format=None, name: str | None = None) -> Tensor:
    """The largest element of each window, for one, two or three spatial axes.

    Args:
      input: a tensor [batch, ..., channels] of rank 3 to 5.
      ksize: the size of windows: a number, or one for each spatial axis, or one for each axis.
      strides: the steps from window to window, given like `ksize`.
      padding: "SAME" or "VALID", or a list of pairs.
      data_format: "NWC", "NHWC" or "NDHWC", or with the channels first "NCW", "NCHW" or "NCDHW".
      name: a name for the operation.

    Returns:
      A tensor of the same rank.

    Raises:
      ValueError: the rank is not known, or is another.

    >>> tf.nn.max_pool([[[[1.0], [2.0]], [[3.0], [4.0]]]], 2, 2, "VALID").numpy()
    array([[[[4.]]]], dtype=float32)
    """
    input = convert(input)
    rank = input.shape.rank if input.shape.rank is not None else len(data_format or "") or None
    if rank == 3:
        return max_pool1d(input, ksize, strides, padding, data_format or "NWC", name)
    if rank == 4:
        return max_pool2d(input, ksize, strides, padding, data_format or "NHWC", name)
    if rank == 5:
        return max_pool3d(input, ksize, strides, padding, data_format or "NDHWC", name)
    raise ValueError(
        f"`input.shape.rank` must be 3, 4 or 5 for pooling. Received: input.shape={input.shape} of rank {input.shape.rank}"
    )


def max_pool_v1(
    value: TensorLike, ksize, strides, padding, data_format: str = "NHWC", name: str | None = None, input=None
) -> Tensor:
    """`max_pool2d` with the argument order of TensorFlow 1.

    Args:
      value: a tensor [batch, height, width, channels].
      ksize: the size of windows, one for each axis.
      strides: the steps from window to window, one for each axis.
      padding: "SAME" or "VALID", or a list of pairs.
      data_format: "NHWC" or "NCHW".
      name: a name for the operation.
      input: another name of `value`.

    Returns:
      A tensor [batch, height, width, channels].
    """
    return max_pool2d(one_of("input", input, "value", value), ksize, strides, padding, data_format or "NHWC", name)


def avg_pool2d(
    input: TensorLike, ksize, strides, padding, data_format: str = "NHWC", name: str | None = None
) -> Tensor:
    """The mean of each window of images.

    Args:
      input: a tensor [batch, height, width, channels].
      ksize: the size of windows: a number, or one for height and width, or one for each axis.
      strides: the steps from window to window, given like `ksize`.
      padding: "SAME" or "VALID".
      data_format: "NHWC", or "NCHW" with the channels before height and width.
      name: a name for the operation.

    Returns:
      A tensor [batch, height, width, channels].

    Raises:
      ValueError: `data_format` is something else.

    >>> tf.nn.avg_pool2d([[[[1.0], [2.0]], [[3.0], [4.0]]]], 2, 2, "VALID").numpy()
    array([[[[2.5]]]], dtype=float32)
    """
    last = _check_format(data_format, ("NHWC", "NCHW"))
    ksize, strides = spread(ksize, 2, last, "ksize"), spread(strides, 2, last, "strides")
    return raw_ops.AvgPool(input, ksize, strides, padding, data_format, name)


def avg_pool1d(input: TensorLike, ksize, strides, padding, data_format: str = "NWC", name: str | None = None) -> Tensor:
    """The mean of each window of rows.

    Args:
      input: a tensor [batch, width, channels].
      ksize: the size of windows.
      strides: the step from window to window.
      padding: "SAME" or "VALID".
      data_format: "NWC" or "NCW".
      name: a name for the operation.

    Returns:
      A tensor [batch, width, channels].

    Raises:
      ValueError: `data_format` is something else.
    """
    last = _check_format(data_format, ("NWC", "NCW"))
    place = 1 if last else 2
    ksize, strides = spread(ksize, 1, last, "ksize"), spread(strides, 1, last, "strides")
    ksize.insert(place, 1)
    strides.insert(place, 1)
    with name_scope(name, "AvgPool1d", [input]) as scope:
        found = avg_pool2d(raw_ops.ExpandDims(input, place), ksize, strides, padding, "NHWC" if last else "NCHW")
        return raw_ops.Squeeze(found, [place], scope)


def avg_pool(input: TensorLike, ksize, strides, padding, data_format=None, name: str | None = None) -> Tensor:
    """The mean of each window, for one, two or three spatial axes.

    Args:
      input: a tensor [batch, ..., channels] of rank 3 to 5.
      ksize: the size of windows: a number, or one for each spatial axis, or one for each axis.
      strides: the steps from window to window, given like `ksize`.
      padding: "SAME" or "VALID".
      data_format: "NWC", "NHWC" or "NDHWC", or with the channels first "NCW", "NCHW" or "NCDHW".
      name: a name for the operation.

    Returns:
      A tensor of the same rank.

    Raises:
      ValueError: the rank is not known, or is another.

    >>> tf.nn.avg_pool([[[[1.0], [2.0]], [[3.0], [4.0]]]], 2, 2, "VALID").numpy()
    array([[[[2.5]]]], dtype=float32)
    """
    input = convert(input)
    rank = input.shape.rank if input.shape.rank is not None else len(data_format or "") or None
    if rank == 3:
        return avg_pool1d(input, ksize, strides, padding, data_format or "NWC", name)
    if rank == 4:
        return avg_pool2d(input, ksize, strides, padding, data_format or "NHWC", name)
    if rank == 5:
        return avg_pool3d(input, ksize, strides, padding, data_format or "NDHWC", name)
    raise ValueError(
        f"`input.shape.rank` must be 3, 4 or 5 for pooling. Received: input.shape={input.shape} of rank {input.shape.rank}"
    )


def avg_pool_v1(
    value: TensorLike, ksize, strides, padding, data_format: str = "NHWC", name: str | None = None, input=None
) -> Tensor:
    """`avg_pool2d` with the argument order of TensorFlow 1.

    Args:
      value: a tensor [batch, height, width, channels].
      ksize: the size of windows, one for each axis.
      strides: the steps from window to window, one for each axis.
      padding: "SAME" or "VALID".
      data_format: "NHWC" or "NCHW".
      name: a name for the operation.
      input: another name of `value`.

    Returns:
      A tensor [batch, height, width, channels].
    """
    return avg_pool2d(one_of("input", input, "value", value), ksize, strides, padding, data_format or "NHWC", name)
