"""Local functions read what they close over as it is when they run, whatever way they are called, after branches and loops too."""

import pytest
from function_programs import EAGER, FUNCTION, Programs, check, shown

import ferroflow

program = Programs()
BOTH_SIGNS = (3, -3)


@program(FUNCTION, EAGER)
def called_through_an_alias(tf, show):
    """A local function that is called by another name reads what a branch has set."""

    @tf.function
    def f(x):
        scale = 1

        def scaled(y):
            return y * scale

        other = scaled
        third = other if x is not None else None
        if x > 0:
            scale = 10
        first = other(x)
        while scale < 40:
            scale = scale * 2
        return first, third(x)

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def called_from_a_container(tf, show):
    """Local functions in lists, dicts and tuples read what a branch or a loop has set."""

    @tf.function
    def f(x):
        shift = 0
        table = {"add": lambda y: y + shift}

        def subtract(y):
            return y - shift

        listed = [table["add"], (subtract,)]
        for i in tf.range(3):
            if x > i:
                shift += i + 1
        return table["add"](x), listed[0](x), listed[1][0](x), [one(x) for one in (*listed[1], table["add"])]

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def bound_as_a_default(tf, show):
    """A local function that is another's default argument is kept; a value that is one is kept as it was."""

    @tf.function
    def f(x):
        factor = 2

        def times(y):
            return y * factor

        def late(y, inner=times, start=factor):
            return inner(y) + start

        def keyword(y, *, inner=lambda z: z + factor):
            return inner(y)

        if x > 0:
            factor = 7
        return late(x), keyword(x), late(x, lambda y: y - factor)

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def kept_as_an_attribute(tf, show):
    """A local function that is an attribute of an object, or a method of a local class, reads what a branch has set."""

    class Holder:
        pass

    @tf.function
    def f(x):
        offset = 1
        holder = Holder()

        def shifted(y):
            return y + offset

        class Local:
            def method(self, y):
                return y * offset

        holder.call = shifted
        holder.inner = Holder()
        holder.inner.call = lambda y: holder.call(y) * 2
        local = Local()
        if x > 0:
            offset = 5
        else:
            offset = 6
        return holder.call(x), holder.inner.call(x), local.method(x)

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def called_in_a_comprehension(tf, show):
    """Comprehensions and generator expressions call local functions that read what a branch has set."""

    @tf.function
    def f(x):
        base = 1

        def power(y):
            return y * base

        if x > 0:
            base = 4
        listed = [power(y) for y in (1, 2)]
        summed = sum(power(y) + base for y in (1, 2))
        base = base + 1
        return listed, summed, {key: power(key) for key in (1, 2)}, list(map(power, [x]))

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def nested_twice(tf, show):
    """A function in a function in a function reads and sets the outermost's variable, changed between by a branch."""

    @tf.function
    def f(x):
        total = x

        def outer():
            held = total

            def inner(y):
                nonlocal total
                if total > y:
                    total = total - y
                else:
                    total = total + y
                return total * held

            return inner

        if x > 0:
            total = total * 10
        inner = outer()
        first = inner(3)
        if total > 20:
            total = total + 100
        return first, inner(5), outer()(1), total

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def returned_and_passed_on(tf, show):
    """A local function that is passed to another, or to a decorator, reads what is set before it runs."""

    def apply(function, value):
        if value > 0:
            return function(value)
        return function(-value)

    def twice(function):
        return lambda y: function(function(y))

    @tf.function
    def f(x):
        step = 1

        @twice
        def advance(y):
            return y + step

        def plain(y):
            return y * step

        if x > 0:
            step = 3
        first = apply(plain, x)
        for _ in tf.range(2):
            step += 1
        return first, advance(x), apply(advance, x)

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def set_by_a_loop_and_read_by_a_function(tf, show):
    """A function that is made before a loop and called inside it and after it sees each round's values."""

    @tf.function
    def f(x):
        count, last = 0, x

        def state():
            return count * 100 + last

        total = state()
        for value in tf.range(4):
            if value == 1:
                continue
            last = value
            count += 1
            total += state()
            if count == 2:
                break
        return total, state(), count, last

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@program(FUNCTION, EAGER)
def made_in_a_branch(tf, show):
    """A function that a Python branch makes may be called later; recursion reads the variables of its first call."""

    @tf.function
    def f(x, kind):
        weight = 2
        if kind == "double":

            def change(y):
                return y * weight
        elif kind == "lambda":
            change = lambda y: y - weight  # noqa: E731
        else:

            def change(y):
                return y if y < 1 else change(y - 10) + weight

        if x > 0:
            weight = 5
        return change(x)

    for kind in ("double", "lambda"):
        for value in BOTH_SIGNS:
            show(lambda value=value, kind=kind: f(tf.constant(value), kind))
    show(lambda: f(13, "recursion"))


@program(FUNCTION, EAGER)
def names_that_shadow(tf, show):
    """Parameters, comprehension variables and arguments of lambdas that shadow an outer name leave the outer one alone."""

    @tf.function
    def f(x):
        value = x

        def shadow(value):
            return value + 1

        if x > 0:
            value = x * 2
        squares = [value for value in range(3)]
        try:
            if len(squares) > 2:
                raise KeyError("k")
        except KeyError as error:
            squares.append(len(error.args))
        return value, shadow(value), squares, (lambda value: value)(7)

    for value in BOTH_SIGNS:
        show(lambda value=value: f(tf.constant(value)))


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)


def _numbers(shown):
    """What was shown, with Python numbers in place of arrays."""
    if isinstance(shown, list) and shown[:1] == ["value"]:
        return shown[-1]
    if isinstance(shown, dict):
        return {key: _numbers(one) for key, one in shown.items()}
    return [_numbers(one) for one in shown] if isinstance(shown, list) else shown


@pytest.mark.parametrize("one", dict.fromkeys(one for one, _ in program), ids=lambda one: one.__name__)
def test_traced_program_shows_what_python_computes(one):
    assert _numbers(shown(one, ferroflow)) == _numbers(shown(one, ferroflow, EAGER))
