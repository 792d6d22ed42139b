"""The operator that a `while` statement becomes."""

from ..framework import context, nest
from ..framework.bodies import scratch_graph
from ..framework.composite import CompositeTensor
from ..framework.convert import convert_to_tensor
from ..framework.tensors import Tensor
from . import structures
from .kinds import check_condition, in_graph, is_tensor
from .undefined import UndefinedReturn, is_undefined

_LIMITS = (
    "See https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/"
    "limitations.md#consistency-of-control-flow-types for more info."
)
_CHANGED = (
    "The condition of {} started as non-Tensor, then changed to Tensor. This may happen either because variables "
    "changed type, or when a break or return statement inside the loop depends on a Tensor condition. In both cases, "
    "changing to a TF loop should remove the error.\n" + _LIMITS
)


def python_condition(value, what):
    """The truth of a condition of a loop that runs in Python.

    Raises:
      NotImplementedError: it has become a tensor.
    """
    if in_graph(value):
        raise NotImplementedError(_CHANGED.format(what))
    return value


def while_stmt(test, body, get_state, set_state, names, options):
    """Repeats a block; it becomes the body of `tf.while_loop` if the condition is a tensor in a graph.

    Args:
      test: a function without arguments, the condition.
      body: a function without arguments, the block.
      get_state, set_state: read and set the variables that they change, as a tuple.
      names: the names of these variables.
      options: the arguments of `set_loop_options` in the block.
    """
    if context.executing_eagerly():
        while test():
            body()
        return
    with scratch_graph():
        first = test()
    if is_tensor(first):
        tensor_while(test, body, get_state, set_state, names, options)
        return
    if not first:
        return
    body()
    while python_condition(test(), "while loop"):
        body()


def tensor_while(test, body, get_state, set_state, names, options):
    """A loop in the graph; see `while_stmt`."""
    from ..ops.loops import while_loop_v1

    start = get_state()
    invariants = _invariants(options, start)
    unset = _never_set(names, start, options)
    start = _defined(start, body, get_state, set_state, names, invariants)
    start = tuple(_as_tensors(value) for value in start)
    ran = (convert_to_tensor(False),) if unset else ()  # whether the loop has given them a value

    def condition(*state):
        set_state(state[len(ran) :])
        return check_condition(convert_to_tensor(test()), "while loop")

    def step(*state):
        state = state[len(ran) :]
        set_state(state)
        body()
        after = get_state()
        for name, value, new, invariant in zip(names, state, after, invariants, strict=True):
            if is_undefined(new):
                raise ValueError(f"'{name}' must not be undefined after one iteration")
            if new is None and value is not None:
                raise ValueError(f"'{name}' is None at the end of the iteration.")
            structures.check_iteration(name, value, new, invariant)
        return (*[convert_to_tensor(True) for _ in ran], *after)

    shapes = None
    if any(one is not None for one in invariants):
        shapes = tuple(
            nest.map_structure(_own_invariant, value) if given is None else given
            for value, given in zip(ran + start, (None,) * len(ran) + tuple(invariants), strict=True)
        )
    results = while_loop_v1(
        condition,
        step,
        ran + start,
        shape_invariants=shapes,
        parallel_iterations=options.get("parallel_iterations") or 10,
        swap_memory=options.get("swap_memory") or False,
        maximum_iterations=options.get("maximum_iterations"),
        return_same_structure=True,
    )
    if unset:
        results = [results[0], *_checked(results[0], results[1:], unset)]
    set_state(tuple(results[len(ran) :]))


def _never_set(names, start, options):
    """The numbers of the variables without a value, apart from those that hold the loop's element."""
    elements = options.get("iterate_names", ())
    return {
        number: "the function return value" if isinstance(value, UndefinedReturn) else names[number]
        for number, value in enumerate(start)
        if (is_undefined(value) or value is None) and names[number] not in elements
    }


def _checked(ran, values, unset):
    """The variables after a loop, those without a value before it only if it ran at all."""
    from ..ops.flow import Assert
    from ..ops.shapes import identity

    text = f"loop must iterate at least once to initialize {', '.join(unset.values())}"
    with context.control_dependencies([Assert(ran, [text])]):
        return [
            nest.map_structure(identity, value) if number in unset else value for number, value in enumerate(values)
        ]


def _as_tensors(value):
    return nest.map_structure(
        lambda leaf: (
            leaf if isinstance(leaf, CompositeTensor) or hasattr(leaf, "_type_spec") else convert_to_tensor(leaf)
        ),
        value,
    )


def _invariants(options, start):
    """The shape that each variable keeps, from pairs of a variable's value and a shape."""
    found = [None] * len(start)
    for value, shape in options.get("shape_invariants") or ():
        for number, one in enumerate(start):
            if one is value:
                found[number] = shape
    return found


def _own_invariant(value):
    """What a variable without an invariant keeps: a tensor its shape, other values their type."""
    return value.shape if isinstance(value, Tensor) else value._type_spec


def _defined(start, body, get_state, set_state, names, invariants):
    """The variables with zeros in place of those that get their first value in the loop."""
    missing = [number for number, value in enumerate(start) if is_undefined(value) or value is None]
    if not missing:
        return start
    try:
        with scratch_graph():
            set_state(tuple(value if number in missing else _as_tensors(value) for number, value in enumerate(start)))
            body()
            after = get_state()
            shown = {number: _likeness(after[number]) for number in missing}
        filled = list(start)
        for number in missing:
            filled[number] = _zeros(shown[number], invariants[number])
        return tuple(filled)
    except (UnboundLocalError, TypeError, ValueError, KeyError) as error:
        for number in missing:
            refuse_return(start[number])
            if is_undefined(start[number]):
                raise ValueError(
                    f"'{names[number]}' must be defined before the loop\nA first value like that of its first round "
                    f"could not be found: {type(error).__name__}: {error}"
                ) from None
            raise ValueError(f"'{names[number]}' is not allowed to be None before the loop") from error
        raise
    finally:
        set_state(start)


def refuse_return(value):
    """Fails if a variable without a value is the result of the function."""
    if isinstance(value, UndefinedReturn):
        raise NotImplementedError(
            "a return statement cannot be placed inside this TensorFlow loop; this may happen if a return statement "
            "depends on a static Python condition such as a hyperparameter"
        ) from None


def _likeness(value):
    """What is known of a value without its graph: dtype and shape of tensors, Python values as they are."""
    if isinstance(value, dict):
        return {key: _likeness(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return nest.map_structure(_likeness, value)
    if isinstance(value, Tensor):
        return _Zeros(value.dtype, value.shape)
    if isinstance(value, (bool, int, float)) or value is None or is_undefined(value):
        return value
    if hasattr(value, "_type_spec"):
        return _Zeros(value.dtype, value.shape)
    raise TypeError(
        f"Found an unsupported type '{type(value).__name__}' while creating placeholder for {value}. Supported types "
        "include Tensor, int, float, bool, list, tuple or dict."
    )


class _Zeros:
    def __init__(self, dtype, shape):
        self.dtype, self.shape = dtype, shape


def _zeros(shown, invariant):
    from ..ops.shapes import zeros

    def make(one):
        if isinstance(one, _Zeros):
            sizes = one.shape.as_list() if one.shape.rank is not None else []
            return zeros([size or 0 for size in sizes], one.dtype)
        return convert_to_tensor(type(one)())

    if is_undefined(shown):
        shown.read()
    if shown is None:
        return None
    return nest.map_structure(make, shown)
