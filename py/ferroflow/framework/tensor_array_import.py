"""`TensorArrayV3` and its kin in imported graphs become tensor lists, which the flow carries: loops differentiate those."""

from .._gen import raw_ops
from .errors import UnimplementedError
from .placeholders import constant
from .protos import NodeDef

# The inputs of each op, as TensorFlow's registry orders them.
TENSOR_ARRAYS = {
    "TensorArrayV3": ("size",),
    "TensorArrayWriteV3": ("handle", "index", "value", "flow_in"),
    "TensorArrayReadV3": ("handle", "index", "flow_in"),
    "TensorArrayGatherV3": ("handle", "indices", "flow_in"),
    "TensorArrayScatterV3": ("handle", "indices", "value", "flow_in"),
    "TensorArrayConcatV3": ("handle", "flow_in"),
    "TensorArraySplitV3": ("handle", "value", "lengths", "flow_in"),
    "TensorArraySizeV3": ("handle", "flow_in"),
    "TensorArrayCloseV3": ("handle",),
}
# What gradients of TensorFlow 1 keep values in from round to round.
_OF_GRADIENTS = frozenset(
    "TensorArrayGradV3 TensorArrayGradWithShape StackV2 StackPushV2 StackPopV2 StackCloseV2".split()
)


def check(node):
    """Fails for an op that only a gradient has."""
    if node.op in _OF_GRADIENTS:
        raise UnimplementedError(
            None,
            None,
            f"Node '{node.name}' ({node.op}) cannot be imported: it belongs to the gradient of a loop. Import the graph "
            "without gradients, and take them here.",
        )


# What passes an array's handle on.
_PASSES = frozenset("Enter Exit Identity Merge NextIteration Switch".split())


def with_sizes(nodes):
    """The nodes, where writes say whether their array, if it is among the nodes, may grow."""
    by_name = {node.name: node for node in nodes}
    found = []
    for node in nodes:
        if node.op in ("TensorArrayWriteV3", "TensorArrayScatterV3"):
            array = by_name.get(_node_of(node.input[0]))
            while array is not None and array.op in _PASSES:
                array = by_name.get(_node_of(array.input[0]))
            if array is not None and array.op == "TensorArrayV3":
                marked = NodeDef()
                marked.CopyFrom(node)
                marked.attr["dynamic_size"].b = array.attr["dynamic_size"].b
                node = marked
        found.append(node)
    return found


def _node_of(name):
    node, colon, index = name.rpartition(":")
    return node if colon and index.isdecimal() else name


class Added:
    """What stands for a node: an operation to wait for, and the node's outputs."""

    def __init__(self, operation, outputs):
        self.operation, self.outputs = operation, outputs


def add(op, inputs, attrs, name):
    """Adds what an op on a tensor array means.

    Args:
      op: the op, one of `TENSOR_ARRAYS`.
      inputs: its tensors.
      attrs: its attributes.
      name: the name of the operation.
    """
    given = dict(zip(TENSOR_ARRAYS[op], inputs, strict=True))
    outputs = _ADDERS[op](attrs=attrs, name=name, **given)
    if not isinstance(outputs, list):
        return Added(outputs, [])
    return Added(outputs[0].op, outputs)


def _operand(shape):
    """A shape as an operand; -1 stands for what is not known."""
    rank = None if shape is None else shape.rank
    return -1 if rank is None else [-1 if size is None else size for size in shape.as_list()]


def _make(size, attrs, name):
    shape = _operand(attrs.get("element_shape"))
    made = raw_ops.TensorListReserve(
        element_shape=_int32(shape), num_elements=size, element_dtype=attrs["dtype"], name=name
    )
    return [made, made]


def _int32(value):
    return constant(value, dtype="int32")


def _write(handle, index, value, flow_in, attrs, name):
    grows = attrs.get("dynamic_size", True)  # where the array is made elsewhere it is not known
    grown = raw_ops.TensorListSetItem(
        input_handle=flow_in, index=index, item=value, resize_if_index_out_of_bounds=grows, name=name
    )
    return [grown]


def _read(handle, index, flow_in, attrs, name):
    dtype = attrs["dtype"]
    return [raw_ops.TensorListGetItem(flow_in, index, _int32(-1), dtype, name=name)]


def _gather(handle, indices, flow_in, attrs, name):
    shape = _int32(_operand(attrs.get("element_shape")))
    return [raw_ops.TensorListGather(flow_in, indices, shape, attrs["dtype"], name=name)]


def _scatter(handle, indices, value, flow_in, attrs, name):
    if attrs.get("dynamic_size", True):
        last = raw_ops.Max(input=raw_ops.ConcatV2(values=[indices, [-1]], axis=0), axis=[0])
        size = raw_ops.Maximum(x=raw_ops.AddV2(x=last, y=1), y=raw_ops.TensorListLength(input_handle=flow_in))
        flow_in = raw_ops.TensorListResize(input_handle=flow_in, size=size)
    found = raw_ops.TensorListScatterIntoExistingList(input_handle=flow_in, tensor=value, indices=indices, name=name)
    return [found]


def _concat(handle, flow_in, attrs, name):
    rest = _operand(attrs.get("element_shape_except0"))
    shape = _int32(-1 if rest == -1 else [-1, *rest])
    leading = constant([], dtype="int64")
    return list(raw_ops.TensorListConcatV2(flow_in, shape, leading, attrs["dtype"], name=name))


def _split(handle, value, lengths, flow_in, attrs, name):
    return [raw_ops.TensorListSplit(tensor=value, element_shape=_int32(-1), lengths=lengths, name=name)]


def _size(handle, flow_in, attrs, name):
    return [raw_ops.TensorListLength(input_handle=flow_in, name=name)]


def _close(handle, attrs, name):
    return raw_ops.NoOp(name=name)


_ADDERS = {
    "TensorArrayV3": _make,
    "TensorArrayWriteV3": _write,
    "TensorArrayReadV3": _read,
    "TensorArrayGatherV3": _gather,
    "TensorArrayScatterV3": _scatter,
    "TensorArrayConcatV3": _concat,
    "TensorArraySplitV3": _split,
    "TensorArraySizeV3": _size,
    "TensorArrayCloseV3": _close,
}
