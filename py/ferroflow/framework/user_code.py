"""Functions of the user that ops and datasets call: their control flow is converted where that of the code around is."""

import importlib
import sys


def converted(function):
    """The function to call in place of a user's one: a converted one inside of converted code."""
    status = sys.modules.get("ferroflow.autograph.status")
    if status is None or status.current().enabled is None:
        return function
    return _api().tf_convert(function)


def converted_by_default(function):
    """Like `converted`, and a converted one outside of all traced functions too."""
    return _api().tf_convert(function)


def _api():
    return importlib.import_module("ferroflow.autograph.api")
