"""Iterators: over eager datasets as Python iterators, and in graphs as TensorFlow 1 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, data_nest, dtypes, random_seed
from ..framework.composite import CompositeTensor
from ..framework.convert import convert_to_tensor
from ..framework.errors import OutOfRangeError
from ..framework.func_graph import trace
from ..framework.graph import get_default_graph
from ..framework.type_spec import TensorSpec, TypeSpec
from . import structure
from .optional import Optional

if TYPE_CHECKING:
    from typing import Any, Self

    from ..framework.typing import Operation, Tensor

_MANY_CALLS = 32


class IteratorBase(CompositeTensor):
    """What all iterators have."""

    _spec = None
    _iterator_resource = None
    _attrs = None  # of the op that reads, once it was called

    @property
    def element_spec(self) -> Any:
        """The nested type specs of an element."""
        return self._spec

    @property
    def _type_spec(self):
        return IteratorSpec(self._spec)

    @property
    def output_types(self):
        """The nested dtypes of an element."""
        return structure.legacy(self._spec, "types")

    @property
    def output_shapes(self):
        """The nested static shapes of an element."""
        return structure.legacy(self._spec, "shapes")

    @property
    def output_classes(self):
        """The nested Python classes of an element's components."""
        return structure.legacy(self._spec, "classes")

    def _read(self, name=None):
        if self._attrs is None:
            self._attrs = structure.flat_attrs(self._spec)
            self._is_single = type(self._spec) is TensorSpec
        tensors = raw_ops.IteratorGetNext(self._iterator_resource, **self._attrs, name=name)
        return tensors[0] if self._is_single else structure.from_tensors(self._spec, tensors)

    def get_next_as_optional(self):
        """The next element as an `Optional`, which is empty after the last one."""
        variant = raw_ops.IteratorGetNextAsOptional(
            iterator=self._iterator_resource, **structure.flat_attrs(self._spec)
        )
        return Optional._of(variant, self._spec)


class OwnedIterator(IteratorBase):
    """A Python iterator over a dataset, in eager mode and in functions; what `iter(dataset)` returns.

    >>> from ferroflow.data import Dataset
    >>> iterator = iter(Dataset.range(2))
    >>> int(next(iterator)), int(iterator.get_next())
    (0, 1)
    """

    def __init__(self, dataset):
        self._spec = dataset.element_spec
        self._iterator_resource = raw_ops.AnonymousIteratorV3(**structure.flat_attrs(self._spec))
        raw_ops.MakeIterator(dataset=dataset._variant_tensor, iterator=self._iterator_resource)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        try:
            return self._read()
        except OutOfRangeError:
            raise StopIteration from None

    def get_next(self) -> Any:
        """The next element. OutOfRangeError after the last one."""
        return self._read()


class Iterator(IteratorBase):
    """An iterator in a graph.

    Made by `make_initializable_iterator` and `make_one_shot_iterator`, or by `from_structure` and `from_string_handle`.
    """

    def __init__(self, iterator_resource, initializer, output_types, output_shapes, output_classes=None):
        self._iterator_resource = iterator_resource
        self._initializer = initializer
        self._spec = _spec_of(output_types, output_shapes)
        self._calls = 0

    @classmethod
    def _of(cls, resource, initializer, spec):
        self = cls.__new__(cls)
        self._iterator_resource, self._initializer, self._spec, self._calls = resource, initializer, spec, 0
        return self

    @staticmethod
    def from_structure(output_types, output_shapes=None, shared_name=None, output_classes=None) -> Iterator:
        """An iterator without a dataset; `make_initializer` gives operations that start it over datasets of this structure.

        Args:
          output_types: nested dtypes of the elements.
          output_shapes: nested static shapes; nothing is known of them if not given.
          shared_name: a name under which sessions of one process share it.
          output_classes: accepted; components are tensors.
        """
        spec = _spec_of(output_types, output_shapes)
        with context.graph_mode():
            resource = raw_ops.IteratorV2(container="", shared_name=shared_name or "", **structure.flat_attrs(spec))
        return Iterator._of(resource, None, spec)

    @staticmethod
    def from_string_handle(string_handle, output_types, output_shapes=None, output_classes=None) -> Iterator:
        """The iterator that a string tensor stands for: what running another iterator's `string_handle()` gave.

        Args:
          string_handle: a scalar string tensor, mostly a placeholder.
          output_types: nested dtypes of the elements.
          output_shapes: nested static shapes; nothing is known of them if not given.
          output_classes: accepted; components are tensors.
        """
        spec = _spec_of(output_types, output_shapes)
        with context.graph_mode():
            handle = convert_to_tensor(string_handle, dtype=dtypes.string)
            resource = raw_ops.IteratorFromStringHandleV2(string_handle=handle, **structure.flat_attrs(spec))
        return Iterator._of(resource, None, spec)

    @property
    def initializer(self) -> Operation:
        """The operation that starts the iterator. ValueError if it starts by itself or has no dataset of its own."""
        if self._initializer is None:
            raise ValueError(
                "The iterator does not have an initializer. This means it was likely created using `tf.data.Dataset.make_one_shot_iterator()`. For an initializable iterator, use `tf.data.Dataset.make_initializable_iterator()` instead."
            )
        return self._initializer

    def make_initializer(self, dataset, name: str | None = None) -> Operation:
        """An operation that starts this iterator over `dataset`. TypeError if dtypes or shapes of elements do not fit."""
        spec = dataset.element_spec
        self._check(spec)
        with context.graph_mode():
            return raw_ops.MakeIterator(dataset=dataset._variant_tensor, iterator=self._iterator_resource, name=name)

    def _check(self, spec):
        data_nest.assert_same_structure(self.output_types, structure.legacy(spec, "types"))
        flat = zip(structure.flat_specs(self._spec), structure.flat_specs(spec), strict=True)
        for mine, theirs in flat:
            if mine.dtype != theirs.dtype:
                raise TypeError(
                    f"Expected output types {self.output_types!r} but got dataset with output types {structure.legacy(spec, 'types')!r}."
                )
            if not mine.shape.is_compatible_with(theirs.shape):
                raise TypeError(
                    f"Expected output shapes compatible with {self.output_shapes!r} but got dataset with output shapes {structure.legacy(spec, 'shapes')!r}."
                )

    def get_next(self, name: str | None = None) -> Any:
        """Nested symbolic tensors: each run of them reads the next element. OutOfRangeError (from the run) at the end."""
        self._calls += 1
        if self._calls > _MANY_CALLS:
            import warnings

            warnings.warn(
                "An unusually high number of `Iterator.get_next()` calls was detected. This often indicates that `Iterator.get_next()` is being called inside a training loop, which will cause gradual slowdown and eventual resource exhaustion. If this is the case, restructure your code to call `next_element = iterator.get_next()` once outside the loop, and use `next_element` as the input to some computation that is invoked inside the loop.",
                stacklevel=2,
            )
        return self._read(name)

    def string_handle(self, name: str | None = None) -> Tensor:
        """A scalar string tensor that stands for this iterator; see `from_string_handle`."""
        return raw_ops.IteratorToStringHandle(resource_handle=self._iterator_resource, name=name)


def _spec_of(output_types, output_shapes):
    flat = data_nest.flatten(output_types)
    if all(isinstance(t, TypeSpec) for t in flat):
        return output_types
    return structure.from_types_and_shapes(output_types, output_shapes)


class IteratorSpec(TypeSpec):
    """The type spec of an iterator.

    Args:
      element_spec: the nested type specs of its elements.
    """

    __slots__ = ("_element_spec",)

    def __init__(self, element_spec):
        self._element_spec = element_spec

    @property
    def value_type(self):
        """The class of eager iterators."""
        return OwnedIterator

    def _serialize(self):
        return (self._element_spec,)

    @property
    def _component_specs(self):
        return TensorSpec([], dtypes.resource)

    def _to_components(self, value):
        return value._iterator_resource

    def _from_components(self, components):
        iterator = OwnedIterator.__new__(OwnedIterator)
        iterator._spec, iterator._iterator_resource = self._element_spec, components
        return iterator

    @staticmethod
    def from_value(value):
        """The spec of an iterator."""
        return IteratorSpec(value.element_spec)


class LegacyIterators:
    """The iterators of TensorFlow 1, as methods of datasets: they add nodes to the default graph."""

    def make_initializable_iterator(self, shared_name=None) -> Iterator:
        """An iterator that its `initializer` starts, again and again; it may depend on placeholders.

        Args:
          shared_name: a name under which sessions of one process share it.
        """
        spec = self.element_spec
        with context.graph_mode():
            resource = raw_ops.IteratorV2(container="", shared_name=shared_name or "", **structure.flat_attrs(spec))
            initializer = raw_ops.MakeIterator(dataset=self._variant_tensor, iterator=resource, name="make_initializer")
        return Iterator._of(resource, initializer, spec)

    def make_one_shot_iterator(self) -> Iterator:
        """An iterator that starts by itself and passes over the dataset once. ValueError if it depends on placeholders."""
        spec = self.element_spec
        with context.graph_mode():
            random_seed.get_seed(None)  # TensorFlow seeds the factory: ops that follow have the next number
            resource = raw_ops.OneShotIterator(
                dataset_factory=_factory(self), container="", shared_name="", **structure.flat_attrs(spec)
            )
        return Iterator._of(resource, None, spec)

    @property
    def output_types(self):
        """The nested dtypes of an element."""
        return structure.legacy(self.element_spec, "types")

    @property
    def output_shapes(self):
        """The nested static shapes of an element."""
        return structure.legacy(self.element_spec, "shapes")

    @property
    def output_classes(self):
        """The nested Python classes of an element's components."""
        return structure.legacy(self.element_spec, "classes")


def _factory(dataset):
    """The name of a function without arguments that makes a dataset: a copy of the operations that lead to it."""
    variant = dataset._variant_tensor
    traced = trace(lambda: _copy_of(variant, get_default_graph(), {}), [], "make_dataset", [variant])
    return traced.name


def _copy_of(tensor, graph, known):
    """The tensor of `graph` that a copy of the operations behind `tensor` makes; eager tensors become constants."""
    if hasattr(tensor, "numpy"):
        return graph._add_op("Const", [], {"value": tensor, "dtype": tensor.dtype}, "dataset").outputs[0]
    op = tensor.op
    if op.type in ("Placeholder", "VariableV2", "VarHandleOp"):
        raise ValueError(
            f"Failed to create a one-shot iterator for a dataset. `Dataset.make_initializable_iterator()` is more suitable: Cannot capture a placeholder "
            f"(name:{op.name}, type:{op.type}) by value."
        )
    if op.name not in known:
        inputs = [_copy_of(t, graph, known) for t in op.inputs]
        known[op.name] = graph._add_op(op.type, inputs, op._attrs(), op.name)
    return known[op.name].outputs[tensor.value_index]
