"""`tf.get_variable` and `tf.variable_scope`: variables by name, with defaults that scopes set."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from .. import _core
from . import dtypes
from .collections import GraphKeys, get_collection
from .context import graph_mode
from .name_scope import _symbolic_graph, name_scope_of, scope_in_graph
from .variable_store import AUTO_REUSE, VariableStore
from .variables import VariableAggregation, VariableSynchronization

if TYPE_CHECKING:
    from .typing import DTypeLike, ShapeLike
    from .variables import Variable


def store_of(graph):
    """The variables of a graph that `get_variable` knows."""
    if graph._variable_store is None:
        graph._variable_store = VariableStore()
    return graph._variable_store


def _check_reuse(reuse):
    if reuse not in (True, False, None) and reuse is not AUTO_REUSE:
        raise ValueError("The reuse parameter must be True or False or None.")


class VariableScope:
    """What `tf.get_variable` takes from the scope that it is called in: a prefix and defaults.

    Args:
      reuse: whether variables must exist (True), must not (False or None) or may (AUTO_REUSE).
      name: the prefix of names, without a trailing slash.
      initializer, regularizer, caching_device, partitioner, custom_getter, dtype, use_resource, constraint: defaults of
        `tf.get_variable`.
      name_scope: the name scope that belongs to it.
    """

    def __init__(self, reuse, name="", initializer=None, regularizer=None, caching_device=None, partitioner=None,
                 custom_getter=None, name_scope="", dtype=dtypes.float32, use_resource=None, constraint=None):  # fmt: skip
        self._name = name
        self._initializer = initializer
        self._regularizer = regularizer
        self._reuse = reuse
        self._caching_device = caching_device
        self._partitioner = partitioner
        self._custom_getter = custom_getter
        self._name_scope = name_scope
        self._dtype = dtype
        self._use_resource = use_resource
        self._constraint = constraint

    @property
    def name(self) -> str:
        """The prefix of names."""
        return self._name

    @property
    def original_name_scope(self) -> str:
        """The name scope that was made with it, with a trailing slash."""
        return self._name_scope

    @property
    def reuse(self):
        """Whether variables must exist (True), must not (False) or may (AUTO_REUSE)."""
        return self._reuse

    @property
    def initializer(self):
        """The default initializer."""
        return self._initializer

    @property
    def dtype(self):
        """The default dtype."""
        return self._dtype

    @property
    def use_resource(self):
        """Whether variables are resource variables; None: as `resource_variables_enabled` says."""
        return self._use_resource

    @property
    def regularizer(self):
        """The default regularizer."""
        return self._regularizer

    @property
    def caching_device(self):
        """Not used."""
        return self._caching_device

    @property
    def partitioner(self):
        """The default partitioner."""
        return self._partitioner

    @property
    def custom_getter(self):
        """The function that stands before `get_variable`."""
        return self._custom_getter

    @property
    def constraint(self):
        """The default constraint."""
        return self._constraint

    def reuse_variables(self) -> None:
        """From now on variables must exist."""
        self._reuse = True

    def set_initializer(self, initializer):
        """Sets the default initializer."""
        self._initializer = initializer

    def set_dtype(self, dtype):
        """Sets the default dtype."""
        self._dtype = dtype

    def set_use_resource(self, use_resource):
        """Sets whether variables are resource variables."""
        self._use_resource = use_resource

    def set_regularizer(self, regularizer):
        """Sets the default regularizer."""
        self._regularizer = regularizer

    def set_caching_device(self, caching_device):
        """Changes nothing."""
        self._caching_device = caching_device

    def set_partitioner(self, partitioner):
        """Sets the default partitioner."""
        self._partitioner = partitioner

    def set_custom_getter(self, custom_getter):
        """Sets the function that stands before `get_variable`."""
        self._custom_getter = custom_getter

    def get_collection(self, name):
        """The items of a collection whose names begin with this scope."""
        return get_collection(name, self._name + "/" if self._name else "")

    def trainable_variables(self) -> list[Variable]:
        """The trainable variables of this scope."""
        return self.get_collection(GraphKeys.TRAINABLE_VARIABLES)

    def global_variables(self) -> list[Variable]:
        """The global variables of this scope."""
        return self.get_collection(GraphKeys.GLOBAL_VARIABLES)

    def local_variables(self) -> list[Variable]:
        """The local variables of this scope."""
        return self.get_collection(GraphKeys.LOCAL_VARIABLES)

    def get_variable(self, var_store, name, shape=None, dtype=None, initializer=None, regularizer=None, reuse=None,
                     trainable=None, collections=None, caching_device=None, partitioner=None, validate_shape=True,
                     use_resource=None, custom_getter=None, constraint=None,
                     synchronization=VariableSynchronization.AUTO, aggregation=VariableAggregation.NONE):  # fmt: skip
        """The variable `name` of this scope; see `tf.get_variable`."""
        regularizer = self._regularizer if regularizer is None else regularizer
        partitioner = self._partitioner if partitioner is None else partitioner
        custom_getter = self._custom_getter if custom_getter is None else custom_getter
        reuse = self._reuse if reuse is None else reuse
        use_resource = self._use_resource if use_resource is None else use_resource
        full_name = self.name + "/" + name if self.name else name
        with name_scope_of("", ""):
            if dtype is not None and initializer is None and self._initializer is not None:
                initializer = self._initializer
            initializer = self._initializer if initializer is None else initializer
            constraint = self._constraint if constraint is None else constraint
            dtype = self._dtype if dtype is None else dtype
            return var_store.get_variable(
                full_name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer, reuse=reuse,
                trainable=trainable, collections=collections, caching_device=caching_device, partitioner=partitioner,
                validate_shape=validate_shape, use_resource=use_resource, custom_getter=custom_getter,
                constraint=constraint, synchronization=synchronization, aggregation=aggregation,
            )  # fmt: skip


def get_variable_scope() -> VariableScope:
    """The variable scope at hand."""
    graph = _core.default_graph()
    if graph._variable_scope is None:
        graph._variable_scope = VariableScope(False)
    return graph._variable_scope


def get_variable(name, shape: ShapeLike=None, dtype: DTypeLike | None=None, initializer=None, regularizer=None, trainable=None, collections=None,
                 caching_device=None, partitioner=None, validate_shape: bool=True, use_resource=None, custom_getter=None,
                 constraint=None, synchronization=VariableSynchronization.AUTO,
                 aggregation=VariableAggregation.NONE) -> Variable:  # fmt: skip
    """A variable of the default graph by its name within the variable scope at hand: an existing or a new one.

    Args:
      name: the name.
      shape: the shape of a new variable.
      dtype: the dtype, float32 if neither this nor the scope says another.
      initializer: what a new variable starts with: a function of shape and dtype, a function without arguments, or a
        value; without one floats are drawn by `glorot_uniform_initializer` and integers are zeros.
      regularizer: a function of a new variable, whose result is added to the collection REGULARIZATION_LOSSES.
      trainable: whether optimizers change it.
      collections: names of the collections that it is added to; GLOBAL_VARIABLES if not given.
      caching_device: not used.
      partitioner: a function of shape and dtype that gives the number of parts along each axis.
      validate_shape: whether the initial value must have a known shape.
      use_resource: whether it is a resource variable; the scope's choice if not given.
      custom_getter: a function that is called instead, with the true getter as its first argument.
      constraint: a function of the value that optimizers apply after they changed it.
      synchronization, aggregation: how several devices share it.

    Raises:
      ValueError: the variable exists and the scope does not reuse, or the other way round, or shapes or dtypes differ.
    """
    with graph_mode():
        return get_variable_scope().get_variable(
            store_of(_core.default_graph()), name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer,
            trainable=trainable, collections=collections, caching_device=caching_device, partitioner=partitioner,
            validate_shape=validate_shape, use_resource=use_resource, custom_getter=custom_getter,
            constraint=constraint, synchronization=synchronization, aggregation=aggregation,
        )  # fmt: skip


def get_local_variable(name, shape: ShapeLike=None, dtype: DTypeLike | None=None, initializer=None, regularizer=None, trainable: bool=False,
                       collections=None, caching_device=None, partitioner=None, validate_shape: bool=True, use_resource=None,
                       custom_getter=None, constraint=None, synchronization=VariableSynchronization.AUTO,
                       aggregation=VariableAggregation.NONE) -> Variable:  # fmt: skip
    """As `get_variable`, but in the collection LOCAL_VARIABLES and never trainable."""
    collections = [*(collections or []), GraphKeys.LOCAL_VARIABLES]
    return get_variable(
        name, shape, dtype, initializer, regularizer, False, collections, caching_device, partitioner, validate_shape,
        use_resource, custom_getter, constraint, synchronization, aggregation,
    )  # fmt: skip


def _chained(outer, inner):
    """The getter that calls `inner` with `outer` (which itself is called with the true getter) as its getter."""
    if outer is None:
        return inner

    def getter(getter, *args, **kwargs):
        true_getter = getter

        def next_getter(*args, **kwargs):
            return outer(true_getter, *args, **kwargs)

        return inner(next_getter, *args, **kwargs)

    return getter


def _derived(old, name_or_scope, name_scope, reuse, given, auxiliary):
    """The scope that `variable_scope` enters: of a name within `old`, or a copy of a given scope."""
    if isinstance(name_or_scope, VariableScope):
        base = name_or_scope
        name, reuse = base.name, base.reuse if not reuse else reuse
        original = base.original_name_scope
    else:
        base = old
        name = f"{old.name}/{name_or_scope}" if old.name else name_or_scope
        reuse = reuse or old.reuse
        original = name_scope if auxiliary else ""
    new = VariableScope(
        reuse, name, base.initializer, base.regularizer, base.caching_device, base.partitioner, base.custom_getter,
        original, base.dtype, base.use_resource, base.constraint,
    )  # fmt: skip
    for field, value in given.items():
        if value is not None:
            setattr(new, field, value)
    if given["_custom_getter"] is not None:
        new._custom_getter = _chained(base.custom_getter, given["_custom_getter"])
    return new


class variable_scope:
    """Context manager in which `tf.get_variable` prefixes names and takes defaults.

    Args:
      name_or_scope: the name, or a scope to enter again.
      default_name: the name if `name_or_scope` is None, made unique.
      values: tensors of the graph.
      initializer, regularizer, caching_device, partitioner, custom_getter, dtype, use_resource, constraint: defaults of
        `tf.get_variable`.
      reuse: True: variables must exist; AUTO_REUSE: they may; None or False: as the outer scope.
      auxiliary_name_scope: whether operations inside get a name scope too.

    Raises:
      TypeError: `name_or_scope` is neither.
      ValueError: an unknown value of `reuse`, or both names are None.
    """

    def __init__(self, name_or_scope, default_name=None, values=None, initializer=None, regularizer=None,
                 caching_device=None, partitioner=None, custom_getter=None, reuse=None, dtype: DTypeLike | None=None, use_resource=None,
                 constraint=None, auxiliary_name_scope: bool=True) -> None:  # fmt: skip
        self._name_or_scope = name_or_scope
        self._default_name = default_name
        self._graph = _symbolic_graph(values)
        self._given = {
            "_initializer": initializer, "_regularizer": regularizer, "_caching_device": caching_device,
            "_partitioner": partitioner, "_custom_getter": custom_getter, "_dtype": dtype,
            "_use_resource": use_resource, "_constraint": constraint,
        }  # fmt: skip
        self._reuse = reuse
        self._auxiliary = auxiliary_name_scope
        if default_name is None and name_or_scope is None:
            raise TypeError("If default_name is None then name_or_scope is required")
        _check_reuse(reuse)
        if not isinstance(auxiliary_name_scope, bool):
            raise TypeError(f"The auxiliary_name_scope must be `True` or `False`, while get {auxiliary_name_scope}")
        if name_or_scope is not None and not isinstance(name_or_scope, (str, VariableScope)):
            raise TypeError("VariableScope: name_or_scope must be a string or VariableScope.")
        self._entered = []

    def __enter__(self) -> VariableScope:
        stack = ExitStack()
        try:
            if self._graph is not None and _core.current_graph() is None:
                stack.enter_context(self._graph.as_default())
            stack.enter_context(graph_mode())
            scope = stack.enter_context(self._scope())
        except BaseException:
            stack.close()
            raise
        self._entered.append(stack)
        return scope

    @contextmanager
    def _scope(self):
        graph = _core.default_graph()
        old = get_variable_scope()
        name = self._name_or_scope
        with ExitStack() as stack:
            if name is None:
                name, shown = _unique_scope_name(old, self._default_name), self._default_name
            elif isinstance(name, VariableScope):
                shown = name.name.rpartition("/")[2]
            else:
                shown = name
            full = ""
            if self._auxiliary:
                full = stack.enter_context(scope_in_graph(shown)) if shown else _current_scope()
            new = _derived(old, name, full, self._reuse, self._given, self._auxiliary)
            counts = _counts(graph)
            counts[new.name] = counts.get(new.name, 0) + 1
            kept = {key: count for key, count in counts.items() if key.startswith(new.name + "/")}
            for key in kept:
                counts[key] = 0
            graph._variable_scope = new
            try:
                yield new
            finally:
                graph._variable_scope = old
                for key in [key for key in counts if key.startswith(new.name + "/")]:
                    counts[key] = kept.get(key, 0)

    def __exit__(self, *error) -> None:
        self._entered.pop().close()


def _current_scope():
    scope = _core.scope()
    return scope + "/" if scope else ""


def _counts(graph):
    """How often each variable scope was opened, for names that are made unique."""
    counts = getattr(graph, "_variable_scope_counts", None)
    if counts is None:
        counts = graph._variable_scope_counts = {}
    return counts


def _unique_scope_name(old, prefix):
    counts = _counts(_core.default_graph())
    full = f"{old.name}/{prefix}" if old.name else prefix
    if not counts.get(full):
        return prefix
    number = 1
    while counts.get(f"{full}_{number}", 0) > 0:
        number += 1
    return f"{prefix}_{number}"


def variable_op_scope(values, name_or_scope, default_name=None, initializer=None, regularizer=None,
                      caching_device=None, partitioner=None, custom_getter=None, reuse=None, dtype=None,
                      use_resource=None, constraint=None):  # fmt: skip
    """`variable_scope` with its arguments in an older order."""
    return variable_scope(
        name_or_scope, default_name, values, initializer, regularizer, caching_device, partitioner, custom_getter, reuse,
        dtype, use_resource, constraint,
    )  # fmt: skip


def no_regularizer(_):
    """A regularizer that gives None: no loss, even where the scope has a regularizer."""
    return None
