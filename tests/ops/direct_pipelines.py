"""Direct calls of the dataset ops that take functions: with captures, with wrong functions, and with none of the elements left."""

from direct import EAGER, GRAPH, program

INVALID = "InvalidArgumentError"


@program("MapDataset ParallelMapDatasetV2", [[10, 11, 12], [10, 11, 12], [[0, 0.5], [1, 1.5]], INVALID])
def maps(t):
    tf = t.tf
    add = t.function(lambda x, y: [x + y], (tf.int64, []), (tf.int64, []))
    source = {"input_dataset": t.numbers(3), "other_arguments": [t.n(10)], "f": add} | t.typed()
    made = [
        t.raw.MapDataset(**source),
        t.raw.ParallelMapDatasetV2(num_parallel_calls=t.tf.constant(2, tf.int64), **source),
    ]
    both = t.function(lambda x: [x, tf.cast(x, tf.float32) + 0.5], (tf.int64, []))
    parts = (tf.int64, []), (tf.float32, [])
    pairs = t.raw.MapDataset(input_dataset=t.numbers(2), other_arguments=[], f=both, **t.typed(*parts))
    bad = t.function(lambda x: [tf.debugging.check_numerics(1.0 / tf.cast(x, tf.float32), "x")], (tf.int64, []))
    fails = t.raw.MapDataset(input_dataset=t.numbers(2), other_arguments=[], f=bad, **t.typed((tf.float32, [])))
    wrong = t.error(lambda: t.elements(fails, (tf.float32, [])))
    return [*map(t.elements, made), t.elements(pairs, *parts), wrong]


@program("FilterDataset TakeWhileDataset", [[0, 2, 4], [0, 1, 2], [], INVALID])
def predicates(t):
    tf = t.tf

    def choose(op, test):
        predicate = t.function(lambda x: [test(x)], (tf.int64, []))
        return op(input_dataset=t.numbers(5), other_arguments=[], predicate=predicate, **t.typed())

    made = [
        choose(t.raw.FilterDataset, lambda x: tf.equal(x % 2, 0)),
        choose(t.raw.TakeWhileDataset, lambda x: x < 3),
        choose(t.raw.TakeWhileDataset, lambda x: x > 0),
    ]
    several = t.error(lambda: t.elements(choose(t.raw.FilterDataset, lambda x: tf.stack([x, x]) > 0)))
    return [*map(t.elements, made), several]


@program(
    "FlatMapDataset InterleaveDataset ParallelInterleaveDatasetV4",
    [[0, 0, 1, 0, 1, 2], [10, 20, 30, 20, 30, 30], [10, 20, 30, 20, 30, 30], INVALID],
)
def one_to_many(t):
    tf = t.tf
    below = t.function(lambda x: [t.numbers(x + 1)], (tf.int64, []))
    flat = t.raw.FlatMapDataset(input_dataset=t.numbers(3), other_arguments=[], f=below, **t.typed())
    ten = t.function(
        lambda x: [
            t.raw.RepeatDataset(
                input_dataset=t.raw.TensorDataset(components=[x * 10], output_shapes=[[]]), count=x, **t.typed()
            )
        ],
        (tf.int64, []),
    )

    def source(cycle):
        given = {"input_dataset": t.numbers(4, 1), "other_arguments": [], "f": ten}
        return given | {"cycle_length": t.n(cycle), "block_length": t.n(1)} | t.typed()

    inter = t.raw.InterleaveDataset(**source(3))
    sizes = {"buffer_output_elements": t.n(1), "prefetch_input_elements": t.n(1), "num_parallel_calls": t.n(2)}
    parallel = t.raw.ParallelInterleaveDatasetV4(deterministic="true", **sizes, **source(3))
    none = t.error(lambda: t.iterator(t.raw.InterleaveDataset(**source(0)), t.typed()))
    return [*map(t.elements, (flat, inter, parallel)), none]


@program("ScanDataset ReduceDataset", [[0, 1, 3, 6], 16, [3, 9]])
def folds(t):
    tf = t.tf
    running = t.function(lambda total, x: [total + x, total + x], (tf.int64, []), (tf.int64, []))
    scanned = t.raw.ScanDataset(
        input_dataset=t.numbers(4), initial_state=[t.n(0)], other_arguments=[], f=running, **t.typed()
    )
    add = t.function(lambda total, x: [total + x], (tf.int64, []), (tf.int64, []))
    total = t.raw.ReduceDataset(
        input_dataset=t.numbers(4), initial_state=[t.n(10)], other_arguments=[], f=add, **t.typed()
    )
    both = t.function(lambda count, sum, x: [count + 1, sum + x], *[(tf.int64, [])] * 3)
    pair = t.raw.ReduceDataset(
        input_dataset=t.numbers(5, 2),
        initial_state=[t.n(0), t.n(0)],
        other_arguments=[],
        f=both,
        **t.typed((tf.int64, []), (tf.int64, [])),
    )
    return [t.elements(scanned), int(t.value(total)[0]), [int(x) for x in t.value(pair)]]


@program("GroupByWindowDataset", [[[0, 2], [1, 3], [4], [5]], INVALID])
def groups(t):
    tf = t.tf
    rows = (tf.int64, [None])

    def make(size):
        key = t.function(lambda x: [x % 2], (tf.int64, []))
        window = t.function(lambda key: [key * 0 + size], (tf.int64, []))
        reduce = t.function(
            lambda key, data: [
                t.raw.BatchDatasetV2(
                    input_dataset=data, batch_size=t.n(9), drop_remainder=tf.constant(False), **t.typed(rows)
                )
            ],
            (tf.int64, []),
            (tf.variant, []),
        )
        return t.raw.GroupByWindowDataset(
            input_dataset=t.numbers(6),
            key_func_other_arguments=[],
            reduce_func_other_arguments=[],
            window_size_func_other_arguments=[],
            key_func=key,
            reduce_func=reduce,
            window_size_func=window,
            **t.typed(rows),
        )

    return [t.elements(make(2), rows), t.error(lambda: t.elements(make(0), rows))]


@program("GeneratorDataset", [[0, 1, 2], []])
def generators(t):
    """Generators whose state is an iterator: what ends it ends the generator."""
    tf = t.tf

    def make(stop):
        iterator = t.iterator(t.numbers(stop), t.typed())
        handle = (tf.resource, [])
        return t.raw.GeneratorDataset(
            init_func_other_args=[iterator],
            next_func_other_args=[],
            finalize_func_other_args=[],
            init_func=t.function(lambda state: [tf.identity(state)], handle),
            next_func=t.function(lambda state: t.raw.IteratorGetNext(iterator=state, **t.typed()), handle),
            finalize_func=t.function(lambda state: [tf.constant(0)], handle),
            **t.typed(),
        )

    return [t.elements(make(3)), t.elements(make(0))]


@program("PartitionedCall StatefulPartitionedCall", [[3.0, 8.0], [12.0]])
def calls(t):
    number = (t.tf.float32, [])
    both = t.function(lambda a, b: [a + b, a * b + 6.0], number, number)
    one = t.function(lambda a, b: [a * b + 10.0], number, number)
    given = [t.tf.constant(1.0), t.tf.constant(2.0)]
    types = [t.tf.float32]
    pair = t.value(t.raw.PartitionedCall(args=given, Tout=types * 2, f=both))
    return [pair, t.value(t.raw.StatefulPartitionedCall(args=given, Tout=types, f=one))]


@program("PartitionedCall StatefulPartitionedCall", [[INVALID, INVALID]] * 2, (EAGER,))
def calls_with_wrong_arguments(t):
    number = (t.tf.float32, [])
    f = t.function(lambda a, b: [a + b], number, number)
    wrong = [t.tf.constant(1.0)], [t.tf.constant(1.0), t.tf.constant(2)]
    ops = t.raw.PartitionedCall, t.raw.StatefulPartitionedCall
    return [[t.error(lambda: op(args=args, Tout=[t.tf.float32], f=f)) for args in wrong] for op in ops]


@program("EagerPyFunc", ["EagerPyFunc", [[2.0, 4.0], 7], INVALID], (GRAPH,))
def calls_of_python(t):
    """The token of a function that is registered serves other calls too; no function stands behind another token."""
    tf = t.tf

    def double(x, n):
        assert x.numpy().shape == (2,)
        return x * 2.0, n

    y, _ = tf.py_function(double, [[0.0, 0.0], 1], [tf.float32, tf.int32])
    given = {"input": [tf.constant([1.0, 2.0]), tf.constant(7)], "Tout": [tf.float32, tf.int32]}
    found = t.value(t.raw.EagerPyFunc(token=y.op.get_attr("token"), **given))
    wrong = t.error(lambda: t.raw.EagerPyFunc(token="no such function", **given))
    return [y.op.type, found, wrong]
