"""Graphs: programs that are built first and run by sessions; the default graph."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .. import _core
from .collections import Collections
from .name_scope import scope_in_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .protos import GraphDef
    from .typing import Operation, Tensor

# What `tf.Graph.as_graph_def` writes as the version of the producer; TensorFlow's of the ops that are followed.
GRAPH_DEF_VERSION = 2474


class _Annotator:
    """A change that a scope makes to all operations that are added within it."""

    __slots__ = ("change", "start")

    def __init__(self, change, start):
        self.change = change
        self.start = start


class Graph(_core.GraphBase, Collections):
    """A program as a graph of operations, which a session runs.

    Ops that are called inside `with graph.as_default():` add operations to the graph; nothing is computed.

    >>> graph = Graph()
    >>> with graph.as_default():
    ...     x = _core.constant(1.0)
    >>> x.graph is graph
    True
    """

    def __init__(self) -> None:
        super().__init__()
        self._start_collections()
        self._scope = ""  # scopes and annotators stay with the graph when it is left and entered again
        self._annotators = []
        self._seed = None
        self._unfeedable = set()  # names of tensors
        self._unfetchable = set()  # names of operations
        self._versions = None
        self._op_seed_count = 0
        self._variable_store = None
        self._variable_scope = None
        self._owned = {}  # by name: bodies of functions that are called here, and gradients of operations

    # Scopes

    @contextmanager
    def as_default(self) -> Iterator[Graph]:
        """Makes this the graph that ops are added to, inside a `with` statement."""
        _core.push_graph(self)
        try:
            _core.set_scope(self._scope)
            yield self
        finally:
            _core.pop_graph()

    @contextmanager
    def _here(self):
        """Enters this graph unless it is being built already."""
        if _core.current_graph() is self:
            yield self
        else:
            with self.as_default():
                yield self

    @contextmanager
    def name_scope(self, name) -> Iterator[str]:
        """A name scope of this graph; see `tf.compat.v1.name_scope`."""
        if name is not None and not isinstance(name, str):
            raise ValueError(f"Name for name_scope must be a string. Received: {name} (type {type(name).__name__})")
        with self._here(), scope_in_graph(name) as full:
            yield full

    def get_name_scope(self) -> str:
        """The name scope at hand, without a trailing slash."""
        return _core.scope() if _core.current_graph() is self else self._scope

    def unique_name(self, name, mark_as_used: bool = True) -> str:
        """A name under the name scope at hand that no operation has: `name`, or `name_1`, ..."""
        scope = self.get_name_scope()
        return self._unique_name(f"{scope}/{name}" if scope else name, mark_as_used)

    @contextmanager
    def device(self, device_name_or_function) -> Iterator[None]:
        """Requests a device for operations that are added inside; see `tf.compat.v1.device`."""
        from .context import device_v1

        with self._here(), device_v1(device_name_or_function):
            yield

    @contextmanager
    def control_dependencies(self, control_inputs) -> Iterator[None]:
        """Makes operations that are added inside run after the given ones; None leaves all outer dependencies."""
        from .context import control_dependencies

        with self._here(), control_dependencies(control_inputs):
            yield

    @contextmanager
    def _annotating(self, change):
        """Calls `change(op)` for each operation that is added inside: when it is first looked at, or at the end."""
        annotator = _Annotator(change, len(self))
        self._annotators.append(annotator)
        try:
            yield
        finally:
            self._settle()
            self._annotators.remove(annotator)

    def _settle(self):
        """Makes the pending changes of scopes to operations; inner scopes come first."""
        if not self._annotators:
            return
        end = len(self)
        for annotator in reversed(self._annotators):
            start, annotator.start = annotator.start, end
            for number in range(start, end):
                annotator.change(self._op(number))

    @contextmanager
    def colocate_with(self, op, ignore_existing: bool = False) -> Iterator[None]:
        """Asks for operations that are added inside to be on the device of `op` (None: of nothing)."""
        if op is None and not ignore_existing:
            raise ValueError("Trying to reset colocation (op is None) but ignore_existing is not True")
        if op is None:
            yield
            return
        if hasattr(op, "_as_graph_element") or isinstance(op, _core.Tensor):
            op = self.as_graph_element(op, allow_operation=False).op
        groups = op.colocation_groups()

        def colocate(new):
            if new is op:
                return
            attrs = new._attrs()
            have = [] if ignore_existing else attrs.get("_class", [])
            new._set_attr("_class", sorted({*have, *groups}))
            if op.device and new.device != op.device:
                new._set_device(op.device)

        with self._here(), self._annotating(colocate):
            yield

    @contextmanager
    def _attr_scope(self, attrs):
        """Gives attributes to all operations that are added inside: a dict of names and values."""

        def set_attrs(op):
            have = op._attrs()
            for name, value in attrs.items():
                if value is not None and name not in have:
                    op._set_attr(name, value)

        with self._annotating(set_attrs):
            yield

    @contextmanager
    def gradient_override_map(self, op_type_map) -> Iterator[None]:
        """Takes another registered gradient for operations of some types that are added inside.

        Args:
          op_type_map: a dict from op types to names that `tf.RegisterGradient` knows.

        Raises:
          TypeError: no such dict.
        """
        if not isinstance(op_type_map, dict):
            raise TypeError("op_type_map must be a dictionary mapping strings to strings")
        for op_type, gradient in op_type_map.items():
            if not (isinstance(op_type, str) and isinstance(gradient, str)):
                raise TypeError("op_type_map must be a dictionary mapping strings to strings")

        def override(op):
            if op.type in op_type_map and "_gradient_op_type" not in op._attrs():
                op._set_attr("_gradient_op_type", op_type_map[op.type])

        with self._here(), self._annotating(override):
            yield

    @contextmanager
    def container(self, container_name) -> Iterator[None]:
        """Keeps resources such as variables that are made inside in a container of this name."""

        def contain(op):
            if op._attrs().get("container") == b"":
                op._set_attr("container", container_name)

        with self._here(), self._annotating(contain):
            yield container_name

    # Elements

    def as_graph_element(self, obj, allow_tensor: bool = True, allow_operation: bool = True) -> Tensor | Operation:
        """The tensor or operation of this graph that `obj` is or names.

        Args:
          obj: a tensor, an operation, a name such as "add:0" or "add", or an object with `_as_graph_element`.
          allow_tensor, allow_operation: whether a tensor or an operation is wanted.

        Raises:
          TypeError: `obj` is something else.
          ValueError: of another graph, or of the kind that is not wanted, or no name.
          KeyError: a name that nothing in this graph has.
        """
        if allow_tensor and allow_operation:
            wanted = "Tensor or Operation"
        elif allow_tensor:
            wanted = "Tensor"
        elif allow_operation:
            wanted = "Operation"
        else:
            raise ValueError("allow_tensor and allow_operation can't both be False.")
        convert = getattr(obj, "_as_graph_element", None)
        if convert is not None:
            obj = convert()
        name = obj.decode() if isinstance(obj, bytes) else obj
        if isinstance(name, str):
            return self._element_of_name(name, allow_tensor, allow_operation, wanted)
        if isinstance(obj, _core.SymbolicTensor) and allow_tensor:
            if obj.graph is not self:
                raise ValueError(f"Tensor {obj} is not an element of this graph.")
            return obj
        if isinstance(obj, _core.Operation) and allow_operation:
            if obj.graph is not self:
                raise ValueError(f"Operation {obj} is not an element of this graph.")
            return obj
        raise TypeError(f"Can not convert a {type(obj).__name__} into a {wanted}.")

    def _element_of_name(self, name, allow_tensor, allow_operation, wanted):
        if ":" not in name:
            if allow_operation:
                op = self._find(name)
                if op is None:
                    raise KeyError(f"The name {name!r} refers to an Operation not in the graph.")
                return op
            if self._find(name) is not None:
                raise ValueError(
                    f"The name {name!r} refers to an Operation, not a {wanted}. Tensor names must be of the form "
                    '"<op_name>:<output_index>".'
                )
            raise ValueError(
                f"The name {name!r} looks like an (invalid) Operation name, not a {wanted}. Tensor names must be of the "
                'form "<op_name>:<output_index>".'
            )
        if not allow_tensor:
            raise ValueError(f"Name {name!r} appears to refer to a Tensor, not a {wanted}.")
        op_name, _, index = name.partition(":")
        if not index.isdecimal():
            raise ValueError(
                f"The name {name!r} looks a like a Tensor name, but is not a valid one. Tensor names must be of the form "
                '"<op_name>:<output_index>".'
            )
        op = self._find(op_name)
        if op is None:
            raise KeyError(
                f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r}, does not exist "
                "in the graph."
            )
        outputs = op.outputs
        if int(index) >= len(outputs):
            raise KeyError(
                f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r}, exists but only "
                f"has {len(outputs)} outputs."
            )
        return outputs[int(index)]

    def get_operation_by_name(self, name: str) -> Operation:
        """The operation of this name.

        Raises:
          TypeError: `name` is not a string.
          KeyError: there is none.
        """
        if not isinstance(name, str):
            raise TypeError(f"Operation names are strings (or similar), not {type(name).__name__}.")
        return self.as_graph_element(name, allow_tensor=False)

    def get_tensor_by_name(self, name: str) -> Tensor:
        """The tensor of this name, such as "add:0".

        Raises:
          TypeError: `name` is not a string.
          ValueError: it has not the form of a tensor's name.
          KeyError: there is none.
        """
        if not isinstance(name, str):
            raise TypeError(f"Tensor names are strings (or similar), not {type(name).__name__}.")
        return self.as_graph_element(name, allow_operation=False)

    def get_operations(self) -> list[Operation]:
        """All operations, in the order in which they were added."""
        self._settle()
        return [self._op(number) for number in range(len(self))]

    @property
    def operations(self) -> list[Operation]:
        """All operations, in the order in which they were added."""
        return self.get_operations()

    def num_operations(self) -> int:
        """The number of operations."""
        return len(self)

    @property
    def version(self) -> int:
        """A number that grows with the graph: how many operations it has."""
        return len(self)

    # Feeding and fetching

    def is_feedable(self, tensor) -> bool:
        """Whether a value may be fed for `tensor`."""
        return tensor.name not in self._unfeedable

    def prevent_feeding(self, tensor) -> None:
        """Makes feeding `tensor` an error."""
        self._unfeedable.add(tensor.name)
        self._restrict()

    def is_fetchable(self, tensor_or_op) -> bool:
        """Whether a tensor or operation may be fetched."""
        op = tensor_or_op.op if isinstance(tensor_or_op, _core.Tensor) else tensor_or_op
        return op.name not in self._unfetchable

    def prevent_fetching(self, op) -> None:
        """Makes fetching `op` and its outputs an error."""
        self._unfetchable.add(op.name)
        self._restrict()

    # Whole graph

    @property
    def seed(self):
        """The graph's random seed, or None; `tf.compat.v1.set_random_seed` sets it."""
        return self._seed

    @seed.setter
    def seed(self, seed):
        self._seed = seed

    @property
    def building_function(self) -> bool:
        """Whether this is the body of a function."""
        return self._is_function

    @property
    def graph_def_versions(self):
        """The `VersionDef` of this graph."""
        from .protos import VersionDef

        if self._versions is not None:
            return self._versions
        return VersionDef(producer=GRAPH_DEF_VERSION)

    def as_graph_def(self, from_version=None, add_shapes: bool = False, use_pybind11_proto: bool = False) -> GraphDef:
        """The graph as a `GraphDef`.

        Args:
          from_version: leave out the operations that were there when `version` had this value.
          add_shapes: write the static shapes of the outputs into the attribute `_output_shapes`.
          use_pybind11_proto: changes nothing.
        """
        from .function_def import graph_def_of

        self._settle()
        return graph_def_of(self, from_version or 0, add_shapes)

    def create_op(self, op_type, inputs, dtypes=None, input_types=None, name: str | None=None, attrs=None, op_def=None,
                  compute_shapes: bool=True, compute_device: bool=True) -> Operation:  # fmt: skip
        """Adds an operation of any type.

        Args:
          op_type: the op's name.
          inputs: tensors of this graph, lists flattened.
          name: its name under the scope at hand, made unique.
          attrs: a dict from attribute names to values or `AttrValue`s.
          dtypes, input_types, op_def, compute_shapes, compute_device: follow from the op and are not read.

        Returns:
          The operation.
        """
        from .function_def import attr_from_proto

        self._check_open()
        for index, value in enumerate(inputs):
            if not isinstance(value, _core.Tensor):
                raise TypeError(f"Input #{index} is not a tensor: {value}")
        values = {
            key: attr_from_proto(value) if hasattr(value, "WhichOneof") else value
            for key, value in (attrs or {}).items()
        }
        name = op_type if name is None else name
        scope = self.get_name_scope()
        full = name[:-1] if name.endswith("/") else f"{scope}/{name}" if scope else name
        control = [self._op(number) for number in _core.control()] if _core.current_graph() is self else []
        inputs = [self._capture(value) for value in inputs]
        return self._add_op(op_type, inputs, values, full, control, _core.device())


def get_default_graph() -> Graph:
    """The graph that graph-mode code adds to: the innermost one that is being built, else the global default graph."""
    return _core.default_graph()


def reset_default_graph() -> None:
    """Replaces the global default graph by an empty one.

    Raises:
      AssertionError: inside `with graph.as_default():`.
    """
    if any(graph is not None for graph in _core.graph_stack()):
        raise AssertionError(
            "Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit the nesting "
            "and create a new graph."
        )
    _core.set_default_graph(None)


def colocate_with(op, ignore_existing=False):
    """Asks for operations that are added inside to be on the device of `op`; see `tf.Graph.colocate_with`."""
    return _core.default_graph().colocate_with(op, ignore_existing)


def container(container_name):
    """Keeps resources that are made inside in a container of this name; see `tf.Graph.container`."""
    return _core.default_graph().container(container_name)


def op_scope(values, name, default_name=None):
    """`tf.compat.v1.name_scope` with its arguments in an older order."""
    from .name_scope import name_scope_v1

    return name_scope_v1(name, default_name=default_name, values=values)


_core.set_graph_factory(Graph)
