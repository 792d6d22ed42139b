"""The digits job in eager style: `tf.Variable`, `tf.GradientTape`, a loop.

    python examples/digits_eager.py --out out/digits_eager
"""

import argparse
import os

import numpy as np

import ferroflow as tf
from ferroflow.utils import Progress

from digits_data import load, picture

BATCH = 64


class Network:
    """Two convolutions with pooling, two dense layers."""

    def __init__(self, seed):
        glorot = tf.initializers.GlorotUniform(seed=seed)

        def layer(shape, name):
            return tf.Variable(glorot(shape), name=f"{name}/w"), tf.Variable(tf.zeros([shape[-1]]), name=f"{name}/b")

        self.convs = [layer([3, 3, 1, 16], "conv1"), layer([3, 3, 16, 32], "conv2")]
        self.dense = layer([2 * 2 * 32, 64], "dense")
        self.last = layer([64, 10], "logits")

    @property
    def variables(self):
        return [v for pair in [*self.convs, self.dense, self.last] for v in pair]

    def __call__(self, x, rate=0.0):
        """Logits [n, 10] for images [n, 8, 8, 1]; `rate` of the dense features are dropped."""
        for w, b in self.convs:
            x = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, w, strides=1, padding="SAME"), b))
            x = tf.nn.max_pool2d(x, ksize=2, strides=2, padding="SAME")
        x = tf.reshape(x, [-1, 2 * 2 * 32])
        x = tf.nn.relu(x @ self.dense[0] + self.dense[1])
        if rate:
            x = tf.nn.dropout(x, rate=rate)
        return x @ self.last[0] + self.last[1]


def train(csv, seed, epochs, quiet=False):
    """Trains; returns history, held-back images and labels, and what was read."""
    (images, labels), (test_images, test_labels) = load(csv, seed)
    tf.random.set_seed(seed)
    net = Network(seed)
    optimizer = tf.compat.v1.train.AdamOptimizer(2e-3)
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(2000, seed=seed).batch(BATCH).prefetch(2)
    history = {"loss": [], "accuracy": []}
    steps = epochs * -(-len(labels) // BATCH)
    with Progress(total=steps, unit="step", description="training", file=open(os.devnull, "w") if quiet else None) as bar:
        for _ in range(epochs):
            for x, y in data:
                with tf.GradientTape() as tape:
                    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=net(x, rate=0.25))
                    loss = tf.reduce_mean(losses)
                gradients = tape.gradient(loss, net.variables)
                optimizer.apply_gradients(zip(gradients, net.variables))
                history["loss"].append(float(loss))
                bar.update(1, loss=history["loss"][-1])
            predicted = tf.argmax(net(test_images), axis=1).numpy()
            history["accuracy"].append(float(np.mean(predicted == test_labels)))
    return history, test_images, test_labels, predicted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="out/digits_eager")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    history, images, labels, predicted = train(os.path.join(args.out, "digits.csv"), args.seed, args.epochs, args.quiet)
    picture(os.path.join(args.out, "digits.png"), history, images, labels, predicted)
    print(f"test accuracy {np.mean(labels == predicted):.4f} on {len(labels)} held-back scans")


if __name__ == "__main__":
    main()
