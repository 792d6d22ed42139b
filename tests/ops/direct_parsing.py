"""Direct calls of the ops that read and parse: files as datasets, `Example` messages, CSV, raw numbers."""

from direct import program

INVALID = "InvalidArgumentError"


@program(
    "TFRecordDataset TextLineDataset FixedLengthRecordDatasetV2",
    [[b"a", b"bc"], [b"one", b"", b"two"], [b"aa", b"bb"], "NotFoundError", INVALID, INVALID],
)
def files(t):
    tf, raw = t.tf, t.raw
    one = (tf.string, [])

    def name(kind, content):
        path = t.folder / f"{t.mode} {kind}"
        path.write_bytes(content)
        return tf.constant([str(path)])

    path = str(t.folder / f"{t.mode} records")
    with tf.io.TFRecordWriter(path) as writer:
        writer.write(b"a")
        writer.write(b"bc")
    size = tf.constant(0, tf.int64)
    plain = {"compression_type": tf.constant(""), "buffer_size": size}

    def fixed(bytes_each):
        lengths = [tf.constant(n, tf.int64) for n in (1, bytes_each, 2)]
        return raw.FixedLengthRecordDatasetV2(
            filenames=name("fixed", b"Haabbff"),
            header_bytes=lengths[0],
            record_bytes=lengths[1],
            footer_bytes=lengths[2],
            **plain,
        )

    lines = name("lines", b"one\n\r\ntwo")
    odd = {"compression_type": tf.constant("RAR"), "buffer_size": size}
    return [
        t.elements(raw.TFRecordDataset(filenames=tf.constant([path]), **plain), one),
        t.elements(raw.TextLineDataset(filenames=lines, **plain), one),
        t.elements(fixed(2), one),
        t.error(lambda: t.elements(raw.TFRecordDataset(filenames=tf.constant(["/no/such"]), **plain), one)),
        t.error(lambda: t.elements(fixed(3), one)),
        t.error(lambda: t.elements(raw.TextLineDataset(filenames=lines, **odd), one)),
    ]


@program("DecodeRaw DecodeCSV", [[[1, 2], [3, 4]], INVALID, [1, 7], [b"a", b"b c"], INVALID])
def text(t):
    tf, raw = t.tf, t.raw
    numbers = raw.DecodeRaw(bytes=tf.constant([b"\1\0\2\0", b"\3\0\4\0"]), out_type=tf.int16)
    defaults = [tf.constant([7]), tf.constant([], tf.string)]
    columns = raw.DecodeCSV(records=tf.constant(["1,a", ",b c"]), record_defaults=defaults)
    columns = [t.value(one).tolist() for one in columns]
    return [
        t.value(numbers).tolist(),
        t.error(lambda: t.value(raw.DecodeRaw(bytes=tf.constant(b"abc"), out_type=tf.int16))),
        *columns,
        t.error(lambda: t.value(raw.DecodeCSV(records=tf.constant(["1"]), record_defaults=defaults)[0])),
    ]


@program("ParseExampleV2", [[[0, 0], [1, 0]], [2.5, 1.5], [2, 1], [[1, 2], [8, 9]], [2.5, 1.5], [0, 1, 2]])
def examples(t):
    tf, raw = t.tf, t.raw

    def example(ints, number):
        made = tf.train.Example()
        for name in "xy":
            made.features.feature[name].float_list.value.append(number)
        if ints:
            made.features.feature["n"].int64_list.value.extend(ints)
        return made.SerializeToString()

    found = raw.ParseExampleV2(
        serialized=tf.constant([example([1, 2], 2.5), example([], 1.5)]),
        names=tf.constant([], tf.string),
        sparse_keys=tf.constant(["x"]),
        dense_keys=tf.constant(["n"]),
        ragged_keys=tf.constant(["y"]),
        dense_defaults=[tf.constant([8, 9], tf.int64)],
        num_sparse=1,
        sparse_types=[tf.float32],
        ragged_value_types=[tf.float32],
        ragged_split_types=[tf.int32],
        dense_shapes=[[2]],
    )
    return [t.value(one).tolist() for part in found for one in part]
