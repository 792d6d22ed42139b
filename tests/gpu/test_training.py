"""Variables, training steps and random numbers on a GPU: values as on the CPU, held and changed in the GPU's memory."""

import numpy as np
import pytest

import ferroflow as tf

GPU = "/job:localhost/replica:0/task:0/device:GPU:0"
R = tf.raw_ops


def test_variables_live_there(hard):
    with tf.device("/GPU:0"):
        v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
        before = v.read_value()
        v.assign_add([[1.0, 1.0], [1.0, 1.0]])
        v.assign_sub([[0.5, 0.5], [0.5, 0.5]])
        rows = tf.raw_ops.ResourceGather(resource=v.handle, indices=[1, 0, 1], dtype=tf.float32)
        assert v.read_value().device == rows.device == GPU
    assert before.numpy().tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert rows.numpy().tolist() == [[3.5, 4.5], [1.5, 2.5], [3.5, 4.5]]
    assert v.numpy().tolist() == [[1.5, 2.5], [3.5, 4.5]]


def test_the_host_reads_and_changes_what_lies_there():
    with tf.device("/GPU:0"):
        v = tf.Variable([1.0, 2.0, 3.0])
        v.assign_add([1.0, 1.0, 1.0])
    v.assign_add([10.0, 10.0, 10.0])
    v.scatter_nd_update([[0]], [7.0])
    assert (v + 0.0).numpy().tolist() == [7.0, 13.0, 14.0]
    with tf.device("/GPU:0"):
        v.assign_add([1.0, 1.0, 1.0])
    assert v.numpy().tolist() == [8.0, 14.0, 15.0]


def test_errors_are_those_of_the_host():
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            v = tf.Variable([1.0, 2.0])
            with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
                R.AssignVariableOp(resource=v.handle, value=tf.constant([1, 2]))
            with pytest.raises(tf.errors.InvalidArgumentError, match="Cannot update variable with shape"):
                R.AssignAddVariableOp(resource=v.handle, value=tf.constant([1.0]))


SCALARS = {
    "GradientDescent": (1, {"alpha": 0.1}, "delta"),
    "Momentum": (2, {"lr": 0.1, "momentum": 0.9}, "grad"),
    "KerasMomentum": (2, {"lr": 0.1, "momentum": 0.9}, "grad"),
    "Adam": (
        3,
        {"beta1_power": 0.9, "beta2_power": 0.99, "lr": 0.1, "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-7},
        "grad",
    ),
    "Adagrad": (2, {"lr": 0.1}, "grad"),
    "AdagradV2": (2, {"lr": 0.1, "epsilon": 1e-7}, "grad"),
    "Adadelta": (3, {"lr": 0.1, "rho": 0.9, "epsilon": 1e-6}, "grad"),
    "RMSProp": (3, {"lr": 0.1, "rho": 0.9, "momentum": 0.5, "epsilon": 1e-6}, "grad"),
    "CenteredRMSProp": (4, {"lr": 0.1, "rho": 0.9, "momentum": 0.5, "epsilon": 1e-6}, "grad"),
    "AdamWithAmsgrad": (
        4,
        {"beta1_power": 0.9, "beta2_power": 0.99, "lr": 0.1, "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-7},
        "grad",
    ),
    "ProximalGradientDescent": (1, {"alpha": 0.5, "l1": 0.7, "l2": 0.2}, "delta"),
    "ProximalAdagrad": (2, {"lr": 0.5, "l1": 0.7, "l2": 0.2}, "grad"),
    "AdagradDA": (3, {"lr": 0.5, "l1": 0.1, "l2": 0.2, "global_step": 3}, "grad"),
}
SLOTS = {
    "Momentum": ["accum"],
    "KerasMomentum": ["accum"],
    "Adam": ["m", "v"],
    "Adagrad": ["accum"],
    "AdagradV2": ["accum"],
    "Adadelta": ["accum", "accum_update"],
    "RMSProp": ["ms", "mom"],
    "CenteredRMSProp": ["mg", "ms", "mom"],
    "AdamWithAmsgrad": ["m", "v", "vhat"],
    "ProximalAdagrad": ["accum"],
    "AdagradDA": ["gradient_accumulator", "gradient_squared_accumulator"],
}
SPARSE = [
    "Momentum",
    "KerasMomentum",
    "Adagrad",
    "AdagradV2",
    "Adadelta",
    "RMSProp",
    "CenteredRMSProp",
    "ProximalGradientDescent",
    "ProximalAdagrad",
    "AdagradDA",
]


def scalar(name, value):
    """A hyperparameter of a step."""
    return tf.constant(value, tf.int64 if name == "global_step" else tf.float32)


LOOKS_AHEAD = ["Momentum", "KerasMomentum", "Adam"]
DENSE = [(rule, False) for rule in SCALARS] + [(rule, True) for rule in LOOKS_AHEAD]


@pytest.mark.parametrize(("rule", "nesterov"), DENSE)
def test_training_steps(rule, nesterov, hard):
    count, scalars, gradient = SCALARS[rule]
    rng = np.random.default_rng(0)
    start = [rng.uniform(0.5, 1.5, (3, 5)).astype(np.float32) for _ in range(count)]
    if rule == "CenteredRMSProp":
        start[1] *= 0.1
    steps = [rng.normal(size=(3, 5)).astype(np.float32) for _ in range(3)]
    found = {}
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            variables = [tf.Variable(x) for x in start]
            names = ["var", *SLOTS.get(rule, [])]
            handles = {n: v.handle for n, v in zip(names, variables, strict=True)}
            more = {"use_nesterov": True} if nesterov else {}
            for g in steps:
                getattr(R, "ResourceApply" + rule)(
                    **handles, **{k: scalar(k, v) for k, v in scalars.items()}, **{gradient: tf.constant(g)}, **more
                )
            found[device] = [v.numpy() for v in variables]
    for here, there in zip(*found.values(), strict=True):
        np.testing.assert_allclose(there, here, rtol=3e-7)


@pytest.mark.parametrize("dtype", [np.int32, np.int64])
@pytest.mark.parametrize("rule", SPARSE)
def test_steps_on_rows(rule, dtype, hard):
    """A row that comes twice takes both updates, one after the other; the rows that nobody names stay."""
    count, scalars, _ = SCALARS[rule]
    rng = np.random.default_rng(1)
    start = [rng.uniform(0.5, 1.5, (6, 2, 3)).astype(np.float32) for _ in range(count)]
    if rule == "CenteredRMSProp":
        start[1] *= 0.1
    rows, g = np.array([4, 0, 4, 2, 4], dtype), rng.normal(size=(5, 2, 3)).astype(np.float32)
    found = []
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            variables = [tf.Variable(x) for x in start]
            names = ["var", *SLOTS.get(rule, [])]
            handles = {n: v.handle for n, v in zip(names, variables, strict=True)}
            more = {k: scalar(k, v) for k, v in scalars.items()}
            getattr(R, "ResourceSparseApply" + rule)(**handles, **more, grad=tf.constant(g), indices=tf.constant(rows))
            found.append([v.numpy() for v in variables])
    for here, there, before in zip(*found, start, strict=True):
        np.testing.assert_allclose(there, here, rtol=5e-7)
        np.testing.assert_array_equal(there[[1, 3, 5]], before[[1, 3, 5]])


def test_sparse_steps_check_shapes(hard):
    with tf.device("/GPU:0"):
        v, a = tf.Variable(tf.zeros([3, 2])), tf.Variable(tf.zeros([3, 2]))
        for grad, indices, text in [
            (tf.zeros([2, 2]), [0], "same size as indices"),
            (tf.zeros([1, 3]), [0], "match in dimension 1"),
            (tf.zeros([1]), [0], "same number of dimensions"),
        ]:
            with pytest.raises(tf.errors.InvalidArgumentError, match=text):
                R.ResourceSparseApplyAdagrad(var=v.handle, accum=a.handle, lr=0.1, grad=grad, indices=indices)
        with pytest.raises(tf.errors.InvalidArgumentError, match="var and grad do not have the same shape"):
            R.ResourceApplyAdagrad(var=v.handle, accum=a.handle, lr=0.1, grad=tf.zeros([2]))


@pytest.mark.parametrize("dtype", [np.float32, np.int32])
@pytest.mark.parametrize("op", ["Update", "Add", "Sub", "Mul", "Div", "Min", "Max"])
def test_scatters_into_variables(op, dtype, hard):
    if op == "Div":
        dtype = np.float32  # integers have to report divisions by zero
    rng = np.random.default_rng(2)
    start, updates = (rng.integers(1, 9, shape).astype(dtype) for shape in [(5, 3), (4, 3)])
    rows = np.array([3, 0, 3, 1], np.int64)
    found = []
    for device in ("/CPU:0", "/GPU:0"):
        with tf.device(device):
            v, w = tf.Variable(start), tf.Variable(start)
            scatter = getattr(R, "ResourceScatter" + op)
            scatter(resource=v.handle, indices=rows, updates=updates)
            scatter(resource=v.handle, indices=np.int32(2), updates=tf.constant(2, updates.dtype))
            if op in ("Update", "Add", "Sub", "Min", "Max"):
                places = np.array([[0, 1], [4, 2], [0, 1]], np.int32)
                getattr(R, "ResourceScatterNd" + op)(ref=w.handle, indices=places, updates=updates[0])
            nd = R.ResourceGatherNd(resource=v.handle, indices=[[0, 1], [3, 2]], dtype=updates.dtype)
            found.append([v.numpy(), w.numpy(), nd.numpy()])
    for here, there in zip(*found, strict=True):
        np.testing.assert_array_equal(there, here)


def test_counters_of_64_bits(hard):
    with tf.device("/GPU:0"):
        v = tf.Variable(np.array([2**32 - 1, -1, 0, 2**40], np.int64))
        v.assign_add(np.array([1, 1, -1, 2**33], np.int64))
        assert v.numpy().tolist() == [2**32, 0, -1, 2**40 + 2**33]
        v.assign_sub(np.array([1, 1, -1, 2**41], np.int64))
    assert v.numpy().tolist() == [2**32 - 1, -1, 0, 2**40 + 2**33 - 2**41]


STATELESS = [
    ("StatelessRandomUniform", {}, 0),
    ("StatelessRandomNormal", {}, 1e-5),
    ("StatelessTruncatedNormal", {}, 1e-5),
    ("StatelessRandomUniformInt", {"minval": tf.constant(-7), "maxval": tf.constant(1000)}, 0),
    ("StatelessRandomUniformFullInt", {"dtype": tf.int32}, 0),
    ("StatelessRandomUniformFullInt", {"dtype": tf.uint32}, 0),
]


@pytest.mark.parametrize(("op", "more", "bound"), STATELESS)
@pytest.mark.parametrize("shape", [[], [1], [7], [1000, 41]])
def test_random_numbers_are_the_hosts(op, more, bound, shape, hard):
    for seed in ([1, 2], [2**31 - 1, -5]):
        with tf.device("/GPU:0"):
            there = getattr(R, op)(shape=np.array(shape, np.int32), seed=seed, **more)
        assert there.device == GPU
        with tf.device("/CPU:0"):
            here = getattr(R, op)(shape=np.array(shape, np.int32), seed=seed, **more)
        if bound:
            np.testing.assert_allclose(there, here, rtol=bound, atol=0)
        else:
            np.testing.assert_array_equal(there, here)


def test_streams_and_shuffles_are_the_hosts(hard):
    found = []
    for device in ("/CPU:0", "/GPU:0"):
        tf.random.set_seed(5)
        with tf.device(device):
            drawn = [tf.random.uniform([9]), tf.random.uniform([9]), tf.random.shuffle(tf.range(40.0))]
            assert all(device[1:] in t.device for t in drawn)
        found.append([t.numpy().tolist() for t in drawn])
    assert found[0] == found[1]


def test_a_training_loop_stays_there():
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=(64, 8)).astype(np.float32), rng.normal(size=(8, 4)).astype(np.float32)
    labels = np.argmax(x @ w, axis=1).astype(np.int64)

    def train(device):
        with tf.device(device):
            v, b = tf.Variable(tf.zeros([8, 4])), tf.Variable(tf.zeros([4]))
            m = [tf.Variable(tf.zeros(t.shape)) for t in (v, b)]

            @tf.function
            def step(x, labels):
                with tf.GradientTape() as tape:
                    logits = tf.matmul(x, v) + b
                    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
                    loss = tf.reduce_mean(losses)
                for t, a, g in zip((v, b), m, tape.gradient(loss, (v, b)), strict=True):
                    R.ResourceApplyMomentum(var=t.handle, accum=a.handle, lr=0.5, grad=g, momentum=0.9)
                return loss

            return [float(step(tf.constant(x), tf.constant(labels))) for _ in range(30)]

    here, there = train("/CPU:0"), train("/GPU:0")
    assert here[-1] < here[0] / 3
    np.testing.assert_allclose(there, here, rtol=1e-4)
