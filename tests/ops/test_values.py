"""Every op on every engine: values against the entry's reference, shapes known before the run against those after it."""

import pytest
from cases import cases
from engines import Engines, arrays
from op_table import table
from reference import Bound, NoReference, same

import ferroflow as tf

REFERENCED = sorted(name for name, op in table().items() if op["test"]["np"])
ENGINES = Engines(tf)


def collect(name, check, dtypes=None):
    """Calls `check` for each case of an op; fails with what it returns or raises."""
    faults, count = [], 0
    for case in cases(table()[name], dtypes):
        count += 1
        try:
            fault = check(case)
        except Exception as error:  # the report says which case it was, and goes on to the next
            fault = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        if fault:
            faults.append(f"{case.name()}: {fault}"[:500])
    assert count, "no case"
    assert not faults, f"{len(faults)} of {count} fail\n" + "\n".join(faults[:12])


def few_dtypes(name):
    """The dtypes that stand for all on the engines that share the eager kernels."""
    known = [case.dtype for case in cases(table()[name])]
    wanted = [dtype for dtype in ("float32", "int32", "bool", "string", "complex64") if dtype in known]
    return set(wanted or known)


@pytest.mark.parametrize("name", REFERENCED)
def test_eager(name):
    """Eager results are within the entry's bound of its reference, for every dtype of the kernel."""

    def check(case):
        try:
            bound = Bound(case)
        except NoReference:
            return None  # live TensorFlow is the reference then: tests/oracle
        return bound.fault(arrays(ENGINES.eager(case)))

    collect(name, check)


@pytest.mark.parametrize("engine", ["session", "unoptimised", "folded", "traced", "traced_node"])
@pytest.mark.parametrize("name", REFERENCED)
def test_engine(name, engine):
    """Every other engine gives the bits that the eager op gives."""

    def check(case):
        eager, other = ENGINES.outcome(ENGINES.eager, case), ENGINES.outcome(getattr(ENGINES, engine), case)
        if isinstance(eager, Exception):
            return None if type(eager) is type(other) else f"{other} instead of {eager}"
        equal = (
            isinstance(other, list)
            and len(eager) == len(other)
            and all(a.dtype == b.dtype and same(a, b) for a, b in zip(eager, other))
        )
        return None if equal else f"{other} instead of {eager}"

    collect(name, check, few_dtypes(name))


@pytest.mark.parametrize("name", REFERENCED)
def test_static_shape(name):
    """What is known of the shapes of results before the run is what they are, however little is known of the inputs."""

    def check(case):
        eager = ENGINES.outcome(ENGINES.eager, case)
        if isinstance(eager, Exception):
            return None  # there are no shapes; whether the error is right is for other tests
        actual = [list(x.shape) for x in eager]
        for known in ("all", "rank", "none"):
            for constant in (False, True):
                static = ENGINES.static_shapes(case, known, constant)
                if len(static) != len(actual) or not all(map(fits, static, actual)):
                    return f"static shapes {static}, actual ones {actual}; {known} known, constant integers: {constant}"
            traced = ENGINES.traced_shapes(case, known)
            if len(traced) != len(actual) or not all(map(fits, traced, actual)):
                return f"shapes in a traced function {traced}, actual ones {actual}; {known} known"
        return None

    collect(name, check, few_dtypes(name))


def fits(static, actual):
    """Whether a partly known shape allows a shape."""
    return static is None or (len(static) == len(actual) and all(a in (None, b) for a, b in zip(static, actual)))
