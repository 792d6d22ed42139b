"""Every public name can be looked up, at the top level and in compat.v1."""

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
