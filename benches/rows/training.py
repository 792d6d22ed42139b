"""Training steps with Adam: an MLP, a CNN, an LSTM and a transformer block."""

from rows import Input, Row, size, weights


def zeros(n):
    """Input of biases."""
    return Input((n,), low=0, high=0)


def labels(count, classes):
    return Input((count,), "index", low=0, high=classes, dtype="int32")


def dense(p, x, w, b):
    return p.add(p.matmul(x, w), b)


def mlp(p, x, y, w1, b1, w2, b2, w3, b3):
    x = p.relu(dense(p, x, w1, b1))
    x = p.relu(dense(p, x, w2, b2))
    return p.cross_entropy(dense(p, x, w3, b3), y)


def mlp_row(batch, width):
    sizes = [size(784, 16), size(width), size(width), size(10, 4)]
    parameters = [spec for a, b in zip(sizes, sizes[1:]) for spec in (weights(a, b), zeros(b))]
    products = [a * b for a, b in zip(sizes, sizes[1:])]
    batch = size(batch)
    # Adam reads the weights, two slots and the gradient, and writes all but the last.
    values = sum(p.bytes for p in parameters)
    return Row(
        f"MLP 784-{width}-{width}-10 step, batch 128", [Input((batch, sizes[0])), labels(batch, sizes[-1])], mlp, "train", parameters,
        flop=2 * batch * (3 * sum(products) - products[0]), traffic=(5 * values, 3 * values), tolerance=1e-3,
    )  # fmt: skip


def cnn(p, x, y, w1, b1, w2, b2, w3, b3, w4, b4, w5, b5, w6, b6):
    x = p.relu(p.conv(x, w1, 1, b1))
    x = p.max_pool(p.relu(p.conv(x, w2, 1, b2)), 2)
    x = p.relu(p.conv(x, w3, 1, b3))
    x = p.max_pool(p.relu(p.conv(x, w4, 1, b4)), 2)
    x = p.relu(dense(p, p.flat(x), w5, b5))
    return p.cross_entropy(dense(p, x, w6, b6), y)


def cnn_row():
    batch, side, a, b, wide, classes = size(64, 2), size(32), size(32), size(64), size(128), size(10, 4)
    shapes = [
        (3, 3, 3, a),
        (3, 3, a, a),
        (3, 3, a, b),
        (3, 3, b, b),
        (side // 4 * side // 4 * b, wide),
        (wide, classes),
    ]
    parameters = []
    for s in shapes:
        parameters += [weights(*s, kind="filter" if len(s) == 4 else ""), zeros(s[-1])]
    pixels = [side**2, side**2, side**2 // 4, side**2 // 4, 1, 1]
    products = [spec.bytes // 4 * n for spec, n in zip(parameters[::2], pixels)]
    return Row(
        "CNN 32x32 step, batch 64", [Input((batch, side, side, 3), "image"), labels(batch, classes)], cnn, "train", parameters,
        flop=2 * batch * (3 * sum(products) - products[0]), tolerance=1e-3,
    )  # fmt: skip


def lstm(p, x, y, w, u, b, v, c):
    states = p.lstm(x, w, u, b)
    return p.cross_entropy(dense(p, states[-1], v, c), y)


def lstm_row():
    time, batch, inputs, hidden, classes = size(32, 4), size(32, 4), size(128), size(256), size(10, 4)
    parameters = [
        weights(inputs, 4 * hidden, kind="gates"),
        weights(hidden, 4 * hidden, kind="gates"),
        zeros(4 * hidden),
    ]
    parameters += [weights(hidden, classes), zeros(classes)]
    return Row(
        "LSTM 128-256 step, 32 in time, batch 32", [Input((time, batch, inputs)), labels(batch, classes)], lstm, "train", parameters,
        flop=2 * time * batch * 4 * hidden * (2 * inputs + 3 * hidden), tolerance=1e-3,
    )  # fmt: skip


def transformer(heads):
    """The mean square of a block's result: attention and two dense layers, with layer norms before them."""

    def program(p, x, g1, h1, qkv, bias, out, c, g2, h2, up, d, down, e):
        batch, time, width = x.shape
        q, k, v = p.split(dense(p, p.layer_norm(x, g1, h1), qkv, bias), 3, -1)
        q, k, v = (p.transpose(p.reshape(a, (batch, time, heads, width // heads)), (0, 2, 1, 3)) for a in (q, k, v))
        a = p.softmax(p.attention_scores(p.multiply(q, (width // heads) ** -0.5), k))
        a = p.reshape(p.transpose(p.matmul(a, v), (0, 2, 1, 3)), (batch, time, width))
        x = p.add(x, dense(p, a, out, c))
        y = p.gelu(dense(p, p.layer_norm(x, g2, h2), up, d))
        x = p.add(x, dense(p, y, down, e))
        return p.mean(p.multiply(x, x))

    return program


def transformer_row():
    batch, time, width, heads = size(8, 2), size(128), size(256), size(4, 2)
    one = Input((width,), low=1, high=1)
    parameters = [one, zeros(width), weights(width, 3 * width), zeros(3 * width), weights(width, width), zeros(width)]
    parameters += [
        one,
        zeros(width),
        weights(width, 4 * width),
        zeros(4 * width),
        weights(4 * width, width),
        zeros(width),
    ]
    return Row(
        "transformer block 256 step, batch 8x128", [Input((batch, time, width))], transformer(heads), "train", parameters,
        flop=6 * batch * time * width * (12 * width + 2 * time), tolerance=1e-3,
    )  # fmt: skip


ROWS = [mlp_row(128, 512), mlp_row(128, 2048), cnn_row(), lstm_row(), transformer_row()]
