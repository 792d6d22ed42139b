"""The character RNN: the loss that it states, the same in both styles, and a progress bar."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "char_rnn.py"


def run(*args):
    """What the example prints: the loss of the first step, the mean of the last 20, the text written, the bar's lines."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLE), *map(str, args)], capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    first, last = re.search(r"loss ([\d.]+) -> ([\d.]+)", done.stdout).groups()
    return float(first), float(last), done.stdout.partition("\n")[2], done.stderr


def test_both_styles_learn_alike():
    function, session = (run("--style", style, "--steps", 20) for style in ("function", "session"))
    assert function[0] == session[0] and abs(function[1] - session[1]) < 1e-4
    for _, _, text, bar in (function, session):
        assert text.startswith("You may ") and len(text) == len("You may ") + 200 + 1
        assert "training: 100% 20/20 step" in bar


@pytest.mark.full
@pytest.mark.parametrize("style", ["function", "session"])
def test_it_learns_the_text(style):
    first, last, text, _ = run("--style", style)
    assert 4.2 < first < 4.5 and last < 1.0
    words = set(re.findall(r"[a-z]+", (EXAMPLE.parents[1] / "LICENSE").read_text()))
    written = re.findall(r"[a-z]+", text)
    assert 3 * sum(word in words for word in written) > 2 * len(written)
