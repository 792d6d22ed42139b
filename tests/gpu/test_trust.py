"""Trust in adapters: each kernel is compared with the CPU's before it is used; a wrong one is switched off, told of and remembered."""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ops"))

from op_table import table  # noqa: E402  the module of the table of ops

from ferroflow.framework import engine  # noqa: E402

CALL = """
import json
import sys
sys.path.insert(0, "tests/ops")
from cases import cases
from engines import Engines, arrays
from op_table import table
from reference import Bound
import ferroflow as tf

name, dtype = sys.argv[1:]
engines, ran = Engines(tf), 0
for case in cases(table()[name], {dtype}):
    given = {getattr(x.dtype, "name", "") for x in case.flat_inputs()}
    if any(x.dtype == object for x in case.flat_inputs()) or case.dtype != dtype:
        continue
    with tf.device("/GPU:0"):
        found = arrays(engines.eager(case))
    fault = Bound(case).fault(found)
    assert not fault, f"{case.name()}: {fault}"
    ran += 1
assert ran
print("right")
"""

ROOT = Path(__file__).parents[2]


def run(arguments, **environment):
    """A finished process."""
    given = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "0"} | environment
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=240, env=given, cwd=ROOT
    )


def warnings(done):
    return [line for line in done.stderr.splitlines() if "warning" in line and "instead of" in line]


def shaders(text):
    """The shaders that FERROFLOW_DEBUG=5 showed, by name."""
    found = re.findall(r"^ferroflow: shader (.*?) of /job[^\n]*:\n(.*?)(?=^ferroflow: |\Z)", text, re.M | re.S)
    return dict(found)


def broken(text, how):
    """A shader that writes other values than it should, or does not compile."""
    if how == "text":
        return text.replace("fn main(", "fn main(,", 1)

    def other(match):
        begin, element, body = match.groups()
        wrong = {"f32": "(v + 1.0)", "i32": "(v ^ 1)", "u32": "(v ^ 1u)", "vec2<u32>": "(v ^ vec2<u32>(1u, 0u))"}[
            element
        ]
        return begin + body.replace("= v;", f"= {wrong};")

    changed, count = re.subn(r"(fn out\d*_set\(at: u32, v: ([^)]*(?:<u32>)?)\) \{)(.*?\n\})", other, text, flags=re.S)
    assert count
    return changed


def variants():
    """Ops and dtypes with a shader that the table of ops can call and that the self-test has calls for."""
    skipped = ("Cast", "Equal", "NotEqual")  # whose cases are of several dtypes
    for name, op in sorted(table().items()):
        claim = engine.gpu_dtypes(name)
        if claim and op["test"]["np"] and name not in skipped:
            for dtype in claim.get("T", ()):
                if dtype in ("float32", "int32"):
                    yield name, dtype


def kernels():
    """Ops with a kernel of their own on GPUs."""
    known = table()
    return {name for name in known if engine.gpu_dtypes(name) is not None and known[name]["gpu"]["kind"] != "free"}


# Another choice each day.
CHOICE = random.Random(os.environ.get("FERROFLOW_TEST_SEED", Path("/proc/uptime").read_text()))


@pytest.mark.parametrize("how", ["values", "text"])
def test_a_broken_kernel_is_caught(how, tmp_path):
    name, dtype = CHOICE.choice(list(variants()))
    print("the broken kernel is that of", name, dtype)  # shown if the test fails
    call = ["-c", CALL, name, dtype]
    before = run(call, FERROFLOW_DEBUG="5", FERROFLOW_CACHE=str(tmp_path / "before"))
    assert before.stdout == "right\n", before.stderr[-2000:]
    known = shaders(before.stderr)
    assert known, before.stderr[-2000:]
    folder = tmp_path / "shaders"
    folder.mkdir()
    for key, text in known.items():
        (folder / f"{key}.wgsl").write_text(broken(text, how))
    given = {"FERROFLOW_GPU_SHADERS": str(folder), "FERROFLOW_CACHE": str(tmp_path / "after")}
    for _ in range(2):  # the second time by the verdict that was kept
        done = run(call, **given)
        assert done.stdout == "right\n", done.stderr[-2000:]
        (line,) = warnings(done)
        assert f"{name} runs on the CPU instead of" in line and "failed the self-test" in line
    seen = run(["-m", "ferroflow", "doctor"], **given)
    assert re.search(rf"^WRONG +{name} {dtype}\b.* on GPU:0, so it is not used", seen.stdout, re.M), (
        seen.stdout + seen.stderr
    )
    assert seen.returncode == 1


SELF_TEST = """
import json
import sys
from ferroflow.framework import engine
print(json.dumps(engine.self_test("GPU:0", op=sys.argv[1])))
"""


@pytest.mark.parametrize("how", ["values", "text"])
def test_a_broken_variant_is_caught(how, tmp_path):
    """Any shader of any kernel: ops with state, random ones, each variant of products and reductions."""
    name = CHOICE.choice(sorted(kernels() | {"_FusedMatMul", "_FusedConv2D"}))
    before = run(["-c", SELF_TEST, name], FERROFLOW_DEBUG="5", FERROFLOW_CACHE=str(tmp_path / "before"))
    assert before.returncode == 0, before.stderr[-2000:]
    assert not [fault for _, fault in json.loads(before.stdout) if fault], name
    known = shaders(before.stderr)
    if not known:  # it hands on what it is given
        assert name in ("AssignVariableOp", "Assign", "ReadVariableOp"), name
        return
    key = CHOICE.choice(sorted(known))
    print("the broken shader is", key, "of", name)  # shown if the test fails
    (tmp_path / "shaders").mkdir()
    (tmp_path / "shaders" / f"{key}.wgsl").write_text(broken(known[key], how))
    given = {"FERROFLOW_GPU_SHADERS": str(tmp_path / "shaders"), "FERROFLOW_CACHE": str(tmp_path / "after")}
    after = run(["-c", SELF_TEST, name], **given)
    assert after.returncode == 0, after.stderr[-2000:]
    assert [fault for _, fault in json.loads(after.stdout) if fault], f"{key} of {name} is not caught"


@pytest.mark.parametrize(
    "way, kind, call",
    [
        ("thin products", "product thin", "tf.ones([2, 64]) @ tf.ones([64, 8])"),
        ("split products", "product tiles in parts", "tf.ones([5, 2048]) @ tf.ones([2048, 6])"),
    ],
)
def test_where_a_way_of_computing_fails_another_takes_its_place(way, kind, call, tmp_path):
    program = (
        f"import ferroflow as tf\nwith tf.device('/GPU:0'):\n    y = {call}\n    print(y.device[-5:], float(y[0, 0]))"
    )
    first = run(["-c", program], FERROFLOW_DEBUG="5", FERROFLOW_CACHE=str(tmp_path / "before"))
    (tmp_path / "shaders").mkdir()
    (key,) = (key for key in shaders(first.stderr) if key.startswith(kind))
    (tmp_path / "shaders" / f"{key}.wgsl").write_text(broken(shaders(first.stderr)[key], "values"))
    given = {"FERROFLOW_GPU_SHADERS": str(tmp_path / "shaders"), "FERROFLOW_CACHE": str(tmp_path / "after")}
    done = run(["-c", program], **given)
    assert done.stdout == first.stdout and done.stdout.startswith("GPU:0 "), done.stdout + done.stderr
    (line,) = warnings(done) or [line for line in done.stderr.splitlines() if "warning" in line]
    assert f"computes without {way}" in line
    again = run(["-c", program], **given)  # by the verdict that was kept
    assert again.stdout == first.stdout
    doctor = run(["-m", "ferroflow", "doctor"], **given)
    assert re.search(rf"^WRONG +{way} on GPU:0, so it is not used", doctor.stdout, re.M), doctor.stdout


def test_a_broken_kernel_is_an_error_without_soft_placement(tmp_path):
    add = "import ferroflow as tf\nwith tf.device('/GPU:0'):\n    print((tf.constant([1.0]) + 2.0).numpy())"
    text = run(["-c", add], FERROFLOW_DEBUG="5", FERROFLOW_CACHE=str(tmp_path / "a")).stderr
    (tmp_path / "AddV2 float32.wgsl").write_text(broken(shaders(text)["AddV2 float32"], "values"))
    given = {"FERROFLOW_GPU_SHADERS": str(tmp_path), "FERROFLOW_CACHE": str(tmp_path / "b")}
    hard = "import ferroflow as tf\ntf.config.set_soft_device_placement(False)\n" + add
    done = run(["-c", hard], **given)
    assert done.returncode == 1 and "failed the self-test of this adapter: element 0 is" in done.stderr, done.stderr


PROGRAM = """
import ferroflow as tf
with tf.device("/GPU:0"):
    x = tf.constant([1.0, 2.0])
    print(float(tf.reduce_sum(tf.exp(x) * x)))
"""


def test_verdicts_are_kept_and_damaged_ones_made_again(tmp_path):
    def shown():
        done = run(["-c", PROGRAM], FERROFLOW_CACHE=str(tmp_path), FERROFLOW_DEBUG="5")
        assert done.returncode == 0, done.stderr
        return done.stdout, len(re.findall("^ferroflow: shader", done.stderr, re.M))

    first = shown()
    (file,) = tmp_path.iterdir()
    whole = file.read_text()
    assert "\nExp float32\tright\n" in whole and "\nMul float32\tright\n" in whole
    assert shown() == (first[0], 3) and file.read_text() == whole
    for damaged in ("", whole[: len(whole) // 2], whole.replace("right", "wrong"), "\0" * 100):
        file.write_text(damaged)
        assert shown()[0] == first[0]
        assert file.read_text() == whole and [f.name for f in tmp_path.iterdir()] == [file.name]


def test_no_folder_for_verdicts_is_no_error(tmp_path):
    place = tmp_path / "file"
    place.write_text("")
    done = run(["-c", PROGRAM], FERROFLOW_CACHE=str(place))
    assert done.returncode == 0 and not done.stderr, done.stderr
    bare = {k: v for k, v in os.environ.items() if k not in ("HOME", "XDG_CACHE_HOME", "FERROFLOW_CACHE")}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, env=bare)
    assert done.returncode == 0, done.stderr


def test_all_kernels_are_right_and_that_is_known_soon(tmp_path):
    program = """
import json
from ferroflow.framework import engine
first = engine.self_test("GPU:0", True)
print(json.dumps(first))
"""
    done = run(["-c", program], FERROFLOW_CACHE=str(tmp_path))
    assert done.returncode == 0 and not done.stderr, done.stderr
    verdicts = dict(json.loads(done.stdout))
    assert not {k: v for k, v in verdicts.items() if v}
    lacking = kernels() - {name.split()[0] for name in verdicts}
    assert not lacking, "kernels without a verdict"
    assert {"MatMul float32", "Conv2D float32", "AddV2 int32", "Sum float32 int32", "LogicalNot"} <= set(verdicts)
    assert {"thin products", "split products"} <= set(verdicts)
