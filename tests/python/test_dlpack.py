"""Tensors in and out by DLPack, with NumPy and with producers of every kind of description made by hand."""

import ctypes
import gc
import itertools
import resource

import numpy as np
import pytest

import ferroflow as tf

to_dlpack = tf.experimental.dlpack.to_dlpack
from_dlpack = tf.experimental.dlpack.from_dlpack
NUMPY_DTYPES = (
    "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128 bool".split()
)
SHAPES = [(), (1,), (0,), (3, 0, 2), (300,), (7, 1, 5), (2, 3, 1, 2, 1, 4, 2, 3)]


class Tensor(ctypes.Structure):
    """DLTensor of DLPack's C header."""

    _fields_ = [
        ("data", ctypes.c_void_p),
        ("device", ctypes.c_int32),
        ("number", ctypes.c_int32),
        ("rank", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    ]


DELETER = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Versioned(ctypes.Structure):
    """DLManagedTensorVersioned of DLPack's C header."""

    _fields_ = [
        ("major", ctypes.c_uint32),
        ("minor", ctypes.c_uint32),
        ("context", ctypes.c_void_p),
        ("deleter", DELETER),
        ("flags", ctypes.c_uint64),
        ("tensor", Tensor),
    ]


new_capsule = ctypes.pythonapi.PyCapsule_New
new_capsule.restype = ctypes.py_object
new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
pointer_of.restype = ctypes.c_void_p
pointer_of.argtypes = [ctypes.py_object, ctypes.c_char_p]
NAME = b"dltensor_versioned"


class Producer:
    """A capsule over an array's memory, with any field set to anything; `deleted` counts the calls of its deleter."""

    def __init__(self, array, shape=None, strides=None, flags=0, major=1, **fields):
        shape = array.shape if shape is None else shape
        self.array, self.deleted = array, 0
        self.shape = (ctypes.c_int64 * len(shape))(*shape)
        self.strides = None if strides is None else (ctypes.c_int64 * len(strides))(*strides)
        self.deleter = DELETER(self._delete)
        tensor = Tensor(array.ctypes.data, 1, 0, len(shape), 2, array.itemsize * 8, 1, self.shape, self.strides, 0)
        for name, value in fields.items():
            setattr(tensor, name, value)
        self.managed = Versioned(major, 0, None, self.deleter, flags, tensor)
        self.capsule = new_capsule(ctypes.addressof(self.managed), NAME, None)

    def _delete(self, managed):
        assert managed == ctypes.addressof(self.managed)
        self.deleted += 1


def described(tensor, **wishes):
    """The structure that a tensor's versioned capsule points to, and the capsule."""
    capsule = tensor.__dlpack__(max_version=(1, 0), **wishes)
    return ctypes.cast(pointer_of(capsule, NAME), ctypes.POINTER(Versioned)).contents, capsule


def sample(dtype, shape):
    values = np.arange(np.prod(shape, dtype=int)).reshape(shape) % 7 - (0 if dtype.startswith("u") else 3)
    return np.asarray(values * (1 + 2j) if dtype.startswith("complex") else values, dtype)


@pytest.mark.parametrize("dtype", NUMPY_DTYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_numpy_both_ways(dtype, shape):
    array = sample(dtype, shape)
    out = np.from_dlpack(tf.constant(array))
    assert out.dtype == array.dtype and out.shape == shape and np.array_equal(out, array)
    assert not out.flags.writeable
    for source in (array, array.__dlpack__(), array.__dlpack__(max_version=(1, 0))):
        back = from_dlpack(source)
        assert back.dtype.name == dtype and back.shape == shape and np.array_equal(back.numpy(), array)
    again = from_dlpack(to_dlpack(tf.constant(array)))
    assert again.dtype.name == dtype and again.shape == shape and np.array_equal(again.numpy(), array)


def test_bfloat16():
    tensor = tf.cast(tf.range(-200.0, 200.0), tf.bfloat16)
    found, _capsule = described(tensor)
    assert (found.tensor.code, found.tensor.bits, found.tensor.lanes) == (4, 16, 1)
    for capsule in (to_dlpack(tensor), tensor.__dlpack__(max_version=(1, 0))):
        back = from_dlpack(capsule)
        assert back.dtype == tf.bfloat16 and tf.reduce_all(back == tensor)


def test_export_describes_and_shares():
    tensor = tf.reshape(tf.range(600.0), [20, 30])
    assert tensor.__dlpack_device__() == (1, 0)
    found, _capsule = described(tensor)
    assert (found.major, found.flags) == (1, 1)
    assert (found.tensor.device, found.tensor.rank, found.tensor.code, found.tensor.bits) == (1, 2, 2, 32)
    assert found.tensor.shape[:2] == [20, 30] and found.tensor.strides[:2] == [30, 1]
    one, other = np.from_dlpack(tensor), np.from_dlpack(tensor)
    assert np.shares_memory(one, other) and one.ctypes.data == found.tensor.data
    copied, _capsule = described(tensor, copy=True)
    assert copied.flags == 2 and copied.tensor.data != found.tensor.data
    mine = np.from_dlpack(tensor, copy=True)
    mine[0, 0] = 9
    assert not np.shares_memory(one, mine) and tensor[0, 0].numpy() == 0


def test_exported_memory_outlives_the_tensor_and_a_variables_updates():
    array = np.from_dlpack(tf.range(1000.0) + 1.0)
    gc.collect()
    fillers = [tf.zeros([1000]) for _ in range(10)]
    assert array.sum() == 500500.0 and len(fillers) == 10
    variable = tf.Variable(tf.ones([1000]))
    seen = np.from_dlpack(variable.read_value())
    variable.assign_add(tf.ones([1000]))
    assert seen.sum() == 1000.0 and variable.numpy().sum() == 2000.0


def test_a_writable_source_is_copied():
    array = np.ones(1000)
    tensors = [from_dlpack(array), from_dlpack(array.__dlpack__()), from_dlpack(array.__dlpack__(max_version=(1, 0)))]
    array[:] = 7
    assert [t.numpy().sum() for t in tensors] == [1000.0] * 3


def test_a_read_only_source_is_copied_since_its_producer_may_write():
    array = np.arange(1000.0)
    view = array.view()
    view.flags.writeable = False
    flagged = Producer(array, flags=1)
    tensors = [tf.experimental.dlpack.from_dlpack(view), from_dlpack(flagged.capsule)]
    array[:] = 7
    assert [t.numpy().sum() for t in tensors] == [499500.0] * 2


@pytest.mark.parametrize("flags", [2, 3])
def test_a_source_that_was_copied_for_us_is_shared_until_the_last_tensor_goes(flags):
    producer = Producer(np.arange(1000.0), flags=flags)
    tensor = from_dlpack(producer.capsule)
    assert np.from_dlpack(tensor).ctypes.data == producer.array.ctypes.data
    part = tf.reshape(tensor, [10, 100])
    owned = tensor.numpy()
    owned[:] = 0
    changed = tf.Variable(tensor)
    changed.assign_add(tf.ones([1000], tf.float64))
    assert np.array_equal(producer.array, np.arange(1000.0)) and changed.numpy()[0] == 1
    del tensor, changed
    gc.collect()
    assert producer.deleted == 0 and part.numpy().sum() == 499500.0
    del part
    assert producer.deleted == 1


def test_a_copied_source_is_given_back_at_once():
    producer = Producer(np.arange(1000.0))
    tensor = from_dlpack(producer.capsule)
    assert producer.deleted == 1 and tensor.numpy().sum() == 499500.0
    small = Producer(np.arange(4.0), flags=1)
    assert from_dlpack(small.capsule).numpy().tolist() == [0, 1, 2, 3] and small.deleted == 1
    no_deleter = Producer(np.arange(4.0))
    no_deleter.managed.deleter = DELETER()
    assert from_dlpack(no_deleter.capsule).numpy().tolist() == [0, 1, 2, 3]


def test_own_capsules_share():
    tensor = tf.range(1000.0)
    place = np.from_dlpack(tensor).ctypes.data
    for capsule in (to_dlpack(tensor), tensor.__dlpack__(max_version=(1, 0)), tensor):
        assert np.from_dlpack(from_dlpack(capsule)).ctypes.data == place


def test_strides():
    array = np.arange(2 * 3 * 4 * 5, dtype=np.int32).reshape(2, 3, 4, 5)
    for axes in itertools.permutations(range(4)):
        view = array.transpose(axes)
        assert np.array_equal(from_dlpack(view).numpy(), view)
    views = [
        array[::-1],
        array[:, ::2, ::-3],
        array[..., 1:4],
        np.broadcast_to(array[:1], (6, 3, 4, 5)),
        array[1:1, ::2],
    ]
    for view in (*views, (array % 2 == 0)[:, ::-2]):
        for source in (view, view.__dlpack__(max_version=(1, 0))):
            assert np.array_equal(from_dlpack(source).numpy(), view)
    ones = Producer(np.arange(3.0), shape=(1, 3, 1), strides=(77, 1, -5), flags=1)
    assert from_dlpack(ones.capsule).numpy().tolist() == [[[0.0], [1.0], [2.0]]]


def test_offset_and_alignment():
    array = np.arange(1000.0)
    offset = Producer(array, shape=(500,), byte_offset=4000, flags=2)
    assert np.array_equal(from_dlpack(offset.capsule).numpy(), array[500:]) and offset.deleted == 0
    odd = np.zeros(8001, np.uint8)[1:]
    odd[:] = array.view(np.uint8)
    crooked = Producer(array, data=odd.ctypes.data, flags=2)
    assert np.array_equal(from_dlpack(crooked.capsule).numpy(), array) and crooked.deleted == 1


def test_truth_values_are_made_0_or_1():
    array = np.arange(1000, dtype=np.uint8)
    for strides in (None, (2,)):
        shape = (1000 if strides is None else 500,)
        producer = Producer(array, shape=shape, strides=strides, code=6, bits=8, flags=1)
        tensor = from_dlpack(producer.capsule)
        assert np.array_equal(tensor.numpy().view(np.uint8), (array[:: 2 if strides else 1] != 0).view(np.uint8))
        assert producer.deleted == 1


BAD = {
    "device type 2": dict(device=2),
    "lanes": dict(lanes=4),
    "type code 2 with 8 bits": dict(bits=8),
    "type code 3": dict(code=3),
    "rank -1": dict(rank=-1),
    "rank 255": dict(rank=255),
    "Invalid rank 1": dict(shape_=None),
    "a size is negative": dict(shape=(-3,)),
    "more than 2\\*\\*63": dict(shape=(2**62, 2**62)),
    "has no memory": dict(data=None),
    "version 2.0 is not supported": dict(major=2),
}


@pytest.mark.parametrize("message", BAD)
def test_descriptions_that_cannot_be_read(message):
    fields = dict(BAD[message])
    no_shape = fields.pop("shape_", 0) is None
    producer = Producer(np.arange(3.0), **fields)
    if no_shape:
        producer.managed.tensor.shape = ctypes.POINTER(ctypes.c_int64)()
    for _ in range(2):  # the capsule stays as it was
        with pytest.raises(tf.errors.InvalidArgumentError, match=message):
            from_dlpack(producer.capsule)
    assert producer.deleted == 0


def test_a_capsule_is_taken_once():
    for capsule in (to_dlpack(tf.ones([3])), tf.ones([3]).__dlpack__(max_version=(1, 1)), np.ones(3).__dlpack__()):
        from_dlpack(capsule)
        with pytest.raises(tf.errors.InvalidArgumentError, match='got "used_dltensor.*at most once'):
            from_dlpack(capsule)
    with pytest.raises(tf.errors.InvalidArgumentError, match="must be a capsule with name"):
        from_dlpack(new_capsule(1, b"another", None))


def test_what_is_no_source():
    for source in (3, None, [1.0], "a"):
        with pytest.raises(TypeError, match="from_dlpack takes a DLPack capsule or an object"):
            from_dlpack(source)

    class Wrong:
        device = (1, 0)

        def __dlpack_device__(self):
            return self.device

        def __dlpack__(self, **_wishes):
            return 5

    with pytest.raises(TypeError, match="Wrong.__dlpack__ returned an object of type int"):
        from_dlpack(Wrong())
    Wrong.device = (2, 0)
    with pytest.raises(tf.errors.InvalidArgumentError, match="device type 2, only host memory"):
        from_dlpack(Wrong())


def test_a_producer_from_before_versions():
    class Old:
        def __dlpack_device__(self):
            return (1, 0)

        def __dlpack__(self, stream=None):
            return np.arange(3.0).__dlpack__()

    assert from_dlpack(Old()).numpy().tolist() == [0, 1, 2]


def test_what_cannot_be_given_out():
    bad = [tf.constant(["a"]), tf.Variable(1.0).handle, tf.bitcast(tf.constant([1], tf.int8), tf.qint8)]
    bad.append(tf.raw_ops.EmptyTensorList(element_shape=-1, max_num_elements=-1, element_dtype=tf.float32))
    for tensor, name in zip(bad, ("STRING", "RESOURCE", "QINT8", "VARIANT"), strict=True):
        for give in (to_dlpack, lambda t: t.__dlpack__(), lambda t: t.__dlpack__(copy=True, max_version=(1, 0))):
            with pytest.raises(tf.errors.InvalidArgumentError, match=f"DT_{name} is not supported by dlpack"):
                give(tensor)
    with tf.Graph().as_default():
        symbolic = tf.constant(1.0)
    for other in (3, np.ones(3), tf.Variable(1.0), symbolic):
        with pytest.raises(tf.errors.InvalidArgumentError, match="must be a TF tensor, not Python object"):
            to_dlpack(other)
    for wishes in (dict(stream=1), dict(dl_device=(2, 0)), dict(dl_device=(1, 1))):
        with pytest.raises(BufferError):
            tf.ones([3]).__dlpack__(**wishes)
    assert np.from_dlpack(tf.ones([3]), device="cpu").tolist() == [1, 1, 1]


def memory():
    """The peak memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_nothing_leaks():
    megabyte = tf.zeros([1 << 18])

    def round_trips(count):
        for _ in range(count):
            made = megabyte + 1.0
            to_dlpack(made), made.__dlpack__(max_version=(1, 0))  # nobody takes these
            array = np.from_dlpack(made)
            shared = from_dlpack(array)
            from_dlpack(to_dlpack(shared)), from_dlpack(np.from_dlpack(shared))
            del array, shared

    round_trips(200)
    before = memory()
    round_trips(1500)
    small = tf.range(100.0)
    for _ in range(10000):
        from_dlpack(to_dlpack(small)), from_dlpack(np.from_dlpack(small)), small.__dlpack__()
    assert memory() - before < 20
