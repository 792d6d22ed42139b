"""AutoGraph with the arguments of TensorFlow 1: `tf.compat.v1.autograph`."""

from ...autograph import api, experimental
from ...autograph.api import set_verbosity, trace

__all__ = ["experimental", "set_verbosity", "to_code", "to_graph", "trace"]


def to_graph(entity, recursive=True, arg_values=None, arg_types=None, experimental_optional_features=None):
    """Converts a Python function into one in which control flow may depend on symbolic tensors.

    Args:
      entity: a function or method.
      recursive: whether the functions that it calls are converted too.
      arg_values: changes nothing, as in TensorFlow.
      arg_types: changes nothing, as in TensorFlow.
      experimental_optional_features: a `tf.autograph.experimental.Feature`, several, or None.

    Returns:
      The converted function.

    Raises:
      ConversionError: it is no Python function, its source is not available, or it is a generator.

    >>> def sign(x):
    ...     if x > 0:
    ...         return 1
    ...     return -1
    >>> tf.compat.v1.autograph.to_graph(sign, arg_values={})(tf.constant(3))
    1
    """
    return api.to_graph(entity, recursive, experimental_optional_features)


def to_code(
    entity,
    recursive=True,
    arg_values=None,
    arg_types=None,
    indentation="  ",
    experimental_optional_features=None,
):
    """The text of the function that `to_graph` makes.

    Args:
      entity: a function or method.
      recursive: changes nothing: the text is that of one function.
      arg_values: changes nothing, as in TensorFlow.
      arg_types: changes nothing, as in TensorFlow.
      indentation: changes nothing, as in TensorFlow.
      experimental_optional_features: a `tf.autograph.experimental.Feature`, several, or None.

    Raises:
      ConversionError: it is no Python function, its source is not available, or it is a generator.

    >>> def twice(x):
    ...     return x + x
    >>> print(tf.compat.v1.autograph.to_code(twice))
    def tf__twice(x):
        return x + x
    """
    return api.to_code(entity, recursive, experimental_optional_features)
