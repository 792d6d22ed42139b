"""Gradients that `RegisterGradient` and `gradient_override_map` define hold in the bodies of functions, branches and loops."""

import itertools

import pytest
from programs import check

SETUP = """
calls = []
@tf.RegisterGradient('OneHalf{number}')
def half(op, dy):
    calls.append(op.type)
    return dy * 0.5
@tf.RegisterGradient('OfInput{number}')
def of_input(op, dy):
    return dy * op.inputs[0] * op.outputs[0]
def square(x, kind='OneHalf{number}'):
    with v1.get_default_graph().gradient_override_map({{'Square': kind}}):
        return tf.square(x)
def in_function(program):
    @tf.function(autograph=False)
    def run(x):
        return tf.gradients(program(x), [x])[0]
    return run(tf.constant(3.))
def on_tape(program):
    x = tf.constant(3.)
    run = tf.function(program, autograph=False)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = run(x)
    return tape.gradient(y, x)
def tape_inside(program):
    @tf.function(autograph=False)
    def run(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = program(x)
        return tape.gradient(y, x)
    return run(tf.constant(3.))
def in_session(program):
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [])
        grad = v1.gradients(program(x), [x])[0]
        return [session.run(grad, {{x: value}}) for value in (3., -2.)]
def ways(program):  # a tape inside a function does not know of overrides in TensorFlow, except in branches and loops
    for way in (in_function, on_tape, in_session):
        show(lambda: way(program))
def ways_of_flow(program):
    ways(program)
    show(lambda: tape_inside(program))
"""

PROGRAMS = {
    "functions": """
ways(lambda x: square(x))
ways(lambda x: square(x, 'OfInput{number}'))
ways(lambda x: square(x) + tf.square(x) * square(x * 2.))
inner = tf.function(lambda x: square(x) * x, autograph=False)
ways(lambda x: inner(x) + inner(x * 2.))
show(lambda: sorted(set(calls)))
""",
    "branches": """
ways_of_flow(lambda x: tf.cond(x > 0, lambda: square(x), lambda: x * 3.))
ways_of_flow(lambda x: tf.cond(x > 0, lambda: square(x, 'OfInput{number}') * x, lambda: tf.square(x)))
ways_of_flow(lambda x: tf.switch_case(tf.cast(x > 0, tf.int32), [lambda: x, lambda: square(x * x)]))
def outside(x):
    with v1.get_default_graph().gradient_override_map({{'Square': 'OneHalf{number}'}}):
        return tf.cond(x > 0, lambda: tf.square(x), lambda: x)
ways_of_flow(outside)
""",
    "loops": """
def loop(step, x):
    return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, step(y)), (0, x))[1]
ways_of_flow(lambda x: loop(square, x))
ways_of_flow(lambda x: loop(lambda y: square(y, 'OfInput{number}') * 0.1, x))
ways_of_flow(lambda x: loop(lambda y: tf.cond(y > 4., lambda: square(y), lambda: tf.square(y)) * 0.5, x))
inner = tf.function(lambda y: square(y) + y, autograph=False)
ways_of_flow(lambda x: loop(inner, x))
ways_of_flow(lambda x: tf.map_fn(square, tf.stack([x, x * 2.])))
""",
    "whole ops and refusals": """
def refused(f):
    try: return f()
    except Exception as e: return type(e).__name__
show(lambda: refused(lambda: tf.RegisterGradient('OneHalf{number}')(lambda op, dy: dy)))
def unknown(x):
    with v1.get_default_graph().gradient_override_map({{'Square': 'Nowhere{number}'}}):
        return tf.square(x)
show(lambda: refused(lambda: in_session(unknown)))
show(lambda: refused(lambda: in_session(lambda x: tf.cond(x > 0, lambda: unknown(x), lambda: x))))
tf.no_gradient('Nothing{number}')
def stopped(x):
    with v1.get_default_graph().gradient_override_map({{'Identity': 'Nothing{number}'}}):
        return tf.identity(x) + x
ways(stopped)
ways(lambda x: tf.cond(x > 0, lambda: stopped(x), lambda: x))
""",
}
_numbers = itertools.count()  # names are registered once in a process


@pytest.mark.parametrize("name", PROGRAMS)
def test_gradients_that_are_registered_show_the_same(name):
    check((SETUP + PROGRAMS[name]).format(number=next(_numbers)))
