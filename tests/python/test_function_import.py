"""Graphs with functions that are written and read again in one process, where their functions' names are taken."""

import pytest

import ferroflow as tf

v1 = tf.compat.v1


def _nested():
    @tf.function
    def inner(x):
        return x * 2.0

    @tf.function
    def outer(x):
        return inner(x) + inner(x + 1.0)

    return outer


def _conditional(x):
    return tf.cond(x > 0.0, lambda: tf.cond(x > 2.0, lambda: x * 10.0, lambda: x * 2.0), lambda: -x)


def _loop(x):
    return tf.while_loop(
        lambda i, a: i < 3, lambda i, a: (i + 1, tf.cond(a > 5.0, lambda: a, lambda: a * 2.0)), (0, x)
    )[1]


def _case(x):
    return tf.switch_case(tf.cast(x, tf.int32), [lambda: x, lambda: x * 3.0, lambda: x * 5.0])


def _dataset(x):
    data = tf.data.Dataset.from_tensors(x).map(_nested()).map(_loop)
    return data.reduce(0.0, lambda total, a: total + a)


def _filter(x):
    data = tf.data.Dataset.range(4).map(lambda a: tf.cast(a, tf.float32)).filter(lambda a: a > 1.0)
    return x + data.reduce(0.0, lambda total, a: total + a)


BUILDERS = {
    "nested": lambda x: _nested()(x),
    "conditional": _conditional,
    "loop": _loop,
    "case": _case,
    "dataset": _dataset,
    "filter": _filter,
}


def _made(build):
    graph = tf.Graph()
    with graph.as_default():
        x = v1.placeholder(tf.float32, [], name="x")
        tf.identity(build(x), name="y")
    return graph


def _values(graph, scope=""):
    with v1.Session(graph=graph) as session:
        return [float(session.run(f"{scope}y:0", {f"{scope}x:0": value})) for value in (0.5, 1.0, 3.0)]


@pytest.mark.parametrize("kind", BUILDERS)
def test_round_trip_while_the_first_graph_lives(kind):
    first = _made(BUILDERS[kind])
    wanted, message = _values(first), first.as_graph_def()
    for name in ("", "a/b"):
        with tf.Graph().as_default() as graph:
            v1.import_graph_def(message, name=name)
        assert _values(graph, name and name + "/") == wanted
    with graph.as_default():
        v1.import_graph_def(message, name="again")
        v1.import_graph_def(graph.as_graph_def(), name="all")
    for scope in ("again/", "all/a/b/", "all/again/"):
        assert _values(graph, scope) == wanted
    assert message == first.as_graph_def()


@pytest.mark.parametrize("kind", BUILDERS)
def test_meta_graph_round_trip(kind):
    first = _made(BUILDERS[kind])
    wanted = _values(first)
    message = v1.train.export_meta_graph(graph=first)
    with tf.Graph().as_default() as graph:
        v1.train.import_meta_graph(message)
    assert _values(graph) == wanted


def test_a_graph_read_into_itself_calls_its_own_functions():
    graph = _made(_conditional)
    names = graph._functions()
    with graph.as_default():
        v1.import_graph_def(graph.as_graph_def(), name="copy")
    assert graph._functions() == names
    assert _values(graph, "copy/") == _values(graph)


def test_other_functions_with_the_same_names():
    first, second = (_made(lambda x, k=k: tf.cond(x > 2.0, lambda: x * k, lambda: x - k)) for k in (2.0, 3.0))
    wanted, message = _values(second), second.as_graph_def()
    text = str(message)
    for old, new in zip(second._functions(), first._functions(), strict=True):
        text = text.replace(f'"{old}"', f'"{new}"')
    from google.protobuf import text_format

    renamed = v1.GraphDef()
    text_format.Parse(text, renamed)
    with first.as_default():
        v1.import_graph_def(renamed, name="other")
    assert _values(first, "other/") == wanted


def test_gradients_flow_through_functions_with_new_names():
    first = _made(_loop)
    with tf.Graph().as_default() as graph:
        x, y = v1.import_graph_def(first.as_graph_def(), return_elements=["x:0", "y:0"])
        [slope] = v1.gradients(y, x)
        with v1.Session(graph=graph) as session:
            assert session.run(slope, {x: 1.0}) == 8.0
