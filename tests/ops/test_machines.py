"""Every op on other machines: the same bits for any number of threads, values within the bound on each instruction set."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def start(arguments, **settings):
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=HERE, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.full
def test_the_bits_of_results_do_not_depend_on_the_number_of_threads():
    """Large calls of all ops with loops for several threads, steps of training, gradients of loops: 1, 2 and 8 threads."""
    found = {}
    for threads in ("1", "2", "8"):
        child = start(["bits_of_results.py"], TF_NUM_INTRAOP_THREADS=threads)
        text, _ = child.communicate(timeout=600)
        assert child.returncode == 0
        found[threads] = json.loads(text)
    assert len(found["1"]) > 500
    for threads in ("2", "8"):
        other = [name for name, bits in found["1"].items() if found[threads][name] != bits]
        assert not other, f"{len(other)} results differ with {threads} threads: {other[:20]}"


@pytest.mark.full
@pytest.mark.parametrize("isa", ["portable", "avx2"])
def test_values_on_an_instruction_set(isa):
    """All cases of all ops; products are summed in another order there, for which the tests of the kernels have bounds."""
    chosen = "test_eager and not MatMul"
    child = start(["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_values.py", "-k", chosen], FERROFLOW_ISA=isa)
    text, _ = child.communicate(timeout=600)
    assert child.returncode == 0, text[-4000:]


@pytest.mark.full
@pytest.mark.parametrize("isa", ["portable", "avx2"])
def test_odd_shapes_on_an_instruction_set(isa):
    """All kernels at odd sizes, with the same reference as on the best instruction set."""
    child = start(["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_odd_shapes.py"], FERROFLOW_ISA=isa)
    text, _ = child.communicate(timeout=900)
    assert child.returncode == 0, text[-4000:]
