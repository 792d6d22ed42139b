"""GPUs as devices: listing, placement, memory, errors, what is missing."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

import ferroflow as tf

GPU = "/job:localhost/replica:0/task:0/device:GPU:0"
CPU = "/job:localhost/replica:0/task:0/device:CPU:0"


def run(program, **environment):
    """A finished process that ran a program."""
    given = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "0"} | environment
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, env=given)


def whole(error):
    """An error's text with its notes."""
    return "\n".join([str(error), *getattr(error, "__notes__", ())])


def test_it_is_listed():
    (physical,) = tf.config.list_physical_devices("GPU")
    assert physical == ("/physical_device:GPU:0", "GPU")
    assert tf.config.list_logical_devices("GPU") == [("/device:GPU:0", "GPU")]
    assert physical in tf.config.list_physical_devices()
    assert tf.config.experimental.get_device_details(physical)["device_name"]


def test_values_stay_where_they_were_made():
    with tf.device("/GPU:0"):
        x = tf.constant([1.0, 2.0, 3.0])
        y = x * 2.0
        flat = tf.reshape(y, [3, 1])
        sizes = tf.shape(y)
    assert [t.device for t in (x, y, flat, sizes)] == [GPU, GPU, GPU, CPU]
    assert y.numpy().tolist() == [2.0, 4.0, 6.0] and np.asarray(flat).shape == (3, 1)
    outside = y + 1.0
    assert outside.device == CPU and outside.numpy().tolist() == [3.0, 5.0, 7.0]
    assert float(y[1]) == 4.0 and y.numpy().flags.writeable
    with tf.device("/CPU:0"):
        assert tf.identity(y).device == CPU


def test_nothing_goes_to_a_software_gpu_unasked():
    assert (tf.ones([512, 512]) @ tf.ones([512, 512])).device == CPU


def test_a_function_runs_where_it_is_called():
    @tf.function
    def f(x, flag):
        y = tf.exp(x) + tf.reduce_sum(x)
        return tf.cond(flag, lambda: y * 2.0, lambda: y)

    x = tf.constant([0.5, -0.5])
    with tf.device("/GPU:0"):
        there = f(x, tf.constant(True))
    here = f(x, tf.constant(True))
    np.testing.assert_allclose(there, here, rtol=1e-6)
    assert here.device == CPU

    @tf.function
    def g(x):
        return tf.exp(x) * 2.0

    with tf.device("/GPU:0"):
        assert g(x).device == GPU
        again = g(g(x))
    np.testing.assert_allclose(again, g(g(x)), rtol=1e-5)


def test_gradients_are_computed_there():
    x = tf.constant([1.0, 2.0, 3.0])
    with tf.device("/GPU:0"), tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(tf.exp(x) * x)
        first = inner.gradient(y, x)
        second = tape.gradient(first, x)
    assert first.device == GPU
    np.testing.assert_allclose(first, np.exp([1, 2, 3]) * [2, 3, 4], rtol=1e-5)
    np.testing.assert_allclose(second, np.exp([1, 2, 3]) * [3, 4, 5], rtol=1e-5)


def test_a_session_copies_in_steps_of_its_own(tmp_path):
    trace = tmp_path / "trace.json"
    program = """
import ferroflow.v1 as tf
x = tf.placeholder(tf.float32, [2, 2])
with tf.device("/GPU:0"):
    y = tf.matmul(x, x) + x
with tf.Session() as s:
    print(s.run(y, {x: [[1.0, 2.0], [3.0, 4.0]]}).tolist())
"""
    done = run(program, FERROFLOW_TRACE=str(trace))
    assert done.stdout.strip() == "[[8.0, 12.0], [18.0, 26.0]]", done.stderr
    text = trace.read_text()
    events = json.loads(text) if text.rstrip().endswith("]") else json.loads(text.rstrip().rstrip(",") + "]")
    events = events["traceEvents"] if isinstance(events, dict) else events
    assert any("MatMul" in str(event) and "GPU:0" in str(event) for event in events)


def test_soft_placement_warns_once_and_computes_on_the_cpu():
    program = """
import ferroflow as tf
with tf.device("/GPU:0"):
    for _ in range(3):
        y = tf.math.lgamma(tf.constant([3.0]))
    z = tf.constant([1.0], tf.complex64) + 1.0
    v = tf.Variable(2.0)
print(y.device[-5:], z.device[-5:], float(v * y[0]))
"""
    done = run(program)
    assert done.stdout.split()[:2] == ["CPU:0", "CPU:0"], done.stderr
    warnings = [line for line in done.stderr.splitlines() if "warning" in line]
    assert (
        warnings[0]
        == f"ferroflow: warning: Lgamma runs on the CPU instead of {GPU}: some arguments are computed one by one"
    )
    assert len(warnings) == 2 and "AddV2" in warnings[1]


def test_hard_placement_is_an_error(hard):
    with tf.device("/GPU:0"), pytest.raises(tf.errors.InvalidArgumentError) as caught:
        tf.math.lgamma(tf.constant([3.0]))
    message = whole(caught.value)
    assert message.startswith(f"Could not satisfy device specification '{GPU}'. enable_soft_placement=0.")
    assert "Lgamma" in message and "one by one" in message


def test_hard_placement_in_a_session_is_an_error():
    v1 = tf.compat.v1
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [1])
        with tf.device("/GPU:0"):
            y = tf.math.lgamma(x, name="y")
        with v1.Session() as session, pytest.raises(tf.errors.InvalidArgumentError) as caught:
            session.run(y, {x: [3.0]})
        soft = v1.ConfigProto(allow_soft_placement=True)
        with v1.Session(config=soft) as session:
            np.testing.assert_allclose(session.run(y, {x: [3.0]}), [np.log(2)], rtol=1e-6)
    assert str(caught.value).startswith(
        "Cannot assign a device for operation y: Could not satisfy explicit device specification '/device:GPU:0' because no "
        "supported kernel for GPU devices is available."
    )


def test_memory_is_counted_and_limited():
    (physical,) = tf.config.list_physical_devices("GPU")
    info, part = tf.config.experimental.get_memory_info, tf.config.LogicalDeviceConfiguration
    tf.config.experimental.reset_memory_stats("GPU:0")
    before = info("GPU:0")["current"]
    with tf.device("/GPU:0"):
        x = tf.zeros([1024, 256]) + 1.0
    assert info("GPU:0")["current"] - before == 2**20
    assert info("GPU:0")["peak"] >= before + 2**20
    tf.config.set_logical_device_configuration(physical, [part(memory_limit=before / 2**20 + 2)])
    try:
        with tf.device("/GPU:0"):
            with pytest.raises(
                tf.errors.ResourceExhaustedError, match=r"OOM when allocating tensor with shape\[2048,256\]"
            ) as caught:
                tf.add(tf.zeros([2048, 256]), 1.0)
            assert "memory limit" in whole(caught.value) and "smaller batch" in whole(caught.value)
            assert float(tf.reduce_sum(x)) == 1024 * 256  # the next step, a smaller one, succeeds
    finally:
        tf.config.set_logical_device_configuration(physical, None)
    del x
    assert info("GPU:0")["current"] == before
    with pytest.raises(ValueError, match="Allocator stats not available for device 'CPU:0'"):
        info("CPU:0")


def test_memory_stays_flat():
    program = """
import resource
import ferroflow as tf
with tf.device("/GPU:0"):
    x = tf.ones([64, 64])
    def steps(n):
        y = x
        for _ in range(n):
            y = tf.tanh(y + x)
        return float(tf.reduce_sum(y))
    steps(500)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    steps(3000)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, tf.config.experimental.get_memory_info("GPU:0")["current"])
"""
    done = run(program)
    grown, held = done.stdout.split()
    assert int(grown) < 20 and int(held) < 2**20, done.stderr


def test_importing_starts_nothing():
    program = """
import ferroflow as tf
tf.config.list_physical_devices("CPU")
tf.ones([3]) + 1.0
print("vulkan" in open("/proc/self/maps").read())
"""
    done = run(program)
    assert done.stdout.split() == ["False"], done.stderr


def test_without_a_driver_the_doctor_says_what_is_missing():
    done = subprocess.run(
        [sys.executable, "-m", "ferroflow", "doctor"],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"VK_ICD_FILENAMES": "/nonexistent.json", "VK_DRIVER_FILES": "/nonexistent.json"},
    )
    assert done.returncode == 0 and "no Vulkan driver (ICD)" in done.stdout, done.stdout + done.stderr


def test_the_doctor_shows_and_checks_adapters():
    done = subprocess.run([sys.executable, "-m", "ferroflow", "doctor"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{GPU} (" in done.stdout and "matmul on GPU:0: right" in done.stdout


@pytest.mark.parametrize("listed", ["-1", "", "7"])
def test_cuda_visible_devices_hides_it(listed):
    program = "import ferroflow as tf; print(tf.config.list_physical_devices('GPU'))"
    assert run(program, CUDA_VISIBLE_DEVICES=listed).stdout.strip() == "[]"


def test_a_forked_child_is_told():
    program = """
import os
import ferroflow as tf
with tf.device("/GPU:0"):
    x = tf.ones([3]) + 1.0
    pid = os.fork()
    if pid == 0:
        try:
            x + 1.0
        except tf.errors.FailedPreconditionError as error:
            print("told", "spawn" in str(error), flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
    print((x + 1.0).numpy().tolist())
"""
    done = run(program)
    assert done.stdout.splitlines() == ["told True", "[3.0, 3.0, 3.0]"], done.stderr


def test_nan_is_true_there_too():
    with tf.device("/GPU:0"):
        x = tf.cast(tf.constant([np.nan, -np.nan, 0.0, -0.0, np.inf, 1e-30]), tf.bool)
    assert x.device == GPU and x.numpy().tolist() == [True, True, False, False, True, True]


def test_what_is_copied_there_and_forgotten_needs_no_memory():
    program = """
import numpy as np, ferroflow as tf
def rss(): return int(open("/proc/self/statm").read().split()[1]) * 4 // 1024
a = np.ones(1 << 20, np.float32)
with tf.device("/GPU:0"):
    (tf.ones([4]) + 1.0).numpy()
    for _ in range(20): tf.identity(tf.constant(a))
    before = rss()
    for _ in range(200): tf.identity(tf.constant(a))
print(rss() - before)
"""
    done = run(program)
    assert done.returncode == 0 and int(done.stdout) < 300, done.stdout + done.stderr
