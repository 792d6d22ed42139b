"""The op table against TensorFlow's own registries: signatures, attributes, and the dtypes of the CPU kernels."""

import itertools
from pathlib import Path

import pytest
from op_table import attr_of, table
from tensorflow.core.framework import attr_value_pb2
from tensorflow.python.framework import dtypes, kernels, op_def_registry, ops, tensor_shape, tensor_util
from tensorflow.python.ops import gradients_impl  # noqa: F401  registers the gradients

# One line for each difference that is meant: op, what differs, why; separated by `|`.
DIFFERENCES = Path(__file__).with_name("differences.txt")


def expected_differences():
    """(op, what) -> reason."""
    lines = [line for line in DIFFERENCES.read_text().splitlines() if line and not line.startswith("#")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert all(len(row) == 3 and all(row) for row in rows), "each line of differences.txt has three parts"
    return {(op, what): reason for op, what, reason in rows}


def dtype_name(number):
    return dtypes.as_dtype(number).base_dtype.name


def plain_value(value):
    """An AttrValue as what JSON has."""
    kind = value.WhichOneof("value")
    if kind == "list":
        lists = [name for name in ("s", "i", "f", "b", "type", "shape") if len(getattr(value.list, name))]
        return [plain_value(single(lists[0], item)) for item in getattr(value.list, lists[0])] if lists else []
    if kind == "s":
        return value.s.decode()
    if kind == "type":
        return dtype_name(value.type)
    if kind == "shape":
        shape = tensor_shape.TensorShape(value.shape)
        return None if shape.rank is None else [-1 if n is None else n for n in shape]
    if kind == "tensor":
        array = tensor_util.MakeNdarray(value.tensor)
        return {"dtype": array.dtype.name, "shape": list(array.shape), "values": array.ravel().tolist()}
    return getattr(value, kind)


def single(kind, item):
    """An AttrValue that holds one item of a list."""
    value = attr_value_pb2.AttrValue()
    if kind == "shape":
        value.shape.CopyFrom(item)
    else:
        setattr(value, kind, item)
    return value


def their_argument(arg):
    """An ArgDef of TensorFlow as the dump writes arguments."""
    out = {"name": arg.name, "number_attr": arg.number_attr or None, "is_ref": arg.is_ref}
    if arg.type_list_attr:
        return out | {"type_list_attr": arg.type_list_attr}
    return out | ({"type_attr": arg.type_attr} if arg.type_attr else {"type": dtype_name(arg.type)})


def their_attribute(attr):
    """An AttrDef of TensorFlow as the dump writes attributes."""
    allowed = attr.allowed_values.list
    return {
        "name": attr.name,
        "type": attr.type,
        "default": {"value": plain_value(attr.default_value)} if attr.HasField("default_value") else None,
        "types": sorted(dtype_name(t) for t in allowed.type),
        "strings": [s.decode() for s in allowed.s],
        "minimum": attr.minimum if attr.has_minimum else None,
    }


def our_attribute(attr):
    ours = {key: attr[key] for key in ("name", "type", "default", "types", "strings", "minimum")}
    return ours | {"types": sorted(ours["types"])}


def signature_differences(op, theirs):
    """What differs between an entry and TensorFlow's OpDef: what -> (ours, theirs)."""
    found = {}

    def compare(what, ours, other):
        if ours != other:
            found[what] = (ours, other)

    for side, args in (("inputs", theirs.input_arg), ("outputs", theirs.output_arg)):
        ours = [{key: value for key, value in arg.items() if key != "host"} for arg in op[side]]
        compare(side, ours, [their_argument(arg) for arg in args])
    compare("order of attributes", [a["name"] for a in op["attrs"]], [a.name for a in theirs.attr])
    other = {attr.name: their_attribute(attr) for attr in theirs.attr}
    for attr in op["attrs"]:
        if attr["name"] in other:
            compare(f"attribute {attr['name']}", our_attribute(attr), other[attr["name"]])
    compare("is_stateful", "STATEFUL" in op["flags"], theirs.is_stateful)
    compare("allows_uninitialized_input", "ALLOWS_UNINITIALIZED" in op["flags"], theirs.allows_uninitialized_input)
    return found


def product(op, types, attrs):
    """Every combination of dtypes for `attrs` that `types` (attribute -> dtypes) allows."""

    def free(attr):
        allowed = attr_of(op, attr)["types"]
        return allowed or ["any"]

    return set(itertools.product(*[types[attr] if attr in types else free(attr) for attr in attrs]))


def kernel_differences(op):
    """The dtypes that only our CPU kernel takes, and those that only TensorFlow's take."""
    registered = kernels.get_registered_kernels_for_op(op["name"]).kernel
    # Kernels for the device DEFAULT serve every device that has none of its own.
    device = "CPU" if any(kernel.device_type == "CPU" for kernel in registered) else "DEFAULT"
    theirs = [
        {
            c.name: [dtype_name(t) for t in c.allowed_values.list.type]
            for c in kernel.constraint
            if c.allowed_values.list.type
        }
        for kernel in registered
        if kernel.device_type == device
    ]
    attrs = sorted(set(op["kernel"]).union(*theirs)) if theirs else sorted(op["kernel"])
    scalars = [attr for attr in attrs if attr_of(op, attr)["type"] == "type"]
    ours = product(op, op["kernel"], scalars)
    other = set().union(*[product(op, types, scalars) for types in theirs]) if theirs else set()
    return sorted(ours - other), sorted(other - ours)


OPS = sorted(table())


@pytest.mark.parametrize("name", OPS)
def test_signature(name):
    theirs = op_def_registry.get(name)
    assert theirs is not None, "TensorFlow has no such op"
    known = expected_differences()
    found = signature_differences(table()[name], theirs)
    unknown = {what: pair for what, pair in found.items() if (name, what) not in known}
    assert not unknown, "\n".join(f"{what}:\n  ours   {a}\n  theirs {b}" for what, (a, b) in unknown.items())


@pytest.mark.parametrize("name", OPS)
def test_gradient_registry(name):
    """A gradient is missing where TensorFlow registers none, and None where it registers that."""
    try:
        theirs = "none" if ops.gradient_registry.lookup(name) is None else "rule"
    except LookupError:
        theirs = "missing"
    ours = table()[name]["gradient"]["kind"]
    # A TensorFlow rule may return None for every input: that is "none" here.
    # Calls are differentiated through their bodies, in TensorFlow by rules or by its functions.
    alike = ours in (theirs, "body") or (ours, theirs) == ("none", "rule")
    assert alike or (name, "gradient") in expected_differences(), f"{ours} instead of {theirs}"


@pytest.mark.parametrize("name", [name for name in OPS if table()[name]["kernel"] is not None])
def test_kernel_dtypes(name):
    more, fewer = kernel_differences(table()[name])
    known = expected_differences()
    faults = []
    if more and (name, "more kernel dtypes") not in known:
        faults.append(f"only ours: {more}")
    if fewer and (name, "fewer kernel dtypes") not in known:
        faults.append(f"only TensorFlow's: {fewer}")
    assert not faults, "\n".join(faults)


def test_every_listed_difference_exists():
    stale = []
    for op, what in expected_differences():
        entry = table().get(op)
        if entry is None:
            stale.append(f"{op}: no such op")
        elif what in ("more kernel dtypes", "fewer kernel dtypes"):
            if not kernel_differences(entry)[what.startswith("fewer")]:
                stale.append(f"{op}: {what}")
        elif what.startswith("special values"):
            continue  # test_ops.py looks
        elif what != "gradient" and what not in signature_differences(entry, op_def_registry.get(op)):
            stale.append(f"{op}: {what}")
    assert not stale, "\n".join(stale)


def test_counts(record_property):
    """How many ops and how many pairs of op and kernel dtype are compared."""
    with_kernel = [op for op in table().values() if op["kernel"] is not None]
    pairs = sum(len(product(op, op["kernel"], sorted(op["kernel"]))) for op in with_kernel)
    record_property("ops", len(table()))
    record_property("kernels", len(with_kernel))
    record_property("pairs of op and dtypes", pairs)
    assert len(table()) >= 230 and pairs >= len(with_kernel)
