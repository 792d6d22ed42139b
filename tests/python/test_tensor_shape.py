"""TensorShape and Dimension against real TensorFlow's answers."""

import copy
import pickle

import numpy as np
import oracle_tables
import pytest

from ferroflow.framework import tensor_shape as ts


def names():
    return {"T": ts.TensorShape, "D": ts.Dimension, "ts": ts, "np": np, "pickle": pickle}


def test_answers_are_tensorflows():
    assert not oracle_tables.differences("shape", names())


def test_answers_are_tensorflows_with_v1_behaviour():
    ts.disable_v2_tensorshape()
    try:
        assert not ts.v2_tensorshape_enabled()
        assert not oracle_tables.differences("shape_v1", names())
    finally:
        ts.enable_v2_tensorshape()
    assert ts.TensorShape([1])[0] == 1 and type(ts.TensorShape([1])[0]) is int


def test_a_shape_is_immutable_and_copies_are_itself():
    shape = ts.TensorShape([1, None])
    assert copy.copy(shape) is shape and copy.deepcopy(shape) is shape
    with pytest.raises(AttributeError):
        shape.rank = 3


def test_a_failed_iterator_is_reported_as_it_is():
    def broken():
        yield 1
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        ts.TensorShape(broken())


def test_subtypes_and_supertypes():
    known, partly, unknown = ts.TensorShape([2, 3]), ts.TensorShape([None, 3]), ts.TensorShape(None)
    assert known.is_subtype_of(partly) and partly.is_subtype_of(unknown) and not unknown.is_subtype_of(partly)
    assert partly.most_specific_common_supertype([known]) == partly
    assert known.most_specific_common_supertype([unknown]) == unknown
