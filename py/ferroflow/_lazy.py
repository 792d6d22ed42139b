"""Public names that are looked up when they are first used, so that an import loads little."""

import importlib
import importlib.util
from types import ModuleType

_ABSENT = object()


def absent(package, name):
    """The AttributeError for a name that a public module does not have."""
    error = AttributeError(f"module {package!r} has no attribute {name!r}")
    if not name.startswith("_"):
        error.add_note(
            f"  fix: if {name!r} is TensorFlow's, Ferroflow does not have it yet: its README says which parts it has, "
            f"dir({package}) which names"
        )
    return error


def explaining(module):
    """`module`, whose errors for absent names say more.

    What a package gives out passes here. Modules that other parts of the package import, so that users may have them before
    they ask for them, call this themselves.
    """

    def missing(name):
        raise absent(module.__name__, name)

    vars(module).setdefault("__getattr__", missing)
    return module


def lazy_names(package, tables, modules, fallback=None):
    """The functions `__getattr__` and `__dir__` of a package.

    Args:
      package: the package's `__name__`.
      tables: dicts from names to (module, attribute), modules relative to `ferroflow`; earlier ones come first.
      modules: names of the package's own submodules.
      fallback: a package that is asked for names that no table has.
    """

    def find(name):
        for table in tables:
            if name in table:
                module, attribute = table[name]
                return getattr(importlib.import_module(f"ferroflow.{module}"), attribute)
        if name in modules and importlib.util.find_spec(f"{package}.{name}") is not None:
            return explaining(importlib.import_module(f"{package}.{name}"))
        if fallback is not None and not name.startswith("_"):
            found = getattr(importlib.import_module(fallback), name, _ABSENT)
            if found is not _ABSENT:
                return found
        raise absent(package, name)

    def get(name):
        import sys

        found = find(name)
        setattr(sys.modules[package], name, found)
        return found

    def names():
        import sys

        known = {name for name in modules if importlib.util.find_spec(f"{package}.{name}") is not None}
        loaded = vars(sys.modules[package]).items()
        # A module of the package's own, such as that of tf.Module, is there only because somebody has loaded it.
        known.update(name for name, value in loaded if name in modules or not isinstance(value, ModuleType))
        for table in tables:
            known.update(table)
        if fallback is not None:
            known.update(name for name in dir(importlib.import_module(fallback)) if not name.startswith("_"))
        return sorted(known)

    return get, names
