"""Functions and control flow in TensorFlow 1's graphs and sessions: each program gives the same with TensorFlow and here."""

import numpy as np
import pytest
import tensorflow

import ferroflow


def feed_into_a_function(tf, v1, session):
    """A placeholder goes through a traced function; feeding what the function gives replaces it."""
    x = v1.placeholder(tf.float32, [None], name="x")
    traces = []

    @tf.function
    def f(a):
        traces.append(1)
        return a * 2.0 + 1.0, tf.reduce_sum(a)

    y, total = f(x)
    z = y * 10.0
    found = [session.run([y, total, z], {x: [1, 2, 3]}), session.run(z, {y: [5.0]})]
    f(x)
    return [*found, len(traces)]


def function_over_session_variables(tf, v1, session):
    """A function reads and changes variables of the session, in the order of its lines."""
    v = v1.get_variable("v", initializer=2.0, use_resource=True)

    @tf.function
    def step(a):
        before = v.read_value()
        v.assign_add(a)
        v.assign(v * 2.0)
        return before, v.read_value()

    result = step(v1.placeholder_with_default(3.0, []))
    session.run(v1.global_variables_initializer())
    return [session.run(result), session.run(result), session.run(v)]


def gradients_through_functions(tf, v1, session):
    """tf.gradients goes through a function to placeholders and variables."""
    x = v1.placeholder(tf.float32, [2])
    v = v1.get_variable("v", initializer=[2.0, 3.0], use_resource=True)

    @tf.function
    def f(a):
        return tf.reduce_sum(a * a * v)

    gradients = v1.gradients(f(x) * 2.0, [x, v])
    second = v1.gradients(gradients[0], x)
    session.run(v1.global_variables_initializer())
    return session.run([*gradients, *second], {x: [1, -1]})


def wrapped_function(tf, v1, session):
    """wrap_function lifts the variables of TensorFlow 1 code, and prune takes another part of the graph."""
    made = []

    def build(x):
        v = v1.get_variable("w", initializer=2.0, use_resource=True)
        made.append(v)
        y = tf.multiply(x, v, name="product")
        return tf.add(y, 1.0, name="sum")

    wrapped = v1.wrap_function(build, [tf.TensorSpec([], tf.float32)])
    y = wrapped(v1.placeholder_with_default(4.0, []))
    pruned = wrapped.prune(wrapped.inputs[0], wrapped.graph.get_tensor_by_name("product:0"))
    session.run([v.initializer for v in made])
    return [session.run(y), session.run(pruned(v1.placeholder_with_default(5.0, []))), len(wrapped.variables)]


def control_flow_in_a_function(tf, v1, session):
    """A function with a loop and a branch, converted by AutoGraph, is fed by a session."""
    x = v1.placeholder(tf.int32, [])

    @tf.function
    def collatz(n):
        steps = 0
        while tf.not_equal(n, 1):
            if tf.equal(n % 2, 0):
                n //= 2
            else:
                n = 3 * n + 1
            steps += 1
        return steps

    steps = collatz(x)
    return [session.run(steps, {x: n}) for n in (1, 6, 27)]


def functions_within_control_flow(tf, v1, session):
    """Branches and loop bodies call a traced function."""
    x = v1.placeholder(tf.float32, [])

    @tf.function
    def half(a):
        return a / 2.0

    chosen = v1.cond(x > 2.0, lambda: half(x), lambda: x)
    looped = v1.while_loop(lambda a: a > 1.0, lambda a: half(a), [x])
    gradient = v1.gradients(looped, x)[0]
    return [session.run([chosen, looped, gradient], {x: value}) for value in (10.0, 1.5, 0.5)]


def effects_of_branches(tf, v1, session):
    """In a graph what no result needs does not run; what stands outside of a branch runs always."""
    x = v1.placeholder(tf.bool, [])
    v = v1.get_variable("v", initializer=0.0, use_resource=True)

    def needed():
        with tf.control_dependencies([v1.assign_add(v, 1.0)]):
            return tf.constant(1)

    def unneeded():
        v1.assign_add(v, 10.0)
        return tf.constant(2)

    both = v1.cond(x, needed, unneeded)
    assigned = v1.cond(x, lambda: v1.assign_add(v, 100.0), lambda: v1.assign_sub(v, 100.0))
    operations = v1.cond(x, lambda: v1.assign_add(v, 1000.0).op, lambda: tf.no_op())
    outside = v1.assign_add(v, 10000.0)
    with tf.control_dependencies([outside]):
        after = v1.cond(x, lambda: tf.constant(3), lambda: tf.constant(4))
    session.run(v1.global_variables_initializer())
    found = []
    for fetch in (both, assigned, operations, after):
        for value in (True, False):
            found.append([session.run(fetch, {x: value}), session.run(v)])
    return found


def effects_of_loops(tf, v1, session):
    v = v1.get_variable("v", initializer=0.0, use_resource=True)

    def needed(i):
        with tf.control_dependencies([v1.assign_add(v, 1.0)]):
            return i + 1

    def unneeded(i):
        v1.assign_add(v, 10.0)
        return i + 1

    loops = [v1.while_loop(lambda i: i < 5, body, [0]) for body in (needed, unneeded)]
    session.run(v1.global_variables_initializer())
    return [[session.run(loop), session.run(v)] for loop in loops]


def effects_of_functions(tf, v1, session):
    """A traced function runs all of its effects, those of branches in it too."""
    v = v1.get_variable("v", initializer=0.0, use_resource=True)

    @tf.function
    def f(flag):
        if flag:
            v.assign_add(1.0)
        else:
            v.assign_add(10.0)
        v.assign_add(100.0)
        return tf.constant(7)

    x = v1.placeholder(tf.bool, [])
    result = f(x)
    session.run(v1.global_variables_initializer())
    return [[session.run(result, {x: flag}), session.run(v)] for flag in (True, False)]


def gradients_that_stop_at_a_loop(tf, v1, session):
    """back_prop=False: gradients flow around the loop, not through it."""
    x = v1.placeholder(tf.float32, [])
    through = v1.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * x), [0, x])[1]
    stopped = v1.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * x), [0, x], back_prop=False)[1]
    gradients = v1.gradients([through + x, stopped + x], x), v1.gradients(stopped + x, x)
    return session.run(gradients, {x: 2.0})


def names_of_results(tf, v1, session):
    """The names that programs fetch by."""
    x = v1.placeholder(tf.float32, [], name="x")
    made = [
        v1.cond(x > 0, lambda: x, lambda: -x),
        v1.cond(x > 0, lambda: x, lambda: -x, name="mine"),
        v1.while_loop(lambda i: i < 3, lambda i: i + 1, [0]),
        *v1.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a), [0, x], maximum_iterations=2, name="loop"),
        v1.while_loop(lambda i: i < 3, lambda i: i + 1, [0], return_same_structure=True)[0],
        v1.while_loop(lambda i: i < 3, lambda i: i + 1, [0], back_prop=False),
        v1.case([(x > 0, lambda: x), (x > 1, lambda: -x)], default=lambda: x * 2),
        tf.switch_case(tf.cast(x, tf.int32), [lambda: x, lambda: -x]),
    ]
    return [one.name for one in made]


def mistakes(tf, v1, session):
    x = v1.placeholder(tf.float32, [])

    def error(call):
        try:
            call()
        except Exception as found:
            return type(found).__name__
        return "none"

    return [
        error(lambda: v1.cond(x > 0, x, lambda: x)),
        error(lambda: v1.cond(x > 0, lambda: x)),
        error(lambda: v1.cond(x > 0, lambda: x, lambda: x, fn1=lambda: x)),
        error(lambda: v1.cond(True, lambda: x, lambda: x)),
        error(lambda: v1.cond(x > 0, lambda: x, lambda: 1)),
        error(lambda: v1.while_loop(1, lambda i: i + 1, [1])),
        error(lambda: v1.while_loop(lambda i: i < 3, lambda i: i + 1, [0], parallel_iterations=0)),
        error(lambda: v1.while_loop(lambda i: i < 3, lambda i: tf.cast(i, tf.float32), [0])),
        error(lambda: v1.while_loop(lambda i: i < 3, lambda i: (i, i), [0])),
    ]


def queues_and_functions(tf, v1, session):
    """A function takes from a queue that the same run fills."""
    queue = tf.queue.FIFOQueue(1, tf.float32, shapes=[[]])

    @tf.function
    def two():
        return queue.dequeue() * 10.0 + queue.dequeue()

    return session.run([two(), queue.enqueue_many([[1.0, 2.0]])])[0]


def callbacks_and_variables(tf, v1, session):
    """A Python function between two assignments sees the first."""
    v = v1.get_variable("v", initializer=1.0, use_resource=True)
    seen = []

    @tf.function
    def f(x):
        v.assign(x)
        y = tf.numpy_function(lambda a: seen.append(float(a)) or np.float32(a + 1), [v.read_value()], tf.float32)
        v.assign(y)
        return y * 2.0

    result = f(v1.placeholder_with_default(4.0, []))
    session.run(v1.global_variables_initializer())
    return [session.run(result), session.run(v), seen]


PROGRAMS = [
    feed_into_a_function,
    function_over_session_variables,
    gradients_through_functions,
    wrapped_function,
    control_flow_in_a_function,
    functions_within_control_flow,
    effects_of_branches,
    effects_of_loops,
    effects_of_functions,
    gradients_that_stop_at_a_loop,
    names_of_results,
    mistakes,
    queues_and_functions,
    callbacks_and_variables,
]


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value.tolist() if hasattr(value, "tolist") else value


def run(tf, program):
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        return plain(program(tf, tf.compat.v1, session))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_program(program):
    assert run(ferroflow, program) == run(tensorflow, program)
