"""Direct calls of ops with functions, datasets, iterators, variables and files: TensorFlow gives the values that the tests of ops expect."""

import numpy as np
import pytest
import tensorflow as tf
from direct import Tools, equal, plain
from op_table import table
from reference import unit
from test_direct import PROGRAMS
from test_training_steps import OPS, WRONG, class_of_error
from training_steps import steps

import ferroflow


@pytest.mark.parametrize("program", [one for one in PROGRAMS if not one.only_ours], ids=lambda program: program.name())
def test_program(program, tmp_path):
    for mode in program.modes:
        found = Tools(tf, mode, tmp_path).start(program)
        assert equal(plain(found), plain(program.expected)), f"{mode}: {found}"


@pytest.mark.parametrize("name", OPS)
def test_training_steps(name):
    """The error against double precision is at most TensorFlow's and one unit in the last place."""
    for step in steps(table()[name]):
        expected = step.expected()
        ours, theirs = (
            [
                float(np.max(np.abs(x.astype(y.dtype) - y) / unit(np.maximum(np.abs(y), 2.0**-4), step.dtype.name)))
                for x, y in zip(step.run(module), expected)
            ]
            for module in (ferroflow, tf)
        )
        assert all(a <= b + 1.0 for a, b in zip(ours, theirs)), (
            f"{step.dtype} {step.attrs}: {ours}, TensorFlow {theirs}"
        )


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", OPS)
def test_wrong_inputs_of_training_steps(name, wrong):
    """The same classes; what TensorFlow finds in the run Ferroflow may find when it builds the graph, with ValueError."""
    step = next(steps(table()[name]))
    ours, theirs = class_of_error(ferroflow, step, WRONG[wrong]), class_of_error(tf, step, WRONG[wrong])
    assert ours == theirs or (ours, theirs) == ("ValueError", "InvalidArgumentError")
