"""The examples in the docs of public functions run and print what they say."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

import ferroflow as tf

PARTS = ("ops", "train", "summary", "math", "nn", "losses", "config", "io", "framework.dlpack")


def modules():
    """The names of the modules whose examples run."""
    for part in PARTS:
        module = importlib.import_module(f"ferroflow.{part}")
        yield module.__name__
        for found in pkgutil.walk_packages(getattr(module, "__path__", []), module.__name__ + "."):
            yield found.name


@pytest.mark.parametrize("name", sorted(modules()))
def test_examples(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # examples write files
    module = importlib.import_module(name)
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    report = []
    for case in finder.find(module, globs={"tf": tf, "np": np, **vars(module)}):
        runner.run(case, out=report.append)
    assert not report, "".join(report)


def test_many_examples_are_found():
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [case for name in modules() for case in finder.find(importlib.import_module(name)) if case.examples]
    assert len(found) > 150
