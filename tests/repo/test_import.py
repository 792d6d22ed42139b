"""What `import ferroflow` costs: 60 ms at most beyond NumPy's, no thread, no output, nothing but NumPy."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "py"
LIMIT_MS = 60.0
TRIES = 9

# Runs in a process of its own; arguments: the package and the folder that it is in.
PROBE = """
import json, os, sys, time
import numpy
package, folder = sys.argv[1:]
sys.path.insert(0, folder)
modules, threads = set(sys.modules), len(os.listdir("/proc/self/task"))
start = time.perf_counter()
__import__(package)
spent = time.perf_counter() - start
threads = len(os.listdir("/proc/self/task")) - threads
loaded = {name.partition(".")[0] for name in set(sys.modules) - modules}
others = sorted(loaded - set(sys.stdlib_module_names) - {package, "numpy"})
with open(os.environ["PROBE_RESULT"], "w") as file:
    json.dump({"ms": spent * 1e3, "threads": threads, "others": others}, file)
"""

# The same import where every module but NumPy and the standard library is missing.
BARE = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        first = name.partition(".")[0]
        if first not in sys.stdlib_module_names and first not in (sys.argv[1], "numpy"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
sys.path.insert(0, sys.argv[2])
__import__(sys.argv[1])
"""


def python(code, package, folder, **environment):
    """The finished process of `code` with `package` in `folder` as its arguments, in a clean environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, package, str(folder)],
        env=kept | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def probe(package, folder, result):
    """What one import of `package` did: `ms`, `threads`, `others` (modules of other distributions), `output`."""
    done = python(PROBE, package, folder, PROBE_RESULT=str(result))
    assert result.exists(), done.stderr
    seen = json.loads(result.read_text()) | {"output": done.stdout + done.stderr}
    result.unlink()
    return seen


def fastest_ms(package, folder, result):
    """The least of several import times: what the import costs where nothing else disturbs it."""
    return min(probe(package, folder, result)["ms"] for _ in range(TRIES))


def outside_imports(folder):
    """Imports of modules outside NumPy and the standard library that run when a file under `folder` is imported."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        pending = list(ast.parse(path.read_text()).body)
        while pending:
            node = pending.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                continue
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
                continue
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module]
            allowed = sys.stdlib_module_names | {folder.name, "numpy"}
            found += [f"{path.name}:{node.lineno}: {n}" for n in names if n.partition(".")[0] not in allowed]
            pending += ast.iter_child_nodes(node)
    return found


@pytest.fixture
def result(tmp_path):
    return tmp_path / "result.json"


def make_package(tmp_path, code):
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "__init__.py").write_text(code)
    return tmp_path


def test_import_prints_nothing_starts_no_thread_and_loads_only_numpy(result):
    seen = probe("ferroflow", SOURCE, result)
    assert (seen["output"], seen["threads"], seen["others"]) == ("", 0, [])


def test_import_takes_at_most_60_ms_beyond_numpy(result):
    assert fastest_ms("ferroflow", SOURCE, result) <= LIMIT_MS


def test_import_needs_only_numpy():
    done = python(BARE, "ferroflow", SOURCE)
    assert done.returncode == 0, done.stderr


def test_no_module_imports_more_than_numpy_when_it_is_imported():
    assert outside_imports(SOURCE / "ferroflow") == []


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("print('hello')", "output"),
        ("import sys; sys.stderr.write('hello')", "output"),
        ("import warnings; warnings.warn('hello')\n", "output"),
        ("import threading, time; threading.Thread(target=time.sleep, args=(1,), daemon=True).start()", "threads"),
        ("import pytest", "others"),
    ],
)
def test_the_probe_sees_what_an_import_must_not_do(tmp_path, result, code, key):
    if "warnings" in code:
        with pytest.raises(AssertionError, match="hello"):
            probe("fake", make_package(tmp_path, code), result)
    else:
        assert probe("fake", make_package(tmp_path, code), result)[key]


def test_the_probe_sees_a_slow_import(tmp_path, result):
    assert fastest_ms("fake", make_package(tmp_path, "import time; time.sleep(0.07)"), result) > LIMIT_MS


def test_a_quiet_quick_import_passes_the_probe(tmp_path, result):
    folder = make_package(tmp_path, "import numpy, json")
    seen = probe("fake", folder, result)
    assert (seen["output"], seen["threads"], seen["others"]) == ("", 0, [])
    assert seen["ms"] <= LIMIT_MS


def test_a_second_requirement_is_seen(tmp_path):
    done = python(BARE, "fake", make_package(tmp_path, "import pytest"))
    assert done.returncode != 0
    assert "No module named 'pytest'" in done.stderr


def test_an_import_outside_numpy_is_seen_unless_it_waits_for_its_use(tmp_path):
    code = (
        "import os, numpy.linalg\nfrom . import x\ndef f():\n    import scipy\n"
        "class A:\n    import pandas\ntry:\n    from matplotlib import pyplot\nexcept ImportError:\n    pass\n"
    )
    make_package(tmp_path, code)
    assert sorted(outside_imports(tmp_path / "fake")) == ["__init__.py:6: pandas", "__init__.py:8: matplotlib"]
