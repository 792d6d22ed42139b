"""`tf.SparseTensor`: a tensor as the list of its elements that count, and the placeholder for one."""

from collections import namedtuple

from .. import _core
from .._gen import raw_ops
from . import composite, convert, dtypes
from .context import graph_mode
from .name_scope import name_scope_v1
from .placeholders import placeholder, placeholder_with_default
from .tensor_shape import TensorShape, dimension_value
from .tensor_util import constant_value_as_shape
from .type_spec import BatchableTypeSpec, TensorSpec

# What a session returns for a fetched SparseTensor, and takes for a fed one: NumPy arrays.
SparseTensorValue = namedtuple("SparseTensorValue", ["indices", "values", "dense_shape"])


class SparseTensor(composite.CompositeTensor):
    """A tensor most of whose elements are zero: the places and values of the others.

    Args:
      indices: an int64 tensor of shape [N, rank]: the place of each element, in row-major order.
      values: a tensor of shape [N].
      dense_shape: an int64 tensor of shape [rank].

    Raises:
      ValueError: the shapes do not go together.

    >>> tf.SparseTensor(indices=[[0, 0], [1, 2]], values=[1, 2], dense_shape=[3, 4]).shape
    TensorShape([3, 4])
    """

    _counts_as_tensor = True

    def __init__(self, indices, values, dense_shape):
        with name_scope_v1(None, "SparseTensor", [indices, values, dense_shape]):
            self._indices = _component(indices, dtypes.int64, "indices")
            self._values = _component(values, None, "values")
            self._dense_shape = _component(dense_shape, dtypes.int64, "dense_shape")
        self._static_shape = constant_value_as_shape(self._dense_shape)
        places = self._indices.shape.with_rank(2)
        sizes = self._dense_shape.shape.with_rank(1)
        places.dims[0].assert_is_compatible_with(self._values.shape.with_rank(1).dims[0])
        places.dims[1].assert_is_compatible_with(sizes.dims[0])

    @classmethod
    def from_value(cls, sparse_tensor_value):
        """The tensor of a `SparseTensorValue`, or of another `SparseTensor`; TypeError for anything else."""
        if not isinstance(sparse_tensor_value, (SparseTensor, SparseTensorValue)):
            raise TypeError(
                f"Argument sparse_tensor_value={sparse_tensor_value} is neither a SparseTensor nor SparseTensorValue."
            )
        value = sparse_tensor_value
        return cls(value.indices, value.values, value.dense_shape)

    @property
    def indices(self):
        """The place of each element: int64, of shape [N, rank]."""
        return self._indices

    @property
    def values(self):
        """The elements, of shape [N]."""
        return self._values

    @property
    def dense_shape(self):
        """The shape as an int64 tensor."""
        return self._dense_shape

    @property
    def shape(self):
        """The static shape."""
        return self._static_shape

    def get_shape(self):
        """The static shape."""
        return self._static_shape

    def set_shape(self, shape):
        """Adds to what is known of the static shape."""
        self._static_shape = self._static_shape.merge_with(shape)

    @property
    def dtype(self):
        """The dtype of the elements."""
        return self._values.dtype

    @property
    def op(self):
        """The operation that makes `values`."""
        return self._values.op

    @property
    def graph(self):
        """The graph of the tensors."""
        return self._indices.graph

    def with_values(self, new_values):
        """The tensor with other elements at the same places."""
        return SparseTensor(self._indices, new_values, self._dense_shape)

    def eval(self, feed_dict=None, session=None):
        """The `SparseTensorValue` that the session (the default one if not given) computes."""
        parts = [one.eval(feed_dict, session) for one in (self._indices, self._values, self._dense_shape)]
        return SparseTensorValue(*parts)

    def consumers(self):
        """The operations that take one of the component tensors."""
        return self._consumers()

    @property
    def _type_spec(self):
        return SparseTensorSpec(self.shape, self.dtype)

    def _shape_invariant_to_type_spec(self, shape):
        if TensorShape(shape).ndims != 1:
            raise ValueError(f"Expected a shape with 1 dimension. Obtained: {shape} which has {len(shape)} dimensions.")
        rank = dimension_value(shape[0])
        return SparseTensorSpec(TensorShape(None) if rank is None else [None] * rank, self.dtype)

    def _fetch_parts(self):
        """How a session fetches it: the class of the result, and the tensors that its fields come from."""
        return SparseTensorValue, [self._indices, self._values, self._dense_shape]

    def _feed_parts(self, value):
        """The pairs of tensor and value that a fed value stands for."""
        return list(zip((self._indices, self._values, self._dense_shape), value, strict=False))

    def __str__(self):
        return f"SparseTensor(indices={self._indices!s}, values={self._values!s}, dense_shape={self._dense_shape!s})"

    __repr__ = __str__


def _component(value, dtype, name):
    if isinstance(value, TensorSpec):
        return value
    try:
        return _core.convert(value, dtype, None, name)
    except ValueError as error:
        raise type(error)(f"{name}: {error}") if str(error).startswith("Tensor conversion requested") else error


class SparseTensorSpec(BatchableTypeSpec):
    """The spec of a `SparseTensor`.

    Args:
      shape: the static shape; nothing is known of it if not given.
      dtype: the dtype of the elements.

    >>> tf.SparseTensorSpec([None, 3], tf.int32)
    SparseTensorSpec(TensorShape([None, 3]), tf.int32)
    """

    __slots__ = ("_shape", "_dtype")

    def __init__(self, shape=None, dtype=dtypes.float32):
        self._shape = TensorShape(shape)
        self._dtype = dtypes.as_dtype(dtype)

    @property
    def value_type(self):
        """`SparseTensor`."""
        return SparseTensor

    @property
    def shape(self):
        """The static shape."""
        return self._shape

    @property
    def dtype(self):
        """The dtype of the elements."""
        return self._dtype

    def _serialize(self):
        return self._shape, self._dtype

    @property
    def _component_specs(self):
        rank = self._shape.ndims
        number = self._shape.num_elements() if rank == 0 else None
        return [
            TensorSpec([number, rank], dtypes.int64),
            TensorSpec([number], self._dtype),
            TensorSpec([rank], dtypes.int64),
        ]

    def _to_components(self, value):
        if isinstance(value, SparseTensorValue):
            value = SparseTensor.from_value(value)
        return [value.indices, value.values, value.dense_shape]

    def _from_components(self, components):
        made = SparseTensor(*components)
        if not hasattr(made.values, "graph") or made.shape.is_compatible_with(self._shape):
            made.set_shape(self._shape)
        return made

    # Datasets pass a sparse tensor on as three variants.

    @property
    def _flat_tensor_specs(self):
        return [TensorSpec(None, dtypes.variant)]

    def _to_tensor_list(self, value):
        return [_encoded(raw_ops.SerializeSparse, value)]

    def _to_batched_tensor_list(self, value):
        if value.dense_shape.shape.num_elements() == 1:
            raise ValueError("Unbatching a sparse tensor is only supported for rank >= 1")
        return [_encoded(raw_ops.SerializeManySparse, value)]

    def _from_compatible_tensor_list(self, tensor_list):
        indices, values, dense_shape = raw_ops.DeserializeSparse(serialized_sparse=tensor_list[0], dtype=self._dtype)
        rank = self._shape.rank
        if not hasattr(indices, "numpy"):
            indices.set_shape([None, rank])
            dense_shape.set_shape([rank])
        return self._from_components([indices, values, dense_shape])

    def _batch(self, batch_size):
        return SparseTensorSpec(TensorShape([batch_size]).concatenate(self._shape), self._dtype)

    def _unbatch(self):
        if self._shape.rank == 0:
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        return SparseTensorSpec(self._shape[1:], self._dtype)

    def _of_any_shape(self):
        return SparseTensorSpec(None, self._dtype)

    def _to_legacy_output_types(self):
        return self._dtype

    def _to_legacy_output_shapes(self):
        return self._shape

    @classmethod
    def from_value(cls, value):
        """The spec of a `SparseTensor` or `SparseTensorValue`; TypeError for anything else."""
        if isinstance(value, SparseTensor):
            return cls(value.shape, value.dtype)
        if isinstance(value, SparseTensorValue):
            return cls(value.dense_shape, value.values.dtype)
        raise TypeError("Expected SparseTensor or SparseTensorValue.")


def _encoded(op, value):
    if isinstance(value, SparseTensorValue):
        value = SparseTensor.from_value(value)
    return op(
        sparse_indices=value.indices,
        sparse_values=value.values,
        sparse_shape=value.dense_shape,
        out_type=dtypes.variant,
    )


def convert_to_tensor_or_sparse_tensor(value, dtype=None, name=None):
    """`value` as a `SparseTensor` if it is one or a `SparseTensorValue`, else as a tensor.

    Args:
      value: anything that becomes a tensor, a `SparseTensor` or a `SparseTensorValue`.
      dtype: the dtype.
      name: a name for the operation.

    Raises:
      RuntimeError: a sparse value has another dtype.
    """
    if isinstance(value, SparseTensorValue):
        value = SparseTensor.from_value(value)
    if not isinstance(value, SparseTensor):
        return convert.convert_to_tensor(value, dtype, name=name)
    if dtype is not None and not dtypes.as_dtype(dtype).is_compatible_with(value.dtype):
        raise RuntimeError(
            f"Sparse dtype mismatch. Requested: {dtypes.as_dtype(dtype).name},  Actual: {value.dtype.name}"
        )
    return value


def sparse_placeholder(dtype, shape=None, name=None):
    """A `SparseTensor` whose value is fed: a `SparseTensorValue`, a tuple of three arrays, or each part on its own.

    Args:
      dtype: the dtype of the elements.
      shape: the static shape; nothing is known of it if not given.
      name: the beginning of the operations' names.

    Returns:
      A `SparseTensor` of placeholders.

    Raises:
      RuntimeError: nothing can be fed in eager mode.
    """
    if _core.executing_eagerly():
        raise RuntimeError("`sparse_placeholder` is not compatible with eager execution.")
    with graph_mode():
        start = f"{name}/" if name else None
        static, rank = TensorShape(None), None
        if shape is None:
            sizes = placeholder(dtypes.int64, [None], start and start + "shape")
        elif isinstance(shape, _core.Tensor):
            sizes, static = placeholder_with_default(shape, shape.shape, start and start + "shape"), None
            rank = dimension_value(shape.shape[0])
        else:
            static = TensorShape(shape)
            rank = static.ndims
            default = _core.constant([-1 if size is None else size for size in static.as_list()], dtypes.int64)
            sizes = placeholder_with_default(default, [rank], start and start + "shape")
        values = placeholder(dtype, [None], start and start + "values")
        made = SparseTensor(placeholder(dtypes.int64, [None, rank], start and start + "indices"), values, sizes)
        if static is not None:
            made._static_shape = static
        return made
