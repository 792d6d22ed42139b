"""The digits job in eager style: `tf.Variable`, `tf.GradientTape`, a loop.

python examples/digits_eager.py --out out/digits_eager
"""

import argparse
import os

import numpy as np
from digits_data import load, picture

import ferroflow as tf
from ferroflow.utils import Progress

BATCH = 32
EPOCHS = 25


class Network:
    """Two convolutions with pooling, two dense layers."""

    def __init__(self, seed):
        def layer(number, *shape):
            glorot = tf.initializers.GlorotUniform(seed=100 * seed + number)
            return tf.Variable(glorot(shape)), tf.Variable(tf.zeros(shape[-1:]))

        self.convs = [layer(1, 3, 3, 1, 32), layer(2, 3, 3, 32, 64)]
        self.dense = layer(3, 2 * 2 * 64, 128)
        self.last = layer(4, 128, 10)
        self.variables = [v for pair in [*self.convs, self.dense, self.last] for v in pair]

    def __call__(self, x, rate=0.0):
        """Logits [n, 10] for images [n, 8, 8, 1]; `rate` of the dense features are dropped."""
        for w, b in self.convs:
            x = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, w, strides=1, padding="SAME"), b))
            x = tf.nn.max_pool2d(x, ksize=2, strides=2, padding="SAME")
        x = tf.reshape(x, [-1, 2 * 2 * 64])
        x = tf.nn.relu(x @ self.dense[0] + self.dense[1])
        if rate:
            x = tf.nn.dropout(x, rate=rate)
        return x @ self.last[0] + self.last[1]


def train(csv, seed, epochs=EPOCHS):
    """Trains on the CSV.

    Returns:
      The network of the best epoch, and the loss of every step, the validation loss and accuracy of every
      epoch.
    """
    (images, labels), (validation_images, validation_labels), _ = load(csv, seed)
    tf.random.set_seed(seed)
    net = Network(seed)
    optimizer = tf.compat.v1.train.AdamOptimizer(1e-3)
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(2000, seed=seed).batch(BATCH).prefetch(2)
    history = {"loss": [], "validation_loss": [], "accuracy": []}
    best, least = None, float("inf")
    with Progress(total=epochs * -(-len(labels) // BATCH), unit="step", description="training") as bar:
        for _ in range(epochs):
            for x, y in data:
                with tf.GradientTape() as tape:
                    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=net(x, rate=0.5))
                    loss = tf.reduce_mean(losses)
                gradients = tape.gradient(loss, net.variables)
                optimizer.apply_gradients(zip(gradients, net.variables))
                history["loss"].append(float(loss))
                bar.update(1, loss=history["loss"][-1])
            logits = net(validation_images)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=validation_labels, logits=logits)
            history["validation_loss"].append(float(tf.reduce_mean(losses)))
            history["accuracy"].append(float(np.mean(tf.argmax(logits, axis=1).numpy() == validation_labels)))
            if history["validation_loss"][-1] < least:
                least = history["validation_loss"][-1]
                best = [v.numpy() for v in net.variables]
    for v, value in zip(net.variables, best):
        v.assign(value)
    return net, history


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="out/digits_eager", help="folder for the CSV and the picture")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    csv = os.path.join(args.out, "digits.csv")
    net, history = train(csv, args.seed, args.epochs)
    _, _, (images, labels) = load(csv, args.seed)
    predicted = tf.argmax(net(images), axis=1).numpy()
    picture(os.path.join(args.out, "digits.png"), history, images, labels, predicted)
    print(f"test accuracy {np.mean(labels == predicted):.4f} on {len(labels)} held-back scans")


if __name__ == "__main__":
    main()
