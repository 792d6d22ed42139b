"""Tests that fail because of a known fault are expected to."""

from known_faults import expect


def pytest_collection_modifyitems(items):
    expect(items)
