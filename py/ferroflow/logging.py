"""`tf.logging`: messages of programs for training, by Python's own `logging`, under the logger "ferroflow"."""

import logging as _logging
import sys as _sys
from collections import Counter as _Counter

DEBUG = _logging.DEBUG
INFO = _logging.INFO
WARN = _logging.WARNING
ERROR = _logging.ERROR
FATAL = _logging.CRITICAL

_state = {"handler": None}
_counts = _Counter()


def get_logger():
    """The logger; it writes to standard error, unless the program has set up logging itself."""
    logger = _logging.getLogger("ferroflow")
    if _state["handler"] is None and not logger.handlers and not _logging.getLogger().handlers:
        handler = _logging.StreamHandler(_sys.stderr)
        handler.setFormatter(_logging.Formatter(_logging.BASIC_FORMAT))
        logger.addHandler(handler)
        _state["handler"] = handler
    return logger


def debug(msg, *args, **kwargs):
    """Writes a message of level DEBUG; `args` are put into it by `%`."""
    get_logger().debug(msg, *args, **kwargs)


def info(msg, *args, **kwargs):
    """Writes a message of level INFO, which `set_verbosity(INFO)` makes visible.

    >>> tf.compat.v1.logging.info("step %d", 3)
    """
    get_logger().info(msg, *args, **kwargs)


def warning(msg, *args, **kwargs):
    """Writes a message of level WARN."""
    get_logger().warning(msg, *args, **kwargs)


def error(msg, *args, **kwargs):
    """Writes a message of level ERROR."""
    get_logger().error(msg, *args, **kwargs)


def fatal(msg, *args, **kwargs):
    """Writes a message of level FATAL."""
    get_logger().critical(msg, *args, **kwargs)


warn = warning


def log(level, msg, *args, **kwargs):
    """Writes a message of any level."""
    get_logger().log(level, msg, *args, **kwargs)


def log_if(level, msg, condition, *args):
    """Writes a message if `condition` is true."""
    if condition:
        log(level, msg, *args)


def log_first_n(level, msg, n, *args):
    """Writes a message the first `n` times that the program comes to this line."""
    place = _place()
    _counts[place] += 1
    log_if(level, msg, _counts[place] <= n, *args)


def log_every_n(level, msg, n, *args):
    """Writes a message every `n`th time that the program comes to this line, beginning with the first."""
    place = _place()
    log_if(level, msg, _counts[place] % n == 0, *args)
    _counts[place] += 1


def _place():
    frame = _sys._getframe(2)
    return frame.f_code.co_filename, frame.f_lineno


def vlog(level, msg, *args, **kwargs):
    """Writes a message of a number as level."""
    get_logger().log(level, msg, *args, **kwargs)


def get_verbosity():
    """The level from which on messages are written."""
    return get_logger().getEffectiveLevel()


def set_verbosity(v):
    """Sets the level from which on messages are written: DEBUG, INFO, WARN, ERROR or FATAL.

    >>> tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.WARN)
    """
    get_logger().setLevel(v)


def flush():
    """Writes out what the handlers keep."""
    for handler in get_logger().handlers:
        handler.flush()
