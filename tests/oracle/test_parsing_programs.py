"""Files as datasets, `Example` messages, CSV and raw numbers are read as TensorFlow reads them."""

import pytest
import tensorflow
from programs import check, run

import ferroflow
import ferroflow.compat.v1

EXAMPLES = """
def feature(values):
    f = tf.train.Feature()
    if values and isinstance(values[0], bytes):
        f.bytes_list.value.extend(values)
    elif values and isinstance(values[0], float):
        f.float_list.value.extend(values)
    else:
        f.int64_list.value.extend(values)
    return f
def example(**features):
    e = tf.train.Example()
    for name, values in features.items():
        e.features.feature[name].CopyFrom(feature(values))
    return e.SerializeToString()
one = example(a=[1, 2], b=[.5], c=[b"x", b"yy"])
two = example(a=[3, 4])
three = example(a=[5, 6], b=[1.5], d=[7, 8, 9, 10])
io = tf.io
full = {"a": io.FixedLenFeature([2], tf.int64), "b": io.FixedLenFeature([], tf.float32, -1.), "c": io.VarLenFeature(tf.string),
        "d": io.FixedLenSequenceFeature([], tf.int64, allow_missing=True), "e": io.FixedLenFeature([2], tf.string, ["p", "q"])}
def parts(found):
    return [[k, [v.indices, v.values, v.dense_shape] if isinstance(v, tf.SparseTensor) else v] for k, v in sorted(found.items())]
show(lambda: parts(io.parse_example([one, two, three], full)))
show(lambda: parts(io.parse_example(tf.constant([], tf.string), full)))
show(lambda: parts(io.parse_example(one, full)))
show(lambda: parts(io.parse_single_example(three, full)))
show(lambda: parts(v1.parse_single_example(two, full)))
show(lambda: parts(v1.io.parse_example([two, one], {"c": v1.VarLenFeature(tf.string)}, "name")))
show(lambda: parts(io.parse_example([three, one], {"d": io.FixedLenSequenceFeature([2], tf.int64, True, 5)})))
show(lambda: parts(io.parse_example([three], {"d": io.FixedLenFeature([2, 2], tf.int64)})))
show(lambda: parts(io.parse_example([one], {"z": io.FixedLenFeature([3], tf.int64, 4)})))
show(lambda: parts(io.parse_example([one], {"z": io.FixedLenFeature([], tf.string, "word")})))
show(lambda: io.parse_example([one], {}))
show(lambda: io.parse_example([one], {"a": io.FixedLenFeature(None, tf.int64)}))
show(lambda: io.parse_example([one], {"a": io.FixedLenSequenceFeature([], tf.int64)}))
show(lambda: io.parse_single_example([one], full))
show([tuple(io.FixedLenFeature([1], tf.int64)) == ([1], tf.int64, None), io.VarLenFeature(tf.string) == (tf.string,)])
for bad in ({"a": io.FixedLenFeature([3], tf.int64)}, {"a": io.FixedLenFeature([2], tf.float32)}, {"z": io.FixedLenFeature([2], tf.float32)},
            {"a": io.VarLenFeature(tf.string)}):
    try:
        io.parse_example([one], bad)
        show("nothing")
    except tf.errors.InvalidArgumentError as error:
        show(type(error).__name__)
try:
    io.parse_example([b"junk"], full)
except tf.errors.InvalidArgumentError as error:
    show(type(error).__name__)
with tf.Graph().as_default(), v1.Session() as s:
    text = v1.placeholder(tf.string, [None])
    found = io.parse_example(text, full)
    show([[k, str(v.shape), v.dtype.name] for k, v in sorted(found.items())])
    show(s.run(found["a"], {text: [three, one]}))
    text = v1.placeholder(tf.string, [])
    found = v1.parse_single_example(text, full)
    show([[k, str(v.shape), v.dtype.name] for k, v in sorted(found.items())])
    show(s.run([found["b"], found["c"].values], {text: one}))
data = tf.data.Dataset.from_tensor_slices([one, two, three]).map(lambda x: io.parse_single_example(x, full)["a"])
show([x for x in data.as_numpy_iterator()])
"""

TEXT = '''
csv, raw = tf.io.decode_csv, tf.io.decode_raw
lines = ["1,2.5,a", "-3,1e2,b c", ",,"]
show(lambda: csv(lines, [7, -1., "z"]))
show(lambda: csv("1,2", [[0], tf.constant([], tf.int64)]))
show(lambda: csv([["1|2"], ["3|4"]], [0, 0.], field_delim="|"))
show(lambda: csv(['"a,b",1', '"say ""x""",2', '"",3'], ["d", 0]))
show(lambda: csv(['"a,b",1'], ["d", "d", 0], use_quote_delim=False))
show(lambda: csv(["1,NA,3"], [0, 9, 0], na_value="NA"))
show(lambda: csv(["1,2,3,4"], [0, 0], select_cols=[1, 3]))
show(lambda: csv(["1,2,"], [0, 0, 5]))
show(lambda: csv(["1, 2"], [0, 0]))
show(lambda: csv(["1,2\\n"], [0, 0]))
show(lambda: csv(["9223372036854775807"], [tf.constant(0, tf.int64)]))
show(lambda: csv([], [0, ""]))
show(lambda: v1.decode_csv(["1,2"], [[0], [0]], ",", True, "name"))
for bad in ((["1,2"], [0]), (["1"], [0, 0]), (["x,2"], [0, 0]), (["1.5"], [0]), (["x"], [0.]), (["99999999999"], [0]), ([",1"], [tf.constant([], tf.int32), 0]),
            (['a"b,1'], ["", 0]), (['"ab,1'], ["", 0]), (['"a"b,1'], ["", 0]), (["1"], [[1, 2]]), (["1"], [[[1]]])):
    show(lambda: csv(*bad))
show(lambda: csv(["1,2"], [0, 0], select_cols=[1, 0]))
show(lambda: csv(["1,2"], [0, 0], select_cols=[-1, 0]))
show(lambda: csv(["1,2"], [0, 0], select_cols=[1]))
show(lambda: csv(["1,2"], [0, 0], field_delim=";;"))
for dtype in (tf.uint8, tf.int8, tf.int16, tf.uint16, tf.int32, tf.float16, tf.float32, tf.int64, tf.float64, tf.complex64, tf.complex128, tf.bool):
    show(lambda: raw([b"\\1\\0\\0\\0\\2\\0\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1", b"\\0" * 16], dtype))
    show(lambda: raw(b"\\1\\0\\0\\0\\2\\0\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1", dtype, little_endian=False))
show(lambda: raw(b"", tf.int32))
show(lambda: raw(tf.constant([], tf.string), tf.int32))
show(lambda: raw([b"ab", b"c"], tf.uint8))
show(lambda: raw(b"abc", tf.int16))
show(lambda: raw(b"ab", tf.string))
show(lambda: v1.decode_raw(bytes=b"ab", out_type=tf.uint8))
show(lambda: v1.decode_raw(b"ab"))
'''

FILES = """
D = tf.data
def listed(dataset):
    return list(dataset.as_numpy_iterator())
words = [b"one", b"", b"three" * 1000, b"\\xff\\x00"]
for kind in ("", "GZIP", "ZLIB"):
    options = tf.io.TFRecordOptions(kind)
    with tf.io.TFRecordWriter("records" + kind, options) as writer:
        for word in words:
            writer.write(word)
        writer.flush()
    show(lambda: listed(D.TFRecordDataset("records" + kind, kind)) == words)
    show(lambda: list(v1.python_io.tf_record_iterator("records" + kind, options)) == words)
with tf.io.TFRecordWriter("more") as writer:
    writer.write(b"more")
show(lambda: [len(x) for x in listed(D.TFRecordDataset(["records", "more"]))])
show(lambda: [len(x) for x in listed(D.TFRecordDataset(["records", "more"], num_parallel_reads=2))])
show(lambda: [len(x) for x in listed(D.TFRecordDataset(D.Dataset.from_tensor_slices(["more", "records"])))])
show(lambda: [len(x) for x in listed(D.TFRecordDataset(tf.constant(["more", "records"])).take(2).repeat(2))])
show(lambda: D.TFRecordDataset("more").element_spec)
show(lambda: int(D.TFRecordDataset("more").cardinality()))
show(lambda: listed(D.TFRecordDataset("nowhere")))
show(lambda: D.TFRecordDataset(3))
show(lambda: D.TFRecordDataset(D.Dataset.range(2)))
show(lambda: tf.io.TFRecordWriter("x", "RAR"))
show([v1.python_io.TFRecordOptions.get_compression_type_string(one) for one in (None, "", "GZIP", v1.io.TFRecordCompressionType.ZLIB)])
whole = open("records", "rb").read()
open("cut", "wb").write(whole[:-3])
open("bad", "wb").write(whole[:13] + b"X" + whole[14:])
show(lambda: listed(D.TFRecordDataset("cut")))
show(lambda: listed(D.TFRecordDataset("bad")))
import gzip, zlib
text = b"first\\n\\nthird\\r\\nlast"
open("lines", "wb").write(text)
open("lines.gz", "wb").write(gzip.compress(text) + gzip.compress(b"more\\n"))
open("lines.z", "wb").write(zlib.compress(text))
show(lambda: listed(D.TextLineDataset("lines")))
show(lambda: listed(D.TextLineDataset(["lines", "lines"])))
show(lambda: listed(D.TextLineDataset("lines.gz", compression_type="GZIP")))
show(lambda: listed(D.TextLineDataset("lines.z", "ZLIB")))
show(lambda: listed(D.TextLineDataset("lines").skip(1).filter(lambda x: tf.not_equal(x, ""))))
show(lambda: listed(D.TextLineDataset("nowhere")))
try:
    listed(D.TextLineDataset("lines", "RAR"))
except tf.errors.InvalidArgumentError as error:
    show("Unsupported compression_type." in str(error))
open("fixed", "wb").write(b"HEADaabbccF")
show(lambda: listed(D.FixedLengthRecordDataset("fixed", 2, 4, 1)))
show(lambda: listed(D.FixedLengthRecordDataset(["fixed", "fixed"], 11)))
show(lambda: listed(D.FixedLengthRecordDataset("fixed", 3, 4, 1)))
show(lambda: listed(D.FixedLengthRecordDataset("nowhere", 3)))
open("fixed.gz", "wb").write(gzip.compress(b"HEADaabbccF"))
show(lambda: listed(D.FixedLengthRecordDataset("fixed.gz", 2, 4, 1, compression_type="GZIP")))
show(lambda: listed(D.FixedLengthRecordDataset("fixed.gz", 6, 4, 1, compression_type="GZIP")))
show(lambda: listed(D.FixedLengthRecordDataset("fixed", 2, 0, 4)))
fitting = iter(D.FixedLengthRecordDataset("fixed.gz", 4, 4, 1, compression_type="GZIP"))
show(lambda: next(fitting).numpy())
show(lambda: next(fitting).numpy())
show(lambda: listed(D.TFRecordDataset(["cut", "more"]).ignore_errors()) == words[:3] + [b"more"])
show(lambda: listed(D.FixedLengthRecordDataset(["fixed.gz", "fixed.gz"], 4, 4, 1, compression_type="GZIP").ignore_errors()))
open(b"odd\\xff", "wb").write(b"a\\nb\\n")
show(lambda: listed(D.TextLineDataset(b"odd\\xff")))
with tf.Graph().as_default(), v1.Session() as s:
    names = v1.placeholder(tf.string, [None])
    iterator = v1.data.TextLineDataset(names).map(lambda x: tf.io.decode_csv(x, ["", ""], field_delim="t")[0] if False else x).make_initializable_iterator()
    item = iterator.get_next()
    s.run(iterator.initializer, {names: ["lines"]})
    show([s.run(item), s.run(item), str(item.shape), item.dtype.name])
    item = v1.data.TFRecordDataset("more").make_one_shot_iterator().get_next()
    show(s.run(item))
"""


@pytest.mark.parametrize("text", [EXAMPLES, TEXT], ids=["examples", "text"])
def test_parsing(text):
    check(text)


def test_files(tmp_path, monkeypatch):
    shown = []
    for library, v1 in ((tensorflow, tensorflow.compat.v1), (ferroflow, ferroflow.compat.v1)):
        folder = tmp_path / library.__name__
        folder.mkdir()
        monkeypatch.chdir(folder)
        shown.append(run(FILES, library, v1))
    want, have = shown
    faults = [f"{n}: TensorFlow {w!r}\n   Ferroflow  {h!r}" for n, (w, h) in enumerate(zip(want, have)) if w != h]
    assert not faults, "\n".join(faults)


NAMES = """
features = {"a": tf.io.FixedLenFeature([2], tf.int64), "b": tf.io.VarLenFeature(tf.int64)}
with tf.Graph().as_default():
    for name in (None, "mine"):
        many = v1.parse_example(v1.placeholder(tf.string, [None]), features, name=name)
        one = v1.parse_single_example(v1.placeholder(tf.string, []), features, name=name)
        show([many["a"].name, many["b"].indices.name, one["a"].name, one["b"].values.name])
show(lambda: tf.io.parse_single_example("", {}))
show(lambda: tf.io.parse_single_example("", None))
"""


def test_names_of_parsed_features():
    check(NAMES)
