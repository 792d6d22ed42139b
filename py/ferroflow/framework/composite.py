"""Values that are made of several tensors: the base class, and `IndexedSlices` for gradients of gathered rows."""

from __future__ import annotations

from collections import namedtuple

from .dtypes import as_dtype, float32, int64
from .tensor_shape import TensorShape
from .tensor_util import constant_value_as_shape
from .type_spec import TensorSpec, TypeSpec

TYPE_CHECKING = False  # what `typing` would say, without the time of its import
if TYPE_CHECKING:
    from .dtypes import DType
    from .graph import Graph
    from .typing import Operation, Tensor


def gradient_parts(structure):
    """The tensors of nested values that gradients speak of: of a ragged tensor its flat values, of others all."""
    from . import nest

    parts = []
    for leaf in nest.flatten(structure):
        if getattr(leaf, "_differentiates_values", False):
            parts.append(leaf.flat_values)
        else:
            parts.extend(nest.flatten(leaf, expand_composites=True))
    return parts


def with_gradient_parts(structure, parts):
    """The nested values with others for what `gradient_parts` gave; None where there is none."""
    from . import nest

    parts, leaves = iter(parts), []
    for leaf in nest.flatten(structure):
        if getattr(leaf, "_differentiates_values", False):
            part = next(parts)
            leaves.append(None if part is None else leaf.with_flat_values(part))
        else:
            count = len(nest.flatten(leaf, expand_composites=True))
            own = [next(parts) for _ in range(count)]
            leaves.append(nest.pack_sequence_as(leaf, own, expand_composites=True))
    return nest.pack_sequence_as(structure, leaves)


class CompositeTensor:
    """The base of values that are made of tensors. A subclass defines the property `_type_spec`.

    `nest` takes such a value apart where `expand_composites=True`.
    """

    _counts_as_tensor = False  # whether `tf.is_tensor` says so
    _differentiates_values = False  # whether its gradient is one of the same form with gradients as values

    @property
    def _type_spec(self):
        raise NotImplementedError(f"{type(self).__name__}._type_spec")

    def _shape_invariant_to_type_spec(self, shape):
        """The spec of a loop variable of this type with the shape invariant `shape`."""
        raise NotImplementedError(f"{type(self).__name__}._shape_invariant_to_type_spec")

    def _consumers(self):
        """The operations that take one of the component tensors, each once."""
        from . import nest

        found = []
        for component in nest.flatten(self, expand_composites=True):
            for operation in getattr(component, "consumers", list)():
                if not any(operation is other for other in found):
                    found.append(operation)
        return found

    def __tf_tracing_type__(self, context):
        return self._type_spec

    # How `nest` takes the value apart and makes it again.

    def _nest_component(self):
        return self._type_spec._to_components(self)

    def _nest_rebuild(self, components):
        return self._type_spec._from_components(components)

    def _nest_name(self):
        return self._type_spec.value_type.__name__

    def _nest_spec(self):
        return self._type_spec

    def _nest_is_compatible(self, other):
        return self._type_spec.most_specific_common_supertype([other._nest_spec()]) is not None


class IndexedSlices(CompositeTensor):
    """Some rows of a larger tensor: `dense[indices[i]]` has the rows `values[i]`, all other rows are zero.

    It is the gradient of `tf.gather`. An index that occurs twice stands for the sum of its rows.

    Args:
      values: a tensor of shape [N, ...].
      indices: an integer tensor of shape [N].
      dense_shape: an integer tensor, the shape of the larger tensor, or None.
    """

    _counts_as_tensor = True

    def __init__(self, values, indices, dense_shape=None) -> None:
        self._values = values
        self._indices = indices
        self._dense_shape = dense_shape

    @property
    def values(self) -> Tensor:
        """The rows."""
        return self._values

    @property
    def indices(self) -> Tensor:
        """The index of each row in the larger tensor."""
        return self._indices

    @property
    def dense_shape(self) -> Tensor | None:
        """The shape of the larger tensor as a tensor, or None."""
        return self._dense_shape

    @property
    def shape(self) -> TensorShape:
        """The static shape of the larger tensor."""
        if self._dense_shape is None:
            return TensorShape(None)
        return constant_value_as_shape(self._dense_shape)

    @property
    def name(self) -> str:
        """The name of `values`."""
        return self._values.name

    @property
    def device(self) -> str:
        """The device of `values`."""
        return self._values.device

    @property
    def op(self) -> Operation:
        """The operation that makes `values`."""
        return self._values.op

    @property
    def dtype(self) -> DType:
        """The dtype of the rows."""
        return self._values.dtype

    @property
    def graph(self) -> Graph:
        """The graph of `values`."""
        return self._values.graph

    def consumers(self) -> list[Operation]:
        """The operations that take one of the component tensors."""
        return self._consumers()

    def _fetch_parts(self):
        """How a session fetches it: the class of the result, and the tensors that its fields come from."""
        return IndexedSlicesValue, [self._values, self._indices, self._dense_shape]

    def _feed_parts(self, value):
        """The pairs of tensor and value that a fed value stands for."""
        parts = [(self._values, value[0]), (self._indices, value[1])]
        return parts if self._dense_shape is None else [*parts, (self._dense_shape, value[2])]

    @property
    def _type_spec(self):
        shape = self.shape
        if self._dense_shape is None:
            shape = TensorShape([None]).concatenate(self._values.shape[1:])
        return IndexedSlicesSpec(
            shape,
            self.dtype,
            self._indices.dtype,
            None if self._dense_shape is None else self._dense_shape.dtype,
            self._indices.shape.with_rank(1),
        )

    def _shape_invariant_to_type_spec(self, shape):
        if shape is None:
            shape = self._values.shape
        return IndexedSlicesSpec(
            TensorShape([None]).concatenate(TensorShape(shape)[1:]),
            self.dtype,
            self._indices.dtype,
            None if self._dense_shape is None else self._dense_shape.dtype,
            TensorShape(shape)[:1],
        )

    def __neg__(self) -> IndexedSlices:
        return IndexedSlices(-self._values, self._indices, self._dense_shape)

    def __str__(self):
        shape = "" if self._dense_shape is None else f", dense_shape={self._dense_shape!s}"
        return f"IndexedSlices(indices={self._indices!s}, values={self._values!s}{shape})"


class IndexedSlicesSpec(TypeSpec):
    """The spec of `IndexedSlices`.

    Args:
      shape: the static shape of the larger tensor.
      dtype: the dtype of the rows.
      indices_dtype: the dtype of the indices.
      dense_shape_dtype: the dtype of `dense_shape`, or None if there is none.
      indices_shape: the static shape of the indices, [None] if not given.
    """

    __slots__ = ("_shape", "_values_dtype", "_indices_dtype", "_dense_shape_dtype", "_indices_shape")

    def __init__(self, shape=None, dtype=float32, indices_dtype=int64, dense_shape_dtype=None, indices_shape=None):
        self._shape = TensorShape(shape)
        self._values_dtype = as_dtype(dtype)
        self._indices_dtype = as_dtype(indices_dtype)
        self._dense_shape_dtype = None if dense_shape_dtype is None else as_dtype(dense_shape_dtype)
        self._indices_shape = TensorShape([None] if indices_shape is None else indices_shape).with_rank(1)

    @property
    def value_type(self):
        """`IndexedSlices`."""
        return IndexedSlices

    def _serialize(self):
        return self._shape, self._values_dtype, self._indices_dtype, self._dense_shape_dtype, self._indices_shape

    @property
    def _component_specs(self):
        specs = (
            TensorSpec(self._indices_shape.concatenate(self._shape[1:]), self._values_dtype),
            TensorSpec(self._indices_shape, self._indices_dtype),
        )
        if self._dense_shape_dtype is None:
            return specs
        return (*specs, TensorSpec([self._shape.ndims], self._dense_shape_dtype))

    def _to_components(self, value):
        if value.dense_shape is None:
            return value.values, value.indices
        return value.values, value.indices, value.dense_shape

    def _from_components(self, components):
        return IndexedSlices(*components)


# What a session returns for a fetched IndexedSlices: NumPy arrays.
IndexedSlicesValue = namedtuple("IndexedSlicesValue", ["values", "indices", "dense_shape"])
