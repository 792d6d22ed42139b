"""Device names such as "/job:worker/task:1/device:GPU:0": parsing, writing and merging them."""

# The device types that may be written without "device:", as in "/gpu:0".
_SHORT_TYPES = ("CPU", "GPU", "TPU", "CUSTOM")


def _parse(spec):
    """(job, replica, task, device type, device index) of a device string; None for each part that it does not name."""
    job = replica = task = device_type = device_index = None
    for part in spec.split("/"):
        pieces = part.split(":")
        key, count = pieces[0], len(pieces)
        if not part:
            continue
        if count == 2 and key == "job":
            job = pieces[1]
        elif count == 2 and key == "replica":
            replica = int(pieces[1])
        elif count == 2 and key == "task":
            task = int(pieces[1])
        elif (count in (1, 2) and key.upper() in _SHORT_TYPES) or (count == 3 and key == "device"):
            if device_type is not None:
                raise ValueError(f"Multiple device types are not allowed while parsing the device spec: {spec}.")
            device_type = pieces[1] if count == 3 else key.upper()
            index = pieces[-1] if count > 1 else "*"
            device_index = None if index == "*" else int(index)
        else:
            raise ValueError(f"Unknown attribute '{key}' is encountered while parsing the device spec: '{spec}'.")
    return job, replica, task, device_type, device_index


def _as_int(value):
    return None if value is None else int(value)


def _as_type(value):
    if value is None:
        return None
    return str(value).upper() if str(value).lower() in ("cpu", "gpu") else str(value)


class DeviceSpecV2:
    """A (possibly partial) device name; immutable and hashable.

    Args:
      job: the job's name, for example "worker".
      replica: the replica's number.
      task: the task's number.
      device_type: "CPU", "GPU" ...; "cpu" and "gpu" are made capital.
      device_index: the device's number; None stands for any.

    >>> DeviceSpecV2(job="ps", device_type="gpu", device_index=0).to_string()
    '/job:ps/device:GPU:0'
    """

    __slots__ = ("_job", "_replica", "_task", "_device_type", "_device_index", "_text", "_hash")

    def __init__(self, job=None, replica=None, task=None, device_type=None, device_index=None):
        self._fill(job, replica, task, device_type, device_index)

    def _fill(self, job, replica, task, device_type, device_index):
        self._job = None if job is None else str(job)
        self._replica = _as_int(replica)
        self._task = _as_int(task)
        self._device_type = _as_type(device_type)
        self._device_index = _as_int(device_index)
        self._changed()

    def _changed(self):
        self._text = self._write()
        self._hash = hash(self._text)

    def _parts(self):
        return self._job, self._replica, self._task, self._device_type, self._device_index

    def _write(self):
        text = ""
        for key, value in (("job", self._job), ("replica", self._replica), ("task", self._task)):
            if value is not None:
                text += f"/{key}:{value}"
        if self._device_type is not None:
            index = "*" if self._device_index is None else self._device_index
            text += f"/device:{self._device_type}:{index}"
        return text

    @classmethod
    def from_string(cls, spec):
        """The DeviceSpec of a device string.

        Raises:
          ValueError: an unknown part, a number that is none, or two device types.
        """
        return cls(*_parse(spec))

    def parse_from_string(self, spec):
        """A new DeviceSpec from `spec`; this one does not change."""
        return self.from_string(spec)

    def to_string(self):
        """The canonical name; parts that are not known are left out."""
        return self._text

    def make_merged_spec(self, dev):
        """A new DeviceSpec: the parts that `dev` names, and this one's for the rest."""
        return self.__class__(*self._merged(dev))

    def _merged(self, dev):
        theirs = dev.job, dev.replica, dev.task, dev.device_type, dev.device_index
        return [mine if other is None else other for mine, other in zip(self._parts(), theirs, strict=True)]

    def replace(self, **kwargs):
        """A new DeviceSpec with some parts replaced, for example `spec.replace(task=3)`."""
        names = ("job", "replica", "task", "device_type", "device_index")
        parts = dict(zip(names, self._parts(), strict=True))
        parts.update(kwargs)
        return self.__class__(**parts)

    @property
    def job(self):
        """The job's name or None."""
        return self._job

    @property
    def replica(self):
        """The replica's number or None."""
        return self._replica

    @property
    def task(self):
        """The task's number or None."""
        return self._task

    @property
    def device_type(self):
        """The device type or None."""
        return self._device_type

    @property
    def device_index(self):
        """The device's number or None."""
        return self._device_index

    def __eq__(self, other):
        return isinstance(other, self.__class__) and self._text == other._text

    def __hash__(self):
        return self._hash

    def __repr__(self):
        job, replica, task, device_type, device_index = self._parts()
        return (
            f"<DeviceSpec(job={job}, replica={replica}, task={task}, "
            f"device_type={device_type}, device_index={device_index})>"
        )

    def __reduce__(self):
        return self.__class__, self._parts()


class DeviceSpecV1(DeviceSpecV2):
    """TensorFlow 1's DeviceSpec, whose parts can be set after it was made."""

    __slots__ = ()

    def parse_from_string(self, spec):
        """Replaces all parts by those of `spec`; returns this object."""
        self._fill(*_parse(spec))
        return self

    def merge_from(self, dev):
        """Takes over the parts that `dev` names."""
        self._fill(*self._merged(dev))

    @DeviceSpecV2.job.setter
    def job(self, job):
        """Sets the job's name."""
        self._job = None if job is None else str(job)
        self._changed()

    @DeviceSpecV2.replica.setter
    def replica(self, replica):
        """Sets the replica's number."""
        self._replica = _as_int(replica)
        self._changed()

    @DeviceSpecV2.task.setter
    def task(self, task):
        """Sets the task's number."""
        self._task = _as_int(task)
        self._changed()

    @DeviceSpecV2.device_type.setter
    def device_type(self, device_type):
        """Sets the device type."""
        self._device_type = _as_type(device_type)
        self._changed()

    @DeviceSpecV2.device_index.setter
    def device_index(self, device_index):
        """Sets the device's number."""
        self._device_index = _as_int(device_index)
        self._changed()


DeviceSpec = DeviceSpecV2


def canonical_name(device):
    """The canonical name of a device string or DeviceSpec; "" for None.

    >>> canonical_name("/job:ps/gpu:0")
    '/job:ps/device:GPU:0'
    """
    if device is None:
        return ""
    if isinstance(device, DeviceSpecV2):
        return device.to_string()
    return DeviceSpecV2.from_string(device).to_string()


def merge_device(inner, outer):
    """The canonical name of `inner` with the parts that it leaves open taken from `outer`; each is a string, a
    DeviceSpec or None. This is how a device scope inside another one counts."""
    inner_spec = DeviceSpecV2.from_string(canonical_name(inner))
    return DeviceSpecV2.from_string(canonical_name(outer)).make_merged_spec(inner_spec).to_string()
