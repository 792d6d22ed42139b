"""What type checkers see: typed programs and the errors in them, every public name, and that stubs tell the truth."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ferroflow.framework import variables
from ferroflow.framework.resource_variable import ResourceVariable

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PROGRAMS = sorted(path for path in HERE.glob("*.py") if path.name != "test_typing.py")
REPORT = re.compile(r"(?P<file>[^:]+):(?P<line>\d+): error: (?P<text>.*)  \[(?P<code>[\w-]+)\]")
EXPECTED = re.compile(r"# error: (?P<code>[\w-]+)$")
# Modules whose names are looked up when they are first used, and those that only list what they have.
LAZY = ["ferroflow", "ferroflow.compat", "ferroflow.compat.v1", "ferroflow.compat.v2"]
PLAIN = [
    "bitwise", "compat.v1.math", "compat.v1.nn", "config", "data", "debugging", "dtypes", "errors", "io", "linalg", "losses",
    "math", "nest", "nn", "random", "raw_ops", "strings", "summary", "train",
]  # fmt: skip

pytestmark = pytest.mark.xdist_group("mypy")


def mypy(*arguments):
    """(file name, line, code, text) of each error that mypy finds."""
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--no-error-summary", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = [REPORT.fullmatch(line) for line in done.stdout.splitlines() if ": error: " in line]
    assert all(found), done.stdout
    return [(Path(m["file"]).name, int(m["line"]), m["code"], m["text"]) for m in found]


def expected_errors(path):
    """(file name, line, code) of the errors that a program's comments announce."""
    lines = enumerate(path.read_text().splitlines(), 1)
    return {(path.name, number, found["code"]) for number, line in lines if (found := EXPECTED.search(line))}


def test_programs_have_the_errors_that_they_announce_and_no_others():
    found = mypy("--strict-equality", "--check-untyped-defs", *map(str, PROGRAMS))
    expected = set().union(*map(expected_errors, PROGRAMS))
    assert len(expected) >= 30
    assert {error[:3] for error in found} == expected, "\n".join(map(str, found))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_programs_run(program):
    """What is said of types is said of programs that work."""
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60
    )
    assert done.returncode == 0, done.stderr


def public_names():
    """(module, name) of every public name."""
    for module in [*LAZY, *(f"ferroflow.{name}" for name in PLAIN)]:
        found = importlib.import_module(module)
        names = getattr(found, "__all__", None) or [name for name in dir(found) if not is_private(name)]
        yield from ((module, name) for name in names if not name.startswith("_"))


def is_private(name):
    """Whether a name without underscore is there for the package itself: the tables of names, and what looks them up."""
    return name in {
        "MODULES",
        "NAMES",
        "OPS",
        "OPS_V1",
        "V1",
        "lazy_names",
        "name_table",
        "framework",
        "ops",
        "ferroflow",
    }


def test_every_public_name_is_seen(tmp_path):
    names = list(public_names())
    assert len(names) > 1500
    modules = sorted({module for module, _ in names})
    lines = [*(f"import {module}" for module in modules), *(f"{module}.{name}" for module, name in names)]
    program = tmp_path / "names.py"
    program.write_text("\n".join([*lines, "ferroflow.no_such_name", ""]))
    unseen = [lines[line - 1] if line <= len(lines) else "" for _, line, _, _ in mypy(str(program))]
    assert unseen == [""], "make gen writes the stubs"


def signature(function):
    """Names of the parameters of a function's definition."""
    given = function.args
    return [argument.arg for argument in [*given.posonlyargs, *given.args, *given.kwonlyargs]]


def test_variables_have_what_their_stub_says():
    """The stub says of all variables what the kinds of variables have, and what the metaclass takes."""
    tree = ast.parse((ROOT / "py/ferroflow/framework/variables.pyi").read_text())
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    makers = {"Variable": variables._arguments_v2, "VariableV1": variables._arguments_v1}
    for name, maker in makers.items():
        (declared,) = [node for node in classes[name].body if getattr(node, "name", "") == "__init__"]
        assert signature(declared)[1:] == list(inspect.signature(maker).parameters)
    methods = [
        node for node in classes["Variable"].body if isinstance(node, ast.FunctionDef) and node.name != "__init__"
    ]
    assert len(methods) > 80
    for declared in methods:
        found = inspect.getattr_static(ResourceVariable, declared.name)
        if any(getattr(decorator, "id", "") == "property" for decorator in declared.decorator_list):
            assert isinstance(found, property), declared.name
        elif not declared.name.startswith("__"):
            function = getattr(found, "__func__", found)
            assert signature(declared) == list(inspect.signature(function).parameters), declared.name


@pytest.mark.full
def test_stubs_say_what_the_modules_have():
    """Every name and signature of the stubs against the running package; differences on purpose are in allowed.txt."""
    command = [sys.executable, "-m", "mypy.stubtest", "ferroflow", "--concise"]
    command += ["--mypy-config-file", "tests/typing/stubtest.ini", "--allowlist", "tests/typing/allowed.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
