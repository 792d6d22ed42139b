"""`tf.experimental.Optional`: an element or none."""

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.composite import CompositeTensor
from ..framework.type_spec import TensorSpec, TypeSpec
from . import structure


class Optional(CompositeTensor):
    """A value that may be missing; made by `from_value`, `empty` and `Iterator.get_next_as_optional`.

    >>> bool(Optional.from_value(3).has_value())
    True
    """

    def __init__(self):
        raise TypeError("Can't instantiate abstract class Optional: `from_value` and `empty` make optionals")

    @classmethod
    def _of(cls, variant, spec):
        self = cls.__new__(cls)
        self._variant_tensor, self._spec = variant, spec
        return self

    @staticmethod
    def from_value(value):
        """An optional that holds nested values. TypeError for what can be no tensor.

        >>> int(Optional.from_value(3).get_value())
        3
        """
        try:
            element = structure.normalize_element(value)
        except (TypeError, ValueError) as error:
            raise TypeError(f"Could not build a `TypeSpec` for {value} with type {type(value).__name__}") from error
        spec = structure.type_spec_from_value(element)
        return Optional._of(raw_ops.OptionalFromValue(components=structure.to_tensors(spec, element)), spec)

    @staticmethod
    def empty(element_spec):
        """An optional that could hold values of these specs, and holds none.

        >>> from ferroflow import TensorSpec
        >>> bool(Optional.empty(TensorSpec([])).has_value())
        False
        """
        return Optional._of(raw_ops.OptionalNone(), element_spec)

    @property
    def element_spec(self):
        """The nested type specs of the value."""
        return self._spec

    @property
    def _type_spec(self):
        return OptionalSpec(self._spec)

    def has_value(self, name=None):
        """Whether it holds a value, as a bool scalar."""
        return raw_ops.OptionalHasValue(optional=self._variant_tensor, name=name)

    def get_value(self, name=None):
        """The nested value. InvalidArgumentError if there is none."""
        tensors = raw_ops.OptionalGetValue(optional=self._variant_tensor, **structure.flat_attrs(self._spec), name=name)
        return structure.from_tensors(self._spec, tensors)


class OptionalSpec(TypeSpec):
    """The type spec of an optional.

    Args:
      element_spec: the nested type specs of its value.
    """

    __slots__ = ("_element_spec",)

    def __init__(self, element_spec):
        self._element_spec = element_spec

    @property
    def value_type(self):
        """`tf.experimental.Optional`."""
        return Optional

    def _serialize(self):
        return (self._element_spec,)

    @property
    def _component_specs(self):
        return TensorSpec([], dtypes.variant)

    def _to_components(self, value):
        return value._variant_tensor

    def _from_components(self, components):
        return Optional._of(components, self._element_spec)

    @staticmethod
    def from_value(value):
        """The spec of an optional."""
        return OptionalSpec(value.element_spec)
