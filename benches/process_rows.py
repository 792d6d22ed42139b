"""Rows of the frame benchmark that watch whole processes: what an import leaves, growth over many runs, Ctrl-C."""

import subprocess
import sys

# Threads of the process (less those that NumPy's import starts), and characters printed, after an import and a first op.
QUIET = """
import os, numpy
before = len(os.listdir("/proc/self/task"))
{head}
after = len(os.listdir("/proc/self/task")) - before
{first}
import sys; sys.stdout.flush(); sys.stderr.write("|" + str(after))
"""

GROWTH = """
import re, numpy as np
{imports}

def memory():
    return int(re.search(r"VmRSS:\\s*(\\d+)", open("/proc/self/status").read())[1]) * 1024

with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [None]); y = x * 2.0 + 1.0
    session = v1.Session()
    for i in range({calls} + 1000):
        a = np.full(3 + i % 3, i % 7, np.float32)
        assert session.run(y, {{x: a}})[0] == i % 7 * 2 + 1
        if i == 999:
            before = memory()
print((memory() - before) / 2**20)
"""

INTERRUPT = """
import os, signal, threading, time
{imports}

with tf.Graph().as_default():
    x = v1.placeholder(tf.float32, [])
    _, total = v1.while_loop(lambda i, t: i < 2_000_000_000, lambda i, t: (i + 1, tf.sin(t)), (0, x))
    double = x * 2.0
    session = v1.Session()
    session.run(double, {{x: 1.0}})
    asked = []

    def interrupt():
        asked.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Timer(0.5, interrupt).start()
    try:
        session.run(total, {{x: 1.0}})
    except KeyboardInterrupt:
        print(1e3 * (time.perf_counter() - asked[0]))
    assert session.run(double, {{x: 2.0}}) == 4.0
"""


def number(code):
    """What a new interpreter prints for `code`, as a number."""
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def quiet_rows(head, first):
    """Threads that an import starts, and characters that it and a first op print."""
    code = QUIET.format(head=head, first=first)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    printed, _, threads = (done.stdout + done.stderr).rpartition("|")
    return {"threads started by the import": int(threads), "characters printed by import and first op": len(printed)}


def session_rows(package, calls):
    """Growth of memory over runs of a session; for us also how soon Ctrl-C stops a loop, which TensorFlow runs to its end."""
    imports = f"import {package} as tf; v1 = tf.compat.v1"
    rows = {f"growth over {calls:,} runs, MiB": max(number(GROWTH.format(imports=imports, calls=calls)), 0.0)}
    if package == "ferroflow":
        rows["Ctrl-C in a long run, ms"] = number(INTERRUPT.format(imports=imports))
    return rows
