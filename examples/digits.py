"""The main job: a handwritten-digit classifier, trained the TensorFlow 1.x way.

    python examples/digits.py --out out/digits

writes and reads the CSV, trains, writes TensorBoard event files and checkpoints, restores the best checkpoint in a new
process, prints the accuracy on a held-back third, and leaves a picture (digits.png). Look at the event files with
`tensorboard --logdir out/digits/logs`.
"""

import argparse
import json
import os
import subprocess
import sys

import numpy as np
from digits_data import load, picture

import ferroflow.v1 as tf
from ferroflow.utils import Progress

BATCH = 32
EPOCHS = 25


def weights(name, shape):
    return tf.get_variable(name, shape, initializer=tf.glorot_uniform_initializer())


def biases(name, n):
    return tf.get_variable(name, [n], initializer=tf.zeros_initializer())


def network(images, keep_prob):
    """Logits [n, 10] for images [n, 8, 8, 1]."""
    x = images
    for i, (inputs, outputs) in enumerate([(1, 32), (32, 64)], 1):
        with tf.variable_scope(f"conv{i}"):
            x = tf.nn.conv2d(x, weights("w", [3, 3, inputs, outputs]), strides=[1, 1, 1, 1], padding="SAME")
            x = tf.nn.relu(tf.nn.bias_add(x, biases("b", outputs)))
            x = tf.nn.max_pool(x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
    x = tf.reshape(x, [-1, 2 * 2 * 64])
    with tf.variable_scope("dense"):
        x = tf.nn.relu(tf.matmul(x, weights("w", [2 * 2 * 64, 128])) + biases("b", 128))
    x = tf.nn.dropout(x, keep_prob=keep_prob)
    with tf.variable_scope("logits"):
        return tf.matmul(x, weights("w", [128, 10])) + biases("b", 10)


class Job:
    """The graph: input pipeline, network, loss, training step, summaries, saver; network and training on a device."""

    def __init__(self, seed, epochs=1, device=None):
        self.graph = tf.Graph()
        with self.graph.as_default():
            tf.set_random_seed(seed)
            self.images = tf.placeholder(tf.float32, [None, 8, 8, 1], name="images")
            self.labels = tf.placeholder(tf.int64, [None], name="labels")
            data = tf.data.Dataset.from_tensor_slices((self.images, self.labels))
            data = data.shuffle(2000, seed=seed).batch(BATCH).repeat(epochs).prefetch(2)
            self.iterator = data.make_initializable_iterator()
            next_images, next_labels = self.iterator.get_next()
            # Validation and test feed these two in place of the pipeline.
            self.x = tf.placeholder_with_default(next_images, [None, 8, 8, 1], name="x")
            self.y = tf.placeholder_with_default(next_labels, [None], name="y")
            self.keep_prob = tf.placeholder_with_default(1.0, [], name="keep_prob")
            with tf.device(device):
                logits = network(self.x, self.keep_prob)
                losses = tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.one_hot(self.y, 10), logits=logits)
                self.loss = tf.reduce_mean(losses, name="cross_entropy")
                self.predicted = tf.argmax(logits, 1, name="predicted")
            self.accuracy = tf.reduce_mean(tf.cast(tf.equal(self.predicted, self.y), tf.float32), name="accuracy")
            self.global_step = tf.train.get_or_create_global_step()
            rate = tf.train.exponential_decay(2e-3, self.global_step, 200, 0.7)
            with tf.device(device):
                self.train = tf.train.AdamOptimizer(rate).minimize(self.loss, global_step=self.global_step)
            tf.summary.scalar("loss", self.loss)
            tf.summary.scalar("learning_rate", rate)
            for v in tf.trainable_variables():
                tf.summary.histogram(f"weights/{v.op.name}", v)
            tf.summary.image("input", self.x, max_outputs=3)
            self.summaries = tf.summary.merge_all()
            self.init = tf.global_variables_initializer()
            self.saver = tf.train.Saver(max_to_keep=3)


def train(out, seed, epochs=EPOCHS, device=None):
    """Trains on a device, with event files and checkpoints under `out`.

    Returns:
      The loss of every step, the validation loss and accuracy of every epoch; the path of the checkpoint with the least
      validation loss.
    """
    (images, labels), (validation_images, validation_labels), _ = load(os.path.join(out, "digits.csv"), seed)
    job = Job(seed, epochs, device)
    per_epoch = -(-len(labels) // BATCH)
    history = {"loss": [], "validation_loss": [], "accuracy": []}
    best = float("inf")
    best_path = None
    with tf.Session(graph=job.graph) as sess, tf.summary.FileWriter(os.path.join(out, "logs"), job.graph) as writer:
        sess.run(job.init)
        sess.run(job.iterator.initializer, feed_dict={job.images: images, job.labels: labels})
        step = sess.make_callable([job.train, job.loss], feed_list=[job.keep_prob])
        bar = Progress(total=epochs * per_epoch, unit="step", description="training")
        while True:
            n = len(history["loss"])
            try:
                if n % 20 == 0:
                    _, loss, summary = sess.run([job.train, job.loss, job.summaries], feed_dict={job.keep_prob: 0.5})
                    writer.add_summary(summary, n)
                else:
                    _, loss = step(np.float32(0.5))
            except tf.errors.OutOfRangeError:
                break
            history["loss"].append(float(loss))
            bar.update(1, loss=float(loss))
            if len(history["loss"]) % per_epoch == 0:
                feeds = {job.x: validation_images, job.y: validation_labels}
                accuracy, loss = sess.run([job.accuracy, job.loss], feed_dict=feeds)
                history["accuracy"].append(float(accuracy))
                history["validation_loss"].append(float(loss))
                if loss < best:
                    best = loss
                    best_path = job.saver.save(sess, os.path.join(out, "model", "digits"), global_step=job.global_step)
        bar.close()
    return history, best_path


def evaluate(out, seed, checkpoint):
    """Restores a checkpoint into a fresh graph and session, and reads the held-back third."""
    _, _, (images, labels) = load(os.path.join(out, "digits.csv"), seed)
    job = Job(seed)
    with tf.Session(graph=job.graph) as sess:
        job.saver.restore(sess, checkpoint)
        predicted = sess.run(job.predicted, feed_dict={job.x: images})
    return images, labels, predicted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="out/digits", help="folder for the CSV, logs, checkpoints and the picture")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--device", help="where to train, such as /GPU:0; the CPU if left out")
    parser.add_argument("--evaluate", metavar="CHECKPOINT", help="only restore this checkpoint, test and draw")
    args = parser.parse_args()
    os.makedirs(os.path.join(args.out, "model"), exist_ok=True)
    notes = os.path.join(args.out, "history.json")
    if args.evaluate:
        images, labels, predicted = evaluate(args.out, args.seed, args.evaluate)
        with open(notes) as f:
            picture(os.path.join(args.out, "digits.png"), json.load(f), images, labels, predicted)
        print(f"test accuracy {np.mean(labels == predicted):.4f} on {len(labels)} held-back scans")
        return
    history, best = train(args.out, args.seed, args.epochs, args.device)
    with open(notes, "w") as f:
        json.dump(history, f)
    print(f"best checkpoint {best}", flush=True)
    # A new process: what counts is what the files hold. A trace, if one is asked for, is that of the training.
    again = [sys.executable, __file__, "--out", args.out, "--seed", str(args.seed), "--evaluate", best]
    subprocess.run(again, check=True, env={k: v for k, v in os.environ.items() if k != "FERROFLOW_TRACE"})


if __name__ == "__main__":
    main()
