"""Tracebacks without frames of the package: an error shows the user's lines."""

from __future__ import annotations

import functools
import os
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _F = TypeVar("_F", bound=Callable[..., Any])

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_local = threading.local()


def enable_traceback_filtering() -> None:
    """Leaves frames of the package out of tracebacks, on this thread; this is the default."""
    _local.off = False


def disable_traceback_filtering() -> None:
    """Keeps frames of the package in tracebacks, on this thread.

    >>> tf.debugging.disable_traceback_filtering()
    >>> tf.debugging.is_traceback_filtering_enabled()
    False
    >>> tf.debugging.enable_traceback_filtering()
    """
    _local.off = True


def is_traceback_filtering_enabled() -> bool:
    """Whether frames of the package are left out of tracebacks, on this thread."""
    return not getattr(_local, "off", False)


def filtered(trace: TracebackType | None) -> TracebackType | None:
    """A traceback without the frames of the package.

    Args:
      trace: a traceback or None.
    """
    kept = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(_PACKAGE):
            kept.append(trace)
        trace = trace.tb_next
    shown = None
    for one in reversed(kept):
        shown = TracebackType(shown, one.tb_frame, one.tb_lasti, one.tb_lineno)
    return shown


def filter_traceback(function: _F) -> _F:
    """A decorator for public functions that call the user's: their errors show the user's frames, and one of the package.

    Args:
      function: the function.
    """

    @functools.wraps(function)
    def without_own_frames(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception as error:
            if is_traceback_filtering_enabled():
                error.__traceback__ = filtered(error.__traceback__)
            raise

    return without_own_frames  # type: ignore[return-value]
