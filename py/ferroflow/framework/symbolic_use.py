"""What is raised where Python asks a tensor without a value for its truth or its elements."""

import linecache

from .context import inside_function
from .errors import OperatorNotAllowedInGraphError
from .user_code import conversion, innermost_frame

_RESOLUTIONS = (
    " is not allowed. You can attempt the following resolutions to the problem: If you are running in Graph mode, use Eager "
    "execution mode or decorate this function with @tf.function. If you are using AutoGraph, you can try decorating this "
    "function with @tf.function. If that does not work, then you may be using an unsupported feature or your source code may "
    "not be visible to AutoGraph. See https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/"
    "reference/limitations.md#access-to-source-code for more information."
)


def as_condition():
    """Raises the error for a tensor as a Python `bool`."""
    if _user_line().startswith("assert"):
        fix = (
            "tf.debugging.assert_greater and the others of tf.debugging; `assert` itself with "
            "experimental_autograph_options=tf.autograph.experimental.Feature.ASSERT_STATEMENTS of tf.function"
        )
    elif not inside_function():
        fix = "tf.cond(condition, if_true, if_false), or the `if` in a function with @tf.function"
    elif conversion():
        fix = (
            "tf.cond, tf.while_loop or tf.where; only `if`, `while`, `and`, `or`, `not` of converted code take tensors"
        )
    else:
        fix = (
            "tf.cond(condition, if_true, if_false), or the `if` in converted code: tf.function without autograph=False"
        )
    raise _refusal("Using a symbolic `tf.Tensor` as a Python `bool`", fix)


def as_iterable():
    """Raises the error for the elements of a tensor in Python."""
    if not inside_function():
        fix = "tf.unstack(x), tf.map_fn or tf.while_loop, or the `for` in a function with @tf.function"
    elif conversion():
        fix = (
            "tf.unstack(x) or tf.map_fn, or a `for` statement over the tensor itself; comprehensions, enumerate, zip and "
            "unpacking are Python's: for these, `for i in tf.range(tf.shape(x)[0])` and x[i]"
        )
    else:
        fix = "tf.unstack(x), tf.map_fn or tf.while_loop, or the `for` in converted code: tf.function without autograph=False"
    raise _refusal("Iterating over a symbolic `tf.Tensor`", fix)


def _refusal(what, fix):
    error = OperatorNotAllowedInGraphError(what + _RESOLUTIONS)
    error.add_note(f"  fix: {fix}")
    return error


def _user_line():
    """The statement of the user's that runs, as far as it stands on one line."""
    frame = innermost_frame()
    return "" if frame is None else linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
