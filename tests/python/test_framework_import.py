"""Importing the framework's foundation is cheap and pulls in nothing heavy."""

import os
import subprocess
import sys

from ferroflow.framework import dtypes

FRAMEWORK = os.path.dirname(os.path.abspath(dtypes.__file__))

# Stand-ins for the two packages, so that only the modules below are measured.
BARE = f"""
import sys, time
for name, folder in (("ferroflow", {os.path.dirname(FRAMEWORK)!r}), ("ferroflow.framework", {FRAMEWORK!r})):
    package = sys.modules[name] = type(sys)(name)
    package.__path__ = [folder]
start = time.process_time()
"""

ALL = """
from ferroflow.framework import (composite, data_nest, device_spec, dtypes, errors, nest, progress, protos,
    tensor_proto, tensor_shape, tensor_util, type_spec, variable_spec)
took = time.process_time() - start
print(took * 1e3, *[m for m in ("numpy", "re", "inspect", "typing", "dataclasses", "IPython") if m in sys.modules])
"""


def run(code, **more):
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | more
    # -S: what a site's own start-up files import is not ours.
    done = subprocess.run([sys.executable, "-S", "-c", BARE + code], capture_output=True, check=True, env=environment)
    assert done.stderr == b""
    return done.stdout.decode().split()


# What Python itself takes for one of its larger modules, to compare with.
PEER = """
import asyncio
print((time.process_time() - start) * 1e3)
"""


def test_import_is_cheaper_than_that_of_asyncio_and_needs_no_numpy(tmp_path):
    times, peers = [], []
    for _ in range(15):
        took, *heavy = run(ALL, PYTHONPYCACHEPREFIX=str(tmp_path))
        assert heavy == []
        times.append(float(took))
        peers.append(float(run(PEER, PYTHONPYCACHEPREFIX=str(tmp_path))[0]))
    assert min(times) < 0.3 * min(peers), f"{min(times):.1f} ms, asyncio {min(peers):.1f} ms"


def test_dtypes_are_named_without_numpy():
    code = """
from ferroflow.framework import dtypes
assert dtypes.as_dtype("half") is dtypes.float16 and dtypes.float32 != 3.5 and dtypes.float32 == float
print("numpy" in sys.modules)
"""
    assert run(code) == ["False"]
