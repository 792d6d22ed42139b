"""Programs with loops over iterators take from them what TensorFlow's do, and leave the rest."""

import pytest
from function_programs import EAGER, FUNCTION, Programs, check

program = Programs()


@program(FUNCTION, EAGER)
def break_leaves_the_rest(tf, show):
    """A loop over an iterator that ends by `break` leaves the element after it for the next one who asks."""

    @tf.function
    def until(elements, limit):
        total = tf.constant(0, tf.int64)
        for value in elements:
            total += value
            if total > limit:
                break
        return total

    @tf.function
    def then_next(elements):
        for value in elements:
            if value > 1:
                break
        return next(elements)

    elements = iter(tf.data.Dataset.range(8))
    for _ in range(3):
        show(lambda: until(elements, tf.constant(2, tf.int64)))
    show(lambda: next(elements))
    show(lambda: until(elements, tf.constant(2, tf.int64)))
    show(lambda: until(elements, tf.constant(2, tf.int64)))
    elements = iter(tf.data.Dataset.range(5))
    show(lambda: then_next(elements))
    show(lambda: next(elements))


@program()
def return_in_a_loop_over_an_iterator(tf, show):
    """`return` out of a loop over an iterator or a dataset is refused where the result has no value before it."""

    @tf.function
    def first(elements):
        for value in elements:
            if value > 2:
                return value
        return tf.constant(-1, tf.int64)

    @tf.function
    def nothing(elements):
        for value in elements:
            if value > 2:
                return

    @tf.function
    def undefined(elements):
        for value in elements:
            last = value
        return last

    @tf.function
    def none(elements):
        last = None
        for value in elements:
            last = value
        return last

    for function in (first, nothing, undefined, none):
        show(lambda function=function: function(iter(tf.data.Dataset.range(6))))
        show(lambda function=function: function(tf.data.Dataset.range(6)))


@program(EAGER)
def return_out_of_an_eager_loop(tf, show):
    """`return` out of a loop over an iterator that runs in Python leaves the rest, as `break` does."""

    @tf.function
    def first(elements):
        for value in elements:
            if value > 2:
                return value
        else:
            return tf.constant(-2, tf.int64)

    elements = iter(tf.data.Dataset.range(7))
    for _ in range(6):
        show(lambda: first(elements))


@program(FUNCTION, EAGER)
def continue_in_a_loop_over_an_iterator(tf, show):
    """`continue` goes on with the iterator's next element; a loop that ends by itself leaves the iterator empty."""

    @tf.function
    def odd(elements):
        count, total = 0, tf.constant(0, tf.int64)
        for value in elements:
            if value % 2 == 0:
                continue
            count += 1
            if value == 5:
                break
            total += value
        return tf.convert_to_tensor(count), total

    elements = iter(tf.data.Dataset.range(10))
    show(lambda: odd(elements))
    show(lambda: next(elements))
    show(lambda: odd(elements))
    show(lambda: next(elements))


@program(FUNCTION, EAGER)
def nested_loops_over_one_iterator(tf, show):
    """Loops inside one another that share an iterator take turns; an empty one runs no round."""

    @tf.function
    def sums(elements):
        total = tf.constant(0, tf.int64)
        for value in elements:
            for other in elements:
                total += other
                if other % 3 == 0:
                    break
            total = total * 10 + value
        return total

    @tf.function
    def rows(elements, n):
        kept = tf.TensorArray(tf.int64, 0, dynamic_size=True)
        count = 0
        for _ in tf.range(n):
            for value in elements:
                kept = kept.write(count, value)
                count += 1
                if value % 2 == 1:
                    break
        return kept.stack()

    elements = iter(tf.data.Dataset.range(9))
    show(lambda: sums(elements))
    show(lambda: sums(elements))
    elements = iter(tf.data.Dataset.range(7))
    for n in (2, 1, 3):
        show(lambda n=n: rows(elements, tf.constant(n)))


@program(FUNCTION, EAGER)
def effects_in_a_loop_over_an_iterator(tf, show):
    """A loop over an iterator of pairs may have effects only, and a condition that a variable decides."""
    total = tf.Variable(0, dtype=tf.int64)

    @tf.function
    def add(elements):
        for value, (double,) in elements:
            total.assign_add(value + double)
            if total > 8:
                break

    elements = iter(tf.data.Dataset.range(6).map(lambda value: (value, (value * 2,))))
    show(lambda: add(elements))
    show(lambda: (total, next(elements)))


@program()
def shapes_in_a_loop_over_an_iterator(tf, show):
    """Variables of a loop over an iterator keep dtype and shape, unless `set_loop_options` says more of them."""

    @tf.function
    def dtype(elements):
        total = 0
        for value in elements:
            total = total + value
        return total

    @tf.function
    def shape(elements):
        kept = tf.zeros([1])
        for _ in elements:
            kept = tf.concat([kept, kept], 0)
        return kept

    @tf.function
    def relaxed(elements):
        kept = tf.zeros([1])
        for _ in elements:
            tf.autograph.experimental.set_loop_options(shape_invariants=[(kept, tf.TensorShape([None]))])
            kept = tf.concat([kept, kept], 0)
        return kept

    for function in (dtype, shape, relaxed):
        show(lambda function=function: function(iter(tf.data.Dataset.range(3))))


@program(FUNCTION, EAGER)
def gradients_through_a_loop_over_an_iterator(tf, show):
    """The gradient of a loop over an iterator counts the rounds that ran."""

    @tf.function
    def f(elements, w):
        with tf.GradientTape() as tape:
            tape.watch(w)
            y = w * 1.0
            for value in elements:
                y = y * w + tf.cast(value, tf.float32)
                if y > 30:
                    break
        return y, tape.gradient(y, w)

    for start in (2.0, 0.5):
        elements = iter(tf.data.Dataset.range(6))
        show(lambda elements=elements, start=start: f(elements, tf.constant(start)))
        show(lambda elements=elements: next(elements))


@program(FUNCTION, EAGER)
def python_iterators(tf, show):
    """A loop over a Python iterator runs while tracing and takes nothing after its `break`."""
    numbers = iter([1, 2, 3, 4, 5])

    @tf.function
    def f(x):
        for value in numbers:
            x += value
            if value % 2 == 0:
                break
        return x

    show(lambda: f(tf.constant(1)))
    show(lambda: next(numbers))
    show(lambda: f(tf.constant(2.0)))
    show(lambda: next(numbers))


@program()
def iterators_made_inside(tf, show):
    """An iterator that a function makes of a dataset starts anew with each call."""

    @tf.function
    def f(n):
        elements = iter(tf.data.Dataset.range(n))
        total = tf.constant(0, tf.int64)
        for value in elements:
            if value > 2:
                break
            total += value
        return total + 10 * next(elements)

    show(lambda: f(tf.constant(8, tf.int64)))
    show(lambda: f(tf.constant(8, tf.int64)))


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
