"""One op, one entry: ops are added to a copy of the sources, in one place each, and are found wherever ops are found.

A place is a block of lines in one file. The copy is generated and built like the repository, without optimisation, and
runs its own tests of ops. Faulty ops that are added beside the good ones show that those tests can fail.
"""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import pytest
from one_place_ops import GOOD, KERNELS, PLACES, RUST_PROGRAM, WRONG

ROOT = Path(__file__).resolve().parents[2]
SUITE = ("test_values.py", "test_gradients.py", "test_meta.py")
ENGINES = ("session", "unoptimised", "folded", "traced", "traced_node")


@dataclass
class Copy:
    """A copy of the sources with more ops."""

    root: Path
    environment: dict
    hunks: tuple = ()

    def run(self, *command):
        """What a command prints; it must succeed."""
        done = self.start(*command)
        assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def start(self, *command):
        return subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=900,
        )

    def python(self, code):
        """What a Python program prints as JSON."""
        return json.loads(self.run(sys.executable, "-c", code))

    def text(self, name):
        return (self.root / name).read_text()

    def changes(self):
        """Number of hunks by file, and the number of removed lines, since the last commit."""
        hunks, removed, file = {}, 0, None
        for line in self.run("git", "diff", "--unified=0", "HEAD").splitlines():
            if line.startswith("+++ "):
                file = line.removeprefix("+++ b/")
            elif line.startswith("@@"):
                hunks[file] = hunks.get(file, 0) + 1
            elif line.startswith("-") and not line.startswith("---"):
                removed += 1
        return hunks, removed


def copy_sources(target):
    """Copies the files of the repository, new ones that git does not ignore too."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())
            (target / name).chmod((ROOT / name).stat().st_mode)


def build_quickly(root):
    """Has cargo optimise none of our crates in the copy, and lays beside it what the repository has built of all others."""
    crates = [path.parent.name for path in ROOT.glob("rust/*/Cargo.toml")]
    names = [crate if crate in ("ferroflow", "xtask") else f"ferroflow-{crate}" for crate in crates]
    (root / ".cargo").mkdir()
    (root / ".cargo/config.toml").write_text("".join(f"[profile.fast.package.{n}]\nopt-level = 0\n" for n in names))
    built = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "fast"
    ours = [name.replace("-", "_") for name in names] + ["_core"]
    for folder in (".fingerprint", "build", "deps"):
        for path in (built / folder).glob("*"):
            place = root / "target/fast" / folder / path.name
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.name.replace("-", "_").removeprefix("lib").startswith(tuple(ours)):
                continue
            if path.is_dir():
                shutil.copytree(path, place)
            elif path.suffix in (".rlib", ".rmeta", ".so", ".dylib", ".d"):
                shutil.copy2(path, place)


def environment(root):
    """Nothing is fetched; Python finds the package of the copy."""
    return {
        **os.environ,
        "CARGO_INCREMENTAL": "0",
        "CARGO_TARGET_DIR": str(root / "target"),
        "CARGO_NET_OFFLINE": "true",
        "CI": "1",
        "PYO3_PYTHON": sys.executable,
        "PYTHONPATH": str(root / "py"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The copy, changed, generated and built."""
    root = tmp_path_factory.mktemp("one_place")
    copy_sources(root)
    build_quickly(root)
    made = Copy(root, environment(root))
    author = ("-c", "user.name=test", "-c", "user.email=test@localhost")
    made.run("git", "init", "--quiet")
    made.run("git", "add", "--all")
    made.run("git", *author, "commit", "--quiet", "--message", "the sources")
    for place in PLACES:
        place.insert(root)
    hunks = made.changes()
    made.run("make", "gen", f"PYTHON={sys.executable}")
    made.run("tools/build.sh")
    made.hunks = hunks
    yield made
    shutil.rmtree(root / "target")


@pytest.fixture(scope="module")
def outcomes(copy, tmp_path_factory):
    """Outcome by test of the copy's own tests of the new ops: "passed", "failed" or "skipped"."""
    report = tmp_path_factory.mktemp("report") / "junit.xml"
    files = [f"tests/ops/{name}" for name in SUITE]
    names = " or ".join([*GOOD, *WRONG])
    done = copy.start(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "-p",
        "no:cacheprovider",
        "-k",
        names,
        f"--junitxml={report}",
        *files,
    )
    assert report.exists(), done.stdout + done.stderr
    found = {}
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        found[case.get("name")] = outcome
    return found


pytestmark = [pytest.mark.full, pytest.mark.xdist_group("one_place")]


def test_each_op_is_added_in_as_many_places_as_its_kind_needs(copy):
    """One place for a unary, a binary and a reduction, three for a structured op; a place is one block of new lines."""
    counts = {op: sum(place.op == op for place in PLACES) for op in GOOD}
    assert counts == {"Cube": 1, "AddTwice": 1, "Compound": 1, "RotateLeft": 3}
    hunks, removed = copy.hunks
    assert removed == 0
    # The blocks of a file that stand together make one hunk; the kernel and its line in the table are two.
    assert hunks == {place.file: 2 if place.file == KERNELS else 1 for place in PLACES}


def test_the_generator_writes_all_else(copy):
    """Beyond the places, only generated files differ, and they are current."""
    changed = set(copy.run("git", "diff", "--name-only", "HEAD").splitlines()) - {place.file for place in PLACES}
    generated = {"py/ferroflow/_gen/raw_ops.py", "py/ferroflow/_gen/raw_ops.pyi", "rust/ferroflow/src/generated.rs"}
    assert changed == generated | {"docs/ops/README.md"}
    pages = set(copy.run("git", "ls-files", "--others", "--exclude-standard").split())
    assert {f"docs/ops/{op}.md" for op in GOOD} <= pages
    copy.run("cargo", "run", "--quiet", "--locked", "--profile", "fast", "--bin", "xtask", "--", "gen", "--check")


def test_python_has_the_functions(copy):
    """The raw ops have the entry's parameters under TensorFlow's names, with the entry's text as their docs."""
    code = """
import inspect, json, ferroflow as tf
found = {}
for name in %r:
    function = getattr(tf.raw_ops, name)
    found[name] = [tf.__file__, list(inspect.signature(function).parameters), inspect.getdoc(function).splitlines()[0]]
print(json.dumps(found))
"""
    found = copy.python(code % (list(GOOD),))
    assert {file for file, _, _ in found.values()} == {str(copy.root / "py/ferroflow/__init__.py")}
    parameters = {name: parameters for name, (_, parameters, _) in found.items()}
    assert parameters == {
        "Cube": ["x", "name"],
        "AddTwice": ["x", "y", "name"],
        "Compound": ["input", "axis", "keep_dims", "name"],
        "RotateLeft": ["x", "shift", "name"],
    }
    assert {name: summary for name, (_, _, summary) in found.items()} == GOOD


def test_the_stub_has_the_functions(copy):
    stub = copy.text("py/ferroflow/_gen/raw_ops.pyi")
    for line in (
        "def Cube(x: TensorLike, name: str | None = None) -> Tensor: ...",
        "def AddTwice(x: TensorLike, y: TensorLike, name: str | None = None) -> Tensor: ...",
        "def Compound(input: TensorLike, axis: TensorLike, keep_dims: bool = ..., name: str | None = None) -> Tensor: ...",
        "def RotateLeft(x: TensorLike, shift: int, name: str | None = None) -> Tensor: ...",
    ):
        assert line in stub.splitlines()


@pytest.mark.parametrize("op", GOOD)
def test_the_docs_have_a_page(copy, op):
    page = " ".join(copy.text(f"docs/ops/{op}.md").split())
    assert GOOD[op] in page
    assert f"[{op}]({op}.md)" in copy.text("docs/ops/README.md")


def test_rust_has_the_functions(copy):
    """A Rust program calls them through the public crate."""
    (copy.root / "rust/ferroflow/examples/one_place.rs").write_text(RUST_PROGRAM)
    command = "cargo run --quiet --locked --profile fast --example one_place"
    assert copy.run(*command.split()).splitlines() == ["[8.0, 27.0]", "[6.0, 9.0]", "[11.0]", "[3.0, 2.0]"]


def test_graph_defs_have_the_names(copy):
    """Nodes carry the op's name and attributes, and a graph that is read back gives the same result."""
    code = """
import json, ferroflow as tf
with tf.Graph().as_default() as graph:
    x = tf.placeholder(tf.float32, [2], name="x")
    ops = tf.raw_ops
    y = ops.RotateLeft(x=ops.AddTwice(x=ops.Cube(x=x), y=x), shift=1)
    z = ops.Compound(input=y, axis=[0], name="z")
text = graph.as_graph_def().SerializeToString()
read = tf.GraphDef.FromString(text)
with tf.Graph().as_default() as again:
    tf.import_graph_def(read, name="")
with tf.Session(graph=again) as session:
    value = float(session.run("z:0", {"x:0": [1.0, 2.0]}))
print(json.dumps([{n.name: n.op for n in read.node}, {n.op: n.attr["shift"].i for n in read.node}["RotateLeft"], value]))
"""
    names, shift, value = copy.python(code)
    assert {
        "Cube": "Cube",
        "AddTwice": "AddTwice",
        "RotateLeft": "RotateLeft",
        "z": "Compound",
    }.items() <= names.items()
    assert shift == 1
    assert value == 51.0  # (1 + 3) (1 + 12) - 1


@pytest.mark.parametrize("op", GOOD)
def test_the_tests_of_ops_take_them_up_and_pass(outcomes, op):
    """Values on every engine, static shapes, first and second gradients, completeness: all run, all pass."""
    mine = {name: outcome for name, outcome in outcomes.items() if f"[{op}" in name}
    wanted = {
        f"test_eager[{op}]",
        f"test_static_shape[{op}]",
        f"test_gradients[{op}]",
        f"test_doc[{op}]",
        f"test_gradient[{op}]",
    }
    wanted |= {f"test_engine[{op}-{engine}]" for engine in ENGINES}
    assert wanted <= set(mine)
    assert set(mine.values()) == {"passed"}, mine


@pytest.mark.parametrize(("op", "test"), WRONG.items())
def test_the_tests_of_ops_find_what_is_wrong(outcomes, op, test):
    """A wrong body fails the tests of values, a wrong gradient those of gradients, a wrong shape those of shapes."""
    failed = {name for name, outcome in outcomes.items() if f"[{op}" in name and outcome == "failed"}
    assert f"{test}[{op}]" in failed, outcomes
