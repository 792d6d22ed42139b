"""What the engine tells of itself: debug levels, trace files."""

import json
import os
import subprocess
import sys

import pytest

PROGRAM = """
import ferroflow as tf
with tf.Graph().as_default(), tf.Session() as session:
    x = tf.placeholder(tf.float32, name="x")
    y = tf.tanh(x + tf.constant(1.0) * 2.0, name="y")
    session.run(y, {x: 0.0})
tf.constant([1.0, 2.0]) * 3.0
"""
RUN_IN_SESSION = {"AddV2", "Tanh"}  # the product is folded


def run(**knobs):
    env = {k: v for k, v in os.environ.items() if not k.startswith("FERROFLOW_")}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, env={**env, **knobs})
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_silent_unless_asked():
    assert run() == []


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_each_level_tells_more(level):
    lines = run(FERROFLOW_DEBUG=str(level))
    assert all(line.startswith("ferroflow: ") for line in lines)
    timed = [line.split()[3] for line in lines if " us " in line]
    assert any("device /job:localhost/replica:0/task:0/device:CPU:0" in line for line in lines)
    assert set(timed) == (RUN_IN_SESSION | {"Mul"} if level >= 2 else set())
    assert any("pass prune" in line for line in lines) == (level >= 3)
    before = [line for line in lines if line.startswith("ferroflow: graph: ")]
    after = [line for line in lines if line.startswith("ferroflow: program: ")]
    assert any("mul = Mul(" in line for line in before) == (level >= 4)
    assert not any("mul = Mul(" in line for line in after)
    assert any("y = Tanh(" in line for line in after) == (level >= 4)


def test_trace_file_is_json_that_perfetto_opens(tmp_path):
    path = tmp_path / 'trace "1".json'
    assert run(FERROFLOW_TRACE=str(path)) == []
    events = json.loads(path.read_text())
    assert [event["name"] for event in events] == ["AddV2", "Tanh", "Mul"]
    for event in events:
        assert event["ph"] == "X" and event["cat"] == "op"
        assert event["ts"] >= 0 and event["dur"] > 0
        assert event["args"]["device"].endswith("CPU:0")
    assert events[1]["args"]["node"] == "y"
    starts = [event["ts"] for event in events]
    assert starts == sorted(starts)


def test_trace_is_complete_after_a_kill(tmp_path):
    path = tmp_path / "trace.json"
    program = PROGRAM + "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    subprocess.run([sys.executable, "-c", program], env={**os.environ, "FERROFLOW_TRACE": str(path)})
    assert len(json.loads(path.read_text())) == 3


def process(program, **knobs):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FERROFLOW_", "TF_"))}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={**env, **knobs})


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("FERROFLOW_ISA", "foo", "it takes portable, neon, avx2, avx512"),
        ("FERROFLOW_ISA", "neon", "this machine does not have it"),
        ("FERROFLOW_DEBUG", "abc", "it takes a number from 0 to 5"),
        ("FERROFLOW_DEBUG", "6", "it takes a number from 0 to 5"),
        ("TF_NUM_INTRAOP_THREADS", "-3", "it takes a number from 0 to 4096"),
        ("FERROFLOW_TRACE", "/nonexist/t.json", "No such file or directory (os error 2)"),
    ],
)
def test_a_bad_knob_is_told_once_when_it_is_read(name, value, why):
    line = f"ferroflow: warning: {name}={value} is ignored: {why}"
    program = PROGRAM + "tf.matmul(tf.ones([9, 9]), tf.ones([9, 9]))\ntf.reduce_sum(tf.ones([500, 500]))\n"
    done = process(program, **{name: value})
    assert (done.returncode, done.stderr.splitlines()) == (0, [line])
    assert process("import ferroflow", **{name: value}).stderr == ""
    assert process(program, **{name: value}, TF_CPP_MIN_LOG_LEVEL="2").stderr == ""
    doctor = subprocess.run(
        [sys.executable, "-m", "ferroflow", "doctor"], capture_output=True, text=True, env={**os.environ, name: value}
    )
    assert f"WRONG       {name}={value} is ignored: {why}" in doctor.stdout.splitlines()


@pytest.mark.parametrize(("value", "threads"), [("1", 1), ("3", 3), ("0", None)])
def test_the_number_of_threads_is_that_of_the_variable(value, threads):
    program = "from ferroflow.framework import engine\nprint(engine.threads())"
    assert int(process(program, TF_NUM_INTRAOP_THREADS=value).stdout) == (threads or int(process(program).stdout))


CHILD = """
import os, subprocess, sys
import ferroflow as tf
tf.tanh(tf.constant(1.0))
if sys.argv[1] == "spawn":
    subprocess.run([sys.executable, "-c", "import ferroflow as tf; tf.exp(tf.constant(1.0))"], check=True)
else:
    child = os.fork()
    tf.exp(tf.constant(1.0)) if child == 0 else os.waitpid(child, 0)
    if child == 0:
        os._exit(0)
tf.sin(tf.constant(1.0))
"""


@pytest.mark.parametrize("how", ["spawn", "fork"])
def test_a_child_writes_a_trace_of_its_own(tmp_path, how):
    path = tmp_path / "trace.json"
    env = {**os.environ, "FERROFLOW_TRACE": str(path)}
    done = subprocess.run([sys.executable, "-c", CHILD, how], capture_output=True, text=True, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert [event["name"] for event in json.loads(path.read_text())] == ["Tanh", "Sin"]
    (other,) = [file for file in tmp_path.iterdir() if file != path]
    events = json.loads(other.read_text())
    assert [event["name"] for event in events] == ["Exp"]
    assert other.name == f"trace.{events[0]['pid']}.json"


def test_a_trace_of_a_process_that_is_gone_is_written_over(tmp_path):
    path = tmp_path / "trace.json"
    for _ in range(2):
        run(FERROFLOW_TRACE=str(path))
        assert len(json.loads(path.read_text())) == 3
    assert list(tmp_path.iterdir()) == [path]
