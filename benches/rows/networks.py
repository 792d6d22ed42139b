"""Inference of networks with random weights: wide ones of small layers, and ResNet-50 and MobileNetV2, whose batch norms are folded
into the convolutions for everyone.
"""

import functools

from models import SIDE, Image, Layers, recorded
from models_mobilenet import mobilenet_v2
from models_resnet import resnet50

from rows import Input, Row, size, weights


def inference(name, network, batch):
    """A row of a network at a batch size."""
    parameters, flop = recorded(network)
    x = Input((batch, SIDE, SIDE, 3), "image")
    return Row(
        f"{name} inference, batch {batch}", [x],
        lambda p, x, *w: network(Layers(p, w), Image(x, SIDE, 3)), "network", parameters, batch * flop,
        traffic=(x.bytes + sum(w.bytes for w in parameters), 0), tolerance=1e-3,
    )  # fmt: skip


def towers(count, depth, shape):
    """A row of towers of dense layers that do not depend on each other, and are joined at their ends."""
    rows, width = map(size, shape)
    parameters = [weights(width, width) for _ in range(count * depth)]

    def program(p, x, *w):
        outs = []
        for i in range(count):
            y = x
            for j in range(depth):
                y = p.tanh(p.matmul(y, w[i * depth + j]))
            outs.append(y)
        return p.concat(outs, 1)

    return Row(
        f"{count} towers of {depth} dense layers {shape[0]}x{shape[1]}", [Input((rows, width))], program, "network", parameters,
        2 * count * depth * rows * width * width,
    )  # fmt: skip


def inception():
    """A row of an Inception block on a small image: four ways of convolutions."""
    side, channels, classes = size(14), size(192), size(64)
    x = Input((1, side, side, channels), "image")
    shapes = [(1, 1, channels, classes), (1, 1, channels, classes), (3, 3, classes, classes), (1, 1, channels, classes)]
    shapes += [(3, 3, classes, classes), (3, 3, classes, classes), (3, 3, channels, classes)]
    parameters = [weights(*s, kind="filter") for s in shapes]

    def program(p, x, a, b1, b2, c1, c2, c3, d):
        ways = [p.conv(x, a), p.conv(p.relu(p.conv(x, b1)), b2)]
        ways += [p.conv(p.relu(p.conv(p.relu(p.conv(x, c1)), c2)), c3), p.conv(x, d)]
        return functools.reduce(p.add, [p.relu(w) for w in ways])

    work = sum(s[0] * s[1] * s[2] * s[3] for s in shapes)
    return Row(
        "Inception block 14x14x192",
        [x],
        program,
        "network",
        parameters,
        2 * side * side * work,
        out=("image",),
    )


ROWS = [inference("ResNet-50", resnet50, 1), inference("ResNet-50", resnet50, 8)]
ROWS += [inference("MobileNetV2", mobilenet_v2, 1), inference("MobileNetV2", mobilenet_v2, 8)]
ROWS += [towers(8, 4, (64, 256)), towers(8, 6, (16, 64)), inception()]
