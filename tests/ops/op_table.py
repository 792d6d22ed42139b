"""The op table as the tests see it: what `xtask dump` prints."""

import functools
import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def table():
    """All ops by name; each a dict with inputs, outputs, attrs, flags, gradient, gpu, test and kernel."""
    command = ["cargo", "run", "--quiet", "--profile", "fast", "--bin", "xtask", "--", "dump"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"xtask dump failed:\n{done.stderr}")
    return {op["name"]: op for op in json.loads(done.stdout)}


def attr_of(op, name):
    """The attribute `name` of an op."""
    return next(attr for attr in op["attrs"] if attr["name"] == name)


def has_own_tests(op):
    """Whether the entry names a test file instead of a reference expression."""
    return not op["test"]["np"] and bool(op["test"]["cases"])
