"""AutoGraph keeps the meaning of Python programs: converted functions do with Python values what the originals do."""

import pytest

import ferroflow as tf


def a1(x):
    if x > 0:
        return 1
    elif x < -5:
        return 2
    for i in range(10):
        if i == x:
            break
        if i % 2:
            continue
        x += i
        if x > 100:
            return "big"
    else:
        x = "else"
    while True:
        try:
            if x == 3:
                return 5
            x = 3
        finally:
            y = 1
    return y


def a2(x):
    kept = []

    def inner(y, *a, k=2, **kw):
        nonlocal x
        x += y
        if y > 1:
            return y
        return inner(y + 1)

    kept.append(inner(x))
    kept.append(x)
    f = [lambda z: z and x or 3][0]
    kept.append(f(0))
    kept.append([f(q) for q in range(2) if q])
    d = {"a": 1}
    if x:
        d["a"] = 2
    del d["a"]
    a, (b, *c) = 1, (2, 3, 4)
    if x > 2:
        a = b
        b = a
    if (w := x) > 1:
        kept.append(w)
    kept.append((a, b, c, d, 1 < x < 5, 1 < len(kept) < 2 < x))
    return kept


def a3(x):
    if x:
        y = 1
    return y


class B:
    def m(self, x):
        return x * 2


class A(B):
    __p = 5

    def __init__(self):
        self.v = 0

    def m(self, x):
        if x > 1:
            self.v += 1
        else:
            self.u = 3
        for i in range(x):
            self.v += i
            if self.v > 5:
                return super().m(x) + self.__p
        return self.v


def a4(x):
    return A().m(x)


def a5(x):
    m = A()
    return m.m(x) + m.m(x)


def a6(n):
    def fib(n):
        if n < 2:
            return n
        return fib(n - 1) + fib(n - 2)

    return fib(n)


def a7(n):
    r = []
    with open("/dev/null") as fh:
        for k, (i, j) in enumerate(zip(range(n), range(n))):
            if k == 1:
                continue
            if k == 3:
                return r
            r.append((k, i, j, fh.closed))
        r.append("end")
    return r, fh.closed


def a8(n):
    try:
        if n == 1:
            raise KeyError(n)
        if n == 2:
            return "two"
        x = 1
    except KeyError as e:
        x = str(e)
    else:
        x = 9
    finally:
        n = 0
    return x, n


def a9(n):
    match n:
        case 1:
            return "a"
        case [p, q]:
            r = p + q
        case {"k": v}:
            for i in range(v):
                if i == 2:
                    break
            r = i
        case _:
            r = n
    return r


G = 1


def a10(n):
    global G
    if n:
        G = n
    while G < 10:
        G += 1
    return G


def a11(n):
    t = 0
    while n > 0:
        n -= 1
        m = n
        while m > 0:
            m -= 1
            if m == 3:
                break
            if m == 5:
                continue
            t += m
            if t > 30:
                return t, m, n
        else:
            t += 100
    return t


def a12(n):
    assert n, "no"
    x = yes if (yes := n) else 0
    del n
    return x, not x, (x == 1) is True, x if x else None


def a13(n):
    for i in range(n):
        pass
    return i


def a14(*args, k=1, **kw):
    "doc"
    import os.path as p

    if args:
        from os import getcwd as k
    return p.__name__, callable(k), kw, dict(a=1, **kw)


def gen(n):
    for i in range(n):
        if i == 2:
            return
        yield i


def a15(n):
    return list(gen(n)), sorted(gen(n), key=lambda v: -v), max(map(lambda q: q + 1, range(n)))


async def co():
    return 1


def a17(n):
    class K:
        z = n

        def r(self):
            if self.z > 1:
                return n
            return "small"

    return K().r(), isinstance(co, object)


def a18(n):
    x = n
    while x:
        x -= 1
        if x == 2:
            return
        y = x
    if n:
        return y


def dec(f):
    def w(*a):
        return f(*a) + 1

    return w


@dec
def a19(x):
    if x:
        return 1
    return 2


CASES = [
    (a1, [(1,), (-10,), (-1,), (0,)]),
    (a2, [(0,), (1,), (5,)]),
    (a3, [(0,), (1,)]),
    (a4, [(0,), (1,), (2,), (7,)]),
    (a5, [(3,)]),
    (a6, [(10,)]),
    (a7, [(2,), (5,)]),
    (a8, [(0,), (1,), (2,)]),
    (a9, [(1,), ([1, 2],), ({"k": 5},), (7,)]),
    (a10, [(0,), (3,), (12,)]),
    (a11, [(0,), (3,), (9,)]),
    (a12, [(0,), (1,), (2,)]),
    (a13, [(0,), (2,)]),
    (a14, [(), (1,)]),
    (a15, [(1,), (5,)]),
    (a17, [(1,), (2,)]),
    (a18, [(0,), (2,), (5,)]),
    (a19, [(0,), (1,)]),
]


def outcome(function, arguments):
    """The result of a call, or the class of its error."""
    try:
        return function(*arguments)
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("function,many", CASES, ids=[function.__name__ for function, _ in CASES])
def test_python_values_mean_what_they_did(function, many):
    converted = tf.autograph.to_graph(function)
    for arguments in many:
        before = dict(globals())
        wanted = outcome(function, arguments)
        globals().update(before)
        assert outcome(converted, arguments) == wanted


@pytest.mark.parametrize("function,value", [(lambda a: a if a else 1, 0), (lambda a: a and 2, 1)])
def test_lambdas_on_one_line_are_told_apart(function, value):
    assert tf.autograph.to_graph(function)(value) == function(value)


def test_the_text_of_a_converted_function_can_be_compiled():
    text = tf.autograph.to_code(a1)
    compile(text, "converted", "exec")
    assert "ag__.for_stmt" in text and "ag__.while_stmt" in text and text.startswith("def tf__a1(")


def test_a_function_without_source_is_an_error_when_asked_for():
    made = {}
    exec("def without(x):\n    return x", made)
    with pytest.raises(Exception, match="InaccessibleSourceCodeError: Unable to locate the source code"):
        tf.autograph.to_graph(made["without"])


def test_frames_of_converted_code_stand_in_the_users_file():
    import traceback

    with pytest.raises(KeyError) as caught:
        tf.autograph.to_graph(fails)({})
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert last.filename == __file__ and last.line == 'return table["missing"]'


def fails(table):
    if table is not None:
        return table["missing"]
    return 0
