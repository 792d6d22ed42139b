"""ResNet-50 for images of 224x224."""

from rows import size

# Blocks of each stage and their width; what a block gives is four times as wide.
STAGES = [(3, 64), (4, 128), (6, 256), (3, 512)]


def block(net, x, width, stride, widen):
    """A bottleneck: 1x1, 3x3, 1x1 beside a shortcut."""
    y = net.relu(net.conv(x, 1, width))
    y = net.relu(net.conv(y, 3, width, stride))
    y = net.conv(y, 1, 4 * width)
    return net.relu(net.add(y, net.conv(x, 1, 4 * width, stride) if widen else x))


def resnet50(net, x):
    """Logits of 1000 classes."""
    x = net.max_pool(net.relu(net.conv(x, 7, size(64), 2)))
    for stage, (blocks, width) in enumerate(STAGES):
        for i in range(blocks):
            x = block(net, x, size(width), 2 if stage and not i else 1, not i)
    return net.classify(x, size(1000))
