"""Whether the code that runs now is being converted: a stack for each thread."""

import threading
from contextlib import contextmanager

_local = threading.local()


class Status:
    """What holds for calls: `enabled` is True, False, or None where nothing was said; `runtime` has the operators."""

    __slots__ = ("enabled", "runtime")

    def __init__(self, enabled, runtime=None):
        self.enabled, self.runtime = enabled, runtime


_UNSPECIFIED = Status(None)
_DISABLED = Status(False)


def current():
    """The status of this thread."""
    stack = getattr(_local, "stack", None)
    return stack[-1] if stack else _UNSPECIFIED


@contextmanager
def entered(status):
    """Makes a status hold inside a `with` statement."""
    stack = _local.__dict__.setdefault("stack", [])
    stack.append(status)
    try:
        yield
    finally:
        stack.pop()


def disabled():
    """A context in which nothing is converted."""
    return entered(_DISABLED)


def unspecified():
    """A context as outside of all functions."""
    return entered(_UNSPECIFIED)
