"""The user's code: the line that runs, and functions that ops and datasets call, converted where the code around is."""

import importlib
import sys
from pathlib import Path

_PACKAGE = str(Path(__file__).resolve().parents[1])


def innermost_frame():
    """The innermost frame outside of the package; None if there is none."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return frame


def converted(function):
    """The function to call in place of a user's one: a converted one inside of converted code."""
    return function if conversion() is None else _api().tf_convert(function)


def conversion():
    """Whether the code that runs is converted; None where nothing was said."""
    status = sys.modules.get("ferroflow.autograph.status")
    return None if status is None else status.current().enabled


def converted_by_default(function):
    """Like `converted`, and a converted one outside of all traced functions too."""
    return _api().tf_convert(function)


def _api():
    return importlib.import_module("ferroflow.autograph.api")
