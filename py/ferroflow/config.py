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
    found = [(name.rpartition("device:")[2], kind) for name, kind in engine.devices()]
    return [(name, kind) for name, kind in found if device_type in (None, kind)]


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
    """Notes how a device is to be divided. The parts of a CPU share its memory and threads: they are one device here.

    Args:
      device: a PhysicalDevice.
      logical_devices: a list of LogicalDeviceConfiguration, or None.

    Raises:
      ValueError: there is no such device.
    """
    if device not in list_physical_devices():
        raise ValueError(f"Unrecognized device: {device!r}")
    _Settings.logical_devices[device] = logical_devices


def get_logical_device_configuration(device):
    """What `set_logical_device_configuration` noted for a device, or None.

    Raises:
      ValueError: there is no such device.
    """
    if device not in list_physical_devices():
        raise ValueError(f"Unrecognized device: {device!r}")
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
    def enable_op_determinism():
        """Asks for the same bits on every run. Ops of Ferroflow always give them, for any number of threads."""
