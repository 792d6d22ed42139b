"""The form of `tf.TensorArray` in graphs: a variant tensor that holds a list."""

from .._gen import raw_ops
from ..framework.dtypes import int32
from ..framework.tensor_shape import TensorShape
from ..logging import get_logger
from .common import convert, static_value


class GraphArray:
    """The value of an array at a point of the program; a change makes another one."""

    def __init__(self, dtype, size, dynamic_size, clear_after_read, flow, infer_shape, shape, name):
        self.dtype, self.dynamic_size, self.clear_after_read = dtype, dynamic_size, clear_after_read
        self.infer_shape = infer_shape
        self.shape = shape  # a list of one shape, which the arrays that come from this one share
        self._given_size = size
        if flow is None:
            flow = raw_ops.TensorListReserve(
                element_shape=_sizes(shape[0]), num_elements=convert(size, int32), element_dtype=dtype,
                name=name or "TensorArrayV2",
            )  # fmt: skip
        self.flow = flow

    def _changed(self, flow):
        return GraphArray(
            self.dtype,
            self._given_size,
            self.dynamic_size,
            self.clear_after_read,
            flow,
            self.infer_shape,
            self.shape,
            None,
        )

    def _check(self, shape):
        if not self.shape[0].is_compatible_with(shape):
            raise ValueError(f"Inconsistent shapes: saw {shape} but expected {self.shape[0]} ")
        if self.infer_shape:
            self.shape[0] = self.shape[0].merge_with(shape)

    def identity(self):
        return self._changed(raw_ops.Identity(input=self.flow))

    def close(self, name):
        return raw_ops.NoOp(name=name)

    def size(self, name):
        return raw_ops.TensorListLength(input_handle=self.flow, name=name)

    def read(self, index, name):
        return raw_ops.TensorListGetItem(
            input_handle=self.flow, index=_index(index), element_shape=_sizes(self.shape[0]), element_dtype=self.dtype,
            name=name or "TensorArrayV2Read",
        )  # fmt: skip

    def write(self, index, value, name):
        value = self._converted(value)
        self._check(value.shape)
        return self._changed(
            raw_ops.TensorListSetItem(
                input_handle=self.flow,
                index=_index(index),
                item=value,
                resize_if_index_out_of_bounds=self.dynamic_size,
                name=name or "TensorArrayV2Write",
            )  # fmt: skip
        )

    def _converted(self, value):
        """The value as a tensor; one of another dtype is logged here, and is an error when the program runs."""
        value = convert(value, dtype_hint=self.dtype)
        if value.dtype != self.dtype:
            get_logger().error(
                "Error: Input value %s has dtype %r, but expected dtype %r.", value, value.dtype, self.dtype
            )
        return value

    def stack(self, name):
        return raw_ops.TensorListStack(
            input_handle=self.flow, element_shape=_sizes(self.shape[0]), element_dtype=self.dtype,
            num_elements=self._known_size(), name=name or "TensorArrayV2Stack",
        )  # fmt: skip

    def _known_size(self):
        """The number of elements of an array of fixed size, where it was made with a known one; else -1."""
        known = None if self.dynamic_size or self._given_size is None else static_value(convert(self._given_size))
        return -1 if known is None else int(known)

    def gather(self, indices, name):
        return raw_ops.TensorListGather(
            input_handle=self.flow, indices=convert(indices, int32), element_shape=_sizes(self.shape[0]),
            element_dtype=self.dtype, name=name,
        )  # fmt: skip

    def concat(self, name):
        found = raw_ops.TensorListConcatV2(
            input_handle=self.flow, element_shape=_sizes(self.shape[0]), leading_dims=convert([], "int64"),
            element_dtype=self.dtype, name=name,
        )  # fmt: skip
        return found[0]

    def unstack(self, value, name):
        value = self._converted(value)
        shape = value.shape[1:] if value.shape.rank is not None else TensorShape(None)
        self._check(shape)
        return self._changed(raw_ops.TensorListFromTensor(tensor=value, element_shape=_sizes(shape, value), name=name))

    def scatter(self, indices, value, name):
        value = self._converted(value)
        self._check(value.shape[1:] if value.shape.rank is not None else TensorShape(None))
        indices, flow = convert(indices, int32), self.flow
        if self.dynamic_size:
            needed = raw_ops.Max(input=raw_ops.ConcatV2(values=[indices, [-1]], axis=0), axis=[0])
            size = raw_ops.Maximum(x=raw_ops.AddV2(x=needed, y=1), y=self.size(None))
            flow = raw_ops.TensorListResize(input_handle=flow, size=size)
        return self._changed(
            raw_ops.TensorListScatterIntoExistingList(input_handle=flow, tensor=value, indices=indices, name=name)
        )

    def split(self, value, lengths, name):
        value = self._converted(value)
        lengths = convert(lengths, dtype_hint="int64")
        lengths = raw_ops.Cast(x=lengths, DstT="int64") if lengths.dtype != "int64" else lengths
        rest = value.shape.as_list()[1:] if value.shape.rank else None
        shape = TensorShape(None) if rest is None else TensorShape([None, *rest])
        known = static_value(lengths)
        if self.infer_shape and rest is not None:
            same = known is not None and known.size and (known == known.flat[0]).all()
            self._check(TensorShape([int(known.flat[0]) if same else None, *rest]))
        return self._changed(
            raw_ops.TensorListSplit(tensor=value, element_shape=_sizes(shape), lengths=lengths, name=name)
        )


def _index(index):
    index = convert(index, int32) if not hasattr(index, "dtype") else convert(index)
    return raw_ops.Cast(x=index, DstT="int32") if index.dtype != "int32" else index


def _sizes(shape, tensor=None):
    """A shape as a tensor: -1 for each unknown size, a scalar -1 for an unknown rank."""
    if shape.rank is None:
        if tensor is not None:
            return raw_ops.Slice(input=raw_ops.Shape(input=tensor), begin=[1], size=[-1])
        return convert(-1, int32)
    return convert([-1 if one is None else one for one in shape.as_list()], int32)
