"""Direct calls of the ops on ragged tensors, and of those that encode sparse ones."""

from direct import EAGER, program

INVALID = "InvalidArgumentError"
TYPES = ("float32", "float64", "float16", "bfloat16", "int8", "uint8", "int32", "int64", "complex64", "bool")
STRINGS = [b"a", b"bb", b"", b"c", b"d", b"e"]


ALL = (*TYPES, "string")


def flat(dtype):
    """The same values as `back` gives them."""
    return STRINGS if dtype == "string" else [1, 1, 0, 1, 1, 1] if dtype == "bool" else [1, 2, 0, 3, 4, 5]


def padded(dtype):
    """Rows of 1, 0 and 5 of the values, filled up."""
    filler = b"?" if dtype == "string" else 1 if dtype == "bool" else 7
    values = flat(dtype)
    return [values[:1] + [filler] * 4, [filler] * 5, values[1:]]


PLACES = [[0, 1], [0, 2], [2, 0], [2, 1], [2, 2], [3, 0]]


def read_back(dtype):
    """A sparse tensor, its rows together, one of them, and two of it."""
    values = flat(dtype)
    twice = [[n, *place] for n in (0, 1) for place in PLACES]
    whole = [PLACES, values, [4, 3]]
    return [whole, whole, [[[0], [1], [2]], values[2:5], [3]], [twice, values * 2, [2, 4, 3]]]


def values_of(t, dtype):
    """Six values of a dtype."""
    tf = t.tf
    return tf.constant(STRINGS) if dtype == "string" else tf.cast(tf.constant([1, 2, 0, 3, 4, 5]), dtype)


def back(t, tensor):
    """Values as numbers that Python prints, or strings."""
    return tensor if tensor.dtype == t.tf.string else t.tf.cast(tensor, t.tf.int32)


def to_variant(t, splits, values, batched, **attrs):
    return t.raw.RaggedTensorToVariant(rt_nested_splits=splits, rt_dense_values=values, batched_input=batched, **attrs)


def from_variant(t, encoded, inner, outer, dtype, splits_dtype=None):
    found = t.raw.RaggedTensorFromVariant(
        encoded_ragged=encoded,
        input_ragged_rank=inner,
        output_ragged_rank=outer,
        Tvalues=dtype,
        Tsplits=splits_dtype or t.tf.int64,
    )
    return t.value([*found.output_nested_splits, back(t, found.output_dense_values)])


@program(
    "RaggedTensorToVariant RaggedTensorFromVariant",
    [
        part
        for d in ALL
        for part in [
            [[0, 2, 2, 3], [0, 1, 4, 6], flat(d)],
            [[0, 2, 2, 3], [0, 1, 4, 6], flat(d)],
            [[0, 1, 4], flat(d)[:4]],
        ]
        * 2
    ],
)
def variants(t):
    tf, out = t.tf, []
    for dtype in ALL:
        values = values_of(t, dtype)
        for splits_dtype in (tf.int64, tf.int32):
            splits = [tf.constant([0, 2, 2, 3], splits_dtype), tf.constant([0, 1, 4, 6], splits_dtype)]
            whole, rows = to_variant(t, splits, values, False), to_variant(t, splits, values, True)
            out.append(from_variant(t, whole, -1, 2, values.dtype, splits_dtype))
            out.append(from_variant(t, rows, 1, 2, values.dtype, splits_dtype))
            out.append(from_variant(t, rows[0], -1, 1, values.dtype, splits_dtype))
    return out


@program(
    "RaggedTensorToVariant RaggedTensorFromVariant",
    [
        [5],
        [[0, 2, 4, 6], [1, 2, 3, 4, 5, 6]],
        [[[1, 2], [3, 4], [5, 6]]],
        [[0, 1, 3], [[1, 2], [3, 4], [5, 6]]],
        [[0, 1, 2], [0, 1, 3], [[1, 2], [3, 4], [5, 6]]],
        [[0, 1], [0, 2], [0, 1, 3], [[1, 2], [3, 4], [5, 6]]],
        [[0, 0, 0], [0], []],
    ],
    (EAGER,),
)
def variants_of_other_shapes(t):
    tf = t.tf
    dense = tf.constant([[1, 2], [3, 4], [5, 6]])
    rows = to_variant(t, [], dense, True)
    split = to_variant(t, [t.n([0, 1, 3])], dense, True)
    empty = tf.reshape(split[:0], [2, 0])
    found = [
        from_variant(t, to_variant(t, [], tf.constant(5), False), 0, 0, tf.int32),
        from_variant(t, rows, 0, 1, tf.int32),
        from_variant(t, rows, -1, 0, tf.int32),
        from_variant(t, split, -1, 1, tf.int32),
        from_variant(t, tf.reshape(split, [2, 1]), 0, 2, tf.int32),
        from_variant(t, tf.reshape(split, [1, 1, 2]), 0, 3, tf.int32),
        from_variant(t, empty, 0, 2, tf.int32),
    ]
    return found


@program("RaggedTensorToVariant RaggedTensorFromVariant", [INVALID] * 14, (EAGER,))
def wrong_variants(t):
    tf = t.tf
    values = tf.constant([1, 2, 3])
    splits = [[0, 1], [1, 3], [0, 2, 1, 3], [], [0, 5]]
    made = [t.error(lambda one=one: [to_variant(t, [t.n(one)], values, True)]) for one in splits]
    made.append(t.error(lambda: [to_variant(t, [t.n([0, 2])], tf.constant(3), True)]))
    made.append(t.error(lambda: [to_variant(t, [], tf.constant(3), True)]))
    split = to_variant(t, [t.n([0, 1, 3])], values, True)
    lists = tf.raw_ops.EmptyTensorList(element_shape=[1], max_num_elements=-1, element_dtype=tf.int32)

    def read(encoded, inner, outer, *dtypes):
        return t.error(lambda: from_variant(t, encoded, inner, outer, *dtypes))

    return made + [
        read(split, 1, 2, tf.int32),
        read(split, -1, 2, tf.int32),
        read(split, -1, 0, tf.int32),
        read(split, 0, 1, tf.float32),
        read(lists, 0, 0, tf.int32),
        read(to_variant(t, [], tf.constant([[1]]), True)[:1], 1, 2, tf.int32),
        read(tf.stack([to_variant(t, [], tf.constant(5), False)] * 2), 0, 1, tf.int32),
    ]


@program("RaggedTensorToVariantGradient", [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [[1.0, 2.0], [3.0, 4.0]]])
def gradients_of_variants(t):
    tf, raw = t.tf, t.raw
    values, splits = tf.constant([1.0, 2.0, 3.0]), t.n([0, 1, 3])
    rows, whole = to_variant(t, [splits], values, True), to_variant(t, [splits], values, False)

    def gradient(encoded, splits, shape):
        return raw.RaggedTensorToVariantGradient(
            encoded_ragged_grad=encoded, row_splits=splits, dense_values_shape=shape, Tvalues=tf.float32
        )

    pair = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    plain = to_variant(t, [], pair, False)
    found = [gradient(rows, splits, [3]), gradient(whole, splits, [3]), gradient(plain, t.n(0), [2, 2])]
    return t.value(found)


@program(
    "RaggedRange",
    [
        [[0, 3, 6, 6], [0, 1, 2, 5, 3, 1]],
        [[0, 3, 6, 6], [0, 1, 2, 5, 3, 1]],
        [[0, 3, 6, 6], [0, 1, 2, 5, 3, 1]],
        [[0, 3, 6, 6], [0, 1, 2, 5, 3, 1]],
        [[0, 3, 6, 6], [0.0, 1.0, 2.0, 5.0, 3.0, 1.0]],
        [[0, 3, 6, 6], [0.0, 1.0, 2.0, 5.0, 3.0, 1.0]],
        [[0, 3, 6, 6], [0.0, 1.0, 2.0, 5.0, 3.0, 1.0]],
        [[0, 3, 6, 6], [0.0, 1.0, 2.0, 5.0, 3.0, 1.0]],
        [[0, 3, 4], [0.0, 1.0, 2.0, 0.0]],
        [[0, 2], [1.0, 3.0]],
        [[0], []],
        [[0, 4], [0.0, 0.25, 0.5, 0.75]],
    ],
)
def ranges(t):
    tf, out = t.tf, []
    for dtype in (tf.int32, tf.int64, tf.float32, tf.float64):
        for splits_dtype in (tf.int32, tf.int64):
            parts = [tf.constant(v, dtype) for v in ([0, 5, 2], [3, 0, 2], [1, -2, 1])]
            found = t.raw.RaggedRange(starts=parts[0], limits=parts[1], deltas=parts[2], Tsplits=splits_dtype)
            out.append(t.value([found.rt_nested_splits, found.rt_dense_values]))
    for parts in ((0, [3, 2], [1, 2]), (1, 4, 2), ([], [], []), (0.0, [1.0], 0.25)):
        starts, limits, deltas = (tf.constant(part, tf.float32) for part in parts)
        found = t.raw.RaggedRange(starts=starts, limits=limits, deltas=deltas)
        out.append(t.value([found.rt_nested_splits, found.rt_dense_values]))
    return out


@program("RaggedRange", [INVALID] * 4, (EAGER,))
def wrong_ranges(t):
    tf = t.tf
    parts = [(0, [3], 0), ([0], [3, 2], 1), (0.0, [1e30], 1.0), (0.0, [float("nan")], 1.0)]

    def count(parts):
        starts, limits, deltas = (tf.constant(part, tf.float32) for part in parts)
        return [t.raw.RaggedRange(starts=starts, limits=limits, deltas=deltas).rt_dense_values]

    return [t.error(lambda one=one: count(one)) for one in parts]


def gathered(t, splits, values, indices):
    rank = len(splits) + len(indices.shape) - 1
    found = t.raw.RaggedGather(
        params_nested_splits=splits, params_dense_values=values, indices=indices, OUTPUT_RAGGED_RANK=rank
    )
    return t.value([*found.output_nested_splits, back(t, found.output_dense_values)])


@program(
    "RaggedGather",
    [[[0, 3, 4, 6], [flat(d)[i] for i in (1, 2, 3, 0, 4, 5)]] for d in ALL for _ in range(2)]
    + [
        [[0, 0, 1], [[3, 3]]],
        [[0, 2, 3, 5], [0, 0, 1, 3, 3, 4], [[3, 3], [1, 1], [2, 2], [3, 3]]],
        [[0, 1, 2], [0, 2, 3], [0, 0, 1, 3], [[3, 3], [1, 1], [2, 2]]],
        [[0], [0], []],
        [[2, 3]],
    ],
)
def gathers(t):
    tf, out = t.tf, []
    for dtype in ALL:
        for index_dtype in (tf.int32, tf.int64):
            splits = tf.constant([0, 1, 1, 4, 6], index_dtype)
            out.append(gathered(t, [splits], values_of(t, dtype), tf.constant([2, 0, 3], index_dtype)))
    values, splits = tf.constant([[1, 1], [2, 2], [3, 3]]), [t.n([0, 1, 3]), t.n([0, 2, 2, 3])]
    for indices in (1, [1, 0, 1], [[1], [0]], []):
        out.append(gathered(t, splits, values, tf.constant(indices, tf.int32)))
    out.append(gathered(t, splits[:1], tf.constant([1, 2, 3]), tf.constant(1)))
    return out


@program("RaggedGather", [INVALID] * 5)
def wrong_gathers(t):
    tf = t.tf
    cases = [([0, 1, 3], [2]), ([0, 1, 3], [[-1]]), ([0, 1, 9], [1]), ([0, 3, 1], [0]), ([-1, 3], [0])]
    return [t.error(lambda s=s, i=i: gathered(t, [t.n(s)], tf.constant([1, 2, 3]), tf.constant(i))) for s, i in cases]


def sparse_of(t, splits, values):
    found = t.raw.RaggedTensorToSparse(rt_nested_splits=splits, rt_dense_values=values)
    return t.value([found.sparse_indices, back(t, found.sparse_values), found.sparse_dense_shape])


@program(
    "RaggedTensorToSparse",
    [[[[0, 0], [2, 0], [2, 1], [2, 2], [2, 3], [2, 4]], flat(d), [3, 5]] for d in ALL for _ in range(2)]
    + [
        [
            [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 0, 1, 1], [2, 1, 0, 0], [2, 1, 0, 1]],
            [1, 2, 3, 4, 5, 6],
            [3, 2, 2, 2],
        ],
        [[], [], [0, 0]],
        INVALID,
        INVALID,
        INVALID,
        INVALID,
    ],
)
def sparse_tensors_of_ragged(t):
    tf, out = t.tf, []
    for dtype in ALL:
        for splits_dtype in (tf.int32, tf.int64):
            out.append(sparse_of(t, [tf.constant([0, 1, 1, 6], splits_dtype)], values_of(t, dtype)))
    nested = [t.n([0, 1, 1, 3]), t.n([0, 2, 2, 3])]
    out.append(sparse_of(t, nested, tf.constant([[1, 2], [3, 4], [5, 6]])))
    out.append(sparse_of(t, [t.n([0])], tf.constant([], tf.float32)))
    wrong = [([0, 5], [1, 2]), ([1, 2], [1, 2]), ([0, 2, 1], [1]), ([], [])]
    return out + [t.error(lambda s=s, v=v: sparse_of(t, [t.n(s)], tf.constant(v, tf.int32))) for s, v in wrong]


def dense(t, shape, values, default, kinds, parts, index_dtype=None):
    tf = t.tf
    parts = [tf.constant(part, index_dtype or tf.int64) for part in parts]
    made = t.raw.RaggedTensorToTensor(
        shape=tf.constant(shape, tf.int64),
        values=values,
        default_value=default,
        row_partition_tensors=parts,
        row_partition_types=kinds,
    )
    return t.value(back(t, made))


@program(
    "RaggedTensorToTensor",
    [padded(d) for d in ALL for _ in range(2)]
    + [
        [[1, 9, 9, 9, 9], [9, 9, 9, 9, 9], [2, 3, 4, 5, 6]],
        [[1, 9, 9, 9, 9], [9, 9, 9, 9, 9], [2, 3, 4, 5, 6]],
        [[1, 9, 9], [9, 9, 9]],
        [[1, 9, 9, 9, 9], [9, 9, 9, 9, 9], [2, 3, 4, 5, 6], [9, 9, 9, 9, 9]],
        [[1, 9, 9, 9, 9, 9, 9, 9], [9, 9, 9, 9, 9, 9, 9, 9], [2, 3, 4, 5, 6, 9, 9, 9]],
        [],
        [[1, 2, 9], [9, 9, 9], [3, 4, 5], [6, 9, 9]],
        [[[1, 2, 9, 9], [9, 9, 9, 9]], [[3, 4, 5, 6], [9, 9, 9, 9]]],
        [[[1, 9, 9, 9], [2, 3, 4, 5]], [[9, 9, 9, 9], [9, 9, 9, 9]], [[6, 9, 9, 9], [9, 9, 9, 9]]],
        [[[1, 9]], [[9, 9]]],
        [[[1, 2], [9, 9]], [[3, 4], [5, 6]]],
        [[[1, 2], [8, 9]], [[3, 4], [5, 6]]],
        [],
        [[9, 9, 9], [9, 9, 9]],
    ],
)
def dense_tensors_of_ragged(t):
    tf, out = t.tf, []
    rows = ["ROW_SPLITS"]
    for dtype in ALL:
        default = tf.constant(b"?") if dtype == "string" else tf.cast(tf.constant(7), dtype)
        for index_dtype in (tf.int32, tf.int64):
            out.append(dense(t, -1, values_of(t, dtype), default, rows, [[0, 1, 1, 6]], index_dtype))
    six, nine = tf.constant([1, 2, 3, 4, 5, 6]), tf.constant(9)
    for shape in (-1, [-1, -1], [2, 3], [4, -1], [3, 8], [0, 0]):
        out.append(dense(t, shape, six, nine, rows, [[0, 1, 1, 6]]))
    ids = ["FIRST_DIM_SIZE", "VALUE_ROWIDS"]
    out.append(dense(t, -1, six, nine, ids, [4, [0, 0, 2, 2, 2, 3]]))
    out.append(dense(t, -1, six, nine, [*ids, "VALUE_ROWIDS"], [2, [0, 0, 1], [0, 0, 2, 2, 2, 2]]))
    out.append(dense(t, -1, six, nine, rows * 2, [[0, 2, 2, 3], [0, 1, 5, 6]]))
    out.append(dense(t, [2, 1, 2], six, nine, rows * 2, [[0, 2, 2, 3], [0, 1, 5, 6]]))
    pairs = tf.constant([[1, 2], [3, 4], [5, 6]])
    for default in (nine, tf.constant([8, 9])):
        out.append(dense(t, -1, pairs, default, rows, [[0, 1, 3]]))
    out.append(dense(t, -1, tf.constant([], tf.int32), nine, rows, [[0]]))
    out.append(dense(t, [2, 3], tf.constant([], tf.int32), nine, rows, [[0, 0, 0]]))
    return out


@program("RaggedTensorToTensor", [INVALID] * 5, (EAGER,))
def wrong_dense_tensors(t):
    tf = t.tf
    two, nine = tf.constant([1, 2]), tf.constant(9)
    cases = [
        ([2], two, nine, ["ROW_SPLITS"], [[0, 2]]),
        (-1, two, nine, ["COLUMNS"], [[0, 2]]),
        (-1, two, nine, ["VALUE_ROWIDS"], [[0, 1]]),
        (-1, two, tf.constant([1, 2, 3]), ["ROW_SPLITS"], [[0, 2]]),
        (-2, two, nine, ["ROW_SPLITS"], [[0, 2]]),
    ]
    return [t.error(lambda one=one: [dense(t, *one)]) for one in cases]


def deserialized(t, encoded, dtype):
    found = t.raw.DeserializeSparse(serialized_sparse=encoded, dtype=dtype)
    return t.value([found.sparse_indices, back(t, found.sparse_values), found.sparse_shape])


@program("SerializeSparse SerializeManySparse DeserializeSparse", [part for d in ALL for part in read_back(d) * 2])
def encoded_sparse_tensors(t):
    tf, raw, out = t.tf, t.raw, []
    indices, shape = t.n(PLACES), t.n([4, 3])
    for dtype in ALL:
        values = values_of(t, dtype)
        for out_type in (tf.variant, tf.string):
            parts = {"sparse_indices": indices, "sparse_values": values, "sparse_shape": shape}
            one = raw.SerializeSparse(**parts, out_type=out_type)
            rows = raw.SerializeManySparse(**parts, out_type=out_type)
            out.append(deserialized(t, one, values.dtype))
            out.append(deserialized(t, rows, values.dtype))
            out.append(deserialized(t, rows[2], values.dtype))
            out.append(deserialized(t, tf.stack([one, one]), values.dtype))
    return out


@program("SerializeSparse SerializeManySparse DeserializeSparse", [INVALID] * 12, (EAGER,))
def wrong_encoded_sparse_tensors(t):
    tf, raw = t.tf, t.raw

    def encode(op, indices, values, shape):
        parts = {"sparse_indices": t.n(indices), "sparse_values": tf.constant(values), "sparse_shape": t.n(shape)}
        return op(**parts, out_type=tf.variant)

    good = encode(raw.SerializeSparse, [[0, 1]], [1], [2, 3])
    other = encode(raw.SerializeSparse, [[0, 1, 0]], [1], [2, 3, 4])
    wrong = [
        (raw.SerializeSparse, [0, 1], [1, 2], [2]),
        (raw.SerializeSparse, [[0, 1]], [[1]], [2, 3]),
        (raw.SerializeManySparse, [[0], [1]], [1, 2], [2]),
        (raw.SerializeManySparse, [[1, 1], [0, 0]], [1, 2], [2, 3]),
        (raw.SerializeManySparse, [[0, 1], [5, 0]], [1, 2], [2, 3]),
    ]
    read = [
        good[:2],
        good[0],
        tf.stack([good, good])[:0],
        tf.stack([good, other]),
        tf.stack([good[1], good[0], good[2]]),
    ]
    read += [tf.constant(["a", "b", "c"])]
    made = [t.error(lambda one=one: [encode(*one)]) for one in wrong]
    made += [t.error(lambda one=one: deserialized(t, one, tf.int32)) for one in read]
    return [*made, t.error(lambda: deserialized(t, good, tf.float32))]


@program(
    "DenseToSparseBatchDataset",
    [
        [[[0, 0], [0, 1], [1, 0], [1, 1]], [1, 2, 3, 4], [2, 2]],
        [[[0, 0], [0, 1]], [5, 6], [1, 2]],
        [[[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]], [1, 2, 3, 4, 5, 6], [3, 2]],
        [[[0, 0], [0, 1]], [1, 2], [1, 4]],
        [[[0, 0], [0, 1]], [3, 4], [1, 4]],
        [[[0, 0], [0, 1]], [5, 6], [1, 4]],
        2,
        *[INVALID] * 2,
        "DataLossError",
        INVALID,
    ],
)
def sparse_batches(t):
    tf, raw, out = t.tf, t.raw, []
    typed = {"output_types": [tf.variant], "output_shapes": [None]}
    rows = raw.TensorSliceDataset(components=[tf.constant([[1, 2], [3, 4], [5, 6]])], output_shapes=[[2]])

    def batches(data, size, shape):
        return raw.DenseToSparseBatchDataset(input_dataset=data, batch_size=t.n(size), row_shape=t.n(shape), **typed)

    def all_of(dataset, count):
        iterator = t.iterator(dataset, typed)
        found = []
        for _ in range(count):
            (one,) = raw.IteratorGetNext(iterator=iterator, **typed)
            found.append(deserialized(t, one, tf.int32))
        return found

    out += all_of(batches(rows, 2, [2]), 2)
    out += all_of(batches(rows, 5, [-1]), 1)
    out += all_of(batches(rows, 1, [4]), 3)
    out.append(t.value(raw.DatasetCardinality(input_dataset=batches(rows, 2, [2]))))
    wrong = [(0, [2]), (2, [-2])]
    out += [t.error(lambda one=one: t.iterator(batches(rows, *one), typed)) for one in wrong]
    out += [t.error(lambda s=s: all_of(batches(rows, 2, s), 1)) for s in ([1], [2, 2])]
    return out
