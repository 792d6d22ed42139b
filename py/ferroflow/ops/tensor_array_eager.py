"""The eager form of `tf.TensorArray`: a Python list of tensors."""

import operator

from .._gen import raw_ops
from ..framework import errors
from .common import convert


class EagerArray:
    """The elements of an array, changed in place."""

    def __init__(self, dtype, size, dynamic_size, clear_after_read, flow, infer_shape, shape, name):
        self.dtype, self.dynamic_size, self.clear_after_read = dtype, dynamic_size, clear_after_read
        self.infer_shape, self.shape = infer_shape, shape
        self.flow = convert(0)
        self._elements = [None] * (int(size) if size is not None else 0)
        self._read = set()  # indices of elements that have been read and dropped

    def identity(self):
        return self

    def close(self, name):
        del self._elements[:]

    def size(self, name):
        return convert(len(self._elements))

    def read(self, index, name):
        index = _number(index)
        if index < 0:
            raise errors.OutOfRangeError(None, None, f"Reading from negative indices (index {index}) is not allowed.")
        if index >= len(self._elements):
            raise errors.OutOfRangeError(
                None, None, f"Tried to read from index {index} but array size is: {len(self._elements)} "
            )
        found = self._elements[index]
        if found is None:
            if index in self._read:
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"Could not read index {index} twice because it was cleared after a previous read (perhaps try "
                    "setting clear_after_read = false?)",
                )
            found = self._zero()
        if self.clear_after_read:
            self._elements[index] = None
            self._read.add(index)
        return found

    def _zero(self):
        from .shapes import zeros

        return zeros(self.shape[0].as_list() if self.shape[0].is_fully_defined() else self.shape[0], self.dtype)

    def write(self, index, value, name):
        index = _number(index)
        if index < 0:
            raise errors.OutOfRangeError(None, None, f"Writing to negative indices (index {index}) is not allowed.")
        if index >= len(self._elements):
            if not self.dynamic_size:
                raise errors.OutOfRangeError(
                    None,
                    None,
                    f"Tried to write to index {index} but array is not resizeable and size is: {len(self._elements)} ",
                )
            self._elements.extend([None] * (index + 1 - len(self._elements)))
        value = convert(value, dtype_hint=self.dtype) if not hasattr(value, "dtype") else convert(value)
        self._check(value)
        self._elements[index] = value
        self._read.discard(index)
        return self

    def _check(self, value):
        if value.dtype != self.dtype:
            text = f"TensorArray dtype is {self.dtype.name} but Op is trying to write dtype {value.dtype.name} "
            raise errors.InvalidArgumentError(None, None, text)
        if not self.shape[0].is_compatible_with(value.shape):
            raise ValueError(f"Incompatible shape for value ({value.shape}), expected ({self.shape[0]})")
        if self.infer_shape:
            self.shape[0] = self.shape[0].merge_with(value.shape)

    def _all(self):
        for number, element in enumerate(self._elements):
            if element is None:
                self._elements[number] = self._zero()
        return self._elements

    def stack(self, name):
        from .joining import stack

        elements = self._all()
        if not elements and self.shape[0].is_fully_defined():
            from .shapes import zeros

            return zeros([0, *self.shape[0].as_list()], self.dtype)
        if not elements:
            scalar = convert([], dtype="int32")
            none = raw_ops.TensorListReserve(element_shape=scalar, num_elements=0, element_dtype=self.dtype)
            return raw_ops.TensorListStack(input_handle=none, element_shape=scalar, element_dtype=self.dtype)
        return stack(elements, name=name)

    def gather(self, indices, name):
        from .joining import stack

        if isinstance(indices, (list, tuple)):
            numbers = [_number(one) for one in indices]
        else:
            numbers = convert(indices).numpy().tolist()
        elements = self._all()
        return stack([elements[number] for number in numbers])

    def concat(self, name):
        from .joining import concat

        elements = self._all()
        if not elements:
            raise errors.InvalidArgumentError(None, None, "Cannot concat an empty TensorArray")
        for number, element in enumerate(elements):
            if element.shape.rank == 0:
                text = f"Concat saw a scalar shape at index {number} but requires at least vectors."
                raise errors.InvalidArgumentError(None, None, text)
        return concat(elements, 0, name=name)

    def unstack(self, value, name):
        from .joining import unstack

        value = convert(value, dtype_hint=self.dtype)
        if value.shape.rank == 0:
            raise ValueError("Argument `axis` = 0 not in range [0, 0)")
        pieces = unstack(value) if value.shape[0] else []
        if len(pieces) > len(self._elements) and not self.dynamic_size:
            raise ValueError(
                f"Cannot unstack {len(pieces)} tensors into a TensorArray of static size {len(self._elements)} "
            )
        for piece in pieces:
            self._check(piece)
        self._elements = list(pieces)
        self._read.clear()
        return self

    def scatter(self, indices, value, name):
        from .joining import unstack

        indices = [_number(one) for one in indices] if isinstance(indices, (list, tuple)) else convert(indices).numpy()
        for index, piece in zip(indices, unstack(convert(value, dtype_hint=self.dtype)), strict=False):
            self.write(int(index), piece, None)
        return self

    def split(self, value, lengths, name):
        value = convert(value, dtype_hint=self.dtype)
        lengths = convert(lengths).numpy()
        if lengths.ndim != 1:
            text = f"Expected lengths to be a vector, received shape: {list(lengths.shape)} "
            raise errors.InvalidArgumentError(None, None, text)
        if value.shape.rank == 0:
            raise errors.InvalidArgumentError(
                None, None, "Expected value to be at least a vector, but received shape: [] "
            )
        if int(lengths.sum()) != value.shape[0]:
            text = (
                "Expected sum of lengths to be equal to values.shape[0], but sum of lengths is "
                f"{int(lengths.sum())} and value's shape is: {value.shape.as_list()} "
            )
            raise errors.InvalidArgumentError(None, None, text)
        if len(lengths) != len(self._elements) and not self.dynamic_size:
            text = (
                f"TensorArray's size is not equal to the size of lengths ({len(self._elements)} vs. {len(lengths)}), and "
                "the TensorArray is not marked as dynamically resizeable."
            )
            raise errors.InvalidArgumentError(None, None, text)
        self._elements, start = [], 0
        for length in lengths.tolist():
            self._elements.append(value[start : start + length])
            start += length
        self._read.clear()
        return self


def _number(index):
    index = index.numpy() if hasattr(index, "numpy") else index
    try:
        return operator.index(index)
    except TypeError:
        raise TypeError(f"list indices must be integers or slices, not {type(index).__name__}") from None
