"""The operator that an `if` statement becomes, and conditional expressions."""

from . import structures
from .kinds import check_condition, in_graph
from .undefined import UndefinedReturn, is_undefined


def if_stmt(condition, body, orelse, get_state, set_state, names, outputs):
    """Runs one of two blocks; both become branches of `tf.cond` if the condition is a tensor in a graph.

    Args:
      condition: a Python value or a tensor.
      body, orelse: functions without arguments, the blocks.
      get_state, set_state: read and set the variables that the blocks change, as a tuple.
      names: the names of these variables.
      outputs: how many of them, from the first, are used afterwards; the others keep their values.

    Raises:
      ValueError: a variable has a value after one block only.
      TypeError: it has another structure or dtype after the other block.
    """
    if not in_graph(condition):
        (body if condition else orelse)()
        return
    check_condition(condition, "if statement")
    start = get_state()
    results = _branches(condition, body, orelse, get_state, set_state, names[:outputs], start)
    set_state((*results, *start[outputs:]))


def _branches(condition, body, orelse, get_state, set_state, names, start):
    from ..ops.control_flow import cond

    after = []

    def branch(block, label):
        def run():
            set_state(start)
            block()
            after.append(get_state()[: len(names)])
            for name, value in zip(names, after[-1], strict=True):
                _check(name, value, label)
            if len(after) == 2:
                for name, first, second in zip(names, *after, strict=True):
                    structures.check_branches(name, first, second)
            return after[-1]

        return run

    return cond(condition, branch(body, "main"), branch(orelse, "else"))


def _check(name, value, label):
    if isinstance(value, UndefinedReturn):
        raise ValueError(f"the {label} branch must also have a return statement.")
    if is_undefined(value):
        raise ValueError(f"'{name}' must also be initialized in the {label} branch")
    if any(leaf is None for leaf in structures.leaves(value)):
        raise ValueError(f"'{name}' is None at the end of the {label} branch.")


def if_exp(condition, body, orelse, text):
    """A conditional expression; `text` is its condition as it is written."""
    if not in_graph(condition):
        return body() if condition else orelse()
    check_condition(condition, "conditional expression")
    result = []

    def keep(block):
        def run():
            result[:] = [block()]

        return run

    return _branches(condition, keep(body), keep(orelse), lambda: tuple(result), lambda state: None, (text,), ())[0]
