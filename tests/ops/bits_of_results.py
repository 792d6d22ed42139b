"""Prints a digest of the result of every large call, as JSON: what `test_machines.py` runs with other numbers of threads."""

import hashlib
import json
import sys

import numpy as np
from cases import dtypes_under_test, evaluate, make_case
from engines import Engines
from large_cases import BINARY, LARGE, UNARY
from op_table import table

import ferroflow as tf

STEPS = 3


def texts(op):
    """The large calls of an op."""
    if op["name"] in LARGE:
        return LARGE[op["name"]]
    if not op["test"]["np"] or op["test"]["cases"]:
        return []
    names = [arg["name"] for arg in op["inputs"]]
    if op["shape"] == "broadcast":
        return [", ".join(f"{name}={value}" for name, value in zip(names, pair)) for pair in BINARY]
    return [", ".join(f"{name}={value}" for name in names) for value in UNARY]


def digest(arrays):
    """A short text that differs if any bit of the arrays does."""
    found = hashlib.blake2b(digest_size=8)
    for array in arrays:
        array = np.asarray(array)
        found.update(f"{array.dtype} {array.shape}".encode())
        found.update(repr(array.tolist()).encode() if array.dtype == object else np.ascontiguousarray(array).tobytes())
    return found.hexdigest()


def calls():
    """Digests of all large calls."""
    engines, found = Engines(tf), {}
    for op in table().values():
        for text in texts(op):
            attr, allowed = dtypes_under_test(op, evaluate(text, np.random.default_rng(0)))
            for dtype in allowed:
                case = make_case(op, text, attr, dtype)
                found[case.name()] = digest(engines.eager(case))
    return found


def training():
    """Digest of what some steps of training make of a convolutional network, with each optimizer."""
    found = {}
    random = np.random.default_rng(3)
    images = tf.constant(random.normal(size=(64, 20, 20, 3)).astype(np.float32))
    labels = tf.constant(random.integers(0, 10, 64))
    shapes = ((3, 3, 3, 32), (32,), (10 * 10 * 32, 257), (257,), (257, 10))
    first = [random.normal(size=shape).astype(np.float32) * 0.1 for shape in shapes]
    rules = tf.compat.v1.train
    for optimizer in (
        rules.GradientDescentOptimizer(0.1),
        rules.MomentumOptimizer(0.1, 0.9, use_nesterov=True),
        rules.AdamOptimizer(),
        rules.RMSPropOptimizer(0.01, centered=True),
        rules.AdagradOptimizer(0.1),
        rules.AdadeltaOptimizer(),
        rules.FtrlOptimizer(0.1),
    ):
        variables = [tf.Variable(x) for x in first]

        @tf.function
        def step(optimizer=optimizer, variables=variables):
            filters, bias, inner, inner_bias, last = variables
            with tf.GradientTape() as tape:
                hidden = tf.nn.relu(tf.nn.conv2d(images, filters, 1, "SAME") + bias)
                hidden = tf.reshape(tf.nn.max_pool2d(hidden, 2, 2, "SAME"), [64, -1])
                hidden = tf.nn.tanh(hidden @ inner + inner_bias)
                loss = tf.reduce_mean(
                    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=hidden @ last)
                )
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
            return loss

        losses = [step().numpy() for _ in range(STEPS)]
        found[f"training with {type(optimizer).__name__}"] = digest(losses + [v.numpy() for v in variables])
    return found


def loops():
    """Digests of gradients of loops: sums over the rounds that are taken at once after them, and those taken in them."""
    random = np.random.default_rng(4)
    inputs = tf.constant(random.normal(size=(40, 32, 128)).astype(np.float32))
    indices = tf.constant(random.integers(0, 300, (40, 512)))
    shapes = ((128, 128), (128, 128), (128,), (300, 128))
    variables = [tf.Variable(random.normal(size=shape).astype(np.float32) * 0.1) for shape in shapes]

    @tf.function
    def gradients(elementwise):
        w, u, bias, table = variables
        with tf.GradientTape() as tape:
            state, total = tf.zeros([32, 128]), tf.constant(0.0)
            for t in tf.range(40):
                state = tf.tanh(inputs[t] @ w + state @ u + bias)
                total += tf.reduce_mean(tf.square(tf.gather(table, indices[t]))) + tf.reduce_mean(state)
                if elementwise:
                    total += tf.reduce_mean(w * tf.cast(t, tf.float32))
        return [tf.convert_to_tensor(g) for g in tape.gradient(total, variables)]

    return {f"a loop's gradients, {kind}": digest(gradients(kind)) for kind in (False, True)}


def wide():
    """Digests of towers of small layers, which run at once where there are threads, forward and with a step of training."""
    random = np.random.default_rng(5)
    x = tf.constant(random.normal(size=(24, 96)).astype(np.float32))
    first = [random.normal(size=(96, 96)).astype(np.float32) * 0.1 for _ in range(5)]
    found = {}
    for count in (2, 3, 8):
        variables = [tf.Variable(w) for w in first]

        @tf.function
        def towers(count=count, variables=variables):
            outs = []
            for i in range(count):
                y = x * (1.0 + i)
                for w in variables:
                    y = tf.tanh(y @ w) if i % 2 else tf.nn.softmax(tf.reshape(y @ w, [48, 48])) @ tf.ones([48, 48])
                    y = tf.reshape(y, [24, 96])
                outs.append(y)
            return tf.concat(outs, 1)

        @tf.function
        def step(towers=towers, variables=variables):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(towers()))
            for v, g in zip(variables, tape.gradient(loss, variables)):
                v.assign_sub(g)
            return loss

        losses = [step() for _ in range(STEPS)]
        found[f"{count} towers"] = digest([towers(), *losses, *variables])
    return found


if __name__ == "__main__":
    json.dump({**calls(), **training(), **loops(), **wide()}, sys.stdout)
