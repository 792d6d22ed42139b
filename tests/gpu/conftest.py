"""These tests see the first GPU, which Mesa's software Vulkan is where there is no other. Without any they are left out."""

import os
from pathlib import Path

import pytest

os.environ["CUDA_VISIBLE_DEVICES"] = "0"
# The verdicts of self-tests stay in the tree.
os.environ["FERROFLOW_CACHE"] = str(Path(__file__).parents[2] / "target" / "selftest")

from ferroflow.framework import engine  # noqa: E402  the variable is read when devices are first listed

MISSING = engine.missing_gpu()


def pytest_collection_modifyitems(items):
    here = [item for item in items if "/gpu/" in str(item.path)]
    for item in here if MISSING else ():
        item.add_marker(pytest.mark.skip(reason=f"no GPU: {MISSING}"))


@pytest.fixture
def hard():
    """Without soft placement."""
    import ferroflow as tf

    tf.config.set_soft_device_placement(False)
    yield
    tf.config.set_soft_device_placement(True)
