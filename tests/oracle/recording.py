"""Runs ops in TensorFlow and prints what they answer, one line per call: `op|attrs|inputs|outputs`, or `!` and the first line of the error."""

import os
import re

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import ml_dtypes
import numpy as np
import tensorflow as tf

raw = tf.raw_ops
rng = np.random.default_rng(7)


def text(array):
    """One tensor: dtype, sizes, elements as hexadecimal bytes."""
    array = np.asarray(array)
    if array.dtype.kind == "S":
        array = array.astype(object)
    sizes = ",".join(map(str, array.shape))
    if array.dtype == object:
        return f"string:{sizes}:" + ",".join(bytes(x).hex() or "-" for x in array.ravel())
    return f"{array.dtype.name}:{sizes}:{np.ascontiguousarray(array).tobytes().hex()}"


def attr_text(name, value):
    """One attribute: name=kind:value."""
    if isinstance(value, (np.ndarray,)):
        return f"{name}=t:{text(value)}"
    if isinstance(value, tf.DType):
        return f"{name}=d:{value.name}"
    if isinstance(value, tf.TensorShape):
        return f"{name}=S:" + (
            "?" if value.rank is None else ",".join(str(d) if d is not None else "-1" for d in value.as_list())
        )
    if isinstance(value, bool):
        return f"{name}=b:{int(value)}"
    if isinstance(value, int):
        return f"{name}=i:{value}"
    if isinstance(value, float):
        return f"{name}=f:{value!r}"
    if isinstance(value, str):
        return f"{name}=s:{value}"
    return f"{name}=I:" + ",".join(map(str, value))


def record(op, inputs, **attrs):
    """Runs an op eagerly and prints inputs and outputs. `inputs` maps names to arrays or lists of arrays."""
    definition = getattr(raw, op)
    call = {}
    flat = []
    for name, value in inputs.items():
        many = value if isinstance(value, list) else [value]
        arrays = [np.asarray(v) for v in many]
        arrays = [a.astype(object) if a.dtype.kind in "SU" else a for a in arrays]
        flat += arrays
        tensors = [tf.constant(a) for a in arrays]
        call[name] = tensors if isinstance(value, list) else tensors[0]
    ours = {"N": len(inputs["indices"]), **attrs} if op == "DynamicStitch" else attrs
    rename = RENAMES.get(op, {})
    given = {rename.get(k, k): v for k, v in attrs.items()}
    try:
        got = definition(**call, **given)
        got = list(got) if isinstance(got, (list, tuple)) else [got]
        out = ";".join(text(g.numpy()) for g in got)
    except Exception as e:
        first = str(e).split("\n")[0]
        first = re.sub(r"\{\{function_node [^}]*\}\} ", "", first)
        first = re.sub(r",? ?(node name: \w+)? ?\[Op:\w+\]( name:.*)?$", "", first)
        out = "!" + first
    print("|".join([op, ";".join(attr_text(k, v) for k, v in ours.items()), ";".join(map(text, flat)), out]))


RENAMES = {"Squeeze": {"squeeze_dims": "axis"}}


def f(*shape, dtype="float32"):
    values = rng.normal(size=shape) * 4
    if dtype == "bool":
        return values > 0
    if dtype.startswith("complex"):
        return (values + 1j * rng.normal(size=shape)).astype(dtype)
    if dtype.startswith("uint"):
        return np.abs(values * 9).astype(dtype)
    if dtype.startswith(("int",)):
        return (values * 9).astype(dtype)
    if dtype == "bfloat16":
        return values.astype(ml_dtypes.bfloat16)
    if dtype == "string":
        return np.array([b"x%d" % i for i in range(int(np.prod(shape)))], object).reshape(shape)
    return values.astype(dtype)


def i32(*v):
    return np.array(v[0] if len(v) == 1 else v, np.int32)


def i64(*v):
    return np.array(v[0] if len(v) == 1 else v, np.int64)


ALL = [
    "float32",
    "float64",
    "float16",
    "bfloat16",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "bool",
    "complex64",
    "complex128",
    "string",
]
