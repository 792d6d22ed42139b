"""`ConcreteFunction`: a traced function for one signature."""

import functools
import inspect

from ... import _core
from ..._gen import raw_ops
from .. import nest
from ..composite import CompositeTensor
from ..func_graph import fresh_number
from ..function_def import function_def_of
from ..tape import recording, variable_accessed
from ..tensor_shape import TensorShape
from ..type_spec import TensorSpec, TypeSpec, type_spec_from_value
from .deferred import External
from .signature import _Shown
from .trace_type import Structure

_CALLS = {True: raw_ops.StatefulPartitionedCall, False: raw_ops.PartitionedCall}


class ConcreteFunction:
    """A Python function as a graph, for one signature. `tf.function`'s `get_concrete_function` gives these.

    It is called with the arguments of the Python function, or with its tensors alone, by position or name.
    """

    def __init__(self, traced, name, attributes=None, variadic=False):
        self._traced = traced
        self._graph = graph = traced.graph
        self._stem = name
        self._attributes = attributes or {}
        self._arguments = traced.arguments
        self._names = traced.names
        self._deferred = graph.deferred
        taken = traced.inputs + [tensor for one in self._deferred for tensor in one.tensors]
        self._is_stateful = bool(traced.effects) or any(map(_is_stateful, graph._types(0)))
        self._taken, self._outputs, self._effects = taken, list(traced.outputs), traced.effects
        self._captures, self._constants = graph.captures, graph._constants()
        self._captured = [outer for outer, _ in self._captures]
        graph.inputs = taken + [inner for _, inner in self._captures]
        self._callee = self._part(graph.inputs)
        self._opened, self._external = {}, set()
        self._remembered_by = None  # a weak reference to the `tf.function` that remembers calls of this graph
        self._structure = traced.structure
        self._give = _plain_structure(self._structure)
        self._signature = _structured_signature(self._arguments, variadic)

    # What it is

    @property
    def name(self):
        """The name in function libraries, as bytes."""
        return self._callee.name.encode()

    @property
    def graph(self):
        """The body."""
        return self._graph

    @property
    def inputs(self):
        """The tensors of the body that stand for arguments and captures."""
        return self._taken + [inner for _, inner in self._all_captures]

    @property
    def outputs(self):
        """The result tensors of the body."""
        return list(self._outputs)

    @property
    def structured_input_signature(self):
        """The types of the arguments: a pair of a tuple and a dict."""
        return self._graph.structured_input_signature

    @property
    def structured_outputs(self):
        """What the Python function returned, with tensors of the body."""
        return self._structure

    @property
    def _all_captures(self):
        return sorted(self._captures + self._constants, key=lambda pair: pair[1].op._id)

    @property
    def captured_inputs(self):
        """The outer tensors that the function uses."""
        return [outer for outer, _ in self._all_captures]

    @property
    def _captured_inputs(self):
        """The outer tensors that the function uses, and the Python functions that it takes values from with each call."""
        return self.captured_inputs + [one.source for one in self._deferred]

    def set_external_captures(self, captures):
        """Replaces what the function takes from outside.

        Args:
          captures: a tensor, or a function without arguments that is called with each call, for each of the captured
            tensors, in their order, and for each value that is taken anew with each call.

        Raises:
          ValueError: it is not of the right length.
        """
        slots = [[inner] for _, inner in self._all_captures] + [one.tensors for one in self._deferred]
        if len(captures) != len(slots):
            raise ValueError(f"The function has {len(slots)} captures, got {len(captures)}.")
        self._deferred[:] = [External(source, tensors) for source, tensors in zip(captures, slots, strict=True)]
        self._external = {tensor.op._id for tensors in slots for tensor in tensors}
        self._captures, self._constants, self._captured, self._opened = [], [], [], {}
        self._taken = self._traced.inputs + [tensor for tensors in slots for tensor in tensors]
        self._graph.inputs = self._taken
        self._callee = self._part(self._taken)
        owner = self._remembered_by and self._remembered_by()
        if owner is not None:
            owner._forget()

    def _through(self, constants):
        """Those of the body's constants through which gradients flow to the tensors that they were made of."""
        return [pair for pair in constants if _flows(pair[1]) and pair[1].op._id not in self._external]

    @property
    def variables(self):
        """The variables that the function uses."""
        return self._graph.variables

    @property
    def trainable_variables(self):
        """The trainable variables that the function uses."""
        return self._graph.trainable_variables

    @property
    def output_dtypes(self):
        """The dtypes of the results, in their structure."""
        return nest.map_structure(lambda t: None if t is None else t.dtype, self._structure)

    @property
    def output_shapes(self):
        """The static shapes of the results, in their structure."""
        return nest.map_structure(lambda t: getattr(t, "shape", TensorShape(None)), self._structure)

    @property
    def function_def(self):
        """The function as a `FunctionDef`."""
        from ..function_def import attr_to_proto

        inputs = self._taken + [inner for _, inner in self._captures]
        proto = function_def_of(self._callee.name, self._graph, inputs, self._outputs, self._effects)
        for key, value in self._attributes.items():
            proto.attr[key].CopyFrom(attr_to_proto(value.encode() if isinstance(value, str) else value))
        return proto

    # Calls

    def __call__(self, *args, **kwargs):
        """Calls the function.

        Raises:
          TypeError: the arguments fit neither the Python function's signature nor that of the tensors alone.
          InvalidArgumentError: a tensor of another dtype or shape.
        """
        try:
            tensors = self._bind(args, kwargs)
        except TypeError as error:
            try:
                return self._call_with_flat_signature(args, kwargs)
            except TypeError as flat_error:
                raise TypeError(f"{error}\nFallback to flat signature also failed due to: {flat_error}") from None
        return self._call_flat(tensors)

    def _bind(self, args, kwargs):
        """The tensors of a call with the Python function's arguments."""
        try:
            bound = self._signature.bind(*args, **kwargs)
            tensors = []
            for argument in self._arguments:
                value = bound.arguments[argument.name]
                tensors.extend(_tensors(argument.type, value))
            return tensors
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} for "
                f"signature: {self._summary()}."
            ) from None

    def _bind_flat(self, args, kwargs):
        """The tensors of a call with tensors alone."""
        names = self._names
        shown = f"{self._stem}({', '.join(names)})"
        if len(args) > len(names):
            raise TypeError(f"{shown} takes {len(names)} positional arguments, got {len(args)}.")
        tensors = list(args)
        kwargs = dict(kwargs)
        missing = [name for name in names[len(args) :] if name not in kwargs]
        if missing:
            raise TypeError(f"{shown} missing required arguments: {', '.join(sorted(missing))}.")
        tensors.extend(kwargs.pop(name) for name in names[len(args) :])
        if kwargs:
            twice = [name for name in kwargs if name in names]
            if twice:
                raise TypeError(f"{shown} got two values for '{twice[0]}'.")
            raise TypeError(f"{shown} got unexpected keyword arguments: {', '.join(sorted(kwargs))}.")
        found = []
        for number, value in enumerate(tensors):
            value = getattr(value, "handle", value)
            if _is_array(value):
                value = _core.convert(value)
            if not isinstance(value, _core.Tensor):
                raise TypeError(
                    f"{shown}: expected argument #{number}(zero-based) to be a Tensor; got {type(value).__name__} ({value})."
                )
            found.append(value)
        return found

    def _call_with_flat_signature(self, args, kwargs):
        """Calls it with its tensors alone, by position or name."""
        return self._call_flat(self._bind_flat(args, kwargs))

    def _call_flat(self, tensors, captured_inputs=None):
        """Calls it with a tensor for each tensor argument; the result in its structure."""
        return self._packed(self._run(tensors))

    def _run(self, tensors):
        graph = _core.current_graph()
        if self._deferred:
            tensors = [*tensors, *(tensor for one in self._deferred for tensor in one.now())]
        fed = [*tensors, *self._captured]
        if graph is None and not any(isinstance(t, _core.SymbolicTensor) for t in fed):
            self._check_dtypes(tensors)
            if not recording():
                return self._callee.call(fed)
            for variable in self._graph.variables:
                variable_accessed(variable)
            return self._recorded(fed)
        return self._add_call(fed, graph)

    def _recorded(self, fed):
        """The results of a call that tapes may watch."""
        results = None
        while results is None:
            constants = self._graph._constants()
            through = self._through(constants)
            outer = [one for one, _ in through]
            watched = _core.watched([*fed, *outer])
            if True not in watched:
                return self._callee.call(fed)
            if True not in watched[len(fed) :]:
                through, outer = [], []
            results = self._open(through).record([*fed, *outer], len(constants))
        return results

    def _part(self, inputs):
        """The body as a function of these of its tensors."""
        return _core.Callee(
            f"__inference_{self._stem}_{fresh_number()}", self._graph, inputs, self._outputs, self._effects
        )

    def _open(self, constants):
        """The function that takes some constants of the body as arguments too, so that gradients flow through them."""
        if not constants:
            return self._callee
        key = tuple(inner.op._id for _, inner in constants)
        if key not in self._opened:
            self._opened[key] = self._part(self._graph.inputs + [inner for _, inner in constants])
        return self._opened[key]

    def _check_dtypes(self, tensors):
        for number, (tensor, own) in enumerate(zip(tensors, self._taken, strict=True)):
            if tensor.dtype.base_dtype is not own.dtype.base_dtype:
                from ..errors import InvalidArgumentError

                raise InvalidArgumentError(
                    None, None,
                    f"cannot compute {self._callee.name} as input #{number}(zero-based) was expected to be a "
                    f"{own.dtype.name.replace('float32', 'float').replace('float64', 'double')} tensor but is a "
                    f"{tensor.dtype.name.replace('float32', 'float').replace('float64', 'double')} tensor "
                    f"[Op:{self._callee.name}]",
                )  # fmt: skip

    def _add_call(self, fed, graph):
        """Adds a node to a graph that calls the function; its results."""
        if graph is None:
            graph = next(t for t in fed if isinstance(t, _core.SymbolicTensor)).graph
        through = self._through(self._constants)
        callee = self._open(through)
        self._add_to(graph, callee)
        for variable in self._graph.variables:
            variable_accessed(variable)
        types = [t.dtype.base_dtype for t in self._outputs]
        made = _CALLS[self._is_stateful](args=[*fed, *(outer for outer, _ in through)], Tout=types, f=callee)
        if not types:
            return []
        made = made if isinstance(made, list) else [made]
        for outer, inner in zip(made, self._outputs, strict=True):
            outer.set_shape(inner.shape)
            if inner._handle_data is not None:
                outer._set_handle_data(inner._handle_data)
        return made

    def _add_to(self, graph, callee):
        callee.add_to(graph)
        graph._owned[callee.name] = self._graph

    def _announce(self):
        """Makes the function known to ops that name it: to a graph that is being built, else to eager ones."""
        graph = _core.current_graph()
        self._callee.announce() if graph is None else self._add_to(graph, self._callee)

    def add_to_graph(self, g=None, overwrite=False):
        """Makes the function known to a graph, the one at hand if none is given."""
        self._add_to(_core.current_graph() if g is None else g, self._callee)

    def _packed(self, results):
        if self._give == 0:
            return results[0]
        found = iter(results)
        flat = [None if t is None else next(found) for t in nest.flatten(self._structure, expand_composites=True)]
        return nest.pack_sequence_as(self._structure, flat, expand_composites=True)

    # Text

    @property
    def function_type(self):
        """The types of arguments and results, for printing."""
        return _Shown(self._summary())

    def pretty_printed_signature(self, verbose=True):
        """The types of arguments, results and captures as text."""
        if not verbose:
            return self._summary()
        lines = ["Input Parameters:"]
        parameters = self._signature.parameters
        for argument in self._arguments:
            lines.append(f"  {argument.name} ({parameters[argument.name].kind.name}): {argument.type!r}")
        if not self._arguments:
            lines.append("  None")
        lines += ["Output Type:", f"  {_output_type(self._structure)!r}", "Captures:"]
        captures = [f"  {id(o)}: {TensorSpec(o.shape, o.dtype)!r}" for o, _ in self._all_captures]
        return "\n".join(lines + (captures or ["  None"]))

    def _summary(self):
        return f"{self._signature} -> {_output_type(self._structure)!r}"

    def __str__(self):
        return f"ConcreteFunction {self.pretty_printed_signature()}"

    def __repr__(self):
        return f"<ConcreteFunction {self._summary()} at 0x{id(self):X}>"


@functools.cache
def _is_stateful(op_type):
    return op_type != "VarHandleOp" and _core.op_def(op_type)["is_stateful"]


def _flows(tensor):
    """Whether gradients can flow to a tensor."""
    dtype = tensor.dtype.base_dtype
    return dtype.is_floating or dtype.is_complex or dtype.name in ("resource", "variant")


def _is_array(value):
    return type(value).__module__ == "numpy"


def _tensors(kind, value):
    """The tensors of an argument of this type."""
    if isinstance(kind, TensorSpec):
        if not isinstance(value, _core.Tensor):
            value = _core.convert(value, kind.dtype)
        if not kind.is_compatible_with(value):
            raise TypeError(f"Can not cast {TensorSpec(value.shape, value.dtype)!r} to {kind!r}")
        return [value]
    if isinstance(kind, Structure):
        parts = kind.parts_of(value)
        return [t for part, v in zip(kind.parts, parts, strict=True) for t in _tensors(part, v)]
    if isinstance(kind, TypeSpec) and isinstance(value, CompositeTensor | dict | list | tuple):
        if len(nest.flatten(value, expand_composites=True)) != len(nest.flatten(kind, expand_composites=True)):
            nest.assert_same_structure(kind, value, expand_composites=True)
        kind.cast(value, None)
    elif not isinstance(kind, TypeSpec):
        kind.cast(value, None)
    return kind.to_tensors(value)


def _plain_structure(structure):
    """The structure with numbers for tensors, or None if it has parts other than tuples, lists and dicts."""
    numbers = iter(range(1 << 30))

    def convert(part):
        if part is None:
            return None
        if isinstance(part, _core.Tensor):
            return next(numbers)
        if type(part) in (list, tuple):
            return type(part)(convert(one) for one in part)
        if type(part) is dict:
            found = {key: convert(part[key]) for key in sorted(part)}
            return {key: found[key] for key in part}
        raise TypeError

    try:
        return convert(structure)
    except TypeError:
        return _UNKNOWN


_UNKNOWN = object()


def _structured_signature(arguments, variadic):
    kinds = inspect.Parameter
    parameters = []
    for a in arguments:
        kind = a.parameter.kind
        if kind is kinds.VAR_POSITIONAL:
            kind = kinds.POSITIONAL_ONLY
        elif kind is kinds.VAR_KEYWORD:
            kind = kinds.KEYWORD_ONLY
        parameters.append(kinds(a.name, kind, annotation=_Shown(repr(a.type))))
    if variadic:  # what stands before elements of `*args` cannot be given by keyword
        positional = (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)
        first = [p.replace(kind=kinds.POSITIONAL_ONLY) for p in parameters if p.kind in positional]
        parameters = first + [p for p in parameters if p.kind not in positional]
    return inspect.Signature(sorted(parameters, key=lambda p: p.kind))


def _output_type(structure):
    from .trace_type import type_of

    def spec(part):
        return None if part is None else type_spec_from_value(part)

    found = nest.map_structure(spec, structure)
    return found if isinstance(found, TensorSpec) else type_of(found)
