"""DType against real TensorFlow's answers."""

import copy
import pickle
import subprocess
import sys

import numpy as np
import oracle_tables
import pytest

from ferroflow.framework import dtypes


def test_answers_are_tensorflows():
    assert not oracle_tables.differences("dtypes", {"dtypes": dtypes, "np": np, "pickle": pickle})


def test_there_is_one_object_for_each_type():
    assert dtypes.DType(1) is dtypes.float32 is dtypes.as_dtype("float32") is copy.deepcopy(dtypes.float32)
    assert dtypes.float32._as_ref._as_ref is dtypes.float32._as_ref
    assert dtypes.float32._as_ref.base_dtype is dtypes.float32
    assert pickle.loads(pickle.dumps(dtypes.float32._as_ref)) is dtypes.float32._as_ref


def test_a_dtype_is_immutable():
    with pytest.raises(AttributeError, match="immutable"):
        dtypes.float32._name = "x"
    with pytest.raises(AttributeError, match="immutable"):
        del dtypes.float32._name


def test_without_ml_dtypes_a_registered_type_stands_for_bfloat16_and_float8_names_the_package():
    code = """
import sys
sys.modules["ml_dtypes"] = None
import numpy as np
from ferroflow.framework import dtypes as d
try:
    d.bfloat16.as_numpy_dtype
except ImportError as e:
    print(e)
class own(np.void): pass
d.register_bfloat16(own)
print(d.bfloat16.as_numpy_dtype is own, d.bfloat16._as_ref.as_numpy_dtype is own, repr(d.as_dtype(own)))
try:
    d.float8_e5m2.as_numpy_dtype
except ImportError as e:
    print(e)
"""
    lines = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.splitlines()
    assert "bfloat16" in lines[0] and "pip install ferroflow[bfloat16]" in lines[0]
    assert lines[1] == "True True tf.bfloat16"
    assert "float8_e5m2" in lines[2] and "pip install ferroflow[bfloat16]" in lines[2]


def test_ml_dtypes_type_wins_over_a_registered_one():
    before = dtypes.bfloat16.as_numpy_dtype
    dtypes.register_bfloat16(type("own", (), {}))
    assert dtypes.bfloat16.as_numpy_dtype is before
