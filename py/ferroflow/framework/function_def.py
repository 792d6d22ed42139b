"""Graphs as messages: operations to `NodeDef`, graphs to `GraphDef`, op types to `OpDef`, attributes both ways."""

from .. import _core
from . import dtypes
from .tensor_proto import make_ndarray, make_tensor_proto
from .tensor_shape import TensorShape


class FunctionName:
    """The value of an attribute that names a function."""

    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name


def tensor_to_proto(tensor):
    """The `TensorProto` of an eager tensor."""
    dtype = tensor.dtype.base_dtype
    return make_tensor_proto(tensor.numpy(), dtype=dtype, shape=tensor.shape.as_list())


def _put_one(proto, value):
    """Writes a value that is no list into the `AttrValue` `proto`."""
    if isinstance(value, bool):
        proto.b = value
    elif isinstance(value, int):
        proto.i = value
    elif isinstance(value, float):
        proto.f = value
    elif isinstance(value, bytes):
        proto.s = value
    elif isinstance(value, str):
        proto.func.name = value
    elif isinstance(value, FunctionName):
        proto.func.name = value.name
    elif isinstance(value, dtypes.DType):
        proto.type = value.as_datatype_enum
    elif isinstance(value, TensorShape):
        proto.shape.CopyFrom(value.as_proto())
    elif isinstance(value, _core.EagerTensor):
        proto.tensor.CopyFrom(tensor_to_proto(value))
    else:
        raise TypeError(f"{value!r} cannot be the value of an attribute")


def _put_list(proto, values):
    """Writes a list into the `ListValue` `proto`."""
    for value in values:
        if isinstance(value, bool):
            proto.b.append(value)
        elif isinstance(value, int):
            proto.i.append(value)
        elif isinstance(value, float):
            proto.f.append(value)
        elif isinstance(value, bytes):
            proto.s.append(value)
        elif isinstance(value, str):
            proto.func.add(name=value)
        elif isinstance(value, dtypes.DType):
            proto.type.append(value.as_datatype_enum)
        elif isinstance(value, TensorShape):
            proto.shape.append(value.as_proto())
        elif isinstance(value, _core.EagerTensor):
            proto.tensor.append(tensor_to_proto(value))
        else:
            raise TypeError(f"{value!r} cannot be in a list attribute")


def attr_to_proto(value):
    """The `AttrValue` of an attribute's value: a bool, number, bytes, DType, TensorShape, tensor, name or list of these."""
    from .protos import AttrValue

    proto = AttrValue()
    if isinstance(value, (list, tuple)):
        proto.list.SetInParent()
        _put_list(proto.list, value)
    else:
        _put_one(proto, value)
    return proto


def _tensor_from_proto(proto):
    from .context import eager_mode

    with eager_mode():
        return _core.constant(make_ndarray(proto), dtypes.as_dtype(proto.dtype))


_FROM_PROTO = {
    "s": lambda value: value,
    "i": int,
    "f": float,
    "b": bool,
    "type": dtypes.as_dtype,
    "shape": TensorShape,
    "tensor": _tensor_from_proto,
    "func": lambda value: FunctionName(value.name),
    "placeholder": lambda value: FunctionName(value),
}


def attr_from_proto(proto):
    """The value of an `AttrValue`, ours or protobuf's; None if it has none."""
    kind = proto.WhichOneof("value")
    if kind is None:
        return None
    if kind != "list":
        return _FROM_PROTO[kind](getattr(proto, kind))
    for name in ("s", "i", "f", "b", "type", "shape", "tensor", "func"):
        values = getattr(proto.list, name)
        if len(values):
            return [_FROM_PROTO[name](value) for value in values]
    return []


def attr_for_users(value):
    """An attribute's value as `Operation.get_attr` gives it: shapes and tensors as messages."""
    if isinstance(value, list):
        return [attr_for_users(one) for one in value]
    if isinstance(value, TensorShape):
        return value.as_proto()
    if isinstance(value, _core.EagerTensor):
        return tensor_to_proto(value)
    if isinstance(value, str):
        from .protos import NameAttrList

        return NameAttrList(name=value)
    return value


def input_name(tensor):
    """The name of a tensor as an input in a `NodeDef`: "add" for "add:0"."""
    name = tensor.name
    return name[:-2] if name.endswith(":0") else name


def fill_node(node, op, add_shapes=False):
    """Writes an operation into the `NodeDef` `node`."""
    node.name = op.name
    node.op = op.type
    node.device = op.device
    node.input.extend(input_name(tensor) for tensor in op.inputs)
    node.input.extend("^" + before.name for before in op.control_inputs)
    for name, value in op._attrs().items():
        node.attr[name].CopyFrom(attr_to_proto(value))
    if add_shapes and op.outputs:
        shapes = [output.shape for output in op.outputs]
        node.attr["_output_shapes"].CopyFrom(attr_to_proto(shapes))


def node_def_of(op):
    """The `NodeDef` of an operation."""
    from .protos import NodeDef

    node = NodeDef()
    fill_node(node, op)
    return node


def graph_def_of(graph, from_version=0, add_shapes=False):
    """The `GraphDef` of a graph, without the first `from_version` operations."""
    from .protos import GraphDef

    proto = GraphDef()
    proto.versions.CopyFrom(graph.graph_def_versions)
    for number in range(from_version, len(graph)):
        fill_node(proto.node.add(), graph._op(number), add_shapes)
    for name in graph._functions():
        proto.library.function.append(function_def_of(name, *_core.function_body(graph, name)))
    return proto


# Functions


def function_def_of(name, body, inputs, outputs, effects):
    """The `FunctionDef` of a function with this body."""
    from .protos import FunctionDef

    proto = FunctionDef()
    signature = proto.signature
    signature.name = name
    arguments = {}
    for tensor in inputs:
        argument = tensor.op.name.replace("/", "_").lower()
        arguments[tensor.op.name] = argument
        signature.input_arg.add(name=argument, type=tensor.dtype.as_datatype_enum)
    for number, tensor in enumerate(outputs):
        result = f"output_{number}"
        signature.output_arg.add(name=result, type=tensor.dtype.as_datatype_enum)
        proto.ret[result] = _endpoint_name(tensor, arguments)
    for op in effects:
        proto.control_ret[op.name] = op.name
        signature.control_output.append(op.name)
    operations = [body._op(number) for number in range(len(body))]
    signature.is_stateful = any(op._is_stateful for op in operations)
    for op in operations:
        if op.name in arguments:
            continue
        node = proto.node_def.add()
        fill_node(node, op)
        del node.input[:]
        node.input.extend(_endpoint_name(tensor, arguments) for tensor in op.inputs)
        node.input.extend("^" + before.name for before in op.control_inputs if before.name not in arguments)
    return proto


def _endpoint_name(tensor, arguments):
    """A tensor in a function's body: an argument's name, or "node:output:index"."""
    op = tensor.op
    if op.name in arguments:
        return arguments[op.name]
    index = tensor.value_index
    for output in _core.op_def(op.type)["outputs"]:
        size = output_size(op, output)
        if index < size:
            return f"{op.name}:{output['name']}:{index}"
        index -= size
    raise ValueError(f"the operation {op.name!r} has no output {tensor.value_index}")


def output_size(op, output):
    """How many tensors an output of an op has; `output` is an entry of `_core.op_def(op.type)["outputs"]`."""
    if output.get("number_attr"):
        return op._attrs()[output["number_attr"]]
    if output.get("type_list_attr"):
        return len(op._attrs()[output["type_list_attr"]])
    return 1


def op_def_of(op_type):
    """The `OpDef` of an op type."""
    from .protos import OpDef

    known = _core.op_def(op_type)
    proto = OpDef(name=op_type, is_stateful=known["is_stateful"])
    for field, arguments in (("input_arg", known["inputs"]), ("output_arg", known["outputs"])):
        for argument in arguments:
            entry = getattr(proto, field).add(name=argument["name"], is_ref=argument["is_ref"])
            for key in ("type", "type_attr", "type_list_attr", "number_attr"):
                if argument.get(key):
                    setattr(entry, key, argument[key])
    for attr in known["attrs"]:
        entry = proto.attr.add(name=attr["name"], type=attr["type"])
        if attr["has_default"]:
            entry.default_value.CopyFrom(attr_to_proto(attr["default"]))
        if attr["allowed_types"]:
            entry.allowed_values.list.type.extend(attr["allowed_types"])
        if attr["allowed_strings"]:
            entry.allowed_values.list.s.extend(str(text).encode() for text in attr["allowed_strings"])
        if attr["minimum"] is not None:
            entry.has_minimum = True
            entry.minimum = attr["minimum"]
    return proto
