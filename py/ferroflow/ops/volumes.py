"""Convolutions and pooling of volumes, and convolutions of any number of axes, transposed and dilated ones too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from .common import convert, name_scope, one_of
from .convolution import (
    as_images,
    conv1d,
    conv2d,
    conv2d_transpose,
    explicit,
    for_each,
    over_batches,
    refuse_both,
    spread,
)

if TYPE_CHECKING:
    from ..framework.typing import Tensor, TensorLike


def _is_last(data_format):
    data_format = data_format or "NDHWC"
    if data_format not in ("NDHWC", "NCDHW"):
        raise ValueError(f"`data_format` must be either `'NDHWC'` or `'NCDHW'`. Received: data_format={data_format}")
    return data_format == "NDHWC"


def conv3d(
    input: TensorLike,
    filters: TensorLike,
    strides,
    padding: str,
    data_format: str = "NDHWC",
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """Three-dimensional convolution of volumes with filters.

    Args:
      input: a tensor [batch, depth, height, width, channels] of floats; there may be several batch axes.
      filters: a tensor [depth, height, width, channels / groups, outputs] of the same dtype.
      strides: the steps: a number, or one for each spatial axis, or one for each axis.
      padding: "SAME" or "VALID".
      data_format: "NDHWC", or "NCDHW" with the channels before the spatial axes.
      dilations: the distance of filter elements, given like `strides`; 1 if None.
      name: a name for the operation.

    Returns:
      A tensor [batch, depth, height, width, outputs].

    Raises:
      InvalidArgumentError: the channels do not fit.

    >>> tf.nn.conv3d(tf.ones([1, 2, 2, 2, 1]), tf.ones([2, 2, 2, 1, 1]), 1, "VALID").numpy().ravel()
    array([8.], dtype=float32)
    """
    last = _is_last(data_format)
    strides, dilations = spread(strides, 3, last, "strides"), spread(dilations, 3, last, "dilations")
    return over_batches(
        lambda x, name: raw_ops.Conv3D(x, filters, strides, padding, data_format or "NDHWC", dilations, name),
        input,
        3,
        name,
    )


def conv3d_v1(
    input: TensorLike,
    filter: TensorLike | None = None,
    strides=None,
    padding=None,
    data_format: str = "NDHWC",
    dilations=[1, 1, 1, 1, 1],  # noqa: B006
    name: str | None = None,
    filters=None,
) -> Tensor:
    """`conv3d` with the argument order of TensorFlow 1.

    Args:
      input: a tensor [batch, depth, height, width, channels] of floats.
      filter: a tensor [depth, height, width, channels, outputs] of the same dtype.
      strides: the steps, one for each axis.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      dilations: the distance of filter elements.
      name: a name for the operation.
      filters: another name of `filter`.

    Returns:
      A tensor [batch, depth, height, width, outputs].
    """
    return conv3d(input, one_of("filters", filters, "filter", filter), strides, padding, data_format, dilations, name)


def conv3d_backprop_filter_v2(
    input,
    filter_sizes,
    out_backprop,
    strides,
    padding,
    data_format: str = "NDHWC",
    dilations=[1, 1, 1, 1, 1],  # noqa: B006
    name: str | None = None,
) -> Tensor:
    """The gradient of `conv3d` with regard to its filters.

    Args:
      input: the volumes.
      filter_sizes: the shape of the filters.
      out_backprop: the gradient of the result.
      strides: the steps, one for each axis.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      dilations: the distance of filter elements.
      name: a name for the operation.

    Returns:
      A tensor of shape `filter_sizes`.
    """
    return raw_ops.Conv3DBackpropFilterV2(
        input, filter_sizes, out_backprop, strides, padding, data_format, dilations, name
    )


def conv3d_transpose(
    input: TensorLike,
    filters: TensorLike,
    output_shape,
    strides,
    padding: str = "SAME",
    data_format: str = "NDHWC",
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """The transposed convolution: the gradient of `conv3d`, which makes larger volumes of smaller ones.

    Args:
      input: a tensor [batch, depth, height, width, inputs].
      filters: a tensor [depth, height, width, outputs, inputs].
      output_shape: the shape of the result.
      strides: the steps: a number, or one for each spatial axis, or one for each axis.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      dilations: the distance of filter elements, given like `strides`.
      name: a name for the operation.

    Returns:
      A tensor of shape `output_shape`.

    >>> tf.nn.conv3d_transpose(tf.ones([1, 1, 1, 1, 1]), tf.ones([2, 2, 2, 1, 1]), [1, 2, 2, 2, 1], 2).shape
    TensorShape([1, 2, 2, 2, 1])
    """
    with name_scope(name, "conv3d_transpose", [input, filters, output_shape]) as scope:
        last = _is_last(data_format)
        strides, dilations = spread(strides, 3, last, "strides"), spread(dilations, 3, last, "dilations")
        return raw_ops.Conv3DBackpropInputV2(
            output_shape, filters, input, strides, padding, data_format or "NDHWC", dilations, scope
        )


def conv3d_transpose_v1(
    value: TensorLike | None = None,
    filter: TensorLike | None = None,
    output_shape=None,
    strides=None,
    padding: str = "SAME",
    data_format: str = "NDHWC",
    name: str | None = None,
    input=None,
    filters=None,
    dilations=None,
) -> Tensor:
    """`conv3d_transpose` with the argument order of TensorFlow 1.

    Args:
      value: a tensor [batch, depth, height, width, inputs].
      filter: a tensor [depth, height, width, outputs, inputs].
      output_shape: the shape of the result.
      strides: the steps.
      padding: "SAME" or "VALID".
      data_format: "NDHWC" or "NCDHW".
      name: a name for the operation.
      input: another name of `value`.
      filters: another name of `filter`.
      dilations: the distance of filter elements.

    Returns:
      A tensor of shape `output_shape`.
    """
    value = one_of("input", input, "value", value)
    filter = one_of("filters", filters, "filter", filter)
    return conv3d_transpose(value, filter, output_shape, strides, padding, data_format, dilations, name)


def conv1d_transpose(
    input: TensorLike,
    filters: TensorLike,
    output_shape,
    strides,
    padding: str = "SAME",
    data_format: str = "NWC",
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """The transposed convolution: the gradient of `conv1d`, which makes longer rows of shorter ones.

    Args:
      input: a tensor [batch, width, inputs].
      filters: a tensor [width, outputs, inputs].
      output_shape: the shape of the result.
      strides: the step.
      padding: "SAME" or "VALID".
      data_format: "NWC" or "NCW".
      dilations: the distance of filter elements.
      name: a name for the operation.

    Returns:
      A tensor of shape `output_shape`.

    Raises:
      ValueError: `data_format` is something else.

    >>> tf.nn.conv1d_transpose([[[1.0], [2.0]]], [[[1.0]], [[3.0]]], [1, 4, 1], 2).numpy().ravel()
    array([1., 3., 2., 6.], dtype=float32)
    """
    with name_scope(name, "conv1d_transpose", [input, filters, output_shape]) as scope:
        place, full, step, apart = as_images(data_format, strides, dilations, "strides")
        shape = convert(output_shape, dtype_hint="int32")
        shape = raw_ops.ConcatV2([shape[:place], [1], shape[place:]], 0)
        images, weights = raw_ops.ExpandDims(input, place), raw_ops.ExpandDims(filters, 0)
        found = raw_ops.Conv2DBackpropInput(shape, weights, images, step, padding, True, [], full, apart)
        return raw_ops.Squeeze(found, [place], scope)


def conv_transpose(
    input: TensorLike,
    filters: TensorLike,
    output_shape,
    strides,
    padding: str = "SAME",
    data_format=None,
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """The transposed convolution of one, two or three spatial axes.

    Args:
      input: a tensor [batch, ..., inputs] of rank 3 to 5.
      filters: a tensor [..., outputs, inputs].
      output_shape: the shape of the result; its length says how many axes there are.
      strides: the steps.
      padding: "SAME" or "VALID".
      data_format: "NWC", "NHWC" or "NDHWC", or with the channels first "NCW", "NCHW" or "NCDHW".
      dilations: the distance of filter elements.
      name: a name for the operation.

    Returns:
      A tensor of shape `output_shape`.

    Raises:
      ValueError: the number of axes is another.
    """
    with name_scope(name, "conv_transpose", [input, filters, output_shape]) as scope:
        shape = convert(output_shape, dtype_hint="int32")
        axes = shape.shape.num_elements() if shape.shape.rank else None
        kinds = {3: (conv1d_transpose, "NWC"), 4: (conv2d_transpose, "NHWC"), 5: (conv3d_transpose, "NDHWC")}
        if axes not in kinds:
            raise ValueError(
                f"`output_shape` must be a list of 3, 4 or 5 sizes, for 1 to 3 spatial axes. Received: output_shape={output_shape}"
            )
        transpose, usual = kinds[axes]
        return transpose(input, filters, shape, strides, padding, data_format or usual, dilations, scope)


def atrous_conv2d(value: TensorLike, filters: TensorLike, rate, padding: str, name: str | None = None) -> Tensor:
    """`conv2d` with a distance of `rate` between filter elements.

    Args:
      value: a tensor [batch, height, width, channels].
      filters: a tensor [height, width, channels, outputs] of the same dtype.
      rate: the distance, for both axes.
      padding: "SAME" or "VALID".
      name: a name for the operation.

    Returns:
      A tensor [batch, height, width, outputs].

    >>> tf.nn.atrous_conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 2, "VALID").numpy().ravel()
    array([4.], dtype=float32)
    """
    return convolution(value, filters, None, padding, None, spread(rate, 2, True, "rate")[1:3], name)


def atrous_conv2d_transpose(
    value: TensorLike, filters: TensorLike, output_shape, rate, padding: str, name: str | None = None
) -> Tensor:
    """The transposed convolution of `atrous_conv2d`.

    Args:
      value: a tensor [batch, height, width, inputs].
      filters: a tensor [height, width, outputs, inputs].
      output_shape: the shape of the result.
      rate: the distance of filter elements, for both axes.
      padding: "SAME" or "VALID".
      name: a name for the operation.

    Returns:
      A tensor of shape `output_shape`.
    """
    if rate < 1:
        raise ValueError(f"`rate` cannot be less than one. Received: rate={rate}")
    return conv2d_transpose(value, filters, output_shape, 1, padding, "NHWC", rate, name or "atrous_conv2d_transpose")


def depthwise_conv2d_backprop_input(
    input_sizes,
    filter,
    out_backprop,
    strides,
    padding,
    data_format: str = "NHWC",
    dilations=[1, 1, 1, 1],  # noqa: B006
    name: str | None = None,
) -> Tensor:
    """The gradient of `depthwise_conv2d` with regard to its images.

    Args:
      input_sizes: the shape of the images.
      filter: the filters.
      out_backprop: the gradient of the result.
      strides: the steps, one for each axis.
      padding: "SAME", "VALID", or a list of pairs.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements, one for each axis.
      name: a name for the operation.

    Returns:
      A tensor of shape `input_sizes`.
    """
    padding, pairs = explicit(padding, data_format == "NHWC")
    return raw_ops.DepthwiseConv2dNativeBackpropInput(
        input_sizes, filter, out_backprop, strides, padding, pairs, data_format, dilations, name
    )


def depthwise_conv2d_backprop_filter(
    input,
    filter_sizes,
    out_backprop,
    strides,
    padding,
    data_format: str = "NHWC",
    dilations=[1, 1, 1, 1],  # noqa: B006
    name: str | None = None,
) -> Tensor:
    """The gradient of `depthwise_conv2d` with regard to its filters.

    Args:
      input: the images.
      filter_sizes: the shape of the filters.
      out_backprop: the gradient of the result.
      strides: the steps, one for each axis.
      padding: "SAME", "VALID", or a list of pairs.
      data_format: "NHWC" or "NCHW".
      dilations: the distance of filter elements, one for each axis.
      name: a name for the operation.

    Returns:
      A tensor of shape `filter_sizes`.
    """
    padding, pairs = explicit(padding, data_format == "NHWC")
    return raw_ops.DepthwiseConv2dNativeBackpropFilter(
        input, filter_sizes, out_backprop, strides, padding, pairs, data_format, dilations, name
    )


def max_pool3d(
    input: TensorLike, ksize, strides, padding: str, data_format: str = "NDHWC", name: str | None = None
) -> Tensor:
    """The largest element of each window of volumes.

    Args:
      input: a tensor [batch, depth, height, width, channels].
      ksize: the size of windows: a number, or one for each spatial axis, or one for each axis.
      strides: the steps from window to window, given like `ksize`.
      padding: "SAME" or "VALID".
      data_format: "NDHWC", or "NCDHW" with the channels before the spatial axes.
      name: a name for the operation.

    Returns:
      A tensor [batch, depth, height, width, channels].

    Raises:
      ValueError: `data_format` is something else.

    >>> tf.nn.max_pool3d([[[[[1.0], [2.0]]], [[[4.0], [3.0]]]]], [2, 1, 2], 1, "VALID").numpy().ravel()
    array([4.], dtype=float32)
    """
    last = _is_last(data_format)
    ksize, strides = spread(ksize, 3, last, "ksize"), spread(strides, 3, last, "strides")
    return raw_ops.MaxPool3D(input, ksize, strides, padding, data_format or "NDHWC", name)


def avg_pool3d(
    input: TensorLike, ksize, strides, padding: str, data_format: str = "NDHWC", name: str | None = None
) -> Tensor:
    """The mean of each window of volumes.

    Args:
      input: a tensor [batch, depth, height, width, channels].
      ksize: the size of windows: a number, or one for each spatial axis, or one for each axis.
      strides: the steps from window to window, given like `ksize`.
      padding: "SAME" or "VALID".
      data_format: "NDHWC", or "NCDHW" with the channels before the spatial axes.
      name: a name for the operation.

    Returns:
      A tensor [batch, depth, height, width, channels].

    Raises:
      ValueError: `data_format` is something else.

    >>> tf.nn.avg_pool3d([[[[[1.0], [2.0]]], [[[4.0], [3.0]]]]], [2, 1, 2], 1, "VALID").numpy().ravel()
    array([2.5], dtype=float32)
    """
    last = _is_last(data_format)
    ksize, strides = spread(ksize, 3, last, "ksize"), spread(strides, 3, last, "strides")
    return raw_ops.AvgPool3D(input, ksize, strides, padding, data_format or "NDHWC", name)


def convolution(
    input: TensorLike,
    filters: TensorLike,
    strides=None,
    padding: str = "VALID",
    data_format=None,
    dilations=None,
    name: str | None = None,
) -> Tensor:
    """Convolution of one, two or three spatial axes.

    Args:
      input: a tensor [batch, ..., channels]; there may be several batch axes.
      filters: a tensor [..., channels, outputs] of the same dtype.
      strides: the steps: a number, or one for each spatial axis, or one for each axis; 1 if None.
      padding: "SAME" or "VALID".
      data_format: "NWC", "NHWC" or "NDHWC", or with the channels first "NCW", "NCHW" or "NCDHW".
      dilations: the distance of filter elements, given like `strides`. Not with strides.
      name: a name for the operation.

    Returns:
      A tensor [batch, ..., outputs].

    Raises:
      ValueError: there are more spatial axes, the ranks of `input` and `filters` are unknown, or there are both strides and
        dilations.

    >>> tf.nn.convolution([[[1.0], [2.0], [4.0]]], [[[1.0]], [[10.0]]]).numpy().ravel()
    array([21., 42.], dtype=float32)
    """
    input, filters = convert(input), convert(filters)
    rank = input.shape.rank if filters.shape.rank is None else filters.shape.rank
    if rank is None:
        raise ValueError(
            "When `num_spatial_dims` is not set, one of `input.shape.rank` or `filters.shape.rank` must be known. "
            f"Received: input.shape={input.shape} of rank None and filters.shape={filters.shape} of rank None"
        )
    kinds = {3: (conv1d, "NWC"), 4: (conv2d, "NHWC"), 5: (conv3d, "NDHWC")}
    if rank not in kinds:
        raise ValueError(
            f"There must be one, two or three spatial axes. Received: input.shape={input.shape}, filters.shape={filters.shape}"
        )
    convolve, usual = kinds[rank]
    axes = slice(2, None) if (data_format or "").startswith("NC") else slice(1, -1)
    strides = spread(strides, rank - 2, axes.stop, "strides")
    rate = for_each(spread(dilations, rank - 2, axes.stop, "dilations")[axes], rank - 2, "dilation_rate")
    refuse_both(strides[axes], rate)
    return convolve(input, filters, strides, padding, data_format or usual, rate, name or "convolution")


def convolution_v1(
    input: TensorLike,
    filter: TensorLike,
    padding,
    strides=None,
    dilation_rate=None,
    name: str | None = None,
    data_format=None,
    filters=None,
    dilations=None,
) -> Tensor:
    """`convolution` with the argument order of TensorFlow 1.

    Args:
      input: a tensor [batch, ..., channels].
      filter: a tensor [..., channels, outputs] of the same dtype.
      padding: "SAME" or "VALID".
      strides: the steps, one for each spatial axis.
      dilation_rate: the old name of `dilations`.
      name: a name for the operation.
      data_format: as in `convolution`.
      filters: another name of `filter`.
      dilations: the distance of filter elements, one for each spatial axis.

    Returns:
      A tensor [batch, ..., outputs].
    """
    filter = one_of("filters", filters, "filter", filter)
    rate = one_of("dilations", dilations, "dilation_rate", dilation_rate)
    return convolution(input, filter, strides, padding, data_format, rate, name)
