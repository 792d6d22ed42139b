"""The variables that `tf.get_variable` made, by name: found again, or made with their initializer."""

import enum
import inspect

from .. import _core
from . import dtypes
from .collections import GraphKeys
from .name_scope import name_scope_of
from .tensor_shape import TensorShape
from .variables import Variable, VariableV1


class _ReuseMode(enum.Enum):
    """How variable scopes make variables beside True and False: they take those that exist and make the others."""

    AUTO_REUSE = 1


AUTO_REUSE = _ReuseMode.AUTO_REUSE


class PartitionInfo:
    """Which part of a partitioned variable an initializer is called for."""

    def __init__(self, full_shape, var_offset):
        self.full_shape = list(full_shape)
        self.var_offset = list(var_offset)

    def single_offset(self, shape):
        """The offset along the partitioned axis."""
        axis = self.single_slice_dim(shape)
        return 0 if axis is None else self.var_offset[axis]

    def single_slice_dim(self, shape):
        """The partitioned axis; None if the part is the whole. ValueError if several axes are partitioned."""
        axes = [axis for axis, size in enumerate(shape) if size != self.full_shape[axis]]
        if len(axes) > 1:
            raise ValueError(f"Cannot use single_slice_dim() with shape {shape}: more than one axis is partitioned")
        return axes[0] if axes else None


def _default_initializer(name, dtype):
    """What a variable without an initializer starts with, and whether that needs a shape."""
    from .initializers_v1 import GlorotUniform, Zeros

    if dtype.is_floating:
        return GlorotUniform()
    if dtype.is_integer or dtype.is_unsigned or dtype.is_bool or dtype == dtypes.string:
        return Zeros()
    raise ValueError(f"An initializer for variable {name} of {dtype} is required")


class LazyLoss:
    """A regularization loss; one of an eager program is computed when it is first used."""

    def __init__(self, thunk):
        self._thunk = thunk
        self._tensor = None
        self._graph = _core.current_graph()
        if self._graph is not None:
            self._as_tensor()

    def _as_tensor(self):
        if self._tensor is None:
            with self._graph._here():
                self._tensor = self._thunk()
        return self._tensor

    def __tf_tensor__(self, dtype=None, name=None):
        return self._as_tensor()

    def _as_graph_element(self):
        return self._as_tensor()

    @property
    def dtype(self):
        """The dtype."""
        return self._as_tensor().dtype

    @property
    def shape(self):
        """The static shape."""
        return self._as_tensor().shape

    @property
    def name(self):
        """The tensor's name."""
        return self._as_tensor().name

    def __getattr__(self, name):
        return getattr(self._as_tensor(), name)


class VariableStore:
    """The variables of a graph by full name."""

    def __init__(self):
        self._vars = {}
        self._partitioned_vars = {}

    def get_variable(self, name, shape=None, dtype=dtypes.float32, initializer=None, regularizer=None, reuse=None,
                     trainable=None, collections=None, caching_device=None, partitioner=None, validate_shape=True,
                     use_resource=None, custom_getter=None, constraint=None, synchronization=None,
                     aggregation=None):  # fmt: skip
        """The variable of this full name: an existing one if `reuse` allows, else a new one.

        Raises:
          ValueError: it exists and may not be reused, or has another shape or dtype, or does not exist and must.
        """
        if custom_getter is not None and not callable(custom_getter):
            raise ValueError(f"Passed a custom_getter which is not callable: {custom_getter}")
        if dtype is not None:
            dtype = dtypes.as_dtype(dtype).base_dtype
        arguments = {
            "name": name, "shape": shape, "dtype": dtype, "initializer": initializer, "regularizer": regularizer,
            "reuse": reuse, "trainable": trainable, "collections": collections, "caching_device": caching_device,
            "partitioner": partitioner, "validate_shape": validate_shape, "use_resource": use_resource,
            "constraint": constraint, "synchronization": synchronization, "aggregation": aggregation,
        }  # fmt: skip
        if custom_getter is None:
            return self._true_getter(**arguments)
        parameters = inspect.signature(custom_getter).parameters
        takes_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
        if not takes_all and "constraint" not in parameters:
            arguments.pop("constraint")
        return custom_getter(getter=self._true_getter, **arguments)

    def _true_getter(self, name, shape=None, dtype=dtypes.float32, initializer=None, regularizer=None, reuse=None,
                     trainable=None, collections=None, caching_device=None, partitioner=None, validate_shape=True,
                     use_resource=None, constraint=None, synchronization=None, aggregation=None):  # fmt: skip
        is_scalar = shape is not None and isinstance(shape, (list, tuple, TensorShape)) and len(shape) == 0
        rest = {
            "shape": shape, "dtype": dtype, "initializer": initializer, "regularizer": regularizer, "reuse": reuse,
            "trainable": trainable, "collections": collections, "caching_device": caching_device,
            "validate_shape": validate_shape, "use_resource": use_resource, "constraint": constraint,
            "synchronization": synchronization, "aggregation": aggregation,
        }  # fmt: skip
        if partitioner is not None and not is_scalar:
            if not callable(partitioner):
                raise ValueError(f"Partitioner must be callable, but received: {partitioner}")
            from .partitioned_variable import get_partitioned

            with name_scope_of("", ""):
                return get_partitioned(self, name, partitioner, **rest)
        if reuse is True and partitioner is None and name in self._partitioned_vars:
            return self._partitioned_vars[name]
        if f"{name}/part_0" in self._vars:
            raise ValueError(
                f"No partitioner was provided, but a partitioned version of the variable was found: {name}/part_0. Perhaps a "
                "variable of the same name was already created with partitioning?"
            )
        return self.get_single(name, **rest)

    def _existing(self, name, shape, dtype, reuse):
        if reuse is False:
            raise ValueError(
                f"Variable {name} already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in "
                "VarScope?"
            )
        found = self._vars[name]
        if not shape.is_compatible_with(found.shape):
            raise ValueError(
                f"Trying to share variable {name}, but specified shape {shape} and found shape {found.shape}."
            )
        if not dtype.is_compatible_with(found.dtype):
            raise ValueError(
                f"Trying to share variable {name}, but specified dtype {dtype.name} and found dtype {found.dtype.name}."
            )
        return found

    def get_single(self, name, shape=None, dtype=dtypes.float32, initializer=None, regularizer=None, partition_info=None,
                   reuse=None, trainable=None, collections=None, caching_device=None, validate_shape=True,
                   use_resource=None, constraint=None, synchronization=None, aggregation=None):  # fmt: skip
        """One whole variable; see `get_variable`."""
        is_constant = initializer is not None and not callable(initializer)
        if is_constant and shape is not None:
            raise ValueError("If initializer is a constant, do not specify shape.")
        dtype = dtypes.as_dtype(dtype)
        shape = TensorShape(shape)
        if name in self._vars:
            return self._existing(name, shape, dtype, reuse)
        if reuse is True:
            raise ValueError(
                f"Variable {name} does not exist, or was not created with tf.get_variable(). Did you mean to set "
                "reuse=tf.AUTO_REUSE in VarScope?"
            )
        if initializer is None:
            if shape.rank is None:
                raise ValueError(
                    f"Variable {name} did not get an initializer, so its `shape` argument must be specified."
                )
            initializer = _default_initializer(name, dtype)
        first, variable_dtype = _first_value(initializer, is_constant, shape, dtype, partition_info, name)
        with name_scope_of("", ""):
            made = VariableV1(
                initial_value=first, name=name, trainable=trainable, collections=collections,
                caching_device=caching_device, dtype=variable_dtype, validate_shape=validate_shape, constraint=constraint,
                use_resource=use_resource, synchronization=synchronization, aggregation=aggregation,
            )  # fmt: skip
        if not _core.executing_eagerly() or collections:
            self._vars[name] = made
        if regularizer is not None:
            _add_loss(regularizer, made, name)
        return made


def _first_value(initializer, is_constant, shape, dtype, partition_info, name):
    """What a variable is made with: a value or a function, and the dtype to ask for."""
    if is_constant:
        value = initializer
        return value, None if isinstance(value, (_core.Tensor, Variable)) else _dtype_of_value(value, dtype)
    if isinstance(initializer, type):
        initializer = initializer()
    try:
        parameters = inspect.signature(initializer).parameters
    except (TypeError, ValueError):
        parameters = {"shape": None}
    if shape.is_fully_defined():
        if "partition_info" in parameters and partition_info is not None:
            return (lambda: initializer(shape.as_list(), dtype=dtype, partition_info=partition_info)), dtype.base_dtype
        if parameters:
            return (lambda: initializer(shape.as_list(), dtype=dtype)), dtype.base_dtype
        return initializer, dtype.base_dtype
    required = [
        p for p in parameters.values() if p is not None and p.default is p.empty and p.kind is not p.VAR_KEYWORD
    ]
    if required:
        raise ValueError(
            "The initializer passed is not valid. It should be a callable with no arguments and the shape should not be "
            "provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined."
        )
    return initializer, dtype.base_dtype


def _dtype_of_value(value, dtype):
    """The dtype of a variable that starts with a Python value or array: that of the value, as TensorFlow takes it."""
    from .context import eager_mode

    with eager_mode():
        natural = _core.convert(value).dtype
    return natural if natural != dtypes.float32 else dtype.base_dtype


def _add_loss(regularizer, variable, name):
    def make():
        with _core.default_graph()._here(), name_scope_of(name + "/Regularizer/"):
            return regularizer(variable)

    # A regularizer may decline; only then is there nothing to add.
    if regularizer(variable) is not None:
        _core.default_graph().add_to_collection(GraphKeys.REGULARIZATION_LOSSES, LazyLoss(make))
