"""Faults that are known and not mended yet: tests that must fail, so that one that is mended comes off the list."""

from pathlib import Path

import pytest

# One line for each test: folder/file::id, why it fails; separated by ` | `.
KNOWN = Path(__file__).with_name("known_faults.txt")


def known_faults():
    """Test -> reason; a test is named as `ops/test_values.py::test_eager[Pow]`."""
    lines = [line for line in KNOWN.read_text().splitlines() if line and not line.startswith("#")]
    rows = [line.split(" | ") for line in lines]
    assert all(len(row) == 2 and all(row) for row in rows), "each line of known_faults.txt has two parts"
    return dict(rows)


def expect(items):
    """Marks collected tests that are on the list as strict expected failures."""
    known = known_faults()
    for item in items:
        name = f"{item.path.parent.name}/{item.path.name}::{item.name}"
        if name in known:
            item.add_marker(pytest.mark.xfail(reason=known[name], strict=True))
