"""Every public name can be looked up, at the top level and in compat.v1."""

import subprocess
import sys

import pytest

import ferroflow as tf
import ferroflow.compat.v1 as v1
from ferroflow._names import NAMES, V1, name_table
from ferroflow._op_names import OPS, OPS_V1


@pytest.mark.parametrize(("module", "table"), [(tf, NAMES), (tf, name_table(OPS)), (v1, V1), (v1, name_table(OPS_V1))])
def test_names_resolve(module, table):
    assert len(table) > 5
    for name in table:
        assert hasattr(module, name) or name == "newaxis", name
    assert set(table) <= set(dir(module))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'no_such_name'"):
        tf.no_such_name


@pytest.mark.parametrize(
    ("module", "name"),
    [("", "keras"), ("data", "CSVDataset"), ("train", "Checkpoint"), ("nn", "no_such"), ("compat.v1", "layers"),
     ("compat.v1.nn", "no_such"), ("summary", "no_such"), ("autograph", "no_such"), ("compat", "v3")],
)  # fmt: skip
def test_an_absent_name_says_where_to_look(module, name):
    path = ".".join(filter(None, ["ferroflow", module]))
    program = f"import ferroflow\nassert not hasattr({path}, {name!r})\n{path}.{name}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    error, note = done.stderr.splitlines()[-2:]
    # Python itself may add a name that is near.
    assert error.partition(". Did you mean")[0] == f"AttributeError: module {path!r} has no attribute {name!r}"
    assert (
        note.startswith(f"  fix: if {name!r} is TensorFlow's, Ferroflow does not have it yet: its README")
        and path in note
    )


def test_python_asks_for_its_own_names_without_a_note():
    with pytest.raises(AttributeError) as raised:
        tf.__no_such__
    assert not hasattr(raised.value, "__notes__")
