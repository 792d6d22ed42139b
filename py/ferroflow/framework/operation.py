"""Methods of operations and tensors that need no speed: attached to the Rust classes when this module is imported."""

from .. import _core


def _default_session(graph, what):
    """The default session for `eval` or `run`; the errors are TensorFlow's."""
    from .session import get_default_session

    session = get_default_session()
    if session is None:
        if what == "tensor":
            raise ValueError(
                "Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or "
                "pass an explicit session to `eval(session=sess)`"
            )
        raise ValueError(
            "Cannot execute operation using `run()`: No default session is registered. Use `with sess.as_default():` or "
            "pass an explicit session to `run(session=sess)`"
        )
    if session.graph is not graph:
        if what == "tensor":
            raise ValueError(
                "Cannot use the default session to evaluate tensor: the tensor's graph is different from the session's "
                "graph. Pass an explicit session to `eval(session=sess)`."
            )
        raise ValueError(
            "Cannot use the default session to execute operation: the operation's graph is different from the session's "
            "graph. Pass an explicit session to run(session=sess)."
        )
    return session


def _explicit_session(session, graph, what):
    if session.graph is not graph:
        if what == "tensor":
            raise ValueError(
                "Cannot use the given session to evaluate tensor: the tensor's graph is different from the session's graph."
            )
        raise ValueError(
            "Cannot use the given session to execute operation: the operation's graph is different from the session's "
            "graph."
        )
    return session


def eval_tensor(self, feed_dict=None, session=None):
    """The value of this tensor in `session`, or in the default session.

    Raises:
      ValueError: there is no default session, or the session is over another graph.
    """
    if isinstance(self, _core.EagerTensor):
        raise NotImplementedError(
            "eval is not supported when eager execution is enabled, is .numpy() what you're looking for?"
        )
    graph = self.graph
    session = _default_session(graph, "tensor") if session is None else _explicit_session(session, graph, "tensor")
    return session.run(self, feed_dict)


def run_operation(self, feed_dict=None, session=None):
    """Runs this operation in `session`, or in the default session.

    Raises:
      ValueError: there is no default session, or the session is over another graph.
    """
    graph = self.graph
    session = _default_session(graph, "op") if session is None else _explicit_session(session, graph, "op")
    session.run(self, feed_dict)


class Reference:
    """Stands for a tensor or variable in sets and dicts: equal only to references to the same object.

    `deref()` gives the object.
    """

    __slots__ = ("_wrapped", "_hash", "__weakref__")

    def __init__(self, wrapped):
        self._wrapped = wrapped
        self._hash = id(wrapped)

    def deref(self):
        """The object."""
        return self._wrapped

    def __eq__(self, other):
        return isinstance(other, Reference) and self._wrapped is other._wrapped

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return id(self._wrapped) < id(other._wrapped) if isinstance(other, Reference) else NotImplemented

    def __hash__(self):
        return self._hash

    def __repr__(self):
        return f"<Reference wrapping {self._wrapped!r}>"


def ref(self):
    """A hashable stand-in for this tensor; `deref()` gives it back."""
    return Reference(self)


# Operation


def _node_def(self):
    """This operation as a `NodeDef`."""
    from .function_def import node_def_of

    self.graph._settle()
    return node_def_of(self)


def _op_def(self):
    """The `OpDef` of this operation's type."""
    from .function_def import op_def_of

    return op_def_of(self.type)


def _str_of_operation(self):
    return str(_node_def(self))


def _values(self):
    """The outputs, as a tuple."""
    return tuple(self.outputs)


def _colocation_groups(self):
    """The groups of operations that this one is to share a device with, such as [b"loc:@x"]."""
    own = [b"loc:@" + self.name.encode()]
    groups = [name for name in self._attrs().get("_class", []) if name.startswith(b"loc:@")]
    return groups or own


def _traceback(self):
    """The user's lines that made this operation, outermost first, as `traceback.FrameSummary` objects."""
    from traceback import FrameSummary

    places = reversed(self._places)
    return [FrameSummary(file, line, function) for file, line, function in places]


_native_get_attr = _core.Operation.get_attr


def _get_attr(self, name):
    """The value of an attribute: a DType, number, bool, bytes, `TensorShapeProto`, `TensorProto`, name or list of these.

    Raises:
      ValueError: there is no attribute of this name.
    """
    from .function_def import attr_for_users

    self.graph._settle()
    return attr_for_users(_native_get_attr(self, name))


_native_device = _core.Operation.device


def _device(self):
    """The device that was asked for, "" if none was."""
    if self.graph._annotators:
        self.graph._settle()
    return _native_device.__get__(self)


def _control_outputs(self):
    """The operations that run after this one because of a control dependency."""
    return [op for op in self.graph.get_operations() if any(before is self for before in op.control_inputs)]


def _add_control_inputs(self, ops):
    for op in ops:
        self._add_control_input(op)


def _output_types(self):
    return [output.dtype.as_datatype_enum for output in self.outputs]


def _input_types(self):
    return [tensor.dtype.base_dtype for tensor in self.inputs]


def _is_stateful(self):
    return _core.op_def(self.type)["is_stateful"]


_OPERATION = {
    "run": run_operation,
    "node_def": property(_node_def),
    "op_def": property(_op_def),
    "__str__": _str_of_operation,
    "values": _values,
    "colocation_groups": _colocation_groups,
    "traceback": property(_traceback),
    "get_attr": _get_attr,
    "device": property(_device),
    "_control_outputs": property(_control_outputs),
    "_add_control_inputs": _add_control_inputs,
    "_output_types": property(_output_types),
    "_input_types": property(_input_types),
    "_is_stateful": property(_is_stateful),
}


# Tensor


def _shape_as_list(self):
    shape = self.shape
    return None if shape.rank is None else shape.as_list()


def _get_shape(self):
    """The static shape, the same as `shape`."""
    return self.shape


def _symbolic_ndim(self):
    """The number of axes, or None."""
    return self.shape.rank


def _device_of_tensor(self):
    """The device that was asked for the operation that makes this tensor, "" if none was."""
    return self.op.device


def _format(tensor, spec):
    """What `format` and f-strings show: the value, as NumPy formats it."""
    return format(tensor.numpy(), spec)


def _reversed(tensor):
    """The rows from the last to the first."""
    return (tensor[at] for at in range(len(tensor) - 1, -1, -1))


# Attributes of ndarrays that tensors lack, and what to write instead.
_OF_ARRAYS = {
    "T": "tf.transpose(x)",
    "astype": "tf.cast(x, dtype)",
    "clip": "tf.clip_by_value(x, low, high)",
    "data": "x.numpy().data",
    "ravel": "tf.reshape(x, [-1])",
    "reshape": "tf.reshape(x, shape)",
    "size": "tf.size(x)",
    "tolist": "x.numpy().tolist()",
    "transpose": "tf.transpose(x, perm)",
}


def _refuse(name):
    def refuse(tensor):
        error = AttributeError(f"{type(tensor).__name__} object has no attribute '{name}'. ")
        error.add_note(f"  fix: tensors are not ndarrays: write {_OF_ARRAYS[name]}")
        raise error

    return refuse


def _missing_of_symbolic(tensor, name):
    """Raises the error for an attribute that tensors without a value lack."""
    if name in _OF_ARRAYS:
        _refuse(name)(tensor)
    error = AttributeError(f"'SymbolicTensor' object has no attribute {name!r}", name=name, obj=tensor)
    if name == "numpy":
        error.add_note(
            "  fix: the tensor has no value while the graph is built: use ops, or x.numpy() within tf.py_function"
        )
    raise error


_EAGER = {"__format__": _format, "__reversed__": _reversed}

_TENSOR = {
    "eval": eval_tensor,
    "ref": ref,
    "experimental_ref": ref,
    "get_shape": _get_shape,
    "_shape_as_list": _shape_as_list,
}


def attach():
    """Attaches the methods to the classes."""
    for name, method in _OPERATION.items():
        _core.add_method("Operation", name, method)
    for name, method in _TENSOR.items():
        _core.add_method("Tensor", name, method)
    for name in _OF_ARRAYS:
        _core.add_method("Tensor", name, property(_refuse(name)))
    for name, method in _EAGER.items():
        _core.add_method("EagerTensor", name, method)
    _core.add_method("SymbolicTensor", "ndim", property(_symbolic_ndim))
    _core.add_method("SymbolicTensor", "__getattr__", _missing_of_symbolic)
    _core.add_method("SymbolicTensor", "device", property(_device_of_tensor))


attach()
