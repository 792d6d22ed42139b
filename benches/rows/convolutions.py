"""Convolutions at the shapes of ResNet-50 and MobileNetV2, forward, and both gradients in one row."""

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


ROWS = [conv(*s) for s in SHAPES] + [depthwise(*s) for s in DEPTHWISE]
ROWS += [conv(*s, backward=True) for s in SHAPES] + [depthwise(*s, backward=True) for s in DEPTHWISE]
ROWS += [conv(*s, cores=1) for s in (SHAPES[1], SHAPES[2], SHAPES[6], SHAPES[8])] + [depthwise(*DEPTHWISE[2], cores=1)]
