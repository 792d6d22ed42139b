"""Convolutions and pooling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .._gen import raw_ops
from .common import convert, name_scope, one_of

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def spread(value, count, channels_last, name: str | None):
    """A size for each axis of the input: a number, or one for each of `count` spatial axes, or one for every axis."""
    value = [1] * count if value is None else np.ravel(value).tolist()
    if len(value) == 1:
        value *= count
    if len(value) == count + 2:
        return value
    if len(value) != count:
        raise ValueError(
            f"{name} should be of length 1, {count} or {count + 2}. Received: {name}={value} of length {len(value)}"
        )
    return [1, *value, 1] if channels_last else [1, 1, *value]


def for_each(value, count, name):
    """A positive number for each of `count` spatial axes, 1 if `value` is None; ValueError if it is something else."""
    value = [1] * count if value is None else np.ravel(value).tolist()
    if len(value) != count:
        raise ValueError(f"`len({name})` should be {count}. Received: {name}={value} of length {len(value)}")
    if any(one < 1 for one in value):
        raise ValueError(f"all values of `{name}` must be positive. Received: {name}={np.array(value)}")
    return value


def refuse_both(strides, rate):
    """ValueError if there are both steps and distances other than 1."""
    if max(strides) > 1 and max(rate) > 1:
        raise ValueError(
            "`strides > 1` not supported in conjunction with `dilation_rate > 1`. "
            f"Received: strides={np.array(strides)} and dilation_rate={np.array(rate)}"
        )


def as_images(data_format, strides, dilations, name):
    """What turns rows into images one high: the place of the new axis, the format, steps and distances for each axis.

    Args:
      data_format: "NWC", "NHWC", or with the channels first "NCW" or "NCHW"; None for "NWC".
      strides: the step.
      dilations: the distance of filter elements.
      name: the name of the argument `strides`.

    Raises:
      ValueError: `data_format` is something else, or there are too many steps or distances.
    """
    data_format = data_format or "NWC"
    if data_format not in ("NWC", "NHWC", "NCW", "NCHW"):
        raise ValueError(f"`data_format` must be 'NWC' or 'NCW'. Received: data_format={data_format}")
    last = data_format in ("NWC", "NHWC")
    place, full = (1, "NHWC") if last else (2, "NCHW")
    step, apart = spread(strides, 1, last, name), spread(dilations, 1, last, "dilations")
    step.insert(place, 1)
    apart.insert(place, 1)
    return place, full, step, apart


def over_batches(function, input, axes, name):
    """A function of a tensor with one batch axis and `axes` spatial ones, for a tensor that may have more batch axes.

    Args:
      function: takes a tensor and a name.
      input: the tensor.
      axes: how many spatial axes there are, before or after which the channels are.
      name: a name for the result.
    """
    input = convert(input)
    batch = (input.shape.rank or 0) - axes - 1
    if batch < 2:
        return function(input, name)
    sizes = raw_ops.Shape(input)
    found = function(raw_ops.Reshape(input, raw_ops.ConcatV2([[-1], sizes[batch:]], 0)), None)
    return raw_ops.Reshape(found, raw_ops.ConcatV2([sizes[:batch], raw_ops.Shape(found)[1:]], 0), name)


def explicit(padding, channels_last):
    """(padding, explicit_paddings) of raw ops; a list of pairs means explicit padding."""
    if not isinstance(padding, (list, tuple)):
        return padding, []
    pairs = [list(pair) for pair in padding]
    if len(pairs) != 4 or any(len(pair) != 2 for pair in pairs):
        raise ValueError(
            f"If padding is a list, it must be of length 4 and each element must be of length 2. Received: padding={padding}"
        )
    batch, channel = (pairs[0], pairs[3]) if channels_last else (pairs[0], pairs[1])
    if batch != [0, 0] or channel != [0, 0]:
        raise ValueError(
            f"If padding is a list, it must be zero in the batch and channel dimension. Received: padding={padding}"
        )
    return "EXPLICIT", [size for pair in pairs for size in pair]


def _is_last(data_format):
    data_format = data_format or "NHWC"
    if data_format not in ("NHWC", "NCHW"):
        raise ValueError(f"`data_format` must be either `'NHWC'` or `'NCHW'`. Received: data_format={data_format}")
    return data_format == "NHWC"


def conv2d(
    input: TensorLike,
    filters: TensorLike,
    strides,
    padding,
    data_format: str = "NHWC",
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """Two-dimensional convolution of images with filters.

    Args:
      input: a tensor [batch, height, width, channels] of floats; there may be several batch axes.
      filters: a tensor [height, width, channels / groups, outputs] of the same dtype.
      strides: the steps: a number, or one for height and width, or one for each axis.
      padding: "SAME", "VALID", or a list of pairs: how many zeros before and behind, for each axis.
      data_format: "NHWC", or "NCHW" with the channels before height and width.
      dilations: the distance of filter elements, given like `strides`; 1 if None.
      name: a name for the operation.

    Returns:
      A tensor [batch, height, width, outputs].

    Raises:
      InvalidArgumentError: the channels do not fit.

    >>> tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([3, 3, 1, 1]), 1, "VALID").numpy()
    array([[[[9.]]]], dtype=float32)
    """
    last = _is_last(data_format)
    padding, pairs = explicit(padding, last)
    strides = spread(strides, 2, last, "strides")
    dilations = spread(dilations, 2, last, "dilations")
    return over_batches(
        lambda x, name: raw_ops.Conv2D(
            x, filters, strides, padding, True, pairs, data_format or "NHWC", dilations, name
        ),
        input,
        2,
        name,
    )


def conv2d_v1(
    input: TensorLike,
    filter: TensorLike | None = None,
    strides=None,
    padding=None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations=[1, 1, 1, 1],  # noqa: B006
    name: str | None = None,
    filters=None,
) -> Tensor:
    """`conv2d` with the argument order of TensorFlow 1.

    Args:
      input: a tensor [batch, height, width, channels] of floats.
      filter: a tensor [height, width, channels / groups, outputs] of the same dtype.
      strides: the steps, one for each axis.
      padding: "SAME", "VALID", or a list of pairs.
      use_cudnn_on_gpu: accepted for TensorFlow's sake, without effect.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements.
      name: a name for the operation.
      filters: another name of `filter`.

    Returns:
      A tensor [batch, height, width, outputs].
    """
    return conv2d(input, one_of("filters", filters, "filter", filter), strides, padding, data_format, dilations, name)


def conv2d_backprop_filter(
    input,
    filter_sizes,
    out_backprop,
    strides,
    padding,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations=[1, 1, 1, 1],  # noqa: B006
    name: str | None = None,
) -> Tensor:
    """The gradient of `conv2d` with regard to its filters.

    Args:
      input: the images.
      filter_sizes: the shape of the filters.
      out_backprop: the gradient of the result.
      strides: the steps.
      padding: "SAME", "VALID", or a list of pairs.
      use_cudnn_on_gpu: accepted for TensorFlow's sake, without effect.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements.
      name: a name for the operation.

    Returns:
      A tensor of shape `filter_sizes`.
    """
    last = _is_last(data_format)
    padding, pairs = explicit(padding, last)
    strides, dilations = spread(strides, 2, last, "strides"), spread(dilations, 2, last, "dilations")
    return raw_ops.Conv2DBackpropFilter(
        input, filter_sizes, out_backprop, strides, padding, True, pairs, data_format, dilations, name
    )


def conv2d_backprop_input(
    input_sizes,
    filter=None,
    out_backprop=None,
    strides=None,
    padding=None,
    use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC",
    dilations=[1, 1, 1, 1],  # noqa: B006
    name: str | None = None,
    filters=None,
) -> Tensor:
    """The gradient of `conv2d` with regard to its images.

    Args:
      input_sizes: the shape of the images.
      filter: the filters.
      out_backprop: the gradient of the result.
      strides: the steps.
      padding: "SAME", "VALID", or a list of pairs.
      use_cudnn_on_gpu: accepted for TensorFlow's sake, without effect.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements.
      name: a name for the operation.
      filters: another name of `filter`.

    Returns:
      A tensor of shape `input_sizes`.
    """
    filter = one_of("filters", filters, "filter", filter)
    last = _is_last(data_format)
    padding, pairs = explicit(padding, last)
    strides, dilations = spread(strides, 2, last, "strides"), spread(dilations, 2, last, "dilations")
    return raw_ops.Conv2DBackpropInput(
        input_sizes, filter, out_backprop, strides, padding, True, pairs, data_format, dilations, name
    )


def conv2d_transpose(
    input: TensorLike,
    filters: TensorLike,
    output_shape,
    strides,
    padding: str = "SAME",
    data_format: str = "NHWC",
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """The transposed convolution: the gradient of `conv2d`, which makes larger images of smaller ones.

    Args:
      input: a tensor [batch, height, width, inputs].
      filters: a tensor [height, width, outputs, inputs].
      output_shape: the shape of the result.
      strides: the steps: a number, or one for height and width, or one for each axis.
      padding: "SAME", "VALID", or a list of pairs.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements, given like `strides`.
      name: a name for the operation.

    Returns:
      A tensor of shape `output_shape`.
    """
    with name_scope(name, "conv2d_transpose", [input, filters, output_shape]) as scope:
        last = _is_last(data_format)
        strides, dilations = spread(strides, 2, last, "strides"), spread(dilations, 2, last, "dilations")
        padding, pairs = explicit(padding, last)
        return raw_ops.Conv2DBackpropInput(
            output_shape, filters, input, strides, padding, True, pairs, data_format or "NHWC", dilations, scope
        )


def conv2d_transpose_v1(
    value: TensorLike | None = None,
    filter: TensorLike | None = None,
    output_shape=None,
    strides=None,
    padding: str = "SAME",
    data_format: str = "NHWC",
    name: str | None = None,
    input=None,
    filters=None,
    dilations=None,
) -> Tensor:
    """`conv2d_transpose` with the argument order of TensorFlow 1.

    Args:
      value: a tensor [batch, height, width, inputs].
      filter: a tensor [height, width, outputs, inputs].
      output_shape: the shape of the result.
      strides: the steps.
      padding: "SAME", "VALID", or a list of pairs.
      data_format: "NHWC" or "NCHW".
      name: a name for the operation.
      input: another name of `value`.
      filters: another name of `filter`.
      dilations: the distance of filter elements.

    Returns:
      A tensor of shape `output_shape`.
    """
    value = one_of("input", input, "value", value)
    filter = one_of("filters", filters, "filter", filter)
    return conv2d_transpose(value, filter, output_shape, strides, padding, data_format, dilations, name)


def conv1d(
    input: TensorLike,
    filters: TensorLike,
    stride,
    padding,
    data_format: str = "NWC",
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """One-dimensional convolution.

    Args:
      input: a tensor [batch, width, channels]; there may be several batch axes.
      filters: a tensor [width, channels, outputs] of the same dtype.
      stride: the step.
      padding: "SAME" or "VALID".
      data_format: "NWC" or "NCW".
      dilations: the distance of filter elements.
      name: a name for the operation.

    Returns:
      A tensor [batch, width, outputs].

    >>> tf.nn.conv1d(tf.ones([1, 3, 1]), tf.ones([2, 1, 1]), 1, "VALID").numpy()
    array([[[2.],
            [2.]]], dtype=float32)
    """
    with name_scope(name, "conv1d", [input, filters]) as scope:
        place, full, step, apart = as_images(data_format, stride, dilations, "stride")
        rows = raw_ops.ExpandDims(filters, 0)

        def images(x, name):
            found = raw_ops.Conv2D(raw_ops.ExpandDims(x, place), rows, step, padding, True, [], full, apart)
            return raw_ops.Squeeze(found, [place], name)

        return over_batches(images, input, 1, scope)


def conv1d_v1(
    value: TensorLike | None = None,
    filters: TensorLike | None = None,
    stride=None,
    padding=None,
    use_cudnn_on_gpu: TensorLike | None = None,
    data_format=None,
    name: str | None = None,
    input=None,
    dilations=None,
) -> Tensor:
    """`conv1d` with the argument order of TensorFlow 1.

    Args:
      value: a tensor [batch, width, channels].
      filters: a tensor [width, channels, outputs] of the same dtype.
      stride: the step.
      padding: "SAME" or "VALID".
      use_cudnn_on_gpu: accepted for TensorFlow's sake, without effect.
      data_format: "NWC" or "NCW".
      name: a name for the operation.
      input: another name of `value`.
      dilations: the distance of filter elements.

    Returns:
      A tensor [batch, width, outputs].
    """
    value = one_of("input", input, "value", value)
    return conv1d(value, filters, stride, padding, data_format or "NWC", dilations, name)


def depthwise_conv2d(
    input: TensorLike, filter: TensorLike, strides, padding, data_format=None, dilations=None, name: str | None = None
) -> Tensor:
    """Convolution of each channel with filters of its own.

    Args:
      input: a tensor [batch, height, width, channels].
      filter: a tensor [height, width, channels, multiplier] of the same dtype.
      strides: the steps, one for each axis.
      padding: "SAME", "VALID", or a list of pairs.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements, for height and width.
      name: a name for the operation.

    Returns:
      A tensor [batch, height, width, channels * multiplier].
    """
    last = _is_last(data_format)
    padding, pairs = explicit(padding, last)
    dilations = spread(dilations, 2, last, "dilations")
    return raw_ops.DepthwiseConv2dNative(
        input, filter, list(strides), padding, pairs, data_format or "NHWC", dilations, name or "depthwise"
    )


def depthwise_conv2d_v1(
    input: TensorLike,
    filter: TensorLike,
    strides,
    padding,
    rate=None,
    name: str | None = None,
    data_format=None,
    dilations=None,
) -> Tensor:
    """`depthwise_conv2d` with the argument order of TensorFlow 1.

    Args:
      input: a tensor [batch, height, width, channels].
      filter: a tensor [height, width, channels, multiplier] of the same dtype.
      strides: the steps, one for each axis.
      padding: "SAME", "VALID", or a list of pairs.
      rate: the old name of `dilations`.
      name: a name for the operation.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements, for height and width.

    Returns:
      A tensor [batch, height, width, channels * multiplier].
    """
    rate = one_of("dilations", dilations, "rate", rate)
    return depthwise_conv2d(input, filter, strides, padding, data_format, rate, name)


def separable_conv2d(
    input: TensorLike,
    depthwise_filter: TensorLike,
    pointwise_filter: TensorLike,
    strides,
    padding,
    data_format=None,
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """`depthwise_conv2d`, then a convolution of single points that mixes the channels.

    Args:
      input: a tensor [batch, height, width, channels].
      depthwise_filter: a tensor [height, width, channels, multiplier].
      pointwise_filter: a tensor [1, 1, channels * multiplier, outputs].
      strides: the steps of the first convolution, one for each axis.
      padding: "SAME" or "VALID".
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements, for height and width.
      name: a name for the operation.

    Returns:
      A tensor [batch, height, width, outputs].
    """
    with name_scope(name, "separable_conv2d", [input, depthwise_filter, pointwise_filter]) as scope:
        middle = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
        return raw_ops.Conv2D(
            middle, pointwise_filter, [1, 1, 1, 1], "VALID", True, [], data_format or "NHWC", [1, 1, 1, 1], scope
        )


def separable_conv2d_v1(
    input: TensorLike,
    depthwise_filter: TensorLike,
    pointwise_filter: TensorLike,
    strides,
    padding,
    rate=None,
    name: str | None = None,
    data_format=None,
    dilations=None,
) -> Tensor:
    """`separable_conv2d` with the argument order of TensorFlow 1.

    Args:
      input: a tensor [batch, height, width, channels].
      depthwise_filter: a tensor [height, width, channels, multiplier].
      pointwise_filter: a tensor [1, 1, channels * multiplier, outputs].
      strides: the steps of the first convolution, one for each axis.
      padding: "SAME" or "VALID".
      rate: the old name of `dilations`.
      name: a name for the operation.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements, for height and width.

    Returns:
      A tensor [batch, height, width, outputs].
    """
    rate = one_of("dilations", dilations, "rate", rate)
    return separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding, data_format, rate, name)
