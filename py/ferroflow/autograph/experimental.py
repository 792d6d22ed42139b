"""`tf.autograph.experimental`: optional features, functions that are not converted, options of loops."""

import enum
import functools


class Feature(enum.Enum):
    """Optional features of AutoGraph, for `experimental_autograph_options` and `to_graph`.

    Attributes:
      ALL: all of them.
      AUTO_CONTROL_DEPS: operations with effects keep their order; always so in functions.
      ASSERT_STATEMENTS: `assert` becomes `tf.Assert`.
      BUILTIN_FUNCTIONS: `print` prints when the graph runs.
      EQUALITY_OPERATORS: `==` and `!=` of tensors are elementwise.
      LISTS: `append` and `x[i] = value` work on tensors and `tf.TensorArray`.
      NAME_SCOPES: a function's operations are in a name scope of its name.
    """

    ALL = "ALL"
    AUTO_CONTROL_DEPS = "AUTO_CONTROL_DEPS"
    ASSERT_STATEMENTS = "ASSERT_STATEMENTS"
    BUILTIN_FUNCTIONS = "BUILTIN_FUNCTIONS"
    EQUALITY_OPERATORS = "EQUALITY_OPERATORS"
    LISTS = "LISTS"
    NAME_SCOPES = "NAME_SCOPES"

    @classmethod
    def all(cls):
        """The set of all features."""
        return set(cls)

    @classmethod
    def all_but(cls, exclude):
        """The set of all features but these."""
        excluded = set(exclude) if isinstance(exclude, (list, tuple, set)) else {exclude}
        return set(cls) - excluded - {cls.ALL}


def do_not_convert(func=None):
    """Makes a function run as it is written when a function that is converted calls it.

    Args:
      func: a function; None to use this as a decorator with parentheses.

    Returns:
      A function that calls `func` and is not converted.

    >>> @tf.autograph.experimental.do_not_convert
    ... def as_written(x):
    ...     return x if x is not None else 0
    >>> as_written(None)
    0
    """
    if func is None:
        return do_not_convert

    def call(*args, **kwargs):
        from .status import disabled

        with disabled():
            return func(*args, **kwargs)

    if callable(func) and not hasattr(func, "__name__"):
        wrapper = functools.update_wrapper(call, func, assigned=())
    else:
        wrapper = functools.wraps(func)(call)
    wrapper._ferroflow_as_written = True
    return wrapper


def set_loop_options(parallel_iterations=None, swap_memory=None, maximum_iterations=None, shape_invariants=None):
    """Options for the loop in whose body this is called; without effect elsewhere.

    Args:
      parallel_iterations: how many iterations may run at once; changes no result.
      swap_memory: changes no result.
      maximum_iterations: the loop ends after so many iterations.
      shape_invariants: a list of pairs of a variable of the loop and a shape that it keeps in all iterations.

    >>> @tf.function
    ... def doubled(n):
    ...     x = tf.zeros([1])
    ...     for _ in tf.range(n):
    ...         tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([None]))])
    ...         x = tf.concat([x, x], 0)
    ...     return x
    """
