"""Ops that no expression describes, called directly: each program's value, eagerly and in a graph."""

import direct_arrays  # noqa: F401  these modules add their programs
import direct_datasets  # noqa: F401
import direct_images  # noqa: F401
import direct_iterators  # noqa: F401
import direct_parsing  # noqa: F401
import direct_pipelines  # noqa: F401
import direct_queues  # noqa: F401
import direct_ragged  # noqa: F401
import direct_state  # noqa: F401
import pytest
from direct import PROGRAMS, Tools, equal, plain

import ferroflow as tf

WITH_PROGRAMS = {name for program in PROGRAMS for name in program.ops}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name())
def test_program(program, tmp_path):
    for mode in program.modes:
        tools = Tools(tf, mode, tmp_path)
        found = tools.start(program)
        assert equal(plain(found), plain(program.expected)), f"{mode}: {found}"
        assert set(program.ops) <= tools.raw._called, "it does not call what it is said to test"
