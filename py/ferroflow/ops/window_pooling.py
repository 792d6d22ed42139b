"""Pooling by windows of any number of axes, dilated too, and largest elements with their places."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import numpy as np

from .._gen import raw_ops
from . import checks
from .common import convert, name_scope, one_of
from .convolution import for_each, refuse_both, spread
from .pooling import avg_pool, max_pool

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike


def max_pool_with_argmax(
    input: TensorLike,
    ksize,
    strides,
    padding: str,
    data_format: str = "NHWC",
    output_dtype: DTypeLike = "int64",
    include_batch_in_index: bool = False,
    name: str | None = None,
) -> tuple[Tensor, Tensor]:
    """The largest element of each window of images, and where it lies.

    Args:
      input: a tensor [batch, height, width, channels].
      ksize: the size of windows: a number, or one for height and width, or one for each axis.
      strides: the steps from window to window, given like `ksize`.
      padding: "SAME" or "VALID".
      data_format: "NHWC".
      output_dtype: int32 or int64, for the places.
      include_batch_in_index: counts places over all images, not in each.
      name: a name for the operation.

    Returns:
      A tensor [batch, height, width, channels], and one of that shape with places `(y * width + x) * channels + channel`.

    Raises:
      ValueError: `data_format` is something else.

    >>> found, places = tf.nn.max_pool_with_argmax([[[[1.0], [2.0]], [[4.0], [3.0]]]], 2, 2, "VALID")
    >>> found.numpy().ravel(), places.numpy().ravel()
    (array([4.], dtype=float32), array([2]))
    """
    if data_format != "NHWC":
        raise ValueError(
            f"`data_format` values other than 'NHWC' are not supported. Received: data_format={data_format}"
        )
    ksize, strides = spread(ksize, 2, True, "ksize"), spread(strides, 2, True, "strides")
    return raw_ops.MaxPoolWithArgmax(input, ksize, strides, padding, output_dtype, include_batch_in_index, name)


def max_pool_with_argmax_v1(
    input: TensorLike,
    ksize,
    strides,
    padding: str,
    data_format: str = "NHWC",
    Targmax: DTypeLike | None = None,
    name: str | None = None,
    output_dtype: DTypeLike | None = None,
    include_batch_in_index: bool = False,
) -> tuple[Tensor, Tensor]:
    """`max_pool_with_argmax` with the argument order of TensorFlow 1.

    Args:
      input: a tensor [batch, height, width, channels].
      ksize: the size of windows, one for each axis.
      strides: the steps from window to window, one for each axis.
      padding: "SAME" or "VALID".
      data_format: "NHWC".
      Targmax: the old name of `output_dtype`.
      name: a name for the operation.
      output_dtype: int32 or int64, for the places; int64 if None.
      include_batch_in_index: counts places over all images, not in each.

    Returns:
      The largest elements and their places.
    """
    kind = one_of("output_dtype", output_dtype, "Targmax", Targmax) or "int64"
    return max_pool_with_argmax(input, ksize, strides, padding, data_format, kind, include_batch_in_index, name)


def _dilated(input, window, rate, pooling_type, last):
    """Windows whose elements lie `rate` apart: slices of the input, one for each element of a window, are joined."""
    first = 1 if last else 2
    sizes = raw_ops.Shape(input)[first : first + len(window)] - [(n - 1) * step for n, step in zip(window, rate)]
    sizes = checks.checked(sizes, [checks.assert_non_negative(sizes, message="Computed output size would be negative")])
    places = itertools.product(*([i * step for i in range(n)] for n, step in zip(window, rate)))

    def part(place):
        spatial = tuple(slice(begin, sizes[i] + begin) for i, begin in enumerate(place))
        return input[(slice(None),) * first + spatial]

    parts = [part(place) for place in places]
    if pooling_type == "MAX":
        return functools.reduce(raw_ops.Maximum, parts)
    return raw_ops.AddN(parts) / float(len(parts))


def pool(
    input: TensorLike,
    window_shape,
    pooling_type: str,
    strides=None,
    padding: str = "VALID",
    data_format=None,
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """Pooling of one, two or three spatial axes.

    Args:
      input: a tensor [batch, ..., channels].
      window_shape: the size of windows, one for each spatial axis.
      pooling_type: "AVG" or "MAX".
      strides: the steps from window to window, one for each spatial axis; 1 if None.
      padding: "SAME" or "VALID"; "VALID" with dilations.
      data_format: "NWC", "NHWC" or "NDHWC", or with the channels first "NCW", "NCHW" or "NCDHW".
      dilations: the distance of the elements of a window, one for each spatial axis; 1 if None. Not with strides.
      name: a name for the operation.

    Returns:
      A tensor [batch, ..., channels].

    Raises:
      ValueError: the axes do not fit, the type is another, or there are dilations with strides or padding.

    >>> tf.nn.pool([[[1.0], [2.0], [4.0]]], [2], "MAX").numpy().ravel()
    array([2., 4.], dtype=float32)
    """
    with name_scope(name, f"{str(pooling_type).lower()}_pool", [input]) as scope:
        input, count = convert(input), len(window_shape)
        if not 1 <= count <= 3:
            raise ValueError(
                f"`window_shape` must have 1, 2 or 3 sizes, for as many spatial axes. Received: window_shape={window_shape}"
            )
        if input.shape.rank is not None and input.shape.rank != count + 2:
            raise ValueError(
                f"`input.shape.rank` must be the length of `window_shape` + 2. Received: input.shape={input.shape}, "
                f"window_shape={window_shape}"
            )
        if pooling_type not in ("AVG", "MAX"):
            raise ValueError(f"`pooling_type` must be either 'MAX' or 'AVG'. Received: pooling_type={pooling_type}")
        usual = ("NWC", "NHWC", "NDHWC")[count - 1]
        last = not (data_format or usual).startswith("NC")
        steps, rate = for_each(strides, count, "strides"), for_each(dilations, count, "dilation_rate")
        refuse_both(steps, rate)
        if max(rate) > 1:
            if padding == "SAME":
                raise ValueError(
                    f"pooling with 'SAME' padding is not implemented for `dilation_rate` > 1. Received: padding={padding} and "
                    f"dilation_rate={np.array(rate)}"
                )
            return raw_ops.Identity(_dilated(input, list(window_shape), rate, pooling_type, last), scope)
        take = max_pool if pooling_type == "MAX" else avg_pool
        return take(input, list(window_shape), steps, padding, data_format or usual, scope)


def pool_v1(
    input: TensorLike,
    window_shape,
    pooling_type: str,
    padding: str,
    dilation_rate=None,
    strides=None,
    name: str | None = None,
    data_format=None,
    dilations=None,
) -> Tensor:
    """`pool` with the argument order of TensorFlow 1.

    Args:
      input: a tensor [batch, ..., channels].
      window_shape: the size of windows, one for each spatial axis.
      pooling_type: "AVG" or "MAX".
      padding: "SAME" or "VALID".
      dilation_rate: the old name of `dilations`.
      strides: the steps from window to window, one for each spatial axis.
      name: a name for the operation.
      data_format: as in `pool`.
      dilations: the distance of the elements of a window.

    Returns:
      A tensor [batch, ..., channels].
    """
    rate = one_of("dilations", dilations, "dilation_rate", dilation_rate)
    return pool(input, window_shape, pooling_type, strides, padding, data_format, rate, name)
