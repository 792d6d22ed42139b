"""Every entry of the op table is complete: doc, gradient, test, GPU; and names only what exists."""

import functools
import re

import numpy as np
import pytest
from op_table import ROOT, table
from reference import usual
from test_direct import WITH_PROGRAMS
from test_training_steps import OPS as STEPS

OPS = sorted(table())
# What the files with tables of ops test.
TABLES = {"tests/ops/test_direct.py": WITH_PROGRAMS, "tests/ops/test_training_steps.py": set(STEPS)}


@pytest.fixture(params=OPS)
def op(request):
    return table()[request.param]


def names_of(op):
    """Names of inputs, outputs and attributes."""
    return {part["name"] for side in ("inputs", "outputs", "attrs") for part in op[side]}


def case_arguments(case):
    """Names of the arguments of a case such as `x=f(2,3), axis=[0]`."""
    keywords = compile(f"_({case})", "case", "eval", flags=0x400).body.keywords
    return [keyword.arg for keyword in keywords]


def test_doc(op):
    """The doc is a paragraph of whole sentences that starts with a summary."""
    doc = op["doc"]
    assert len(doc) >= 20, "no doc"
    assert doc.endswith((".", ")")), f"ends in the middle of a sentence: {doc[-30:]!r}"
    assert "\n" not in doc, "more than one paragraph"
    assert len(doc.split(". ")[0]) <= 240, "the summary is too long"


def test_gradient(op):
    """There is a rule that reads existing values, or a reason why there is none."""
    gradient = op["gradient"]
    if gradient["kind"] == "rule":
        values = {part["name"] for side in ("inputs", "outputs") for part in op[side]}
        assert set(gradient["needs"]) <= values, f"reads {set(gradient['needs']) - values}"
    else:
        assert len(gradient["reason"]) >= 10, "neither a rule nor a reason"


def test_host_operands(op):
    """Host operands are inputs or outputs."""
    assert set(op["host"]) <= {part["name"] for side in ("inputs", "outputs") for part in op[side]}


def test_gpu(op):
    """The entry says what there is for GPUs."""
    gpu = op["gpu"]
    assert gpu["kind"] in ("body", "composed", "free") or gpu["says"].strip(), "says nothing about GPUs"


def test_test(op):
    """There is a reference with a domain or calls, or a test file that exists and names the op."""
    test = op["test"]
    low, high = test["domain"]
    assert low < high
    assert 0 < test["ulp"] <= 64, "a tolerance that proves nothing"
    if test["np"]:
        compile(test["np"], "reference", "eval")
        for case in test["cases"]:
            assert set(case_arguments(case)) <= names_of(op), case
        plain = op["parameters"] == [[arg["name"], arg["name"]] for arg in op["inputs"]]
        assert test["cases"] or plain, "a reference without calls needs an op without own attributes"
        return
    assert test["cases"], "no test"
    for name in test["cases"]:
        assert (ROOT / name).exists(), f"{name} does not exist"
    assert any(op["name"] in ops_of_file(name) for name in test["cases"]), f"{test['cases']} do not test it"


@functools.cache
def ops_of_file(name):
    """The ops that a test file tests: those that its tables list, or else those that it names."""
    if name in TABLES:
        return TABLES[name]
    path = ROOT / name
    texts = [path.read_text()]
    # Rust tests keep recorded calls in files of their own.
    texts += [(path.parent / found).read_text() for found in re.findall(r'include_str!\("(.*?)"\)', texts[0])]
    return set(re.findall(r"\w+", "".join(texts)))


def test_required_arguments_are_given(op):
    """Each case gives every input and every attribute without a default."""
    if op["test"]["np"]:
        required = {arg["name"] for arg in op["inputs"]}
        required |= {attr["name"] for attr in op["attrs"] if attr["default"] is None and not attr["inferred"]}
        for case in op["test"]["cases"]:
            assert required <= set(case_arguments(case)), f"{case} lacks {required - set(case_arguments(case))}"


def test_the_table_is_large():
    assert len(OPS) >= 230


def test_a_bad_result_of_another_library_excuses_none_of_ours():
    sizes = np.linspace(1.0, 100.0, 200)
    errors = np.where(sizes < 50, 0.4, 3.0)
    errors[17] = 1e6
    allowed = usual(errors, sizes, sizes)
    assert np.array_equal(allowed[:60], np.full(60, 0.4)) and np.array_equal(allowed[140:], np.full(60, 3.0))
    assert usual(np.array([np.inf, 2.0]), np.array([np.nan, 1.0]), np.array([np.nan, 5.0])).tolist() == [2.0, 2.0]
