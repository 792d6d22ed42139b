"""Conversion of functions on request: for tracing, as a function, as text."""

import ast
import functools
import types

from . import calls, status
from .conversion import origin, transformed
from .errors import told
from .runtime import runtime_for


def convert_for_tracing(python_function, recursive=True, optional_features=None):
    """A function that does what `python_function` does, in which control flow may depend on symbolic tensors.

    Args:
      python_function: a function, method, `functools.partial` or object that can be called.
      recursive: whether the functions that it calls are converted too.
      optional_features: a `tf.autograph.experimental.Feature`, several, or None.

    Returns:
      A function of the same arguments. Errors that it raises name the user's lines.
    """
    runtime = runtime_for(recursive, optional_features)
    method = getattr(python_function, "__wrapped_method__", None)  # what a traced function of an object calls

    def traced(*args, **kwargs):
        if method is not None:
            args = (method[1](), *args)
        with status.entered(runtime.status):
            try:
                return calls.call_first(runtime, method[0] if method else python_function, args, kwargs)
            except Exception as error:
                new = told(error)
                if new is error:
                    raise
                raise new.with_traceback(error.__traceback__) from None

    return traced


def tf_convert(function, context=None, convert_by_default=True, user_requested=False):
    """What a library calls in place of a user's function: a converted one, if the code around is being converted.

    Args:
      function: the user's function.
      context: the status that holds where the library was called; the present one by default.
      convert_by_default: whether to convert where nothing was said.
      user_requested: changes nothing.
    """
    del user_requested
    found = context or status.current()
    if found.enabled is False or (found.enabled is None and not convert_by_default):
        return function
    if isinstance(function, types.FunctionType) and origin(function.__code__) is not None:
        return function
    runtime = found.runtime or runtime_for(True, None)
    if not runtime.recursive:
        return function
    if found.enabled is None:
        return convert_for_tracing(function)
    return functools.partial(calls.call_with, runtime, function)


def to_graph(entity, recursive=True, experimental_optional_features=None):
    """Converts a Python function into one in which control flow may depend on symbolic tensors.

    Args:
      entity: a function or method.
      recursive: whether the functions that it calls are converted too.
      experimental_optional_features: a `tf.autograph.experimental.Feature`, several, or None.

    Returns:
      The converted function.

    Raises:
      ConversionError: it is no Python function, its source is not available, or it is a generator.

    >>> def sign(x):
    ...     if x > 0:
    ...         return 1
    ...     return -1
    >>> tf.autograph.to_graph(sign)(tf.constant(3))
    1
    """
    runtime = runtime_for(recursive, experimental_optional_features)
    return calls.convert_one(runtime, entity)


def to_code(entity, recursive=True, experimental_optional_features=None):
    """The text of the function that `to_graph` makes.

    Args:
      entity: a function or method.
      recursive: changes nothing: the text is that of one function.
      experimental_optional_features: a `tf.autograph.experimental.Feature`, several, or None.

    Raises:
      ConversionError: it is no Python function, its source is not available, or it is a generator.

    >>> def twice(x):
    ...     return x + x
    >>> print(tf.autograph.to_code(twice))
    def tf__twice(x):
        return x + x
    """
    runtime = runtime_for(recursive, experimental_optional_features)
    node, _ = calls.asked_for(entity, lambda function: transformed(function, runtime.features))
    return ast.unparse(node)


def set_verbosity(level, alsologtostdout=False):
    """How much is logged about conversions.

    Args:
      level: 0 for warnings only; higher for more.
      alsologtostdout: print it to the standard output too.
    """
    from . import logs

    logs.set_verbosity(level, alsologtostdout)


def trace(*args):
    """Prints its arguments while a function is traced.

    >>> tf.autograph.trace("here", 1)
    here 1
    """
    print(*args)
