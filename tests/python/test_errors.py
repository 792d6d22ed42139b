"""The error classes against real TensorFlow's answers."""

import pickle
import warnings
from traceback import extract_stack

import oracle_tables
import pytest

import ferroflow as tf
from ferroflow.framework import errors


def test_answers_are_tensorflows():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert not oracle_tables.differences("errors", {"errors": errors, "pickle": pickle})


def test_from_code_gives_the_class_of_the_code():
    error = errors.from_code(errors.OUT_OF_RANGE, "End of sequence", node_def="node")
    assert type(error) is errors.OutOfRangeError
    assert (error.message, error.op, error.node_def, error.error_code) == ("End of sequence", None, "node", 11)
    odd = errors.from_code(77, "odd")
    assert type(odd) is errors.OpError and odd.error_code == 77


def test_notes_and_payloads_survive_pickling():
    error = errors.InternalError(None, None, "m", {"k": b"v"})
    error.add_note("op: Add")
    again = pickle.loads(pickle.dumps(error))
    assert again.__notes__ == ["op: Add"] and again.experimental_payloads == {"k": b"v"} and str(again) == "m"
    plain = pickle.loads(pickle.dumps(errors.OpError(None, None, "m", 3)))
    assert plain.error_code == 3


def test_the_text_names_the_operation_and_where_it_was_made():
    class Operation:
        name = "add_1"
        traceback = extract_stack()

    text = str(errors.InvalidArgumentError(None, Operation, "Incompatible shapes"))
    assert text.startswith("Incompatible shapes\n\nOriginal stack trace for 'add_1':\n")
    assert "test_errors.py" in text and len(text.splitlines()) <= 12


def test_an_error_of_a_run_has_its_operation():
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        x = tf.compat.v1.placeholder(tf.float32, [None], name="x")
        checked = tf.debugging.check_numerics(tf.reshape(x, [2], name="two"), "bad", name="checked")
        run = session.make_callable(checked, [x])
        for feed, name in (([1.0], "two"), ([1.0, float("nan")], "checked")):
            for call in (lambda feed=feed: session.run(checked, {x: feed}), lambda feed=feed: run(feed)):
                with pytest.raises(tf.errors.InvalidArgumentError) as caught:
                    call()
                error = caught.value
                assert error.op is session.graph.get_operation_by_name(name) and error.node_def.name == name
                assert str(error) == error.message
                assert pickle.loads(pickle.dumps(error)).node_def.name == name
        with pytest.raises(tf.errors.InvalidArgumentError) as caught:
            session.run(checked)
        assert caught.value.op is x.op
