"""Every kernel at odd sizes, for every dtype: within the entry's bound of NumPy; `test_machines.py` runs this for other instruction sets."""

import dataclasses

import numpy as np
import pytest
from cases import COMPLEX, FLOATS, dtypes_under_test, evaluate, make_case
from engines import Engines, arrays
from odd_cases import CALLS, NO_LOOP, WRAPS, texts
from op_table import table
from reference import Bound, NoReference, unit, widen

import ferroflow as tf

ENGINES = Engines(tf)
NAMES = sorted(name for name, op in table().items() if texts(op))


# Ops whose results are sums that may cancel: the numbers in them count, not what is left.
SUMS = ("Einsum", "SegmentSum", "SegmentMean", "SparseSegment", "MatMul", "BatchMatMul")
# Errors in units in the last place over the whole domain, where an entry's own few numbers need less.
ULP = {"Exp": 1.1, "RealDiv": 2.5, "Xdivy": 2.5}
# What bytes are multiplied in.
WIDER = {"BatchMatMulV3": {"int8": "int32", "uint8": "int32"}}


class OddBound(Bound):
    """The bound of a case that may have long sums, by Higham and Mary (SIAM J. Sci. Comput. 41, 2019)."""

    def __init__(self, case):
        name = case.op["name"]
        if wide := WIDER.get(name, {}).get(case.dtype):
            inputs = {key: value.astype(wide) for key, value in case.inputs.items()}
            case = dataclasses.replace(case, inputs=inputs, dtype=wide)
        test = case.op["test"] | {"ulp": ULP.get(name, case.op["test"]["ulp"])}
        super().__init__(dataclasses.replace(case, op=case.op | {"test": test}))
        half = unit(np.array(1.0), case.dtype) / 2 if case.dtype in FLOATS + COMPLEX else 0
        if name.startswith(SUMS) and half:
            terms = max(max(x.shape, default=1) for x in case.flat_inputs())
            moduli = self.again(
                lambda value: [np.abs(widen(x)) for x in value] if isinstance(value, list) else np.abs(widen(value))
            )
            self.slack = [np.maximum(s, half * terms**0.5 * np.abs(m)) for s, m in zip(self.slack, moduli)]
        if name == "SparseSoftmaxCrossEntropyWithLogits":
            # The gradient is a probability less one: what is left has the error of the probability.
            self.slack[1] = np.maximum(self.slack[1], half)


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_odd_shapes(name):
    """Sizes of 1, 3, 31, 257 and 513 in each place, and nothing."""
    op, faults, count = table()[name], [], 0
    for text in texts(op):
        attr, allowed = dtypes_under_test(op, evaluate(text, np.random.default_rng(0)))
        for dtype in allowed:
            if dtype in WRAPS.get(name, ()):
                continue
            case = make_case(op, text, attr, dtype)
            try:
                bound = OddBound(case)
            except NoReference:
                continue  # strings that NumPy cannot compute with
            count += 1
            fault = bound.fault(arrays(ENGINES.eager(case)))
            if fault:
                faults.append(f"{case.name()}: {fault}"[:300])
    assert count, "no case"
    assert not faults, f"{len(faults)} of {count} fail\n" + "\n".join(faults[:8])


def test_every_kernel_has_odd_shapes():
    """An op that has a reference has calls of odd sizes, unless it has no loop over elements."""
    assert set(CALLS) | NO_LOOP <= set(table())
    lacking = [name for name, op in table().items() if op["test"]["np"] and not texts(op) and name not in NO_LOOP]
    assert not lacking, lacking
