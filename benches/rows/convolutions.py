"""Convolutions at the shapes of ResNet-50 and MobileNetV2, forward, and both gradients in one row; gradients by 1x1 filters; and
grouped, dilated, transposed ones, NCHW images and volumes."""

import numpy as np

from rows import Input, Row, size, weights

BATCH = 8
# Window, height and width, channels, outputs, stride.
SHAPES = [
    (7, 224, 3, 64, 2), (3, 56, 64, 64, 1), (3, 28, 128, 128, 1), (3, 14, 256, 256, 1), (3, 7, 512, 512, 1), (3, 56, 128, 128, 2),
    (1, 56, 64, 256, 1), (1, 28, 512, 128, 1), (1, 14, 1024, 256, 1), (1, 7, 512, 2048, 1), (1, 112, 16, 96, 1), (1, 14, 96, 576, 1),
]  # fmt: skip
# Height and width, channels, stride.
DEPTHWISE = [(112, 32, 1), (112, 96, 2), (56, 144, 1), (28, 192, 1), (14, 384, 1), (7, 960, 1)]


def conv(window, side, channels, outputs, stride, backward=False, cores=0, batch=BATCH):
    """A row of a full convolution."""
    full = f"conv {window}x{window} {side}x{side}x{channels}->{outputs}" + (f" /{stride}" if stride > 1 else "")
    side, channels, outputs, batch = size(side), size(channels), size(outputs), size(batch, 2)
    return row(
        full,
        (side, channels, outputs, stride, batch),
        weights(window, window, channels, outputs, kind="filter"),
        backward,
        cores,
    )


def depthwise(side, channels, stride, backward=False, cores=0, batch=BATCH):
    """A row of a depthwise convolution of 3x3."""
    full = f"depthwise 3x3 {side}x{side}x{channels}" + (f" /{stride}" if stride > 1 else "")
    side, channels, batch = size(side), size(channels), size(batch, 2)
    return row(
        full, (side, channels, channels, stride, batch), weights(3, 3, channels, 1, kind="depthwise"), backward, cores
    )


def row(name, shape, w, backward, cores):
    """The row of a convolution with the filter `w`."""
    side, channels, outputs, stride, batch = shape
    x = Input((batch, side, side, channels), "image")
    half = side // stride + side % stride
    y = Input((batch, half, half, outputs), "image")
    word = "depthwise" if w.kind == "depthwise" else "conv"
    flop = 2 * w.bytes // 4 * batch * half * half
    name = f"{name} batch {BATCH}" + (", gradients" if backward else "") + (", 1 core" if cores else "")
    if backward:
        return Row(
            name, [x, w, y], lambda p, x, w, dy: getattr(p, word + "_gradients")(x, w, dy, stride), flop=2 * flop,
            traffic=(x.bytes + 2 * y.bytes + w.bytes, x.bytes + w.bytes), out=("image", w.kind), cores=cores,
        )  # fmt: skip
    return Row(
        name, [x], lambda p, x, w: getattr(p, word)(x, w, stride), "network", [w], flop=flop,
        traffic=(x.bytes + w.bytes, y.bytes), out=("image",), cores=cores,
    )  # fmt: skip


def other(name, x, w, y, program):
    """A row of another kind of convolution: of `x` by the filter `w` to an image or volume of the shape `y`."""
    inner = w.shape[-1] if w.kind == "transposed" else w.shape[-2]
    output = w.shape[-2] if w.kind == "transposed" else w.shape[-1]
    window = w.bytes // 4 // inner // output
    # Each number of the input, or of the result, meets the window once for each channel.
    meets = x.bytes // 4 * output if w.kind == "transposed" else int(np.prod(y)) * inner
    return Row(
        f"{name} batch {BATCH}", [x], program, "network", [w], flop=2 * window * meets,
        traffic=(x.bytes + w.bytes, 4 * int(np.prod(y))), out=(x.kind,),
    )  # fmt: skip


def filter_gradient(side, channels, outputs):
    """A row of the gradient by a 1x1 filter."""
    name = f"conv 1x1 {side}x{side}x{channels}->{outputs} batch {BATCH}, gradient by filter"
    side, channels, outputs, batch = size(side), size(channels), size(outputs), size(BATCH, 2)
    w = weights(1, 1, channels, outputs, kind="filter")
    inputs = [Input((batch, side, side, n), "image") for n in (channels, outputs)]
    return Row(
        name, [inputs[0], w, inputs[1]], lambda p, x, w, dy: p.filter_gradient(x, w, dy),
        flop=2 * batch * side * side * channels * outputs, traffic=(sum(i.bytes for i in inputs), w.bytes), out=("filter",),
    )  # fmt: skip


def others():
    """The rows of grouped, dilated and transposed convolutions, of NCHW images and of volumes."""
    n, side, channels, wide, groups, half = size(BATCH, 2), size(28), size(128), size(256, 16), size(32, 4), size(14)
    image, many = Input((n, side, side, channels), "image"), Input((n, side, side, wide), "image")
    small, volume = Input((n, half, half, wide), "image"), Input((n, size(8, 4), side, side, size(32)), "volume")
    planes = Input((n, channels, side, side))
    same = weights(3, 3, channels, channels, kind="filter")
    return [
        other("conv 3x3 28x28x256, 32 groups,", many, weights(3, 3, wide // groups, wide, kind="filter"), many.shape,
              lambda p, x, w: p.conv(x, w, groups=groups)),
        other("conv 3x3 28x28x128, dilation 2,", image, same, image.shape, lambda p, x, w: p.conv(x, w, dilation=2)),
        other("conv 4x4 14x14x256->128 /2, transposed,", small, weights(4, 4, channels, wide, kind="transposed"),
              (n, 2 * half, 2 * half, channels), lambda p, x, w: p.conv_transposed(x, w)),
        other("conv 3x3 28x28x128, NCHW,", planes, weights(3, 3, channels, channels, kind="planes"), planes.shape,
              lambda p, x, w: p.conv_planes(x, w)),
        other("conv 3x3x3 8x28x28x32->64", volume, weights(3, 3, 3, size(32), size(64), kind="kernel"),
              (*volume.shape[:-1], size(64)), lambda p, x, w: p.conv3d(x, w)),
    ]  # fmt: skip


ROWS = [conv(*s) for s in SHAPES] + [depthwise(*s) for s in DEPTHWISE]
ROWS += [conv(*s, backward=True) for s in SHAPES] + [depthwise(*s, backward=True) for s in DEPTHWISE]
ROWS += [conv(*s, cores=1) for s in (SHAPES[1], SHAPES[2], SHAPES[6], SHAPES[8])] + [depthwise(*DEPTHWISE[2], cores=1)]
ROWS += [filter_gradient(*s) for s in ((56, 64, 256), (28, 512, 128), (14, 1024, 256), (7, 512, 2048))] + others()
