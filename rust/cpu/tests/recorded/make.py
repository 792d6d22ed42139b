"""Records what TensorFlow's kernels return, for the tests beside this file: `python make.py` in an environment with TensorFlow.

A line is `op; attributes; inputs; outputs; ulp`. A tensor is `dtype[shape]=bytes in hexadecimal` (strings: one number per
element, separated by commas), or `dtype[shape]#FNV-1a of the bytes` where it is long. An input `var:...` is a variable; the
values of all variables after the call count as outputs. A line that starts with `again` runs the node of the line before.
"""

import itertools
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
R, v1 = tf.raw_ops, tf.compat.v1
NAMES = {"float32": "float", "float64": "double", "float16": "half"}


def name_of(dtype):
    name = tf.as_dtype(dtype).name
    return NAMES.get(name, name)


def fnv(data):
    h = 0xCBF29CE484222325
    for b in data:
        h = (h ^ b) * 0x100000001B3 % 2**64
    return h


def text(value, short=True):
    t = tf.convert_to_tensor(value)
    a = t.numpy()
    head = f"{name_of(t.dtype)}[{','.join(map(str, t.shape))}]"
    if t.dtype == tf.string:
        return head + "=" + ",".join(x.hex() for x in np.asarray(a, object).reshape(-1))
    data = np.ascontiguousarray(a).tobytes()
    return head + ("=" + data.hex() if short or len(data) <= 600 else f"#{fnv(data):016x}")


def attr_text(attrs):
    def one(k, v):
        if isinstance(v, bool):
            return f"{k}:bool={str(v).lower()}"
        if isinstance(v, int):
            return f"{k}:int={v}"
        if isinstance(v, tf.DType):
            return f"{k}:type={name_of(v)}"
        return f"{k}:str={v.encode().hex()}"

    return ",".join(one(k, v) for k, v in attrs.items())


def line(op, attrs, inputs, outputs, ulp=0, short=True):
    return "; ".join(
        [op, attr_text(attrs), " ".join(map(text, inputs)), " ".join(text(o, short) for o in outputs), str(ulp)]
    )


def stateful(op, inputs, attrs, runs=3, ulp=0, short=True):
    arrays = {k: (v.numpy(), v.dtype) for k, v in inputs.items()}
    with tf.Graph().as_default():
        y = getattr(R, op)(**{k: tf.constant(a, d) for k, (a, d) in arrays.items()}, **attrs)
        with v1.Session() as s:
            outs = [s.run(y) for _ in range(runs)]
        dtype = y.dtype
    lines = [line(op, attrs, inputs.values(), [tf.constant(o, dtype)], ulp, short) for o in outs]
    return [lines[0]] + ["again " + x for x in lines[1:]]


def random():
    seeds = [(1, 0), (0, 7), (87654321, 42), (2**40 + 3, -5)]
    for (seed, seed2), dtype in itertools.product(seeds, [tf.float32, tf.float64, tf.float16, tf.bfloat16]):
        for n, op in itertools.product([1, 5, 9], ["RandomUniform", "RandomStandardNormal", "TruncatedNormal"]):
            yield from stateful(
                op,
                {"shape": tf.constant([n])},
                dict(seed=seed, seed2=seed2, dtype=dtype),
                2,
                0 if op == "RandomUniform" else 2,
            )
    for n in [999, 10007]:
        for dtype in [tf.float32, tf.float64, tf.float16, tf.bfloat16]:
            yield from stateful(
                "RandomUniform",
                {"shape": tf.constant([n, 1], tf.int64)},
                dict(seed=5, seed2=6, dtype=dtype),
                2,
                0,
                False,
            )
    for dtype, (lo, hi) in itertools.product([tf.int32, tf.int64], [(0, 10), (-7, 2**31 - 1), (-(2**31), 2**31 - 1)]):
        for n in [3, 999]:
            at = {"shape": tf.constant([n]), "minval": tf.constant(lo, dtype), "maxval": tf.constant(hi, dtype)}
            yield from stateful("RandomUniformInt", at, dict(seed=3, seed2=4), 2, 0, False)
    for value in [
        tf.range(10),
        tf.reshape(tf.range(24.0), [6, 4]),
        tf.constant(["a", "b", "c"]),
        tf.constant(3),
        tf.zeros([0, 2]),
        tf.range(1000),
        tf.zeros([1, 3]),
        tf.zeros([3, 0]),
    ]:
        yield from stateful("RandomShuffle", {"value": value}, dict(seed=3, seed2=4), 3, 0, False)
    for dtype, out in itertools.product([tf.float32, tf.float64, tf.float16, tf.bfloat16], [tf.int32, tf.int64]):
        logits = tf.constant([[1.0, 2.0, -1.0], [0.0, float("-inf"), 0.5]], dtype)
        yield from stateful(
            "Multinomial", {"logits": logits, "num_samples": tf.constant(7)}, dict(seed=3, seed2=4, output_dtype=out), 2
        )
    for seed in [[0, 0], [1, 2], [2**40, -1]]:
        s = tf.constant(seed, tf.int64)
        key, counter = R.StatelessRandomGetKeyCounter(seed=s)
        yield line("StatelessRandomGetKeyCounter", {}, [s], [key, counter])
        for n in [1, 5, 13]:
            shape = tf.constant([n])
            for (op, short), dtype in itertools.product(
                [("Uniform", 0), ("Normal", 2)], [tf.float32, tf.float64, tf.float16, tf.bfloat16]
            ):
                y = getattr(R, f"StatelessRandom{op}V2")(shape=shape, key=key, counter=counter, alg=1, dtype=dtype)
                yield line(
                    f"StatelessRandom{op}V2", dict(dtype=dtype), [shape, key, counter, tf.constant(1)], [y], short
                )
                y = getattr(R, f"StatelessRandom{op}")(shape=shape, seed=s, dtype=dtype)
                yield line(f"StatelessRandom{op}", dict(dtype=dtype), [shape, s], [y], short)
            for dtype in [tf.float32, tf.float64, tf.float16, tf.bfloat16]:
                y = R.StatelessTruncatedNormalV2(shape=shape, key=key, counter=counter, alg=3, dtype=dtype)
                yield line(
                    "StatelessTruncatedNormalV2", dict(dtype=dtype), [shape, key, counter, tf.constant(3)], [y], 2
                )
                y = R.StatelessTruncatedNormal(shape=shape, seed=s, dtype=dtype)
                yield line("StatelessTruncatedNormal", dict(dtype=dtype), [shape, s], [y], 2)
            for dtype in [tf.int32, tf.int64, tf.uint32, tf.uint64]:
                y = R.StatelessRandomUniformFullIntV2(shape=shape, key=key, counter=counter, alg=1, dtype=dtype)
                yield line(
                    "StatelessRandomUniformFullIntV2", dict(dtype=dtype), [shape, key, counter, tf.constant(1)], [y]
                )
                y = R.StatelessRandomUniformFullInt(shape=shape, seed=s, dtype=dtype)
                yield line("StatelessRandomUniformFullInt", dict(dtype=dtype), [shape, s], [y])
            for dtype in [tf.int32, tf.int64]:
                lo, hi = tf.constant(-3, dtype), tf.constant(1000, dtype)
                y = R.StatelessRandomUniformIntV2(shape=shape, key=key, counter=counter, alg=1, minval=lo, maxval=hi)
                yield line("StatelessRandomUniformIntV2", {}, [shape, key, counter, tf.constant(1), lo, hi], [y])
                y = R.StatelessRandomUniformInt(shape=shape, seed=s, minval=lo, maxval=hi)
                yield line("StatelessRandomUniformInt", {}, [shape, s, lo, hi], [y])


VARIABLES = {"var", "accum", "accum_update", "linear", "m", "v", "vhat", "mg", "ms", "mom"}
SCALARS = dict(
    alpha=0.1,
    lr=0.05,
    momentum=0.9,
    beta1_power=0.81,
    beta2_power=0.998,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-3,
    rho=0.95,
    l1=0.02,
    l2=0.03,
    l2_shrinkage=0.01,
    lr_power=-0.5,
)
FLOATS = [tf.float32, tf.float64, tf.float16, tf.bfloat16]
COMPLEX = [tf.complex64, tf.complex128]
STEPS = {
    "GradientDescent": ("var alpha delta", [{}]),
    "Momentum": ("var accum lr grad momentum", [{}, dict(use_nesterov=True)]),
    "KerasMomentum": ("var accum lr grad momentum", [{}, dict(use_nesterov=True)]),
    "Adam": ("var m v beta1_power beta2_power lr beta1 beta2 epsilon grad", [{}, dict(use_nesterov=True)]),
    "AdamWithAmsgrad": ("var m v vhat beta1_power beta2_power lr beta1 beta2 epsilon grad", [{}]),
    "Adagrad": ("var accum lr grad", [{}, dict(update_slots=False)]),
    "AdagradV2": ("var accum lr epsilon grad", [{}, dict(update_slots=False)]),
    "Adadelta": ("var accum accum_update lr rho epsilon grad", [{}]),
    "RMSProp": ("var ms mom lr rho momentum epsilon grad", [{}]),
    "CenteredRMSProp": ("var mg ms mom lr rho momentum epsilon grad", [{}]),
    "Ftrl": (
        "var accum linear grad lr l1 l2 lr_power",
        [{}, dict(multiply_linear_by_lr=True), dict(lr_power=-0.4, lr=1.0)],
    ),
    "FtrlV2": (
        "var accum linear grad lr l1 l2 l2_shrinkage lr_power",
        [{}, dict(multiply_linear_by_lr=True), dict(lr_power=-0.4, lr=1.0)],
    ),
}
REAL_ONLY = {"AdamWithAmsgrad", "Ftrl", "FtrlV2"}


def optimizer():
    rng = np.random.default_rng(1)
    for step, (names, variants) in STEPS.items():
        dtypes = FLOATS + ([] if step in REAL_ONLY else COMPLEX)
        for sparse, dtype, variant in itertools.product([False, True], dtypes, variants):
            op = f"Resource{'Sparse' if sparse else ''}Apply{step}"
            if not hasattr(R, op) or (sparse and "RMSProp" in step and dtype == tf.bfloat16):
                continue
            variant = dict(variant)
            scalars = {**SCALARS, **{k: variant.pop(k) for k in list(variant) if k in SCALARS}}

            def draw(n, positive):
                x = rng.uniform(0.1, 1.0, [n, 3]) if positive else rng.normal(size=[n, 3])
                return tf.cast(x + (0.3j * rng.normal(size=[n, 3]) if dtype.is_complex else 0), dtype)

            args, order = {}, []
            for n in names.split():
                if n in VARIABLES:
                    before = draw(5, n not in ("var", "linear", "m", "mom", "mg"))
                    if n == "mg":
                        before = before * tf.cast(0.1, dtype)
                    handle = R.VarHandleOp(dtype=dtype, shape=[5, 3], shared_name=f"{op}{len(seen)}")
                    seen.append(n)
                    R.AssignVariableOp(resource=handle, value=before)
                    args[n] = handle
                    order.append("var:" + text(before))
                elif n in ("grad", "delta"):
                    g = draw(4 if sparse else 5, False)
                    args[n] = g
                    order.append(text(g))
                    if sparse:
                        args["indices"] = tf.constant([3, 0, 3, 1])
                        order.append(text(args["indices"]))
                else:
                    args[n] = tf.constant(scalars[n], dtype)
                    order.append(text(args[n]))
            getattr(R, op)(**args, **variant)
            after = [R.ReadVariableOp(resource=args[n], dtype=dtype) for n in names.split() if n in VARIABLES]
            yield "; ".join([op, attr_text(variant), " ".join(order), " ".join(map(text, after)), "2"])


seen = []


def string():
    floats = [
        0.0,
        -0.0,
        1.5,
        0.1,
        1e20,
        123456789.0,
        1e-5,
        3.0,
        1 / 3,
        2.5,
        1e-7,
        -2.25,
        999999.5,
        1e16,
        np.nan,
        np.inf,
        -np.inf,
        2.3e-308,
        1.7e308,
    ]
    layouts = [
        dict(),
        dict(shortest=True),
        dict(scientific=True),
        dict(precision=2),
        dict(precision=2, shortest=True),
        dict(width=10),
        dict(width=10, fill="0"),
        dict(width=10, fill="-", precision=1),
        dict(precision=0, scientific=True),
        dict(fill="+", width=12),
        dict(fill=" "),
        dict(fill="#", shortest=True),
        dict(fill="#", precision=0),
        dict(precision=0),
    ]
    for dtype, layout in itertools.product(FLOATS + COMPLEX, layouts):
        with np.errstate(all="ignore"):
            x = tf.cast(tf.constant(floats, tf.float64), dtype)
        yield line("AsString", layout, [x], [R.AsString(input=x, **layout)])
    for dtype in [tf.int8, tf.uint8, tf.int16, tf.uint16, tf.int32, tf.uint32, tf.int64, tf.uint64, tf.bool, tf.string]:
        for layout in [
            dict(),
            dict(width=6),
            dict(width=6, fill="0"),
            dict(width=6, fill="-"),
            dict(width=6, fill="+"),
            dict(fill=" "),
            dict(width=1),
        ]:
            x = (
                tf.constant(["a", "", "longer than that"])
                if dtype == tf.string
                else tf.cast([0, 1, 100] if dtype.is_unsigned or dtype == tf.bool else [0, 100, -5], dtype)
            )
            if dtype == tf.string and layout.get("fill") not in (None, "-"):
                continue
            yield line("AsString", layout, [x], [R.AsString(input=x, **layout)])
    shapes = [[], [1], [7], [8], [0], [2, 0], [10, 10], [3, 4, 5], [1, 1], [2, 1, 9]]
    for shape, summarize in itertools.product(shapes, [3, 1, -1, 0]):
        x = tf.reshape(tf.range(int(np.prod(shape))), shape)
        yield line(
            "StringFormat",
            dict(template="A {} B", placeholder="{}", summarize=summarize),
            [x],
            [R.StringFormat(inputs=[x], template="A {} B", placeholder="{}", summarize=summarize)],
        )
    for x in [
        tf.constant(["a", "b\n\"'\\\t\x01é"]),
        tf.constant([0.1, 1 / 3, 1e20, 1e-7, 3]),
        tf.constant([0.1, 1 / 3], tf.float64),
        tf.constant([0.1], tf.float16),
        tf.constant([0.1], tf.bfloat16),
        tf.constant([True, False]),
        tf.constant([1, 2], tf.int8),
    ]:
        yield line("StringFormat", {}, [x], [R.StringFormat(inputs=[x])])
    for texts in [
        [
            "1",
            "1.5",
            " 3 ",
            "1e3",
            "nan",
            "inf",
            "-Infinity",
            "1e400",
            "-1",
            "+5",
            "1e-46",
            "007",
            ".5",
            "5.",
            "0x10",
            "0x1p3",
            "0x1.8p-1",
            "16777217",
            "0.1",
        ]
    ]:
        for dtype in [tf.float32, tf.float64]:
            x = tf.constant(texts)
            yield line("StringToNumber", dict(out_type=dtype), [x], [R.StringToNumber(string_tensor=x, out_type=dtype)])
    for dtype in [tf.int32, tf.int64, tf.uint32, tf.uint64]:
        x = tf.constant(["1", " 3 ", "+5", "007", "2147483647"])
        yield line("StringToNumber", dict(out_type=dtype), [x], [R.StringToNumber(string_tensor=x, out_type=dtype)])
    m = tf.constant([["a", "b"], ["c", "d"]])
    for axes, keep in itertools.product([[0], [1], [0, 1], [1, 0], [-1], []], [False, True]):
        i = tf.constant(axes, tf.int32)
        yield line(
            "ReduceJoin",
            dict(keep_dims=keep, separator="-"),
            [m, i],
            [R.ReduceJoin(inputs=m, reduction_indices=i, keep_dims=keep, separator="-")],
        )
    for unit in ["BYTE", "UTF8_CHAR"]:
        x = tf.constant([b"abc", "é中".encode(), b"\xff\xfe\x80a\xc3", b""])
        yield line("StringLength", dict(unit=unit), [x], [R.StringLength(input=x, unit=unit)])
    yield line(
        "StringJoin",
        dict(separator="-"),
        [m, tf.constant("x"), m],
        [R.StringJoin(inputs=[m, tf.constant("x"), m], separator="-")],
    )
    for shard in [3, -3, 123456]:
        args = [tf.constant("a/b"), tf.constant(shard), tf.constant(10)]
        yield line(
            "ShardedFilename", {}, args, [R.ShardedFilename(basename=args[0], shard=args[1], num_shards=args[2])]
        )


for family in (random, optimizer, string):
    with open(os.path.join(HERE, family.__name__ + ".txt"), "w") as f:
        f.writelines(x + "\n" for x in family())
