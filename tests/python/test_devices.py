"""Where ops run when a device is asked for that this machine lacks, as TensorFlow places them."""

import pytest

import ferroflow as tf
import ferroflow.compat.v1 as v1

HOST = "/job:localhost/replica:0/task:0/device:CPU:0"
ELSEWHERE = [
    "/GPU:0",
    "/gpu:1",
    "GPU:0",
    "/CPU:1",
    "/device:XPU:0",
    "/TPU:0",
    "/job:localhost/replica:0/task:0/device:GPU:0",
]


@pytest.fixture
def hard():
    tf.config.set_soft_device_placement(False)
    yield
    tf.config.set_soft_device_placement(True)


def on(device):
    with tf.device(device):
        return tf.constant(1.0) + 1.0


@pytest.mark.parametrize("device", [*ELSEWHERE, "/CPU:0", None, ""])
def test_eager_ops_run_on_the_host_where_a_device_is_missing(device):
    assert on(device).device == HOST
    assert float(on(device)) == 2.0


@pytest.mark.parametrize("device", ELSEWHERE)
def test_eager_ops_fail_without_soft_placement(device, hard):
    with pytest.raises(
        tf.errors.InvalidArgumentError, match=r"^Could not satisfy device specification '/job:localhost/"
    ):
        on(device)


def test_a_device_of_another_process_is_unknown():
    with pytest.raises(
        tf.errors.InvalidArgumentError, match=r"^/job:worker/replica:0/task:1/device:CPU:0 unknown device\."
    ):
        on("/job:worker/task:1")


def test_a_variable_may_ask_for_a_missing_device():
    with tf.device("/GPU:0"):
        variable = tf.Variable(3.0)
    assert variable.device == HOST and float(variable * 2.0) == 6.0


def run(device, soft, fold):
    with tf.Graph().as_default():
        x = v1.placeholder_with_default(1.0, [])
        with tf.device(device):
            y = tf.constant(1.0) + 1.0 if fold else x + 1.0
        with v1.Session(config=v1.ConfigProto(allow_soft_placement=soft)) as session:
            return session.run(y)


@pytest.mark.parametrize("fold", [False, True])
def test_sessions_want_the_device_unless_placement_is_soft(fold):
    for device in ELSEWHERE:
        assert run(device, True, fold) == 2.0
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"^Cannot assign a device for operation "):
            run(device, False, fold)
    for soft in (False, True):
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"was explicitly assigned to /job:worker/task:1"):
            run("/job:worker/task:1", soft, fold)
    assert run("/CPU:0", False, fold) == 2.0
