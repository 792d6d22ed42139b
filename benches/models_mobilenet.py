"""MobileNetV2 for images of 224x224."""

from rows import size

# Expansion, outputs, blocks, stride of the first block.
STAGES = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]


def block(net, x, expansion, outputs, stride):
    """An inverted residual: 1x1 to more channels, depthwise 3x3, 1x1 to few."""
    y = net.relu6(net.conv(x, 1, x.channels * expansion)) if expansion > 1 else x
    y = net.conv(net.relu6(net.depthwise(y, stride)), 1, outputs)
    return net.add(y, x) if stride == 1 and x.channels == outputs else y


def mobilenet_v2(net, x):
    """Logits of 1000 classes."""
    x = net.relu6(net.conv(x, 3, size(32), 2))
    for expansion, outputs, blocks, stride in STAGES:
        for i in range(blocks):
            x = block(net, x, expansion, size(outputs), 1 if i else stride)
    return net.classify(net.relu6(net.conv(x, 1, size(1280))), size(1000))
