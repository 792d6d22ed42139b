"""The vocabulary in JAX, always through jit."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from rows import ADAM

NUMBERS = ("NHWC", "HWIO", "NHWC")


class Jax:
    """JAX: every program is compiled, and warmed up before it is timed."""

    columns = ["jax"]
    add, multiply, maximum, exp, log, tanh, sqrt, abs, sum, max, mean, matmul, reshape, transpose, sort, concat, split = map(
        staticmethod,
        (
            jnp.add, jnp.multiply, jnp.maximum, jnp.exp, jnp.log, jnp.tanh, jnp.sqrt, jnp.abs, jnp.sum, jnp.max, jnp.mean,
            jnp.matmul, jnp.reshape, jnp.transpose, jnp.sort, jnp.concatenate, jnp.split,
        ),
    )  # fmt: skip
    sigmoid, erf, relu, relu6, softmax = map(
        staticmethod, (jax.nn.sigmoid, jax.scipy.special.erf, jax.nn.relu, jax.nn.relu6, jax.nn.softmax)
    )

    def __init__(self, name, threads):
        self.name = name
        self.key = jax.random.key(1)

    def array(self, values, kind):
        return jnp.asarray(values, jnp.bfloat16 if kind == "bfloat16" else None)

    def values(self, result, kind):
        result = np.asarray(result)
        return result.astype(np.float32) if result.dtype.name == "bfloat16" else result

    def calls(self, row, arrays):
        if row.kind == "train":
            return {"jax": [self.trainer(row, arrays[: len(row.inputs)], arrays[len(row.inputs) :])]}
        program = jax.jit(lambda key, *a: row.program(self.keyed(key), *a))
        return {"jax": [lambda: jax.block_until_ready(program(self.key, *arrays))]}

    def any_length(self, row, shape):
        """A program is compiled for each power of two; inputs are padded up to it."""
        weights = [jnp.asarray(a) for a in row.arrays()]
        program = jax.jit(lambda x, *w: row.program(self, x, *w))

        def call(x):
            padded = np.zeros((1 << (len(x) - 1).bit_length(), *shape), np.float32)
            padded[: len(x)] = x
            return np.asarray(program(padded, *weights))[: len(x)]

        return {"jax": call}

    def keyed(self, key):
        """This package with a key of the traced call, without which random numbers would be constants."""
        other = object.__new__(Jax)
        other.key = key
        return other

    def trainer(self, row, data, weights):
        """A step of Adam as a function of no arguments; it gives the loss before it."""
        rate, beta1, beta2, epsilon = (ADAM[k] for k in ("rate", "beta1", "beta2", "epsilon"))
        gradient_of = jax.value_and_grad(lambda parameters, batch: row.program(self, *batch, *parameters))

        def step(state, batch):
            parameters, first, second, t = state
            loss, gradients = gradient_of(parameters, batch)
            t = t + 1
            scale = rate * jnp.sqrt(1 - beta2**t) / (1 - beta1**t)
            first = [beta1 * m + (1 - beta1) * g for m, g in zip(first, gradients)]
            second = [beta2 * v + (1 - beta2) * g * g for v, g in zip(second, gradients)]
            parameters = [p - scale * m / (jnp.sqrt(v) + epsilon) for p, m, v in zip(parameters, first, second)]
            return loss, (parameters, first, second, t)

        step = jax.jit(step, donate_argnums=0)
        zeros = [[jnp.zeros_like(w) for w in weights] for _ in range(2)]
        state = [jnp.array(w) for w in weights], *zeros, jnp.zeros([])

        def run():
            nonlocal state
            loss, state = step(state, data)
            return jax.block_until_ready(loss)

        return run

    def cast_half(self, x):
        return x.astype(jnp.bfloat16)

    def cast_float(self, x):
        return x.astype(jnp.float32)

    def gelu(self, x):
        return jax.nn.gelu(x, approximate=False)

    def layer_norm(self, x, scale, shift):
        mean = x.mean(-1, keepdims=True)
        return (x - mean) * lax.rsqrt(x.var(-1, keepdims=True) + 1e-5) * scale + shift

    def cross_entropy(self, logits, labels):
        return -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1).mean()

    def attention_scores(self, q, k):
        return q @ jnp.swapaxes(k, -1, -2)

    def gather(self, x, indices):
        return jnp.take(x, indices, 0)

    def scatter_add(self, x, indices, updates):
        return x.at[indices].add(updates)

    def top_k(self, x, k):
        return lax.top_k(x, k)[0]

    def uniform(self, count):
        return jax.random.uniform(self.key, [count])

    def normal(self, count):
        return jax.random.normal(self.key, [count])

    def conv(self, x, w, stride=1, bias=0, dilation=1, groups=1):
        half = dilation * (w.shape[0] // 2)
        y = lax.conv_general_dilated(
            x, w, (stride,) * 2, [(half, half)] * 2, rhs_dilation=(dilation,) * 2, dimension_numbers=NUMBERS,
            feature_group_count=groups,
        )  # fmt: skip
        return y + bias

    def conv_planes(self, x, w):
        return lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NCHW", "HWIO", "NCHW"))

    def conv_transposed(self, x, w):
        return lax.conv_transpose(x, w, (2, 2), "SAME", dimension_numbers=NUMBERS, transpose_kernel=True)

    def conv3d(self, x, w):
        return lax.conv_general_dilated(x, w, (1, 1, 1), "SAME", dimension_numbers=("NDHWC", "DHWIO", "NDHWC"))

    def filter_gradient(self, x, w, dy):
        return jax.vjp(lambda w: self.conv(x, w), w)[1](dy)[0]

    def gradient(self, f, x, dy):
        return jax.vjp(f, x)[1](dy)[0]

    def columns_of(self, x, first, last):
        return x[:, first:last]

    def segment_sum(self, x, segments, count):
        return jax.ops.segment_sum(x, segments, count)

    def depthwise(self, x, w, stride=1, bias=0):
        return self.conv(x, jnp.swapaxes(w, 2, 3), stride, bias, groups=w.shape[2])

    def conv_gradients(self, x, w, dy, stride=1):
        return jax.vjp(lambda x, w: self.conv(x, w, stride), x, w)[1](dy)

    def depthwise_gradients(self, x, w, dy, stride=1):
        return jax.vjp(lambda x, w: self.depthwise(x, w, stride), x, w)[1](dy)

    def max_pool(self, x, window):
        return lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, 1), (1, 2, 2, 1), "SAME")

    def spatial_mean(self, x):
        return x.mean((1, 2))

    def flat(self, x):
        return x.reshape(x.shape[0], -1)

    def lstm(self, x, w, u, b):
        def cell(state, gates):
            h, c = state
            i, f, g, o = jnp.split(gates + h @ u, 4, 1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(c)
            return (h, c), h

        zero = jnp.zeros((x.shape[1], u.shape[0]))
        return lax.scan(cell, (zero, zero), x @ w + b)[1]
