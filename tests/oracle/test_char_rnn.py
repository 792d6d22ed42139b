"""The character RNN is the same program in TensorFlow: both styles take the same steps in both packages."""

import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow

import ferroflow

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))
import char_rnn  # noqa: E402

STEPS = 6


@pytest.fixture(scope="module")
def theirs():
    """TensorFlow's losses and what its network writes, in the style of functions."""
    return outcome(tensorflow, "function")


def outcome(tf, style):
    text = char_rnn.Text()
    network, losses = char_rnn.train(tf, style, STEPS)
    return np.array(losses), text.decode(network.write(text.encode("You may "), 20))


@pytest.mark.parametrize("style", list(char_rnn.STYLES))
@pytest.mark.parametrize("tf", [ferroflow, tensorflow], ids=lambda tf: tf.__name__)
def test_it_takes_the_same_steps(tf, style, theirs):
    losses, written = outcome(tf, style)
    assert losses.shape == (STEPS,) and losses[-1] < losses[0] - 0.5
    # Sums run in another order, so the last bits differ, and the difference grows slowly from step to step.
    np.testing.assert_allclose(losses, theirs[0], rtol=2e-5)
    assert written == theirs[1]
