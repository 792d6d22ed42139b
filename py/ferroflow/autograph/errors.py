"""Errors of converted code, told by the lines of the user's functions."""

import linecache
import os

from ..framework.errors import InaccessibleTensorError, OperatorNotAllowedInGraphError, OpError
from .conversion import origin

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_NOT_SHOWN = (_OURS, "<frozen", os.path.join(os.path.dirname(os.__file__), "importlib") + os.sep)
_PLAIN = (AssertionError, AttributeError, NameError, NotImplementedError, RuntimeError, StopIteration, TypeError,
          UnboundLocalError, ValueError)  # fmt: skip


class StagingError(Exception):
    """An error of a class that cannot be made anew with another message."""


_PLAIN += (InaccessibleTensorError, OperatorNotAllowedInGraphError, StagingError)


class ConversionError(Exception):
    """A function cannot be converted."""


class UnsupportedLanguageElementError(ConversionError):
    """A function uses a part of the language that cannot be converted."""


class _KeyError(KeyError):
    def __str__(self):
        return str(self.args[0])


_KeyError.__name__ = _KeyError.__qualname__ = "KeyError"


def told(error):
    """The error of the same class whose message names the user's lines; `error` itself if that is not possible."""
    frames, cause = _frames(error), f"{type(error).__name__}: {error}"
    inner = getattr(error, "_ferroflow_user_code", None)
    if inner is not None:  # of a traced function that this one called; its frames may stand in the traceback already
        within, cause = inner
        frames = frames if frames[-len(within) :] == within else frames + within
    if not frames:
        return error
    new = _remade(error, _text(frames, cause))
    new._ferroflow_user_code = frames, cause
    for note in _notes(error, frames):
        new.add_note(note)
    return new


def _remade(error, text):
    kind = type(error)
    if kind in _PLAIN or (kind.__init__ is Exception.__init__ and not isinstance(error, OpError)):
        return kind(text)
    if isinstance(error, KeyError):
        return _KeyError(text)
    if isinstance(error, OpError):
        return kind(error.node_def, error.op, text)
    return StagingError(text)


def _notes(error, frames):
    """The notes of an error (op, operands, a fix) without the user's line if that is one of the frames."""
    shown = {f"  at: {file}:{line}" for file, line, _, _ in frames}
    for note in getattr(error, "__notes__", ()):
        lines = [line for line in note.split("\n") if line.partition(", in ")[0] not in shown]
        if lines:
            yield "\n".join(lines)


def _frames(error):
    """(file, line, function, whether it is converted) of each frame of the user's since the first converted one."""
    found, started = [], False
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        known = origin(code)
        started = started or known is not None
        if known is not None and not known[1] and found and found[-1][3]:
            found.pop()  # a block of the function before
        if known is not None:
            found.append((code.co_filename, trace.tb_lineno, known[0], True))
        elif started and not code.co_filename.startswith(_NOT_SHOWN):
            found.append((code.co_filename, trace.tb_lineno, code.co_name, False))
        trace = trace.tb_next
    return found


def _text(frames, cause):
    lines, before, again = ["in user code:", ""], None, 0
    for frame in [*frames, None]:
        if frame == before:
            again += 1
            continue
        if again > 1:
            lines.append(f"    [the same line {again - 1} more times]")
        before, again = frame, 1
        if frame is None:
            break
        file, line, name, is_converted = frame
        lines.append(f'    File "{file}", line {line}, in {name}{"  *" if is_converted else ""}')
        code = linecache.getline(file, line).strip()
        if code:
            lines.append(f"        {code}")
    lines.append("")
    lines.extend("    " + one if one else "" for one in cause.split("\n"))
    return "\n".join(lines) + "\n"
