"""Importing the framework's foundation is cheap and pulls in nothing heavy."""

import os
import subprocess
import sys

CODE = """
import sys, time
start = time.process_time()
from ferroflow.framework import (composite, data_nest, device_spec, dtypes, errors, nest, progress, protos,
    tensor_proto, tensor_shape, tensor_util, type_spec, variable_spec)
took = time.process_time() - start
print(took * 1e3, *[m for m in ("numpy", "re", "inspect", "typing", "dataclasses", "IPython") if m in sys.modules])
"""


def test_import_takes_a_few_milliseconds_and_needs_no_numpy(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path)
    times = []
    for _ in range(15):
        # -S: what a site's own start-up files import is not ours.
        done = subprocess.run([sys.executable, "-S", "-c", CODE], capture_output=True, check=True, env=environment)
        took, *heavy = done.stdout.decode().split()
        assert heavy == [] and done.stderr == b""
        times.append(float(took))
    assert min(times) < 8, f"{min(times):.1f} ms"
