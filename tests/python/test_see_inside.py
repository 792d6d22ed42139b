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


def test_a_trace_file_that_cannot_be_written_does_not_stop_the_program(tmp_path):
    assert run(FERROFLOW_TRACE=str(tmp_path / "missing" / "trace.json")) == []


def test_trace_is_complete_after_a_kill(tmp_path):
    path = tmp_path / "trace.json"
    program = PROGRAM + "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    subprocess.run([sys.executable, "-c", program], env={**os.environ, "FERROFLOW_TRACE": str(path)})
    assert len(json.loads(path.read_text())) == 3
