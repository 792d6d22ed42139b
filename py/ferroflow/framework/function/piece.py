"""Parts of a graph that run as one function on concrete tensors, and their derivatives.

The gradient of a part is added to the same graph. What it reads of the part becomes further results of the forward
function and arguments of the backward function, which is such a part itself and so can be differentiated again.
"""

import threading

from ... import _core
from ..._gen import raw_ops
from ..composite import IndexedSlices
from ..gradients import gradients_in_graph
from ..tape import needs_every_order

_FLOW = frozenset("While StatelessWhile If StatelessIf Case StatelessCase".split())


def _differentiable(tensor):
    dtype = tensor.dtype.base_dtype
    return dtype.is_floating or dtype.is_complex or dtype.name == "variant"  # lists that loops collect values in


def _can_flow(tensor):
    return _differentiable(tensor) or tensor.dtype.base_dtype.name == "resource"


class Piece:
    """A part of a graph, from some tensors to others.

    Args:
      name: the function's name.
      graph: the body.
      inputs: its arguments: placeholders or other tensors of the graph.
      captures: pairs of an outer tensor that is passed with each call and the tensor that stands for it.
      constants: pairs of an outer tensor and the constant that was made of it, through which gradients flow.
      outputs: the results.
      effects: the operations that run whether or not a result needs them.
    """

    def __init__(self, name, graph, inputs, captures, constants, outputs, effects):
        self.name = name
        self.graph = graph
        self.inputs = list(inputs)
        self.captures = list(captures)
        self.constants = list(constants)
        self.outputs = list(outputs)
        self.effects = list(effects)
        fed = self.inputs + [inner for _, inner in self.captures]
        self.callee = _core.Callee(name, graph, fed, self.outputs, self.effects)
        self._branches = bool(_FLOW.intersection(graph._types(0)))
        self._derivatives = {}
        self._lock = threading.RLock()

    @property
    def captured(self):
        """The outer tensors that are passed after the arguments."""
        return [outer for outer, _ in self.captures]

    def call(self, tensors):
        """Calls it with concrete tensors for the arguments; the tapes that watch one of them record it."""
        fed = [*tensors, *self.captured]
        watched = _core.watched([*fed, *(outer for outer, _ in self.constants)])
        if True not in watched:
            return self.callee.call(fed)
        if self._branches and True not in watched[len(fed) :]:
            self.callee.announce()
            types = [tensor.dtype for tensor in self.outputs]
            run = raw_ops.StatefulPartitionedCall if self.callee.impure else raw_ops.PartitionedCall
            return list(run(args=fed, Tout=types, f=self.name))
        return self._recorded(fed, watched)

    def _recorded(self, fed, watched):
        every = needs_every_order()
        mask = None if every else tuple(watched)
        with self._lock:
            derivative = self._derivatives.get(mask)
            if derivative is None:
                derivative = self._derivatives[mask] = Derivative(self, mask)
        results = derivative.forward.call(fed)
        sources = [*fed, *(outer for outer, _ in self.constants)]
        outputs = results[: len(self.outputs)]
        kept = derivative.kept(fed, results)

        def backward(*grads):
            return derivative.gradients(kept, grads)

        recorded = results if every else outputs
        _core.record_custom(self.name, sources, recorded, backward, len(self.outputs))
        return outputs


class Derivative:
    """The gradient of a part with respect to some of its inputs.

    Args:
      piece: the part.
      mask: for each input, capture and constant whether its gradient is wanted; None for a gradient of any order: then
        gradients may also flow back to the intermediate values that the backward function reads.
    """

    def __init__(self, piece, mask):
        self._piece = piece
        captured = [inner for _, inner in piece.captures]
        self._fed = piece.inputs + captured
        self._sources = self._fed + [inner for _, inner in piece.constants]
        wanted = [_can_flow(s) and (mask is None or mask[i]) for i, s in enumerate(self._sources)]
        self._wanted = [i for i, keep in enumerate(wanted) if keep]
        self._backward = {}
        self._intermediates = []
        self._lock = threading.RLock()
        if mask is None:
            self._close()
        else:
            self._build(tuple(_differentiable(t) for t in piece.outputs))
        outputs = piece.outputs + self._intermediates
        self.forward = _core.Callee(f"{piece.name}_forward", piece.graph, self._fed, outputs, piece.effects)

    def _close(self):
        """Adds intermediate values until their own gradients need no others."""
        while True:
            before = len(self._intermediates)
            self._backward.clear()
            flows = [_differentiable(t) for t in self._piece.outputs + self._intermediates]
            self._build(tuple(flows))
            if len(self._intermediates) == before:
                return

    def kept(self, fed, results):
        """The values that backward functions read, by the identity of their tensors in the graph."""
        values = {id(inner): value for inner, value in zip(self._fed, fed, strict=True)}
        more = self._piece.outputs + self._intermediates
        for inner, value in zip(more, results, strict=True):
            values.setdefault(id(inner), value)
        for outer, inner in self._piece.constants:
            values.setdefault(id(inner), outer)
        return values

    def gradients(self, values, grads):
        """Gradients of the inputs, captures and constants, None where nothing flows.

        Args:
          values: what `kept` gave.
          grads: a gradient for each result, and None or one for each intermediate value.
        """
        targets = self._piece.outputs + self._intermediates
        flows = tuple(g is not None and _differentiable(t) for g, t in zip(grads, targets, strict=False))
        with self._lock:
            piece, reads, slots = self._build(flows)
        found = [None] * len(self._sources)
        if piece is None:
            return found
        seeds = [_dense(g) for g, keep in zip(grads, flows, strict=True) if keep]
        results = iter(piece.call([*(values[id(tensor)] for tensor in reads), *seeds]))
        for source, parts in slots:
            tensors = [next(results) for _ in range(parts)]
            found[source] = tensors[0] if parts == 1 else IndexedSlices(*tensors)
        return found

    def _build(self, flows):
        """The backward function for gradients that flow to these results: the part, what it reads, and its results."""
        known = self._backward.get(flows)
        if known is not None:
            return known
        piece, graph = self._piece, self._piece.graph
        targets = piece.outputs + self._intermediates
        targets = [t for t, keep in zip(targets, flows, strict=False) if keep]
        start = len(graph)
        with graph.as_default():
            seeds = [raw_ops.Placeholder(dtype=t.dtype, shape=t.shape, name="gradient") for t in targets]
            sources = [self._sources[i] for i in self._wanted]
            stop = [s for s in sources if s.op.type not in ("Placeholder", "Const")]
            if stop and _FLOW.intersection(graph._types(0)):
                raise NotImplementedError(
                    "derivatives of higher order through a tf.function with loops or branches need all their tapes inside the function"
                )
            found = gradients_in_graph(targets, sources, seeds, stop) if targets and sources else []
        slots, outputs = [], []
        for source, grad in zip(self._wanted, found, strict=False):
            if grad is None:
                continue
            parts = _parts(grad)
            slots.append((source, len(parts)))
            outputs.extend(parts)
        made = (None, [], [])
        if outputs:
            reads, captures, constants = self._reads(outputs, graph.effects(start), start, seeds)
            name = f"{piece.name}_backward"
            effects = graph.effects(start)
            made = Piece(name, graph, reads + seeds, captures, constants, outputs, effects), reads, slots
        self._backward[flows] = made
        return made

    def _reads(self, outputs, effects, start, seeds):
        """What the gradient's operations read: values of the part, new captures, and constants of outer tensors."""
        graph = self._piece.graph
        fed = {id(tensor) for tensor in self._fed}
        constants = {id(inner): (outer, inner) for outer, inner in [*self._piece.constants, *graph._constants()]}
        captures = {id(inner): (outer, inner) for outer, inner in graph.captures if id(inner) not in fed}
        known = {id(tensor) for tensor in self._intermediates}
        own = {id(seed) for seed in seeds}
        reads, new_captures, used_constants = [], [], []
        seen = set()
        stack = [*outputs, *(t for op in effects for t in op.inputs)]
        while stack:
            tensor = stack.pop()
            if id(tensor) in seen or id(tensor) in own:
                continue
            seen.add(id(tensor))
            if id(tensor) in captures:
                new_captures.append(captures[id(tensor)])
            elif id(tensor) in fed:
                reads.append(tensor)
            elif id(tensor) in constants:
                used_constants.append(constants[id(tensor)])
            elif tensor.op._id >= start:
                stack.extend(tensor.op.inputs)
            elif tensor.op.type != "Const":
                if id(tensor) not in known:
                    known.add(id(tensor))
                    self._intermediates.append(tensor)
                reads.append(tensor)
        return reads, new_captures, used_constants


def _dense(grad):
    return _core.convert(IndexedSlices(*grad)) if isinstance(grad, tuple) else grad


def _parts(grad):
    if isinstance(grad, IndexedSlices):
        parts = [grad.values, grad.indices]
        return parts if grad.dense_shape is None else [*parts, grad.dense_shape]
    return [grad]
