"""Gradients in the body of a branch, loop or function of what the graphs around it have computed."""

from .. import _core
from .._gen import raw_ops
from .composite import IndexedSlices
from .gradients import gradients_in_graph


def gradients_in_body(ys, xs, grad_ys=None, stop_gradients=(), scope="", tape=None):
    """`gradients_in_graph` for the graph at hand, through the tensors that it captures from the graphs around it.

    Args:
      ys: tensors of this graph or of those around it.
      xs: tensors.
      grad_ys: a gradient for each of `ys`, or None.
      stop_gradients: tensors that count as constants.
      scope: the name scope of new operations.
      tape: the tape whose gradients they are, if any.

    Returns:
      A list of a tensor of the graph at hand, `IndexedSlices` or None for each of `xs`.
    """
    graph = _core.current_graph()
    outer = getattr(graph, "outer_graph", None)
    if outer is None:
        return gradients_in_graph(ys, xs, grad_ys, stop_gradients, scope, tape)
    grad_ys = [None] * len(ys) if grad_ys is None else grad_ys
    inside = [graph._capture(x) for x in xs]
    origin = {id(inner): far for far, inner in graph.captures if isinstance(far, _core.SymbolicTensor)}
    near, far = [], []
    for y, grad in zip(ys, grad_ys, strict=True):
        y = origin.get(id(y), y)
        is_far = isinstance(y, _core.SymbolicTensor) and y.graph is not graph
        (far if is_far else near).append((y, grad))
    found = [None] * len(xs)
    if near:
        stop = [graph._capture(t) for t in stop_gradients]
        ends = {id(t) for t in stop}
        crossing = [pair for pair in graph.captures if id(pair[1]) in origin.keys() - ends and _flows(pair[0])]
        targets, seeds = zip(*near, strict=True)
        every = [*xs, *(inner for _, inner in crossing)]
        grads = gradients_in_graph(list(targets), every, list(seeds), stop, scope, tape)
        # What arrives at a tensor around the body may flow on to others: all of it is counted there.
        around = {id(inner) for _, inner in crossing}
        found = [None if id(x) in around else grad for x, grad in zip(inside, grads[: len(xs)], strict=True)]
        back = zip(crossing, grads[len(xs) :], strict=True)
        far += [(one, grad) for (one, _), grad in back if grad is not None]
    if far:
        sources = [origin.get(id(x), x) for x in xs]
        wanted = [n for n, x in enumerate(sources) if getattr(x, "graph", None) is not graph]
        stop = [t for t in (origin.get(id(t), t) for t in stop_gradients) if getattr(t, "graph", None) is not graph]
        more = _outside(graph, outer, far, [sources[n] for n in wanted], (stop, scope, tape))
        for number, grad in zip(wanted, more, strict=True):
            found[number] = _sum(found[number], grad)
    return found


def _flows(tensor):
    dtype = tensor.dtype.base_dtype
    return dtype.is_floating or dtype.is_complex or dtype.name == "variant"


def _outside(graph, outer, far, xs, options):
    """The gradients of tensors of the graphs around; `far` are pairs of a tensor and its gradient in the body."""
    ys = [y for y, _ in far]
    seeds = None
    with outer.as_default():
        start = len(outer)
        if any(grad is not None for _, grad in far):
            seeds = [raw_ops.Placeholder(dtype=y.dtype, shape=y.shape, name="gradient") for y in ys]
        grads = gradients_in_body(ys, xs, seeds, *options)
    taken = _copy(graph, outer, start, seeds, far) if seeds else graph._capture
    return [None if grad is None else _parts(taken, grad) for grad in grads]


def _parts(taken, grad):
    if not isinstance(grad, IndexedSlices):
        return taken(grad)
    shape = None if grad.dense_shape is None else taken(grad.dense_shape)
    return IndexedSlices(taken(grad.values), taken(grad.indices), shape)


def _copy(graph, outer, start, seeds, far):
    """Adds to a body the operations of the graph around it, from number `start` on, that depend on `seeds`.

    Returns:
      A function from a tensor of the graph around to the body's tensor that stands for it.
    """
    copies = {}
    for seed, (y, grad) in zip(seeds, far, strict=True):
        if grad is None:
            grad = raw_ops.OnesLike(x=graph._capture(y))
        elif isinstance(grad, IndexedSlices):
            grad = _core.convert(grad)
        copies[seed.op._id, 0] = graph._capture(grad)

    def here(tensor):
        found = copies.get((tensor.op._id, tensor.value_index)) if tensor.graph is outer else None
        return graph._capture(tensor) if found is None else found

    for number in range(start, len(outer)):
        op = outer._op(number)
        if any((t.op._id, t.value_index) in copies for t in op.inputs):
            name = op.name.rpartition("/")[2]
            made = graph._add_op(op.type, [here(t) for t in op.inputs], op._attrs(), name, [], op.device)
            for own, copy in zip(op.outputs, made.outputs, strict=True):
                copies[number, own.value_index] = copy
    return here


def _sum(first, second):
    if first is None or second is None:
        return second if first is None else first
    return raw_ops.AddN(inputs=[_core.convert(first), _core.convert(second)])
