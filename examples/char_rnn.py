"""A character RNN: a GRU cell of plain ops that learns to continue a text, here the licence that lies beside this project.

    python examples/char_rnn.py                          # tf.function: AutoGraph makes the loop over time a while loop
    python examples/char_rnn.py --style session          # TensorFlow 1's way: tf.while_loop in a graph, and a Session
    python examples/char_rnn.py --package tensorflow     # the same program with TensorFlow

Both styles take the same steps, so they print the same losses. 400 steps take the loss from 4.3 nats a character to below 1.
"""

import argparse
import importlib
from pathlib import Path

import numpy as np

from ferroflow.utils import Progress

TEXT = Path(__file__).resolve().parents[1] / "LICENSE"
BATCH = 32
HIDDEN = 128
LONGEST = 60
STEPS = 400
RATE = 5e-3


class Text:
    """A text as numbers from 0 to below `size`, one for each different character."""

    def __init__(self, path=TEXT):
        text = Path(path).read_text()
        self.characters = sorted(set(text))
        self.size = len(self.characters)
        self.numbers = self.encode(text)

    def encode(self, text):
        """The numbers of characters, int32."""
        return np.array([self.characters.index(c) for c in text], np.int32)

    def decode(self, numbers):
        """The characters of numbers."""
        return "".join(self.characters[i] for i in numbers)

    def batches(self, steps, seed):
        """Yields pairs [time, BATCH] of characters and the ones that follow them; the time differs from step to step."""
        random = np.random.default_rng(seed)
        for _ in range(steps):
            time = random.integers(LONGEST // 2, LONGEST + 1)
            starts = random.integers(0, len(self.numbers) - time, BATCH)
            windows = self.numbers[starts + np.arange(time + 1)[:, None]]
            yield windows[:-1], windows[1:]


def initial_values(size, seed):
    """Name -> array: what both styles start from."""
    random = np.random.default_rng(seed)

    def matrix(*shape):
        return (random.normal(size=shape) / np.sqrt(HIDDEN)).astype(np.float32)

    return {
        "gates_of_input": matrix(size, 2 * HIDDEN),
        "gates_of_state": matrix(HIDDEN, 2 * HIDDEN),
        "gates_bias": np.ones(2 * HIDDEN, np.float32),
        "new_of_input": matrix(size, HIDDEN),
        "new_of_state": matrix(HIDDEN, HIDDEN),
        "new_bias": np.zeros(HIDDEN, np.float32),
        "output": matrix(HIDDEN, size),
        "output_bias": np.zeros(size, np.float32),
    }


def cell(tf, v, x, h):
    """One step of a GRU: the states [batch, HIDDEN] after the characters `x` [batch]."""
    gates = tf.sigmoid(tf.gather(v["gates_of_input"], x) + tf.matmul(h, v["gates_of_state"]) + v["gates_bias"])
    reset, keep = tf.split(gates, 2, axis=1)
    new = tf.gather(v["new_of_input"], x) + tf.matmul(reset * h, v["new_of_state"]) + v["new_bias"]
    return keep * h + (1.0 - keep) * tf.tanh(new)


def mean_loss(tf, v, states, y):
    """Mean cross-entropy of the characters `y` [time, batch], given the states [time, batch, HIDDEN] before them."""
    logits = tf.matmul(tf.reshape(states, [-1, HIDDEN]), v["output"]) + v["output_bias"]
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.reshape(y, [-1]), logits=logits))


class Function:
    """The network with its training step as a `tf.function`, traced once for all lengths of time."""

    def __init__(self, tf, size, seed):
        self.v = v = {name: tf.Variable(value, name=name) for name, value in initial_values(size, seed).items()}
        variables = list(v.values())
        optimizer = tf.compat.v1.train.AdamOptimizer(RATE)
        pair = [tf.TensorSpec([None, BATCH], tf.int32)] * 2

        @tf.function(input_signature=pair)
        def step(x, y):
            with tf.GradientTape() as tape:
                h = tf.zeros([BATCH, HIDDEN])
                states = tf.TensorArray(tf.float32, size=tf.shape(x)[0])
                for t in tf.range(tf.shape(x)[0]):
                    h = cell(tf, v, x[t], h)
                    states = states.write(t, h)
                loss = mean_loss(tf, v, states.stack(), y)
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
            return loss

        @tf.function(input_signature=[tf.TensorSpec([None], tf.int32), tf.TensorSpec([], tf.int32)])
        def continuation(prompt, count):
            h = tf.zeros([1, HIDDEN])
            for x in prompt[:-1]:
                h = cell(tf, v, x[None], h)
            x = prompt[-1][None]
            written = tf.TensorArray(tf.int32, size=count)
            for i in tf.range(count):
                h = cell(tf, v, x, h)
                x = tf.argmax(tf.matmul(h, v["output"]) + v["output_bias"], axis=1, output_type=tf.int32)
                written = written.write(i, x[0])
            return written.stack()

        self.step, self.continuation = step, continuation

    def train(self, x, y):
        """Takes one step; the loss before it."""
        return float(self.step(x, y))

    def write(self, prompt, count):
        """The `count` likeliest characters after a prompt, one after another."""
        return np.asarray(self.continuation(prompt, count))


class Session:
    """The same as a graph with `tf.while_loop`, run by a session."""

    def __init__(self, tf, size, seed):
        v1 = tf.compat.v1
        with tf.Graph().as_default() as graph:
            values = initial_values(size, seed)
            v = {name: v1.get_variable(name, initializer=value) for name, value in values.items()}
            self.x = v1.placeholder(tf.int32, [None, BATCH], name="x")
            self.y = v1.placeholder(tf.int32, [None, BATCH], name="y")
            time = tf.shape(self.x)[0]

            def body(t, h, states):
                h = cell(tf, v, self.x[t], h)
                return t + 1, h, states.write(t, h)

            start = (0, tf.zeros([BATCH, HIDDEN]), tf.TensorArray(tf.float32, size=time))
            _, _, states = v1.while_loop(lambda t, h, states: t < time, body, start)
            self.loss = mean_loss(tf, v, states.stack(), self.y)
            self.update = v1.train.AdamOptimizer(RATE).minimize(self.loss)

            self.prompt = v1.placeholder(tf.int32, [None], name="prompt")
            self.count = v1.placeholder(tf.int32, [], name="count")
            known = tf.shape(self.prompt)[0]

            def following(i, x, h, written):
                h = cell(tf, v, tf.cond(i < known, lambda: self.prompt[i][None], lambda: x), h)
                x = tf.argmax(tf.matmul(h, v["output"]) + v["output_bias"], axis=1, output_type=tf.int32)
                return i + 1, x, h, written.write(i, x[0])

            length = known + self.count - 1
            start = (0, self.prompt[0][None], tf.zeros([1, HIDDEN]), tf.TensorArray(tf.int32, size=length))
            *_, written = v1.while_loop(lambda i, *_: i < length, following, start)
            self.written = written.stack()[known - 1 :]
            initialize = v1.global_variables_initializer()
        self.session = v1.Session(graph=graph)
        self.session.run(initialize)

    def train(self, x, y):
        """Takes one step; the loss before it."""
        return float(self.session.run([self.loss, self.update], {self.x: x, self.y: y})[0])

    def write(self, prompt, count):
        """The `count` likeliest characters after a prompt, one after another."""
        return self.session.run(self.written, {self.prompt: prompt, self.count: count})


STYLES = {"function": Function, "session": Session}


def train(tf, style, steps=STEPS, seed=1):
    """Trains a network of a style; the network and the loss of every step."""
    text = Text()
    network = STYLES[style](tf, text.size, seed)
    losses = []
    with Progress(total=steps, unit="step", description="training") as bar:
        for x, y in text.batches(steps, seed):
            losses.append(network.train(x, y))
            bar.update(1, loss=losses[-1])
    return network, losses


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--style", choices=list(STYLES), default="function")
    parser.add_argument("--package", choices=["ferroflow", "tensorflow"], default="ferroflow")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prompt", default="You may ", help="text to be continued after the training")
    args = parser.parse_args()
    network, losses = train(importlib.import_module(args.package), args.style, args.steps, args.seed)
    print(f"loss {losses[0]:.4f} -> {np.mean(losses[-20:]):.4f}")
    text = Text()
    print(args.prompt + text.decode(network.write(text.encode(args.prompt), 200)))


if __name__ == "__main__":
    main()
