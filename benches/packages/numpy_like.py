"""The vocabulary in NumPy; convolutions, networks and training steps it has not."""

import numpy as np


class NumPy:
    """NumPy: eager, with its own threads in products only."""

    columns = ["numpy"]
    add, multiply, maximum, exp, log, tanh, sqrt, abs = (
        np.add, np.multiply, np.maximum, np.exp, np.log, np.tanh, np.sqrt, np.abs,
    )  # fmt: skip
    matmul = np.matmul
    sum, max, mean, reshape = map(staticmethod, (np.sum, np.max, np.mean, np.reshape))

    def __init__(self, name, threads):
        self.name = name
        self.random = np.random.Generator(np.random.SFC64(1))

    def array(self, values, kind):
        if kind == "bfloat16":
            raise NotImplementedError("no bfloat16")
        return values

    def values(self, result, kind):
        return np.asarray(result)

    def calls(self, row, arrays):
        if row.kind == "train":
            raise NotImplementedError("no gradients")
        return {"numpy": [lambda: row.program(self, *arrays)]}

    def any_length(self, row, shape):
        weights = row.arrays()
        return {"numpy": lambda x: row.program(self, x, *weights)}

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def relu(self, x):
        return np.maximum(x, 0)

    def cast_float(self, x):
        return x.astype(np.float32)

    def softmax(self, x):
        e = np.exp(x - x.max(-1, keepdims=True))
        e /= e.sum(-1, keepdims=True)
        return e

    def layer_norm(self, x, scale, shift):
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt(np.square(centred).mean(-1, keepdims=True) + np.float32(1e-5)) * scale + shift

    def attention_scores(self, q, k):
        return q @ np.swapaxes(k, -1, -2)

    def transpose(self, x, order):
        return np.ascontiguousarray(x.transpose(order))

    def gather(self, x, indices):
        return np.take(x, indices, 0)

    def scatter_add(self, x, indices, updates):
        x = x.copy()
        np.add.at(x, indices, updates)
        return x

    def columns_of(self, x, first, last):
        return np.ascontiguousarray(x[:, first:last])

    def segment_sum(self, x, segments, count):
        found = np.zeros((count, x.shape[1]), x.dtype)
        np.add.at(found, segments, x)
        return found

    def concat(self, parts, axis):
        return np.concatenate(parts, axis)

    def split(self, x, count, axis):
        return np.split(x, count, axis)

    def sort(self, x):
        return np.sort(x)

    def top_k(self, x, k):
        return np.sort(np.partition(x, -k)[..., -k:])[..., ::-1]

    def uniform(self, count):
        return self.random.random(count, np.float32)

    def normal(self, count):
        return self.random.standard_normal(count, np.float32)

    def lstm(self, x, w, u, b):
        h = c = np.zeros((x.shape[1], u.shape[0]), np.float32)
        states = np.empty((x.shape[0], *h.shape), np.float32)
        products = x @ w + b
        for t in range(len(x)):
            i, f, g, o = np.split(products[t] + h @ u, 4, 1)
            c = self.sigmoid(f) * c + self.sigmoid(i) * np.tanh(g)
            states[t] = h = self.sigmoid(o) * np.tanh(c)
        return states
