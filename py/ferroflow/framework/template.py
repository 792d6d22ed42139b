"""`tf.make_template`: functions that share the variables that they make."""

from __future__ import annotations

from . import context
from .collections import GraphKeys
from .variable_scope import variable_scope


def make_template(name_, func_, create_scope_now_=False, unique_name_=None, custom_getter_=None, **kwargs) -> Template:
    """Makes a function whose variables are made by the first call, and used again by all later ones.

    Args:
      name_: the name of its scope, made unique.
      func_: the function, which makes variables by `tf.get_variable`.
      create_scope_now_: whether the scope is opened now instead of by the first call.
      unique_name_: the name of the scope as it is, instead of one that is made unique.
      custom_getter_: stands between `tf.get_variable` and the store, see `tf.variable_scope`.
      **kwargs: arguments that are bound to `func_`.

    Returns:
      A `Template`, which is called as `func_` is.

    Raises:
      ValueError: `name_` is None; when called, a later call makes variables.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default():
    ...     def scaled(x):
    ...         return x * v1.get_variable("factor", [])
    ...     template = v1.make_template("scale", scaled)
    ...     one, two = template(1.0), template(2.0)
    ...     [variable.name for variable in v1.global_variables()]
    ['scale/factor:0']
    """
    if kwargs:
        import functools

        func_ = functools.partial(func_, **kwargs)
    return Template(name_, func_, create_scope_now_, unique_name_, custom_getter_)


class Template:
    """A function that shares the variables that it makes; see `make_template`."""

    def __init__(self, name, func, create_scope_now=False, unique_name=None, custom_getter=None) -> None:
        if name is None:
            raise ValueError("name cannot be None.")
        self._func = func
        self._name = name
        self._unique_name = unique_name
        self._custom_getter = custom_getter
        self._variable_scope = None
        self._has_variables = False
        if create_scope_now:
            with self._new_scope(auxiliary_name_scope=False) as scope:
                self._variable_scope = scope

    def _new_scope(self, **options):
        return variable_scope(self._unique_name, default_name=self._name, custom_getter=self._custom_getter, **options)

    def __call__(self, *args, **kwargs):
        with context.graph_mode():
            if self._variable_scope is None:
                with self._new_scope() as scope:
                    self._variable_scope = scope
                    return self._first(args, kwargs)
            if not self._has_variables:
                with variable_scope(self._variable_scope):
                    return self._first(args, kwargs)
            with variable_scope(self._variable_scope, reuse=True):
                return self._later(args, kwargs)

    def _first(self, args, kwargs):
        result = self._func(*args, **kwargs)
        self._has_variables = True
        return result

    def _later(self, args, kwargs):
        graph = context.default_graph()
        before = len(graph.get_collection(GraphKeys.TRAINABLE_VARIABLES))
        result = self._func(*args, **kwargs)
        more = graph.get_collection(GraphKeys.TRAINABLE_VARIABLES)[before:]
        if more:
            raise ValueError(
                "Trainable variable created when calling a template after the first time, perhaps you used tf.Variable "
                f"when you meant tf.get_variable: {more}"
            )
        return result

    @property
    def name(self) -> str:
        """The name that was given."""
        return self._name

    @property
    def func(self):
        """The function, with its bound arguments."""
        return self._func

    @property
    def variable_scope(self):
        """The scope of the variables; None before it is opened."""
        return self._variable_scope

    var_scope = variable_scope

    @property
    def variable_scope_name(self) -> str | None:
        """The scope's name with a slash in the end; None before it is opened."""
        if self._variable_scope is None:
            return None
        name = self._variable_scope.name
        return name if not name or name.endswith("/") else name + "/"

    def _collected(self, key):
        if self._variable_scope is None:
            return []
        return context.default_graph().get_collection(key, self.variable_scope_name)

    @property
    def global_variables(self) -> list:
        """Its global variables."""
        return self._collected(GraphKeys.GLOBAL_VARIABLES)

    @property
    def local_variables(self) -> list:
        """Its local variables."""
        return self._collected(GraphKeys.LOCAL_VARIABLES)

    @property
    def variables(self) -> list:
        """All its variables."""
        return self.global_variables + self.local_variables

    @property
    def trainable_variables(self) -> list:
        """Those that are trained."""
        return self._collected(GraphKeys.TRAINABLE_VARIABLES)

    @property
    def non_trainable_variables(self) -> list:
        """Those that are not trained."""
        trained = {id(one) for one in self.trainable_variables}
        return [one for one in self.variables if id(one) not in trained]

    weights = variables
    trainable_weights = trainable_variables
    non_trainable_weights = non_trainable_variables
