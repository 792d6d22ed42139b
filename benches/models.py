"""What the networks are built with: layers that run in a package, or that only record weights and work."""

import dataclasses
from typing import Any

from rows import Input, size, weights


@dataclasses.dataclass
class Image:
    """Images of a package, square, with their size."""

    value: Any
    side: int
    channels: int


class Layers:
    """Layers with biases, batch norms folded into them. Without a package, `parameters` and `flop` (of an image) are recorded."""

    def __init__(self, package=None, parameters=()):
        self.package, self.left = package, iter(parameters)
        self.parameters, self.flop = [], 0

    def _layer(self, word, x, shape, outputs, stride):
        side = -(-x.side // stride)
        if self.package is None:
            spec = weights(*shape, kind="filter" if word == "conv" else word)
            self.parameters += [spec, Input((outputs,), low=-0.1, high=0.1)]
            self.flop += 2 * spec.bytes // 4 * side * side
            return Image(None, side, outputs)
        w, b = next(self.left), next(self.left)
        return Image(getattr(self.package, word)(x.value, w, stride, b), side, outputs)

    def conv(self, x, window, outputs, stride=1):
        """A full convolution."""
        return self._layer("conv", x, (window, window, x.channels, outputs), outputs, stride)

    def depthwise(self, x, stride=1):
        """A depthwise convolution of 3x3."""
        return self._layer("depthwise", x, (3, 3, x.channels, 1), x.channels, stride)

    def _apply(self, word, side, x, *more):
        if self.package is None:
            return Image(None, side, x.channels)
        return Image(getattr(self.package, word)(x.value, *more), side, x.channels)

    def relu(self, x):
        return self._apply("relu", x.side, x)

    def relu6(self, x):
        return self._apply("relu6", x.side, x)

    def add(self, x, y):
        return self._apply("add", x.side, x, y.value)

    def max_pool(self, x):
        """The maximum of 3x3 pixels, at every second one."""
        return self._apply("max_pool", -(-x.side // 2), x, 3)

    def classify(self, x, classes):
        """Logits: a dense layer after the mean of all pixels."""
        if self.package is None:
            self.parameters += [weights(x.channels, classes), Input((classes,), low=-0.1, high=0.1)]
            self.flop += 2 * x.channels * classes
            return None
        w, b = self.left
        return self.package.add(self.package.matmul(self.package.spatial_mean(x.value), w), b)


SIDE = size(224, 32)


def recorded(network):
    """The parameters of a network, and its floating point operations for an image."""
    layers = Layers()
    network(layers, Image(None, SIDE, 3))
    return layers.parameters, layers.flop
