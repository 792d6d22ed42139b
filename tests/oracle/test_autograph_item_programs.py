"""What AutoGraph converts, item by item: programs show the same with Ferroflow and with TensorFlow."""

import pytest
from function_programs import EAGER, FUNCTION, Programs, check

program = Programs()


@program(FUNCTION, features=("to_code", "to_graph", "lambda", "class"))
def code_of_conversions(tf, show):
    """`to_code` gives the source of a converted function and `to_graph` the function; both refuse what has no source."""

    def f(x):
        if x > 0:
            return x * 2
        for _ in range(2):
            x += 1
        return x

    def fails(call):
        try:
            call()
        except Exception:
            return True
        return False

    code = tf.autograph.to_code(f)
    show(code.startswith("def tf__f(x):"))
    show(all(word in code for word in ("if_stmt", "for_stmt", "return")))
    converted = tf.autograph.to_graph(f)
    show(lambda: converted(tf.constant(3)))
    show(lambda: tf.function(converted, autograph=False)(tf.constant(-3)))
    with tf.Graph().as_default():
        show(lambda: converted(tf.constant(-3)).shape.as_list())
    show(fails(lambda: tf.autograph.to_code(eval("lambda x: x"))))


@program(FUNCTION, EAGER, features=("print of tensors", "print in a branch", "print in a loop", "py_function"))
def printing(tf, show):
    """`tf.print` happens in each round that runs; Python's `print` while tracing."""
    import contextlib
    import io

    @tf.function
    def f(x):
        print("tracing")
        for i in tf.range(3):
            if i == 1:
                continue
            x += i
        return x

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        f(tf.constant(1))
        f(tf.constant(2))
    show(out.getvalue())


@program(FUNCTION, features=("assert of a tensor", "message", "Python assert", "lambda message"))
def assertions(tf, show):
    """With the feature ASSERT_STATEMENTS an `assert` of a tensor fails when it runs; one of a Python value while tracing."""

    @tf.function(experimental_autograph_options=tf.autograph.experimental.Feature.ASSERT_STATEMENTS)
    def traced(x, flag):
        assert flag, "the flag"
        assert x > 0, "x is too small"
        return x

    def kind(*args):
        try:
            return traced(*args)
        except Exception as error:
            return type(error).__name__, "x is" in str(error), "the flag" in str(error)

    show(lambda: kind(tf.constant(1), True))
    show(lambda: kind(tf.constant(-1), True))
    show(lambda: kind(tf.constant(1), False))


@program(FUNCTION, EAGER, features=("decorators", "functools.wraps", "class decorator", "decorator with arguments"))
def decorated_functions(tf, show):
    """Functions under decorators are converted through `functools.wraps`; a decorator's own code is converted too."""
    import functools

    def doubled(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            result = function(*args, **kwargs)
            if result > 10:
                return result
            return result * 2

        return wrapper

    def added(amount):
        def decorate(function):
            def wrapper(*args):
                return function(*args) + amount

            return wrapper

        return decorate

    class Counted:
        def __init__(self, function):
            self.function, self.count = function, 0

        def __call__(self, *args):
            self.count += 1
            return self.function(*args)

    @doubled
    @added(3)
    def helper(x):
        while x < 4:
            x += 1
        return x

    @Counted
    def counted(x):
        if x > 100:
            return x
        return -x

    @tf.function
    @doubled
    def f(x):
        return helper(x) + counted(x)

    for x in (1, 50, 200):
        show(lambda x=x: f(tf.constant(x)))
    show(lambda: counted.count > 0)


@program(FUNCTION, EAGER, features=("lambda in a call", "lambda with defaults", "nested lambdas", "conditional in it"))
def lambdas(tf, show):
    """Lambdas on one line with others, nested, with defaults and conditional expressions are converted."""
    first, second = (lambda x: x if x > 0 else -x), (lambda x, k=3: x * k if x > k else x - k)
    table = {"a": lambda x: x + 1 if x < 5 else x, "b": lambda *xs: sum(xs)}

    @tf.function
    def f(x):
        return first(x), second(x), second(x, k=x), table["a"](x), table["b"](x, x), (lambda y: (lambda z: z + y)(x))(1)

    for x in (-2, 2, 9):
        show(lambda x=x: f(tf.constant(x)))
    show(lambda: tf.function(lambda x: first(x) if x < 7 else x * 0)(tf.constant(-9)))


@program(FUNCTION, EAGER, features=("conditional expression", "nested conditionals", "side effects in them", "and, or"))
def nested_conditional_expressions(tf, show):
    """Conditional expressions nest, run one side only, and take `and`, `or` and `not` of tensors and Python values."""
    v = tf.Variable(0)

    def pick(y, condition):
        return y if condition else -y

    @tf.function
    def f(x, flag):
        y = v.assign_add(1) if x > 0 else v.assign_sub(10)
        inner = x if x > 5 else x * 10
        z = inner if x > 0 and flag else pick(y, not flag or x < -5)
        return z, "flag" if flag else None, (x > 0) or flag

    for x in (9, 2, -2, -9):
        for flag in (True, False):
            show(lambda x=x, flag=flag: f(tf.constant(x), flag))
    show(v)


@program(FUNCTION, features=("error in a helper", "error in a loop", "error in a lambda", "line of the user"))
def lines_of_errors(tf, show):
    """An error in converted code names the user's lines: in a helper, a loop, a branch, a method, a comprehension."""

    def helper(x):
        y = x + 1
        return tf.reshape(y, [7, 7])

    class Model:
        def method(self, x):
            if x[0] > 0:
                x = helper(x)
            return x

    @tf.function
    def in_branch(x):
        return Model().method(x)

    @tf.function
    def in_loop(x):
        total = x
        for _ in tf.range(3):
            total = tf.concat([total, x], 3)
        return total

    @tf.function
    def in_comprehension(x):
        return [helper(one) for one in (x,)]

    @tf.function
    def key(x):
        if x[0] > 0:
            x = {}[int(x.shape[0])]
        return x

    for one in (in_branch, in_loop, in_comprehension, key):
        show(lambda one=one: one(tf.constant([1.0, 2.0])))


@program(FUNCTION, EAGER, features=("do_not_convert", "set_loop_options", "maximum_iterations", "swap_memory"))
def options_of_loops(tf, show):
    """`set_loop_options` limits and describes the loop around it only; `do_not_convert` leaves a callee alone."""

    @tf.autograph.experimental.do_not_convert
    def plain(x):
        return x if isinstance(x, int) else x + 1

    @tf.function
    def f(n):
        kept, rounds = tf.zeros([0], tf.int32), 0
        for i in tf.range(n):
            tf.autograph.experimental.set_loop_options(
                parallel_iterations=1, swap_memory=True, shape_invariants=[(kept, tf.TensorShape([None]))]
            )
            j = 0
            while j < i:
                j += plain(1)
            kept = tf.concat([kept, [plain(j)]], 0)
            rounds += 1
        return kept, rounds + 0

    show(lambda: f(tf.constant(4)))
    show(lambda: f(tf.constant(0)))


@program(FUNCTION, features=("maximum_iterations of a while", "limit of one loop", "nested loop", "state after it"))
def limits_of_loops(tf, show):
    """`maximum_iterations` ends a loop of the graph although its condition holds, and says nothing of loops inside it."""

    @tf.function
    def f(n):
        i, total = 0, 0
        while i < n:
            tf.autograph.experimental.set_loop_options(maximum_iterations=3)
            for j in tf.range(5):
                total += j
            i += 1
        return i, total

    for n in (2, 3, 100):
        show(lambda n=n: f(tf.constant(n)))


@program(
    FUNCTION,
    EAGER,
    features=("nested targets", "augmented assignment of items", "chained assignment", "swap in a loop"),
)
def kinds_of_assignments(tf, show):
    """Nested, chained and augmented assignments in branches and loops are variables of them."""

    @tf.function
    def f(x):
        first, second, (last, deep) = x, x + 1, (x + 3, [x, x])
        table = {"a": x, "b": [x, x]}
        if x > 1:
            first, last = last, first
            table["a"] += 5
            deep[0] = deep[0] * 2
        else:
            table["a"] -= 5
        double = x * 2
        if double > 4:
            first += double
        for i in tf.range(2):
            first, last = last, first + i
            table["a"] *= 2
        a = b = first
        b += 1
        return a, b, second, last, table, double

    for x in (0, 2, 5):
        show(lambda x=x: f(tf.constant(x)))


@program(FUNCTION, EAGER, features=("match", "with", "try in a loop", "return from with"))
def other_statements(tf, show):
    """`with`, `try` and Python's own loops keep their meaning around tensors' control flow, returns inside included."""
    log = []

    @tf.function
    def f(x, names):
        for name in names:
            try:
                with tf.name_scope(name):
                    if name == "stop":
                        return x
                    if x > 10:
                        x = x - 10
                    else:
                        x = x + 1
                if name == "bad":
                    raise KeyError(name)
            except KeyError:
                log.append(name)
                x = x * 2
            else:
                x = x + 100
            finally:
                log.append("finally")
        return x

    for names in (("a", "bad"), ("bad", "stop", "a"), ()):
        show(lambda names=names: f(tf.constant(5), names))
    show(log if not tf.config.functions_run_eagerly() else None)


@pytest.mark.parametrize("one, way", program, ids=program.names())
def test_program_shows_what_tensorflow_shows(one, way):
    check(one, way)
