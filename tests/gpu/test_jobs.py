"""Whole training jobs on a GPU: the digits job, training in each style, ten thousand steps, and where their steps ran."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import ferroflow as tf

ROOT = Path(__file__).resolve().parents[2]
GPU = "/job:localhost/replica:0/task:0/device:GPU:0"
v1 = tf.compat.v1

# The first steps of examples/digits.py, and the scans that are read right after them.
DIGITS = """
import sys
sys.path.insert(0, sys.argv[1])
import digits
import numpy as np
from digits_data import load
import ferroflow.v1 as tf

(images, labels), _, (held, truth) = load(sys.argv[2], seed=1)
job = digits.Job(1, 3, sys.argv[3])
with tf.Session(graph=job.graph) as session:
    session.run(job.init)
    session.run(job.iterator.initializer, {job.images: images, job.labels: labels})
    for _ in range(100):
        loss, _ = session.run([job.loss, job.train], {job.keep_prob: 0.5})
        print(float(loss))
    print(np.mean(session.run(job.predicted, {job.x: held}) == truth))
"""
# What has to run on the device in each of its steps.
DIGITS_OPS = {
    "Conv2D",
    "Conv2DBackpropFilter",
    "Conv2DBackpropInput",
    "BiasAddGrad",
    "MatMul",
    "MaxPool",
    "MaxPoolGrad",
    "SoftmaxCrossEntropyWithLogits",
    "RandomUniform",
    "ApplyAdam",
}


def events(trace):
    """Name and device of each step in a trace file, but for those of first values, which as in TensorFlow ask for no device."""
    found = (event for event in json.loads(trace.read_text()) if "args" in event)
    return {(e["name"], e["args"]["device"]) for e in found if "/Initializer/" not in str(e["args"].get("node"))}


def run(program, *arguments, **environment):
    given = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "0"} | environment
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=given, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.full
def test_the_digits_job(tmp_path):
    found = {}
    for device in ("/CPU:0", "/GPU:0"):
        trace = tmp_path / f"{device[1:4]}.json"
        done = run(DIGITS, ROOT / "examples", tmp_path / "digits.csv", device, FERROFLOW_TRACE=str(trace))
        assert "warning" not in done.stderr
        found[device] = np.array([float(line) for line in done.stdout.split()])
    here, there = found.values()
    np.testing.assert_allclose(there[:50], here[:50], rtol=1e-3)
    assert here[-1] > 0.9 and abs(there[-1] - here[-1]) < 0.01
    steps = events(tmp_path / "GPU.json")
    names = {name.removeprefix("_Fused") for name, device in steps if device == GPU}
    assert DIGITS_OPS <= names
    assert not {op for op in DIGITS_OPS if (op, GPU.replace("GPU", "CPU")) in steps}


@pytest.mark.full
def test_the_rust_example(tmp_path):
    sys.path.insert(0, str(ROOT / "examples"))
    from digits_data import write_csv

    write_csv(tmp_path / "digits.csv")
    for device in ("cpu", "gpu"):
        command = ["cargo", "run", "--quiet", "--profile", "fast", "--example", "digits", "--"]
        command += [str(tmp_path / "digits.csv"), "--device", device, "--epochs", "5"]
        trace = tmp_path / "trace.json"
        environment = os.environ | {"FERROFLOW_TRACE": str(trace)}
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
        assert done.returncode == 0, done.stderr
        assert float(re.search(r"accuracy on 599 held-back scans: ([\d.]+)", done.stdout)[1]) > 0.9
        assert ("ResourceApplyAdam", GPU) in events(trace) or device == "cpu"


OPTIMIZERS = {
    "descent": lambda: v1.train.GradientDescentOptimizer(0.3),
    "momentum": lambda: v1.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True),
    "adam": lambda: v1.train.AdamOptimizer(0.05),
    "rmsprop": lambda: v1.train.RMSPropOptimizer(0.02, momentum=0.5),
    "adagrad": lambda: v1.train.AdagradOptimizer(0.3),
    "adadelta": lambda: v1.train.AdadeltaOptimizer(10.0),
}
rng = np.random.default_rng(3)
X = rng.normal(size=(32, 6)).astype(np.float32)
LABELS = np.argmax(X @ rng.normal(size=(6, 3)), axis=1).astype(np.int64)
START = [rng.normal(size=(6, 8)), np.zeros(8), rng.normal(size=(8, 3))]
START = [w.astype(np.float32) for w in START]
STEPS = 15


def loss_of(x, labels, w, b, out):
    """A network of two layers, with a layer norm and a slice on the way."""
    hidden = tf.nn.leaky_relu(tf.nn.bias_add(tf.matmul(x, w), b))
    mean, variance = tf.nn.moments(hidden, [1], keepdims=True)
    hidden = tf.nn.batch_normalization(hidden, mean, variance, None, None, 1e-3)
    hidden = tf.concat([hidden[:, :4], hidden[:, 4:] * 2.0], 1)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=tf.matmul(hidden, out))
    return tf.reduce_mean(losses)


def train_in_steps(style, make):
    """Losses of training eagerly, or by a function."""
    variables = [tf.Variable(w) for w in START]
    optimizer = make()

    def step(x, labels):
        with tf.GradientTape() as tape:
            loss = loss_of(x, labels, *variables)
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return loss

    call = tf.function(step) if style == "function" else step
    return np.array([float(call(tf.constant(X), tf.constant(LABELS))) for _ in range(STEPS)])


def train_in_session(make, device, resource):
    """Losses of training in a session, with variables of either kind."""
    with tf.Graph().as_default(), tf.device(device):
        x, labels = v1.placeholder(tf.float32, [None, 6]), v1.placeholder(tf.int64, [None])
        loss = loss_of(x, labels, *[v1.Variable(w, use_resource=resource) for w in START])
        step = make().minimize(loss)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            return np.array([session.run([loss, step], {x: X, labels: LABELS})[0] for _ in range(STEPS)])


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("style", ["eager", "function", "session", "references"])
def test_training(style, name, hard):
    """Losses are the CPU's; nothing runs elsewhere than asked."""
    found = []
    for device in ("/CPU:0", "/GPU:0"):
        if style in ("eager", "function"):
            with tf.device(device):
                found.append(train_in_steps(style, OPTIMIZERS[name]))
        else:
            found.append(train_in_session(OPTIMIZERS[name], device, style == "session"))
    assert found[0][-1] < found[0][0] * 0.9
    np.testing.assert_allclose(found[1], found[0], rtol=1e-4)


def test_losses_come_when_they_are_asked_for():
    """Steps are handed over without waiting for their results."""
    with tf.device("/GPU:0"):
        x = tf.random.stateless_normal([64, 64], [1, 2])

        @tf.function
        def step(x):
            for _ in range(8):
                x = tf.matmul(x, x) / 16.0
            return tf.reduce_sum(x)

        float(step(x))
        shares = []
        for _ in range(3):  # what else runs on the processor may delay one of them
            before = time.perf_counter()
            sums = [step(x) for _ in range(3)]
            called = time.perf_counter() - before
            assert all(s.device == GPU for s in sums)
            values = [float(s) for s in sums]
            shares.append(called / (time.perf_counter() - before))
            assert len(set(values)) == 1
    assert min(shares) < 0.5, shares


LONG = """
import resource
import numpy as np
import ferroflow as tf

R = tf.raw_ops
rng = np.random.default_rng(0)
with tf.device("/GPU:0"):
    x = tf.constant(rng.normal(size=(32, 16)).astype(np.float32))
    y = tf.constant(rng.normal(size=(32, 4)).astype(np.float32))
    w, m = tf.Variable(tf.zeros([16, 4])), tf.Variable(tf.zeros([16, 4]))

    @tf.function
    def step(x):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - y) * tf.random.uniform([32, 4]))
        R.ResourceApplyMomentum(var=w.handle, accum=m.handle, lr=1e-3, grad=tape.gradient(loss, w), momentum=0.9)
        return loss

    def train(n):
        for _ in range(n // 100):
            losses = [step(x) for _ in range(100)]
        return np.array([float(loss) for loss in losses])

    used = lambda: (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, tf.config.experimental.get_memory_info("GPU:0")["current"])
    first = train(1000)
    before = used()
    last = train(9000)
    after = used()
    print((after[0] - before[0]) / 1024, after[1] - before[1], np.mean(first), np.mean(last))
"""


@pytest.mark.full
def test_ten_thousand_steps_in_flat_memory():
    grown, held, first, last = map(float, run(LONG).stdout.split())
    assert grown < 8, "MiB"
    assert held == 0
    assert np.isfinite(last) and last <= first
