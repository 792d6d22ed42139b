"""Conditionals: `tf.cond`, `tf.case`, `tf.switch_case`."""

from functools import partial

from .._gen import raw_ops
from ..framework import nest
from ..framework.bodies import (
    Body,
    add_branches,
    building,
    flat_tensors,
    is_symbolic,
    new_conditional,
    packed,
    prepared,
    scalar_condition,
    scalar_index,
)
from ..framework.composite import IndexedSlices
from ..framework.context import control_dependencies, executing_eagerly
from ..framework.tensors import Tensor
from ..framework.variables import Variable
from .common import convert, name_scope


def _runs_now(value):
    return executing_eagerly() and not is_symbolic(value)


def _check_callable(**functions):
    for name, function in functions.items():
        if not callable(function):
            raise TypeError(f"'{name}' must be callable.")


def _alone(result):
    """The element of a list of one."""
    return result[0] if isinstance(result, (list, tuple)) and len(result) == 1 else result


def cond(pred, true_fn=None, false_fn=None, name=None):
    """The result of one of two functions, by a condition.

    In a graph both functions are traced, and one of them runs: operations in them run only where their branch is taken.

    Args:
      pred: a scalar bool tensor; eagerly other numbers count as true if they are not zero.
      true_fn: a function without arguments that returns tensors, nested structures of them, None or operations.
      false_fn: a function without arguments that returns the same structure with the same dtypes.
      name: a name for the operation.

    Returns:
      What the function returned, as tensors. In a graph an operation becomes a bool tensor.

    Raises:
      TypeError: an argument is not callable, or in a graph the functions return different structures or dtypes.
      ValueError: in a graph they return different numbers of tensors.

    >>> x = tf.constant(3)
    >>> int(tf.cond(x > 2, lambda: x * 10, lambda: x))
    30
    """
    _check_callable(true_fn=true_fn, false_fn=false_fn)
    if _runs_now(pred):
        return true_fn() if _truth(pred) else false_fn()
    if isinstance(pred, bool):
        raise TypeError("pred must not be a Python bool", pred)
    with building([pred]), name_scope(name, "cond") as scope:
        pred = convert(pred)
        pred = scalar_condition(pred)
        number = new_conditional()
        bodies = [
            Body(f"cond_{kind}", function, results=partial(flat_tensors, op_value=value), branch=(number, f"{kind}_fn"))
            for kind, function, value in (("true", true_fn, True), ("false", false_fn, False))
        ]
        _check_same(*bodies)
        found = add_branches(bodies, scope, raw_ops.If, raw_ops.StatelessIf, cond=pred)
        return packed(prepared(bodies[0].returned), found)


def _truth(pred):
    if pred is None:
        pred = convert(pred)  # which is an error
    return bool(pred.numpy()) if isinstance(pred, Tensor) else bool(pred)


def _check_same(*bodies, names=None):
    """Fails unless branches return the same structure and dtypes. `names`: those of the branches and of their op."""
    first, *others = bodies
    for number, other in enumerate(others, 1):
        one, two, op = names(number) if names else ("true_fn", "false_fn", "cond")
        leaves = zip(nest.flatten(first.returned), nest.flatten(other.returned), strict=False)
        for place, (a, b) in enumerate(leaves):
            if isinstance(a, IndexedSlices) != isinstance(b, IndexedSlices):
                raise TypeError(f"Cannot reconcile tf.{op} {place}-th outputs:\n  outputs from all branches: {[a, b]}.")
        try:
            nest.assert_same_structure(prepared(first.returned), prepared(other.returned), expand_composites=True)
            error = None
        except (ValueError, TypeError) as found:
            error = str(found)
        if len(first.outputs) != len(other.outputs) and error is None:
            raise ValueError(
                f"Lengths of branch outputs of {'case' if names else 'cond'} must match.\n"
                f"len(graphs[0].outputs): {len(first.outputs)}\nlen(graphs[{number}].outputs): {len(other.outputs)}\n"
            )
        if error is None:
            for a, b in zip(first.outputs, other.outputs, strict=True):
                if a.dtype != b.dtype:
                    error = f"{a} and {b} have different types"
        if error is not None:
            raise TypeError(
                f"{one} and {two} arguments to tf.{op} must have the same number, type, and overall structure of "
                f"return values.\n\n{one} output: {first.returned}\n{two} output: {other.returned}\n\nError "
                f"details:\n{error}"
            )


def cond_v1(pred, true_fn=None, false_fn=None, strict=False, name=None, fn1=None, fn2=None):
    """`tf.cond` with the arguments of TensorFlow 1; see there.

    Args:
      pred, true_fn, false_fn, name: as there.
      strict: keep a list of one tensor as a list, in eager mode.
      fn1, fn2: old names of `true_fn` and `false_fn`.
    """
    for new, old, value, old_value in (("true_fn", "fn1", true_fn, fn1), ("false_fn", "fn2", false_fn, fn2)):
        if value is not None and old_value is not None:
            raise TypeError(f"cond(): '{new}' and '{old}' may not be set simultaneously.")
        if value is None and old_value is None:
            raise TypeError(f"cond(): '{new}' argument required")
    true_fn, false_fn = fn1 if true_fn is None else true_fn, fn2 if false_fn is None else false_fn
    result = cond(pred, true_fn, false_fn, name)
    return result if strict or not _runs_now(pred) else _alone(result)


def switch_case(branch_index, branch_fns, default=None, name="switch_case"):
    """The result of the function of a number.

    Args:
      branch_index: a scalar integer tensor.
      branch_fns: a list of functions without arguments, or a dict or list of pairs from 0, 1, 2... to functions.
      default: the function for other numbers; the one of the largest number by default.
      name: a name for the operation.

    Returns:
      What the function returned; all return the same structure with the same dtypes.

    Raises:
      TypeError: an argument is of another type.
      ValueError: there is no function, or the numbers have gaps.

    >>> int(tf.switch_case(tf.constant(1), [lambda: tf.constant(5), lambda: tf.constant(6)]))
    6
    """
    pairs = _numbered(branch_index, branch_fns)
    functions = [function for _, function in pairs]
    if default is not None:
        functions.append(default)
    if _runs_now(branch_index):
        number = int(scalar_index(convert(branch_index)).numpy())
        return functions[number if 0 <= number < len(functions) else -1]()
    with building([branch_index]), name_scope(name, "switch_case"), name_scope("indexed_case") as scope:
        index = scalar_index(convert(branch_index))
        conditional = new_conditional()
        bodies = [
            Body(f"switch_case_{number}", function, branch=(conditional, f"branch {number}"))
            for number, function in enumerate(functions)
        ]
        _check_same(*bodies, names=lambda number: ("branches[0]", f"branches[{number}]", "switch_case"))
        found = add_branches(bodies, scope, raw_ops.Case, raw_ops.StatelessCase, branch_index=index)
        return packed(prepared(bodies[0].returned), found)


def _numbered(branch_index, branch_fns):
    if isinstance(branch_index, Variable):
        branch_index = branch_index.value()
    if not isinstance(branch_index, Tensor):
        raise TypeError(f"'branch_index' must be a Tensor, got {type(branch_index)}")
    if not branch_index.dtype.is_integer:
        raise TypeError(f"'branch_index' must be an integer Tensor, got {branch_index.dtype}")
    if not isinstance(branch_fns, (list, tuple, dict)):
        raise TypeError("'branch_fns' must be a list, tuple, or dict")
    if not branch_fns:
        raise ValueError("Must provide at least one item in 'branch_fns'")
    if isinstance(branch_fns, dict):
        pairs = list(branch_fns.items())
    elif all(map(callable, branch_fns)):
        pairs = list(enumerate(branch_fns))
    else:
        pairs = list(branch_fns)
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"Each entry in 'branch_fns' must be a 2-tuple. Received {pair}.")
        number, function = pair
        if not isinstance(number, int):
            raise TypeError(f"key must be a Python `int`, got {type(number)}")
        if not callable(function):
            raise TypeError(f"fn for key {number} must be callable.")
    if sorted(number for number, _ in pairs) != list(range(len(pairs))):
        found = ",".join(str(number) for number, _ in sorted(pairs, key=lambda pair: pair[0]))
        raise ValueError(
            f"branch indices (keys) must form contiguous range of [0 to {len(pairs)}) but found {{{found}}}"
        )
    return sorted(pairs, key=lambda pair: pair[0])


def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name="case"):
    """The result of the function of the first condition that holds.

    Args:
      pred_fn_pairs: a list of pairs of a scalar bool tensor and a function without arguments.
      default: the function if none holds.
      exclusive: in a graph, check that at most one condition holds.
      strict: keep a list of one tensor as a list, in `tf.compat.v1`.
      name: a name scope for the operations.

    Returns:
      What the function returned; all return the same structure with the same dtypes.

    Raises:
      TypeError: an entry is of another type.
      InvalidArgumentError: several hold and `exclusive` is true, or none holds and there is no default.

    >>> x = tf.constant(4)
    >>> int(tf.case([(x > 5, lambda: tf.constant(1)), (x > 3, lambda: tf.constant(2))], lambda: tf.constant(3)))
    2
    """
    pairs = _conditions(pred_fn_pairs, exclusive)
    with name_scope(name, "case"):
        conditions = [condition for condition, _ in pairs]
        result = default if default is not None else _last_resort(pairs)
        if default is None:
            pairs = pairs[:-1]
        for condition, function in reversed(pairs):
            result = _else(condition, function, result)
        if not exclusive or executing_eagerly():
            return result()
        with _at_most_one(conditions):
            return result()


def case_v1(pred_fn_pairs, default=None, exclusive=False, strict=False, name="case"):
    """`tf.case` of TensorFlow 1; see there."""
    result = case(pred_fn_pairs, default, exclusive, strict, name)
    return _alone(result) if executing_eagerly() and not strict else result


def _else(condition, function, otherwise):
    return lambda: cond(condition, function, otherwise)


def _conditions(pairs, exclusive):
    if not isinstance(pairs, (list, tuple, dict)):
        raise TypeError(f"'pred_fn_pairs' must be a list, tuple, or dict. Received: {type(pairs)}")
    if isinstance(pairs, dict):
        if executing_eagerly() and not exclusive:
            raise ValueError(
                "Unordered dictionaries are not supported for the 'pred_fn_pairs' argument when `exclusive=False` and "
                "eager mode is enabled."
            )
        pairs = [(getattr(one, "deref", lambda one=one: one)(), function) for one, function in pairs.items()]
        if not exclusive:
            pairs.sort(key=lambda pair: pair[0].name)
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"Each entry in 'pred_fn_pairs' must be a 2-tuple. Received {pair}.")
        condition, function = pair
        if not isinstance(condition, (Tensor, Variable)):
            raise TypeError(f"pred must be a Tensor, got: {condition}")
        if condition.dtype != "bool":
            raise TypeError(f"pred must be Tensor of type bool: {getattr(condition, 'name', condition)}")
        if not callable(function):
            raise TypeError(f"fn for pred {getattr(condition, 'name', condition)} must be callable.")
    if not pairs:
        raise ValueError("not enough values to unpack (expected 2, got 0)")
    return list(pairs)


def _last_resort(pairs):
    """The last function, after a check that one of the conditions holds."""
    from .flow import Assert

    conditions, function = [condition for condition, _ in pairs], pairs[-1][1]

    def checked():
        none = "Input error: None of conditions evaluated as True:"
        check = Assert(
            raw_ops.Any(input=raw_ops.Pack(values=conditions), axis=[0]), [none, *conditions], summarize=len(conditions)
        )
        with control_dependencies([check] if check is not None else []):
            return function()

    return checked


def _at_most_one(conditions):
    """A context whose operations wait for a check that not several conditions hold."""
    from .flow import Assert

    values = raw_ops.Cast(x=raw_ops.Pack(values=conditions), DstT="int32")
    single = raw_ops.Less(x=raw_ops.Sum(input=values, axis=[0]), y=2)
    text = (
        f"Input error: More than one condition evaluated as True but exclusive=True. Conditions: {conditions}, Values:"
    )
    check = Assert(single, [text, raw_ops.Pack(values=conditions)], summarize=len(conditions))
    return control_dependencies([check] if check is not None else [])
