"""Automatic control dependencies: operations with effects run in the order in which the function's body wrote them."""

from ... import _core

# Stateful ops that change nothing: they run only if a result needs them, and may run side by side.
READERS = frozenset(
    "ReadVariableOp VarHandleOp VarIsInitializedOp VariableShape VariableV2 ResourceGather ResourceGatherNd".split()
)
_CALLS = frozenset("StatefulPartitionedCall If While Case".split())
_effect_of_type = {}


def has_effect(op_type):
    """Whether ops of this type run even if no result needs them."""
    known = _effect_of_type.get(op_type)
    if known is None:
        stateful = op_type not in READERS and _core.op_def(op_type)["is_stateful"]
        known = _effect_of_type[op_type] = stateful and not op_type.endswith("Dataset")
    return known


def effects_of(graph, start=0):
    """The operations from number `start` on that have effects, in program order."""
    types = graph._types(start)
    return [graph._op(start + number) for number, kind in enumerate(types) if has_effect(kind)]


def stateful(graph):
    """The operations that have effects or read state, but for those that only make handles."""
    types = graph._types(0)
    kinds = READERS - {"VarHandleOp", "VariableV2"}
    return [graph._op(number) for number, kind in enumerate(types) if kind in kinds or has_effect(kind)]


def _resources(op):
    return [tensor for tensor in op.inputs if tensor.dtype.base_dtype.name == "resource"]


def order(graph):
    """Adds control edges between the operations of a function's body whose order matters; gives those with effects.

    Per resource a write comes after the reads and writes before it, and a read after the last write. Other operations
    with effects, such as prints and assertions, come one after another.
    """
    writers, readers, last = {}, {}, None
    effects = []
    for number, kind in enumerate(graph._types(0)):
        effect = has_effect(kind)
        if not effect and kind not in READERS:
            continue
        op = graph._op(number)
        before = []
        handles = _resources(op)
        for handle in handles:
            writer = writers.get(id(handle))
            if writer is not None:
                before.append(writer)
            if effect:
                before.extend(readers.pop(id(handle), ()))
                writers[id(handle)] = op
            else:
                readers.setdefault(id(handle), []).append(op)
        if effect:
            effects.append(op)
            if (not handles or kind in _CALLS) and not _random(kind):
                if last is not None:
                    before.append(last)
                last = op
        for earlier in before:
            op._add_control_input(earlier)
    return effects


def _random(kind):
    return kind.startswith(("Random", "Truncated", "Stateless", "Parameterized", "Multinomial"))
