"""The operator that a `for` statement becomes, by what it iterates over."""

from ..framework import context, nest
from ..framework.convert import convert_to_tensor
from ..framework.tensors import Tensor
from .kinds import in_graph, is_dataset, is_iterator, is_ragged
from .structures import check_iteration
from .undefined import is_undefined
from .while_loops import _LIMITS, _as_tensors, refuse_return, tensor_while


def for_stmt(iterable, extra_test, body, get_state, set_state, names, options):
    """Runs a block for each element; in the graph if the iterable is a tensor, dataset or iterator there.

    Args:
      iterable: what to iterate over.
      extra_test: a function without arguments, whether to go on; None if the loop has no early end.
      body: a function of the element, the block.
      get_state, set_state: read and set the variables that the block changes, as a tuple.
      names: the names of these variables.
      options: the arguments of `set_loop_options` in the block.
    """
    how = None if context.executing_eagerly() else _in_graph(iterable)
    if how is None:
        _python_for(iterable, extra_test, body)
    else:
        how(iterable, extra_test, body, get_state, set_state, names, options)


def _in_graph(iterable):
    if isinstance(iterable, Tensor):
        symbolic_range = hasattr(iterable, "op") and iterable.op.type == "Range"
        return _range_for if symbolic_range else _tensor_for
    if in_graph(iterable):
        return _tensor_for  # a variable
    if is_ragged(iterable):
        return _ragged_for
    if is_dataset(iterable):
        return _dataset_for
    return _iterator_for if is_iterator(iterable) else None


def _python_for(iterable, extra_test, body):
    if extra_test is None:
        for element in iterable:
            body(element)
        return
    if not _going(extra_test):
        return
    for element in iterable:
        body(element)
        if not _going(extra_test):
            return


def _going(extra_test):
    going = extra_test()
    if in_graph(going):
        raise NotImplementedError(
            "break and return statements which depend on a TF condition are not supported in Python for loops. Did you "
            "intend to make it a TF loop?\n" + _LIMITS
        )
    return going


def _counted(start, going, advance, element, extra_test, body, get_state, set_state, names, options):
    """A loop in the graph over a counter, which is one more variable of the loop.

    Args:
      start: the counter's first value.
      going, advance, element: functions of the counter: whether there is an element, the next value, the element.
    """
    counter = [start]

    def get():
        return (counter[0], *get_state())

    def put(state):
        counter[0] = state[0]
        set_state(state[1:])

    def test():
        from .logic import and_

        here = counter[0]
        return going(here) if extra_test is None else and_(lambda: going(here), extra_test)

    def step():
        body(element(counter[0]))
        counter[0] = advance(counter[0])

    tensor_while(test, step, get, put, ("<internal iterate>", *names), options)


def _tensor_for(iterable, extra_test, body, get_state, set_state, names, options):
    from ..ops.shapes import shape

    iterable = convert_to_tensor(iterable)
    if iterable.shape.rank == 0:
        raise ValueError(f"len requires a non-scalar tensor, got one of shape {shape(iterable)}")
    count = iterable.shape.as_list()[0] if iterable.shape.rank else None
    count = shape(iterable)[0] if count is None else convert_to_tensor(count)
    elements = _elements(iterable)
    options = {"maximum_iterations": count, **options}
    _counted(
        convert_to_tensor(0), lambda i: i < count, lambda i: i + 1, elements, extra_test, body, get_state, set_state,
        names, options,
    )  # fmt: skip


def _elements(tensor):
    from ..ops.tensor_array import TensorArray

    kept = TensorArray(tensor.dtype, element_shape=tensor.shape[1:], size=0, dynamic_size=True).unstack(tensor)
    return kept.read


def _ragged_for(iterable, extra_test, body, get_state, set_state, names, options):
    """A loop over rows, each cut out in its round: a tensor, or a ragged tensor of one rank less."""
    count = iterable.nrows(out_type="int32")
    options = {"maximum_iterations": count, **options}
    _counted(
        convert_to_tensor(0), lambda i: i < count, lambda i: i + 1, lambda i: iterable[i], extra_test, body, get_state,
        set_state, names, options,
    )  # fmt: skip


def _range_for(iterable, extra_test, body, get_state, set_state, names, options):
    from ..framework.tensor_util import constant_value
    from ..ops.binary import greater, less

    start, limit, delta = iterable.op.inputs
    step = constant_value(delta)

    def going(i):
        if step is not None:
            return less(i, limit) if step >= 0 else greater(i, limit)
        return ((delta >= 0) & less(i, limit)) | ((delta < 0) & greater(i, limit))

    _counted(start, going, lambda i: i + delta, lambda i: i, extra_test, body, get_state, set_state, names, options)


def _iterator_for(iterable, extra_test, body, get_state, set_state, names, options):
    """A loop that takes an element at the start of each round, so that one with an early end leaves the others."""
    from ..ops.control_flow import cond

    _check_defined(names, get_state())
    more = [True]

    def get():
        return (more[0], *get_state())

    def put(state):
        more[0] = state[0]
        set_state(state[1:])

    def test():
        from .logic import and_

        there = more[0]
        return there if extra_test is None else and_(lambda: there, extra_test)

    def step():
        found = iterable.get_next_as_optional()
        there = found.has_value()
        start = get_state()

        def run():
            set_state(start)
            body(found.get_value())
            after = get_state()
            for name, old, new in zip(names, start, after, strict=True):
                if is_undefined(new):
                    raise ValueError(f"'{name}' must not be undefined after one iteration")
                check_iteration(name, old, new, None)
            return list(after)

        put((there, *cond(there, run, lambda: list(start))))

    tensor_while(test, step, get, put, ("<internal has_next>", *names), options)


def _check_defined(names, values):
    for name, value in zip(names, values, strict=True):
        if is_undefined(value):
            refuse_return(value)
            raise ValueError(f"'{name}' must be defined before the loop")
        if value is None:
            raise ValueError(f"'{name}' is not allowed to be None before the loop")


def _dataset_for(iterable, extra_test, body, get_state, set_state, names, options):
    """A reduction of the dataset; the variables are its state."""
    start = get_state()
    _check_defined(names, start)
    if not names:
        start, names = (convert_to_tensor(0),), ("",)
        get, put = lambda: start, lambda state: None
    else:
        start = tuple(_as_tensors(value) for value in start)
        get, put = get_state, set_state

    def step(state, element):
        put(state)
        body(element)
        after = get()
        for name, old, new in zip(names, state, after, strict=True):
            check_iteration(name, old, new, None)
        return tuple(after)

    if extra_test is None:
        result = iterable.reduce(start, step)
    else:
        result = _stopped(iterable, extra_test, step, start, put)
    put(nest.pack_sequence_as(start, nest.flatten(result, expand_composites=True), expand_composites=True))


def _stopped(iterable, extra_test, step, start, put):
    """The state after the elements before `extra_test` fails."""
    from ..ops.control_flow import cond

    def scanned(state, element):
        put(state)
        going = convert_to_tensor(extra_test())
        after = cond(going, lambda: step(state, element), lambda: state)
        return after, (after, going)

    states = iterable.scan(start, scanned).take_while(lambda state, going: going)
    return states.reduce(start, lambda last, found: found[0])
