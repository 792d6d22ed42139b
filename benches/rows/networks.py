"""Inference of ResNet-50 and MobileNetV2 with random weights; batch norms are folded into the convolutions, for everyone."""

from models import SIDE, Image, Layers, recorded
from models_mobilenet import mobilenet_v2
from models_resnet import resnet50

from rows import Input, Row


def inference(name, network, batch):
    """A row of a network at a batch size."""
    parameters, flop = recorded(network)
    x = Input((batch, SIDE, SIDE, 3), "image")
    return Row(
        f"{name} inference, batch {batch}", [x],
        lambda p, x, *w: network(Layers(p, w), Image(x, SIDE, 3)), "network", parameters, batch * flop,
        traffic=(x.bytes + sum(w.bytes for w in parameters), 0), tolerance=1e-3,
    )  # fmt: skip


ROWS = [inference("ResNet-50", resnet50, 1), inference("ResNet-50", resnet50, 8)]
ROWS += [inference("MobileNetV2", mobilenet_v2, 1), inference("MobileNetV2", mobilenet_v2, 8)]
