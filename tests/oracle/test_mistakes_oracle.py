"""The class and the first line of the error of each seeded mistake are TensorFlow's, wherever it rejects the mistake too."""

import re
import sys
from pathlib import Path

import pytest
import tensorflow

import ferroflow
import ferroflow.compat.v1

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "errors"))

import mistakes  # noqa: E402
from reports import report  # noqa: E402

# Mistakes whose class or first line differs, with the reason.
DIFFER = {
    "batch_of_other_shapes": "TensorFlow's optimiser made one step of map and batch, which says it in other words",
    "matmul_of_fed_sizes": "the message is that of TensorFlow's oneDNN kernel, which the comparisons leave out",
    "unknown_argument": "raw ops are functions of the op's own name here",
    "missing_argument": "raw ops are functions of the op's own name here",
    "placeholder_in_eager_mode": "placeholders work without a mode switch here, so that the mistake shows later",
    "write_into_a_tensor": "the name of the class is the package's",
    "value_of_a_variable_in_a_session": "the error names the line of the read and the cure",
}


def first_line(text):
    """The first line of a text without the places and op names that TensorFlow writes round it."""
    lines = [line for line in text.split("\n") if line.strip()]
    if text.startswith("Graph execution error:"):
        nodes = [at for at, line in enumerate(lines) if line.startswith("Node:")]
        lines = lines[nodes[0] + 1 :] if nodes else lines[1:]
    elif text.startswith("in user code:"):
        # Behind the frames, in front of the notes.
        lines = [line.split(": ", 1)[1] for line in lines if re.match(r" {4}\w+: ", line)]
    line = lines[0] if lines else ""
    line = re.sub(r"^\{\{function_node [^}]*\}\} ", "", line)
    line = re.sub(r"^Error in user-defined function passed to \S+ transformation with iterator: \S+: ", "", line)
    line = re.sub(r" \[Op:\w+\].*$", "", line)
    line = re.sub(r" for '\{\{node .*$", "", line)
    # Where the page with more is, and which objects two graphs are.
    line = re.sub(r" See https://\S+ for more information\.$", "", line)
    return re.sub(r" \(graphs are <.*> and <.*>\)\.$", "", line)


@pytest.mark.parametrize("name", [name for name in mistakes.ALL if name not in DIFFER])
def test_class_and_first_line_are_tensorflows(name):
    want = report(name, tensorflow, tensorflow.compat.v1)
    have = report(name, ferroflow, ferroflow.compat.v1)
    assert want is not None and have is not None
    assert (type(have.error).__name__, first_line(have.text)) == (type(want.error).__name__, first_line(want.text))


@pytest.mark.parametrize("name", DIFFER)
def test_listed_differences_are_still_there(name):
    want = report(name, tensorflow, tensorflow.compat.v1)
    have = report(name, ferroflow, ferroflow.compat.v1)
    assert want is None or (type(have.error).__name__, first_line(have.text)) != (
        type(want.error).__name__,
        first_line(want.text),
    )
