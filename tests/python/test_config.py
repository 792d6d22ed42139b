"""`tf.config`, the doctor, and files of records."""

import os
import subprocess
import sys

import pytest

import ferroflow as tf


def test_devices():
    assert tf.config.list_physical_devices() == [("/physical_device:CPU:0", "CPU")]
    assert tf.config.list_logical_devices("CPU") == [("/device:CPU:0", "CPU")]
    assert tf.config.list_physical_devices("GPU") == []


def test_threads():
    threading = tf.config.threading
    before = threading.get_intra_op_parallelism_threads()
    try:
        threading.set_intra_op_parallelism_threads(1)
        assert threading.get_intra_op_parallelism_threads() == 1
        assert tf.reduce_sum(tf.ones([300, 300])).numpy() == 90000
    finally:
        threading.set_intra_op_parallelism_threads(before)
    with pytest.raises(ValueError, match="must not be negative"):
        threading.set_intra_op_parallelism_threads(-1)


def test_settings():
    assert tf.config.get_soft_device_placement()
    tf.config.set_soft_device_placement(False)
    assert not tf.config.get_soft_device_placement()
    tf.config.set_soft_device_placement(True)
    assert all(name and meaning for name, meaning, _ in tf.config.knobs())


def test_doctor():
    done = subprocess.run([sys.executable, "-m", "ferroflow", "doctor"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "WRONG" not in done.stdout and done.stdout.count("right") == 4
    for word in ("ferroflow", "numpy", "threads", "device", "FERROFLOW_DEBUG"):
        assert word in done.stdout
    done = subprocess.run([sys.executable, "-m", "ferroflow", "x"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stderr.startswith("usage:")


def test_doctor_ends_quietly_where_nobody_reads_on():
    end, begin = os.pipe()
    os.close(end)
    with os.fdopen(begin, "w") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "ferroflow", "doctor"], stdout=pipe, stderr=subprocess.PIPE, text=True
        )
    assert (done.returncode, done.stderr) == (1, "")


def test_records(tmp_path):
    path = str(tmp_path / "x.tfrecord")
    with tf.io.TFRecordWriter(path) as writer:
        writer.write(b"one")
        writer.write(b"")
    # Length, its checksum, the bytes, their checksum.
    assert (tmp_path / "x.tfrecord").stat().st_size == 2 * 16 + 3
    with pytest.raises(tf.errors.FailedPreconditionError, match="Writer is closed."):
        writer.write(b"two")
