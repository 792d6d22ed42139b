"""Which operations of graphs a tape recorded, and what depends on what it watches."""

from .. import _core


class Spans:
    """Which operations of graphs were added while a tape recorded."""

    def __init__(self):
        self._spans = {}  # number of a graph -> list of [first, end or None]
        self._watched = []  # a watched tensor, the graph where that was, and the size of that graph then
        self._is_open = False

    def open(self):
        """The tape begins to record."""
        self._is_open = True
        graph = _core.current_graph()
        if graph is not None:
            self._spans.setdefault(graph._number, []).append([len(graph), None])

    def close(self):
        """The tape stops to record."""
        self._is_open = False
        graph = _core.current_graph()
        if graph is None:
            return
        spans = self._spans.setdefault(graph._number, [])
        if spans and spans[-1][1] is None:
            spans[-1][1] = len(graph)
        elif not spans:
            spans.append([0, len(graph)])

    def watch(self, tensor):
        """Notes that a tensor is watched from now on, as far as a graph can tell."""
        graph = tensor.graph if isinstance(tensor, _core.SymbolicTensor) else _core.current_graph()
        if graph is not None:
            self._watched.append((tensor, graph, len(graph)))

    def recorded(self, graph):
        """A function of an operation of a graph: whether the tape recorded it. None if it recorded all."""
        spans = self._spans.get(graph._number)
        if spans is None:
            return None if self._is_open else lambda op: op.graph is not graph  # it was stopped before the graph began
        watched = [(t, at) for t, of, at in self._watched if of is graph]

        def within(number):
            return any(first <= number and (end is None or number < end) for first, end in spans)

        if all(at <= spans[0][0] for _, at in watched):
            return lambda op: op.graph is not graph or within(op._id)
        stands = {id(outer): inner for outer, inner in eager_inputs(graph)}
        return _replayed(graph, within, {id(stands.get(id(t), t)): at for t, at in watched}).__contains__


def eager_inputs(graph):
    """Pairs of an eager tensor that a function's body uses and the body's tensor that stands for it."""
    if not graph._is_function:
        return []
    return [pair for pair in graph._captures() + graph._constants() if isinstance(pair[0], _core.EagerTensor)]


def _replayed(graph, within, watched):
    """The operations that a tape recorded which watched tensors in the midst of recording."""
    found, derived = set(), set()
    for number in range(len(graph)):
        op = graph._op(number)
        from_outside = any(t.op.type in ("Placeholder", "Const") and id(t) not in watched for t in op.inputs)
        handles = any(t.dtype.base_dtype.name == "resource" for t in op.inputs) and from_outside
        if within(number) and (
            handles or any(id(t) in derived or watched.get(id(t), number + 1) <= number for t in op.inputs)
        ):
            found.add(op)
            derived.update(map(id, op.outputs))
    return found


def derived(tensors, watched, recorded):
    """The ids of those of the tensors that recorded operations computed from watched ones.

    `recorded(graph)` gives a function that says of an operation of the graph whether it was recorded, or None for all.
    """
    reached, in_graph = {}, {}
    stack = list(tensors)
    while stack:
        one = stack[-1]
        follow = isinstance(one, _core.SymbolicTensor)
        if follow:
            if one.graph not in in_graph:
                in_graph[one.graph] = recorded(one.graph)
            follow = in_graph[one.graph] is None or in_graph[one.graph](one.op)
        before = one.op.inputs if follow and id(one) not in watched else []
        missing = [t for t in before if id(t) not in reached]
        if id(one) not in reached and missing:
            stack.extend(missing)
            continue
        stack.pop()
        reached[id(one)] = id(one) in watched or any(reached[id(t)] for t in before)
    return {key for key, is_reached in reached.items() if is_reached}
