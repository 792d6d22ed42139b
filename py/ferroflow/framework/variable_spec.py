"""The type spec of variables."""

from .dtypes import float32 as _float32
from .type_spec import DenseSpec, TensorHooks, TensorSpec


class VariableSpec(DenseSpec):
    """The spec of a variable.

    Args:
      shape: the static shape.
      dtype: the dtype.
      trainable: whether gradients are taken by it unasked.
      alias_id: a number that variables share which are the same object, or None.
    """

    __slots__ = ("_trainable", "_alias_id")

    def __init__(self, shape, dtype=_float32, trainable=True, alias_id=None):
        super().__init__(shape, dtype)
        self._trainable = trainable
        self._alias_id = alias_id

    @property
    def trainable(self):
        """Whether gradients are taken by the variable unasked."""
        return self._trainable

    @property
    def alias_id(self):
        """The number that variables share which are the same object, or None."""
        return self._alias_id

    @property
    def value_type(self):
        """The variable class."""
        if TensorHooks.variable_class is None:
            raise RuntimeError("no variable class is registered yet")
        return TensorHooks.variable_class

    @classmethod
    def from_value(cls, value):
        """The spec of a variable."""
        return cls(value.shape, value.dtype, value.trainable)

    def is_compatible_with(self, spec_or_value):
        """True for a variable, or a spec of one, of the same trainability and a compatible dtype and shape."""
        if not isinstance(spec_or_value, VariableSpec):
            if not hasattr(spec_or_value, "handle"):
                return False
            spec_or_value = VariableSpec.from_value(spec_or_value)
        return self._trainable == spec_or_value._trainable and super().is_compatible_with(spec_or_value)

    def _check_alias(self, other):
        if (self._alias_id is None) != (other._alias_id is None):
            raise NotImplementedError(
                f"VariableSpec.is_subtype_of doesn't support alias_id=None, got self: {self} and other: {other}."
            )

    def is_subtype_of(self, other):
        """True if each variable of this type is one of `other` too."""
        if type(other) is not VariableSpec:
            return False
        self._check_alias(other)
        return (
            self._shape.is_subtype_of(other._shape)
            and self._dtype == other._dtype
            and self._trainable == other._trainable
            and self._alias_id == other._alias_id
        )

    def _serialize(self):
        return self._shape, self._dtype, self._trainable, self._alias_id

    @property
    def _component_specs(self):
        return [TensorSpec([], "resource")]

    def _to_components(self, value):
        return [value.handle]

    def _from_components(self, components):
        if TensorHooks.variable_from_handle is None:
            raise RuntimeError("no variable class is registered yet")
        (handle,) = components
        return TensorHooks.variable_from_handle(self, handle)

    def __repr__(self):
        return (
            f"VariableSpec(shape={self._shape}, dtype={self._dtype!r}, trainable={self._trainable!r}, "
            f"alias_id={self._alias_id!r})"
        )
