"""Functions of a `GraphDef`: their bodies are built and registered, so that imported nodes can call them."""

import itertools

from .. import _core
from .context import _entered
from .dtypes import as_dtype
from .function_def import function_def_of, output_size
from .importer import import_nodes
from .protos import FunctionDef, NodeDef, coerce


def define_functions(library, graph):
    """Defines the functions of a `FunctionDefLibrary` in `graph`, those that others call first.

    Names are unique in a process: a function whose name another one has gets a new one.

    Returns:
      A dict from the names in `library` to the names of the functions that were defined, or that are equal in `graph`.
    """
    functions = {function.signature.name: function for function in library.function}
    known = {name: name for name in _shared(functions, graph)}
    for name in functions:
        _define(name, functions, known, graph)
    return known


def _shared(functions, graph):
    """The names under which the graph has the same function already, which calls the same functions."""
    shared = set()
    for name in functions.keys() & set(graph._functions()):
        if function_def_of(name, *_core.function_body(graph, name)) == coerce(FunctionDef, functions[name]):
            shared.add(name)
    while True:
        others = functions.keys() - shared
        wrong = {name for name in shared if not others.isdisjoint(_called(functions[name]))}
        if not wrong:
            return shared
        shared -= wrong


def _called(function):
    for node in function.node_def:
        for attr in node.attr.values():
            if attr.WhichOneof("value") == "func":
                yield attr.func.name
            elif attr.WhichOneof("value") == "list":
                yield from (func.name for func in attr.list.func)


def _unused(name, known, graph):
    """A name for a function that no other has, nor shall have."""
    stems = itertools.chain([name], (f"{name}_{number}" for number in itertools.count()))
    free = (_core.fresh_function_name(stem, graph) for stem in stems)
    return next(one for one in free if one not in known.values())


def _define(name, functions, known, graph):
    if name in known or name not in functions:
        return
    known[name] = given = _unused(name, known, graph)
    function = functions[name]
    for inner in _called(function):
        _define(inner, functions, known, graph)
    from .graph import Graph

    body = Graph()
    body._make_function(graph)
    with _entered(body, "", ""):
        inputs, arguments = [], {}
        for number, argument in enumerate(function.signature.input_arg):
            op = body._add_op("Placeholder", [], {"dtype": as_dtype(argument.type)}, argument.name)
            inputs.append(op.outputs[0])
            arguments[argument.name, 0] = inputs[number]
        operations = import_nodes(body, _flat_nodes(function, arguments), arguments, known)
    outputs = []
    for argument in function.signature.output_arg:
        source = function.ret[argument.name]
        outputs.append(_tensor(source, operations, arguments))
    effects = [operations[node] for node in function.control_ret.values()]
    _core.define_function(given, body, inputs, outputs, effects, graph)


def _flat_nodes(function, arguments):
    """The nodes with inputs of a graph's form: "node:output:index" becomes "node:number"."""
    ops = {node.name: node for node in function.node_def}
    nodes = []
    for node in function.node_def:
        new = NodeDef()
        new.CopyFrom(node)
        del new.input[:]
        for name in node.input:
            new.input.append(_flat_name(name, ops, arguments))
        nodes.append(new)
    return nodes


class _View:
    """What `output_size` needs to know of a node."""

    def __init__(self, node):
        self._node = node

    def _attrs(self):
        from .function_def import attr_from_proto

        return {name: attr_from_proto(value) for name, value in self._node.attr.items()}


def _flat_name(name, ops, arguments):
    if name.startswith("^") or (name, 0) in arguments:
        return name
    parts = name.split(":")
    if len(parts) < 3:
        return name
    node, wanted, index = parts[0], parts[1], int(parts[2])
    for output in _core.op_def(ops[node].op)["outputs"]:
        if output["name"] == wanted:
            return f"{node}:{index}"
        index += output_size(_View(ops[node]), output)
    raise ValueError(f"the node '{node}' has no output '{wanted}'")


def _tensor(source, operations, arguments):
    if (source, 0) in arguments:
        return arguments[source, 0]
    parts = source.split(":")
    op = operations[parts[0]]
    if len(parts) < 3:
        return op.outputs[int(parts[1]) if len(parts) == 2 else 0]
    index = int(parts[2])
    for output in _core.op_def(op.type)["outputs"]:
        if output["name"] == parts[1]:
            return op.outputs[index]
        index += output_size(op, output)
    raise ValueError(f"the node '{parts[0]}' has no output '{parts[1]}'")
