"""Direct calls of every dataset op: its elements, its ends, and wrong arguments."""

from direct import EAGER, program

INVALID = "InvalidArgumentError"


@program("RangeDataset", [[0, 1, 2], [5, 3, 1], [], [2**62], [INVALID]])
def ranges(t):
    steps = [(0, 3, 1), (5, 0, -2), (3, 3, 1), (2**62, 2**62 + 1, 1)]
    found = [t.elements(t.numbers(stop, start, step)) for start, stop, step in steps]
    return found + [[t.error(lambda: t.numbers(3, 0, 0))]]


@program("TensorDataset", [[[1, [2.5, 3.5]]], [[b"a", b""]]])
def single_elements(t):
    tf, raw = t.tf, t.raw
    pair = raw.TensorDataset(components=[tf.constant(1), tf.constant([2.5, 3.5])], output_shapes=[[], [2]])
    text = raw.TensorDataset(components=[tf.constant([b"a", b""])], output_shapes=[[2]])
    return [t.elements(pair, (tf.int32, []), (tf.float32, [2])), t.elements(text, (tf.string, [2]))]


@program("TensorSliceDataset", [[[1, [True]], [2, [False]]], [], INVALID, INVALID])
def slices(t):
    tf, raw = t.tf, t.raw
    parts = [tf.constant([1, 2], tf.uint8), tf.constant([[True], [False]])]
    both = raw.TensorSliceDataset(components=parts, output_shapes=[[], [1]])
    none = raw.TensorSliceDataset(components=[tf.zeros([0, 3])], output_shapes=[[3]])
    wrong = [tf.constant([1, 2]), tf.constant([1, 2, 3])], [tf.constant(1)]
    errors = [
        t.error(lambda: t.elements(raw.TensorSliceDataset(components=parts, output_shapes=[[]] * len(parts))))
        for parts in wrong
    ]
    return [t.elements(both, (tf.uint8, []), (tf.bool, [1])), t.elements(none, (tf.float32, [3])), *errors]


@program("TakeDataset SkipDataset RepeatDataset", [[0, 1], [], [0, 1, 2], [2], [], [], [0, 1, 0, 1], [], [0, 1, 0]])
def take_skip_repeat(t):
    raw, typed = t.raw, t.typed()
    three, two = t.numbers(3), t.numbers(2)

    def take(data, n):
        return raw.TakeDataset(input_dataset=data, count=t.n(n), **typed)

    def skip(data, n):
        return raw.SkipDataset(input_dataset=data, count=t.n(n), **typed)

    def repeat(data, n):
        return raw.RepeatDataset(input_dataset=data, count=t.n(n), **typed)

    made = [take(three, 2), take(three, 0), take(three, -1), skip(three, 2), skip(three, 9), skip(three, -1)]
    made += [repeat(two, 2), repeat(two, 0), take(repeat(two, -1), 3)]
    return [t.elements(one) for one in made]


@program("ConcatenateDataset ZipDataset", [[0, 1, 0, 1, 2], [[0, 0], [1, 1]]])
def concatenate_and_zip(t):
    both = t.raw.ConcatenateDataset(input_dataset=t.numbers(2), another_dataset=t.numbers(3), **t.typed())
    parts = [(t.tf.int64, [])] * 2
    zipped = t.raw.ZipDataset(input_datasets=[t.numbers(2), t.numbers(3)], **t.typed(*parts))
    return [t.elements(both), t.elements(zipped, *parts)]


@program("BatchDatasetV2 UnbatchDataset", [[[0, 1], [2, 3], [4]], [[0, 1], [2, 3]], [0, 1, 2, 3, 4], INVALID])
def batches(t):
    rows = (t.tf.int64, [None])

    def make(n, drop):
        return t.raw.BatchDatasetV2(
            input_dataset=t.numbers(5), batch_size=t.n(n), drop_remainder=t.tf.constant(drop), **t.typed(rows)
        )

    apart = t.raw.UnbatchDataset(input_dataset=make(2, False), **t.typed())
    found = [t.elements(make(2, False), rows), t.elements(make(2, True), rows), t.elements(apart)]
    return found + [t.error(lambda: t.iterator(make(0, False), t.typed(rows)))]


@program("ParallelBatchDataset", [[[0, 1], [2, 3], [4]], [[0, 1], [2, 3]]])
def parallel_batches(t):
    rows = (t.tf.int64, [None])

    def make(drop):
        return t.raw.ParallelBatchDataset(
            input_dataset=t.numbers(5),
            batch_size=t.n(2),
            num_parallel_calls=t.n(2),
            drop_remainder=t.tf.constant(drop),
            deterministic="true",
            **t.typed(rows),
        )

    return [t.elements(make(False), rows), t.elements(make(True), rows)]


@program("PaddedBatchDatasetV2", [[[[1, 9, 9], [2, 3, 9]]], [[[1, 9], [2, 3]]], [], "DataLossError", INVALID, INVALID])
def padded_batches(t):
    rows = (t.tf.int64, [None, None])
    ragged = t.raw.ConcatenateDataset(
        input_dataset=t.raw.TensorDataset(components=[t.n([1])], output_shapes=[[1]]),
        another_dataset=t.raw.TensorDataset(components=[t.n([2, 3])], output_shapes=[[2]]),
        **t.typed((t.tf.int64, [None])),
    )

    def make(length, size=2):
        return t.raw.PaddedBatchDatasetV2(
            input_dataset=ragged,
            batch_size=t.n(size),
            padded_shapes=[t.n(length)],
            padding_values=[t.n(9)],
            drop_remainder=t.tf.constant(size == 3),
            output_shapes=[[None, None]],
        )

    found = [t.elements(make(length), rows) for length in ([3], [-1])] + [t.elements(make([-1], 3), rows)]
    return found + [t.error(lambda: t.elements(make(length), rows)) for length in ([1], [-2], 3)]


@program("RebatchDatasetV2", [[[0], [1, 2], [3], [4, 5]], [[0, 1, 2, 3], [4, 5]], [[0, 1, 2, 3]]])
def rebatched(t):
    rows = (t.tf.int64, [None])
    pairs = t.raw.BatchDatasetV2(
        input_dataset=t.numbers(6), batch_size=t.n(2), drop_remainder=t.tf.constant(False), **t.typed(rows)
    )

    def make(sizes, drop):
        return t.raw.RebatchDatasetV2(
            input_dataset=pairs, batch_sizes=t.n(sizes), drop_remainder=t.tf.constant(drop), **t.typed(rows)
        )

    return [t.elements(make(*given), rows) for given in (([1, 2], False), ([4], False), ([4], True))]


@program("ShardDataset", [[0, 3], [1, 4], [2], INVALID, INVALID])
def shards(t):
    def make(count, index):
        return t.raw.ShardDataset(input_dataset=t.numbers(5), num_shards=t.n(count), index=t.n(index), **t.typed())

    found = [t.elements(make(3, index)) for index in range(3)]
    return found + [t.error(lambda: t.iterator(make(*given), t.typed())) for given in ((0, 0), (2, 2))]


@program("WindowDataset", [[[0, 1, 2], [2, 3, 4], [4]], [[0, 1, 2], [2, 3, 4]], [[0, 2]], INVALID])
def windows(t):
    tf = t.tf

    def rows(size, shift, stride, drop):
        made = t.raw.WindowDataset(
            input_dataset=t.numbers(5),
            size=t.n(size),
            shift=t.n(shift),
            stride=t.n(stride),
            drop_remainder=tf.constant(drop),
            **t.typed((tf.variant, [])),
        )

        def batch(window):
            return t.raw.BatchDatasetV2(
                input_dataset=window,
                batch_size=t.n(9),
                drop_remainder=tf.constant(False),
                **t.typed((tf.int64, [None])),
            )

        f = t.function(batch, (tf.variant, []))
        return t.raw.FlatMapDataset(input_dataset=made, other_arguments=[], f=f, **t.typed((tf.int64, [None])))

    calls = ((3, 2, 1, False), (3, 2, 1, True), (2, 9, 2, True))
    found = [t.elements(rows(*given), (tf.int64, [None])) for given in calls]
    return found + [t.error(lambda: t.iterator(rows(0, 1, 1, True), t.typed((tf.int64, [None]))))]


@program("CacheDataset CacheDatasetV2 DummyMemoryCache", [[0, 1, 2] * 2, [0, 1, 2] * 2])
def caches(t):
    source = {"input_dataset": t.numbers(3), "filename": t.tf.constant("")} | t.typed()
    made = [t.raw.CacheDataset(**source), t.raw.CacheDatasetV2(cache=t.raw.DummyMemoryCache(), **source)]
    return [t.elements(t.raw.RepeatDataset(input_dataset=one, count=t.n(2), **t.typed())) for one in made]


@program(
    "AnonymousMemoryCache DeleteMemoryCache",
    [[0, 1, 2], [0, 1, 2]],
    (EAGER,),
    "its handles count references, and it refuses to delete such",
)
def a_cache_that_two_pipelines_share(t):
    cache, deleter = t.raw.AnonymousMemoryCache()
    found = []
    for stop in (3, 9):
        made = t.raw.CacheDatasetV2(input_dataset=t.numbers(stop), filename=t.tf.constant(""), cache=cache, **t.typed())
        found.append(t.elements(made))
    t.raw.DeleteMemoryCache(handle=cache, deleter=deleter)
    return found


@program("PrefetchDataset OptionsDataset IgnoreErrorsDataset", [[0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 2, 3]])
def same_elements(t):
    tf, typed = t.tf, t.typed()
    three = t.numbers(3)
    found = [t.elements(t.raw.PrefetchDataset(input_dataset=three, buffer_size=t.n(n), **typed)) for n in (0, 1, -1)]
    found += [t.elements(t.raw.OptionsDataset(input_dataset=three, serialized_options="", **typed))]
    checked = t.function(
        lambda x: [tf.cast(tf.debugging.check_numerics(1.0 / tf.cast(x - 1, tf.float32), "one"), tf.int64) * 0 + x],
        (tf.int64, []),
    )
    mapped = t.raw.MapDataset(input_dataset=t.numbers(4), other_arguments=[], f=checked, **typed)
    return found + [t.elements(t.raw.IgnoreErrorsDataset(input_dataset=mapped, **typed))]


@program("AssertCardinalityDataset DatasetCardinality", [[0, 1, 2], "FailedPreconditionError", 3, -1, -2, 3, 0])
def cardinalities(t):
    def claim(n):
        return t.raw.AssertCardinalityDataset(input_dataset=t.numbers(3), cardinality=t.n(n), **t.typed())

    def count(data):
        return int(t.value(t.raw.DatasetCardinality(input_dataset=data)))

    endless = t.raw.RepeatDataset(input_dataset=t.numbers(1), count=t.n(-1), **t.typed())
    even = t.function(lambda x: [t.tf.equal(x % 2, 0)], (t.tf.int64, []))
    some = t.raw.FilterDataset(input_dataset=t.numbers(3), other_arguments=[], predicate=even, **t.typed())
    wrong = t.error(lambda: t.elements(claim(4)))
    return [t.elements(claim(3)), wrong, *map(count, (t.numbers(3), endless, some, claim(3), t.numbers(0)))]


@program("DatasetToSingleElement", [7, INVALID, INVALID])
def single_element(t):
    def only(data):
        return t.raw.DatasetToSingleElement(dataset=data, **t.typed())

    found = t.value(only(t.numbers(8, 7)))
    return [int(found[0]), t.error(lambda: only(t.numbers(0))), t.error(lambda: only(t.numbers(2)))]


@program("DirectedInterleaveDataset", [[0, 10, 1, 2, 11], [0, 10], INVALID])
def directed(t):
    def make(choices, stop, first=3):
        chosen = t.raw.TensorSliceDataset(components=[t.n(choices)], output_shapes=[[]])
        data = [t.numbers(first), t.numbers(12, 10)]
        return t.raw.DirectedInterleaveDataset(
            selector_input_dataset=chosen, data_input_datasets=data, stop_on_empty_dataset=stop, **t.typed()
        )

    found = [t.elements(make([0, 1, 0, 0, 0, 1], False)), t.elements(make([0, 1, 0, 1], True, 1))]
    return found + [t.error(lambda: t.elements(make([0, 2], False)))]


@program("UniqueDataset", [[3, 1, 2], [b"a", b"", b"b"]])
def uniques(t):
    tf = t.tf
    found = []
    for values, dtype in (([3, 1, 3, 2, 1], tf.int64), (["a", "", "a", "b"], tf.string)):
        data = t.raw.TensorSliceDataset(components=[tf.constant(values, dtype)], output_shapes=[[]])
        made = t.raw.UniqueDataset(input_dataset=data, **t.typed((dtype, [])))
        found.append(t.elements(made, (dtype, [])))
    return found


ONCE, TWICE = [3, 4, 1, 2, 7, 6, 0, 5], [0, 2, 1, 3, 5, 4, 6, 7, 3, 0, 2, 1, 4, 6, 5, 7]


@program(
    "ShuffleDataset ShuffleDatasetV3 DummySeedGenerator",
    [[ONCE * 2, ONCE * 2], [TWICE, TWICE], list(range(8)), INVALID],
)
def shuffles(t):
    def make(size, reshuffle, **more):
        op = t.raw.ShuffleDatasetV3 if more else t.raw.ShuffleDataset
        seeds = {"seed": t.n(1), "seed2": t.n(2), "reshuffle_each_iteration": reshuffle}
        made = op(input_dataset=t.numbers(8), buffer_size=t.n(size), **seeds, **more, **t.typed())
        return t.raw.RepeatDataset(input_dataset=made, count=t.n(2), **t.typed())

    both = []
    for reshuffle in (False, True):
        generator = t.raw.DummySeedGenerator()
        both.append([t.elements(make(4, reshuffle)), t.elements(make(4, reshuffle, seed_generator=generator))])
    return [*both, t.elements(make(1, True))[:8], t.error(lambda: t.iterator(make(0, False), t.typed()))]


@program(
    "AnonymousSeedGenerator DeleteSeedGenerator RandomDataset RandomDatasetV2",
    [
        [ONCE * 2, TWICE],
        [3878945999, 2364392915, 1057429302, 168492509],
        [3878945999, 2364392915, 1057429302] * 2,
        [1801043212, 1974464429, 2710738260, 3111139111, 2247037790, 1806887132],
    ],
    (EAGER,),
    "its handles count references, and it refuses to delete such",
)
def seed_generators(t):
    seeds = {"seed": t.n(1), "seed2": t.n(2)}

    def twice(data, count):
        first = t.raw.TakeDataset(input_dataset=data, count=t.n(count), **t.typed())
        return t.elements(t.raw.RepeatDataset(input_dataset=first, count=t.n(2), **t.typed()))

    shuffled, random = [], []
    for again in (False, True):
        generator, deleter = t.raw.AnonymousSeedGenerator(**seeds, reshuffle=t.tf.constant(again))
        source = {"input_dataset": t.numbers(8), "buffer_size": t.n(4)}
        made = t.raw.ShuffleDatasetV3(
            **source, **seeds, seed_generator=generator, reshuffle_each_iteration=again, **t.typed()
        )
        shuffled.append(twice(made, 8))
        t.raw.DeleteSeedGenerator(handle=generator, deleter=deleter)
        generator, _ = t.raw.AnonymousSeedGenerator(**seeds, reshuffle=t.tf.constant(again))
        made = t.raw.RandomDatasetV2(**seeds, seed_generator=generator, rerandomize_each_iteration=again, **t.typed())
        random.append(twice(made, 3))
    plain = t.raw.TakeDataset(input_dataset=t.raw.RandomDataset(**seeds, **t.typed()), count=t.n(4), **t.typed())
    return [shuffled, t.elements(plain), *random]
