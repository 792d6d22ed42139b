"""Variables that are kept in parts along one axis, and the functions that say how many parts."""

import math

from .. import _core
from .._gen import raw_ops
from .dtypes import as_dtype
from .name_scope import name_scope_of
from .tensor_shape import TensorShape
from .variable_store import PartitionInfo
from .variables import Variable


class PartitionedVariable:
    """A variable in parts: it converts to the tensor of all of them, joined along the partitioned axis."""

    def __init__(self, name, shape, dtype, variable_list, partitions):
        self._name = name
        self._shape = TensorShape(shape)
        self._dtype = as_dtype(dtype)
        self._variable_list = list(variable_list)
        self._partitions = list(partitions)

    def __iter__(self):
        return iter(self._variable_list)

    def __len__(self):
        return len(self._partition_axes())

    def _partition_axes(self):
        axes = [axis for axis, parts in enumerate(self._partitions) if parts > 1]
        return axes or [0]

    @property
    def name(self):
        """The name, without the parts' suffixes."""
        return self._name

    @property
    def dtype(self):
        """The dtype."""
        return self._dtype

    @property
    def shape(self):
        """The shape of the whole."""
        return self._shape

    def get_shape(self):
        """The shape of the whole."""
        return self._shape

    @property
    def op(self):
        """The operations of the parts."""
        return [variable.op for variable in self._variable_list]

    def _get_variable_list(self):
        return self._variable_list

    def _get_partitions(self):
        return self._partitions

    def as_tensor(self):
        """The whole as one tensor."""
        with name_scope_of(self._name + "/ConcatPartitions/"):
            (axis,) = self._partition_axes()
            parts = [variable.value() for variable in self._variable_list]
            joined = parts[0] if len(parts) == 1 else raw_ops.ConcatV2(values=parts, axis=axis, name="concat")
        with name_scope_of(""):
            return raw_ops.Identity(input=joined, name=self._name)

    def __tf_tensor__(self, dtype=None, name=None):
        if dtype is not None and not as_dtype(dtype).is_compatible_with(self._dtype):
            raise ValueError(
                f"Incompatible type conversion requested to type {as_dtype(dtype).name!r} for variable of type "
                f"{self._dtype.name!r}"
            )
        return self.as_tensor()

    def assign(self, value, use_locking=False, name=None, read_value=True):
        """Gives the parts of `value` to the parts: a list of what their `assign` returns."""
        (axis,) = self._partition_axes()
        sizes = [variable.shape.as_list()[axis] for variable in self._variable_list]
        value = _core.convert(value, self._dtype)
        pieces = raw_ops.SplitV(value=value, size_splits=sizes, axis=axis, num_split=len(sizes))
        return [v.assign(p, use_locking, None, read_value) for v, p in zip(self._variable_list, pieces, strict=True)]


def _slices(sizes, partitions):
    """Offset and shape of each part."""
    axes = [axis for axis, parts in enumerate(partitions) if parts > 1]
    if len(axes) > 1:
        raise ValueError(f"Can only slice a variable along one dimension: shape: {sizes}, partitioning: {partitions}")
    axis = axes[0] if axes else 0
    number = partitions[axis]
    base, extra = divmod(sizes[axis], number)
    offset = 0
    for part in range(number):
        size = base + (part < extra)
        yield (
            [offset if i == axis else 0 for i in range(len(sizes))],
            [size if i == axis else s for i, s in enumerate(sizes)],
        )
        offset += size


def _check_partitions(partitions, sizes):
    if not isinstance(partitions, (list, tuple)):
        raise ValueError(f"Partitioner must return a sequence, but saw: {partitions}")
    if len(partitions) != len(sizes):
        raise ValueError(
            f"Partitioner returned a partition list that does not match the Variable's rank: {partitions} vs. {sizes}"
        )
    if any(parts < 1 for parts in partitions):
        raise ValueError(f"Partitioner returned zero partitions for some axes: {partitions}")
    return list(partitions)


def get_partitioned(store, name, partitioner, shape, dtype, initializer, reuse, **rest):
    """A partitioned variable of a `VariableStore`: the one that exists, or a new one."""
    is_value = initializer is not None and not callable(initializer)
    whole = TensorShape(_core.convert(initializer).shape if is_value else shape)
    if name in store._partitioned_vars:
        if reuse is False:
            raise ValueError(
                f"Partitioned variable with name {name} already exists. Did you mean to set reuse=True or "
                "reuse=tf.AUTO_REUSE in VarScope?"
            )
        found = store._partitioned_vars[name]
        if not whole.is_compatible_with(found.shape):
            raise ValueError(
                f"Trying to reuse partitioned variable {name}, but specified shape {whole} and found shape {found.shape}."
            )
        return found
    if not whole.is_fully_defined():
        raise ValueError(
            f"Shape of a new partitioned variable ({name}) must be fully defined, but instead was {whole}."
        )
    if reuse is True:
        raise ValueError(
            f"PartitionedVariable {name} does not exist, or was not created with tf.get_variable(). Did you mean to set "
            "reuse=False or reuse=tf.AUTO_REUSE in VarScope?"
        )
    sizes = whole.as_list()
    partitions = _check_partitions(partitioner(shape=whole, dtype=as_dtype(dtype)), sizes)
    value = _core.convert(initializer) if is_value else None
    parts = []
    for number, (offset, part_shape) in enumerate(_slices(sizes, partitions)):
        first = raw_ops.Slice(input=value, begin=offset, size=part_shape) if is_value else initializer
        part = store.get_single(
            f"{name}/part_{number}", shape=None if is_value else part_shape, dtype=dtype, initializer=first,
            partition_info=PartitionInfo(sizes, offset), reuse=reuse, **rest,
        )  # fmt: skip
        part._set_save_slice_info(Variable.SaveSliceInfo(name, sizes, offset, part_shape))
        parts.append(part)
    made = PartitionedVariable(name, whole, dtype, parts, partitions)
    store._partitioned_vars[name] = made
    return made


# Partitioners


def fixed_size_partitioner(num_shards, axis=0):
    """A partitioner that makes `num_shards` parts along `axis`."""

    def partition(shape, **unused):
        parts = [1] * shape.rank
        parts[axis] = min(num_shards, shape.as_list()[axis])
        return parts

    return partition


def variable_axis_size_partitioner(max_shard_bytes, axis=0, bytes_per_string_element=16, max_shards=None):
    """A partitioner that makes parts of at most `max_shard_bytes` along `axis`, but at most `max_shards`.

    Raises:
      ValueError: a size that is not positive.
    """
    if max_shard_bytes < 1 or bytes_per_string_element < 1:
        raise ValueError("Both max_shard_bytes and bytes_per_string_element must be positive.")
    if max_shards is not None and max_shards < 1:
        raise ValueError("max_shards must be positive.")

    def partition(shape, dtype):
        size = bytes_per_string_element if dtype.name == "string" else dtype.size
        parts = [1] * shape.rank
        rest = size * math.prod(shape.as_list()) / max(1, shape.as_list()[axis])
        rows = max(1, math.floor(max_shard_bytes / rest)) if rest else 1
        number = max(1, math.ceil(shape.as_list()[axis] / rows))
        parts[axis] = number if max_shards is None else min(number, max_shards)
        return parts

    return partition


def min_max_variable_partitioner(max_partitions=1, axis=0, min_slice_size=256 << 10, bytes_per_string_element=16):
    """A partitioner that makes as many parts along `axis` as have at least `min_slice_size` bytes."""

    def partition(shape, dtype):
        size = bytes_per_string_element if dtype.name == "string" else dtype.size
        total = size * math.prod(shape.as_list())
        parts = [1] * shape.rank
        parts[axis] = max(1, min(shape.as_list()[axis], max_partitions, int(math.ceil(total / min_slice_size))))
        return parts

    return partition
