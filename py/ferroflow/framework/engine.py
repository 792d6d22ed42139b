"""What the engine says of itself: devices, threads, knobs."""

from .. import _core


def devices(kind=None):
    """(name, kind, description) of every device of a kind; of all if it is None, which starts to look for GPUs."""
    return _core.devices(kind)


def gpu_dtypes(op):
    """{type attribute: names of dtypes} that an op's kernel takes on GPUs; None if it has no such kernel."""
    return _core.gpu_dtypes(op)


def missing_gpu():
    """Why there is no GPU, and how to mend it; None if there is one."""
    return _core.missing_gpu()


def memory_info(device):
    """(bytes that tensors hold on a device, the most that they have held)."""
    return _core.memory_info(device)


def reset_memory_peak(device):
    """Starts to count the peak of a device's memory anew."""
    _core.reset_memory_peak(device)


def set_memory_limit(device, count):
    """Limits the bytes that tensors may hold on a device; None ends that. False for a device without such a limit."""
    return _core.set_memory_limit(device, count)


def self_test(device, everything=False, op=None):
    """[(kernel, what is wrong with it, or None)] of a device's kernels that have been compared with the CPU's; of all its kernels,
    which are compared now, if `everything` is true; that takes some seconds the first time. `op` compares those of one op now."""
    return _core.self_test(device, everything, op)


def lose_device(device, failures=0):
    """Gives up what a device holds, as if its driver had failed; the next `failures` tries to open it fail."""
    _core.lose_device(device, failures)


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
