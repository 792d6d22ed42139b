"""Resource variables: eager variables, and variables of graphs that are read and written through a handle."""

from contextlib import ExitStack

from .. import _core
from .._gen import raw_ops
from . import context
from .collections import GraphKeys
from .dtypes import as_dtype
from .initial_values import guarded, initialized_value
from .name_scope import name_from_scope_name, name_scope_of
from .resource_updates import ResourceUpdates
from .tape import variable_accessed
from .tensor_shape import TensorShape
from .variables import Variable, check_constraint, check_options

# The shared name that makes VarHandleOp give a variable of its own, which lives as long as its handle.
_ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347"


def graph_for_variable(initial_value):
    """The graph that a variable with this initial value belongs to; None for an eager variable.

    The bodies of functions are left: their variables are made once, outside.
    """
    if isinstance(initial_value, _core.SymbolicTensor) and not initial_value.graph._is_function:
        return initial_value.graph
    for graph in reversed(_core.graph_stack()):
        if graph is None:
            return None
        if not graph._is_function:
            return graph
    return _core.default_graph() if _core.is_graph_forced() else None


def enter_for_variable(stack, graph):
    """Enters `graph` (None: eager execution) to make a variable in: no control dependencies, same scope and device."""
    current = _core.current_graph()
    if current is not graph:
        stack.enter_context(context._entered(graph, _core.scope(), _core.device()))
    elif graph is not None:
        stack.enter_context(context.control_dependencies(None))
    from .tape import stop_recording

    stack.enter_context(stop_recording())


def no_initial_value():
    """The error for a variable without an initial value."""
    return ValueError(
        "The `initial_value` arg to `tf.Variable` must be specified except when you are not providing a `variable_def`. "
        "You provided neither."
    )


def collections_of(collections, trainable):
    """The names of the collections that a new variable is added to."""
    collections = [GraphKeys.GLOBAL_VARIABLES] if collections is None else collections
    if not isinstance(collections, (list, tuple, set)):
        raise ValueError(
            f"collections argument to Variable constructor must be a list, tuple, or set. Got {collections} of type "
            f"{type(collections)}"
        )
    if trainable and GraphKeys.TRAINABLE_VARIABLES not in collections:
        collections = [*collections, GraphKeys.TRAINABLE_VARIABLES]
    return collections


class ResourceVariable(ResourceUpdates, Variable):
    """A variable behind a resource handle; see `tf.Variable`."""

    _validate_shape = True

    def __init__(self, initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None,
                 name=None, dtype=None, variable_def=None, import_scope=None, constraint=None,
                 synchronization=None, aggregation=None, shape=None):  # fmt: skip
        if variable_def is not None:
            self._restore_from_proto(variable_def, import_scope)
            return
        options = check_options(synchronization, aggregation, trainable, name)
        self._synchronization, self._aggregation, self._trainable = options
        if initial_value is None:
            raise no_initial_value()
        collections = collections_of(collections, self._trainable)
        check_constraint(constraint)
        self._constraint = constraint
        self._validate_shape = validate_shape
        self._graph_element = self._initializer_op = self._is_initialized_op = self._initial_value = None
        graph = graph_for_variable(initial_value)
        if isinstance(initial_value, _core.SymbolicTensor) and initial_value.graph._is_function:
            raise ValueError(
                "Tensor-typed variable initializers must either be wrapped in an init_scope or callable (e.g., "
                "`tf.Variable(lambda : tf.truncated_normal([10, 40]))`) when building functions. Please file a feature "
                "request if this restriction inconveniences you."
            )
        with ExitStack() as stack:
            enter_for_variable(stack, graph)
            with name_scope_of(name, "Variable") as scope:
                self._handle_name = name_from_scope_name(scope)
                dtype = None if dtype is None else as_dtype(dtype).base_dtype
                if graph is None:
                    self._make_eager(initial_value, dtype, shape)
                else:
                    self._make_in_graph(graph, initial_value, dtype, shape, scope, collections)
        self._unique_id = f"{self._handle_name}_{self._handle_number()}"

    def _handle_number(self):
        handle = self._handle
        return handle._id if isinstance(handle, _core.EagerTensor) else handle.op._id

    def _converted(self, initial_value, dtype):
        if callable(initial_value) and not isinstance(initial_value, (_core.Tensor, Variable)):
            initial_value = initial_value()
        try:
            return _core.convert(initial_value, dtype, None, "initial_value")
        except ValueError as error:
            if isinstance(initial_value, _core.Tensor):
                raise ValueError(f"initial_value: {error}") from None
            raise

    def _shape_for(self, value, shape):
        if shape is None:
            return value.shape
        shape = TensorShape(shape)
        if not value.shape.is_compatible_with(shape):
            raise ValueError(
                f"In this `tf.Variable` creation, the initial value's shape ({value.shape}) is not compatible with the "
                f"explicitly supplied `shape` argument ({shape.as_list() if shape.rank is not None else shape})."
            )
        return shape

    def _make_eager(self, initial_value, dtype, shape):
        value = self._converted(initial_value, dtype)
        self._shape = self._shape_for(value, shape)
        self._dtype = value.dtype.base_dtype
        self._handle = raw_ops.VarHandleOp(dtype=self._dtype, shape=self._shape, shared_name=_ANONYMOUS)
        self._handle._set_handle_data([(self._dtype, self._shape)])
        raw_ops.AssignVariableOp(resource=self._handle, value=value)

    def _make_in_graph(self, graph, initial_value, dtype, shape, scope, collections):
        group = [b"loc:@" + self._handle_name.encode()]
        with graph._attr_scope({"_class": group}), name_scope_of("Initializer"), context.device_v1(None):
            value = self._converted(initial_value, dtype)
        self._initial_value = value
        self._shape = self._shape_for(value, shape)
        self._dtype = value.dtype.base_dtype
        self._handle = raw_ops.VarHandleOp(
            dtype=self._dtype, shape=self._shape, shared_name=self._handle_name, name=scope
        )
        with name_scope_of("IsInitialized"):
            self._is_initialized_op = raw_ops.VarIsInitializedOp(resource=self._handle)
        with name_scope_of("Assign") as assign:
            self._initializer_op = raw_ops.AssignVariableOp(
                resource=self._handle,
                value=guarded(self._handle_name, value),
                validate_shape=self._validate_shape,
                name=assign,
            )
        with name_scope_of("Read"):
            self._graph_element = self._read_variable_op()
        graph.add_to_collections(collections, self)

    # Facts

    @property
    def handle(self):
        """The handle: a scalar tensor of dtype resource."""
        return self._handle

    @property
    def _gradient_source(self):
        return self._handle

    @property
    def _in_graph_mode(self):
        return isinstance(self._handle, _core.SymbolicTensor)

    @property
    def name(self):
        """The name, which ends with ":0"."""
        return self._handle_name + ":0"

    @property
    def dtype(self):
        """The dtype."""
        return self._dtype

    @property
    def shape(self):
        """The static shape."""
        return self._shape

    def set_shape(self, shape):
        """Narrows the static shape."""
        self._shape = self._shape.merge_with(shape)

    @property
    def device(self):
        """The device that the variable is on."""
        return self._handle.device

    @property
    def graph(self):
        """The graph that it belongs to. AttributeError for an eager variable."""
        if not self._in_graph_mode:
            raise AttributeError("Tensor.graph is undefined when eager execution is enabled.")
        return self._handle.graph

    @property
    def op(self):
        """The operation of the handle. AttributeError for an eager variable."""
        if not self._in_graph_mode:
            raise AttributeError("Tensor.op is undefined when eager execution is enabled.")
        return self._handle.op

    @property
    def initializer(self):
        """The operation that gives the variable its initial value; None for an eager variable."""
        return self._initializer_op

    @property
    def create(self):
        """The operation that gives the variable its initial value. RuntimeError for an eager variable."""
        self._require_graph()
        return self._initializer_op

    @property
    def initial_value(self):
        """The tensor of the initial value. RuntimeError for an eager variable."""
        if not self._in_graph_mode:
            raise RuntimeError("This property is not supported when eager execution is enabled.")
        return self._initial_value

    def _require_graph(self):
        if not self._in_graph_mode:
            raise RuntimeError("This operation is not supported when eager execution is enabled.")

    def _as_graph_element(self):
        """What a session runs for this variable."""
        if not self._in_graph_mode:
            return self.value()
        return self._graph_element

    @property
    def _type_spec(self):
        from .variable_spec import VariableSpec

        return VariableSpec(self.shape, self.dtype, self.trainable)

    # Reading

    def _read_variable_op(self):
        if isinstance(self._handle, _core.EagerTensor):
            self._check_reader()
        variable_accessed(self)
        return raw_ops.ReadVariableOp(resource=self._handle, dtype=self._dtype)

    def _check_reader(self):
        """RuntimeError where a graph outside of functions would read an eager variable."""
        graph = _core.current_graph()
        if graph is not None and not graph._is_function:
            error = RuntimeError("Attempting to capture an EagerTensor without building a function.")
            error.add_note(
                f"  variable: {self._handle_name}, an eager one, is read while a graph is built\n"
                "  fix: build the whole program in graph mode with `import ferroflow.v1 as tf`, or make the variable "
                "inside the graph"
            )
            raise error

    def value(self):
        """The value, as a tensor."""
        return self._read_variable_op()

    def read_value(self):
        """The value, read at this place of the program even if it was read before."""
        with name_scope_of("Read"):
            value = self._read_variable_op()
        return raw_ops.Identity(input=value)

    def read_value_no_copy(self):
        """The value, as a tensor."""
        return self._read_variable_op()

    def numpy(self):
        """The value as an ndarray. NotImplementedError for a variable of a graph."""
        if self._in_graph_mode:
            raise NotImplementedError("numpy() is only available when eager execution is enabled.")
        return raw_ops.ReadVariableOp(resource=self._handle, dtype=self._dtype).numpy()

    def eval(self, session=None):
        """The value in a session, the default one if none is given. RuntimeError for an eager variable."""
        self._require_graph()
        return self._graph_element.eval(session=session)

    def is_initialized(self, name=None):
        """A boolean scalar: whether the variable has a value."""
        return raw_ops.VarIsInitializedOp(resource=self._handle, name=name)

    def initialized_value(self):
        """The initial value if the variable has none yet, else its value. RuntimeError for an eager variable."""
        self._require_graph()
        return initialized_value(self, self.read_value)

    def _dense_var_to_tensor(self, dtype=None, name=None, as_ref=False):
        if dtype is not None and not as_dtype(dtype).is_compatible_with(self._dtype):
            raise ValueError(
                f"Incompatible type conversion requested to type {as_dtype(dtype).name} for `tf.Variable of type "
                f"{self._dtype.name}. (Variable: {self})"
            )
        return self.value()

    def __repr__(self):
        if self._in_graph_mode:
            return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"
        try:
            value = self.numpy()
            text = repr(value.item() if getattr(value, "shape", None) == () else value)
        except Exception:  # an uninitialised variable prints too
            text = "<uninitialized>"
        text = "\n" + text if "\n" in text else text
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}, numpy={text}>"

    # Copies and files

    def __deepcopy__(self, memo):
        if self._in_graph_mode:
            raise NotImplementedError("__deepcopy__() is only available when eager execution is enabled.")
        copied = ResourceVariable(
            initial_value=self.read_value(), trainable=self._trainable, constraint=self._constraint, dtype=self._dtype,
            name=self._shared_name,
        )  # fmt: skip
        memo[id(self)] = copied
        return copied

    def __reduce__(self):
        from functools import partial

        arguments = {
            "initial_value": self.numpy(),
            "trainable": self.trainable,
            "name": self._shared_name,
            "dtype": self.dtype,
            "constraint": self.constraint,
        }
        return partial(ResourceVariable, **arguments), ()

    def to_proto(self, export_scope=None):
        """The variable as a `VariableDef`. RuntimeError for an eager variable."""
        from .variable_proto import resource_to_proto

        self._require_graph()
        return resource_to_proto(self, export_scope)

    @staticmethod
    def from_proto(variable_def, import_scope=None):
        """The variable of the default graph that a `VariableDef` describes."""
        return ResourceVariable(variable_def=variable_def, import_scope=import_scope)

    def _restore_from_proto(self, variable_def, import_scope):
        from .variable_proto import fill_resource

        fill_resource(self, variable_def, import_scope)

    def load(self, value, session=None):
        """Assigns `value` at once, in `session` or the default session for a variable of a graph."""
        if not self._in_graph_mode:
            self.assign(value)
            return
        from .operation import _default_session

        session = _default_session(self.graph, "tensor") if session is None else session
        session.run(self.initializer, {self.initializer.inputs[1]: value})


def variable_of_handle(handle, shape, dtype, trainable, name):
    """The variable that a handle stands for."""
    variable = ResourceVariable.__new__(ResourceVariable)
    variable._synchronization, variable._aggregation, variable._trainable = check_options(None, None, trainable, name)
    variable._is_argument = True
    variable._constraint = variable._graph_element = None
    variable._initializer_op = variable._is_initialized_op = variable._initial_value = None
    variable._handle, variable._handle_name = handle, name
    variable._dtype, variable._shape = as_dtype(dtype), TensorShape(shape)
    variable._unique_id = f"{name}_{variable._handle_number()}"
    return variable


class UnreadVariable(ResourceVariable):
    """What an assignment returns: the variable, whose reads come after the assignment."""

    def __init__(self, variable, operation):
        for name in ("_handle", "_handle_name", "_dtype", "_shape", "_trainable", "_constraint", "_synchronization",
                     "_aggregation", "_initializer_op", "_initial_value", "_is_initialized_op", "_unique_id"):  # fmt: skip
            setattr(self, name, getattr(variable, name))
        self._origin = getattr(variable, "_origin", variable)
        self._parent = operation
        self._graph_element = None
        if self._in_graph_mode and not context.inside_function():
            self._graph_element = self._read_variable_op()

    @property
    def name(self):
        """The name of the assignment."""
        return self._parent.name if self._in_graph_mode else "UnreadVariable"

    @property
    def op(self):
        """The assignment."""
        if self._parent is None:
            return ResourceVariable.op.fget(self)
        return self._parent

    def _read_variable_op(self):
        if self._parent is None:
            return super()._read_variable_op()
        with context.control_dependencies([self._parent]):
            return super()._read_variable_op()

    def assign(self, value, use_locking=None, name=None, read_value=True):
        """As `tf.Variable.assign`, after the assignment that this stands for."""
        if self._parent is None:
            return super().assign(value, use_locking, name, read_value)
        with context.control_dependencies([self._parent]):
            return super().assign(value, use_locking, name, read_value)
