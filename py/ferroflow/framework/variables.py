"""`tf.Variable`: the base of all variables, what they share, and how one is made."""

import enum

from .. import _core
from .context import executing_eagerly, variable_creators
from .operation import Reference


class VariableSynchronization(enum.Enum):
    """When copies of a variable on several devices are brought together."""

    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class VariableAggregationV2(enum.Enum):
    """How values that several devices assign to a variable become one."""

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self is other or (isinstance(other, VariableAggregation) and self.value == other.value)


class VariableAggregation(enum.Enum):
    """How values that several devices assign to a variable become one, with TensorFlow 1's name for the last way."""

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3
    ONLY_FIRST_TOWER = 3

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self is other or (isinstance(other, VariableAggregationV2) and self.value == other.value)


class _Settings:
    """Whether variables of TensorFlow 1's functions are resource variables."""

    use_resource = True


def enable_resource_variables():
    """Makes `tf.get_variable` and `tf.compat.v1.Variable` give resource variables, which is the default."""
    _Settings.use_resource = True


def disable_resource_variables():
    """Makes `tf.get_variable` and `tf.compat.v1.Variable` give reference variables in graphs."""
    _Settings.use_resource = False


def resource_variables_enabled():
    """Whether variables of TensorFlow 1's functions are resource variables."""
    return _Settings.use_resource


def check_options(synchronization, aggregation, trainable, name):
    """The three options with their defaults filled in; ValueError for values that they cannot have."""
    if aggregation is None:
        aggregation = VariableAggregationV2.NONE
    elif not isinstance(aggregation, (VariableAggregation, VariableAggregationV2)):
        raise ValueError(f"Invalid variable aggregation mode: {aggregation} for variable: {name}")
    if synchronization is None:
        synchronization = VariableSynchronization.AUTO
    elif not isinstance(synchronization, VariableSynchronization):
        raise ValueError(f"Invalid variable synchronization mode: {synchronization} for variable: {name}")
    if trainable is None:
        trainable = synchronization is not VariableSynchronization.ON_READ
    return synchronization, aggregation, trainable


def check_constraint(constraint):
    """ValueError unless `constraint` is None or callable."""
    if constraint is not None and not callable(constraint):
        raise ValueError(
            f"Argument `constraint` must be None or a callable. a callable. Got a {type(constraint)}:  {constraint}"
        )


def _make_resource(next_creator=None, **kwargs):
    from .resource_variable import ResourceVariable

    kwargs.pop("distribute_strategy", None)
    return ResourceVariable(**kwargs)


def _make_v1(next_creator=None, **kwargs):
    from .ref_variable import RefVariable
    from .resource_variable import ResourceVariable

    use_resource = kwargs.pop("use_resource", None)
    if use_resource is None:
        from .variable_scope import get_variable_scope

        use_resource = get_variable_scope().use_resource if not executing_eagerly() else None
    if use_resource is None:
        use_resource = _Settings.use_resource
    expected_shape = kwargs.pop("expected_shape", None)
    if use_resource or executing_eagerly():
        return ResourceVariable(**kwargs)
    return RefVariable(expected_shape=expected_shape, **kwargs)


def _bound(creator, next_creator):
    return lambda **kwargs: creator(next_creator, **kwargs)


def create_variable(maker, kwargs):
    """Makes a variable: the active variable creators stand between the request and `maker`."""
    creator = lambda **given: maker(None, **given)  # noqa: E731
    for outer in variable_creators():
        creator = _bound(outer, creator)
    return creator(**kwargs)


class VariableMeta(type):
    """Calls of `tf.Variable` itself go through the variable creators; subclasses are made as usual."""

    def __call__(cls, *args, **kwargs):
        if cls is Variable:
            return create_variable(_make_resource, _arguments_v2(*args, **kwargs))
        if cls is VariableV1:
            return create_variable(_make_v1, _arguments_v1(*args, **kwargs))
        return super().__call__(*args, **kwargs)


def _arguments_v2(initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None,
                  variable_def=None, dtype=None, import_scope=None, constraint=None,
                  synchronization=VariableSynchronization.AUTO, aggregation=VariableAggregationV2.NONE, shape=None,
                  experimental_enable_variable_lifting=True):  # fmt: skip
    return {
        "initial_value": initial_value,
        "trainable": trainable,
        "validate_shape": validate_shape,
        "caching_device": caching_device,
        "name": name,
        "variable_def": variable_def,
        "dtype": dtype,
        "import_scope": import_scope,
        "constraint": constraint,
        "synchronization": synchronization,
        "aggregation": aggregation,
        "shape": shape,
    }


def _arguments_v1(initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None,
                  name=None, variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None,
                  use_resource=None, synchronization=VariableSynchronization.AUTO,
                  aggregation=VariableAggregation.NONE, shape=None):  # fmt: skip
    return {
        "initial_value": initial_value,
        "trainable": trainable,
        "collections": collections,
        "validate_shape": validate_shape,
        "caching_device": caching_device,
        "name": name,
        "variable_def": variable_def,
        "dtype": dtype,
        "expected_shape": expected_shape,
        "import_scope": import_scope,
        "constraint": constraint,
        "use_resource": use_resource,
        "synchronization": synchronization,
        "aggregation": aggregation,
        "shape": shape,
    }


class Variable(metaclass=VariableMeta):
    """A tensor whose value can change; it stays from one run or function call to the next.

    Args:
      initial_value: a tensor or what can become one, or a function without arguments that returns such a value.
      trainable: whether gradient tapes watch it unasked and optimizers change it. True if not given, unless
        `synchronization` is ON_READ.
      validate_shape: whether the shape of `initial_value` must be known, and becomes that of the variable.
      caching_device: not used.
      name: the name, "Variable" if not given.
      variable_def: not used.
      dtype: the dtype; that of `initial_value` if not given.
      import_scope: not used.
      constraint: a function of the value that optimizers apply after they changed it.
      synchronization, aggregation: how several devices share it.
      shape: the shape of all values that it will take, unknown in part or in whole if they differ.
      experimental_enable_variable_lifting: changes nothing.

    Raises:
      ValueError: no initial value, or one whose shape does not fit `shape`, or unknown options.

    >>> v = Variable([1.0, 2.0])
    >>> v.assign_add([1.0, 1.0]).numpy().tolist()
    [2.0, 3.0]
    """

    __array_priority__ = 100
    _trainable = True
    _is_argument = False  # whether it stands for an argument of a function that is traced

    # Facts

    @property
    def trainable(self):
        """Whether gradient tapes watch it unasked and optimizers change it."""
        return self._trainable

    @property
    def constraint(self):
        """The function of the value that optimizers apply after they changed it, or None."""
        return self._constraint

    @property
    def synchronization(self):
        """When copies on several devices are brought together."""
        return self._synchronization

    @property
    def aggregation(self):
        """How values of several devices become one."""
        return self._aggregation

    @property
    def _shared_name(self):
        return self.name.partition(":")[0]

    def get_shape(self):
        """The static shape."""
        return self.shape

    @property
    def ndim(self):
        """The number of axes, or None."""
        return self.shape.rank

    def _shape_as_list(self):
        return None if self.shape.rank is None else self.shape.as_list()

    def ref(self):
        """A hashable stand-in for this variable; `deref()` gives it back."""
        return Reference(self)

    experimental_ref = ref

    # Equality and hash are those of tensors: by elements, by identity in plain graphs and in function bodies there.

    def __hash__(self):
        if _core.executing_eagerly_outside_functions():
            raise TypeError(f"Variable is unhashable. Instead, use variable.ref() as the key. (Variable: {self!r})")
        return id(self)

    def __eq__(self, other):
        if _core.executing_eagerly_outside_functions():
            return _core.convert(self) == other
        return self is other

    def __ne__(self, other):
        if _core.executing_eagerly_outside_functions():
            return _core.convert(self) != other
        return self is not other

    def __iter__(self):
        return iter(_core.convert(self))

    def __bool__(self):
        return bool(_core.convert(self))

    def __int__(self):
        return int(_core.convert(self))

    def __float__(self):
        return float(_core.convert(self))

    def __complex__(self):
        return complex(_core.convert(self))

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        return np.asarray(self.numpy(), dtype=dtype)

    def __getitem__(self, spec):
        from .slice_assign import slice_of_variable

        return slice_of_variable(self, spec)

    def __str__(self):
        return repr(self)

    def __deepcopy__(self, memo):
        raise NotImplementedError(
            "__deepcopy__() is only available when eager execution is enabled, and for resource variables."
        )

    # What a read gives can be converted, compared and computed with like a tensor.

    def __tf_tensor__(self, dtype=None, name=None):
        return self._dense_var_to_tensor(dtype, name)

    class SaveSliceInfo:
        """Which part of a larger variable a variable is."""

        def __init__(self, full_name=None, full_shape=None, var_offset=None, var_shape=None, save_slice_info_def=None,
                     import_scope=None):  # fmt: skip
            self.full_name = full_name
            self.full_shape = full_shape
            self.var_offset = var_offset
            self.var_shape = var_shape

        @classmethod
        def from_spec(cls, spec):
            """The part that a text as `spec` gives it describes; of no known variable for an empty text.

            ValueError if the text lacks a piece, or has something else than whole numbers in its places.
            """
            if not spec:
                return cls()

            def number(text, what, of="an integer"):
                try:
                    return int(text)
                except ValueError:
                    raise ValueError(
                        f"Spec string {what} must be {of}. Found {text!r}, which is not an integer."
                    ) from None

            *sizes, parts = spec.split(" ")
            if not sizes:
                raise ValueError("Spec string must contain space-separated full_shape info.")
            full_shape = [number(size, "full_shape", "a sequence of integers") for size in sizes if size]
            offsets, lengths = [], []
            for part in parts.split(":"):
                if part.count(",") != 1:
                    raise ValueError("Spec string must contain comma-separated pairs of offsets and shapes.")
                offset, length = part.split(",")
                offsets.append(number(offset, "var_offset"))
                lengths.append(number(length, "var_shape"))
            return cls(full_shape=full_shape, var_offset=offsets, var_shape=lengths)

        @property
        def spec(self):
            """The part as text: full shape, offsets and sizes."""
            sizes = " ".join(str(size) for size in self.full_shape)
            parts = ":".join(f"{o},{s}" for o, s in zip(self.var_offset, self.var_shape, strict=True))
            return f"{sizes} {parts}"

    def _set_save_slice_info(self, save_slice_info):
        self._save_slice_info = save_slice_info

    def _get_save_slice_info(self):
        return getattr(self, "_save_slice_info", None)


_BINARY = (
    "add sub mul truediv floordiv mod pow matmul and or xor radd rsub rmul rtruediv rfloordiv rmod rpow rmatmul rand ror "
    "rxor lt le gt ge div rdiv"
).split()
_UNARY = ("neg", "abs", "invert", "pos")


def _delegate(name):
    method = f"__{name}__"

    def binary(self, other):
        return getattr(_core.convert(self), method)(other)

    def unary(self):
        return getattr(_core.convert(self), method)()

    function = unary if name in _UNARY else binary
    function.__name__ = method
    return function


def _refuse_in_place(symbol, method, name):
    def in_place(self, other):
        raise RuntimeError(
            f"`variable {symbol} value` with `tf.Variable`s is not supported. Use {method}to modify the variable, or "
            f"`out = variable {symbol[:-1]} value` if you need to get a new output Tensor."
        )

    in_place.__name__ = f"__{name}__"
    return in_place


_IN_PLACE = (
    ("+=", "`variable.assign_add(value)` ", "iadd"),
    ("-=", "`variable.assign_sub(value)` ", "isub"),
    ("*=", "`var.assign(var * value)` ", "imul"),
    ("/=", "`var.assign(var / value)` ", "itruediv"),
    ("//=", "`var.assign(var // value)` ", "ifloordiv"),
    ("**=", "`var.assign(var ** value)` ", "ipow"),
)


def _add_operators():
    for name in _BINARY + list(_UNARY):
        if hasattr(_core.EagerTensor, f"__{name}__"):
            setattr(Variable, f"__{name}__", _delegate(name))
    for symbol, method, name in _IN_PLACE:
        setattr(Variable, f"__{name}__", _refuse_in_place(symbol, method, name))


_add_operators()


class VariableV1(Variable):
    """`tf.compat.v1.Variable`: a variable of the graph at hand (in eager mode an eager variable).

    Args are those of `tf.Variable`, and:
      collections: names of the collections that it is added to; GLOBAL_VARIABLES if not given.
      expected_shape: not used.
      use_resource: whether it is a resource variable; False: a reference variable, True or not given: see
        `enable_resource_variables`.
    """

    _initial_value = None


def default_variable_creator(next_creator=None, **kwargs):
    """The last creator in a chain of `variable_creator_scope`s, for TensorFlow 1's variables."""
    return _make_v1(next_creator, **kwargs)
