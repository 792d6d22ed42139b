"""Python functions that ops call back."""

from .. import _core


def register(function):
    """A token under which `PyFunc` and `EagerPyFunc` ops call a Python function, for the rest of the process."""
    return _core.py_func(function)
