"""The layers of the design hold: crates and Python modules import only what stands before them."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "ferroflow"
# Public modules that gather or build on other public modules; all others stand on framework, _gen and ops alone.
GATHERING = {
    "__init__",
    "__internal__",
    "__main__",
    "compat",
    "experimental",
    "v1",
    "v2",
    "keras",
    "distribute",
    "version",
}
# `tf.logging` imports nothing of the package: every other part may write messages by it.
LEAVES = {"logging"}
# Public modules that stand on some others: monitored sessions write messages and summaries, `tf.gfile` has old names of `tf.io.gfile`.
STANDS_ON = {"train": {"summary"}, "gfile": {"io"}, "python_io": {"io"}, "app": {"flags"}}


def xtask_layers(root):
    """The finished `xtask layers` on the repository at `root`."""
    command = ["cargo", "run", "--quiet", "--profile", "fast", "--bin", "xtask", "--", "layers", str(root)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def imports(tree, module, is_package):
    """(line, absolute dotted name) of everything that `tree`, the code of `module`, imports, at any depth."""
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (base, node.module) if part)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def part_of(name):
    """The part of the package that a dotted name is in: `ferroflow.nn.relu` is in `nn`; None outside the package."""
    first, _, rest = name.partition(".")
    return (rest.split(".")[0] or "__init__") if first == PACKAGE else None


def may_import(source, target):
    """Whether the part `source` of the package may import the part `target`."""
    if source in LEAVES:
        return target == source
    if source == target or target in LEAVES:
        return True
    if source == "_gen":
        return target in {"_core", "framework"}
    if source == "framework":
        return target in {"_core", "_gen"}
    if source == "_lazy":
        return False
    if source == "ops":
        return target in {"framework", "_gen"}
    below = {"framework", "_gen", "ops", "_lazy"} | STANDS_ON.get(source, set())
    return target in below or (source in GATHERING and target != "_core")


def python_faults(folder):
    """One line for each import in the package at `folder` that the layers forbid."""
    parts = {path.stem for path in folder.iterdir()} | {"_core"}
    faults = []
    for path in sorted(folder.rglob("*.py")):
        names = path.relative_to(folder).with_suffix("").parts
        module = ".".join((PACKAGE, *[name for name in names if name != "__init__"]))
        source = names[0]
        for line, name in imports(ast.parse(path.read_text()), module, path.stem == "__init__"):
            target = part_of(name)
            if target is not None and target not in parts:
                target = "__init__"  # a name of the package itself, not a module of it
            if target is not None and not may_import(source, target):
                faults.append(f"{path.relative_to(folder)}:{line}: {source} must not import {name}")
    return faults


def test_crates_keep_their_layers():
    done = xtask_layers(ROOT)
    assert done.returncode == 0, done.stderr
    assert "ferroflow-cpu" in done.stdout


def test_python_modules_keep_their_layers():
    assert python_faults(ROOT / "py" / PACKAGE) == []


def make_crate(root, folder, name, dependencies="", code="", section="dependencies"):
    (root / "rust" / folder / "src").mkdir(parents=True)
    (root / "rust" / folder / "src" / "lib.rs").write_text(code)
    manifest = f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n[{section}]\n{dependencies}\n'
    (root / "rust" / folder / "Cargo.toml").write_text(manifest)


def make_workspace(root, ops_dependencies="", ops_code="", section="dependencies"):
    (root / "Cargo.toml").write_text('[workspace]\nresolver = "3"\nmembers = ["rust/*"]\n')
    make_crate(root, "tensor", "ferroflow-tensor")
    make_crate(root, "ops", "ferroflow-ops", ops_dependencies, ops_code, section)
    make_crate(root, "cpu", "ferroflow-cpu")
    return root


OPS_USES_CPU = 'ferroflow-cpu = { path = "../cpu" }'
OPS_USES_TENSOR = 'ferroflow-tensor = { path = "../tensor" }'


def test_a_sound_workspace_passes(tmp_path):
    root = make_workspace(tmp_path, OPS_USES_TENSOR, "// unsafe rayon pyo3\n")
    done = xtask_layers(root)
    assert done.returncode == 0, done.stderr
    assert "ferroflow-ops      ferroflow-tensor\n" in done.stdout


@pytest.mark.parametrize("section", ["dependencies", "dev-dependencies", "target.'cfg(windows)'.dependencies"])
def test_a_dependency_on_a_later_crate_is_found(tmp_path, section):
    done = xtask_layers(make_workspace(tmp_path, OPS_USES_CPU, section=section))
    assert done.returncode != 0
    assert done.stderr == "crate ferroflow-ops must not depend on ferroflow-cpu\n"


@pytest.mark.parametrize("code", ["use rayon::join;", "use pyo3::prelude::*;", "fn f() { unsafe {} }"])
def test_code_in_the_wrong_place_is_found(tmp_path, code):
    done = xtask_layers(make_workspace(tmp_path, ops_code=f"//! Test.\n{code}\n"))
    assert done.returncode != 0
    assert done.stderr.startswith("rust/ops/src/lib.rs:2: ")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nn.py", "from ferroflow import _core"),
        ("nn.py", "from . import _core"),
        ("nn.py", "from ._core import add"),
        ("nn.py", "def f():\n    import ferroflow._core"),
        ("nn.py", "import ferroflow"),
        ("nn.py", "from ferroflow import math"),
        ("nn.py", "from .math import add"),
        ("ops/nn.py", "from ..nn import add"),
        ("framework/tensor.py", "from ..ops.math import add"),
        ("train/saver.py", "from ..math import add"),
        ("train/saver.py", "from .. import add"),
        ("__init__.py", "from ._core import add"),
        ("compat/v1/__init__.py", "from ferroflow import _core"),
        ("framework/tensor.py", "from ferroflow import nn"),
        ("framework/tensor.py", "from ..math import add"),
        ("logging.py", "from .framework import tensor"),
    ],
)
def test_a_forbidden_python_import_is_found(tmp_path, path, code):
    assert len(python_faults(make_package(tmp_path, path, code))) == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nn.py", "from .ops.math import add"),
        ("nn.py", "import numpy\nfrom .framework import tensor\nfrom ferroflow._gen.raw_ops import add"),
        ("train/saver.py", "from . import other\nfrom ..framework.tensor import Tensor"),
        ("framework/tensor.py", "from .. import _core\nfrom .._gen import raw_ops\nfrom . import errors"),
        ("_gen/raw_ops.py", "from .. import _core\nfrom ..framework import tensor"),
        ("__init__.py", "from .math import add\nfrom . import nn"),
        ("compat/v1/__init__.py", "from ferroflow import math"),
        ("framework/tensor.py", "from ..logging import warning"),
        ("ops/nn.py", "from .. import logging"),
    ],
)
def test_a_sound_python_import_passes(tmp_path, path, code):
    assert python_faults(make_package(tmp_path, path, code)) == []


def make_package(root, path, code):
    """A package with the usual parts in `root`, whose file `path` holds `code`."""
    for name in (
        "__init__.py",
        "logging.py",
        "math.py",
        "nn.py",
        "framework/__init__.py",
        "_gen/__init__.py",
        "ops/__init__.py",
        path,
    ):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (root / path).write_text(code)
    return root


def test_the_python_check_reads_the_real_package():
    """An import of the compiled module is seen where it stands, so an empty answer means something."""
    found = {
        part_of(name)
        for path in (ROOT / "py" / PACKAGE).rglob("*.py")
        for _, name in imports(ast.parse(path.read_text()), f"{PACKAGE}.x.y", False)
    }
    assert found - {None}, f"no import inside the package seen by {sys.executable} in {os.getcwd()}"
