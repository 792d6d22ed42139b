"""Public names that are looked up when they are first used, so that an import loads little."""

import importlib


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
        if name in modules:
            return importlib.import_module(f"{package}.{name}")
        if fallback is not None and not name.startswith("_"):
            return getattr(importlib.import_module(fallback), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    def get(name):
        import sys

        try:
            found = find(name)
        except ModuleNotFoundError as error:
            if not (error.name or "").startswith("ferroflow"):
                raise
            raise AttributeError(f"module {package!r} has no attribute {name!r}") from error
        setattr(sys.modules[package], name, found)
        return found

    def names():
        import sys

        known = {*vars(sys.modules[package]), *modules}
        for table in tables:
            known.update(table)
        return sorted(known)

    return get, names
