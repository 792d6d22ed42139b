"""Each program that is run with both libraries names a rule of its own; enough of them mix four features or more."""

import importlib

import pytest

CLASSIC = ["test_autograph_programs", "test_autograph_call_programs", "test_autograph_mixed_programs"]
MARKED = [
    "test_class_programs",
    "test_gradient_place_programs",
    "test_iterator_programs",
    "test_liveness_programs",
    "test_mixed_loop_programs",
    "test_mixed_trace_programs",
    "test_autograph_item_programs",
    "test_function_option_programs",
    "test_second_order_programs",
    "test_watch_programs",
    "test_retracing_programs",
]


@pytest.fixture(scope="module")
def programs():
    found = [one for name in CLASSIC for one in importlib.import_module(name).PROGRAMS]
    for name in MARKED:
        found += dict.fromkeys(one for one, _ in importlib.import_module(name).program)
    return found


def test_each_rule_is_named_once(programs):
    rules = [one.__doc__ for one in programs] + list(importlib.import_module("test_function_programs").PROGRAMS)
    assert all(rules) and len(set(rules)) == len(rules) >= 66
    names = [one.__name__ for one in programs]
    assert len(set(names)) == len(names)


def test_programs_mix_features(programs):
    mixed = [one for one in programs if len(set(getattr(one, "features", ()))) >= 4]
    assert len(mixed) >= 20
    assert len({frozenset(one.features) for one in mixed}) == len(mixed)
