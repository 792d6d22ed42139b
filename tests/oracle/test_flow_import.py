"""Graphs with TensorFlow 1's control flow (Switch, Merge, frames), made by TensorFlow, run here with equal results."""

import numpy as np
import pytest
import tensorflow

import ferroflow

v1 = tensorflow.compat.v1
FEEDS = (-1.5, 0.5, 3.0)


@pytest.fixture(autouse=True)
def frames():
    """TensorFlow's control flow as TensorFlow 1 made it."""
    v1.disable_control_flow_v2()
    yield
    v1.enable_control_flow_v2()


def conditional(tf, x):
    return [tf.cond(x > 0, lambda: x * 2, lambda: x - 1)]


def conditional_of_several(tf, x):
    y = tf.stack([x, x])
    return list(tf.cond(x > 0, lambda: (y, x, 1), lambda: (y * x, x * x, 2)))


def nested_conditionals(tf, x):
    def positive():
        return tf.cond(x > 1, lambda: x * 3, lambda: tf.cond(x > 0.7, lambda: x, lambda: -x))

    return [tf.cond(x > 0, positive, lambda: tf.constant(7.0))]


def conditionals_in_a_row(tf, x):
    y = tf.cond(x > 0, lambda: x + 1, lambda: x - 1)
    z = tf.cond(x > 0, lambda: y * 2, lambda: y * 3)
    return [z, tf.cond(y > z, lambda: y, lambda: z)]


def choice_of_several(tf, x):
    return [tf.case([(x < 0, lambda: x * 10), (x < 1, lambda: x * 100)], default=lambda: x * 1000)]


def loop(tf, x):
    return list(tf.while_loop(lambda i, s: i < 5, lambda i, s: (i + 1, s * x + 1.0), (0, x)))


def loop_with_limit(tf, x):
    return list(tf.while_loop(lambda i, s: s < 50, lambda i, s: (i + 1, s + x * x), (0, x), maximum_iterations=7))


def loop_without_rounds(tf, x):
    return list(tf.while_loop(lambda i: i < -10, lambda i: (i + x,), (x,), return_same_structure=True))


def nested_loops(tf, x):
    def outer(i, s):
        _, t = tf.while_loop(lambda j, t: j < i, lambda j, t: (j + 1, t + x * tf.cast(j, tf.float32)), (0, s))
        return i + 1, t

    return list(tf.while_loop(lambda i, s: i < 5, outer, (0, 0.0)))


def conditional_in_a_loop(tf, x):
    def step(i, s):
        return i + 1, tf.cond(tf.equal(i % 2, 0), lambda: s + x, lambda: s * 2)

    return list(tf.while_loop(lambda i, s: i < 6, step, (0, 1.0)))


def loop_in_a_conditional(tf, x):
    def run():
        return tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s + x), (0, x))[1]

    return [tf.cond(x > 0, run, lambda: x * 100)]


def everything_nested(tf, x):
    def step(i, s):
        def inner():
            return tf.while_loop(
                lambda j, t: j < 3, lambda j, t: (j + 1, tf.cond(t > 4, lambda: t - x, lambda: t + i_float)), (0, s)
            )[1]

        i_float = tf.cast(i, tf.float32)
        return i + 1, tf.cond(s > 2, inner, lambda: s + 1)

    return list(tf.while_loop(lambda i, s: i < 8, step, (0, x)))


def growing_shapes(tf, x):
    found = tf.while_loop(
        lambda i, s: i < 4,
        lambda i, s: (i + 1, tf.concat([s, [x]], 0)),
        (tf.constant(0), tf.stack([x])),
        shape_invariants=(tf.TensorShape([]), tf.TensorShape([None])),
    )
    return list(found)


def values_of_the_condition(tf, x):
    """The body uses what the condition computes again."""
    return list(
        tf.while_loop(lambda i, s: tf.reduce_sum(s) < 40.0, lambda i, s: (i + 1, s * 2 + 1), (0, tf.stack([x, x * x])))
    )


def variables_that_swap(tf, x):
    return list(tf.while_loop(lambda i, a, b: i < 5, lambda i, a, b: (i + 1, b, a), (0, x, x * 2)))


def checks(tf, x):
    with tf.control_dependencies([tf.debugging.assert_less(x, 100.0), tf.debugging.assert_greater(x * x, 0.0)]):
        return [tf.identity(x)]


def control_dependencies_in_branches(tf, x):
    def true():
        with tf.control_dependencies([tf.debugging.assert_greater(x, 0.0)]):
            return x + 1

    return [tf.cond(x > 0, true, lambda: tf.identity(x))]


def strings(tf, x):
    name = tf.cond(x > 0, lambda: tf.constant("positive"), lambda: tf.strings.as_string(tf.cast(x, tf.int32)))
    return [tf.strings.join([name, "!"])]


def gradient_of_a_conditional(tf, x):
    y = tf.cond(x > 0, lambda: x * x * 2, lambda: tf.sin(x))
    return tf.gradients(y, x)


def gradient_of_a_linear_loop(tf, x):
    y = tf.while_loop(lambda i, s: i < 5, lambda i, s: (i + 1, s + x * 3), (0, 0.0))[1]
    return tf.gradients(y, x)


def tensor_array(tf, x):
    array = tf.TensorArray(tf.float32, 3).write(0, x).write(2, x * 2).write(1, x + 1)
    return [array.size(), array.read(1) * array.gather([0, 2])]


def tensor_array_in_a_loop(tf, x):
    numbers = tf.TensorArray(tf.float32, 5, element_shape=[2]).unstack(tf.reshape(tf.range(10.0), [5, 2]) * x)

    def step(i, out):
        return i + 1, out.write(i, tf.cond(i > 2, lambda: numbers.read(i) * 2, lambda: numbers.read(i) - x))

    return [tf.while_loop(lambda i, out: i < 5, step, (0, tf.TensorArray(tf.float32, 5)))[1].stack()]


def growing_tensor_array(tf, x):
    array = tf.TensorArray(tf.float32, 0, dynamic_size=True)
    array = tf.while_loop(lambda i, a: i < 4, lambda i, a: (i + 1, a.write(i, tf.stack([x, x * x]))), (0, array))[1]
    return [array.size(), array.concat()]


def split_tensor_array(tf, x):
    array = tf.TensorArray(tf.float32, 3, infer_shape=False).split(tf.stack([x, x * 2, x * 3]), [2, 0, 1])
    return [array.concat() * x]


def mapped(tf, x):
    return [tf.map_fn(lambda y: tf.cond(y > 1, lambda: y * x, lambda: y), tf.range(4.0) + x)]


def scanned(tf, x):
    return [tf.scan(lambda a, y: a * x + y, tf.range(5.0)), tf.foldl(lambda a, y: a + y * x, tf.range(5.0))]


def scattered_tensor_array(tf, x):
    array = tf.TensorArray(tf.float32, 2, dynamic_size=True).scatter([0, 4], tf.stack([x, x * 2]))
    return [array.size(), array.gather([4, 0])]


def numbers_of_merged_values(tf, x):
    no, yes = tf.raw_ops.Switch(data=x, pred=x > 0)
    first, number = tf.raw_ops.Merge(inputs=[no * 2.0, yes * 3.0])
    second, turned = tf.raw_ops.Merge(inputs=[yes * 2.0, no * 3.0])
    return [number, turned, first, second + tf.cast(number, tf.float32) * x]


def numbers_of_merged_values_in_a_branch(tf, x):
    no, yes = tf.raw_ops.Switch(data=x, pred=x > 0)
    small, large = tf.raw_ops.Switch(data=yes, pred=yes > 1)
    inner, number = tf.raw_ops.Merge(inputs=[small * 2.0, large * 3.0])
    outer, last = tf.raw_ops.Merge(inputs=[no, inner * tf.cast(number + 1, tf.float32)])
    return [last, outer]


PROGRAMS = [
    scattered_tensor_array,
    numbers_of_merged_values,
    numbers_of_merged_values_in_a_branch,
    tensor_array,
    tensor_array_in_a_loop,
    growing_tensor_array,
    split_tensor_array,
    mapped,
    scanned,
    conditional,
    conditional_of_several,
    nested_conditionals,
    conditionals_in_a_row,
    choice_of_several,
    loop,
    loop_with_limit,
    loop_without_rounds,
    nested_loops,
    conditional_in_a_loop,
    loop_in_a_conditional,
    everything_nested,
    growing_shapes,
    values_of_the_condition,
    variables_that_swap,
    checks,
    control_dependencies_in_branches,
    strings,
    gradient_of_a_conditional,
    gradient_of_a_linear_loop,
]


def written(program):
    """A program's graph as TensorFlow writes it, the names of its results, and what they are for each feed."""
    with tensorflow.Graph().as_default() as graph, v1.Session() as session:
        x = v1.placeholder(tensorflow.float32, [], name="x")
        results = [tensorflow.identity(one, name=f"result_{i}") for i, one in enumerate(program(v1, x))]
        values = [session.run(results, {x: feed}) for feed in FEEDS]
        gradients = None
        if results[-1].dtype == tensorflow.float32 and not program.__name__.startswith("gradient"):
            total = sum(tensorflow.reduce_sum(one) for one in results if one.dtype == tensorflow.float32)
            definition = graph.as_graph_def()
            gradients = [session.run(v1.gradients(total, x), {x: feed}) for feed in FEEDS]
        else:
            definition = graph.as_graph_def()
        return definition.SerializeToString(), [one.name for one in results], values, gradients


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_program(program):
    data, names, values, gradients = written(program)
    ours = ferroflow.compat.v1
    with ferroflow.Graph().as_default() as graph, ours.Session() as session:
        x, *results = ferroflow.import_graph_def(
            ferroflow.GraphDef.FromString(data), return_elements=["x:0", *names], name="imported"
        )
        left = {op.type for op in graph.get_operations()}
        assert not left & {"Switch", "Merge", "Enter", "Exit", "NextIteration", "LoopCond"}
        for feed, expected in zip(FEEDS, values, strict=True):
            found = session.run(results, {x: feed})
            for ours_is, theirs_is in zip(found, expected, strict=True):
                np.testing.assert_array_equal(ours_is, theirs_is)
        if gradients is not None:
            total = sum(ferroflow.reduce_sum(one) for one in results if one.dtype == ferroflow.float32)
            gradient = ours.gradients(total, x)
            for feed, expected in zip(FEEDS, gradients, strict=True):
                np.testing.assert_allclose(session.run(gradient, {x: feed}), expected, rtol=1e-6)


def test_inputs_from_outside():
    """A graph with a loop can be fed tensors of the graph that it is imported into."""
    data, names, values, _ = written(loop)
    with ferroflow.Graph().as_default(), ferroflow.compat.v1.Session() as session:
        doubled = ferroflow.constant(FEEDS[2] / 2) * 2
        (result,) = ferroflow.import_graph_def(
            ferroflow.GraphDef.FromString(data), {"x:0": doubled}, return_elements=names[1:]
        )
        np.testing.assert_array_equal(session.run(result), values[2][1])


def test_gradients_of_loops_that_keep_values_are_refused():
    with tensorflow.Graph().as_default() as graph:
        x = v1.placeholder(tensorflow.float32, [], name="x")
        y = tensorflow.while_loop(lambda i, s: i < 5, lambda i, s: (i + 1, s * x), (0, x))[1]
        v1.gradients(y, x)
        data = graph.as_graph_def().SerializeToString()
    with ferroflow.Graph().as_default():
        with pytest.raises(ferroflow.errors.UnimplementedError, match=r"\(StackV2\) .* gradient of a loop"):
            ferroflow.import_graph_def(ferroflow.GraphDef.FromString(data))


def test_references_are_refused():
    with tensorflow.Graph().as_default() as graph:
        x = v1.placeholder(tensorflow.bool, [], name="x")
        variable = v1.Variable(1.0, use_resource=False)
        v1.cond(x, lambda: v1.assign(variable, 2.0), lambda: tensorflow.identity(variable))
        data = graph.as_graph_def().SerializeToString()
    with ferroflow.Graph().as_default():
        with pytest.raises(ferroflow.errors.UnimplementedError, match=r"Node '.*' \(RefSwitch\) cannot be imported"):
            ferroflow.import_graph_def(ferroflow.GraphDef.FromString(data))


def test_other_control_flow_is_refused():
    """A Merge of two predicates is neither a conditional nor a loop."""
    raw = tensorflow.raw_ops
    with tensorflow.Graph().as_default() as graph:
        x = v1.placeholder(tensorflow.bool, [], name="x")
        y = v1.placeholder(tensorflow.bool, [], name="y")
        one = raw.Switch(data=tensorflow.constant(1), pred=x)
        two = raw.Switch(data=tensorflow.constant(2), pred=y)
        raw.Merge(inputs=[one[1], two[1]], name="both")
        data = graph.as_graph_def().SerializeToString()
    with ferroflow.Graph().as_default():
        with pytest.raises(
            ferroflow.errors.UnimplementedError, match="Node 'both' .* does not depend on one predicate"
        ):
            ferroflow.import_graph_def(ferroflow.GraphDef.FromString(data))


@pytest.mark.parametrize("way", ["direct", "loop", "branch"])
def test_arrays_of_fixed_size_do_not_grow(way):
    """A write beyond the end of a TensorArray that may not grow is the same error as in TensorFlow."""

    def array(size):
        with tensorflow.Graph().as_default() as graph:
            at = v1.placeholder(tensorflow.int32, [], name="at")
            made = tensorflow.TensorArray(tensorflow.float32, 3, dynamic_size=size)
            if way == "direct":
                made = made.write(at, 1.0)
            elif way == "loop":
                step = lambda i, a: (i + 1, a.write(i, 1.0))  # noqa: E731
                made = tensorflow.while_loop(lambda i, a: i <= at, step, (0, made))[1]
            else:
                made = v1.cond(at > 0, lambda: made.write(at, 1.0), lambda: made)
            tensorflow.reduce_sum(made.gather([2]), name="result")
            return graph.as_graph_def().SerializeToString()

    def runs(tf, data, at):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            tf.import_graph_def(tf.compat.v1.GraphDef.FromString(data), name="")
            try:
                session.run("result:0", {"at:0": at})
            except Exception as error:
                return type(error).__name__
            return "runs"

    for dynamic in (False, True):
        data = array(dynamic)
        for at in (2, 3):
            assert runs(ferroflow, data, at) == runs(tensorflow, data, at), (dynamic, at)


def test_a_loop_that_asks_which_input_it_merged_is_refused():
    with tensorflow.Graph().as_default() as graph:
        tensorflow.while_loop(lambda i: i < 5, lambda i: (i + 1,), (tensorflow.constant(0),))
        definition = graph.as_graph_def()
    merge = next(node.name for node in definition.node if node.op == "Merge")
    definition.node.add(name="first", op="Identity", input=[f"{merge}:1"])
    data = definition.SerializeToString()
    with ferroflow.Graph().as_default():
        with pytest.raises(ferroflow.errors.UnimplementedError, match="a loop asks for the number of the input"):
            ferroflow.import_graph_def(ferroflow.GraphDef.FromString(data))
