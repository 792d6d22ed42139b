"""Bodies of functions, branches and loops call what they capture and return as TensorFlow does."""

import pytest
import tensorflow

import ferroflow

BODIES = """
x, None
[x, x]
x * v
x + large
large + 1.0
1.0 / large
large > 0.5
x + small, v * 2.0, small, v
v.assign(x)
v.assign_add(x), x
tf.identity(large), -v
tf.add_n([x, v, x])
tf.concat([large, [x]], 0)
{"a": x, "b": (v, [x * 2.0])}
tf.cond(x > 0.0, lambda: seen(x * v + tf.square(large)[0]), lambda: seen(x * 2.0))
tf.function(lambda u: seen(u + x * tf.reduce_sum(tf.square(large))))(x)
""".strip().splitlines()


def names(library, body):
    """(name, type) of each op of a body, and of those traced within it; a number is the name of what was converted first."""
    graphs = []

    def nodes():
        graph = library.compat.v1.get_default_graph()
        return [("number" if op.name.isdigit() else op.name, op.type) for op in graph.get_operations()]

    def seen(value):
        graphs.append(sorted(n for n in nodes() if n[1] == "Placeholder" and "/" in n[0] and not n[0][-1].isdigit()))
        return value

    given = {
        "tf": library,
        "v": library.Variable(1.0, name="v"),
        "small": library.constant([1.0, 2.0]),
        "large": library.ones([200]),
        "seen": seen,
    }
    function = library.function(eval(f"lambda x: ({body})", given), autograph=False)
    concrete = function.get_concrete_function(library.TensorSpec([], library.float32))
    with concrete.graph.as_default():
        # TensorFlow ties the results to the effects by one more node.
        whole = [n for n in nodes() if n[1] not in ("NoOp", "TensorListFromTensor")]
    return whole, [tensor.name for tensor in concrete.outputs], graphs


@pytest.mark.parametrize("body", BODIES)
def test_names(body):
    (got, outputs, inner), (want, wanted_outputs, wanted_inner) = names(ferroflow, body), names(tensorflow, body)
    assert inner == wanted_inner
    assert outputs == wanted_outputs
    if "lambda" not in body:
        assert sorted(got) == sorted(want)
