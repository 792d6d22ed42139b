"""Direct calls of the ops of iterators and optionals."""

import numpy as np
from direct import EAGER, GRAPH, program

INVALID, END = "InvalidArgumentError", "OutOfRangeError"


@program(
    "AnonymousIterator AnonymousIteratorV2 AnonymousIteratorV3 IteratorGetNext IteratorGetNextSync MakeIterator",
    [0, 1, 2, END, 0] * 3,
    (EAGER,),
)
def anonymous_iterators(t):
    """Each kind gives all elements, ends, and starts again when it is made again."""
    typed, found = t.typed(), []
    handles = [
        t.raw.AnonymousIterator(**typed),
        t.raw.AnonymousIteratorV2(**typed)[0],
        t.raw.AnonymousIteratorV3(**typed),
    ]
    for handle in handles:
        data = t.numbers(3)
        t.raw.MakeIterator(dataset=data, iterator=handle)
        found += [int(t.raw.IteratorGetNext(iterator=handle, **typed)[0])]
        found += [int(t.raw.IteratorGetNextSync(iterator=handle, **typed)[0]) for _ in range(2)]
        found += [t.error(lambda: t.raw.IteratorGetNext(iterator=handle, **typed))]
        t.raw.MakeIterator(dataset=data, iterator=handle)
        found += [int(t.raw.IteratorGetNext(iterator=handle, **typed)[0])]
    return found


@program(
    "IteratorV2 MakeIterator IteratorGetNext IteratorGetNextSync",
    ["FailedPreconditionError", 0, 1, END, INVALID],
    (GRAPH,),
)
def iterators_of_a_graph(t):
    iterator = t.raw.IteratorV2(shared_name="", container="", **t.typed())
    following = t.raw.IteratorGetNext(iterator=iterator, **t.typed())
    at_once = t.raw.IteratorGetNextSync(iterator=iterator, **t.typed())
    found = [t.error(lambda: following)]
    t.value(t.raw.MakeIterator(dataset=t.numbers(2), iterator=iterator))
    found += [int(t.value(following)[0]), int(t.value(at_once)[0]), t.error(lambda: following)]
    other = t.raw.TensorDataset(components=[t.tf.constant(1.0)], output_shapes=[[]])
    return found + [t.error(lambda: t.raw.MakeIterator(dataset=other, iterator=iterator))]


@program(
    "AnonymousIteratorV2 DeleteIterator", [0], (EAGER,), "its handles count references, and it refuses to delete such"
)
def deleted_iterators(t):
    handle, deleter = t.raw.AnonymousIteratorV2(**t.typed())
    t.raw.MakeIterator(dataset=t.numbers(2), iterator=handle)
    found = [int(t.raw.IteratorGetNext(iterator=handle, **t.typed())[0])]
    t.raw.DeleteIterator(handle=handle, deleter=deleter)
    return found


@program("OneShotIterator", [[0, 1, END], [5.0]], (GRAPH,))
def one_shot_iterators(t):
    def make(fn, typed):
        handle = t.raw.OneShotIterator(dataset_factory=t.function(fn), **typed)
        return t.raw.IteratorGetNext(iterator=handle, **typed)

    numbers = make(lambda: [t.numbers(2)], t.typed())
    float_typed = t.typed((t.tf.float32, []))
    single = make(lambda: [t.raw.TensorDataset(components=[t.tf.constant(5.0)], output_shapes=[[]])], float_typed)
    found = [int(t.value(numbers)[0]), int(t.value(numbers)[0]), t.error(lambda: numbers)]
    return [found, [float(t.value(single)[0])]]


@program("IteratorToStringHandle IteratorFromStringHandleV2", [True, 0, 1, INVALID, INVALID], (GRAPH,))
def string_handles(t):
    iterator = t.iterator(t.numbers(3), t.typed())
    text = t.value(t.raw.IteratorToStringHandle(resource_handle=iterator))
    text = text if isinstance(text, bytes) else text.item()

    def following(text, *parts):
        again = t.raw.IteratorFromStringHandleV2(string_handle=t.tf.constant(text), **t.typed(*parts))
        return t.raw.IteratorGetNext(iterator=again, **t.typed(*parts))

    found = [len(text) > 0, int(t.value(following(text))[0])]
    found += [int(t.value(t.raw.IteratorGetNext(iterator=iterator, **t.typed()))[0])]
    found += [t.error(lambda: following(text, (t.tf.float32, [])))]
    return found + [t.error(lambda: following(b"no handle"))]


@program("IteratorGetNextAsOptional OptionalHasValue OptionalGetValue", [True, 0, True, 1, False, INVALID])
def elements_as_optionals(t):
    iterator = t.iterator(t.numbers(2), t.typed())
    found = []
    for _ in range(2):
        optional = t.raw.IteratorGetNextAsOptional(iterator=iterator, **t.typed())
        has = t.raw.OptionalHasValue(optional=optional)
        value = t.raw.OptionalGetValue(optional=optional, **t.typed())
        has, value = t.value([has, value[0]])
        found += [bool(has), int(value)]
    end = t.raw.IteratorGetNextAsOptional(iterator=iterator, **t.typed())
    found += [bool(t.value(t.raw.OptionalHasValue(optional=end)))]
    return found + [t.error(lambda: t.raw.OptionalGetValue(optional=end, **t.typed()))]


@program(
    "OptionalFromValue OptionalNone OptionalHasValue OptionalGetValue",
    [True, False, [np.float32([[1, 2]]), np.array([b"a", b"b"], object)], INVALID, INVALID, INVALID],
)
def optionals(t):
    tf = t.tf
    some = t.raw.OptionalFromValue(components=[tf.constant([[1.0, 2.0]]), tf.constant([b"a", b"b"])])
    none = t.raw.OptionalNone()
    parts = (tf.float32, [1, 2]), (tf.string, [2])
    found = [bool(t.value(t.raw.OptionalHasValue(optional=one))) for one in (some, none)]
    found += [t.value(t.raw.OptionalGetValue(optional=some, **t.typed(*parts)))]
    wrong = [(tf.float32, [1, 2]), (tf.int32, [2])], [(tf.float32, [3]), (tf.string, [2])]
    found += [t.error(lambda: t.raw.OptionalGetValue(optional=some, **t.typed(*each))) for each in wrong]
    return found + [t.error(lambda: t.raw.OptionalGetValue(optional=none, **t.typed(*parts)))]


@program("OptionalFromValue OptionalGetValue", [[6.0, [3.0, 4.0]], [2.0, [0.0, 0.0]]])
def gradients_through_optionals(t):
    """The gradient of an optional is an optional of gradients; a component that nothing reads has zeros."""
    tf, parts = t.tf, ((t.tf.float32, []), (t.tf.float64, [2]))

    def gradients(use):
        x, y = tf.constant(3.0), tf.constant([1.0, 2.0], tf.float64)
        with tf.GradientTape() as tape:
            tape.watch([x, y])
            optional = t.raw.OptionalFromValue(components=[x * 2.0, y])
            result = use(*t.raw.OptionalGetValue(optional=optional, **t.typed(*parts)))
        found = tape.gradient(result, [x, y]) if t.mode == EAGER else tf.gradients(result, [x, y])
        return t.value(found)

    both = gradients(lambda x, y: tf.cast(x * 3.0, tf.float64) + tf.reduce_sum(y * [3.0, 4.0]))
    return [both, gradients(lambda x, y: x)]
