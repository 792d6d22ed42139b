"""Memory of training steps: what the plan of a step takes, over what it must hold.

A step with Adam must hold the weights, two slots and a gradient of each, and the values of the forward part that the backward
part reads. The figure is what it does hold, the arena of its plan and the variables, over that sum.
"""

import math

from rows import Row
from rows.training import ROWS as STEPS

# Ops whose results take no memory of their own.
VIEWS = {"Reshape", "Identity", "ExpandDims", "Squeeze"}
GIVEN = {"Placeholder", "Const", "ReadVariableOp", "VarHandleOp"}


def size_of(tensor):
    """Bytes of a tensor of a graph whose shape is known."""
    return math.prod(tensor.shape.as_list()) * tensor.dtype.size


def held(graph, forward):
    """Bytes of values of the operations named in `forward` that others read, each counted once."""
    found = {}
    for op in graph.get_operations():
        for value in op.inputs if op.name not in forward else []:
            while value.op.type in VIEWS:
                value = value.op.inputs[0]
            if value.op.name in forward and value.op.type not in GIVEN:
                found[value.name] = size_of(value)
    return sum(found.values())


def over_need(step):
    """Makes the function of the figure of a row of training steps."""

    def measure(p):
        tf, v1, arrays = p.tf, p.tf.compat.v1, step.arrays()
        data, weights = arrays[: len(step.inputs)], arrays[len(step.inputs) :]
        p.unroll = True
        with tf.Graph().as_default() as graph, v1.Session() as session:
            fed = [v1.placeholder(x.dtype, x.shape) for x in data]
            variables = [v1.get_variable(f"v{i}", initializer=w, use_resource=True) for i, w in enumerate(weights)]
            loss = step.program(p, *fed, *[v.read_value() for v in variables])
            forward = {op.name for op in graph.get_operations()}
            gradients = tf.gradients(loss, variables)
            train = v1.train.AdamOptimizer(1e-3).apply_gradients(zip(gradients, variables))
            session.run(v1.global_variables_initializer())
            session.run([loss, train], dict(zip(fed, data)))
            plan = session._inspect([loss, train], dict(zip(fed, data)))
            kept = sum(w.nbytes for w in weights)
            return (3 * kept + plan["arena_bytes"]) / (4 * kept + held(graph, forward))

    return measure


ROWS = [
    Row(f"{step.name}: memory over need", [], {"ferroflow": over_need(step)}, "process", limit=1.1, unit="times")
    for step in STEPS
]
