"""The table of ops on a GPU: every op and dtype that its kernels claim, against the entry's reference."""

import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ops"))

from cases import cases, dtype_name  # noqa: E402  the modules of the table of ops
from engines import Engines, arrays  # noqa: E402
from op_table import table  # noqa: E402
from reference import Bound, NoReference, same  # noqa: E402

import ferroflow as tf  # noqa: E402
from ferroflow.framework import engine  # noqa: E402

CLAIMED = {name: claim for name in table() if (claim := engine.gpu_dtypes(name)) is not None}
REFERENCED = sorted(name for name in CLAIMED if table()[name]["test"]["np"])
DTYPES = {"float32", "int32", "uint32", "bool", "int64"}
# Those that a GPU's memory holds otherwise than the host's.
EMULATED = {"uint64", "int8", "int16", "uint8", "uint16", "float16", "bfloat16", "float64"}


class OnGpu(Engines):
    """Asks for the GPU where an op is called."""

    def call(self, case, flat):
        with tf.device("/GPU:0"):
            return super().call(case, flat)

    def call_traced(self, function, flat):
        with tf.device("/GPU:0"):
            return super().call_traced(function, flat)


ENGINES = OnGpu(tf)


class Refused(Exception):
    """The GPU has no kernel for a case."""


def on_gpu(run, case):
    """Runs a case on the GPU or not at all."""
    try:
        return arrays(run(case))
    except tf.errors.InvalidArgumentError as error:
        if "device specification" in str(error):
            raise Refused(str(error)) from error
        raise


def claimed(case):
    """Whether the kernel takes the dtypes of a case."""
    claim = CLAIMED[case.op["name"]]
    known = set(next((claim[name] for name in ("T", "Ta", "Tparams", "dtype") if name in claim), DTYPES))
    some = DTYPES.union(*claim.values()) if "type" not in claim else set(claim["type"])
    given = {dtype_name(x) for x in case.flat_inputs()} | {case.attrs.get("type", "float32")}
    return case.dtype in known and given <= some


def some(of, each):
    """The first cases of each dtype."""
    seen = Counter()
    for case in of:
        seen[case.dtype] += 1
        if seen[case.dtype] <= each:
            yield case


@pytest.mark.parametrize("name", REFERENCED)
def test_values(name, hard):
    """Results are within the bound of the reference; an op that claims a dtype runs with it."""
    ran, faults = 0, []
    for case in chain(cases(table()[name], DTYPES), some(cases(table()[name], EMULATED), 1)):
        try:
            bound = Bound(case)
            found = on_gpu(ENGINES.eager, case)
        except NoReference:
            continue
        except Refused as refused:
            if claimed(case) and name not in ("Cast", "Equal", "NotEqual"):
                faults.append(f"{case.name()}: {refused}")
            continue
        ran += 1
        fault = bound.fault(found)
        if fault:
            faults.append(f"{case.name()}: {fault}"[:500])
    assert not faults, f"{len(faults)} of {ran} fail\n" + "\n".join(faults[:12])
    assert ran, "no case ran on the GPU"


@pytest.mark.parametrize("engine_name", ["session", "traced"])
@pytest.mark.parametrize("name", REFERENCED)
def test_engines(name, engine_name, hard):
    """Sessions and functions give the bits that the eager op gives."""
    different = []
    for case in cases(table()[name], {"float32"} if "float32" in DTYPES else DTYPES):
        try:
            eager = on_gpu(ENGINES.eager, case)
            other = on_gpu(getattr(ENGINES, engine_name), case)
        except Refused:
            continue
        if not all(a.dtype == b.dtype and same(a, b) for a, b in zip(eager, other, strict=True)):
            different.append(f"{case.name()}: {other} instead of {eager}"[:500])
    assert not different, "\n".join(different)
