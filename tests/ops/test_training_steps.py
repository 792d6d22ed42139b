"""Every optimizer op, of resource and of reference variables, against its formula in NumPy, for every dtype of its kernel."""

import numpy as np
import pytest
from op_table import table
from reference import nudged, unit
from training_steps import STEPS, Step, kind, steps

import ferroflow as tf

OPS = sorted(name for name in table() if "Apply" in name)


def errors(step, found):
    """The largest error of each result in units in the last place, beyond what a change of the inputs in the last place does."""
    expected = step.expected()
    slack = [np.zeros(x.shape) for x in expected]
    random = np.random.default_rng(2)
    for _ in range(4):
        moved = Step(step.op, step.dtype, step.attrs)
        moved.inputs = {name: nudged(x, random) for name, x in step.inputs.items()}
        slack = [np.maximum(s, np.abs(a - b)) for s, a, b in zip(slack, expected, moved.expected())]
    units = [unit(np.maximum(np.abs(x), 2.0**-4), step.dtype.name) for x in expected]
    found = [x.astype(y.dtype) for x, y in zip(found, expected)]
    return np.array([np.max((np.abs(x - y) - 2 * s) / u) for x, y, s, u in zip(found, expected, slack, units)])


@pytest.mark.parametrize("name", OPS)
def test_results(name):
    """At most the error of the formula in NumPy with numbers of the same dtype, and one unit in the last place."""
    for step in steps(table()[name]):
        ours, numpys = errors(step, step.run(tf)), errors(step, step.expected(step.dtype))
        assert np.all(ours <= np.maximum(numpys, 0.0) + 1.0), f"{step.dtype} {step.attrs}: {ours}, NumPy {numpys}"


WRONG = {
    "a gradient of another shape": lambda inputs: changed(inputs, ("grad", "delta"), lambda x: x[:, :2]),
    "a rate that is no scalar": lambda inputs: changed(inputs, ("lr", "alpha"), lambda x: np.stack([x, x])),
    "a row that is not there": lambda inputs: changed(inputs, ("indices",), lambda x: x + 5),
    "fewer rows than indices": lambda inputs: changed(inputs, ("indices",), lambda x: x[:3]),
}


def changed(inputs, names, change):
    """The inputs with some of them changed."""
    return {name: change(x) if name in names else x for name, x in inputs.items()}


def class_of_error(tf, step, change):
    """The name of the class of the error that a changed step ends with."""
    try:
        step.run(tf, change)
    except (tf.errors.OpError, ValueError) as error:
        return type(error).__name__
    return "no error"


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", OPS)
def test_wrong_inputs(name, wrong):
    step = next(steps(table()[name]))
    if "row" in wrong and not step.sparse:
        return
    expected = "InvalidArgumentError" if wrong == "a row that is not there" else "ValueError"
    assert class_of_error(tf, step, WRONG[wrong]) == expected


def test_every_formula_is_used():
    assert {kind(name) for name in OPS} == set(STEPS)
