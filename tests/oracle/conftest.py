"""Settings of TensorFlow, before any test imports it; tests that fail because of a known fault are expected to."""

import os

# The plain kernels are the reference: oneDNN's abort on some empty shapes, and round otherwise.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

from known_faults import expect  # noqa: E402


def pytest_collection_modifyitems(items):
    expect(items)
