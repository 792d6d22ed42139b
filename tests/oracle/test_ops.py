"""Every op next to live TensorFlow: values, errors, static shapes and gradients for each case of each entry."""

import functools

import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf
from cases import COMPLEX, FLOATS, cases, dtype_name, special_values
from engines import Engines
from hard_points import POINTS, errors, exact_values, outputs
from op_table import table
from reference import Bound, NoReference, same, usual
from test_conformance import expected_differences

import ferroflow

# Calls that end TensorFlow's process.
ABORTS = {"ConjugateTranspose"}

OURS, THEIRS = Engines(ferroflow), Engines(tf)
REFERENCED = sorted(name for name, op in table().items() if op["test"]["np"])
RULES = [name for name in REFERENCED if table()[name]["gradient"]["kind"] != "missing"]
# Ops whose only input is a random or zero-free domain still meet these values here, if all of their inputs are floats.
ELEMENTWISE = [name for name in REFERENCED if not table()[name]["test"]["cases"]]


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
    assert not faults, f"{len(faults)} of {count} fail\n" + "\n".join(faults[:8])


def has_no_answer(outcome):
    """Whether TensorFlow itself cannot: no code for a dtype or rank that it registers."""
    return isinstance(outcome, tf.errors.UnimplementedError) or "Only ranks up to" in str(
        getattr(outcome, "message", "")
    )


def theirs_of(case):
    """TensorFlow's outcome; it has no eager Const."""
    if case.op["name"] in ABORTS:
        return tf.errors.UnimplementedError(None, None, "TensorFlow aborts")
    return THEIRS.outcome(THEIRS.session if case.op["name"] == "Const" else THEIRS.eager, case)


@pytest.mark.parametrize("name", REFERENCED)
def test_values(name):
    """Same dtypes and shapes, same bits where nothing is rounded; else at most TensorFlow's own error there and one unit."""

    def check(case):
        ours, theirs = OURS.outcome(OURS.eager, case), theirs_of(case)
        if isinstance(theirs, Exception):
            alike = has_no_answer(theirs) or type(ours).__name__ == type(theirs).__name__
            return None if alike else f"{ours} instead of {theirs}"
        if isinstance(ours, Exception):
            return f"{ours} instead of {theirs}"
        if [(x.dtype, x.shape) for x in ours] != [(x.dtype, x.shape) for x in theirs]:
            return f"{[(x.dtype.name, x.shape) for x in ours]} instead of {[(x.dtype.name, x.shape) for x in theirs]}"
        if all(map(same, ours, theirs)):
            return None
        try:
            bound = Bound(case)
        except NoReference:
            return f"{ours} instead of {theirs}"
        fault = bound.fault(ours, own_errors(bound, theirs))
        return fault and bound.fault(ours, usual_errors(bound, theirs))

    collect(name, check)


def own_errors(bound, outputs):
    """TensorFlow's error in each element of each output."""
    return [bound.errors(x, i) if rounds(x) else np.zeros(x.shape) for i, x in enumerate(outputs)]


def usual_errors(bound, outputs):
    """For each element the larger one of TensorFlow's error in it and of what is usual next to it."""
    pools = errors_of_dtype(bound.case.op["name"], bound.case.dtype)
    return [
        np.maximum(own, usual(*pools[i], bound.sizes(i))) if rounds(outputs[i]) else own
        for i, own in enumerate(own_errors(bound, outputs))
    ]


@functools.cache
def errors_of_dtype(name, dtype):
    """TensorFlow's errors in all elements of each output, over all cases of a dtype, and the sizes of the exact values."""
    pools = {}
    for case in cases(table()[name], {dtype}):
        outputs = theirs_of(case)
        if isinstance(outputs, list):
            bound = Bound(case)
            for i, errors in enumerate(own_errors(bound, outputs)):
                if rounds(outputs[i]):
                    pools.setdefault(i, []).append((errors.ravel(), bound.sizes(i).ravel()))
    return {i: [np.concatenate(parts) for parts in zip(*pairs)] for i, pairs in pools.items()}


def rounds(array):
    return dtype_name(array) in FLOATS + COMPLEX


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_special_values(name):
    """Zeros of both signs, the largest numbers, infinities and NaN: in pairs, for two operands."""

    def check(case):
        values = special_values(case.dtype)
        if len(case.flat_inputs()) == 2:
            first, second = np.meshgrid(values, values)
            case.inputs = case.with_flat_inputs([first.ravel(), second.ravel()])
        else:
            case.inputs = case.with_flat_inputs([values] * len(case.flat_inputs()))
        ours, theirs = OURS.outcome(OURS.eager, case), theirs_of(case)
        if isinstance(theirs, Exception):
            return None if has_no_answer(theirs) or isinstance(ours, Exception) else f"{ours} instead of {theirs}"
        bound = Bound(case)
        for number, (a, b) in enumerate(zip(ours, theirs)):
            wrong = differ(a, b, bound, number) & ~tiny(a, b, *case.flat_inputs())
            if wrong.any():
                inputs = [x[wrong][:4] for x in case.flat_inputs()]
                return f"output {number} for {inputs}: {a[wrong][:4]} instead of {b[wrong][:4]}"
        return None

    seen, known = set(), expected_differences()

    def once(case):
        if case.dtype in seen or case.dtype not in FLOATS:
            return None
        seen.add(case.dtype)
        fault = check(case)
        if (name, f"special values in {case.dtype}") in known:
            return None if fault else "no longer differs: take it off differences.txt"
        return fault

    collect(name, once)


def tiny(*many):
    """Where a float is subnormal: TensorFlow takes those for 0, Ferroflow does not, as NumPy."""
    limits = [float(ml_dtypes.finfo(x.dtype).tiny) if rounds(x) else 0.0 for x in many]
    return np.any([(x != 0) & (np.abs(x.astype(np.float64)) < limit) for x, limit in zip(many, limits)], axis=0)


def differ(ours, theirs, bound, number):
    """Where results differ: NaN, sign and infinity always, values beyond TensorFlow's own error and one unit."""
    if not rounds(ours):
        return ours != theirs
    with np.errstate(all="ignore"):
        nan = np.isnan(ours) | np.isnan(theirs)
        wrong = np.isnan(ours) != np.isnan(theirs)
        wrong |= ~nan & (np.signbit(ours) != np.signbit(theirs))
        worse = bound.errors(ours, number) > bound.errors(theirs, number) + 1.0
    return wrong | (~nan & (ours != theirs) & worse)


@pytest.mark.parametrize("name", REFERENCED)
def test_static_shapes(name):
    """As much is known of results before the run as in TensorFlow, however much is known of the inputs."""

    def check(case):
        for known in ("all", "rank", "none"):
            for constant in (False, True):
                try:
                    theirs = THEIRS.static_shapes(case, known, constant)
                except (ValueError, TypeError, tf.errors.OpError):
                    continue  # the case is at fault for TensorFlow; test_values compares the errors
                ours = OURS.static_shapes(case, known, constant)
                if not all(map(tells_as_much, ours, theirs)):
                    return f"{ours} instead of {theirs}; {known} known, constant integers: {constant}"
        return None

    first = {}
    for case in cases(table()[name]):
        first.setdefault(case.text, case.dtype)
    collect(name, lambda case: check(case) if first[case.text] == case.dtype else None)


def tells_as_much(ours, theirs):
    """Whether our static shape says at least what TensorFlow's says, and nothing against it."""
    if theirs is None:
        return True
    return ours is not None and len(ours) == len(theirs) and all(b is None or a == b for a, b in zip(ours, theirs))


def squares(module, tensors):
    """A scalar in which each element of the tensors has a weight of its own."""
    present = [(0.5 + 0.1 * k, module.convert_to_tensor(g)) for k, g in enumerate(tensors) if g is not None]
    return module.add_n([module.reduce_sum(g * g) * weight for weight, g in present])


def of_order(module, order, value, at):
    """Gradients by nested tapes; `value` computes what is differentiated."""
    with module.GradientTape() as tape:
        for x in at:
            tape.watch(x)
        if order == 1:
            target = value()
        else:
            found = of_order(module, order - 1, value, at)
            if all(g is None for g in found):
                return found
            target = squares(module, found)
    return tape.gradient(target, at)


def derivatives(module, case, order, way):
    """Gradients of an order, for the float64 inputs, of the sum of all float64 outputs: arrays, None, or the error's class name.

    `way` is "tape", "function" (tapes around a call of a traced function) or "graph".
    """
    engines = Engines(module)

    def call(*inputs):
        return [out for out in engines.call(case, inputs) if out.dtype == module.float64]

    try:
        if way == "graph":
            return graph_derivatives(module, order, call, engines, case)
        inputs = engines.constants(case)
        at = [x for x in inputs if x.dtype == module.float64]
        call = module.function(call, autograph=False) if way == "function" else call
        found = of_order(module, order, lambda: call(*inputs), at)
    except (module.errors.OpError, LookupError, ValueError, TypeError) as error:
        return type(error).__name__
    return [None if g is None else module.convert_to_tensor(g).numpy() for g in found]


def graph_derivatives(module, order, call, engines, case):
    """Gradients by `tf.gradients`, from a session."""
    with module.Graph().as_default() as graph:
        inputs = engines.constants(case)
        at = [x for x in inputs if x.dtype == module.float64]
        found = module.gradients(call(*inputs), at)
        if order == 2 and any(g is not None for g in found):
            found = module.gradients(squares(module, found), at)
        wanted = [module.convert_to_tensor(g) for g in found if g is not None]
    with module.compat.v1.Session(graph=graph) as session:
        values = iter(session.run(wanted))
    return [None if g is None else next(values) for g in found]


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("name", RULES)
def test_gradients(name, order):
    """The same gradients, and None at the same places; the first cases of an op in functions and graphs too."""
    left = 2

    def check(case):
        nonlocal left
        if not any(x.dtype == np.float64 for x in case.flat_inputs()):
            return None
        if case.op["name"] == "SoftmaxCrossEntropyWithLogits" and len({x.shape for x in case.flat_inputs()}) > 1:
            return None  # TensorFlow does not sum over broadcast axes: its gradient has another shape than the input
        left -= 1
        for way in ("tape", "function", "graph") if left >= 0 else ("tape",):
            ours, theirs = derivatives(ferroflow, case, order, way), derivatives(tf, case, order, way)
            # Where TensorFlow's rule fails although its op runs, the difference quotients test ours.
            if not isinstance(theirs, str) and not (
                isinstance(ours, list) and all(close(a, b, way) for a, b in zip(ours, theirs, strict=True))
            ):
                return f"{way}: {ours} instead of {theirs}"
        return None

    collect(name, check, {"float64"})


def close(a, b, way):
    if way == "function":  # in TensorFlow a function's gradient is zero for some inputs that nothing flows to
        a, b = (np.zeros(()) if one is None else one for one in (a, b))
        return np.allclose(a, b, rtol=1e-11, atol=1e-11, equal_nan=True)
    if a is None or b is None:
        return a is b
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-11, atol=1e-11, equal_nan=True)


@pytest.mark.parametrize("name", POINTS)
def test_hard_points(name):
    """Errors are at most TensorFlow's there and one unit in the last place."""
    exact = exact_values(name)
    (ours, sizes), (theirs, _) = (errors(outputs(module, name), exact) for module in (ferroflow, tf))
    allowed = np.maximum(theirs, usual(theirs, sizes, sizes)) + 1.0
    beyond = [(float(a), float(b), float(x)) for a, b, x in zip(ours, allowed, sizes) if a > b]
    assert not beyond, f"errors, those allowed, values: {beyond[:8]}"
