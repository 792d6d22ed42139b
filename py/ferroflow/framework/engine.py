"""What the engine says of itself: devices, threads, knobs."""

from .. import _core


def devices():
    """(name, kind) of every device."""
    return _core.devices()


def threads():
    """How many threads long ops run on."""
    return _core.threads()


def set_soft_placement(on):
    """Says whether eager ops run on the host where the device that was asked for is missing."""
    _core.set_soft_placement(on)


def set_threads(count):
    """Sets how many threads long ops run on; the pool is made anew."""
    _core.set_threads(count)


def knobs():
    """(name, meaning, value) of every environment variable that the engine reads; the value is None if it is not set."""
    return _core.knobs()


def knob_faults():
    """{name: what is wrong} of the environment variables whose values are left out of account."""
    return dict(_core.knob_faults())


def op_names():
    """The names of all ops."""
    return sorted(_core.op_ids())
