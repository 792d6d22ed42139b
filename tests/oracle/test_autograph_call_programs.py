"""Programs whose expressions, calls, closures and errors meet tensors show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import check, type_of

PROGRAMS = []


def program(function):
    """Adds a program to those that are run."""
    PROGRAMS.append(function)
    return function


@program
def logic(tf, show):
    """`and`, `or` and `not` of tensors compute the second operand only where it is needed; comparisons chain."""
    effects = tf.Variable(0)

    @tf.function
    def f(x):
        def second():
            effects.assign_add(1)
            return x < 5

        return x > 0 and second(), x > 0 or second(), not x > 0, 0 < x < 5, 0 < x < 5 <= 5

    @tf.function
    def python(x, flag):
        return flag and x, flag or x, not flag, (flag if flag is not None else x)

    for value in (3, -1, 9):
        show(lambda value=value: f(tf.constant(value)))
        show(lambda: effects)
    for flag in (None, False, 1):
        show(lambda flag=flag: python(tf.constant(2), flag))


@program
def conditional_expressions(tf, show):
    """A conditional expression runs one operand; both have one dtype, and neither is None."""

    @tf.function
    def f(x):
        return x * 2 if x > 0 else -x

    @tf.function
    def dtype(x):
        return 1 if x > 1 else 1.5

    @tf.function
    def none(x):
        return None if x > 1 else 1.5

    @tf.function
    def tuples(x):
        a, b = (x, x + 1) if x > 0 else (x + 1, x)
        return a - b

    for one in (f, dtype, none, tuples):
        show(lambda one=one: one(tf.constant(2)))
        show(lambda one=one: one(tf.constant(-2)))


@program
def conditions_of_wrong_types(tf, show):
    """The condition of a statement is a scalar bool tensor."""

    @tf.function
    def branch(x):
        if x:
            x -= 1
        return x

    @tf.function
    def loop(x):
        while x:
            x -= 1
        return x

    @tf.function
    def vector(x):
        if x > 0:
            return x
        return -x

    show(lambda: branch(tf.constant(5)))
    show(lambda: type_of(lambda: loop(tf.constant(5))))
    show(lambda: vector(tf.constant([1, 2])))


@program
def builtins_of_tensors(tf, show):
    """`len`, `abs`, `int`, `float`, `range` and `sorted` of tensors are tensors; `max` needs a Python bool."""

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def f(x):
        return len(x), abs(x), int(x[0]), float(len(x)), sorted(x), range(len(x) + 1)

    @tf.function
    def greatest(x):
        return max(x[0], x[1])

    @tf.function
    def listed(x):
        return [value for value in x]

    show(lambda: f(tf.constant([2.5, -1.5])))
    show(lambda: greatest(tf.constant([2.5, -1.5])))
    show(lambda: listed(tf.constant([2.5, -1.5])))


@program
def python_containers(tf, show):
    """Lists, dicts, zip and enumerate over Python values are worked on while tracing."""

    @tf.function
    def f(x):
        out = []
        table = {"a": x, "b": x + 1}
        for i, (key, value) in enumerate(sorted(table.items())):
            out.append(value * i)
            table[key] = value * 2
        for a, b in zip([1, 2], [x, x + 2]):
            out.append(a * b)
        out.extend(map(lambda v: v + 1, out[:1]))
        return out, table, [v for v in out if v is not None]

    show(lambda: f(tf.constant(3)))


@program
def calls_are_converted(tf, show):
    """Functions, methods, lambdas and objects that are called are converted too, recursion included."""

    def helper(x):
        if x > 0:
            return x * 2
        return x - 1

    class Model:
        def __init__(self):
            self.factor = 3

        def method(self, x):
            if x > 0:
                return helper(x) * self.factor
            return x

        def __call__(self, x):
            while x < 100:
                x = x * 2
            return x

    def power(x, n):
        return 1 if n == 0 else x * power(x, n - 1)

    model = Model()

    @tf.function
    def f(x):
        clip = lambda v: v if v < 10 else v * 0 + 10  # noqa: E731
        return helper(x), model.method(x), model(x + 1), power(x, 3), clip(x), (lambda v: helper(v))(x)

    for value in (4, 20):
        show(lambda value=value: f(tf.constant(value)))
    show(lambda: tf.function(model.method)(tf.constant(5)))


@program
def not_converted(tf, show):
    """`do_not_convert` and `autograph=False` leave a function as it is written."""

    @tf.autograph.experimental.do_not_convert
    def plain(x):
        if x > 0:
            return x
        return -x

    @tf.function
    def f(x):
        return plain(x)

    @tf.function(autograph=False)
    def g(x):
        if x > 0:
            return x
        return -x

    @tf.function(autograph=False)
    def h(x):
        return tf.cond(x > 0, lambda: x, lambda: -x)

    show(lambda: f(tf.constant(1)))
    show(lambda: type_of(lambda: g(tf.constant(1))))
    show(lambda: h(tf.constant(-1)))
    show(lambda: plain(tf.constant(-1)))


@program
def closures(tf, show):
    """Inner functions read and change the variables of outer ones, in branches and loops too."""

    @tf.function
    def f(x):
        total = x

        def add(y):
            nonlocal total
            total = total + y
            return total

        add(1)
        if x > 0:
            total = add(10) * 2
        else:
            total = add(20)
        for i in tf.range(3):
            total += scaled(i)
        return total, add(1)

    factor = 5

    def scaled(v):
        if v > 1:
            return v * factor
        return v

    show(lambda: f(tf.constant(1)))
    show(lambda: f(tf.constant(-1)))


@program
def attributes_and_items(tf, show):
    """Attributes and items that a branch or loop changes are variables of it."""

    class Box:
        pass

    @tf.function
    def f(x):
        box = Box()
        box.value = 0
        table = {"k": 1}
        if x > 0:
            box.value = x
            table["k"] = x * 2
        while x > 0:
            box.value += 1
            x -= 1
        return box.value, table

    @tf.function
    def missing(x):
        box = Box()
        if x > 0:
            box.value = x
        return box.value

    for value in (3, -3):
        show(lambda value=value: f(tf.constant(value)))
    show(lambda: missing(tf.constant(1)))


@program
def generators(tf, show):
    """Generators run as they are written, and are read while tracing."""
    traced = []

    def squares(n):
        for i in range(n):
            traced.append(i)
            yield i * i

    @tf.function
    def f(x):
        total = x
        for value in squares(4):
            if value > 4:
                break
            total += value
        return total, sum(squares(3))

    show(lambda: f(tf.constant(1)))
    show(lambda: f(tf.constant(2)))
    show(traced)


@program
def exceptions_while_tracing(tf, show):
    """An error names the lines of the user's functions; `try`, `except` and `finally` work while tracing."""

    def deep(x):
        if x.shape.rank is not None:
            raise ValueError("not this one")
        return x

    def middle(x):
        for _ in range(2):
            x = deep(x)
        return x

    @tf.function
    def f(x):
        return middle(x)

    @tf.function
    def caught(x):
        notes = []
        for i in range(3):
            try:
                if i == 1:
                    x = deep(x)
                x += 1
            except ValueError as error:
                notes.append(str(error))
                continue
            finally:
                notes.append(i)
        return x, notes

    @tf.function
    def key(x):
        return {"a": x}["b"]

    @tf.function
    def asserts(x):
        assert x is None, "must be None"
        return x

    @tf.function
    def undefined(x):
        if False:
            y = x
        return y

    for one in (f, caught, key, asserts, undefined):
        show(lambda one=one: one(tf.constant(1)))


@program
def exceptions_in_branches(tf, show):
    """A `raise` in a branch of a tensor's condition is raised while tracing; `tf.debugging` checks when it runs."""

    @tf.function
    def raises(x):
        if x > 1:
            raise ValueError("boo")
        return x

    @tf.function
    def checks(x):
        if x > 1:
            tf.debugging.assert_less(x, 10, message="too big")
            x = x * 2
        return x

    show(lambda: raises(tf.constant(0)))
    show(lambda: checks(tf.constant(2)))
    show(lambda: checks(tf.constant(0)))
    show(lambda: type_of(lambda: checks(tf.constant(20))))


@pytest.mark.parametrize("one", PROGRAMS, ids=[one.__name__ for one in PROGRAMS])
def test_program_shows_what_tensorflow_shows(one):
    check(one)


def test_each_program_names_a_rule_of_its_own():
    rules = [one.__doc__ for one in PROGRAMS]
    assert all(rules) and len(set(rules)) == len(rules)
