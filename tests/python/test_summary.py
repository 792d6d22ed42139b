"""Summaries of both kinds, as the real TensorBoard shows them: read back over its HTTP API."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
WORDS = "*strong* <b>text</b>"


def write_v1(folder):
    with tf.Graph().as_default() as graph, v1.Session() as session:
        x = v1.placeholder(tf.float32, [None], name="x")
        v1.summary.scalar("loss", tf.reduce_sum(x))
        v1.summary.histogram("weights", x)
        v1.summary.image("picture", tf.reshape(x, [1, 2, 2, 1]))
        v1.summary.text("words", tf.constant(WORDS))
        merged = v1.summary.merge_all()
        with v1.summary.FileWriter(folder, graph) as writer:
            for step in range(3):
                writer.add_summary(session.run(merged, {x: [1.0, 2.0, 3.0, step]}), step)


def write_v2(folder):
    writer = tf.summary.create_file_writer(folder)
    with writer.as_default():
        for step in range(3):
            tf.summary.scalar("loss", 6.0 + step, step=step)
            tf.summary.histogram("weights", [1.0, 2.0, 3.0, step], step=step)
            tf.summary.image("picture", np.full([2, 4, 4, 3], 0.5, np.float32), step=step)
            tf.summary.text("words", WORDS, step=step)
        with tf.Graph().as_default() as graph:
            v1.placeholder(tf.float32, name="x")
        tf.summary.graph(graph)
    writer.close()


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    """Asks the real TensorBoard: `board("scalars/tags")`, `board("scalars/scalars", run=..., tag=...)`."""
    folder = tmp_path_factory.mktemp("events")
    write_v1(str(folder / "v1"))
    write_v2(str(folder / "v2"))
    command = [
        sys.executable,
        "-m",
        "tensorboard.main",
        "--logdir",
        str(folder),
        "--port",
        "0",
        "--load_fast=false",
        "--reload_interval",
        "1",
    ]
    log = open(folder / "log", "w+")
    process = subprocess.Popen(
        command, stdout=log, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    try:
        address = None
        limit = time.time() + 90
        while address is None and time.time() < limit:
            assert process.poll() is None, (folder / "log").read_text()
            found = re.search(r"http://\S+?:(\d+)/", (folder / "log").read_text())
            address = found and f"http://localhost:{found[1]}/data/"
            time.sleep(0.2)

        def ask(what, raw=False, **arguments):
            url = address + ("" if what == "runs" else "plugin/") + what + "?" + urllib.parse.urlencode(arguments)
            with urllib.request.urlopen(url, timeout=20) as answer:
                data = answer.read()
            return data if raw else json.loads(data)

        while len(ask("runs")) < 2 and time.time() < limit:
            time.sleep(0.3)
        yield ask
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def test_scalars(board):
    assert {run: list(tags) for run, tags in board("scalars/tags").items()} == {"v1": ["loss"], "v2": ["loss"]}
    for run in ("v1", "v2"):
        points = board("scalars/scalars", run=run, tag="loss")
        assert [(step, value) for _, step, value in points] == [(0, 6.0), (1, 7.0), (2, 8.0)]


def test_histograms(board):
    for run in ("v1", "v2"):
        points = board("histograms/histograms", run=run, tag="weights")
        assert [step for _, step, _ in points] == [0, 1, 2]
        for _, step, buckets in points:
            assert sum(count for _, _, count in buckets) == pytest.approx(4)
            assert buckets[0][0] <= min(1, step) and buckets[-1][1] >= 3


def test_images(board):
    for run, tag, shape in (("v1", "picture/image/0", (2, 2)), ("v2", "picture", (4, 4))):
        found = board("images/images", run=run, tag=tag, sample=0)
        data = board("images/individualImage", raw=True, **dict(urllib.parse.parse_qsl(found[-1]["query"])))
        assert data.startswith(b"\x89PNG")
        assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == shape


def test_texts(board):
    for run in ("v1", "v2"):
        found = board("text/text", run=run, tag="words")
        assert "<em>strong</em>" in found[-1]["text"]


def test_graphs(board):
    for run in ("v1", "v2"):
        text = board("graphs/graph", raw=True, run=run, conceptual="false").decode()
        assert 'name: "x"' in text and 'op: "Placeholder"' in text


def read(data):
    return v1.Summary.FromString(data)


def test_values_of_ops():
    with tf.Graph().as_default(), v1.Session() as session:
        run = session.run
        found = read(run(v1.summary.scalar("a", tf.constant(3, tf.int64))))
        assert [(value.tag, value.simple_value) for value in found.value] == [("a", 3.0)]
        found = read(run(v1.summary.histogram("h", [1.0, 2.0, 2.0]))).value[0].histo
        assert (found.num, found.sum, found.min, found.max, found.sum_squares) == (3, 5, 1, 2, 9)
        found = read(run(v1.summary.image("one", tf.zeros([1, 2, 3, 4]), max_outputs=1))).value[0]
        assert (found.tag, found.image.height, found.image.width, found.image.colorspace) == ("one/image", 2, 3, 4)
        both = v1.summary.merge([v1.summary.scalar("b", 1.0), v1.summary.scalar("c", 2.0)])
        assert [value.tag for value in read(run(both)).value] == ["b", "c"]
        assert v1.summary.scalar("in family", 1.0, family="f").op.name == "f/in_family"
        with pytest.raises(tf.errors.InvalidArgumentError, match="Nan in summary histogram for: nan"):
            run(v1.summary.histogram("nan", [np.nan]))
        with pytest.raises(tf.errors.InvalidArgumentError, match="Duplicate tag b found in summary inputs"):
            run(v1.summary.merge([both, both]))


def test_nothing_is_written_without_a_writer(tmp_path):
    assert not tf.summary.scalar("x", 1.0, step=0)
    assert not tf.summary.should_record_summaries()
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default():
        with pytest.raises(ValueError, match="No step set."):
            tf.summary.scalar("x", 1.0)
        with tf.summary.record_if(False):
            assert not tf.summary.scalar("x", 1.0, step=0)
        tf.summary.experimental.set_step(4)
        assert tf.summary.scalar("x", 1.0)
        tf.summary.experimental.set_step(None)
    (path,) = tmp_path.iterdir()
    steps = [event.step for event in tf.train.summary_iterator(str(path)) if event.HasField("summary")]
    assert steps == [4]
