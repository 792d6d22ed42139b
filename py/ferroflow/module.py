"""`tf.Module`: objects that own variables and other modules."""

import re

from .framework import nest
from .framework.name_scope import name_scope_v2
from .framework.variables import Variable

_VALID = re.compile(r"^[A-Za-z_]\w*$")


def camel_to_snake(name):
    """A class's name in lower case with underscores.

    >>> camel_to_snake("MyLayer")
    'my_layer'
    """
    return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)(?<!_)[A-Z](?=[a-z]))", r"_\1", name).lower()


class Module:
    """The base of objects that own variables.

    Attributes that hold variables or modules, also within lists and dicts, belong to the module.

    Args:
      name: a Python identifier; the class's name in lower case if not given.

    Raises:
      ValueError: `name` is no identifier.

    >>> class Dense(tf.Module):
    ...     def __init__(self, size):
    ...         super().__init__()
    ...         self.w = tf.Variable(tf.zeros([size]), name="w")
    >>> [v.shape for v in Dense(3).trainable_variables]
    [TensorShape([3])]
    """

    # Attributes that are not looked into.
    _TF_MODULE_IGNORED_PROPERTIES = frozenset(("_self_unconditional_checkpoint_dependencies",))

    def __init__(self, name=None):
        if name is None:
            name = camel_to_snake(type(self).__name__)
        elif not _VALID.match(name):
            raise ValueError(
                f"'{name}' is not a valid module name. Module names must be valid Python identifiers (e.g. a valid class name)."
            )
        self._name = name
        with name_scope_v2(name) as scope:
            self._scope_name = scope

    @property
    def name(self):
        """The name."""
        return self._name

    @property
    def name_scope(self):
        """A context manager: the scope of the module's variables and operations."""
        return name_scope_v2(self._scope_name)

    @property
    def variables(self):
        """The variables of this module and those in it, those of the module itself first."""
        return tuple(self._flatten(predicate=_is_variable, expand_composites=True))

    @property
    def trainable_variables(self):
        """The trainable ones of `variables`."""
        return tuple(v for v in self.variables if v.trainable)

    @property
    def non_trainable_variables(self):
        """The other ones of `variables`."""
        return tuple(v for v in self.variables if not v.trainable)

    @property
    def submodules(self):
        """All modules in this one, at any depth."""
        return tuple(self._flatten(predicate=lambda part: isinstance(part, Module)))

    def _flatten(self, recursive=True, predicate=None, attribute_traversal_key=None, with_path=False,
                 expand_composites=False):  # fmt: skip
        """Gives the leaves of the module's attributes for which `predicate` holds, each once; see `variables`."""
        keep = (lambda part: True) if predicate is None else predicate
        return _leaves(self, recursive, keep, attribute_traversal_key, with_path, expand_composites, (), {id(self)})

    @classmethod
    def with_name_scope(cls, method):
        """Makes a method run within the module's name scope.

        >>> class Scale(tf.Module):
        ...     @tf.Module.with_name_scope
        ...     def __call__(self, x):
        ...         self.factor = tf.Variable(2.0, name="factor")
        ...         return x * self.factor
        >>> scale = Scale()
        >>> float(scale(3.0)), scale.factor.name
        (6.0, 'scale/factor:0')
        """
        import functools

        @functools.wraps(method)
        def within(self, *args, **kwargs):
            with self.name_scope:
                return method(self, *args, **kwargs)

        return within


def _is_variable(part):
    return isinstance(part, Variable)


def _leaves(module, recursive, keep, order, with_path, expand, path, seen):
    """The leaves of one module, then those of the modules in it."""
    attributes = vars(module)
    inner = []
    for key in sorted(attributes, key=order):
        if key in module._TF_MODULE_IGNORED_PROPERTIES:
            continue
        try:
            found = nest.flatten_with_tuple_paths(attributes[key], expand_composites=expand)
        except (TypeError, ValueError) as error:
            raise ValueError(f"Error processing property {key!r} of {module!r}") from error
        for where, leaf in found:
            if not _once(leaf, seen):
                continue
            place = (*path, key, *where)
            if keep(leaf):
                yield (place, leaf) if with_path else leaf
            if recursive and isinstance(leaf, Module):
                inner.append((place, leaf))
    for place, leaf in inner:
        yield from _leaves(leaf, recursive, keep, order, with_path, expand, place, seen)


def _once(leaf, seen):
    if id(leaf) in seen:
        return False
    seen.add(id(leaf))
    return True
