"""What branches and loop bodies call their operations, and what a branch says of another's tensor, is TensorFlow's."""

import pytest
from function_programs import FUNCTION, SESSION, Programs, check

program = Programs()
NAMED = ("Identity", "Mul", "Less", "AddV2", "Greater")


def _names(tf):
    """The names of the operations of the graph at hand that both libraries have."""
    return [op.name for op in tf.compat.v1.get_default_graph().get_operations() if op.type in NAMED]


def _bodies(tf, show):
    seen = []

    def run():
        x = tf.constant(1.0)

        def yes():
            y = tf.identity(x, name="yes")
            seen.append(_names(tf))
            return y

        def no():
            with tf.name_scope("inner"):
                y = x * 2.0
            seen.append(_names(tf))
            return y

        def step(i, s):
            found = i + 1, s + tf.cond(i > 1, yes, no)
            seen.append(_names(tf))
            return found

        tf.cond(x > 0, yes, no)
        with tf.name_scope("outer"):
            _, y = tf.while_loop(lambda i, s: i < 3, step, (0, x), maximum_iterations=4)
            return y + tf.switch_case(tf.constant(1), [yes, no])

    return run, seen


@program(FUNCTION)
def in_a_function_bodies_are_in_the_scope_of_their_operation(tf, show):
    """Operations in branches and loop bodies of a tf.function have the name scope of the conditional or loop."""
    run, seen = _bodies(tf, show)
    show(lambda: tf.function(run)())
    show(seen)


@program(SESSION)
def in_a_graph_bodies_have_names_of_their_own(tf, show):
    """Operations in branches and loop bodies of a graph of TensorFlow 1 have names without the scope around."""
    run, seen = _bodies(tf, show)
    show(run)
    show(seen)


def _said(call):
    try:
        return call()
    except ValueError as error:
        lines = str(error).strip().split("\n")
        return next(line.strip().removeprefix("ValueError: ") for line in lines if "is accessed from" in line)


@program(FUNCTION, SESSION)
def a_branch_cannot_use_the_tensor_of_another(tf, show):
    """A tensor that leaves its branch by a Python variable is refused in the other branch, by the names of both."""

    def use(choose):
        kept = {}

        def make():
            kept["t"] = tf.identity(1.0, name="kept")
            return kept["t"]

        return choose(make, lambda: tf.identity(kept["t"]))

    def loop(make, other):
        return tf.cond(tf.constant(True), make, lambda: tf.while_loop(lambda x: x < 1, lambda x: (other(),), (0.0,))[0])

    for choose in (
        lambda make, other: tf.cond(tf.constant(True), make, other),
        lambda make, other: tf.switch_case(tf.constant(1), [lambda: 0.0, make, lambda: 0.0, other]),
        lambda make, other: tf.case([(tf.constant(True), make), (tf.constant(False), other)], default=lambda: 0.0),
        loop,
    ):
        show(_said(lambda choose=choose: tf.function(use)(choose)))


@pytest.mark.parametrize(("run", "way"), program, ids=lambda one: getattr(one, "__name__", one))
def test_bodies_are_those_of_tensorflow(run, way):
    check(run, way)
