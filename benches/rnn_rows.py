"""The row of the character RNN: a training step of examples/char_rnn.py, for a step in time, with the same values in each package."""

import os
import sys
import time

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "examples"))
# The first losses of seed 1; each package must give them.
LOSSES = [4.3411, 4.2682]


def measured(train, steps):
    """Least time of `train(x, y)` for a step in time, in microseconds; the first losses are checked."""
    import char_rnn

    text = char_rnn.Text()
    times, losses = [], []
    for x, y in text.batches(steps, 1):
        start = time.perf_counter()
        losses.append(train(x, y))
        times.append((time.perf_counter() - start) / len(x) * 1e6)
    np.testing.assert_allclose(losses[: len(LOSSES)], LOSSES, atol=1e-3)
    return min(times)


def rows(tf, steps):
    """Both styles of the example, for the two packages that it runs with."""
    import char_rnn

    size = char_rnn.Text().size
    return {
        f"char RNN in a {name}, step in time": measured(style(tf, size, 1).train, steps)
        for name, style in char_rnn.STYLES.items()
    }


def torch_rows(steps):
    """The same network in PyTorch, eagerly."""
    import char_rnn
    import torch

    v = {
        name: torch.tensor(value, requires_grad=True)
        for name, value in char_rnn.initial_values(char_rnn.Text().size, 1).items()
    }
    optimizer = torch.optim.Adam(v.values(), char_rnn.RATE)

    def train(x, y):
        h, states = torch.zeros(char_rnn.BATCH, char_rnn.HIDDEN), []
        for row in torch.from_numpy(x):
            gates = torch.sigmoid(v["gates_of_input"][row] + h @ v["gates_of_state"] + v["gates_bias"])
            reset, keep = gates.split(char_rnn.HIDDEN, 1)
            new = v["new_of_input"][row] + (reset * h) @ v["new_of_state"] + v["new_bias"]
            h = keep * h + (1 - keep) * torch.tanh(new)
            states.append(h)
        logits = torch.cat(states) @ v["output"] + v["output_bias"]
        loss = torch.nn.functional.cross_entropy(logits, torch.from_numpy(y).reshape(-1).long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return {"char RNN in a function, step in time": measured(train, steps)}
