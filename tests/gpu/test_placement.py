"""Automatic placement: with a software adapter counted as hardware, large work goes to the GPU and small work stays."""

import json
import os
import subprocess
import sys

CPU, GPU = (f"/job:localhost/replica:0/task:0/device:{kind}:0" for kind in ("CPU", "GPU"))


def run(program, **environment):
    given = os.environ | environment
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, env=given)
    assert done.returncode == 0, done.stderr
    return done


EAGER = """
import ferroflow as tf
small, large = tf.ones([8, 8]), tf.ones([1024, 1024])
product = large @ large
with tf.device("/CPU:0"):
    asked = large @ large
results = [
    small @ small, large + large, product, tf.nn.relu(product), tf.reshape(product, [-1]), tf.reduce_sum(product),
    asked, tf.shape(product), tf.random.normal([1024, 1024]), tf.cast(product, tf.complex64),
]
print(*(t.device[-5:] for t in results))
print(float(tf.reduce_sum(product)) == 1024.0**3, float(tf.reduce_sum(asked)) == 1024.0**3)
"""


def test_large_work_goes_and_what_follows_stays():
    done = run(EAGER, FERROFLOW_AUTO_GPU="any")
    places, right = done.stdout.splitlines()
    assert places.split() == ["CPU:0", "CPU:0", "GPU:0", "GPU:0", "GPU:0", "GPU:0", "CPU:0", "CPU:0", "CPU:0", "CPU:0"]
    assert right == "True True" and "warning" not in done.stderr


def test_software_is_never_chosen_unless_it_counts_as_hardware():
    for setting in ({}, {"FERROFLOW_AUTO_GPU": "hardware"}, {"FERROFLOW_AUTO_GPU": "never"}):
        done = run(EAGER, **setting)
        assert "GPU" not in done.stdout, setting


PROGRAM = """
import ferroflow.v1 as tf
x = tf.placeholder(tf.float32, [None, 1024])
w = tf.constant(1.0, shape=[1024, 1024])
large = tf.reduce_sum(tf.tanh(tf.matmul(tf.ones([1024, 1024]) * x[0, 0], w)) * 2.0)
small = tf.reduce_sum(x[:2] + 1.0)
with tf.Session() as s:
    print(s.run([large, small], {x: [[1.0] * 1024] * 4}))
"""


def test_programs_are_placed_by_the_shapes_that_are_known(tmp_path):
    trace = tmp_path / "trace.json"
    done = run(PROGRAM, FERROFLOW_AUTO_GPU="any", FERROFLOW_TRACE=str(trace))
    assert "2097152.0" in done.stdout and "4096.0" in done.stdout
    steps = [(e["name"], e["args"]["device"]) for e in json.loads(trace.read_text())]
    there = [name for name, device in steps if device == GPU]
    assert any("MatMul" in name for name in there) and any("Sum" in name for name in there), steps
    assert "CopyToDevice" in there and "CopyToHost" in there
    assert ("StridedSlice", CPU) in steps and any("AddV2" in name for name, device in steps if device == CPU)


def test_functions_are_placed_too():
    program = """
import ferroflow as tf
@tf.function
def f(x):
    return tf.reduce_sum(tf.nn.relu(x @ x))
x = tf.ones([1024, 1024])
print(float(f(x)) == 1024.0**3, tf.config.experimental.get_memory_info("GPU:0")["peak"] > 2**22)
"""
    assert run(program, FERROFLOW_AUTO_GPU="any").stdout.split() == ["True", "True"]
    assert run(program).stdout.split() == ["True", "False"]


def test_a_look_for_hardware_loads_no_driver_where_there_is_none():
    program = """
import os
import ferroflow as tf
(tf.ones([512, 512]) @ tf.ones([512, 512])).numpy()
nodes = os.path.exists("/dev/dri") or os.path.exists("/dev/nvidia0")
print(nodes or "vulkan" not in open("/proc/self/maps").read())
"""
    assert run(program).stdout.split() == ["True"]


CHECKED = """
import ferroflow as tf
large = tf.ones([1024, 1024])
product = large @ large
assert product.device.endswith("GPU:0")
for call in (lambda: tf.gather(product, [99999]), lambda: tf.tensor_scatter_nd_update(product, [[99999]], large[:1])):
    try:
        print(call().device)
    except tf.errors.InvalidArgumentError:
        print("refused")
"""


def test_indices_out_of_range_stay_errors_where_nobody_asked_for_a_device():
    assert run(CHECKED, FERROFLOW_AUTO_GPU="any").stdout.split() == ["refused", "refused"]
