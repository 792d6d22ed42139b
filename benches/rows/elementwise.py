"""Elementwise ops, reductions, softmax and layer norm on arrays that no cache holds."""

from rows import Input, Row, size

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


ROWS = [mapped("add", 2), mapped("multiply", 2), mapped("maximum", 2), mapped("abs"), mapped("sqrt", low=0)]
ROWS += [mapped(word, low=-4, high=4) for word in ("exp", "tanh", "sigmoid", "erf", "relu", "gelu")]
ROWS += [mapped("log", low=0.01, high=9), mapped("cast_half", out=2, name="cast to bfloat16")]
ROWS += [mapped("cast_float", low=-99, high=99, dtype="int32", name="cast from int32")]
ROWS += [mapped("add", 2, millions=40), mapped("exp", millions=40)]
ROWS += [reduced(word, (N,), None, "of 10M") for word in ("sum", "max", "mean")]
ROWS += [reduced("sum", (SIDE, SIDE), 1, "of rows 3000x3000"), reduced("sum", (SIDE, SIDE), 0, "of columns 3000x3000")]
ROWS += [by_row("softmax", ROWS_OF, "softmax 10000"), by_row("layer_norm", ROWS_OF, "layer norm 10000", 2)]
ROWS += [by_row("softmax", size(40_000, 4), "softmax 40000")]
