"""Writes the type stubs of modules whose names are made or found when they are first used; with `--check`, compares them.

Type checkers cannot see such names, so each stub imports every name from where the tables say that it is.
"""

import runpy
import sys
from pathlib import Path

import stubs_protos

PACKAGE = Path(__file__).resolve().parents[1] / "py" / "ferroflow"
HEAD = '"""Names of `{module}`. Written by `make gen` from the tables of names; not to be edited."""\n\n'
VERSION = "__version__: str\nVERSION: str\n\n"
# Submodules of `ferroflow.compat.v1` that have TensorFlow 1's functions; its other modules are those of `ferroflow`.
V1 = PACKAGE / "compat" / "v1"


def exists(folder, name):
    """Whether a package's folder has the submodule `name`."""
    return (folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists()


def imports(table):
    """Import lines for a dict from names to (module, attribute), modules relative to `ferroflow`."""
    return [f"from ferroflow.{module} import {attribute} as {name}" for name, (module, attribute) in table.items()]


def submodules(package, folder, names):
    """Import lines for those of `names` that are submodules of a package."""
    return [f"from {package} import {name} as {name}" for name in names if exists(folder, name)]


def stub(module, lines, more=""):
    """The text of a stub: import lines in the order of their names, and the names, which else would count as private."""
    found = sorted((line.rpartition(" ")[2], line) for line in lines)
    names = [*(name for name, _ in found), *(["VERSION"] if more else [])]
    listed = "".join(f'    "{name}",\n' for name in names)
    imported = "".join(f"{line}\n" for _, line in found)
    return f"{HEAD.format(module=module)}{imported}\n{more}__all__ = [\n{listed}]\n"


def stubs():
    """Path, relative to the package, and text of every stub."""
    names = runpy.run_path(PACKAGE / "_names.py")
    ops = runpy.run_path(PACKAGE / "_op_names.py")
    operations, operations_v1 = names["name_table"](ops["OPS"]), names["name_table"](ops["OPS_V1"])
    own = [path.stem for path in V1.iterdir() if path.stem != "__init__" and exists(V1, path.stem)]
    top = {**operations, **names["NAMES"]}
    v1 = {**top, **operations_v1, **names["V1"]}
    top_modules = submodules("ferroflow", PACKAGE, names["MODULES"] | {"compat"})
    others = submodules("ferroflow", PACKAGE, (names["MODULES"] | {"compat"}) - set(own))
    v1_lines = imports(v1) + others + submodules("ferroflow.compat.v1", V1, own)
    everything = "from ferroflow{0} import *\nfrom ferroflow{0} import __all__ as __all__, __version__ as __version__\n"
    text = "as_bytes as_str as_str_any as_text bytes_or_text_types path_to_str".split()
    compat = submodules("ferroflow.compat", PACKAGE / "compat", ["v1", "v2"])
    compat += [f"from ferroflow.compat.text import {name} as {name}" for name in text]
    return {
        "__init__.pyi": stub("ferroflow", imports(top) + top_modules, VERSION),
        "compat/__init__.pyi": stub("ferroflow.compat", compat),
        "compat/v1/__init__.pyi": stub("ferroflow.compat.v1", v1_lines, VERSION),
        "compat/v2.pyi": HEAD.format(module="ferroflow.compat.v2") + everything.format(""),
        "framework/protos/__init__.pyi": stubs_protos.stub(PACKAGE / "framework" / "protos"),
        "v1/__init__.pyi": HEAD.format(module="ferroflow.v1") + everything.format(".compat.v1"),
    }


def main():
    stale = []
    for name, text in stubs().items():
        path = PACKAGE / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv[1:]:
            path.write_text(text)
    if stale and "--check" in sys.argv[1:]:
        sys.exit("not up to date, run `make gen`:\n" + "\n".join(stale))


if __name__ == "__main__":
    main()
