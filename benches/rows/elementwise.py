"""Elementwise ops, what is written out by hand of them, reductions, softmax and layer norm on arrays that no cache holds; and other
dtypes."""

from rows import Input, Row, size, typed

N = size(10_000_000, 64)
ROWS_OF, WIDTH = size(10_000, 4), size(1000, 16)
SIDE = size(3000)


def mapped(word, arguments=1, millions=10, low=-1.0, high=1.0, out=4, name=None, dtype="float32"):
    """An op element by element, of one or two arguments; `out` is the size of an element of the result."""
    label, count = f"{name or word}, {millions}M", size(millions * 1_000_000, 64)
    return Row(
        label, [Input((count,), low=low, high=high, dtype=dtype) for _ in range(arguments)],
        lambda p, *a: getattr(p, word)(*a), traffic=(4 * arguments * count, out * count),
        tolerance=1e-2 if out == 2 else 1e-5,
    )  # fmt: skip


def reduced(word, shape, axis, name):
    """A reduction of one array."""
    x = Input(shape)
    return Row(f"{word} {name}", [x], lambda p, x: getattr(p, word)(x, axis), traffic=(x.bytes, 0), tolerance=1e-3)


def by_row(word, rows, name, arguments=0):
    """Softmax and the like, on each row of a matrix."""
    x = Input((rows, WIDTH), low=-4, high=4)
    more = [Input((WIDTH,)) for _ in range(arguments)]
    return Row(f"{name}x1000", [x, *more], lambda p, *a: getattr(p, word)(*a), traffic=(x.bytes, x.bytes))


def softplus(p, x):
    return p.log(p.add(p.exp(x), 1.0))


def silu(p, x):
    return p.multiply(x, p.sigmoid(x))


def gelu_tanh(p, x):
    inner = p.multiply(p.add(x, p.multiply(p.multiply(p.multiply(x, x), x), 0.044715)), 0.7978845608)
    return p.multiply(p.multiply(x, 0.5), p.add(p.tanh(inner), 1.0))


def gelu_erf(p, x):
    return p.multiply(p.multiply(x, 0.5), p.add(p.erf(p.multiply(x, 0.7071067812)), 1.0))


def by_hand(f, gradient=False):
    """A function written out by hand, or its gradient."""
    x = [Input((N,), low=-4, high=4) for _ in range(1 + gradient)]
    program = (lambda p, x, dy: p.gradient(lambda x: f(p, x), x, dy)) if gradient else f
    name = f.__name__.replace("_", " by ") + (", gradient" if gradient else "")
    return Row(
        f"{name} written out, 10M", x, program if gradient else lambda p, x: f(p, x), traffic=(len(x) * 4 * N, 4 * N),
        tolerance=1e-4,
    )  # fmt: skip


def in_dtype(word, arguments, dtype):
    """An op on 10M numbers of a dtype; a reduction if it gives a single number."""
    x = [typed((N,), dtype) for _ in range(arguments)]
    out = 0 if word == "sum" else x[0].bytes
    exact = 1e-2 if "16" in dtype else 1e-5
    return Row(
        f"{word}, 10M, {dtype}",
        x,
        lambda p, *a: getattr(p, word)(*a),
        traffic=(arguments * x[0].bytes, out),
        tolerance=exact,
    )


DTYPES = ["float64", "float16", "bfloat16", "int32", "int64", "uint8"]

ROWS = [mapped("add", 2), mapped("multiply", 2), mapped("maximum", 2), mapped("abs"), mapped("sqrt", low=0)]
ROWS += [mapped(word, low=-4, high=4) for word in ("exp", "tanh", "sigmoid", "erf", "relu", "gelu")]
ROWS += [mapped("log", low=0.01, high=9), mapped("cast_half", out=2, name="cast to bfloat16")]
ROWS += [mapped("cast_float", low=-99, high=99, dtype="int32", name="cast from int32")]
ROWS += [mapped("add", 2, millions=40), mapped("exp", millions=40)]
ROWS += [reduced(word, (N,), None, "of 10M") for word in ("sum", "max", "mean")]
ROWS += [reduced("sum", (SIDE, SIDE), 1, "of rows 3000x3000"), reduced("sum", (SIDE, SIDE), 0, "of columns 3000x3000")]
ROWS += [by_row("softmax", ROWS_OF, "softmax 10000"), by_row("layer_norm", ROWS_OF, "layer norm 10000", 2)]
ROWS += [by_row("softmax", size(40_000, 4), "softmax 40000")]
ROWS += [by_hand(f, gradient) for f in (softplus, silu, gelu_tanh, gelu_erf) for gradient in (False, True)]
ROWS += [in_dtype("add", 2, dtype) for dtype in DTYPES] + [in_dtype("multiply", 2, dtype) for dtype in DTYPES]
ROWS += [in_dtype("exp", 1, dtype) for dtype in DTYPES[:3]] + [
    in_dtype("sum", 1, dtype) for dtype in ("float64", "int64")
]
