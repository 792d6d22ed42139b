"""Calls in converted code: decides what is converted in turn, and what runs as it is written."""

import functools
import inspect
import os
import sys
import types

from . import logs
from .conversion import NoSource, convert, origin
from .errors import ConversionError, UnsupportedLanguageElementError
from .python_builtins import OVERLOADS

# Packages whose functions run as they are written; so do those of Python's library.
_AS_WRITTEN = {
    "ferroflow",
    "numpy",
    "scipy",
    "pandas",
    "matplotlib",
    "PIL",
    "sklearn",
    "pytest",
    "_pytest",
    "absl",
    "tensorflow",
}
_STANDARD = os.path.dirname(os.__file__) + os.sep
_C_FUNCTIONS = (
    types.BuiltinFunctionType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
    types.MethodDescriptorType,
)

_warned = set()


def call(runtime, target, args, kwargs):
    """Calls `target`, converted if it is a Python function of the user.

    Args:
      runtime: the operators of the code that calls.
      target: what is called.
      args, kwargs: its arguments.
    """
    overload = OVERLOADS.get(target) if isinstance(target, (type, types.BuiltinFunctionType)) else None
    if overload is not None:
        return overload(*args, **kwargs)
    if isinstance(target, (type, *_C_FUNCTIONS)):
        return target(*args, **kwargs)
    if isinstance(target, functools.partial) and type(target) is functools.partial:
        return call(runtime, target.func, (*target.args, *args), {**target.keywords, **kwargs})
    return converted(runtime, target)(*args, **kwargs)


def call_first(runtime, target, args, kwargs):
    """Calls the function that tracing starts with; it is converted even if those that it calls are not."""
    if isinstance(target, functools.partial) and type(target) is functools.partial:
        return call_first(runtime, target.func, (*target.args, *args), {**target.keywords, **kwargs})
    return _found(runtime, target, first=True)(*args, **kwargs)


def call_with(runtime, target, /, *args, **kwargs):
    """`call` with the arguments spread out."""
    return call(runtime, target, args, kwargs)


def convert_one(runtime, entity):
    """The converted form of a function or method that the user asked for.

    Raises:
      ConversionError: it cannot be converted.
    """
    made = asked_for(entity, lambda function: convert(function, runtime))
    return types.MethodType(made, entity.__self__) if isinstance(entity, types.MethodType) else made


def asked_for(entity, convert):
    """What `convert` makes of the function that `entity` is.

    Raises:
      ConversionError: it cannot be converted.
    """
    function = entity.__func__ if isinstance(entity, types.MethodType) else entity
    if not isinstance(function, types.FunctionType):
        raise ConversionError(
            f"converting {entity!r}: ValueError: Cannot apply autograph to a function that doesn't expose a __code__ object. "
            "If this is a @tf.function, try passing f.python_function instead."
        )
    if inspect.isgeneratorfunction(function):
        raise UnsupportedLanguageElementError("generators are not supported")
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        raise UnsupportedLanguageElementError("asynchronous functions are not supported")
    try:
        return convert(function)
    except NoSource as error:
        raise ConversionError(
            f"converting {entity!r}: InaccessibleSourceCodeError: Unable to locate the source code of {function!r}: {error}. "
            "Functions made by exec or typed into Python's prompt have none: define it in a file, or decorate it with "
            "@tf.autograph.experimental.do_not_convert."
        ) from error
    except Exception as error:
        raise ConversionError(f"converting {entity!r}: {type(error).__name__}: {error}") from error


def converted(runtime, target):
    """What to call in place of `target`: a converted function, or `target` itself."""
    return _found(runtime, target) if runtime.recursive else target


def _found(runtime, target, first=False):
    """What to call in place of `target`; `first` if tracing starts with it, when it warns of generators too."""
    function = target
    bound = ()
    if isinstance(function, types.MethodType):
        bound = (function.__self__,)
        function = function.__func__
    if not isinstance(function, types.FunctionType):
        function = _call_method(target)
        if function is None:
            return target
        bound = (target,)
    if as_written(function) or inspect.isgeneratorfunction(function) and not first:
        return target
    known = function.__dict__.get("_ferroflow_converted", {}).get(runtime)
    if known is None or known[0] is not function:  # decorators copy attributes to other functions
        known = function, _converted_or_plain(runtime, function)
        function._ferroflow_converted = {**function.__dict__.get("_ferroflow_converted", {}), runtime: known}
    known = known[1]
    if known is function:
        return target
    return functools.partial(known, *bound) if bound else known


def _call_method(target):
    """The `__call__` of an object whose class is the user's."""
    method = getattr(type(target), "__call__", None)
    if isinstance(method, types.FunctionType) and not as_written(method):
        return method
    return None


def as_written(function):
    """Whether a Python function is not to be converted."""
    if "_ferroflow_as_written" in function.__dict__ or origin(function.__code__) is not None:
        return True
    module = function.__globals__.get("__name__") or ""
    package = module.partition(".")[0]
    if package in _AS_WRITTEN or _is_pythons_own(package, function.__code__) or inspect.iscoroutinefunction(function):
        return True
    return function.__code__.co_filename.startswith("<frozen")


def _is_pythons_own(package, code):
    """Whether code belongs to Python's library; a module of the user may have the name of one that is there."""
    return package in sys.stdlib_module_names and code.co_filename.startswith(_STANDARD)


def _converted_or_plain(runtime, function):
    if inspect.isgeneratorfunction(function):
        return _plain(function, "generators are not supported")
    try:
        return convert(function, runtime)
    except NoSource as error:
        return _plain(function, f"the source is not available: {error}")
    except Exception as error:  # noqa: BLE001  a function that cannot be converted still runs
        return _plain(function, f"{type(error).__name__}: {error}")


def _plain(function, cause):
    """The function itself; warns when this happens first."""
    key = function.__code__, function.__code__.co_filename
    if key not in _warned:
        _warned.add(key)
        logs.warn(
            "AutoGraph could not transform %r and will run it as-is.\nCause: %s\nThe decorator "
            "@tf.autograph.experimental.do_not_convert says that this is wanted",
            function,
            cause,
        )
    return function
