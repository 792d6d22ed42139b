"""Data and pictures of the digits job: writes and reads the CSV, splits it, draws what was learnt."""

import os

import numpy as np

PIXELS = [f"p{i}" for i in range(64)]


def write_csv(path):
    """Writes scikit-learn's 1,797 scans of handwritten digits: 64 pixel columns (0 to 16) and the label."""
    import pandas as pd
    from sklearn.datasets import load_digits

    digits = load_digits()
    frame = pd.DataFrame(digits.data.astype(np.int64), columns=PIXELS)
    frame["label"] = digits.target
    frame.to_csv(f"{path}.new", index=False)
    os.replace(f"{path}.new", path)


def load(path, seed):
    """Reads the CSV, written first if it is not there, and splits it in an order that depends on the seed.

    Returns:
      Three pairs (images, labels): to train on (1,078 scans), to choose the best checkpoint by (120), and a third held
      back for the test (599). Images are float32 [n, 8, 8, 1] in 0..1, labels int64 [n].
    """
    import pandas as pd

    if not os.path.exists(path):
        write_csv(path)
    frame = pd.read_csv(path)
    images = (frame[PIXELS].to_numpy(np.float32) / 16.0).reshape(-1, 8, 8, 1)
    labels = frame["label"].to_numpy(np.int64)
    order = np.random.RandomState(seed).permutation(len(labels))
    kept = len(labels) * 2 // 3
    choose = kept // 10 + 1
    parts = order[: kept - choose], order[kept - choose : kept], order[kept:]
    return [(images[part], labels[part]) for part in parts]


def picture(path, history, images, labels, predicted):
    """Draws loss and accuracy curves, the confusion matrix and a sheet of misread digits.

    Args:
      path: the PNG to write.
      history: dict with lists `loss` (per step) and `accuracy` (per epoch).
      images, labels, predicted: the held-back scans, what they show, and what was read.
    """
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    wrong = np.flatnonzero(labels != predicted)
    rows = 2 if len(wrong) > 12 else 1
    figure = plt.figure(figsize=(12, 5.2 + 1.5 * rows), layout="constrained")
    top, bottom = figure.subfigures(2, 1, height_ratios=[5.2, 1.5 * rows])
    left, right = top.subplots(1, 2)
    draw_history(left, history)
    draw_confusion(right, labels, predicted)
    bottom.suptitle(f"{len(wrong)} of {len(labels)} held-back digits misread (digit → read as)", fontsize=12)
    sheet = bottom.subplots(rows, 12)
    for axis in sheet.flat:
        axis.axis("off")
    for axis, i in zip(sheet.flat, wrong):
        axis.imshow(images[i, :, :, 0], cmap="gray_r")
        axis.set_title(f"{labels[i]} → {predicted[i]}", fontsize=10)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def draw_history(axis, history):
    """Loss per step (left scale, logarithmic) and accuracy per epoch (right scale)."""
    axis.plot(history["loss"], color="tab:blue", linewidth=0.8, label="loss, training")
    axis.set(xlabel="step", ylabel="cross-entropy", yscale="log", title="Learning")
    right = axis.twinx()
    per_epoch = len(history["loss"]) / len(history["accuracy"])
    steps = [per_epoch * (i + 1) for i in range(len(history["accuracy"]))]
    right.plot(steps, history["accuracy"], color="tab:orange", marker=".", label="accuracy, validation")
    right.set_ylabel("accuracy")
    lines = axis.get_lines() + right.get_lines()
    axis.legend(lines, [line.get_label() for line in lines], loc="lower center", framealpha=1.0)


def draw_confusion(axis, labels, predicted):
    """How often each digit (row) was read as each digit (column)."""
    counts = np.zeros((10, 10), np.int64)
    np.add.at(counts, (labels, predicted), 1)
    axis.imshow(counts, cmap="Blues")
    for i, j in np.argwhere(counts):
        colour = "white" if counts[i, j] > counts.max() / 2 else "black"
        axis.text(j, i, counts[i, j], ha="center", va="center", fontsize=9, color=colour)
    accuracy = np.mean(labels == predicted)
    axis.set(xticks=range(10), yticks=range(10), xlabel="read as", ylabel="digit", title=f"Test: {accuracy:.2%} right")
