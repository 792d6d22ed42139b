"""`tf.RaggedTensorSpec`: what is known of a ragged tensor before it exists."""

from ..._gen import raw_ops
from ...framework import dtypes, nest
from ...framework.tensor_shape import TensorShape
from ...framework.type_spec import BatchableTypeSpec, TensorHooks, TensorSpec, register_type_spec_from_value_converter
from .value import RaggedTensorValue


class RaggedTensorSpec(BatchableTypeSpec):
    """The spec of a `tf.RaggedTensor`.

    Args:
      shape: the static shape, with None for axes that may be ragged; nothing is known of it if not given.
      dtype: the dtype of the elements.
      ragged_rank: how many axes are divided by row splits; one less than the rank of `shape` if not given. 0 stands for
        a tensor.
      row_splits_dtype: int32 or int64.
      flat_values_spec: the spec of the flat values, where they are more than a tensor of `dtype`.

    Raises:
      ValueError: neither rank nor ragged rank is known, or they contradict.

    >>> tf.RaggedTensorSpec([2, None], tf.int32)
    RaggedTensorSpec(TensorShape([2, None]), tf.int32, 1, tf.int64)
    """

    __slots__ = ("_shape", "_dtype", "_ragged_rank", "_row_splits_dtype", "_flat_values_spec")

    def __init__(
        self, shape=None, dtype=dtypes.float32, ragged_rank=None, row_splits_dtype=dtypes.int64, flat_values_spec=None
    ):
        if flat_values_spec is not None:
            if dtype is None:
                dtype = flat_values_spec.dtype
            elif dtypes.as_dtype(dtype) != flat_values_spec.dtype:
                raise ValueError("dtype must be the same as flat_values_spec.dtype")
        self._shape = TensorShape(shape)
        self._row_splits_dtype = dtypes.as_dtype(row_splits_dtype)
        self._dtype = dtypes.as_dtype(dtype)
        self._flat_values_spec = flat_values_spec
        rank = self._shape.rank
        if ragged_rank is None:
            if rank is None:
                raise ValueError("Must specify ragged_rank or a shape with a known rank.")
            ragged_rank = rank - 1
        self._ragged_rank = ragged_rank
        if not isinstance(ragged_rank, int):
            raise TypeError(f"Argument `ragged_rank` must be an int. Received {ragged_rank}.")
        if rank is not None and ragged_rank >= rank:
            raise ValueError(f"Argument `ragged_rank` ({ragged_rank}) must be less than rank ({rank}).")

    @property
    def value_type(self):
        """`tf.RaggedTensor`, or the tensor class where no axis is ragged."""
        from .tensor import RaggedTensor

        return RaggedTensor if self._ragged_rank > 0 else TensorHooks.tensor_class

    @property
    def shape(self):
        """The static shape."""
        return self._shape

    @property
    def dtype(self):
        """The dtype of the elements."""
        return self._dtype

    @property
    def ragged_rank(self):
        """How many axes are divided by row splits."""
        return self._ragged_rank

    @property
    def row_splits_dtype(self):
        """The dtype of the row splits."""
        return self._row_splits_dtype

    @property
    def flat_values_spec(self):
        """The spec of the flat values where it was given, else None."""
        return self._flat_values_spec

    def _serialize(self):
        parts = (self._shape, self._dtype, self._ragged_rank, self._row_splits_dtype)
        return parts if self._flat_values_spec is None else (*parts, self._flat_values_spec)

    @property
    def _component_specs(self):
        rank = self._ragged_rank
        if rank <= 0:
            return [self._flat_values_spec or TensorSpec(self._shape, self._dtype)]
        inner = self._shape[rank + 1 :] if self._shape.rank is not None else None
        flat = TensorShape(None) if inner is None else TensorShape([None]).concatenate(inner)
        rows = None if self._shape.rank is None else self._shape.as_list()[0]
        outer = TensorSpec([None if rows is None else rows + 1], self._row_splits_dtype)
        others = [TensorSpec([None], self._row_splits_dtype) for _ in range(rank - 1)]
        return [self._flat_values_spec or TensorSpec(flat, self._dtype), outer, *others]

    def _to_components(self, value):
        from .tensor import RaggedTensor

        if isinstance(value, (RaggedTensor, RaggedTensorValue)):
            return [value.flat_values, *value.nested_row_splits]
        return [value]

    def _from_components(self, components):
        from .tensor import from_components

        components = list(components)
        if len(components) == 1 and self._ragged_rank <= 0:
            return components[0]
        if all(type(part).__module__ == "numpy" for part in components):
            value, *splits = components
            for split in reversed(splits):
                value = RaggedTensorValue(value, split)
            return value
        return from_components(components, self._shape)

    # Datasets pass a ragged tensor on as one variant.

    @property
    def _flat_tensor_specs(self):
        return [TensorSpec(None, dtypes.variant)]

    def _encode(self, value, batched):
        from .tensor import RaggedTensor

        if isinstance(value, RaggedTensorValue):
            value = RaggedTensor.from_nested_row_splits(value.flat_values, value.nested_row_splits)
        found = value.ragged_rank if isinstance(value, RaggedTensor) else 0
        if found != self._ragged_rank:
            raise ValueError(f"Ragged rank of value {found} does not match ragged rank of type {self._ragged_rank}.")
        flat, *splits = self._to_components(value)
        return raw_ops.RaggedTensorToVariant(rt_nested_splits=splits, rt_dense_values=flat, batched_input=batched)

    def _to_tensor_list(self, value):
        return [self._encode(value, False)]

    def _to_batched_tensor_list(self, value):
        if self._ragged_rank == 0:
            raise ValueError("Ragged rank must be greater than 0 to be batched.")
        return [self._encode(value, True)]

    def _from_compatible_tensor_list(self, tensor_list):
        if self._ragged_rank < 0:
            raise ValueError(f"Argument `ragged_rank` must be non-negative. Received {self._ragged_rank}.")
        found = raw_ops.RaggedTensorFromVariant(
            encoded_ragged=tensor_list[0],
            input_ragged_rank=-1,
            output_ragged_rank=self._ragged_rank,
            Tvalues=self._dtype,
            Tsplits=self._row_splits_dtype,
        )
        parts = [found.output_dense_values, *found.output_nested_splits]
        for part, spec in zip(parts, self._component_specs, strict=True):
            if not hasattr(part, "numpy"):
                part.set_shape(spec.shape)
        return self._from_components(parts)

    # Functions and loops pass its components.

    def flatten(self):
        """The specs of flat values and row splits."""
        return nest.flatten(self._component_specs, expand_composites=True)

    def to_tensors(self, value):
        """The flat values and row splits of `value`."""
        return nest.flatten(self._to_components(value), expand_composites=True)

    def from_tensors(self, tensors):
        """The ragged tensor of the next flat values and row splits of an iterator."""
        return self._from_components([next(tensors) for _ in self.flatten()])

    def is_compatible_with(self, spec_or_value):
        """True if a value, or the values of another spec, could be of this type; tensors where no axis is ragged."""
        if self._ragged_rank == 0:
            if not isinstance(spec_or_value, (TensorHooks.tensor_class, TensorSpec)):
                return isinstance(spec_or_value, RaggedTensorSpec) and super().is_compatible_with(spec_or_value)
            fits = self._dtype.is_compatible_with(spec_or_value.dtype)
            return fits and self._shape.is_compatible_with(spec_or_value.shape)
        return super().is_compatible_with(spec_or_value)

    def _batch(self, batch_size):
        if self._flat_values_spec is not None:
            raise ValueError("Customized flat_values_spec is not supported.")
        shape = TensorShape([batch_size]).concatenate(self._shape)
        return RaggedTensorSpec(shape, self._dtype, self._ragged_rank + 1, self._row_splits_dtype)

    def _unbatch(self):
        if self._flat_values_spec is not None:
            raise ValueError("Customized flat_values_spec is not supported.")
        # A negative ragged rank stands for a row of a vector.
        return RaggedTensorSpec(self._shape[1:], self._dtype, self._ragged_rank - 1, self._row_splits_dtype)

    def _of_any_shape(self):
        return RaggedTensorSpec(None, self._dtype, self._ragged_rank, self._row_splits_dtype)

    def _to_legacy_output_types(self):
        return self._dtype

    def _to_legacy_output_shapes(self):
        return self._shape

    def _to_legacy_output_classes(self):
        return self

    @classmethod
    def from_value(cls, value):
        """The spec of a ragged tensor or `RaggedTensorValue`."""
        if isinstance(value, RaggedTensorValue):
            return cls(value.shape, value.values.dtype, value.ragged_rank, value.row_splits.dtype)
        return cls(value.shape, value.dtype, value.ragged_rank, value.row_splits.dtype)


register_type_spec_from_value_converter(RaggedTensorValue, RaggedTensorSpec.from_value)
