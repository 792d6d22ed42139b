"""TensorProto messages against real TensorFlow's."""

import numpy as np
import oracle_tables
import pytest

from ferroflow.framework import dtypes, protos, tensor_proto
from ferroflow.framework.tensor_shape import TensorShape


def test_answers_are_tensorflows():
    names = {"proto": tensor_proto, "np": np, "T": TensorShape, "TensorProto": protos.TensorProto, "dtypes": dtypes}
    assert not oracle_tables.differences("tensor_proto", names)


def test_big_endian_arrays_are_written_as_little_endian():
    array = np.array([1, 2], ">i4")
    assert tensor_proto.make_ndarray(tensor_proto.make_tensor_proto(array)).tolist() == [1, 2]


def test_every_array_dtype_comes_back_bit_for_bit():
    rng = np.random.default_rng(0)
    for name in (
        "float16",
        "float32",
        "float64",
        "bfloat16",
        "float8_e5m2",
        "float8_e4m3fn",
        "complex64",
        "complex128",
    ):
        dtype = np.dtype(dtypes.as_dtype(name).as_numpy_dtype)
        for shape in ((), (1,), (3,), (2, 0), (2, 1, 2)):
            count = int(np.prod(shape)) * dtype.itemsize
            array = np.frombuffer(rng.bytes(count), dtype).reshape(shape)
            back = tensor_proto.make_ndarray(tensor_proto.make_tensor_proto(array))
            assert back.dtype == dtype and back.shape == shape
            if name in ("float32", "complex64"):  # a NaN's payload may change on its way through a Python float
                np.testing.assert_array_equal(back, array)
            else:
                assert back.tobytes() == array.tobytes(), name


def test_broken_messages_are_errors():
    shape = TensorShape([2]).as_proto()
    with pytest.raises(ValueError, match="holds 3 elements but its shape .2. has only 2"):
        tensor_proto.make_ndarray(protos.TensorProto(dtype=1, float_val=[1, 2, 3], tensor_shape=shape))
    with pytest.raises(KeyError):
        tensor_proto.make_ndarray(protos.TensorProto(dtype=20, tensor_shape=shape))
    with pytest.raises(TypeError, match="Failed to convert elements of <object"):
        tensor_proto.make_tensor_proto(object())
