"""First and second gradients of every op with a gradient rule, in float64: by tape against difference quotients; by graph, in traced functions and around them against the tape."""

import zlib

import numpy as np
import pytest
from cases import cases
from engines import Engines
from op_table import table

import ferroflow as tf
from ferroflow.framework.func_graph import trace

RULES = sorted(name for name, op in table().items() if op["gradient"]["kind"] == "rule" and op["test"]["np"])
ENGINES = Engines(tf)
STEP = 1e-5
# Truncation of a central difference is about step^2 times the third derivative; rounding about 1e-16 / step.
RELATIVE, ABSOLUTE = 2e-6, 2e-8
# Calls (or all, `*`) of ops whose gradient in TensorFlow is not the derivative; live TensorFlow is their reference.
NOT_DERIVATIVES = {
    ("ClipByValue", "t=f(4), clip_value_min=c(0,T), clip_value_max=f(4)"): "the bounds cross",
    ("ClipByValue", "t=f(4), clip_value_min=f(4), clip_value_max=f(4)"): "the bounds cross",
    (
        "DynamicStitch",
        "indices=[c(0, 'int32'), c([1, 0], 'int32')], data=[f(), f(2)]",
    ): "what is overwritten gets a gradient too",
    ("PadV2", "*"): "no gradient flows to constant_values",
    ("SoftmaxCrossEntropyWithLogits", "*"): "labels are taken to sum to 1",
    ("Zeta", "*"): "no gradient flows to x",
}


class Scalar:
    """A case as a scalar function of its float64 inputs: a weighted sum of all float64 outputs."""

    def __init__(self, case):
        self.case = case
        self.flat = case.flat_inputs()
        self.at = [i for i, x in enumerate(self.flat) if x.dtype == np.float64]
        self.random = np.random.default_rng(zlib.crc32(case.name().encode()))
        self.weights = {}

    def weight(self, key, tensor):
        """Fixed weights for a tensor; 0 for the largest numbers, which stand for the maximum of nothing."""
        if key not in self.weights:
            weight = self.random.uniform(0.5, 1.5, tensor.shape.as_list())
            self.weights[key] = (
                np.where(np.abs(tensor.numpy()) > 1e300, 0.0, weight) if hasattr(tensor, "numpy") else weight
            )
        return self.weights[key]

    def inputs(self):
        return [self.flat[i] for i in self.at]

    def around_a_function(self):
        """First and second gradients by tapes around a call of a traced function, as arrays or None."""
        call, xs = tf.function(lambda *tensors: self.value(tensors), autograph=False), self.inputs()
        first = self.gradients(xs, lambda tensors: call(*tensors))
        if all(g is None for g in first):
            return first, first
        return numbers(first), numbers(self.second(xs, lambda tensors: call(*tensors)))

    def value(self, xs):
        """The weighted sum of the outputs, a tensor; `xs` are tensors or arrays for the float64 inputs."""
        flat = list(self.flat)
        for i, x in zip(self.at, xs):
            flat[i] = x
        outputs = ENGINES.call(self.case, [x if isinstance(x, tf.Tensor) else tf.constant(x) for x in flat])
        return self.dot("value", outputs)

    def dot(self, key, tensors):
        """The weighted sum of tensors; those that are None or not float64 don't count."""
        total = tf.constant(0.0, tf.float64)
        for number, tensor in enumerate(tensors):
            if tensor is not None and tensor.dtype == tf.float64:
                weight = self.weight((key, number), tensor)
                axes = list(range(tensor.shape.rank))
                total = tf.raw_ops.AddV2(x=total, y=tf.raw_ops.Sum(input=tf.raw_ops.Mul(x=tensor, y=weight), axis=axes))
        return total

    def gradients(self, xs, value=None):
        """Gradients of the value by tape: tensors or None. `value` may compute it in another way."""
        tensors = [tf.convert_to_tensor(x) for x in xs]
        with tf.GradientTape() as tape:
            for x in tensors:
                tape.watch(x)
            value = (value or self.value)(tensors)
        return dense(tape.gradient(value, tensors))

    def second(self, xs, value=None):
        """Gradients of the weighted sum of the gradients, by nested tapes."""
        tensors = [tf.convert_to_tensor(x) for x in xs]
        with tf.GradientTape() as outer:
            for x in tensors:
                outer.watch(x)
            with tf.GradientTape() as tape:
                for x in tensors:
                    tape.watch(x)
                value = (value or self.value)(tensors)
            total = self.dot("slope", dense(tape.gradient(value, tensors)))
        return dense(outer.gradient(total, tensors))

    def graph_gradients(self):
        """First and second gradients by `tf.gradients` in a graph, as arrays or None."""
        v1 = tf.compat.v1
        with tf.Graph().as_default() as graph:
            fed = [v1.placeholder(tf.float64, x.shape) for x in self.inputs()]
            first = dense(v1.gradients(self.value(fed), fed))
            second = (
                dense(v1.gradients(self.dot("slope", first), fed))
                if any(g is not None for g in first)
                else [None] * len(fed)
            )
        with v1.Session(graph=graph) as session:
            wanted = [g for g in first + second if g is not None]
            values = iter(session.run(wanted, dict(zip(fed, self.inputs()))))
        found = [None if g is None else next(values) for g in first + second]
        return found[: len(fed)], found[len(fed) :]

    def traced_gradients(self):
        """First and second gradients by tapes in the body of a traced function, as arrays or None."""
        found = []

        def body(*xs):
            first = self.gradients(xs)
            some = any(g is not None for g in first)
            found.extend(first + (self.second(xs) if some else [None] * len(xs)))
            return [g for g in found if g is not None]

        xs = self.inputs()
        function = trace(body, [tf.TensorSpec(x.shape, tf.float64) for x in xs])
        arguments = [tf.constant(x) for x in xs] + function.captured_inputs
        types = [tf.float64] * len(function.structured_outputs)
        values = iter(tf.raw_ops.PartitionedCall(args=arguments, Tout=types, f=function.name))
        arrays = [None if g is None else next(values).numpy() for g in found]
        return arrays[: len(xs)], arrays[len(xs) :]


def dense(gradients):
    """Gradients as tensors; IndexedSlices are spread out."""
    return [None if g is None else tf.convert_to_tensor(g) for g in gradients]


def numbers(gradients):
    return [None if g is None else g.numpy() for g in gradients]


def difference_quotients(function, xs):
    """Central differences of a scalar function at arrays."""
    out = []
    for number, x in enumerate(xs):
        slopes = np.zeros(x.shape)
        for at in np.ndindex(x.shape):
            moved = []
            for sign in (1, -1):
                copies = [np.array(other) for other in xs]
                copies[number][at] += sign * STEP
                moved.append((float(function(copies)), copies[number][at]))
            slopes[at] = (moved[0][0] - moved[1][0]) / (moved[0][1] - moved[1][1])
        out.append(slopes)
    return out


def compare(kind, found, expected):
    """What differs between gradients and what they should be; None stands for zeros."""
    for number, (a, b) in enumerate(zip(found, expected)):
        if a is not None and a.shape != b.shape:
            return f"{kind} gradient {number} has the shape {a.shape} instead of {b.shape}"
        a = np.zeros(b.shape) if a is None else a
        scale = np.max(np.abs(b), initial=1.0)
        error = np.max(np.abs(a - b), initial=0.0)
        if not error <= RELATIVE * scale + ABSOLUTE:
            return f"{kind} gradient {number} is {a.ravel()[:6]} instead of {b.ravel()[:6]}"
    return None


def check(case):
    scalar = Scalar(case)
    xs = scalar.inputs()
    if not xs or sum(x.size for x in xs) > 200:
        return None
    first = scalar.gradients(xs)
    name = case.op["name"]
    quotients = (name, "*") not in NOT_DERIVATIVES and (name, case.text) not in NOT_DERIVATIVES
    fault = quotients and compare(
        "first", numbers(first), difference_quotients(lambda at: scalar.value(at).numpy(), xs)
    )
    if fault:
        return fault
    second = [None] * len(xs)
    if any(g is not None for g in first):
        try:
            second = numbers(scalar.second(xs))
        except LookupError:
            return None  # the gradient's op has none in TensorFlow either: test_conformance compares the registries

        def slope(at):
            return scalar.dot("slope", scalar.gradients(at)).numpy()

        fault = quotients and compare("second", second, difference_quotients(slope, xs))
    if fault:
        return fault
    around = scalar.around_a_function()
    for way, found in (("graph", scalar.graph_gradients()), ("traced", scalar.traced_gradients()), ("around", around)):
        for kind, ours, tape in (("first", found[0], numbers(first)), ("second", found[1], second)):
            if way == "around" and kind == "second":
                # The gradient of a call is a call, of which everything that it is given has a gradient: zeros for None.
                ours, tape = (
                    [np.zeros(x.shape) if g is None else g for g, x in zip(side, xs)] for side in (ours, tape)
                )
            fault = disagreement(ours, tape)
            if fault:
                return f"{kind} gradient, {way} and eager tape: {fault}"
    return None


def disagreement(ours, tape):
    """Where gradients differ from those of the eager tape, beyond sums in another order."""
    for number, (a, b) in enumerate(zip(ours, tape)):
        if (a is None) != (b is None):
            return f"number {number} is {'None' if a is None else 'a tensor'} and {'None' if b is None else 'a tensor'}"
        if a is not None and not np.allclose(a, b, rtol=1e-12, atol=1e-12, equal_nan=True):
            return f"number {number} is {a.ravel()[:6]} and {b.ravel()[:6]}"
    return None


@pytest.mark.parametrize("name", RULES)
def test_gradients(name):
    faults, count = [], 0
    for case in cases(table()[name], {"float64"}):
        count += 1
        try:
            fault = check(case)
        except Exception as error:  # the report says which case it was, and goes on to the next
            fault = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        if fault:
            faults.append(f"{case.name()}: {fault}"[:500])
    assert not faults, f"{len(faults)} of {count} fail\n" + "\n".join(faults[:8])
