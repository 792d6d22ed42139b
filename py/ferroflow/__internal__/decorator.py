"""Decorators that show what they decorate: `tf.__internal__.decorator`."""

import inspect


class Decorator:
    """What a decorator did: its target, its name, and what it says of itself."""

    def __init__(self, decorator_name, target, decorator_doc, signature):
        self.decorated_target = target
        self.decorator_name = decorator_name
        self.decorator_doc = decorator_doc
        self.__signature__ = signature


def make_decorator(target, decorator_func, decorator_name=None, decorator_doc="", decorator_argspec=None):
    """Makes a wrapper show the name, module, signature and documentation of what it wraps.

    Args:
      target: what is decorated.
      decorator_func: the wrapper.
      decorator_name: the decorator's name; by default that of the function that calls this.
      decorator_doc: the wrapper's documentation, if it has some of its own.
      decorator_argspec: the wrapper's signature, an `inspect.Signature`; the target's by default.

    Returns:
      `decorator_func`.

    >>> def doubled(function):
    ...     return make_decorator(function, lambda *args: 2 * function(*args))
    >>> @doubled
    ... def add(a, b):
    ...     return a + b
    >>> add.__name__, add(1, 2), unwrap(add)[0][0].decorator_name
    ('add', 6, 'doubled')
    """
    if decorator_name is None:
        decorator_name = inspect.currentframe().f_back.f_code.co_name
    signature = decorator_argspec
    if signature is None:
        try:
            signature = inspect.signature(target)
        except (TypeError, ValueError):
            pass
    decorator_func._tf_decorator = Decorator(decorator_name, target, decorator_doc, signature)
    for name in ("__name__", "__qualname__", "__module__"):
        if hasattr(target, name):
            setattr(decorator_func, name, getattr(target, name))
    decorator_func.__doc__ = decorator_doc or getattr(target, "__doc__", None)
    decorator_func.__wrapped__ = target
    if signature is not None:
        decorator_func.__signature__ = signature
    return decorator_func


def unwrap(maybe_tf_decorator):
    """The decorators of a function, outermost first, and what they decorate."""
    decorators = []
    while isinstance(getattr(maybe_tf_decorator, "_tf_decorator", None), Decorator):
        decorators.append(maybe_tf_decorator._tf_decorator)
        maybe_tf_decorator = decorators[-1].decorated_target
    return decorators, maybe_tf_decorator


__all__ = ["make_decorator", "unwrap"]
