"""The warning about functions that are traced too often: which argument changed, from what to what, and where."""

import logging
import sys
from pathlib import Path

_PACKAGE = str(Path(__file__).resolve().parents[2])
_OFTEN = 5  # traces
_AMONG = 10  # calls
_MOST_WARNINGS = 2


def user_line():
    """The innermost line outside of the package: "file:line"."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return "" if frame is None else f"{frame.f_code.co_filename}:{frame.f_lineno}"


def difference(old, new):
    """In what the arguments of two calls differ, as text."""
    before = {a.name: a.type for a in old}
    after = {a.name: a.type for a in new}
    parts = []
    for name in after:
        if name not in before:
            parts.append(f"argument '{name}' is new: {after[name]!r}")
        elif before[name] != after[name]:
            parts.append(f"argument '{name}' changed from {before[name]!r} to {after[name]!r}")
    parts.extend(f"argument '{name}' is no longer given" for name in before if name not in after)
    return "; ".join(parts)


class Watch:
    """Counts the calls and traces of a function, and warns."""

    def __init__(self, name):
        self._name = name
        self._traced_at = []
        self._warnings = 0
        self._last = None

    def traced(self, call, arguments):
        """Notes that call number `call` was traced."""
        last, self._last = self._last, arguments
        self._traced_at = [at for at in self._traced_at if at > call - _AMONG] + [call]
        if len(self._traced_at) < _OFTEN or self._warnings >= _MOST_WARNINGS or last is None:
            return
        why = difference(last, arguments)
        if not why:
            return  # recursion, or another graph around the call
        self._warnings += 1
        logging.getLogger("ferroflow").warning(
            "%d out of the last %d calls to %s triggered tf.function retracing. Tracing is expensive. In the latest one %s "
            "(at %s). Pass tensors instead of Python values that change, make the tf.function outside of loops, or give "
            "tf.function reduce_retracing=True or an input_signature.",
            len(self._traced_at),
            min(call, _AMONG),
            self._name,
            why,
            user_line(),
        )
