"""Changes of `GraphDef` messages: parts of graphs, variables as constants, nodes that only training needs."""

from .. import _core
from .protos import GraphDef, NodeDef, coerce
from .tensor_proto import make_tensor_proto

_VARIABLES = {"Variable", "VariableV2"}


def _node_name(name):
    return name[1:] if name.startswith("^") else name.split(":")[0]


def _reachable(nodes, targets):
    found = set()
    stack = list(targets)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(_node_name(one) for one in nodes[name].input)
    return found


def extract_sub_graph(graph_def, dest_nodes):
    """The nodes that `dest_nodes` need, in their order.

    Args:
      graph_def: a `GraphDef`.
      dest_nodes: a list of node names.

    Raises:
      TypeError: another type.
      AssertionError: a node is not in the graph.
    """
    try:
        graph_def = coerce(GraphDef, graph_def)
    except TypeError:
        raise TypeError(f"graph_def must be a graph_pb2.GraphDef proto, but got type {type(graph_def)}.") from None
    if isinstance(dest_nodes, str):
        raise TypeError(f"dest_nodes must be an iterable of strings, but got type {type(dest_nodes)}.")
    nodes = {node.name: node for node in graph_def.node}
    for name in dest_nodes:
        if name not in nodes:
            raise AssertionError(f"{name} is not in graph")
    kept = _reachable(nodes, dest_nodes)
    out = GraphDef()
    for node in graph_def.node:
        if node.name in kept:
            out.node.append(node)
    out.library.CopyFrom(graph_def.library)
    out.versions.CopyFrom(graph_def.versions)
    return out


def must_run_on_cpu(node, pin_variables_on_cpu=False):
    """Whether a node has to be on the host: variables if asked for, constants of strings and small integers."""
    node_def = node.node_def if isinstance(node, _core.Operation) else node
    if pin_variables_on_cpu and node_def.op in ("Variable", "VariableV2"):
        return True
    if node_def.op == "Const":
        # Strings, and the short integer vectors that are shapes and axes.
        dtype = node_def.attr["dtype"].type
        if dtype == 7:
            return True
        dims = node_def.attr["value"].tensor.tensor_shape.dim
        return dtype == 3 and (len(dims) == 0 or (len(dims) == 1 and 0 <= dims[0].size < 8))
    return node_def.op in ("DynamicStitch", "ParallelDynamicStitch") and node_def.attr["T"].type == 3


def tensor_shape_from_node_def_name(graph, input_name):
    """The static shape of the tensor that an input such as "add" or "add:1" names."""
    name = input_name if ":" in input_name else input_name + ":0"
    return graph.get_tensor_by_name(name).shape


def _const_node(name, dtype, array):
    node = NodeDef(name=name, op="Const")
    node.attr["dtype"].type = dtype
    node.attr["value"].tensor.CopyFrom(make_tensor_proto(array, dtype, array.shape))
    return node


def _variable_of(name, nodes):
    """The node of the handle that an input comes from through Identity nodes."""
    node = nodes[_node_name(name)]
    while node.op == "Identity":
        node = nodes[_node_name(node.input[0])]
    return node


def convert_variables_to_constants(sess, input_graph_def, output_node_names, variable_names_whitelist=None,
                                   variable_names_blacklist=None):  # fmt: skip
    """A graph in which variables are constants with their values in a session.

    Args:
      sess: the session.
      input_graph_def: the graph, as a `GraphDef`.
      output_node_names: names of the nodes that are needed; all that they do not need is left out.
      variable_names_whitelist: the variables to convert, all if not given.
      variable_names_blacklist: variables that stay.

    Raises:
      ValueError: a resource variable is used by an op that cannot take a constant.
    """
    import numpy as np

    graph = extract_sub_graph(input_graph_def, output_node_names)
    nodes = {node.name: node for node in graph.node}
    wanted = {
        node.name
        for node in graph.node
        if node.op in _VARIABLES or node.op == "VarHandleOp"
        if variable_names_whitelist is None or node.name in variable_names_whitelist
        if variable_names_blacklist is None or node.name not in variable_names_blacklist
    }
    fetches = {}
    for name in wanted:
        fetches[name] = name + ":0"
    for node in graph.node:
        if node.op in ("ReadVariableOp", "ResourceGather"):
            handle = _variable_of(node.input[0], nodes).name
            if handle in wanted:
                fetches[handle] = _read_of(sess.graph, handle)
    values = sess.run(fetches)
    out = GraphDef()
    for node in graph.node:
        out.node.append(_frozen(node, nodes, wanted, values, np))
    out.library.CopyFrom(graph.library)
    out.versions.CopyFrom(graph.versions)
    return extract_sub_graph(out, output_node_names)


def _read_of(graph, handle):
    """A tensor with the value of the resource variable `handle`."""
    tensor = graph.get_tensor_by_name(handle + ":0")
    for op in tensor.consumers():
        if op.type == "ReadVariableOp":
            return op.outputs[0]
    raise ValueError(f"the variable {handle} is never read, so its value cannot be fetched")


def _frozen(node, nodes, wanted, values, np):
    """A node as it is when the variables `wanted` are constants."""
    if node.name in wanted:
        dtype = node.attr["dtype"].type
        return _const_node(node.name, dtype, np.asarray(values[node.name]))
    if not node.input or node.input[0].startswith("^"):
        return node
    source = _variable_of(node.input[0], nodes).name
    if source not in wanted or nodes[source].op != "VarHandleOp":
        return node
    new = NodeDef(name=node.name, device=node.device)
    if node.op == "ReadVariableOp":
        new.op = "Identity"
        new.input.extend(node.input)
        new.attr["T"].CopyFrom(node.attr["dtype"])
    elif node.op == "ResourceGather":
        raise ValueError(f"Cannot convert the variable {source}: rows of it are read by node {node.name}")
    elif node.op == "Identity":
        new.CopyFrom(node)
        new.attr["T"].CopyFrom(nodes[source].attr["dtype"])
    else:
        raise ValueError(
            f"Cannot find the Placeholder op that is an input to the ReadVariableOp: node {node.name} of type {node.op}"
        )
    return new


def remove_training_nodes(input_graph, protected_nodes=None):
    """A graph without nodes that only training needs: checks, and identities without control inputs.

    Args:
      input_graph: a `GraphDef`.
      protected_nodes: names of nodes that stay.
    """
    graph = coerce(GraphDef, input_graph)
    protected = set(protected_nodes or ())
    checks = GraphDef()
    for node in graph.node:
        if node.op != "CheckNumerics" or node.name in protected:
            new = checks.node.add()
            new.CopyFrom(node)
            _replace_inputs(
                new, {one.name: one for one in graph.node if one.op == "CheckNumerics" and one.name not in protected}
            )
    with_control = {_node_name(name) for node in checks.node for name in node.input if name.startswith("^")}
    splices = {
        node.name: node
        for node in checks.node
        if node.op == "Identity"
        and node.name not in protected
        and node.name not in with_control
        and not any(name.startswith("^") for name in node.input)
    }
    out = GraphDef()
    for node in checks.node:
        if node.name not in splices:
            new = out.node.add()
            new.CopyFrom(node)
            _replace_inputs(new, splices)
    return out


def _replace_inputs(node, removed):
    """Makes a node take the inputs of removed nodes instead of the nodes."""
    names = []
    for name in node.input:
        source = _node_name(name)
        while source in removed and not name.startswith("^"):
            name = removed[source].input[0]
            source = _node_name(name)
        names.append(name)
    del node.input[:]
    node.input.extend(names)
