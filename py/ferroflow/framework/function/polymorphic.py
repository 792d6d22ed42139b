"""`tf.function`: a Python function that is traced once for each signature and then runs as a graph."""

import functools
import threading
import weakref

from ... import _core
from .. import nest
from ..context import executing_eagerly
from ..convert import convert_to_tensor
from ..tape import recording, variable_accessed
from ..traceback_filter import filter_traceback
from ..type_spec import TypeSpec
from ..variables import Variable
from . import lifting
from .concrete import _UNKNOWN, ConcreteFunction
from .retracing import watch_of
from .signature import Argument, Signature
from .trace_type import is_alive
from .tracing import trace

_MOST_TRACES = 10_000  # of a function; the oldest go


def run_functions_eagerly(run_eagerly):
    """Makes all `tf.function`s run as plain Python functions, or ends that: for looking for mistakes."""
    _core.run_functions_eagerly(bool(run_eagerly))


def functions_run_eagerly():
    """Whether `tf.function`s run as plain Python functions."""
    return _core.functions_run_eagerly()


def _surroundings():
    """What besides the arguments decides which graph serves a call: the graph outside of functions, and the device."""
    device = _core.device()
    for graph in reversed(_core.graph_stack()):
        if graph is None:
            return 0, device
        if not graph._is_function:
            return graph._number, device
    return (_core.default_graph()._number if _core.is_graph_forced() else 0), device


class Function(_core.FunctionBase):
    """What `tf.function` returns: calls of it run a graph that was traced for their signature."""

    def __init__(self, python_function, name, input_signature=None, autograph=True, jit_compile=None,
                 reduce_retracing=False, experimental_implements=None, experimental_autograph_options=None,
                 experimental_attributes=None):  # fmt: skip
        self._python_function = python_function
        self._name = name
        self._input_signature = input_signature
        self._autograph = autograph
        self._experimental_autograph_options = experimental_autograph_options
        self._jit_compile = jit_compile
        self._reduce_retracing = reduce_retracing
        self._attributes = dict(experimental_attributes or {})
        if experimental_implements is not None:
            self._attributes["_implements"] = experimental_implements
        self._implements = experimental_implements
        self._signature = Signature(python_function, input_signature, name)
        self._lock = threading.RLock()
        self._bound = weakref.WeakKeyDictionary()
        self._start()
        functools.update_wrapper(self, python_function, updated=())

    def _start(self):
        """Begins with no traces."""
        self._concrete = {}  # key -> ConcreteFunction
        self._by_surroundings = {}  # surroundings -> {arguments: ConcreteFunction}
        self._creations = None
        self._traces = 0
        self._watch = watch_of(self._python_function)
        self._count_calls(self._watch.count)
        self._forget()

    def __getstate__(self):
        state = dict(self.__dict__)
        for key in ("_lock", "_bound", "_concrete", "_by_surroundings", "_watch", "_creations", "_signature"):
            state.pop(key)
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._signature = Signature(self._python_function, self._input_signature, self._name)
        self._lock = threading.RLock()
        self._bound = weakref.WeakKeyDictionary()
        self._start()

    # What it is

    @property
    def python_function(self):
        """The Python function."""
        return self._python_function

    @property
    def name(self):
        """The name of the Python function."""
        return self._name

    @property
    def input_signature(self):
        """The specs that all calls must fit, or None."""
        return self._signature.input_signature

    @property
    def function_spec(self):
        """The signature."""
        return self._signature

    @property
    def function_type(self):
        """The signature."""
        return self._signature

    def experimental_get_tracing_count(self):
        """How often the Python function was traced.

        >>> double = tf.function(lambda x: x + x)
        >>> double(tf.constant(1)), double(tf.constant(2)), double(tf.constant(1.0))  # doctest: +ELLIPSIS
        (...)
        >>> double.experimental_get_tracing_count()
        2
        """
        return self._traces

    def pretty_printed_concrete_signatures(self, verbose=True):
        """The signatures of all traces as text."""
        return "\n\n".join(c.pretty_printed_signature(verbose) for c in self._list_all_concrete_functions())

    def _list_all_concrete_functions(self):
        return [c for group in self._by_surroundings.values() for c in group.values()]

    def _list_all_concrete_functions_for_serialization(self):
        """The graphs to save: that of the input signature, or all that were traced."""
        if self._input_signature is not None:
            self.get_concrete_function()
        return self._list_all_concrete_functions()

    def _get_key_for_call_inputs(self, *args, **kwargs):
        arguments, _ = self._signature.bind(args, kwargs)
        return (_surroundings(), tuple(arguments))

    # Calls

    @filter_traceback
    def _call(self, *args, **kwargs):
        """Calls that are not like an earlier one."""
        if _core.functions_run_eagerly():
            return self._python_function(*args, **kwargs)
        traces = self._traces
        arguments, values = self._bind(args, kwargs)
        concrete = self._find(arguments, values)
        tensors = [t for a, v in zip(concrete._arguments, values, strict=True) for t in _tensors_of(a.type, v)]
        if recording():
            _use_variables(values)
        results = concrete._run(tensors)
        if executing_eagerly():
            self._watch.count.add() if traces == self._traces else self._watch.traced(self, arguments)
        if executing_eagerly() and not recording() and not concrete.graph.deferred:
            self._remember_call(args, kwargs, concrete, tensors)
        return concrete._packed(results)

    def _bind(self, args, kwargs):
        """The arguments of a call and their values; those of a function with another implementation are tensors."""
        if self._implements is not None:
            args = [_as_tensor(one) for one in args]
            kwargs = {key: _as_tensor(one) for key, one in kwargs.items()}
        return self._signature.bind(args, kwargs)

    def _remember_call(self, args, kwargs, concrete, tensors):
        captured = concrete._captured
        inputs = [*tensors, *captured]
        if not all(isinstance(t, _core.EagerTensor) for t in inputs):
            return
        concrete._remembered_by = weakref.ref(self)
        give = concrete._packed if concrete._give is _UNKNOWN else concrete._give
        self._remember(args, kwargs, concrete._callee, inputs, len(captured), give)

    def _find(self, arguments, values, called=True):
        """The graph for arguments of these types and values, traced if there is none; `called` if it is for a call."""
        surroundings = _surroundings()
        key = surroundings, tuple(arguments)
        concrete = self._concrete.get(key)
        if concrete is not None:
            return concrete
        with self._lock:
            concrete = self._concrete.get(key) or self._serving(surroundings, key[1])
            if concrete is None:
                concrete = self._traced(surroundings, arguments, values, called)
            self._concrete[key] = concrete
            if len(self._concrete) > _MOST_TRACES:
                self._concrete.pop(next(iter(self._concrete)))
            return concrete

    def _serving(self, surroundings, arguments):
        """The most specific graph that was traced for wider types than these, or None."""
        best = None
        for known in self._by_surroundings.get(surroundings, ()):
            if _serves(known, arguments) and (best is None or _serves(best, known)):
                best = known
        return None if best is None else self._by_surroundings[surroundings][best]

    def _traced(self, surroundings, arguments, values, called):
        group = self._by_surroundings.setdefault(surroundings, {})
        for dead in [known for known in group if not all(is_alive(a.type) for a in known)]:
            concrete = group.pop(dead)
            self._concrete = {key: value for key, value in self._concrete.items() if value is not concrete}
        if self._reduce_retracing and self._input_signature is None:
            arguments = _widened(arguments, group)
        concrete = self._first_trace(arguments, values, called) if self._creations is None else None
        if concrete is None:
            made = self._creations.variables
            concrete = self._trace(arguments, lifting.forbid if made else lifting.forbid_late, values)
        group[tuple(arguments)] = concrete
        if len(group) > _MOST_TRACES:
            group.pop(next(iter(group)))
        return concrete

    def _first_trace(self, arguments, values, called):
        """Traces for the first time, when variables may be made; None if they were, and it has to be traced again."""
        creations = lifting.Creations()
        concrete = self._trace(arguments, creations.creator, values)
        if creations.variables:
            tensors = None
            if called:
                tensors = [t for a, v in zip(arguments, values, strict=True) for t in _tensors_of(a.type, v)]
            creations.initialize(concrete._traced, tensors)
        self._creations = creations
        return None if creations.variables else concrete

    def _trace(self, arguments, creator, values):
        converted = self._converted() if self._autograph else None
        ordered = not self._attributes.get("_disable_acd")
        traced = trace(self._python_function, self._name, arguments, creator, converted, ordered, values)
        if self._implements is not None and traced.graph.captures:
            raise AssertionError(
                f'Function {self._name} has "_implements={self._implements}" attribute and thus can not depend on any tensors '
                "outside of its signature or modify variables. \n\nNote: variables are always captured and cause function "
                f"re-tracing for every variable called.\n  inputs: {traced.inputs}\n  captures: "
                f"{traced.graph.external_captures}\n\nTo pass a variable to such function use variable.read_value()."
            )
        self._traces += 1
        return ConcreteFunction(traced, self._name, self._attributes, self._signature.is_variadic)

    def _converted(self):
        from .autograph import convert_for_tracing

        return convert_for_tracing(self._python_function, self._experimental_autograph_options)

    # Graphs

    @filter_traceback
    def get_concrete_function(self, *args, **kwargs):
        """The graph for a signature.

        Args:
          *args, **kwargs: arguments as for a call; `tf.TensorSpec`s may stand for tensors.

        Returns:
          A `ConcreteFunction`.

        >>> square = tf.function(lambda x: x * x)
        >>> square.get_concrete_function(tf.TensorSpec([None], tf.float32)).outputs[0].shape
        TensorShape([None])
        """
        if self._input_signature is not None and not args and not kwargs:
            args, kwargs = self._signature.arguments_of_input_signature()
        return self._find(*self._bind(args, kwargs), called=False)

    def get_initialization_function(self, *args, **kwargs):
        """A function that gives the variables, which are made by tracing for these arguments, their values."""
        if self._creations is not None:
            raise RuntimeError("get_initialization_function cannot be called after the function has been used")
        self.get_concrete_function(*args, **kwargs)
        return Function(self._creations.undo(), f"{self._name}_initialization").get_concrete_function()

    def experimental_get_compiler_ir(self, *args, **kwargs):
        """There is no compiler's form of a function here: ValueError."""
        raise ValueError(
            "Compiler IR can only be returned for functions marked with 'jit_compile=True'"
            if not self._jit_compile
            else "there is no XLA in this build: the function runs as an own program"
        )

    # Methods

    def __get__(self, instance, owner=None):
        """The function of an instance: traces of instances are apart, and do not keep them alive."""
        if instance is None:
            return self
        bound = self._bound.get(instance)
        if bound is None:
            bound = self._bound[instance] = self._for_instance(instance)
        return bound

    def _for_instance(self, instance):
        target = weakref.ref(instance)
        function = self._python_function.__get__(instance)
        python_function = getattr(function, "__func__", function)

        @functools.wraps(python_function)
        def method(*args, **kwargs):
            return python_function(target(), *args, **kwargs)

        import inspect

        parameters = list(inspect.signature(python_function).parameters.values())
        if parameters and parameters[0].kind in (parameters[0].POSITIONAL_ONLY, parameters[0].POSITIONAL_OR_KEYWORD):
            parameters = parameters[1:]
        method.__signature__ = inspect.Signature(parameters)
        method.__wrapped_method__ = python_function, target
        signature = self._input_signature
        return type(self)(
            method, self._name, signature, self._autograph, self._jit_compile, self._reduce_retracing,
            self._implements, self._experimental_autograph_options, self._attributes,
        )  # fmt: skip

    def _decorate(self, decorator):
        """Replaces the Python function by `decorator` of it, before the first call."""
        if self._creations is not None:
            raise ValueError("Functions cannot be decorated after they have been traced.")
        self._python_function = decorator(self._python_function)
        self._signature = Signature(self._python_function, self._input_signature, self._name)

    def _clone(self, python_function):
        """This function's options with another Python function."""
        return type(self)(
            self._python_function if python_function is None else python_function, self._name, self._input_signature,
            self._autograph, self._jit_compile, self._reduce_retracing, self._implements, self._experimental_autograph_options,
            self._attributes,
        )  # fmt: skip


def _as_tensor(value):
    return value if isinstance(value, (_core.Tensor, TypeSpec)) else convert_to_tensor(value)


def _tensors_of(kind, value):
    """The tensors of an argument's value: arrays become tensors."""
    return [t if isinstance(t, _core.Tensor) else _core.convert(t) for t in kind.to_tensors(value)]


def _use_variables(values):
    """Tells the tapes that variables are passed to a function, which may read them."""
    for value in nest.flatten(values):
        if isinstance(value, Variable):
            variable_accessed(value)


def _serves(wide, narrow):
    """Whether a graph for the arguments `wide` serves the arguments `narrow`."""
    return len(wide) == len(narrow) and all(
        w.name == n.name and w.key == n.key and n.type.is_subtype_of(w.type) for w, n in zip(wide, narrow, strict=True)
    )


def _widened(arguments, group):
    """The arguments with types that also serve those of an earlier trace, where there are such types."""
    for known in reversed(list(group)):
        if len(known) != len(arguments):
            continue
        types = []
        for have, new in zip(known, arguments, strict=True):
            common = None
            if have.name == new.name and have.key == new.key:
                common = new.type.most_specific_common_supertype([have.type])
            if common is None:
                break
            types.append(common)
        else:
            return [Argument(a.name, a.parameter, a.key, t) for a, t in zip(arguments, types, strict=True)]
    return arguments


def function(func=None, input_signature=None, autograph=True, jit_compile=None, reduce_retracing=False,
             experimental_implements=None, experimental_autograph_options=None, experimental_attributes=None,
             experimental_relax_shapes=None, experimental_compile=None, experimental_follow_type_hints=None):  # fmt: skip
    """Makes a Python function run as a graph: it is traced once for each signature of its arguments.

    Tensors count by dtype and shape, other values by what they are. What the Python function does besides calling ops,
    such as printing or appending to a list, happens only while it is traced.

    Args:
      func: the function; None to use `tf.function` as a decorator with options.
      input_signature: a list of `tf.TensorSpec`s, one for each argument: then there is one trace for all calls.
      autograph: whether Python's `if`, `while` and `for` over tensors become parts of the graph.
      jit_compile: changes nothing; all functions are compiled.
      reduce_retracing: after calls with different shapes, trace once for any of them.
      experimental_implements: a name that is noted in the function's attributes.
      experimental_autograph_options: features of the conversion of control flow.
      experimental_attributes: attributes of the function in a `GraphDef`.
      experimental_relax_shapes: the former name of `reduce_retracing`.
      experimental_compile: the former name of `jit_compile`.
      experimental_follow_type_hints: changes nothing.

    Returns:
      A `Function`, or a decorator that makes one.

    Raises:
      TypeError: `input_signature` is no sequence of specs, or does not fit the function.

    >>> @tf.function
    ... def add(x, y):
    ...     return x + y
    >>> int(add(tf.constant(1), tf.constant(2)))
    3
    """
    if experimental_relax_shapes is not None:
        reduce_retracing = experimental_relax_shapes
    if experimental_compile is not None:
        jit_compile = experimental_compile

    def decorate(python_function):
        if not callable(python_function):
            raise TypeError(f"{python_function!r} is not a callable object")
        if isinstance(python_function, Function):
            python_function = python_function.python_function
        return Function(
            python_function, getattr(python_function, "__name__", "function"), input_signature, autograph, jit_compile,
            reduce_retracing, experimental_implements, experimental_autograph_options, experimental_attributes,
        )  # fmt: skip

    return decorate if func is None else decorate(func)
