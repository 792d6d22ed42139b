"""Tensor lists against TensorFlow: values, errors and gradients."""

import numpy as np
import pytest
import tensorflow as stock

import ferroflow as ours

ANY = -1


class Lists:
    """Short names for the ops of one of the two."""

    def __init__(self, tf):
        self.tf, self.r = tf, tf.raw_ops

    def reserve(self, shape, n, dtype="float32"):
        return self.r.TensorListReserve(element_shape=shape, num_elements=n, element_dtype=dtype)

    def empty(self, shape, most=-1, dtype="float32"):
        return self.r.EmptyTensorList(element_shape=self.int(shape), max_num_elements=most, element_dtype=dtype)

    def int(self, x):
        return self.tf.constant(x, "int32")

    def get(self, li, i, shape=ANY, dtype="float32"):
        return self.r.TensorListGetItem(input_handle=li, index=i, element_shape=self.int(shape), element_dtype=dtype)

    def set(self, li, i, x, **kw):
        return self.r.TensorListSetItem(input_handle=li, index=i, item=x, **kw)

    def push(self, li, x):
        return self.r.TensorListPushBack(input_handle=li, tensor=x)

    def pop(self, li, shape=ANY, dtype="float32"):
        return self.r.TensorListPopBack(input_handle=li, element_shape=self.int(shape), element_dtype=dtype)

    def stack(self, li, shape=ANY, n=-1, dtype="float32"):
        return self.r.TensorListStack(
            input_handle=li, element_shape=self.int(shape), num_elements=n, element_dtype=dtype
        )

    def of(self, x, shape=ANY):
        return self.r.TensorListFromTensor(tensor=x, element_shape=self.int(shape))

    def length(self, li):
        return self.r.TensorListLength(input_handle=li)

    def shape(self, li, dtype="int32"):
        return self.r.TensorListElementShape(input_handle=li, shape_type=dtype)

    def resize(self, li, n):
        return self.r.TensorListResize(input_handle=li, size=n)

    def concat(self, li, shape=ANY, leading=(), dtype="float32"):
        leading = self.tf.constant(leading, "int64")
        return self.r.TensorListConcatV2(
            input_handle=li, element_shape=self.int(shape), leading_dims=leading, element_dtype=dtype
        )

    def split(self, x, lengths, shape=ANY):
        return self.r.TensorListSplit(
            tensor=x, element_shape=self.int(shape), lengths=self.tf.constant(lengths, "int64")
        )

    def gather(self, li, indices, shape=ANY):
        indices = self.tf.constant(indices, "int32")
        return self.r.TensorListGather(
            input_handle=li, indices=indices, element_shape=self.int(shape), element_dtype="float32"
        )

    def scatter(self, x, indices, shape=ANY, n=-1):
        return self.r.TensorListScatterV2(
            tensor=x, indices=self.int(indices), element_shape=self.int(shape), num_elements=n
        )

    def scatter_into(self, li, x, indices):
        return self.r.TensorListScatterIntoExistingList(input_handle=li, tensor=x, indices=self.int(indices))

    def join(self, a, b):
        return self.r.TensorListConcatLists(input_a=a, input_b=b, element_dtype="float32")

    def push_batch(self, lists, x):
        return self.r.TensorListPushBackBatch(input_handles=self.tf.stack(lists), tensor=x)


CASES = {
    "get unset": lambda t: t.get(t.reserve([2], 3), 0),
    "get unset, shape unknown": lambda t: t.get(t.reserve(ANY, 2), 0),
    "get unset, shape from the op": lambda t: t.get(t.reserve([-1, 2], 2), 0, [3, 2]),
    "get unset, shape from another": lambda t: t.get(t.set(t.reserve([-1, 2], 2), 1, np.ones((3, 2), "f")), 0),
    "get beyond the end": lambda t: t.get(t.reserve([2], 3), 3),
    "get before the start": lambda t: t.get(t.reserve([2], 3), -1),
    "get of another dtype": lambda t: t.get(t.reserve([2], 3), 0, dtype="int32"),
    "get of another shape": lambda t: t.get(t.reserve([2], 3), 0, [3]),
    "set beyond the end": lambda t: t.set(t.reserve([2], 3), 3, [1.0, 2.0]),
    "set and grow": lambda t: t.length(t.set(t.reserve([2], 3), 5, [1.0, 2.0], resize_if_index_out_of_bounds=True)),
    "set before the start": lambda t: t.set(t.reserve([2], 3), -1, [1.0, 2.0]),
    "set another dtype": lambda t: t.set(t.reserve([2], 3), 0, [1, 2]),
    "set another shape": lambda t: t.set(t.reserve([2], 3), 0, [1.0, 2.0, 3.0]),
    "push another dtype": lambda t: t.push(t.reserve([2], 3), [1, 2]),
    "push another shape": lambda t: t.push(t.reserve([2], 3), [1.0, 2.0, 3.0]),
    "push into a full list": lambda t: t.push(t.push(t.empty([1], 1), [1.0]), [2.0]),
    "pop from an empty list": lambda t: t.pop(t.empty([1])),
    "pop unset": lambda t: t.pop(t.reserve([2], 3))[1],
    "pop unset, shape unknown": lambda t: t.pop(t.reserve(ANY, 3))[1],
    "pop of another dtype": lambda t: t.pop(t.reserve([2], 3), dtype="int32")[1],
    "stack": lambda t: t.stack(t.set(t.reserve([2], 3), 1, [1.0, 2.0])),
    "stack nothing set": lambda t: t.stack(t.reserve(ANY, 2)),
    "stack a wrong number": lambda t: t.stack(t.reserve([2], 3), n=2),
    "stack nothing of a shape": lambda t: t.stack(t.empty([2])),
    "stack nothing of no shape": lambda t: t.stack(t.empty(ANY)),
    "stack nothing, shape from the op": lambda t: t.stack(t.empty(ANY), [4]),
    "stack partly set": lambda t: t.stack(t.set(t.reserve([-1], 2), 0, [1.0, 2.0])),
    "stack different shapes": lambda t: t.stack(t.push(t.push(t.empty(ANY), [1.0]), [1.0, 2.0])),
    "stack of another dtype": lambda t: t.stack(t.reserve([2], 3), dtype="int32"),
    "stack of another shape": lambda t: t.stack(t.reserve([2], 3), [3]),
    "from rows": lambda t: t.stack(t.of([[1.0, 2.0], [3.0, 4.0]])),
    "from a scalar": lambda t: t.of(1.0),
    "from other rows": lambda t: t.of([[1.0, 2.0]], [3]),
    "element shape unknown": lambda t: t.shape(t.of([[1.0, 2.0]])),
    "element shape": lambda t: t.shape(t.of([[1.0, 2.0]], [-1]), "int64"),
    "resize up": lambda t: t.stack(t.resize(t.of([[1.0], [2.0]], [1]), 3)),
    "resize down": lambda t: t.stack(t.resize(t.of([[1.0], [2.0]]), 1)),
    "concat": lambda t: t.concat(t.push(t.push(t.empty([-1, 1]), [[1.0], [2.0]]), [[3.0]]), [-1, 1]),
    "concat scalars": lambda t: t.concat(t.push(t.empty(ANY), 1.0)),
    "concat unset": lambda t: t.concat(t.reserve([2, 1], 2), [2, 1]),
    "concat unset, size unknown": lambda t: t.concat(t.reserve([-1, 1], 2), [-1, 1]),
    "concat unset, sizes given": lambda t: t.concat(t.reserve([-1, 1], 2), [-1, 1], [2, 3]),
    "concat nothing": lambda t: t.concat(t.empty([-1, 2]), [-1, 2]),
    "concat nothing of no shape": lambda t: t.concat(t.empty(ANY)),
    "concat different shapes": lambda t: t.concat(t.push(t.push(t.empty(ANY), [[1.0, 2.0]]), [[3.0]])),
    "split": lambda t: t.concat(t.split([1.0, 2.0, 3.0], [1, 2])),
    "split leaves a rest": lambda t: t.split([1.0, 2.0, 3.0], [1, 1]),
    "split too much": lambda t: t.split([1.0, 2.0, 3.0], [4]),
    "split by a negative size": lambda t: t.split([1.0, 2.0], [-1, 3]),
    "split a scalar": lambda t: t.split(1.0, [1]),
    "split into other shapes": lambda t: t.split([[1.0]], [1], [-1, 2]),
    "split by a matrix": lambda t: t.split([1.0], [[1]]),
    "gather": lambda t: t.gather(t.of([[1.0], [2.0]]), [1, 0, 1]),
    "gather beyond the end": lambda t: t.gather(t.of([[1.0], [2.0]]), [2]),
    "gather nothing": lambda t: t.gather(t.of([[1.0]]), []),
    "gather unset": lambda t: t.gather(t.reserve([2], 3), [1]),
    "scatter": lambda t: t.stack(t.scatter([[1.0], [2.0]], [2, 0], [1])),
    "scatter into many": lambda t: t.stack(t.scatter([[1.0], [2.0]], [2, 0], [1], 5)),
    "scatter into few": lambda t: t.scatter([[1.0], [2.0]], [2, 0], [1], 2),
    "scatter before the start": lambda t: t.scatter([[1.0]], [-1]),
    "scatter too many rows": lambda t: t.scatter([[1.0], [2.0]], [0]),
    "scatter a scalar": lambda t: t.scatter(1.0, [0]),
    "scatter other rows": lambda t: t.scatter([[1.0]], [0], [2]),
    "join": lambda t: t.stack(t.join(t.of([1.0, 2.0]), t.of([3.0]))),
    "push a batch": lambda t: t.stack(t.tf.unstack(t.push_batch([t.empty([1]), t.empty([1])], [[1.0], [2.0]]))[1]),
    "sum": lambda t: t.stack(t.tf.add_n([t.of([1.0, 2.0]), t.set(t.reserve(ANY, 2), 1, 3.0)])),
    "sum of different lengths": lambda t: t.tf.add_n([t.of([1.0, 2.0]), t.of([1.0])]),
    "sum of different dtypes": lambda t: t.tf.add_n([t.of([1.0, 2.0]), t.of([1, 2])]),
    "zeros": lambda t: t.stack(t.tf.zeros_like(t.push(t.empty([1]), [5.0]))),
    "zeros of unset": lambda t: t.length(t.tf.zeros_like(t.reserve([1], 4))),
    "strings": lambda t: t.stack(t.set(t.reserve([1], 2, "string"), 1, ["a"]), dtype="string"),
}


def outcome(tf, case):
    """The values, or class and first line of the error without TensorFlow's prefix and suffix."""
    try:
        found = case(Lists(tf))
        return [np.asarray(x).tolist() for x in (found if isinstance(found, (list, tuple)) else [found])]
    except Exception as error:
        line = str(error).split("\n")[0]
        return type(error).__name__, line.split("}} ")[-1].split(" [Op:")[0].split(" name:")[0].strip()


@pytest.mark.parametrize("name", CASES)
def test_values_and_errors(name):
    assert outcome(ours, CASES[name]) == outcome(stock, CASES[name])


GRADIENTS = {
    "set and stack": lambda t, x: t.stack(t.set(t.set(t.reserve([2], 3), 0, x), 2, x * x), [2]),
    "overwritten": lambda t, x: t.stack(t.set(t.set(t.reserve([2], 1), 0, x), 0, x * x), [2]),
    "push and pop": lambda t, x: t.pop(t.push(t.push(t.empty([2]), x * x), x), [2])[1],
    "pop the second": lambda t, x: t.pop(t.pop(t.push(t.push(t.empty([2]), x * x), x), [2])[0], [2])[1],
    "rows": lambda t, x: t.get(t.of(t.tf.reshape(x, [2, 1]) * 3.0, [1]), 1, [1]),
    "gather": lambda t, x: t.gather(t.of(x * x, []), [1, 1, 0], []),
    "scatter": lambda t, x: t.stack(t.scatter(x * x, [2, 0], []), []),
    "scatter into": lambda t, x: t.stack(t.scatter_into(t.of(x, []), x * x, [1, 0]), []),
    "concat": lambda t, x: t.concat(t.push(t.push(t.empty([-1]), x), x * x), [-1])[0],
    "split": lambda t, x: t.get(t.split(x * x, [1, 1], [-1]), 1, [1]),
    "resize": lambda t, x: t.stack(t.resize(t.of(x * x, []), 3), []),
    "sum": lambda t, x: t.stack(t.tf.add_n([t.of(x, []), t.of(x * x, [])]), []),
}


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients(name):
    def run(tf):
        x = tf.constant([0.5, -1.5])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.reshape(GRADIENTS[name](Lists(tf), x), [-1])
                y = tf.reduce_sum(tf.sin(y) * tf.range(1.0, 1.0 + tf.cast(tf.size(y), tf.float32)))
            first = inner.gradient(y, x)
        return first.numpy(), outer.gradient(first, x).numpy()

    for mine, theirs in zip(run(ours), run(stock), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-6)
