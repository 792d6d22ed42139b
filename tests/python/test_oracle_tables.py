"""The recorded answers are those of the TensorFlow that is installed beside, and a wrong answer would be noticed."""

import os

import oracle_tables
import pytest

NAMES = sorted(name[:-4] for name in os.listdir(oracle_tables.FOLDER) if name.endswith(".txt"))


def test_every_expression_has_a_recorded_answer():
    assert len(NAMES) >= 8
    for name in NAMES:
        missing = [expression for expression, answer in oracle_tables.read(name).items() if answer is None]
        assert not missing, (name, missing)


def test_a_wrong_answer_is_noticed():
    class Wrong:
        def __getattr__(self, name):
            return lambda *args, **kwargs: "wrong"

    table = oracle_tables.read("shape")
    names = {name: Wrong() for name in ("T", "D", "ts", "np", "pickle")}
    assert len(oracle_tables.differences("shape", names)) == len(table)


if oracle_tables.oracle_python():

    @pytest.mark.full
    def test_the_recorded_answers_are_those_of_live_tensorflow():
        # The last one switches TensorFlow to its v1 shapes for good.
        names = sorted(NAMES, key=lambda name: name.endswith("_v1"))
        answer = oracle_tables.run_in_oracle(oracle_tables.__file__, "--check", *names)
        assert answer.decode() == ""
