"""Devices, threads and knobs: `tf.config`."""

from collections import namedtuple

from .framework import engine
from .framework.function.polymorphic import functions_run_eagerly, run_functions_eagerly

__all__ = [
    "LogicalDevice",
    "LogicalDeviceConfiguration",
    "PhysicalDevice",
    "experimental",
    "experimental_functions_run_eagerly",
    "experimental_run_functions_eagerly",
    "functions_run_eagerly",
    "get_logical_device_configuration",
    "get_soft_device_placement",
    "get_visible_devices",
    "knobs",
    "list_logical_devices",
    "list_physical_devices",
    "run_functions_eagerly",
    "set_logical_device_configuration",
    "set_soft_device_placement",
    "threading",
]

experimental_functions_run_eagerly = functions_run_eagerly
experimental_run_functions_eagerly = run_functions_eagerly

PhysicalDevice = namedtuple("PhysicalDevice", ["name", "device_type"])
PhysicalDevice.__doc__ = "A device of the machine: its name, such as `/physical_device:CPU:0`, and its type."
LogicalDevice = namedtuple("LogicalDevice", ["name", "device_type"])
LogicalDevice.__doc__ = "A device as programs name it: its name, such as `/device:CPU:0`, and its type."
LogicalDeviceConfiguration = namedtuple(
    "LogicalDeviceConfiguration",
    ["memory_limit", "experimental_priority", "experimental_device_ordinal"],
    defaults=[None, None, None],
)
LogicalDeviceConfiguration.__doc__ = (
    "What is asked for a part of a device: a limit of its memory in MB, and its priority."
)


class _Settings:
    logical_devices = {}
    soft_placement = True
    inter_op_threads = 0


def _devices(device_type):
    return [(name.rpartition("device:")[2], kind) for name, kind, _ in engine.devices(device_type)]


def _check(device):
    if device not in list_physical_devices(device.device_type):
        raise ValueError(f"Unrecognized device: {device!r}")


def _short(device):
    return device.name.rpartition("physical_device:")[2]


def list_physical_devices(device_type=None):
    """The devices of the machine.

    Args:
      device_type: "CPU" or "GPU"; all if it is None.

    Returns:
      A list of PhysicalDevice.

    >>> tf.config.list_physical_devices("CPU")
    [PhysicalDevice(name='/physical_device:CPU:0', device_type='CPU')]
    """
    return [PhysicalDevice(f"/physical_device:{name}", kind) for name, kind in _devices(device_type)]


def set_logical_device_configuration(device, logical_devices):
    """Notes how a device is to be divided, and limits a GPU's memory. The parts of a device share its memory and threads: they are
    one device here.

    Args:
      device: a PhysicalDevice.
      logical_devices: a list of LogicalDeviceConfiguration, or None. The sum of their limits is that of the GPU.

    Raises:
      ValueError: there is no such device, or a limit is asked of a CPU.
    """
    _check(device)
    limits = [part.memory_limit for part in logical_devices or []]
    if device.device_type == "CPU" and any(limit is not None for limit in limits):
        raise ValueError("Setting memory limit on CPU virtual devices is currently not supported")
    if device.device_type != "CPU":
        whole = None if None in limits or not limits else int(sum(limits) * 2**20)
        engine.set_memory_limit(_short(device), whole)
    _Settings.logical_devices[device] = logical_devices


def get_logical_device_configuration(device):
    """What `set_logical_device_configuration` noted for a device, or None.

    Raises:
      ValueError: there is no such device.
    """
    _check(device)
    return _Settings.logical_devices.get(device)


def list_logical_devices(device_type=None):
    """The devices as programs name them.

    Args:
      device_type: "CPU" or "GPU"; all if it is None.

    Returns:
      A list of LogicalDevice.

    >>> tf.config.list_logical_devices("CPU")
    [LogicalDevice(name='/device:CPU:0', device_type='CPU')]
    """
    return [LogicalDevice(f"/device:{name}", kind) for name, kind in _devices(device_type)]


def get_visible_devices(device_type=None):
    """The devices that are used: all of the machine.

    Args:
      device_type: "CPU" or "GPU"; all if it is None.

    Returns:
      A list of PhysicalDevice.
    """
    return list_physical_devices(device_type)


def get_soft_device_placement():
    """Whether an op runs elsewhere if the device that was asked for cannot run it."""
    return _Settings.soft_placement


def set_soft_device_placement(enabled):
    """Says whether an op runs elsewhere if the device that was asked for cannot run it.

    Args:
      enabled: a bool.
    """
    _Settings.soft_placement = bool(enabled)
    engine.set_soft_placement(_Settings.soft_placement)


def knobs():
    """The environment variables that the engine reads.

    Returns:
      A list of tuples (name, meaning, value); the value is None where it is not set.

    >>> "FERROFLOW_DEBUG" in [name for name, _, _ in tf.config.knobs()]
    True
    """
    return engine.knobs()


class threading:
    """How many threads ops run on: `tf.config.threading`."""

    @staticmethod
    def get_intra_op_parallelism_threads():
        """How many threads one op runs on."""
        return engine.threads()

    @staticmethod
    def set_intra_op_parallelism_threads(num_threads):
        """Sets how many threads one op runs on.

        Args:
          num_threads: a number; 0 for one for each core.

        Raises:
          ValueError: the number is negative.
        """
        if num_threads < 0:
            raise ValueError(f"num_threads must not be negative. Received: {num_threads}")
        engine.set_threads(int(num_threads))

    @staticmethod
    def get_inter_op_parallelism_threads():
        """How many ops may run at the same time; 0 says that the engine chooses."""
        return _Settings.inter_op_threads

    @staticmethod
    def set_inter_op_parallelism_threads(num_threads):
        """Notes how many ops may run at the same time; the engine chooses itself.

        Args:
          num_threads: a number.
        """
        _Settings.inter_op_threads = int(num_threads)


class experimental:
    """Older names of this module: `tf.config.experimental`."""

    list_physical_devices = staticmethod(list_physical_devices)
    list_logical_devices = staticmethod(list_logical_devices)
    get_visible_devices = staticmethod(get_visible_devices)

    @staticmethod
    def get_memory_info(device):
        """What the tensors on a GPU hold.

        Args:
          device: its name: "GPU:0".

        Returns:
          A dict of bytes: "current", and "peak" since the start or the last `reset_memory_stats`.

        Raises:
          ValueError: there is no such device, or it is a CPU.
        """
        current, peak = engine.memory_info(device)
        return {"current": current, "peak": peak}

    @staticmethod
    def reset_memory_stats(device):
        """Starts to count the peak of `get_memory_info` anew.

        Args:
          device: the GPU's name: "GPU:0".

        Raises:
          ValueError: there is no such device, or it is a CPU.
        """
        engine.reset_memory_peak(device)

    @staticmethod
    def get_memory_growth(device):
        """Whether a GPU takes memory as tensors need it, which is always so.

        Args:
          device: a PhysicalDevice.

        Raises:
          ValueError: there is no such device, or it is a CPU.
        """
        _check(device)
        if device.device_type == "CPU":
            raise ValueError("Cannot set memory growth on non-GPU and non-Pluggable devices")
        return True

    @staticmethod
    def set_memory_growth(device, enable):
        """Accepted for TensorFlow's sake: a GPU takes memory as tensors need it, whatever is asked for.

        Args:
          device: a PhysicalDevice.
          enable: a bool.

        Raises:
          ValueError: there is no such device, or it is a CPU.
        """
        experimental.get_memory_growth(device)

    @staticmethod
    def get_device_details(device):
        """What is known of a GPU.

        Args:
          device: a PhysicalDevice.

        Returns:
          A dict with "device_name"; an empty one for a CPU.

        Raises:
          ValueError: there is no such device.
        """
        _check(device)
        found = {name.rpartition("device:")[2]: text for name, _, text in engine.devices(device.device_type)}
        return {"device_name": found[_short(device)]} if device.device_type == "GPU" else {}

    @staticmethod
    def enable_op_determinism():
        """Asks for the same bits on every run. Ops of Ferroflow always give them, for any number of threads."""
