"""The log of conversions."""

import os
import sys

from .. import logging

_state = {"level": None, "stdout": False}


def set_verbosity(level, alsologtostdout=False):
    """See `tf.autograph.set_verbosity`."""
    _state.update(level=level, stdout=alsologtostdout)


def verbosity():
    """The level in force: what was set, else the environment variable AUTOGRAPH_VERBOSITY, else 0."""
    level = _state["level"]
    return int(os.environ.get("AUTOGRAPH_VERBOSITY", "0")) if level is None else level


def log(level, text, *args):
    """Notes something if the verbosity is at least `level`."""
    if level <= verbosity():
        logging.info(text, *args)
        if _state["stdout"]:
            sys.stdout.write((text % args) + "\n")


def warn(text, *args):
    """Warns the user."""
    logging.warning(text, *args)
    if _state["stdout"]:
        sys.stdout.write((text % args) + "\n")
