"""Direct calls of ops with functions, datasets, iterators, variables and files: TensorFlow gives the values that the tests of ops expect."""

import numpy as np
import pytest
import tensorflow as tf
from direct import Tools, equal, plain
from op_table import table
from reference import unit, usual
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
    """The errors against double precision are at most TensorFlow's there and one unit in the last place."""
    for step in steps(table()[name]):
        results = zip(step.expected(), step.run(ferroflow), step.run(tf), strict=True)
        for expected, ours, theirs in results:
            sizes = np.abs(expected)
            one = unit(np.maximum(sizes, 2.0**-4), step.dtype.name)
            ours, theirs = (np.abs(x.astype(expected.dtype) - expected) / one for x in (ours, theirs))
            allowed = np.maximum(theirs, usual(theirs.ravel(), sizes.ravel(), sizes)) + 1.0
            assert (ours <= allowed).all(), f"{step.dtype} {step.attrs}: {ours}, TensorFlow {theirs}"


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", OPS)
def test_wrong_inputs_of_training_steps(name, wrong):
    """The same classes; what TensorFlow finds in the run Ferroflow may find when it builds the graph, with ValueError."""
    step = next(steps(table()[name]))
    ours, theirs = class_of_error(ferroflow, step, WRONG[wrong]), class_of_error(tf, step, WRONG[wrong])
    assert ours == theirs or (ours, theirs) == ("ValueError", "InvalidArgumentError")
