"""Each seeded mistake is rejected with a short error that names the user's line, the op and a way out; texts are pinned.

`FERROFLOW_WRITE_SNAPSHOTS=1` writes `mistakes.txt` anew: read what changed before committing it.
"""

import os
from collections import Counter
from pathlib import Path

import mistakes
import pytest
from reports import PACKAGE, marked_line, normalised, report

import ferroflow as tf
import ferroflow.compat.v1 as v1

SNAPSHOTS = Path(__file__).with_name("mistakes.txt")
MOST_LINES = 12
# Errors of ops whose operands have dtypes and shapes show them all; a dataset's handle or the run of a whole graph has none.
NO_OPERANDS = {"placeholder_not_fed", "end_of_a_one_shot_iterator", "iterator_not_initialised"}
# Errors in the shape or dtype of operands that say how to mend it.
WITH_FIX = {
    "add_of_other_length",
    "add_of_other_length_in_a_graph",
    "matmul_of_other_inner_size",
    "matmul_of_fed_sizes",
    "sum_over_a_missing_axis",
    "convolution_of_other_depth",
    "add_of_integers_and_floats",
    "logic_on_numbers",
    "matmul_of_two_dtypes_in_a_graph",
    "name_with_a_space",
    "placeholder_not_fed",
    "feed_of_another_shape",
    "feed_of_another_rank",
    "feed_that_is_no_dict",
    "variable_not_initialised",
    "gradient_given_with_another_shape_at_run_time",
    "tape_gradient_of_another_shape",
    "batch_of_other_shapes",
    "element_function_with_a_wrong_shape",
    "value_of_a_variable_in_a_session",
    "reshape_to_another_size",
    "reshape_to_another_size_in_a_graph",
    "tensors_of_two_graphs",
    "feed_under_an_unknown_name",
    "feed_of_another_graph",
    "fetch_of_nothing",
    "fetch_of_a_number",
    "fetch_of_an_unknown_tensor",
    "fetch_of_an_unknown_operation",
    "fetch_of_another_graph",
    "fetch_from_an_empty_graph",
    "reference_variable_not_initialised",
    "variable_initialised_in_another_session",
    "slices_of_other_lengths",
    "batch_of_nothing",
    "unknown_padding",
    "unknown_padding_in_a_graph",
    "graph_tensor_as_a_condition",
    "loop_over_a_graph_tensor",
}


def made(name):
    found = report(name, tf, v1)
    assert found is not None, "nothing rejected the mistake"
    return found


def entry(name):
    found = made(name)
    return f"== {mistakes.ALL[name][0]}: {name}\n{type(found.error).__name__}: {normalised(found.text)}\n"


def test_five_mistakes_of_each_kind():
    count = Counter(kind for kind, _ in mistakes.ALL.values())
    assert set(count) == set(mistakes.KINDS) and min(count.values()) >= 5 and len(mistakes.ALL) >= 50


@pytest.mark.parametrize("name", mistakes.ALL)
def test_the_error_is_short_and_names_the_users_line(name):
    found = made(name)
    assert len(found.text.split("\n")) <= MOST_LINES
    assert marked_line(name) in found.places, f"it names {found.places}:\n{found.text}"
    assert not any(file.is_relative_to(PACKAGE) for file, _ in found.places)


@pytest.mark.parametrize("name", mistakes.ALL)
def test_the_error_of_an_op_names_it_and_its_operands(name):
    lines = made(name).text.split("\n")
    ops = [line for line in lines if line.startswith("  op: ")]
    assert len(ops) <= 1
    if ops and name not in NO_OPERANDS:
        assert any(line.endswith("]") and line.count(" ") >= 4 for line in lines[1:]) or name in WITH_FIX


@pytest.mark.parametrize("name", sorted(WITH_FIX))
def test_the_error_says_how_to_mend_it(name):
    assert "\n  fix: " in made(name).text


def test_gradients_name_the_forward_op():
    text = made("gradient_given_with_another_shape_at_run_time").text
    assert "  in the gradient of: Square 'Square' (" in text
    assert "  in the gradient of: Mul\n" in made("tape_gradient_of_another_shape").text


def test_texts_are_as_pinned():
    text = "\n".join(entry(name) for name in mistakes.ALL)
    if os.environ.get("FERROFLOW_WRITE_SNAPSHOTS"):
        SNAPSHOTS.write_text(text)
    assert text == SNAPSHOTS.read_text()
