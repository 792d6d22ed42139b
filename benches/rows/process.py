"""Rows that watch whole processes: import, installed size, peak and growth of memory, Ctrl-C."""

import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys

from rows import TINY, Row

HEADS = {
    "ferroflow": ("import ferroflow as tf", "tf.constant([1.0]) + 1.0"),
    "tensorflow": ("import tensorflow as tf", "tf.constant([1.0]) + 1.0"),
    "torch": ("import torch", "torch.tensor([1.0]) + 1.0"),
    "jax": ("import jax.numpy as jnp", "(jnp.array([1.0]) + 1.0).block_until_ready()"),
    "onnxruntime": ("import onnxruntime", "pass"),
}
IMPORT = """
import time, numpy
start = time.perf_counter()
{head}
print(1e3 * (time.perf_counter() - start))
"""
FIRST = """
import time, numpy
{head}
start = time.perf_counter()
{first}
print(1e3 * (time.perf_counter() - start))
"""
# Threads of the process, less those that NumPy's import starts.
THREADS = """
import os, numpy
before = len(os.listdir("/proc/self/task"))
{head}
print(len(os.listdir("/proc/self/task")) - before)
"""
MEMORY = """
import re, numpy as np
{head}
v1 = tf.compat.v1
def memory(field):
    return int(re.search(field + r":\\s*(\\d+)", open("/proc/self/status").read())[1]) * 1024
"""
PEAK = (
    MEMORY
    + """
with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [None]); y = x + 1.0
    session = v1.Session()
    session.run(y, {{x: np.zeros(4, np.float32)}})
    before = memory("VmRSS")
    assert session.run(y, {{x: np.ones(1 << 24, np.float32)}})[-1] == 2
print((memory("VmHWM") - before) / 1e6)
"""
)
GROWTH = (
    MEMORY
    + """
with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [None]); y = x * 2.0 + 1.0
    session = v1.Session()
    for i in range({calls} + 1000):
        a = np.full(3 + i % 3, i % 7, np.float32)
        assert session.run(y, {{x: a}})[0] == i % 7 * 2 + 1
        if i == 999:
            before = memory("VmRSS")
print(max(memory("VmRSS") - before, 0) / 2**20)
"""
)
INTERRUPT = """
import os, signal, threading, time
{head}
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
v1 = tf.compat.v1
with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [])
    _, total = v1.while_loop(lambda i, t: i < 2_000_000_000, lambda i, t: (i + 1, tf.sin(t)), (0, x))
    session = v1.Session()
    asked = []

    def interrupt():
        asked.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Timer(0.5, interrupt).start()
    try:
        session.run(total, {{x: 1.0}})
    except KeyboardInterrupt:
        print(1e3 * (time.perf_counter() - asked[0]))
"""
CALLS = 2000 if TINY else 100_000


def run(code, name):
    """A new interpreter's output for `code`, and what it said on the way."""
    head, first = HEADS[name]
    code = code.format(head=head, first=first, calls=CALLS)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


def printed(code):
    """Package -> a function that runs `code` in a new interpreter and gives the number that it prints."""
    return {name: lambda p, name=name: float(run(code, name).stdout) for name in HEADS}


def characters(p):
    """Characters that an import and a first op print."""
    done = run("{head}\n{first}\n", p.name)
    return len(done.stdout + done.stderr)


def installed(p):
    """MB of the files of a package and of what it requires, but for NumPy."""
    found, left = {"numpy"}, [{"tensorflow": "tensorflow_cpu"}.get(p.name, p.name)]
    total = 0
    while left:
        name = left.pop().lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        try:
            package = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            if not total:  # a source tree, not an installed package
                folder = os.path.dirname(importlib.util.find_spec(p.name).origin)
                total += sum(os.path.getsize(os.path.join(at, f)) for at, _, files in os.walk(folder) for f in files)
            continue
        for file in package.files or []:
            path = package.locate_file(file)
            total += os.path.getsize(path) if os.path.exists(path) else 0
        left += [re.match(r"[\w.-]+", r)[0] for r in package.requires or [] if "extra ==" not in r]
    return total / 1e6


def only(makers, *names):
    return {name: maker for name, maker in makers.items() if name in names}


SESSIONS = ("ferroflow", "tensorflow")
ROWS = [
    Row("import beyond NumPy", [], printed(IMPORT), "process", limit=60, unit="ms"),
    Row("first op after the import", [], only(printed(FIRST), "ferroflow", "tensorflow", "torch", "jax"), "process", limit=20, unit="ms"),
    Row("installed size without NumPy", [], dict.fromkeys(HEADS, installed), "process", limit=40, unit="MB"),
    Row("threads started by the import", [], printed(THREADS), "process", limit=0, unit="threads"),
    Row("characters printed by import and first op", [], dict.fromkeys(HEADS, characters), "process", limit=0, unit="characters"),
    Row("peak of a 64 MiB feed, add, fetch", [], only(printed(PEAK), *SESSIONS), "process", limit=138.2, unit="MB"),
    Row("growth over 100,000 runs", [], only(printed(GROWTH), *SESSIONS), "process", limit=5, unit="MiB"),
    Row("Ctrl-C in a long run", [], only(printed(INTERRUPT), "ferroflow"), "process", limit=200, unit="ms"),
]  # fmt: skip
