"""One valid call for every op: those of the op table, and the recipes; and which ops and dtypes no call reaches."""

import numpy as np
from cases import ANY, cases, numpy_dtype
from op_table import has_own_tests, table
from recipes import RECIPES, Encoded, List, Maker, QueueRef, Ref, Var, by_names
from unreached_ops import UNREACHED  # noqa: F401  the test reads it here

import ferroflow as tf
import ferroflow.compat.v1 as v1


def calls(table):
    """A list of valid calls: pairs of an op of the table and its arguments by name."""
    found = []
    for op in table.values():
        if not has_own_tests(op):
            found += [(op, case.inputs | case.attrs) for case in cases(op)]
        else:
            recipe = RECIPES[op["name"]] if op["name"] in RECIPES else by_names(op)
            if recipe is not None:
                found.append((op, recipe))
    return found


def array(value, dtype):
    """An array as a dtype, also where NumPy has none of this name: the bits then are those of small integers."""
    value = np.asarray(value)
    if dtype == "string":
        return value if value.dtype == object else np.full(value.shape, b"1", object)
    if value.dtype.kind in "OSU":
        value = np.zeros(value.shape, np.float32)
    if dtype.startswith(("qint", "quint")):
        return tf.bitcast(tf.constant(value.astype(dtype[1:])), tf.as_dtype(dtype))
    return value.astype(numpy_dtype(dtype))


def default_types(op, arguments):
    """The dtype of each type attribute as a call has it."""
    types = {}
    for arg in op["inputs"]:
        value = arguments.get(arg["name"])
        one = value[0] if isinstance(value, list) and value else value
        if "type_attr" in arg and isinstance(one, np.ndarray):
            types[arg["type_attr"]] = "string" if one.dtype.kind in "OSU" else one.dtype.name
    return types


def settle(op, arguments, types):
    """The arguments with the dtypes `types` of type attributes; markers become what they stand for."""
    names = dict(op["parameters"])
    attr_of = {arg["name"]: arg.get("type_attr") for arg in op["inputs"]}
    if op["name"] == "Const":
        attr_of["value"] = "dtype"
    own = types.get("T", types.get("dtype", types.get("element_dtype", "float32")))

    def one(name, value):
        if isinstance(value, Var):
            return tf.Variable(array(np.ones(value.shape), own)).handle
        if isinstance(value, QueueRef):
            return tf.raw_ops.FIFOQueue(component_types=[tf.float32], shapes=[[2]])
        if isinstance(value, Ref):
            return v1.Variable(array(np.ones(value.shape), own), use_resource=False)._ref()
        if isinstance(value, List):
            elements = array(np.ones((value.count, 2)), own)
            handle = tf.raw_ops.TensorListFromTensor(tensor=elements, element_shape=[2])
            return tf.expand_dims(handle, 0) if value.batch else handle
        if isinstance(value, Encoded):
            return encoded(value.op, types)
        if isinstance(value, Maker):
            return value.make()
        attr = attr_of.get(name)
        return array(value, types[attr]) if attr in types and isinstance(value, np.ndarray) else value

    out = {}
    for name, value in arguments.items():
        settled = [one(name, x) for x in value] if isinstance(value, list) and name in attr_of else one(name, value)
        out[names[name]] = settled
    for attr in op["attrs"]:
        if attr["type"] == "type" and not attr["inferred"] and attr["name"] in types:
            out[names[attr["name"]]] = tf.as_dtype(types[attr["name"]])
    return out


def encoded(name, types):
    """The first result of an op for its recipe, where its dtypes are those of the op that reads the result."""
    values = types.get("Tvalues", types.get("dtype", "float32"))
    own = {"T": values, "Tvalues": values, "Tsplits": types.get("Tsplits", "int64")}
    own["out_type"] = types.get("Tserialized", "string")
    return getattr(tf.raw_ops, name)(**settle(table()[name], RECIPES[name], own))


def run(op, arguments, types):
    """Runs a call: at once, or in a session where it takes references."""
    function = getattr(tf.raw_ops, op["name"])
    if not any(isinstance(value, Ref) for value in arguments.values()):
        return function(**settle(op, arguments, types))
    with tf.Graph().as_default(), v1.Session() as session:
        made = function(**settle(op, arguments, types))
        session.run(v1.global_variables_initializer())
        return session.run(made)


def dtypes(op):
    """All pairs of a type attribute and a dtype that the op's kernel takes."""
    kernel = op["kernel"] or {}
    pairs = []
    for attr in op["attrs"]:
        if attr["type"] == "type":
            allowed = kernel.get(attr["name"]) or [d for d in attr["types"] or ANY]
            allowed = [d for d in allowed if not attr["types"] or d in attr["types"]]
            pairs += [(attr["name"], dtype) for dtype in allowed if dtype not in ("resource", "variant")]
    return pairs


def unreached(table):
    """Ops that no call reaches, and (op, attribute, dtype) that none reaches, with the last error."""
    known, ops, pairs = {}, [], {}
    for op, arguments in calls(table):
        known.setdefault(op["name"], []).append(arguments)
    for name, op in table.items():
        if name not in known:
            ops.append(name)
            continue
        for pair in dtypes(op) or [None]:
            error = first_error(op, known[name], pair)
            if error:
                pairs[(name, *(pair or ()))] = error
    return ops, pairs


def first_error(op, known, pair):
    """None if some call reaches the op with the dtype of `pair`, with any one other dtype changed along; else the first error."""
    first = None
    for other in [None, *dtypes(op)]:
        for arguments in known:
            types = default_types(op, arguments) | dict(one for one in (other, pair) if one)
            try:
                run(op, arguments, types)
                return None
            except Exception as error:
                first = first or f"{type(error).__name__}: {error}"[:200]
    return first
