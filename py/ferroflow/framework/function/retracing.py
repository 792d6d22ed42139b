"""The warning about functions that are traced too often: which argument changed, from what to what, and where."""

import threading
import weakref

from ... import _core
from ...logging import warning
from ..type_spec import TensorSpec
from ..user_code import innermost_frame
from .trace_type import Literal, Structure, Weakref

_OFTEN = 5  # traces
_AMONG = 10  # calls
_MOST_WARNINGS = 2

_TENSORS = "Pass reduce_retracing=True or an input_signature to tf.function where dtypes fit and shapes differ."
_VALUES = "Pass tensors instead of Python values that change."
_OBJECTS = "Pass the same object each time; another one is traced anew."
_ANEW = "Make the tf.function outside of loops."
_AROUND = "Each graph and each device has traces of its own."

_watches = weakref.WeakKeyDictionary()  # by the code of the Python function
_lock = threading.Lock()


def user_line():
    """The innermost line outside of the package: "file:line"."""
    frame = innermost_frame()
    return "" if frame is None else f"{frame.f_code.co_filename}:{frame.f_lineno}"


def difference(old, new):
    """In what the arguments of two calls differ, as text, and what may help; two empty texts if in nothing."""
    before = {a.name: a.type for a in old}
    after = {a.name: a.type for a in new}
    parts, hints = [], {}
    for name in after:
        if name not in before:
            parts.append(f"argument '{name}' is new: {_shown(after[name])}")
        else:
            _compare(f"argument '{name}'", before[name], after[name], parts, hints)
    parts.extend(f"argument '{name}' is no longer given" for name in before if name not in after)
    return "; ".join(parts), " ".join(hints)


def _compare(place, old, new, parts, hints):
    """Notes in what two types differ, down to the parts of equal structures."""
    if old == new:
        return
    if (
        isinstance(old, Structure)
        and isinstance(new, Structure)
        and old.kind == new.kind
        and len(old.parts) == len(new.parts)
    ):
        for key, one, other in zip(old.keys(), old.parts, new.parts, strict=True):
            _compare(f"{place}[{key!r}]", one, other, parts, hints)
    elif type(old) is TensorSpec and type(new) is TensorSpec:
        hints[_TENSORS] = None
        if old.dtype != new.dtype:
            parts.append(f"{place} changed its dtype from {old.dtype.name} to {new.dtype.name}")
        if old.shape != new.shape:
            parts.append(f"{place} changed its shape from {old.shape} to {new.shape}")
    else:
        hints[_OBJECTS if isinstance(new, Weakref) else _VALUES if isinstance(new, Literal) else _TENSORS] = None
        parts.append(f"{place} changed from {_shown(old)} to {_shown(new)}")


def _shown(kind):
    if isinstance(kind, Literal):
        return f"the Python value {kind.value!r}"
    if isinstance(kind, Weakref):
        return f"the object {kind.placeholder_value(None)!r}" if kind.alive else "an object that is gone"
    return repr(kind)


class Watch:
    """Counts the calls and traces of all `tf.function`s of one Python function, and warns."""

    def __init__(self):
        self.count = _core.CallCount()
        self._traced_at = []  # numbers of calls
        self._warnings = 0
        self._last = None  # a weak reference to the function that was traced last, and the arguments

    def traced(self, function, arguments):
        """Notes that the call at hand was traced.

        Args:
          function: the `tf.function`.
          arguments: those of the call.
        """
        with _lock:
            call = self.count.add()
            last, self._last = self._last, (weakref.ref(function), arguments)
            often = self._is_often(call)
        if often:
            why, hint = self._reason(last, function, arguments)
            warning(
                "%d out of the last %d calls to %r triggered tf.function retracing. Tracing is expensive. In the latest "
                "call %s (at %s). %s",
                len(self._traced_at), call - self._traced_at[0] + 1, function.python_function, why, user_line(), hint,
            )  # fmt: skip

    def _is_often(self, call):
        """Whether it is time to warn: as in TensorFlow five traces among ten calls, and at most two warnings."""
        at = self._traced_at
        if not at and call > 1:
            at.append(1)
        at.append(call)
        while len(at) > 1 and call - at[1] >= _AMONG:
            del at[0]
        if len(at) < _OFTEN or self._warnings >= _MOST_WARNINGS:
            return False
        self._warnings += 1
        return True

    @staticmethod
    def _reason(last, function, arguments):
        if last is None:
            return "it is traced for the first time", _ANEW
        why, hint = difference(last[1], arguments)
        if last[0]() is not function:
            why = "another tf.function was made of the same Python function" + (f", and {why}" if why else "")
            hint = f"{_ANEW} {hint}".strip()
        return why or "the graph or the device around changed", hint or _AROUND


def watch_of(python_function):
    """The watch that all `tf.function`s of a Python function share."""
    while hasattr(python_function, "__wrapped__"):
        python_function = python_function.__wrapped__
    python_function = getattr(python_function, "__func__", python_function)
    code = getattr(python_function, "__code__", None)
    if code is None:
        return Watch()
    with _lock:
        return _watches.setdefault(code, Watch())
