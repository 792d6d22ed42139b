"""The type spec of components that are None: they have no tensors."""

from ..framework.type_spec import BatchableTypeSpec


class NoneTensorSpec(BatchableTypeSpec):
    """The spec of None as a component of dataset elements; batches and rows of it are None too.

    >>> NoneTensorSpec() == NoneTensorSpec()
    True
    """

    __slots__ = ()

    @property
    def value_type(self):
        """The class of None."""
        return type(None)

    def _serialize(self):
        return ()

    @property
    def _component_specs(self):
        return []

    def _to_components(self, value):
        return []

    def _from_components(self, components):
        return None

    def _batch(self, batch_size):
        return self

    def _unbatch(self):
        return self

    def _to_legacy_output_types(self):
        return self

    def _to_legacy_output_shapes(self):
        return self

    def _to_legacy_output_classes(self):
        return self

    def is_compatible_with(self, spec_or_value):
        """True for None and its spec."""
        return spec_or_value is None or type(spec_or_value) is NoneTensorSpec

    def most_specific_compatible_type(self, other):
        """This spec; ValueError for another one."""
        if type(other) is not NoneTensorSpec:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}.")
        return self
