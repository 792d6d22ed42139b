"""Direct calls of ops that change variables, and of the ops of random numbers, files and summaries that no expression describes."""

import numpy as np
from direct import EAGER, GRAPH, program

INVALID = "InvalidArgumentError"
START = [[1, 2], [3, 4], [5, 6]]
NUMBERS = (
    "float32",
    "float64",
    "float16",
    "bfloat16",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
)


def variable(t, value, dtype, name="v"):
    """A variable that has a value, and how it is read."""
    handle = t.raw.VarHandleOp(dtype=dtype, shape=np.shape(value), shared_name=f"{name} {dtype.name}", container="")
    t.value(t.raw.AssignVariableOp(resource=handle, value=t.tf.constant(value, dtype)))
    return handle


def read(t, handle, dtype):
    return t.value(t.raw.ReadVariableOp(resource=handle, dtype=dtype)).astype(np.float64).tolist()


@program(
    "ResourceScatterMul ResourceScatterSub ResourceScatterMin ResourceScatterMax",
    [
        [[[6, 10], [3, 4], [50, 72]]] * 12,
        [[[0, 0], [3, 4], [0, 1]]] * 12,
        [[[0, 1], [3, 4], [1, 2]]] * 12,
        [[[9, 2], [3, 4], [5, 9]]] * 12,
        [[[3, 6], [3, 4], [5, 6]]] * 2,
        [INVALID, INVALID],
    ],
)
def scattered_rows(t):
    """Rows that are named twice take both updates; a scalar goes to all; complex numbers multiply and subtract."""
    tf, raw = t.tf, t.raw
    updates = {
        raw.ResourceScatterMul: ([2, 0, 2], [[2, 3], [6, 5], [5, 4]]),
        raw.ResourceScatterSub: ([2, 0, 2], [[2, 3], [1, 2], [3, 2]]),
        raw.ResourceScatterMin: ([2, 0, 2], [[1, 3], [0, 1], [3, 2]]),
        raw.ResourceScatterMax: ([2, 0, 2], [[2, 3], [9, 1], [5, 9]]),
    }
    found = []
    for op, (rows, change) in updates.items():
        found.append([])
        for dtype in map(tf.as_dtype, NUMBERS):
            handle = variable(t, START, dtype)
            index = tf.int64 if dtype.size == 8 else tf.int32
            t.value(op(resource=handle, indices=tf.constant(rows, index), updates=tf.constant(change, dtype)))
            found[-1].append(read(t, handle, dtype))
    found.append([])
    for dtype in (tf.complex64, tf.complex128):
        handle = variable(t, START, dtype)
        t.value(raw.ResourceScatterMul(resource=handle, indices=tf.constant(0), updates=tf.constant(6, dtype)))
        t.value(raw.ResourceScatterSub(resource=handle, indices=[0], updates=tf.constant([[3, 6]], dtype)))
        found[-1].append(t.value(raw.ReadVariableOp(resource=handle, dtype=dtype)).real.tolist())
    handle = variable(t, START, tf.float32)
    found.append([])
    for rows in ([3], [-1]):
        given = {"resource": handle, "indices": tf.constant(rows), "updates": tf.constant([[1.0, 2.0]])}
        found[-1].append(t.error(lambda: raw.ResourceScatterMul(**given)))
    return [[[[int(x) for x in row] for row in one] for one in many] for many in found[:-1]] + [found[-1]]


@program(
    "ResourceScatterMul ResourceScatterSub ResourceScatterMin ResourceScatterMax",
    [INVALID] * 4,
    (EAGER,),
    "it reads past the end of the updates",
)
def scattered_rows_of_another_length(t):
    handle = variable(t, START, t.tf.float32)
    given = {"resource": handle, "indices": [0], "updates": [[1.0, 2.0, 3.0]]}
    ops = t.raw.ResourceScatterMul, t.raw.ResourceScatterSub, t.raw.ResourceScatterMin, t.raw.ResourceScatterMax
    return [t.error(lambda: op(**given)) for op in ops]


@program(
    "ResourceScatterNdMax ResourceScatterNdMin",
    [[[[1, 9], [3, 4], [5, 6]], [[1, 0], [3, 4], [5, 6]]]] * 12 + [[[[9, 9], [3, 4], [5, 6]], INVALID, INVALID]],
)
def scattered_elements(t):
    """Elements, then whole rows; an index that is named twice takes both."""
    tf, raw, found = t.tf, t.raw, []
    for dtype in map(tf.as_dtype, NUMBERS):
        given = {"indices": tf.constant([[0, 1], [0, 1], [2, 1]])}
        many = []
        for op, change in ((raw.ResourceScatterNdMax, [9, 3, 1]), (raw.ResourceScatterNdMin, [0, 1, 7])):
            handle = variable(t, START, dtype)
            t.value(op(ref=handle, updates=tf.constant(change, dtype), **given))
            many.append([[int(x) for x in row] for row in read(t, handle, dtype)])
        found.append(many)
    handle = variable(t, START, tf.float32)
    t.value(raw.ResourceScatterNdMax(ref=handle, indices=[[0]], updates=[[9.0, 9.0]]))
    rows = [[int(x) for x in row] for row in read(t, handle, tf.float32)]
    beyond = t.error(lambda: raw.ResourceScatterNdMax(ref=handle, indices=[[3, 0]], updates=[1.0]))
    uneven = t.error(lambda: raw.ResourceScatterNdMin(ref=handle, indices=[[0, 0]], updates=[1.0, 2.0]))
    return found + [[rows, beyond, uneven.replace("ValueError", INVALID)]]


@program("VarHandleOp", [[1.0, 2.0], 2.0])
def variables_without_a_name_are_one(t):
    raw, tf = t.raw, t.tf
    first, second = (raw.VarHandleOp(dtype=tf.float32, shape=[2], shared_name="", container="") for _ in range(2))
    t.value(raw.AssignVariableOp(resource=first, value=[1.0, 2.0]))
    both = t.value(raw.ReadVariableOp(resource=second, dtype=tf.float32)).tolist()
    t.value(raw.AssignAddVariableOp(resource=second, value=[1.0, 1.0]))
    return [both, float(t.value(raw.ReadVariableOp(resource=first, dtype=tf.float32))[0])]


@program("StatelessRandomGetAlg", [1])
def the_algorithm_of_random_numbers(t):
    return [int(t.value(t.raw.StatelessRandomGetAlg()))]


@program("ReadFile WriteFile", [b"\x00two\nlines\xff", b"", b"a", "NotFoundError", INVALID])
def files(t):
    tf, raw, found = t.tf, t.raw, []
    name = tf.constant(str(t.folder / f"{t.mode} file"))
    for text in (b"\x00two\nlines\xff", b""):
        t.value(raw.WriteFile(filename=name, contents=tf.constant(text)))
        found.append(t.value(raw.ReadFile(filename=name)))
    inside = str(t.folder / t.mode / "new folder" / "file")
    t.value(raw.WriteFile(filename=inside, contents=b"a"))
    found.append(t.value(raw.ReadFile(filename=inside)))
    found = [x if isinstance(x, bytes) else x.item() for x in found]
    missing = t.error(lambda: raw.ReadFile(filename=str(t.folder / "missing")))
    return found + [missing, t.error(lambda: raw.ReadFile(filename=[inside, inside])).replace("ValueError", INVALID)]


@program("MergeV2Checkpoints", [["a", "b"], [1.0, 2.0], [[3, 4]], False, INVALID])
def merged_checkpoints(t):
    tf, raw = t.tf, t.raw
    place = str(t.folder / f"{t.mode} parts")
    parts = {f"{place}/one": ("a", tf.constant([1.0, 2.0])), f"{place}/two": ("b", tf.constant([[3, 4]]))}
    for prefix, (name, value) in parts.items():
        t.value(raw.SaveV2(prefix=prefix, tensor_names=[name], shape_and_slices=[""], tensors=[value]))
    whole = f"{t.folder}/{t.mode} whole"
    t.value(raw.MergeV2Checkpoints(checkpoint_prefixes=list(parts), destination_prefix=whole, delete_old_dirs=True))
    read = raw.RestoreV2(
        prefix=whole, tensor_names=["a", "b"], shape_and_slices=["", ""], dtypes=[tf.float32, tf.int32]
    )
    names = sorted(name for name, _ in tf.train.list_variables(whole))
    left = (t.folder / f"{t.mode} parts").exists()
    twice = t.error(lambda: raw.MergeV2Checkpoints(checkpoint_prefixes=[whole, whole], destination_prefix=place))
    return [names, *[x.tolist() for x in t.value(read)], left, twice]


SAMPLES = [[1, 2, 0, 1, 1, 1, 1], [0, 2, 2, 2, 0, 0, 0]]


@program("StatelessMultinomial", [[True] * 16, [], [[]], [INVALID] * 5])
def stateless_samples_of_classes(t):
    """The same samples for every dtype; a class of probability 0 is never drawn."""
    tf, op, found = t.tf, t.raw.StatelessMultinomial, []
    for dtype in (tf.float32, tf.float64, tf.float16, tf.bfloat16):
        logits = tf.constant([[1.0, 2.0, -1.0], [0.0, -np.inf, 0.5]], dtype)
        for out in (tf.int32, tf.int64):
            for seed in (tf.constant([1, 2]), t.n([1, 2])):
                got = t.value(op(logits=logits, num_samples=7, seed=seed, output_dtype=out))
                found.append(got.dtype == out.as_numpy_dtype and got.tolist() == SAMPLES)
    none = [t.value(op(logits=tf.zeros([2 - n, 2]), num_samples=n - 1, seed=[1, 2])).tolist() for n in (2, 1)]
    right = {"logits": [[1.0, 2.0]], "num_samples": 1, "seed": [1, 2]}
    wrong = (
        {"logits": [1.0]},
        {"logits": tf.zeros([1, 0])},
        {"num_samples": -1},
        {"num_samples": [1]},
        {"seed": [1, 2, 3]},
    )
    errors = [t.error(lambda: op(**right | one)).replace("ValueError", INVALID) for one in wrong]
    return [found, *none, errors]


def message(*fields):
    """A message of protocol buffers, of pairs of a field's tag and its bytes."""
    return b"".join(bytes([tag, len(data)]) + data for tag, data in fields)


def scalar(tag, number):
    return message((0x0A, message((0x0A, tag)) + b"\x15" + np.float32(number).tobytes()))


@program(
    "ScalarSummary MergeSummary",
    [
        scalar(b"a", 1.5) + scalar(b"b", -2.0),
        b"".join(map(scalar, (b"a", b"b", b"c"), (1.5, -2.0, 3.0))),
        INVALID,
        INVALID,
    ],
    (GRAPH,),
)
def scalar_summaries(t):
    """Values of any dtype are written as 32-bit floats; a tag may not appear twice."""
    raw = t.raw
    both = raw.ScalarSummary(tags=["a", "b"], values=t.tf.constant([1.5, -2.0], t.tf.float64))
    one = raw.ScalarSummary(tags="c", values=t.tf.constant(3, t.tf.uint8))
    merged, again = raw.MergeSummary(inputs=[both, one]), raw.MergeSummary(inputs=[one, one])
    wrong = t.error(lambda: raw.ScalarSummary(tags=["a"], values=[1.0, 2.0]))
    return [t.value(both), t.value(merged), wrong.replace("ValueError", INVALID), t.error(lambda: again)]


def tensor(tag, tensor, *metadata):
    return message((0x0A, message((0x0A, tag), (0x42, tensor), *metadata)))


TWO = b"\x08\x03" + message((0x12, message((0x12, b"\x08\x02")))) + message((0x22, b"\x01\0\0\0\x02\0\0\0"))
TEXT = b"\x08\x07" + message((0x12, message((0x12, b"\x08\x01")))) + message((0x42, b"x"))


@program("TensorSummaryV2", [tensor(b"t", TWO, (0x4A, b"\n\x03\n\x01p")), tensor(b"t", TEXT, (0x4A, b""))])
def tensor_summaries(t):
    op, two = t.raw.TensorSummaryV2, t.tf.constant([1, 2])
    made = op(tag="t", tensor=two, serialized_summary_metadata=b"\n\x03\n\x01p")
    made = [made, op(tag="t", tensor=[b"x"], serialized_summary_metadata=b"")]
    return [x if isinstance(x, bytes) else x.item() for x in map(t.value, made)]


def histogram(numbers, limits, counts):
    """The message of a histogram: least, greatest, how many, their sum, the sum of their squares, and buckets."""
    sums = [min(numbers), max(numbers), len(numbers), sum(numbers), sum(x * x for x in numbers)]
    fields = b"".join(
        bytes([tag]) + np.float64(x).tobytes() for tag, x in zip((0x09, 0x11, 0x19, 0x21, 0x29), sums) if x
    )
    buckets = [np.array(many, np.float64).tobytes() for many in (limits, counts)]
    return fields + message((0x32, buckets[0]), (0x3A, buckets[1]))


def limits():
    """The upper ends of TensorFlow's buckets: powers of 1.1 from 1e-12 on, of both signs, then the largest number."""
    ends = [1e-12]
    while ends[-1] < 1e20:
        ends.append(ends[-1] * 1.1)
    return [-x for x in reversed(ends)] + [0.0] + ends + [np.finfo(np.float64).max]


def bucketed(numbers):
    """The histogram of numbers, with one bucket for each run of empty ones."""
    ends = limits()
    counts = [0] * len(ends)
    for x in numbers:
        counts[next(i for i, end in enumerate(ends) if x < end)] += 1
    kept = [(end, n) for i, (end, n) in enumerate(zip(ends, counts)) if n or i + 1 == len(ends) or counts[i + 1]]
    return histogram(numbers, *zip(*kept))


@program(
    "HistogramSummary",
    [bucketed([1.0, 2.0, -3.0]), bucketed([5.0, 5.0]), bucketed([0.0, 1e-20, 2.5]), INVALID, INVALID],
    (GRAPH,),
)
def histogram_summaries(t):
    tf, op = t.tf, t.raw.HistogramSummary
    values = tf.constant([[1.0, 2.0, -3.0]]), tf.constant([5, 5], tf.uint8), tf.constant([0.0, 1e-20, 2.5], tf.float64)
    made = [t.value(op(tag="h", values=x)) for x in values]
    # A summary of one value: what stands after the tag.
    starts = [one.index(b"\n\x01h*") + 4 for one in made]
    inside = [one[at + (2 if one[at] >= 0x80 else 1) :] for one, at in zip(made, starts)]
    return [*inside, *[t.error(lambda: op(tag="h", values=[x])) for x in (np.nan, np.inf)]]
