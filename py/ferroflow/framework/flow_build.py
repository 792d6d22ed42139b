"""Adds the conditionals and loops of an imported graph: the nodes of their parts are traced as any other body is."""

from types import SimpleNamespace

from .. import _core
from .._gen import raw_ops
from .bodies import Body, add_branches, add_loop, joined_shape
from .context import control_dependencies
from .flow_import import Choice, endpoint, in_order, source
from .importer import Import
from .type_spec import TensorSpec


def build(flow, work):
    """Adds a `Choice` or `Loop` to the graph of an `Import`; something with the results as `outputs`."""
    waits = [work.operations[name[1:]] for name in flow.input if name.startswith("^")]
    control = [getattr(one, "operation", one) for one in waits]
    scope = f"{work.prefix}{flow.name}/"
    with control_dependencies(control):
        found = _choice(flow, work, scope) if isinstance(flow, Choice) else _loop(flow, work, scope)
    return SimpleNamespace(outputs=list(found))


def _values(part, flow, work, arguments):
    """The results of a part whose nodes are added to the graph at hand."""
    inner = Import(_core.current_graph(), "", dict(arguments), work)
    for inside, outside in part.outside.items():
        inner.mapped[inside] = work.tensor(outside, flow.name)
    for node in in_order(part.nodes, {node.name: [source(name) for name in node.input] for node in part.nodes}):
        inner.add(node)
    return [inner.tensor(end, flow.name) for end in part.results]


def _choice(flow, work, scope):
    no, yes = (
        Body(kind, lambda part=part: _values(part, flow, work, {}))
        for kind, part in zip(("cond_false", "cond_true"), flow.parts, strict=True)
    )
    pred = work.tensor(flow.pred, flow.name)
    return add_branches([yes, no], scope, raw_ops.If, raw_ops.StatelessIf, cond=pred)


def _loop(flow, work, scope):
    first = [work.tensor(endpoint(name), flow.name) for name in flow.variables]

    def part(which):
        return lambda *values: _values(
            which, flow, work, {end: values[number] for end, number in flow.arguments.items()}
        )

    shapes = _invariants(part(flow.body), first)
    specs = [TensorSpec(shape, value.dtype) for shape, value in zip(shapes, first, strict=True)]
    cond = Body("while_cond", part(flow.cond), specs)
    return add_loop(cond, Body("while_body", part(flow.body), specs), first, shapes, 10, scope)


def _invariants(body, first):
    """The shapes that the variables keep: as much of the first ones as the body leaves."""
    shapes = [value.shape for value in first]
    while True:
        specs = [TensorSpec(shape, value.dtype) for shape, value in zip(shapes, first, strict=True)]
        found = Body("shapes", body, specs).outputs
        wider = [joined_shape([a, b.shape]) for a, b in zip(shapes, found, strict=True)]
        if all(
            a.rank == b.rank and (a.rank is None or a.as_list() == b.as_list())
            for a, b in zip(shapes, wider, strict=True)
        ):
            return shapes
        shapes = wider
