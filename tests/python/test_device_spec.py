"""DeviceSpec against real TensorFlow's answers."""

import pickle

import oracle_tables
import pytest

from ferroflow.framework import device_spec as ds


def test_answers_are_tensorflows():
    assert not oracle_tables.differences("device_spec", {"DS": ds.DeviceSpecV2, "DS1": ds.DeviceSpecV1})


def test_v2_is_immutable_hashable_and_pickles():
    spec = ds.DeviceSpec(job="ps", device_type="gpu")
    with pytest.raises(AttributeError):
        spec.job = "x"
    assert {spec: 1}[pickle.loads(pickle.dumps(spec))] == 1


def test_setting_a_part_of_v1_changes_text_equality_and_hash():
    spec = ds.DeviceSpecV1(job="a")
    spec.job, spec.replica, spec.task, spec.device_type, spec.device_index = "b", 1, "2", "gpu", 3
    assert spec.to_string() == "/job:b/replica:1/task:2/device:GPU:3"
    assert spec == ds.DeviceSpecV1("b", 1, 2, "GPU", 3) and hash(spec) == hash(ds.DeviceSpecV1("b", 1, 2, "GPU", 3))


def test_canonical_names_and_scopes():
    assert ds.canonical_name(None) == "" and ds.canonical_name("/gpu:1") == "/device:GPU:1"
    assert ds.merge_device("/gpu:0", "/job:ps/cpu:1") == "/job:ps/device:GPU:0"
    assert ds.merge_device("/task:1", "/job:ps/cpu:1") == "/job:ps/task:1/device:CPU:1"
    assert ds.merge_device(None, "/cpu:0") == "/device:CPU:0"
