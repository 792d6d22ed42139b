"""Programs whose Python control flow depends on tensors show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import check

PROGRAMS = []


def program(function):
    """Adds a program to those that are run."""
    PROGRAMS.append(function)
    return function


@program
def conditionals(tf, show):
    """An `if` over a tensor runs one branch; both are traced once; a Python condition decides while tracing."""
    traced = []

    @tf.function
    def f(x, flag):
        if flag:
            traced.append("flag")
        if x > 0:
            traced.append("positive")
            y = x * 2
        elif x < -10:
            traced.append("small")
            y = x - 1
        else:
            traced.append("else")
            y = -x
        return y

    for value in (3, -4, -20):
        show(lambda value=value: f(tf.constant(value), True))
    show(lambda: f(tf.constant(1), False))
    show(traced)


@program
def one_branch_defines(tf, show):
    """A variable that is used later must get a value in both branches."""

    @tf.function
    def main(x):
        if x > 0:
            y = x
        return y

    @tf.function
    def other(x):
        if x > 0:
            pass
        else:
            y = x
        return y

    @tf.function
    def unused(x):
        if x > 0:
            y = x  # noqa: F841
        return x

    show(lambda: main(tf.constant(1)))
    show(lambda: other(tf.constant(1)))
    show(lambda: unused(tf.constant(1)))


@program
def branches_agree(tf, show):
    """Branches give a variable one dtype and one structure."""

    @tf.function
    def dtype(x):
        y = 1
        if x > 0:
            y = 1.5
        return y

    @tf.function
    def structure(x):
        if x > 0:
            y = (1, 2)
        else:
            y = 3
        return y

    @tf.function
    def none(x):
        y = None
        if x > 0:
            y = 1
        return y

    @tf.function
    def nested(x):
        d = {"a": 0, "b": (1.0, 2.0)}
        if x > 0:
            d = {"a": x, "b": (3.0, 4.0)}
        return d

    for one in (dtype, structure, none, nested):
        show(lambda one=one: one(tf.constant(1)))
    show(lambda: nested(tf.constant(-1)))


@program
def early_returns(tf, show):
    """`return` in a branch ends the function; all branches then return."""

    @tf.function
    def f(x):
        if x > 10:
            return "big", x
        x += 1
        if x < 0:
            return "negative", x
        return "small", x * 2

    @tf.function
    def missing(x):
        if x > 0:
            return x

    @tf.function
    def nested(x):
        if x > 0:
            if x > 5:
                return x * 100
            return x + 1
        return -x

    for value in (20, 3, -5):
        show(lambda value=value: f(tf.constant(value)))
        show(lambda value=value: nested(tf.constant(value)))
    show(lambda: missing(tf.constant(1)))


@program
def while_loops(tf, show):
    """A `while` over a tensor is a loop of the graph: variables keep dtype, shape and structure."""
    traced = []

    @tf.function
    def collatz(n):
        steps = 0
        while n > 1:
            traced.append(1)
            if n % 2 == 0:
                n = n // 2
            else:
                n = 3 * n + 1
            steps += 1
        return steps

    @tf.function
    def grows(x):
        y = tf.zeros([1])
        while x > 0:
            y = tf.concat([y, y], 0)
            x -= 1
        return y

    @tf.function
    def invariant(x):
        y = tf.zeros([1])
        while x > 0:
            tf.autograph.experimental.set_loop_options(shape_invariants=[(y, tf.TensorShape([None]))])
            y = tf.concat([y, y], 0)
            x -= 1
        return y

    @tf.function
    def structure(x):
        y = (1, 2)
        while x > 0:
            y = x
            x -= 1
        return y

    for value in (1, 6, 27):
        show(lambda value=value: collatz(tf.constant(value)))
    show(lambda: traced)
    for one in (grows, invariant, structure):
        show(lambda one=one: one(tf.constant(3)))


@program
def python_while(tf, show):
    """A `while` with a Python condition is unrolled while tracing; its condition may not become a tensor."""
    traced = []

    @tf.function
    def unrolled(x, n):
        while n > 0:
            traced.append(n)
            x = x * 2
            n -= 1
        return x

    @tf.function
    def changes(x):
        n = 0
        while n < 3:
            n = n + x
        return n

    show(lambda: unrolled(tf.constant(1), 3))
    show(lambda: unrolled(tf.constant(2), 3))
    show(lambda: unrolled(tf.constant(2), 4))
    show(lambda: traced)
    show(lambda: changes(tf.constant(1)))


@program
def loops_over_tensors(tf, show):
    """`for` over a tensor goes over its first axis, over `tf.range` without making it, over Python lists in Python."""
    traced = []

    @tf.function
    def total(x):
        result = 0.0
        for row in x:
            traced.append("tensor")
            for value in row:
                result += value
        return result

    @tf.function
    def ranges(n):
        result = []
        a = b = c = 0
        for i in tf.range(n):
            a += i
        for i in tf.range(10, 0, -3):
            b = b * 10 + i
        for i in range(n):
            c += i
        for k in range(3):
            traced.append(k)
            result.append(a + k)
        return a, b, c, result

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32)])
    def unknown(x):
        result = 0
        for value in x:
            result = result * 10 + value
        return result

    @tf.function
    def scalar(x):
        for value in x:
            x += value
        return x

    show(lambda: total(tf.constant([[1.0, 2.0], [3.0, 4.0]])))
    show(lambda: ranges(tf.constant(4)))
    show(lambda: unknown(tf.constant([1, 2, 3])))
    show(lambda: unknown(tf.constant([], tf.int32)))
    show(lambda: scalar(tf.constant(1)))
    show(lambda: traced)


@program
def breaks_and_continues(tf, show):
    """`break` and `continue` work in loops of the graph, in nested ones, and within conditionals."""

    @tf.function
    def f(x, limit):
        total = 0
        for i in tf.range(x):
            if i % 3 == 0:
                continue
            for j in tf.range(i):
                if j > 4:
                    break
                total += j
            if total > limit:
                break
            total += 100
        return total, i

    @tf.function
    def endless(x):
        while True:
            x += 1
            if x > 10:
                break
        return x

    for limit in (5, 150, 10000):
        show(lambda limit=limit: f(tf.constant(8), tf.constant(limit)))
    show(lambda: endless(tf.constant(3)))


@program
def break_in_python_loop(tf, show):
    """A `break` that depends on a tensor cannot end a loop that runs in Python."""

    @tf.function
    def f(x):
        total = 0
        for i in range(3):
            if x[i] > 2:
                break
            total += x[i]
        return total

    @tf.function
    def static(x):
        total = 0
        for i in range(10):
            if i == 3:
                break
            total += x
        return total

    show(lambda: f(tf.constant([1, 2, 3])))
    show(lambda: static(tf.constant(2)))


@program
def returns_in_loops(tf, show):
    """A `return` in a loop of the graph works where its value is known before; else it is refused."""

    @tf.function
    def first(x):
        for value in x:
            return value
        return tf.constant(-1)

    @tf.function
    def some(x):
        for value in x:
            if value > 1:
                return value
        return tf.constant(-1)

    @tf.function
    def python(x):
        for i in range(5):
            if i == 3:
                return x + i
        return x

    show(lambda: first(tf.constant([1, 2, 3])))
    show(lambda: some(tf.constant([1, 2, 3])))
    show(lambda: python(tf.constant(1)))


@program
def variables_that_start_in_loops(tf, show):
    """A variable may get its first value in a loop if all iterations set it; then the loop must run."""

    @tf.function
    def last(x):
        while x > 0:
            y = x * 2
            x -= 1
        return y

    @tf.function
    def sometimes(x):
        while x > 0:
            if x > 1:
                y = x
            x -= 1
        return y

    @tf.function
    def objects(x):
        for _ in tf.range(x):
            y = object()
        return y

    @tf.function
    def counter(x):
        for i in tf.range(x):
            pass
        return i

    for value in (3, 0):
        show(lambda value=value: last(tf.constant(value)))
        show(lambda value=value: counter(tf.constant(value)))
    show(lambda: sometimes(tf.constant(3)))
    show(lambda: objects(tf.constant(3))["x"])


@pytest.mark.parametrize("one", PROGRAMS, ids=[one.__name__ for one in PROGRAMS])
def test_program_shows_what_tensorflow_shows(one):
    check(one)


def test_each_program_names_a_rule_of_its_own():
    rules = [one.__doc__ for one in PROGRAMS]
    assert all(rules) and len(set(rules)) == len(rules)
