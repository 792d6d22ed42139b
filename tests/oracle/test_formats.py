"""Files between the Rust crate ferroflow-formats and real TensorFlow: each reads what the other writes."""

import json
import os
import subprocess

import numpy as np
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorflow.core.example import example_pb2
from tensorflow.core.framework import function_pb2, graph_pb2, op_def_pb2, summary_pb2, tensor_pb2
from tensorflow.core.protobuf import meta_graph_pb2, saver_pb2
from tensorflow.core.util import event_pb2
from tensorflow.python.framework import op_def_registry, tensor_util
from tensorflow.python.training import checkpoint_management

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
V1 = tf.compat.v1

pytestmark = pytest.mark.xdist_group("formats")


@pytest.fixture(scope="session")
def programs():
    """Paths of the crate's example programs, built once."""
    command = [
        "cargo",
        "build",
        "-q",
        "--profile",
        "fast",
        "-p",
        "ferroflow-formats",
        "--examples",
        "--message-format=json",
    ]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    made = [json.loads(line) for line in lines]
    return {m["target"]["name"]: m["executable"] for m in made if m.get("executable")}


@pytest.fixture
def run(programs):
    """Runs a program with arguments; its output's lines, or its error text."""

    def call(name, *arguments, data=None, fails=False):
        done = subprocess.run([programs[name], *map(str, arguments)], input=data, capture_output=True)
        assert (done.returncode != 0) == fails, done.stderr.decode()
        return done.stderr.decode() if fails else done.stdout.decode().splitlines()

    return call


def described(line):
    """Name, dtype, dims and elements (bytes, or a list of them) of a line of `bundle read`."""
    name, dtype, dims, elements = line.split("\t")
    dims = json.loads(dims)
    if dtype == "string":
        return name, (dtype, dims, [bytes.fromhex(e) for e in elements.split(",")[:-1]])
    return name, (dtype, dims, bytes.fromhex(elements))


def expected(array):
    """What `described` gives for an array of TensorFlow."""
    array = np.asarray(array)
    if array.dtype == object:
        return "string", list(array.shape), [e for e in array.ravel()]
    return tf.as_dtype(array.dtype).name, list(array.shape), array.tobytes()


def samples():
    """Arrays of every dtype that a variable can have, by name."""
    random = np.random.default_rng(1)
    names = (
        "float16 bfloat16 float32 float64 int8 uint8 int16 uint16 int32 uint32 int64 uint64 complex64 complex128 bool "
        "qint8 quint8 qint16 quint16 qint32"
    )
    values = {}
    for name in names.split():
        dtype = tf.as_dtype(name).as_numpy_dtype
        for shape in [(), (3,), (2, 0), (2, 3, 4)]:
            bits = random.integers(
                0, 2 if name == "bool" else 256, size=(*shape, np.dtype(dtype).itemsize), dtype=np.uint8
            )
            values[f"{name}/rank{len(shape)}"] = bits.reshape(-1).view(dtype).reshape(shape)
    values["strings"] = np.array([b"", b"a", bytes(range(256)), b"x" * 100_000], dtype=object).reshape(2, 2)
    values["string"] = np.array(b"one", dtype=object)
    values["none"] = np.zeros([0], dtype=object)
    return values


def save(prefix, values):
    """Writes a checkpoint with the op that Saver uses."""
    names = sorted(values)
    tensors = [tf.constant(values[n], dtype=tf.string if values[n].dtype == object else values[n].dtype) for n in names]
    tf.raw_ops.SaveV2(prefix=str(prefix), tensor_names=names, shape_and_slices=[""] * len(names), tensors=tensors)


def test_we_read_every_dtype_of_tensorflow(run, tmp_path):
    values = samples()
    save(tmp_path / "m", values)
    found = dict(map(described, run("bundle", "read", tmp_path / "m")))
    assert found == {name: expected(value) for name, value in values.items()}


def test_what_we_write_is_byte_for_byte_tensorflows(run, tmp_path):
    save(tmp_path / "theirs", samples())
    run("bundle", "copy", tmp_path / "theirs", tmp_path / "ours")
    for end in [".index", ".data-00000-of-00001"]:
        assert (tmp_path / f"ours{end}").read_bytes() == (tmp_path / f"theirs{end}").read_bytes(), end


def test_many_names_fill_several_blocks_of_the_index(run, tmp_path):
    values = {f"layer_{i:05}/{'kernel' * 10}": np.array(i) for i in range(12_000)}
    save(tmp_path / "theirs", values)
    run("bundle", "copy", tmp_path / "theirs", tmp_path / "ours")
    assert (tmp_path / "theirs.index").stat().st_size > 2 * 262_144
    assert (tmp_path / "ours.index").read_bytes() == (tmp_path / "theirs.index").read_bytes()


def test_tensorflow_reads_every_dtype_of_ours(run, tmp_path):
    for seed in [0, 5]:  # the second overwrites the first
        run("bundle", "write", tmp_path / "m", seed)
        ours = dict(map(described, run("bundle", "read", tmp_path / "m")))
        reader = tf.train.load_checkpoint(str(tmp_path / "m"))
        shapes, dtypes = reader.get_variable_to_shape_map(), reader.get_variable_to_dtype_map()
        assert set(shapes) == set(ours) and len(ours) > 80
        for name, (dtype, dims, elements) in ours.items():
            assert (dtypes[name].name, shapes[name]) == (dtype, dims)
            if "int2" not in dtype and "int4" not in dtype:  # NumPy's form of these is not the file's
                value = reader.get_tensor(name)
                assert (list(value.ravel()) if dtype == "string" else value.tobytes()) == elements, name
            restored = tf.raw_ops.RestoreV2(
                prefix=str(tmp_path / "m"), tensor_names=[name], shape_and_slices=[""], dtypes=[dtypes[name]]
            )[0]
            assert restored.shape == dims


def test_savers_of_v1(run, tmp_path):
    with tf.Graph().as_default(), V1.Session() as session:
        values = {"a/b": np.arange(6, dtype="f").reshape(2, 3), "s": np.array([b"x", b"yy"], dtype=object)}
        for name, value in values.items():
            V1.get_variable(name, initializer=tf.constant(value), use_resource=False)
        session.run(V1.global_variables_initializer())
        prefix = V1.train.Saver().save(session, str(tmp_path / "m.ckpt"), global_step=7)
    assert dict(map(described, run("bundle", "read", prefix))) == {n: expected(v) for n, v in values.items()}
    assert run("bundle", "latest", tmp_path) == [prefix]
    meta = (tmp_path / "m.ckpt-7.meta").read_bytes()
    again = bytes.fromhex(run("records", "message", "MetaGraphDef", data=meta)[0])
    assert meta_graph_pb2.MetaGraphDef.FromString(again) == meta_graph_pb2.MetaGraphDef.FromString(meta)


def test_partitioned_variables(run, tmp_path):
    with tf.Graph().as_default(), V1.Session() as session:
        value = np.arange(60, dtype="i4").reshape(12, 5)
        cut = V1.fixed_size_partitioner(5)
        V1.get_variable("p", initializer=tf.constant(value), partitioner=cut, use_resource=False)
        V1.get_variable("q", initializer=tf.constant(value.T.copy()), partitioner=V1.fixed_size_partitioner(3, axis=1))
        session.run(V1.global_variables_initializer())
        prefix = V1.train.Saver().save(session, str(tmp_path / "m"))
    found = dict(map(described, run("bundle", "read", prefix)))
    assert found == {"p": expected(value), "q": expected(value.T)}
    part = described(run("bundle", "read-slice", prefix, "p", "4,3:1,2")[0])[1]
    assert part == expected(value[4:7, 1:3])


def test_big_tensors_over_several_shards(run, tmp_path):
    values = {f"big{i}": np.full([3_000_000], i, "f8") for i in range(3)}
    prefixes = [str(tmp_path / f"part{i}") for i in range(3)]
    for prefix, (name, value) in zip(prefixes, values.items()):
        save(prefix, {name: value})
    tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=prefixes, destination_prefix=str(tmp_path / "m"))
    assert (tmp_path / "m.data-00002-of-00003").exists()
    run("bundle", "copy", tmp_path / "m", tmp_path / "copy")
    for name, value in values.items():
        assert (tf.train.load_variable(str(tmp_path / "copy"), name) == value).all()


def test_tensorflow_reads_what_we_merge(run, tmp_path):
    for i in range(3):
        save(tmp_path / f"part{i}" / "p", {f"v{i}": np.array([i])})
    save(tmp_path / "m", {"old": np.array(1)})
    run("bundle", "merge", tmp_path / "m", *[tmp_path / f"part{i}" / "p" for i in range(3)])
    assert dict(tf.train.list_variables(str(tmp_path / "m"))) == {f"v{i}": [1] for i in range(3)}
    assert [tf.train.load_variable(str(tmp_path / "m"), f"v{i}")[0] for i in range(3)] == [0, 1, 2]
    assert not (tmp_path / "part0").exists()


def test_errors_of_damaged_checkpoints_begin_alike(run, tmp_path):
    save(tmp_path / "m", {"v": np.arange(4)})
    data = tmp_path / "m.data-00000-of-00001"
    data.write_bytes(bytes(255 - b for b in data.read_bytes()))
    for prefix in [tmp_path / "m", tmp_path / "none"]:
        with pytest.raises(tf.errors.OpError) as theirs:
            tf.raw_ops.RestoreV2(prefix=str(prefix), tensor_names=["v"], shape_and_slices=[""], dtypes=[tf.int64])
        first = theirs.value.message.split("}} ")[1].split(" [Op:")[0]
        assert run("bundle", "read", prefix, fails=True).split(": ", 1)[1].splitlines()[0] == first


def test_the_newest_checkpoint_is_found(run, tmp_path):
    save(tmp_path / "m-1", {"v": np.array(1)})
    checkpoint_management.update_checkpoint_state(str(tmp_path), str(tmp_path / "m-1"))
    assert run("bundle", "latest", tmp_path) == [str(tmp_path / "m-1")]
    run("bundle", "state", tmp_path, tmp_path / "m-1", "2.5", "relative")
    assert tf.train.latest_checkpoint(str(tmp_path)) == str(tmp_path / "m-1")


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("name", ["m-1", 'sub/m "ä"\\\n-2', "../m-3"])
@pytest.mark.parametrize("folder", [".", "a/b", "/{}"])
@pytest.mark.parametrize("prefix", ["", "/{}/"])
def test_state_files(run, tmp_path, monkeypatch, folder, name, prefix, relative):
    monkeypatch.chdir(tmp_path)
    folder, path = (text.format(str(tmp_path)[1:]) for text in (folder, prefix + name))
    os.makedirs(folder, exist_ok=True)
    checkpoint_management.update_checkpoint_state_internal(
        folder, path, [path], save_relative_paths=relative, all_model_checkpoint_timestamps=[1795370397.691406]
    )
    state = os.path.join(folder, "checkpoint")
    with open(state, "rb") as file:
        theirs = file.read()
    os.remove(state)
    run("bundle", "state", folder, path, "1795370397.691406", "relative" if relative else "absolute")
    with open(state, "rb") as file:
        ours = file.read()
    if relative and prefix and folder == "a/b":  # TensorFlow makes the path relative twice, and then finds nothing
        found = checkpoint_management.get_checkpoint_state(folder).model_checkpoint_path
        assert os.path.abspath(found) == os.path.abspath(path)
    else:
        assert ours == theirs


def test_errors_of_state_files(run, tmp_path):
    with pytest.raises(ValueError) as theirs:
        checkpoint_management.update_checkpoint_state_internal(
            str(tmp_path), "b", ["a", "b"], all_model_checkpoint_timestamps=[1.5]
        )
    ours = run("bundle", "state", tmp_path, "b", "1.5", "absolute", "a", fails=True)
    assert ours.strip() == f"Value: {theirs.value}"
    with pytest.raises(RuntimeError) as theirs:
        checkpoint_management.update_checkpoint_state_internal(str(tmp_path), str(tmp_path / "checkpoint"), ["a"])
    ours = run("bundle", "state", tmp_path, tmp_path / "checkpoint", "1.5", "absolute", fails=True)
    assert ours.strip() == f"Runtime: {theirs.value}"


def test_records(run, tmp_path):
    run("records", "write", tmp_path / "ours")
    records = [r.numpy() for r in tf.data.TFRecordDataset(str(tmp_path / "ours"))]
    assert [len(r) for r in records] == [0, 1, 3, 100_000]
    with tf.io.TFRecordWriter(str(tmp_path / "theirs")) as writer:
        for record in records:
            writer.write(record)
    assert (tmp_path / "theirs").read_bytes() == (tmp_path / "ours").read_bytes()
    assert [bytes.fromhex(line) for line in run("records", "read", tmp_path / "theirs")] == records


@pytest.mark.parametrize("damage", ["head", "length", "content", "checksum", "cut"])
def test_errors_of_damaged_records_begin_alike(run, tmp_path, damage):
    path = tmp_path / "r"
    with tf.io.TFRecordWriter(str(path)) as writer:
        writer.write(b"a")
        writer.write(b"bcd")
    content = bytearray(path.read_bytes())
    if damage == "cut":
        del content[-2:]
    else:
        content[{"head": 0, "length": 18, "content": 30, "checksum": 14}[damage]] ^= 1
    path.write_bytes(content)
    with pytest.raises(tf.errors.DataLossError) as theirs:
        list(tf.data.TFRecordDataset(str(path)))
    first = theirs.value.message.split("}} ")[1].split(" [Op:")[0]
    ours = run("records", "read", path, fails=True).split(": ", 1)[1].splitlines()[0]
    assert ours.removesuffix(" (Is this even a TFRecord file?)") == first.removesuffix(
        " (Is this even a TFRecord file?)"
    )


def events_of(path):
    return list(V1.train.summary_iterator(str(path)))


def test_tensorflow_reads_our_events(run, tmp_path):
    run("records", "write-events", tmp_path / "run")
    (path,) = (tmp_path / "run").iterdir()
    first, one, two, graph, log = events_of(path)
    assert first.file_version == "brain.Event:2"
    assert [e.step for e in (one, two, graph, log)] == [1, 2, 0, 3]
    values = np.array([-1.5, 0.0, 0.25, 3.0, 3.0])
    pixels = np.arange(18, dtype="f").reshape(1, 2, 3, 3) - 4
    with tf.Graph().as_default(), V1.Session() as session:
        ops = [V1.summary.scalar("v1/scalar", 0.5), V1.summary.histogram("v1/histogram", values)]
        ops.append(V1.summary.image("v1", pixels, max_outputs=1))
        theirs = summary_pb2.Summary.FromString(session.run(V1.summary.merge(ops))).value
    ours = one.summary.value
    assert list(ours[:2]) == list(theirs[:2])
    assert ours[2].tag == theirs[2].tag
    for field in ["height", "width", "colorspace"]:
        assert getattr(ours[2].image, field) == getattr(theirs[2].image, field)
    decoded = [tf.io.decode_png(v.image.encoded_image_string).numpy() for v in (ours[2], theirs[2])]
    assert (decoded[0] == decoded[1]).all()
    assert ours[3].metadata.plugin_data.plugin_name == "text"
    assert tf.make_ndarray(ours[3].tensor).tolist() == [b"one", b"**two**"]

    writer = tf.summary.create_file_writer(str(tmp_path / "theirs"))
    with writer.as_default(step=2):
        tf.summary.scalar("v2/scalar", 0.25, description="a number")
        tf.summary.histogram("v2/histogram", values)
        tf.summary.image("v2/images", decoded[0].reshape(2, 3, 3, 1), max_outputs=1)
    writer.close()
    (path,) = (tmp_path / "theirs").iterdir()
    theirs = [v for e in events_of(path) for v in e.summary.value]
    assert len(theirs) == 3
    for a, b in zip(two.summary.value, theirs):
        assert (a.tag, a.metadata) == (b.tag, b.metadata)
        a, b = tf.make_ndarray(a.tensor), tf.make_ndarray(b.tensor)
        if a.dtype == object:
            assert a[:2].tolist() == b[:2].tolist()
            a, b = tf.io.decode_png(a[2]).numpy(), tf.io.decode_png(b[2]).numpy()
        np.testing.assert_array_equal(a, b)


def test_tensorboard_shows_our_events(run, tmp_path):
    run("records", "write-events", tmp_path)
    events = EventAccumulator(str(tmp_path)).Reload()
    tags = events.Tags()
    assert tags["scalars"] == ["v1/scalar"] and tags["histograms"] == ["v1/histogram"]
    assert tags["images"] == ["v1/image"] and tags["graph"]
    assert sorted(tags["tensors"]) == ["text", "v2/histogram", "v2/images", "v2/scalar"]
    assert [(s.step, s.value) for s in events.Scalars("v1/scalar")] == [(1, 0.5)]
    assert tf.make_ndarray(events.Tensors("v2/scalar")[0].tensor_proto) == 0.25
    assert events.SummaryMetadata("v2/images").plugin_data.plugin_name == "images"
    assert events.SummaryMetadata("text").summary_description == "two words"


def test_we_read_tensorflows_events(run, tmp_path):
    with tf.Graph().as_default(), V1.Session() as session:
        x = V1.placeholder(tf.float32, name="x")
        V1.summary.scalar("s", x)
        V1.summary.histogram("h", x)
        V1.summary.text("t", tf.constant("hello"))
        writer = V1.summary.FileWriter(str(tmp_path), session.graph)
        writer.add_summary(session.run(V1.summary.merge_all(), {x: 3}), 7)
        writer.add_session_log(V1.SessionLog(status=V1.SessionLog.CHECKPOINT, checkpoint_path="p"), 8)
        writer.add_run_metadata(V1.RunMetadata(), "run", 9)
        writer.close()
    (path,) = tmp_path.iterdir()
    theirs = events_of(path)
    assert len(theirs) == 6
    ours = [event_pb2.Event.FromString(bytes.fromhex(line)) for line in run("records", "read-events", path)]
    assert ours == theirs


@pytest.mark.parametrize("dtype", ["uint8", "float16", "float32", "float64"])
@pytest.mark.parametrize("low", [0, -10])
@pytest.mark.parametrize("seed", range(3))
def test_pixels_of_image_summaries(run, dtype, low, seed):
    random = np.random.default_rng(seed)
    image = random.integers(0, 256, (1, 35, 7, 3)) if dtype == "uint8" else random.uniform(low, 10, (1, 35, 7, 3))
    image = image.astype(dtype)
    if dtype != "uint8":
        image[0, 1, 2, 1], image[0, 3, 3, 0] = np.nan, np.inf
    with tf.Graph().as_default(), V1.Session() as session:
        summary = session.run(V1.summary.image("i", tf.constant(image)))
    theirs = tf.io.decode_png(summary_pb2.Summary.FromString(summary).value[0].image.encoded_image_string).numpy()
    proto = tf.make_tensor_proto(image).SerializeToString()
    ours = bytes.fromhex(run("records", "pixels", data=proto)[0])
    assert ours == theirs.tobytes()


def test_messages_survive(run):
    @tf.function(jit_compile=False)
    def f(x, n):
        for i in tf.range(n):
            x = tf.cond(x > 3, lambda: x * 2, lambda: x + tf.cast(i, x.dtype))
        return {"y": tf.strings.as_string(x), "z": tf.nest.map_structure(tf.identity, x)}

    concrete = f.get_concrete_function(tf.TensorSpec([], tf.float32), tf.TensorSpec([], tf.int32))
    graph = concrete.graph.as_graph_def(add_shapes=True)
    assert len(graph.library.function) >= 3
    example = tf.train.Example()
    example.features.feature["a"].int64_list.value.extend([1, -1, 2**62])
    example.features.feature["b"].bytes_list.value.append(b"\0\xff")
    example.features.feature["c"].float_list.value.extend([0.5, -0.0])
    example.features.feature["d"].SetInParent()
    sequence = tf.train.SequenceExample(context=example.features)
    sequence.feature_lists.feature_list["l"].feature.add().int64_list.value.append(3)
    ops = [op_def_registry.get(name) for name in ["Conv2D", "While", "AddN", "BatchDatasetV2", "TensorListStack"]]
    saver = saver_pb2.SaverDef(filename_tensor_name="a", max_to_keep=5, keep_checkpoint_every_n_hours=0.5, version=2)
    messages = [graph, *graph.library.function, *ops, example, sequence, saver]
    for message in messages:
        kind = message.DESCRIPTOR.name
        bytes_ = bytes.fromhex(run("records", "message", kind, data=message.SerializeToString())[0])
        again = {
            "GraphDef": graph_pb2.GraphDef,
            "FunctionDef": function_pb2.FunctionDef,
            "OpDef": op_def_pb2.OpDef,
            "Example": example_pb2.Example,
            "SequenceExample": example_pb2.SequenceExample,
            "SaverDef": saver_pb2.SaverDef,
        }[kind].FromString(bytes_)
        assert again == message, kind


def test_tensor_messages_have_tensorflows_form(run):
    for name, value in samples().items():
        theirs = tensor_util.make_tensor_proto(value)
        plain, compact = run("records", "tensor", data=theirs.SerializeToString())
        assert tensor_pb2.TensorProto.FromString(bytes.fromhex(plain)) == theirs, name
        assert expected(tf.make_ndarray(tensor_pb2.TensorProto.FromString(bytes.fromhex(compact)))) == expected(
            value
        ), name


def test_compact_tensor_messages_are_understood(run):
    for name in "float16 bfloat16 float32 float64 int8 uint16 int64 uint32 uint64 complex64 complex128 bool".split():
        for head in [[], [1], [0, 1]]:
            value = np.array(head + [0] * 90 + [1] * 100, dtype=tf.as_dtype(name).as_numpy_dtype)
            value = value if head else np.zeros_like(value)
            data = tensor_util.make_tensor_proto(value).SerializeToString()
            compact = bytes.fromhex(run("records", "tensor", data=data)[1])
            assert len(compact) < 5 * 100 * value.itemsize
            assert (tf.make_ndarray(tensor_pb2.TensorProto.FromString(compact)) == value).all(), name
            assert (tf.io.parse_tensor(compact, name).numpy() == value).all(), name
