"""The digits job is the same program in TensorFlow: the same batches, initial values and dropout, so the same losses."""

import subprocess
import sys
from pathlib import Path

import numpy as np

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
# The first steps of examples/digits.py on made-up scans, in either package.
PROGRAM = """
import sys, types
import numpy as np

package, source = sys.argv[1:]
if package == "ferroflow":
    import ferroflow.v1 as tf
else:
    import tensorflow.compat.v1 as tf
    tf.disable_v2_behavior()
names = {"__name__": "digits"}
data = types.ModuleType("digits_data")
data.load = data.picture = None
sys.modules["digits_data"] = data
sys.modules["ferroflow.v1"] = tf
if package != "ferroflow":
    sys.modules["ferroflow"] = types.ModuleType("ferroflow")
    sys.modules["ferroflow"].v1 = tf
    sys.modules["ferroflow.utils"] = types.SimpleNamespace(Progress=None)
exec(compile(open(source).read(), source, "exec"), names)

rng = np.random.RandomState(0)
images, labels = rng.rand(100, 8, 8, 1).astype(np.float32), rng.randint(0, 10, 100)
job = names["Job"](seed=5, epochs=4)
with tf.Session(graph=job.graph) as session:
    session.run(job.init)
    session.run(job.iterator.initializer, {job.images: images, job.labels: labels})
    while True:
        try:
            y, loss, _ = session.run([job.y, job.loss, job.train], {job.keep_prob: 0.5})
        except tf.errors.OutOfRangeError:
            break
        print(y.sum(), y[0], float(loss))
"""


def losses(package):
    command = [sys.executable, "-c", PROGRAM, package, str(EXAMPLES / "digits.py")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return np.array([[float(x) for x in line.split()] for line in done.stdout.splitlines()])


def test_the_job_takes_the_same_steps_in_tensorflow():
    ours, theirs = losses("ferroflow"), losses("tensorflow")
    assert ours.shape == theirs.shape == (16, 3)
    np.testing.assert_array_equal(ours[:, :2], theirs[:, :2])
    # The sums run in another order, so the last bits differ and the difference grows slowly from step to step.
    np.testing.assert_allclose(ours[:, 2], theirs[:, 2], rtol=2e-5)
