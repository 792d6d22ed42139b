"""The digits job, in sessions and eager: accuracy for five seeds, the files it leaves, the same bits on every run."""

import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(script, out, *args, threads=2):
    """Runs an example in a process of its own; what it printed."""
    command = [sys.executable, str(EXAMPLES / script), "--out", str(out), *map(str, args)]
    env = {**os.environ, "TF_NUM_INTRAOP_THREADS": str(threads)}
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    return done


def accuracy(text):
    return float(re.search(r"test accuracy ([\d.]+) on 599 held-back scans", text)[1])


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_it_learns(seed, tmp_path):
    done = run("digits.py", tmp_path, "--seed", seed)
    assert accuracy(done.stdout) >= 0.97
    assert "training: 100% 850/850 step" in done.stderr
    assert (tmp_path / "digits.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    best = Path(re.search(r"best checkpoint (\S+)", done.stdout)[1])
    assert best.parent == tmp_path / "model"
    assert len(list(best.parent.glob("digits-*.index"))) <= 3
    history = json.loads((tmp_path / "history.json").read_text())
    assert len(history["loss"]) == 850 and len(history["accuracy"]) == 25


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_it_learns_eagerly(seed, tmp_path):
    assert accuracy(run("digits_eager.py", tmp_path, "--seed", seed).stdout) >= 0.97
    assert (tmp_path / "digits.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def digest(folder):
    """A hash of the last losses and of the bytes of the saved variables."""
    found = hashlib.sha256((folder / "history.json").read_bytes())
    data = sorted((folder / "model").glob("digits-*.data*"))
    assert data
    for file in data:
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()


@pytest.mark.full
def test_same_bits_on_every_run_and_with_any_number_of_threads(tmp_path):
    digests = []
    for i, threads in enumerate([1, 1, 2]):
        run("digits.py", tmp_path / str(i), "--epochs", 2, threads=threads)
        digests.append(digest(tmp_path / str(i)))
    assert digests[0] == digests[1] == digests[2]


EAGER_LOSSES = """
import sys
import ferroflow as tf
tf.config.threading.set_intra_op_parallelism_threads(int(sys.argv[2]))
from digits_eager import train
net, history = train(sys.argv[1], seed=3, epochs=2)
print([x.hex() for x in history["loss"]], [v.numpy().tobytes().hex()[:64] for v in net.variables])
"""


@pytest.mark.full
def test_same_bits_in_eager_style(tmp_path):
    outputs = []
    for threads in [1, 1, 2]:
        command = [sys.executable, "-c", EAGER_LOSSES, str(tmp_path / "digits.csv"), str(threads)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=EXAMPLES)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1] == outputs[2]


RESUME = """
import sys
import numpy as np
import ferroflow.v1 as tf
from digits import BATCH, Job
from digits_data import load

csv, prefix, restored = sys.argv[1:]
(images, labels), _, _ = load(csv, 1)
job = Job(seed=1)
feeds = [{job.x: images[i : i + BATCH], job.y: labels[i : i + BATCH]} for i in range(0, 20 * BATCH, BATCH)]
with tf.Session(graph=job.graph) as session:
    if restored == "restored":
        job.saver.restore(session, prefix)
        assert session.run(job.global_step) == 10
    else:
        session.run(job.init)
        for feed in feeds[:10]:
            session.run(job.train, feed)
        job.saver.save(session, prefix)
    losses = [session.run([job.loss, job.train], feed)[0] for feed in feeds[10:]]
    weights = session.run(job.graph.get_collection("variables"))
print(np.array(losses).tobytes().hex(), [w.tobytes().hex()[:64] for w in weights])
"""


def test_training_goes_on_after_a_restore_as_if_it_had_not_stopped(tmp_path):
    outputs = []
    for restored in ["trained", "restored"]:
        command = [sys.executable, "-c", RESUME, str(tmp_path / "digits.csv"), str(tmp_path / "half"), restored]
        done = subprocess.run(command, capture_output=True, text=True, cwd=EXAMPLES)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


@pytest.mark.full
def test_tensorboard_shows_the_event_files(tmp_path):
    run("digits.py", tmp_path, "--epochs", 2)
    tensorboard = str(Path(sys.executable).with_name("tensorboard"))
    command = [
        tensorboard,
        "--logdir",
        str(tmp_path / "logs"),
        "--port",
        "0",
        "--host",
        "127.0.0.1",
        "--load_fast",
        "false",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server:
        try:
            url = next(m[0] for m in (re.search(r"http://127.0.0.1:\d+/", line) for line in server.stderr) if m)
            plugins = f"{url}data/plugin/"
            until = time.monotonic() + 60
            while not (tags := get(f"{plugins}scalars/tags")) and time.monotonic() < until:
                time.sleep(0.3)
            assert set(tags["."]) == {"loss", "learning_rate"}
            points = get(f"{plugins}scalars/scalars?run=.&tag=loss")
            history = json.loads((tmp_path / "history.json").read_text())
            assert [(step, value) for _, step, value in points] == [(n, history["loss"][n]) for n in (0, 20, 40, 60)]
            histograms = get(f"{plugins}histograms/tags")["."]
            layers = ["conv1", "conv2", "dense", "logits"]
            assert set(histograms) == {f"weights/{layer}/{part}" for layer in layers for part in "wb"}
            buckets = get(f"{plugins}histograms/histograms?run=.&tag=weights/conv1/w")[0][2]
            assert sum(count for _, _, count in buckets) == 3 * 3 * 1 * 32
            assert set(get(f"{plugins}images/tags")["."]) == {f"input/image/{i}" for i in range(3)}
            image = get(f"{plugins}images/images?run=.&tag=input/image/0&sample=0")[0]
            with urllib.request.urlopen(f"{plugins}images/individualImage?{image['query']}", timeout=10) as answer:
                png = answer.read()
            assert png.startswith(b"\x89PNG") and png[16:24] == struct.pack(">II", 8, 8)
            with urllib.request.urlopen(f"{plugins}graphs/graph?run=.&conceptual=false", timeout=10) as answer:
                graph = answer.read().decode()
            assert 'name: "conv1/Conv2D"' in graph
        finally:
            server.terminate()


SAVES = """
import sys
import numpy as np
import ferroflow.v1 as tf
values = [tf.Variable(np.zeros(200_000, np.float32), name=f"v{i}") for i in range(4)]
number = tf.placeholder(tf.float32, [])
fill = tf.group(*[v.assign(tf.fill([200_000], number)) for v in values])
saver = tf.train.Saver()
with tf.Session() as session:
    for i in range(10_000):
        session.run(fill, {number: i})
        saver.save(session, sys.argv[1], write_meta_graph=False)
        print(i, flush=True)
"""


def test_a_kill_during_a_save_leaves_the_old_or_the_new_checkpoint(tmp_path):
    import ferroflow as tf

    prefix = str(tmp_path / "saved")
    for pause in [0.0, 0.002, 0.004, 0.007, 0.011, 0.016, 0.022, 0.029]:
        with subprocess.Popen([sys.executable, "-c", SAVES, prefix], stdout=subprocess.PIPE, text=True) as child:
            for _ in range(3):
                last = int(child.stdout.readline())
            time.sleep(pause)
            child.kill()
            rest = child.stdout.read().split()
        last = int(rest[-1]) if rest else last
        assert tf.train.latest_checkpoint(str(tmp_path)) == prefix
        reader = tf.train.load_checkpoint(prefix)
        values = {float(x) for i in range(4) for x in set(reader.get_tensor(f"v{i}"))}
        assert len(values) == 1 and values <= {last, last + 1.0}
