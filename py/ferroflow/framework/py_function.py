"""Python functions that ops call back."""

from .. import _core


def register(function):
    """A token under which `PyFunc` and `EagerPyFunc` ops call a Python function, as long as the graph lives that is being built."""
    return _core.py_func(function, _core.default_graph())


def find(token):
    """The function of a token; None if the graph that it was registered for is gone."""
    return _core.find_py_func(token)
