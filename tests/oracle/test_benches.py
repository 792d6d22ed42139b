"""The rows of the benches, with tiny sizes, compute in TensorFlow, XLA and JAX what they compute in Ferroflow."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = Path(__file__).resolve().parents[2] / "benches"


@pytest.mark.full
def test_every_row_agrees(tmp_path):
    options = "--rounds 1 --seconds 0.001 --packages tensorflow,jax --rows ^(?!.*process)".split()
    done = subprocess.run(
        [sys.executable, str(BENCHES / "run.py"), "--python", sys.executable, "--out", str(tmp_path), *options],
        env=os.environ | {"BENCH_TINY": "1"}, capture_output=True, text=True, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with open(tmp_path / "bench.json") as f:
        table = json.load(f)
    failed = {
        (name, column): cell["error"]
        for name, entry in table.items()
        for column, cell in entry["cells"].items()
        if "error" in cell
    }
    # Outside of XLA, TensorFlow has no convolutions of planes on CPUs.
    lacking = failed.pop(("conv 3x3 28x28x128, NCHW, batch 8", "tensorflow"))
    assert lacking.startswith("UnimplementedError") and failed == {}
    timed = {
        c: sum("time" in entry["cells"].get(c, {}) for entry in table.values())
        for c in ("ferroflow", "tensorflow", "xla", "jax")
    }
    assert timed["tensorflow"] > 90 and timed["xla"] > 85 and timed["jax"] > 90, timed
