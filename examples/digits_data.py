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
    frame.to_csv(path, index=False)


def load(path, seed):
    """Reads the CSV and splits it: two thirds to train on, one third held back.

    Returns:
      (train_images, train_labels), (test_images, test_labels): images are float32 [n, 8, 8, 1] in 0..1.
    """
    import pandas as pd

    if not os.path.exists(path):
        write_csv(path)
    frame = pd.read_csv(path)
    images = (frame[PIXELS].to_numpy(np.float32) / 16.0).reshape(-1, 8, 8, 1)
    labels = frame["label"].to_numpy(np.int64)
    order = np.random.RandomState(seed).permutation(len(labels))
    cut = len(labels) * 2 // 3
    train, test = order[:cut], order[cut:]
    return (images[train], labels[train]), (images[test], labels[test])


def picture(path, history, images, labels, predicted):
    """Draws loss and accuracy curves, the confusion matrix and a sheet of misread digits.

    Args:
      path: the PNG to write.
      history: dict with lists `loss` (per step), `accuracy` (per epoch).
      images, labels, predicted: the held-back scans, what they show, and what was read.
    """
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=(13, 9), layout="constrained")
    parts = figure.subfigures(2, 1, height_ratios=[3, 2])
    curves, matrix = parts[0].subplots(1, 2)
    curves.plot(history["loss"], color="tab:blue", linewidth=0.8, label="loss (training)")
    curves.set_xlabel("step")
    curves.set_ylabel("cross-entropy")
    curves.set_yscale("log")
    right = curves.twinx()
    per_epoch = len(history["loss"]) / max(len(history["accuracy"]), 1)
    steps = [per_epoch * (i + 1) for i in range(len(history["accuracy"]))]
    right.plot(steps, history["accuracy"], color="tab:orange", marker=".", label="accuracy (held back)")
    right.set_ylabel("accuracy")
    lines = curves.get_lines() + right.get_lines()
    curves.legend(lines, [line.get_label() for line in lines], loc="center right")
    curves.set_title("Learning")

    counts = np.zeros((10, 10), np.int64)
    np.add.at(counts, (labels, predicted), 1)
    matrix.imshow(counts, cmap="Blues")
    for i in range(10):
        for j in range(10):
            if counts[i, j]:
                colour = "white" if counts[i, j] > counts.max() / 2 else "black"
                matrix.text(j, i, counts[i, j], ha="center", va="center", fontsize=8, color=colour)
    matrix.set_xticks(range(10))
    matrix.set_yticks(range(10))
    matrix.set_xlabel("read as")
    matrix.set_ylabel("digit")
    matrix.set_title(f"Confusion ({np.mean(labels == predicted):.2%} right)")

    wrong = np.flatnonzero(labels != predicted)[:24]
    sheet = parts[1].subplots(2, 12)
    parts[1].suptitle("Misread digits (digit → read as)" if len(wrong) else "No misread digits")
    for axis in sheet.flat:
        axis.axis("off")
    for axis, i in zip(sheet.flat, wrong):
        axis.imshow(images[i, :, :, 0], cmap="gray_r")
        axis.set_title(f"{labels[i]} → {predicted[i]}", fontsize=9)
    figure.savefig(path, dpi=110)
    plt.close(figure)
