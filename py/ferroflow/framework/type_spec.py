"""Type specs: what is known of a tensor or composite value before it exists (its dtype, static shape, structure).

The compiled module comes later; until it calls `register_tensor_hooks`, a tensor is whatever has a `dtype` of class
DType and a `shape` of class TensorShape.
"""

from __future__ import annotations

from . import nest
from .dtypes import DType, as_dtype
from .dtypes import float32 as _float32
from .tensor_shape import TensorShape

TYPE_CHECKING = False  # what `typing` would say, without the time of its import
if TYPE_CHECKING:
    from typing import Any

    from .typing import DTypeLike, ShapeLike


class TensorHooks:
    """What this module needs from the tensor classes; set by `register_tensor_hooks`."""

    tensor_class: Any = None  # the class whose instances are tensors, and the value type of a TensorSpec
    variable_class: Any = None  # the value type of a VariableSpec
    convert: Any = None  # (value, dtype or None) -> tensor
    placeholder: Any = None  # (TensorSpec, placeholder context) -> symbolic tensor
    variable_from_handle: Any = None  # (VariableSpec, handle tensor) -> variable


def register_tensor_hooks(**hooks):
    """Sets `tensor_class`, `variable_class`, `convert`, `placeholder` or `variable_from_handle`; see the module."""
    for name, hook in hooks.items():
        if name.startswith("_") or not hasattr(TensorHooks, name):
            raise TypeError(f"there is no tensor hook {name!r}")
        setattr(TensorHooks, name, staticmethod(hook) if not isinstance(hook, type) else hook)


def is_tensor(value: Any) -> bool:
    """True for a tensor, eager or symbolic; False for specs, variables, arrays and composites."""
    if TensorHooks.tensor_class is not None:
        return isinstance(value, TensorHooks.tensor_class)
    return (
        isinstance(getattr(value, "dtype", None), DType)
        and isinstance(getattr(value, "shape", None), TensorShape)
        and not hasattr(value, "_type_spec")
        and not isinstance(value, TypeSpec)
    )


def _compatible(a, b):
    """True if two serialised specs agree: shapes, dtypes and specs are compatible, all else is equal."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(_compatible(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(_compatible(a[key], b[key]) for key in a)
    if isinstance(a, (TypeSpec, TensorShape, DType)):
        return a.is_compatible_with(b)
    return a == b


def _key(value):
    """A hashable stand-in for a serialised spec."""
    if isinstance(value, (list, tuple)):
        return (type(value), *(_key(entry) for entry in value))
    if isinstance(value, dict):
        return (dict, *((_key(k), _key(v)) for k, v in value.items()))
    if type(value).__name__ == "ndarray":
        return (value.shape, str(value.dtype), value.tobytes())
    return value


class TypeSpec:
    """The base of all type specs.

    A subclass defines `value_type`, `_serialize` (a tuple of the constructor's arguments), `_component_specs` (nested
    specs), `_to_components(value)` and `_from_components(components)`.
    """

    __slots__ = ("__weakref__",)

    @property
    def value_type(self):
        """The Python class of the values that this spec describes."""
        raise NotImplementedError(f"{type(self).__name__}.value_type")

    def _serialize(self):
        raise NotImplementedError(f"{type(self).__name__}._serialize()")

    @classmethod
    def _deserialize(cls, serialization):
        return cls(*serialization)

    @property
    def _component_specs(self):
        raise NotImplementedError(f"{type(self).__name__}._component_specs")

    def _to_components(self, value):
        raise NotImplementedError(f"{type(self).__name__}._to_components()")

    def _from_components(self, components):
        raise NotImplementedError(f"{type(self).__name__}._from_components()")

    def _to_legacy_output_types(self):
        raise NotImplementedError(f"{type(self).__name__}._to_legacy_output_types()")

    def _to_legacy_output_shapes(self):
        raise NotImplementedError(f"{type(self).__name__}._to_legacy_output_shapes()")

    def _to_legacy_output_classes(self):
        return self.value_type

    def is_compatible_with(self, spec_or_value) -> bool:
        """True if a value, or the values of another spec, could be of this type."""
        other = spec_or_value if isinstance(spec_or_value, TypeSpec) else type_spec_from_value(spec_or_value)
        return type(self) is type(other) and _compatible(self._serialize(), other._serialize())

    def is_subtype_of(self, other):
        """True if each value of this type is a value of `other` too."""
        if type(self) is not type(other):
            return False

        def fits(mine, theirs):
            if hasattr(mine, "is_subtype_of"):
                return mine.is_subtype_of(theirs)
            return mine == theirs

        try:
            return all(nest.flatten(nest.map_structure(fits, self._serialize(), other._serialize())))
        except (TypeError, ValueError):
            return False

    def most_specific_common_supertype(self, others):
        """The narrowest spec that this one and all `others` are subtypes of; None if there is none."""
        if any(type(self) is not type(other) for other in others):
            return None
        found = True

        def join(mine, *theirs):
            nonlocal found
            if hasattr(mine, "most_specific_common_supertype"):
                result = mine.most_specific_common_supertype(theirs)
                found = found and result is not None
                return result
            found = found and all(mine == other for other in theirs)
            return mine

        try:
            joined = nest.map_structure(join, self._serialize(), *(other._serialize() for other in others))
        except (TypeError, ValueError):
            return None
        return self._deserialize(joined) if found else None

    def most_specific_compatible_type(self, other):
        """The narrowest spec for the values of both; ValueError if there is none."""
        result = self.most_specific_common_supertype([other])
        if result is None:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}")
        return result

    @property
    def _flat_tensor_specs(self):
        return nest.flatten(self._component_specs, expand_composites=True)

    def flatten(self):
        """The specs of the component tensors, in order."""
        return nest.flatten(self._component_specs, expand_composites=True)

    def to_tensors(self, value):
        """The component tensors of `value`, in order."""
        return nest.flatten(self._to_components(value), expand_composites=True)

    def from_tensors(self, tensors):
        """The value that is made of the next component tensors of the iterator `tensors`."""
        parts = [next(tensors) for _ in self.flatten()]
        return self._from_components(nest.pack_sequence_as(self._component_specs, parts, expand_composites=True))

    def _to_tensor_list(self, value):
        return nest.flatten(self._to_components(value), expand_composites=True)

    def _from_compatible_tensor_list(self, tensor_list):
        components = nest.pack_sequence_as(self._component_specs, tensor_list, expand_composites=True)
        return self._from_components(components)

    def _from_tensor_list(self, tensor_list):
        expected = self._flat_tensor_specs
        start = f"Cannot create a {self.value_type.__name__} from the tensor list"
        if len(tensor_list) != len(expected):
            raise ValueError(
                f"{start}: the TypeSpec expects {len(expected)} items, but the provided tensor list has "
                f"{len(tensor_list)} items."
            )
        for i, (spec, tensor) in enumerate(zip(expected, tensor_list, strict=True)):
            if not spec.is_compatible_with(tensor):
                raise ValueError(f"{start}: item {i} ({tensor!r}) is incompatible with the expected TypeSpec {spec}.")
        return self._from_compatible_tensor_list(tensor_list)

    def cast(self, value, casting_context):
        """`value` if it is of this type; ValueError if not, TypeError if only the types of its parts differ."""
        if isinstance(value, self.value_type):
            if self.is_compatible_with(value):
                return value
            cast = [spec.cast for spec in nest.flatten(self._component_specs, expand_composites=False)]
            parts = nest.flatten(self._to_components(value), expand_composites=False)
            for one, part in zip(cast, parts, strict=False):
                one(part, casting_context)
        raise ValueError(f"Can not cast {value!r} to {self!r}")

    def placeholder_value(self, placeholder_context):
        """A value of this type whose component tensors are placeholders of the function being traced."""
        specs = self._component_specs
        return self._from_components(
            nest.map_structure(lambda spec: spec.placeholder_value(placeholder_context), specs, expand_composites=False)
        )

    def _without_tensor_names(self):
        def unnamed(value):
            return value._without_tensor_names() if isinstance(value, TypeSpec) else value

        return self._deserialize(nest.map_structure(unnamed, self._serialize()))

    def _with_tensor_ranks_only(self):
        def relaxed(value):
            if isinstance(value, TypeSpec):
                return value._with_tensor_ranks_only()
            if isinstance(value, TensorShape) and value.rank is not None:
                return TensorShape([None] * value.rank)
            return value

        return self._deserialize(nest.map_structure(relaxed, self._serialize()))

    # How `nest` takes a spec apart with expand_composites=True; None in classes whose specs are leaves.

    def _nest_component(self):
        return self._component_specs

    def _nest_rebuild(self, components):
        return self._from_components(components)

    def _nest_name(self):
        return self.value_type.__name__

    def _nest_spec(self):
        return self

    def _nest_is_compatible(self, other):
        # Two specs may differ in what their component specs tell; a spec must fit a value.
        return isinstance(other, TypeSpec) or other._nest_is_compatible(self)

    def __eq__(self, other):
        return type(other) is type(self) and _key(self._serialize()) == _key(other._serialize())

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash((type(self), _key(self._serialize())))

    def __repr__(self):
        return f"{type(self).__name__}{self._serialize()!r}"

    def __reduce__(self):
        return type(self), self._serialize()


class BatchableTypeSpec(TypeSpec):
    """A type spec whose values datasets can batch and take apart again."""

    __slots__ = ()

    def _batch(self, batch_size):
        """The spec of a batch of `batch_size` values (None: unknown)."""
        raise NotImplementedError(f"{type(self).__name__}._batch")

    def _unbatch(self):
        """The spec of one value of a batch."""
        raise NotImplementedError(f"{type(self).__name__}._unbatch")

    def _of_any_shape(self):
        """The spec of all values of this dtype and form, of any shape."""
        return self

    def _to_batched_tensor_list(self, value):
        """The tensors of a batched value, each with the batch as its first dimension."""
        return self._to_tensor_list(value)


class DenseSpec(BatchableTypeSpec):
    """What TensorSpec and VariableSpec share: a dtype, a static shape and a name."""

    __slots__ = ("_shape", "_dtype", "_name")
    _nest_component = None

    def __init__(self, shape: ShapeLike, dtype: DTypeLike = _float32, name: str | None = None) -> None:
        self._shape = TensorShape(shape)
        self._dtype = as_dtype(dtype)
        self._name = name

    @property
    def shape(self) -> TensorShape:
        """The static shape, a `TensorShape`."""
        return self._shape

    @property
    def dtype(self) -> DType:
        """The dtype."""
        return self._dtype

    @property
    def name(self) -> str | None:
        """The name, or None."""
        return self._name

    def is_compatible_with(self, spec_or_value):
        """True for a tensor, variable or spec of a compatible dtype and shape; False for arrays and numbers."""
        if not isinstance(spec_or_value, DenseSpec) and not is_tensor(spec_or_value):
            return False
        return self._dtype.is_compatible_with(spec_or_value.dtype) and self._shape.is_compatible_with(
            spec_or_value.shape
        )

    def __repr__(self):
        return f"{type(self).__name__}(shape={self._shape}, dtype={self._dtype!r}, name={self._name!r})"


class TensorSpec(DenseSpec):
    """The spec of a tensor.

    Args:
      shape: the static shape, anything that `TensorShape` takes.
      dtype: the dtype, anything that `as_dtype` takes.
      name: a name for the tensor, or None.

    >>> TensorSpec([None, 3]).is_compatible_with(TensorSpec([2, 3]))
    True
    """

    __slots__ = ()

    @property
    def value_type(self):
        """The tensor class."""
        if TensorHooks.tensor_class is None:
            raise RuntimeError("no tensor class is registered yet")
        return TensorHooks.tensor_class

    @classmethod
    def from_spec(cls, spec, name: str | None = None) -> TensorSpec:
        """The TensorSpec with the shape and dtype of another spec; its name, where `name` gives none."""
        return cls(spec.shape, spec.dtype, name or spec.name)

    @classmethod
    def from_tensor(cls, tensor, name: str | None = None) -> TensorSpec:
        """The spec of a tensor; a symbolic tensor's op lends its name. ValueError for anything else."""
        if not is_tensor(tensor):
            raise ValueError(f"`tensor` should be a tf.Tensor, but got type {type(tensor)}.")
        if name is None and not hasattr(tensor, "numpy"):
            name = getattr(getattr(tensor, "op", None), "name", None)
        return cls(tensor.shape, tensor.dtype, name)

    def is_subtype_of(self, other):
        """True if each tensor of this type is one of `other` too. A name must be the same if this spec has one."""
        return (
            isinstance(other, TensorSpec)
            and (not self._name or self._name == other._name)
            and self._shape.is_subtype_of(other._shape)
            and self._dtype == other._dtype
        )

    def _serialize(self):
        return self._shape, self._dtype, self._name

    @property
    def _component_specs(self):
        return self

    def _to_components(self, value):
        if not is_tensor(value):
            raise AssertionError(f"expected a tensor, got {value!r}")
        return value

    def _from_components(self, components):
        return components

    def _from_compatible_tensor_list(self, tensor_list):
        (tensor,) = tensor_list
        return tensor

    def _to_tensor_list(self, value):
        return [value]

    def to_tensors(self, value):
        """The value itself."""
        return [value]

    def cast(self, value, casting_context):
        """`value` as a tensor of this type; TypeError if it cannot be one."""
        if not is_tensor(value) and TensorHooks.convert is not None:
            value = TensorHooks.convert(value, self._dtype)
        if self.is_compatible_with(value):
            return value
        have = TensorSpec(value.shape, value.dtype, self._name) if is_tensor(value) else value
        raise TypeError(f"Can not cast {have!r} to {self!r}")

    def placeholder_value(self, placeholder_context):
        """A symbolic tensor of this type in the function being traced."""
        if TensorHooks.placeholder is None:
            raise RuntimeError("no function is being traced")
        return TensorHooks.placeholder(self, placeholder_context)

    def _batch(self, batch_size):
        return TensorSpec(TensorShape([batch_size]).concatenate(self._shape), self._dtype)

    def _unbatch(self):
        if self._shape.rank == 0:
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        return TensorSpec(self._shape[1:], self._dtype)

    def _of_any_shape(self):
        return TensorSpec(None, self._dtype)

    def _to_legacy_output_types(self):
        return self._dtype

    def _to_legacy_output_shapes(self):
        return self._shape

    def _without_tensor_names(self):
        return self if self._name is None else TensorSpec(self._shape, self._dtype)

    @classmethod
    def experimental_type_proto(cls):
        """The message class of `experimental_as_proto`."""
        from .protos import TensorSpecProto

        return TensorSpecProto

    def experimental_as_proto(self):
        """This spec as a `TensorSpecProto`."""
        return self.experimental_type_proto()(
            shape=self._shape.as_proto(), dtype=self._dtype.as_datatype_enum, name=self._name
        )

    @classmethod
    def experimental_from_proto(cls, proto):
        """The spec that a `TensorSpecProto` describes."""
        return cls(TensorShape(proto.shape), proto.dtype, proto.name or None)


class BoundedTensorSpec(TensorSpec):
    """A TensorSpec that also knows the least and greatest value of the elements.

    Args:
      shape, dtype, name: as in `TensorSpec`.
      minimum, maximum: numbers or arrays that broadcast to the shape.

    Raises:
      ValueError: a bound is missing or does not fit the shape.
    """

    __slots__ = ("_minimum", "_maximum")

    def __init__(self, shape, dtype, minimum, maximum, name=None):
        import numpy as np

        super().__init__(shape, dtype, name)
        if minimum is None:
            raise ValueError("`minimum` can not be None.")
        if maximum is None:
            raise ValueError("`maximum` can not be None.")
        self._minimum = np.array(minimum, dtype=self._dtype.as_numpy_dtype)
        self._maximum = np.array(maximum, dtype=self._dtype.as_numpy_dtype)
        self._minimum.setflags(write=False)
        self._maximum.setflags(write=False)

    @classmethod
    def from_spec(cls, spec):
        """The bounded spec with the bounds of `spec`, or its dtype's range if it has none."""
        dtype = as_dtype(spec.dtype)
        return cls(
            spec.shape, dtype, getattr(spec, "minimum", dtype.min), getattr(spec, "maximum", dtype.max), spec.name
        )

    @property
    def minimum(self):
        """The least value, a read-only array."""
        return self._minimum

    @property
    def maximum(self):
        """The greatest value, a read-only array."""
        return self._maximum

    def _serialize(self):
        return self._shape, self._dtype, self._minimum, self._maximum, self._name

    def __repr__(self):
        return (
            f"BoundedTensorSpec(shape={self._shape}, dtype={self._dtype!r}, name={self._name!r}, "
            f"minimum={self._minimum!r}, maximum={self._maximum!r})"
        )


_converters = []


def register_type_spec_from_value_converter(type_object, converter_fn, allow_subclass=False):
    """Makes `type_spec_from_value` call `converter_fn` for values of the class `type_object`, the last one first."""
    _converters.append((type_object, converter_fn, allow_subclass))


def _spec_of_plain_value(value):
    """The spec of a NumPy array, number, string or nested list, or None."""
    import numpy as np

    try:
        array = np.asarray(value)
    except ValueError:
        return None
    if array.dtype == object and not all(isinstance(v, (str, bytes)) for v in array.flat):
        return None
    plain = not any(hasattr(leaf, "dtype") for leaf in nest.flatten(value))
    if plain and array.dtype == np.int64:
        dtype = "int32"
    elif plain and array.dtype == np.float64:
        dtype = "float32"
    else:
        dtype = array.dtype
    try:
        return TensorSpec(array.shape, dtype)
    except TypeError:
        return None


def type_spec_from_value(value: Any) -> TypeSpec:
    """The type spec of a value: a tensor, variable, composite tensor, dataset, NumPy array, number, string or list.

    Raises:
      TypeError: the value can be no tensor.

    >>> type_spec_from_value([1, 2])
    TensorSpec(shape=(2,), dtype=tf.int32, name=None)
    """
    if is_tensor(value):
        return TensorSpec(value.shape, value.dtype)
    spec = getattr(value, "_type_spec", None)
    if isinstance(spec, TypeSpec):
        return spec
    for cls, convert, allow_subclass in reversed(_converters):
        if type(value) is cls or (allow_subclass and isinstance(value, cls)):
            return convert(value)
    found = _spec_of_plain_value(value)
    if found is None:
        raise TypeError(f"Could not build a TypeSpec for {value!r} of unsupported type {type(value)}.")
    return found
