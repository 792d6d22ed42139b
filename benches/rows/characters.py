"""The character RNN of examples/char_rnn.py: steps of training on batches of 30 to 60 characters, a loop of unknown length each."""

import os
import sys

import numpy as np

from rows import Row

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples"))
STEPS = 6


def batches():
    """The batches of a call."""
    import char_rnn

    return list(char_rnn.Text().batches(STEPS, 1))


def style(name):
    """Maker of a call that trains on all batches and gives the losses: with the example's function or session."""

    def make(p):
        import char_rnn

        train = char_rnn.STYLES[name](p.tf, char_rnn.Text().size, 1).train
        pairs = batches()
        return lambda: np.array([train(x, y) for x, y in pairs])

    return make


def torch(p):
    """The same network in PyTorch, eagerly."""
    import char_rnn
    import torch

    v = {
        name: torch.tensor(value, requires_grad=True)
        for name, value in char_rnn.initial_values(char_rnn.Text().size, 1).items()
    }
    optimizer = torch.optim.Adam(v.values(), char_rnn.RATE, fused=True)
    pairs = [(torch.from_numpy(x), torch.from_numpy(y).reshape(-1).long()) for x, y in batches()]

    def train(x, y):
        h, states = torch.zeros(char_rnn.BATCH, char_rnn.HIDDEN), []
        for row in x:
            gates = torch.sigmoid(v["gates_of_input"][row] + h @ v["gates_of_state"] + v["gates_bias"])
            reset, keep = gates.split(char_rnn.HIDDEN, 1)
            new = v["new_of_input"][row] + (reset * h) @ v["new_of_state"] + v["new_bias"]
            h = keep * h + (1 - keep) * torch.tanh(new)
            states.append(h)
        logits = torch.cat(states) @ v["output"] + v["output_bias"]
        loss = torch.nn.functional.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return lambda: torch.tensor([train(x, y) for x, y in pairs])


FUNCTIONS = {"ferroflow": style("function"), "tensorflow": style("function"), "torch": torch}
SESSIONS = {"ferroflow": style("session"), "tensorflow": style("session")}
ROWS = [
    Row(f"char RNN in a function, {STEPS} steps", [], FUNCTIONS, "latency", tolerance=1e-3),
    Row(f"char RNN in a session, {STEPS} steps", [], SESSIONS, "latency", tolerance=1e-3),
]
