"""`tf.import_graph_def`: adds the operations of a `GraphDef` to a graph."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from .. import _core
from .context import control_dependencies, graph_mode
from .flow_import import FLOW, Flow, endpoint, in_order, source, structured
from .function_def import FunctionName, attr_from_proto
from .name_scope import name_from_scope_name, name_scope_of
from .protos import GraphDef, coerce
from .tensor_array_import import TENSOR_ARRAYS, check, with_sizes
from .tensor_array_import import add as add_tensor_array

if TYPE_CHECKING:
    from typing import Any


def _check_arguments(graph_def, input_map, return_elements):
    try:
        graph_def = coerce(GraphDef, graph_def)
    except TypeError:
        raise TypeError("Argument `graph_def` must be a GraphDef proto.") from None
    if input_map is None:
        input_map = {}
    elif not isinstance(input_map, dict) or not all(isinstance(key, (str, bytes)) for key in input_map):
        raise TypeError(f"Argument `input_map` must be a dictionary. Obtained {type(input_map).__name__}")
    if return_elements is not None:
        return_elements = list(return_elements)
        if not all(isinstance(name, (str, bytes)) for name in return_elements):
            raise TypeError(f"Argument `return_elements` must be a list of strings. Obtained {return_elements}.")
    return graph_def, input_map, return_elements


def _ordered(nodes, mapped):
    """The nodes, structured, in an order in which inputs come first.

    Raises:
      ValueError: a name that occurs twice, an unknown input, or a cycle that is no loop.
      UnimplementedError: control flow that is neither conditionals nor loops.
    """
    by_name = set()
    for node in nodes:
        if node.name in by_name:
            raise ValueError(f"Node '{node.name}' is not unique")
        by_name.add(node.name)
    for node in nodes:
        seen_control = False
        for name in node.input:
            if name.startswith("^"):
                seen_control = True
            else:
                if seen_control:
                    raise ValueError(f"Node '{node.name}': Control dependencies must come after regular dependencies")
                if endpoint(name) in mapped:
                    continue
            if source(name) not in by_name:
                raise ValueError(f"Node '{node.name}': Unknown input node '{name}'")
    nodes = structured(with_sizes(nodes))
    return in_order(nodes, {node.name: [source(name) for name in node.input] for node in nodes})


class Import:
    """Adds nodes to a graph: those of one call of `import_graph_def`, or those of a branch or loop body inside."""

    def __init__(self, graph, prefix, mapped, around=None, functions=None):
        self.graph = graph
        self.functions = functions or (around.functions if around is not None else {})  # names in the message -> here
        self.prefix = prefix
        self.mapped = mapped  # (node, output) -> tensor
        self.around = around
        self.operations = {}

    def tensor(self, end, user):
        """The tensor of an endpoint, here or around."""
        tensor = self.mapped.get(end)
        if tensor is None and end[0] not in self.operations and self.around is not None:
            tensor = self.around.tensor(end, user)
        if tensor is None:
            tensor = self.output(*end, user)
        return tensor if self.around is None else self.graph.capture(tensor)

    def output(self, node, index, user):
        outputs = self.operations[node].outputs
        if index >= len(outputs):
            raise ValueError(
                f"Node '{user}': Connecting to invalid output {index} of source node {node} which has {len(outputs)} outputs."
            )
        return outputs[index]

    def add(self, node):
        if isinstance(node, Flow):
            from .flow_build import build

            self.operations[node.name] = build(node, self)
            return
        inputs, control = [], []
        for name in node.input:
            if name.startswith("^"):
                replaced = self.mapped.get(name)
                found = self.operations.get(name[1:]) if replaced is None else replaced
                control.append(getattr(found, "operation", found))
            else:
                inputs.append(self.tensor(endpoint(name), node.name))
        attrs = {name: self.attr(value) for name, value in node.attr.items() if name != "_output_shapes"}
        if "_class" in attrs:
            attrs["_class"] = [self.renamed(group) for group in attrs["_class"]]
        full = self.prefix + node.name
        if node.op in TENSOR_ARRAYS:
            with control_dependencies(control):
                self.operations[node.name] = add_tensor_array(node.op, inputs, attrs, full + "/")
            return
        if node.op == "Identity" and inputs[0].dtype == "variant":
            del attrs["T"]  # the flow of a tensor array, which was a number
        _check_inputs(node, inputs, attrs, full)
        self.operations[node.name] = self.graph._add_op(node.op, inputs, attrs, full, control, node.device)

    def attr(self, proto):
        """The value of an attribute, with the names that functions have here."""
        value = attr_from_proto(proto)
        if isinstance(value, FunctionName):
            return FunctionName(self.functions.get(value.name, value.name))
        if isinstance(value, list) and value and isinstance(value[0], FunctionName):
            return [FunctionName(self.functions.get(one.name, one.name)) for one in value]
        return value

    def renamed(self, group):
        if group.startswith(b"loc:@"):
            return b"loc:@" + self.prefix.encode() + group[5:]
        return group


def _check_inputs(node, inputs, attrs, full):
    """ValueError where a tensor has another dtype than the node's attributes say."""
    position = 0
    for argument in _core.op_def(node.op)["inputs"]:
        count, dtypes = 1, None
        if argument["number_attr"]:
            count = attrs.get(argument["number_attr"], 1)
        if argument.get("type_list_attr"):
            dtypes = attrs.get(argument["type_list_attr"], [])
            count = len(dtypes)
        elif argument.get("type_attr"):
            dtype = attrs.get(argument["type_attr"])
            dtypes = None if dtype is None else [dtype] * count
        if position + count > len(inputs):
            found = ", ".join(tensor.dtype.name for tensor in inputs)
            raise ValueError(
                f"NodeDef expected inputs '{argument['name']}' do not match {len(inputs)} inputs specified; Op "
                f"{node.op} of node {full} got ({found})"
            )
        for tensor, dtype in zip(inputs[position : position + count], dtypes or (), strict=False):
            if tensor.dtype.base_dtype != dtype.base_dtype:
                raise ValueError(
                    f"Input {position} of node {full} was passed {_short(tensor.dtype)} from {tensor.name} incompatible "
                    f"with expected {_short(dtype)}."
                )
            position += 1
        if not dtypes:
            position += count


def _short(dtype):
    return {"float32": "float", "float64": "double"}.get(dtype.base_dtype.name, dtype.base_dtype.name)


def _mapped(input_map):
    """The input map by endpoint, and with "^name" for control inputs."""
    out = {}
    for name, value in input_map.items():
        name = name.decode() if isinstance(name, bytes) else name
        if name.startswith("^"):
            out[name] = value.op if isinstance(value, _core.Tensor) else value
            continue
        tensor = _core.convert(value)
        out[endpoint(name)] = tensor
    return out


def _returned(work, names):
    out = []
    for name in names:
        name = name.decode() if isinstance(name, bytes) else name
        node, colon, index = name.rpartition(":")
        if not colon:
            if name not in work.operations:
                raise ValueError(f"Requested return node '{name}' not found in graph def")
            out.append(work.operations[name])
            continue
        if (node, int(index)) in work.mapped:
            out.append(work.mapped[node, int(index)])
            continue
        if node not in work.operations:
            raise ValueError(f"Requested return tensor '{name}' not found in graph def")
        outputs = work.operations[node].outputs
        if int(index) >= len(outputs):
            raise ValueError(f"Invalid return output {index} of node '{node}', which has {len(outputs)} output(s)")
        out.append(outputs[int(index)])
    return out


def import_graph_def(
    graph_def, input_map=None, return_elements=None, name: str | None = None, op_dict=None, producer_op_list=None
) -> list[Any] | None:
    """Adds the operations of a `GraphDef` to the default graph.

    Args:
      graph_def: a `GraphDef`, ours or protobuf's.
      input_map: a dict from names of tensors in `graph_def` to tensors that stand for them.
      return_elements: names of operations ("add") and tensors ("add:0") in `graph_def` to return.
      name: prefix of the operations' names, "import" if not given; "" for none.
      op_dict, producer_op_list: not used.

    Returns:
      A list of what `return_elements` names; None if it is not given.

    Raises:
      TypeError: an argument of another type.
      ValueError: names that do not occur, or a graph that is not sound.
      NotFoundError: an op that is not known.
      UnimplementedError: control flow of TensorFlow 1 that is neither conditionals nor loops, or with references.
    """
    graph_def, input_map, return_elements = _check_arguments(graph_def, input_map, return_elements)
    with ExitStack() as stack:
        graph = stack.enter_context(graph_mode())
        if name is None or name:
            scope = stack.enter_context(name_scope_of(name, "import"))
            prefix = name_from_scope_name(scope) + "/"
        else:
            prefix = _core.scope() + "/" if _core.scope() else ""
        mapped = _mapped(input_map)
        nodes = _ordered(graph_def.node, mapped)
        _check_map(input_map, graph_def)
        for node in graph_def.node:
            if node.op not in FLOW and node.op not in TENSOR_ARRAYS:
                check(node)
                _core.op_def(node.op)
        work = Import(graph, prefix, mapped, functions=_import_library(graph_def, graph))
        for node in nodes:
            work.add(node)
        if return_elements is None:
            return None
        return _returned(work, return_elements)


def _check_map(input_map, graph_def):
    names = {node.name for node in graph_def.node}
    missing = []
    for name in input_map:
        text = name.decode() if isinstance(name, bytes) else name
        node = text[1:] if text.startswith("^") else endpoint(text)[0]
        if node not in names:
            missing.append(text)
    if missing:
        raise ValueError(f"Attempted to map inputs that were not found in graph_def: [{', '.join(missing)}]")


def _import_library(graph_def, graph):
    if not graph_def.library.function:
        return {}
    from .function_import import define_functions

    return define_functions(graph_def.library, graph)


def import_nodes(graph, nodes, inputs, functions):
    """Adds the nodes of a function's body to `graph`: a dict from names to operations.

    Args:
      graph: the body.
      nodes: `NodeDef`s whose inputs have the form of a graph's ("add:1").
      inputs: a dict from (name, 0) to the tensors that stand for the arguments.
      functions: a dict from the names of functions in the nodes to those that they have in this process.
    """
    work = Import(graph, "", inputs, functions=functions)
    for node in _ordered(nodes, inputs):
        work.add(node)
    return work.operations
