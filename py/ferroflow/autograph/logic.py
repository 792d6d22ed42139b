"""The operators that `and`, `or`, `not` and comparisons become."""

import operator

from .kinds import in_graph

_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda one, many: one in many,
    "not in": lambda one, many: one not in many,
}


def and_(first, second):
    """`first() and second()`; the second is computed only if the first is true."""
    value = first()
    if not in_graph(value):
        return value and second()
    from ..ops.control_flow import cond

    return cond(value, second, lambda: value)


def or_(first, second):
    """`first() or second()`; the second is computed only if the first is false."""
    value = first()
    if not in_graph(value):
        return value or second()
    from ..ops.control_flow import cond

    return cond(value, lambda: value, second)


def not_(value):
    """`not value`."""
    if not in_graph(value):
        return not value
    from ..ops.unary import logical_not

    return logical_not(value)


def chain(left, *rest):
    """A chained comparison; `rest` has operators and functions that compute the operands, in turn."""
    right = rest[1]()
    found = _COMPARE[rest[0]](left, right)
    return found if len(rest) == 2 else and_(lambda: found, lambda: chain(right, *rest[2:]))


def eq(left, right):
    """`left == right`, elementwise for tensors."""
    if not (in_graph(left) or in_graph(right)):
        return left == right
    from ..ops.arithmetic import equal

    return equal(left, right)


def not_eq(left, right):
    """`left != right`, elementwise for tensors."""
    if not (in_graph(left) or in_graph(right)):
        return left != right
    from ..ops.arithmetic import not_equal

    return not_equal(left, right)
