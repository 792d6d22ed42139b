"""Reference variables: TensorFlow 1's first kind, whose buffer is an output of an operation."""

from contextlib import ExitStack

from .. import _core
from .._gen import raw_ops
from . import context
from .dtypes import as_dtype
from .initial_values import guarded, initialized_value
from .name_scope import name_from_scope_name, name_scope_of
from .resource_variable import collections_of, enter_for_variable, graph_for_variable, no_initial_value
from .slice_assign import assign_slice_of_reference
from .tensor_shape import TensorShape
from .variables import VariableV1, check_constraint, check_options


class RefVariable(VariableV1):
    """A variable of a graph as an operation whose output is a reference to the buffer; see `tf.compat.v1.Variable`."""

    def __init__(self, initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None,
                 name=None, variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None,
                 synchronization=None, aggregation=None, shape=None):  # fmt: skip
        if variable_def is not None:
            from .variable_proto import fill_reference

            fill_reference(self, variable_def, import_scope)
            return
        options = check_options(synchronization, aggregation, trainable, name)
        self._synchronization, self._aggregation, self._trainable = options
        if initial_value is None:
            raise no_initial_value()
        collections = collections_of(collections, self._trainable)
        check_constraint(constraint)
        self._constraint = constraint
        graph = graph_for_variable(initial_value)
        if graph is None:
            graph = _core.default_graph()
        with ExitStack() as stack:
            enter_for_variable(stack, graph)
            with name_scope_of(name, "Variable") as scope:
                self._make(graph, initial_value, dtype, shape, validate_shape, scope)
        graph.add_to_collections(collections, self)

    def _make(self, graph, initial_value, dtype, shape, validate_shape, scope):
        own_name = name_from_scope_name(scope)
        dtype = None if dtype is None else as_dtype(dtype).base_dtype
        if callable(initial_value):
            group = [b"loc:@" + own_name.encode()]
            with graph._attr_scope({"_class": group}), name_scope_of("Initializer"), context.device_v1(None):
                value = _core.convert(initial_value(), dtype, None, "initial_value")
        else:
            value = _core.convert(initial_value, dtype, None, "initial_value")
        self._initial_value = value
        if validate_shape and value.shape.rank is None:
            raise ValueError(f"initial_value must have a shape specified: {value}")
        if shape is None:
            shape = value.shape if validate_shape else TensorShape(None)
        self._variable = raw_ops.VariableV2(shape=shape, dtype=value.dtype.base_dtype, name=scope)
        with graph.colocate_with(self._variable.op):
            assign = raw_ops.Assign(
                ref=self._variable,
                value=guarded(own_name, value),
                validate_shape=validate_shape,
                name=scope + "Assign/",
            )
            self._initializer_op = assign.op
            self._snapshot = raw_ops.Identity(input=self._variable, name=scope + "read/")

    # Facts

    @property
    def _gradient_source(self):
        return self._variable

    def _ref(self):
        """The reference: a tensor of a dtype such as float32_ref."""
        return self._variable

    @property
    def name(self):
        """The name, which ends with ":0"."""
        return self._variable.name

    @property
    def dtype(self):
        """The dtype, a reference one."""
        return self._variable.dtype

    @property
    def shape(self):
        """The static shape."""
        return self._variable.shape

    def set_shape(self, shape):
        """Narrows the static shape."""
        self._variable.set_shape(shape)
        self._snapshot.set_shape(shape)

    @property
    def device(self):
        """The device that was asked for."""
        return self._variable.device

    @property
    def graph(self):
        """The graph."""
        return self._variable.graph

    @property
    def op(self):
        """The operation that holds the buffer."""
        return self._variable.op

    @property
    def initializer(self):
        """The operation that gives the variable its initial value."""
        return self._initializer_op

    @property
    def initial_value(self):
        """The tensor of the initial value."""
        return self._initial_value

    def _as_graph_element(self):
        """What a session runs for this variable: the reference."""
        return self._variable

    def __repr__(self):
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"

    # Reading

    def value(self):
        """The value."""
        return self._snapshot

    def read_value(self):
        """The value, read at this place of the program."""
        return raw_ops.Identity(input=self._variable, name="read")

    def eval(self, session=None):
        """The value in a session, the default one if none is given."""
        return self._variable.eval(session=session)

    def initialized_value(self):
        """The initial value if the variable has none yet, else its value: each run looks anew."""
        return initialized_value(self, self._read_by_name)

    def _read_by_name(self):
        """The value, read in a function: by a reference of the function's own, since tensors that it captures are values."""
        shared = self.op.get_attr("shared_name").decode() or self.op.name
        container = self.op.get_attr("container")
        own = raw_ops.VariableV2(shape=self.shape, dtype=self.dtype.base_dtype, container=container, shared_name=shared)
        return raw_ops.Identity(input=own, name="read")

    def count_up_to(self, limit):
        """Adds one unless that would pass `limit` (then OutOfRangeError); the value before."""
        return raw_ops.CountUpTo(ref=self._variable, limit=limit)

    def is_initialized(self, name=None):
        """A boolean scalar: whether the variable has a value."""
        return raw_ops.IsVariableInitialized(ref=self._variable, name=name)

    def _dense_var_to_tensor(self, dtype=None, name=None, as_ref=False):
        if dtype is not None and not as_dtype(dtype).is_compatible_with(self.dtype.base_dtype):
            raise ValueError(
                f"Incompatible type conversion requested to type '{as_dtype(dtype).name}' for variable of type "
                f"'{self.dtype.name}'"
            )
        return self._variable if as_ref else self._snapshot

    def load(self, value, session=None):
        """Assigns `value` in `session`, or in the default session."""
        from .operation import _default_session

        session = _default_session(self.graph, "tensor") if session is None else session
        session.run(self.initializer, {self.initializer.inputs[1]: value})

    # Assignments: they give the reference, whose later reads see the new value.

    def _value_for(self, value):
        return _core.convert(value, self.dtype.base_dtype, None, "value")

    def assign(self, value, use_locking=False, name=None, read_value=True):
        """Gives the variable a new value; the reference, or the operation if `read_value` is False."""
        made = raw_ops.Assign(
            ref=self._variable, value=self._value_for(value), use_locking=use_locking, name=name,
            validate_shape=self.shape.is_fully_defined(),
        )  # fmt: skip
        return made if read_value else made.op

    def assign_add(self, delta, use_locking=False, name=None, read_value=True):
        """Adds `delta`; the reference, or the operation if `read_value` is False."""
        made = raw_ops.AssignAdd(ref=self._variable, value=self._value_for(delta), use_locking=use_locking, name=name)
        return made if read_value else made.op

    def assign_sub(self, delta, use_locking=False, name=None, read_value=True):
        """Subtracts `delta`; the reference, or the operation if `read_value` is False."""
        made = raw_ops.AssignSub(ref=self._variable, value=self._value_for(delta), use_locking=use_locking, name=name)
        return made if read_value else made.op

    def _assign_slice(self, spec, value, name=None):
        return assign_slice_of_reference(self._variable, spec, value, self.dtype.base_dtype, name)

    def sparse_read(self, indices, name=None):
        """The rows at `indices`."""
        return raw_ops.GatherV2(params=self._snapshot, indices=indices, axis=0, name=name)

    def gather_nd(self, indices, name=None):
        """The slices at `indices`, whose last axis holds index vectors."""
        return raw_ops.GatherNd(params=self._snapshot, indices=indices, name=name)

    def to_proto(self, export_scope=None):
        """The variable as a `VariableDef`."""
        from .variable_proto import reference_to_proto

        return reference_to_proto(self, export_scope)

    @staticmethod
    def from_proto(variable_def, import_scope=None):
        """The variable of the default graph that a `VariableDef` describes."""
        return RefVariable(variable_def=variable_def, import_scope=import_scope)


def _in_place(name):
    operator = getattr(_core.SymbolicTensor, f"__{name}__")

    def apply(self, other):
        return operator(self.value(), other)

    apply.__name__ = f"__i{name}__"
    return apply


for _name in ("add", "sub", "mul", "truediv", "floordiv", "pow"):
    setattr(RefVariable, f"__i{_name}__", _in_place(_name))
