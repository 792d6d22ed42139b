"""Mistakes in the use of what was built: the state of variables, gradients, data, attributes and modes."""

import numpy as np
from mistakes import mistake

# State of variables.


@mistake("state")
def variable_not_initialised(tf, v1):
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", [2], use_resource=True)
        session.run(w + 1.0)  # here


@mistake("state")
def reference_variable_not_initialised(tf, v1):
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", [2], use_resource=False)  # here
        session.run(w + 1.0)


@mistake("state")
def variable_initialised_in_another_session(tf, v1):
    with tf.Graph().as_default():
        w = v1.get_variable("w", [2], use_resource=False)  # here
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
        with v1.Session() as session:
            session.run(w)


@mistake("state")
def assignment_of_another_shape(tf, v1):
    tf.Variable([1.0, 2.0]).assign([1.0, 2.0, 3.0])  # here


@mistake("state")
def assignment_of_another_dtype(tf, v1):
    tf.Variable([1.0, 2.0]).assign(tf.constant([1, 2]))  # here


@mistake("state")
def addition_of_another_shape(tf, v1):
    tf.Variable([1.0, 2.0]).assign_add([1.0, 2.0, 3.0])  # here


@mistake("state")
def assignment_of_another_shape_in_a_graph(tf, v1):
    with tf.Graph().as_default():
        w = v1.get_variable("w", [2], use_resource=False)
        v1.assign(w, [1.0, 2.0, 3.0])  # here


@mistake("state")
def scatter_beyond_the_end(tf, v1):
    v = tf.Variable([1.0, 2.0])
    tf.raw_ops.ResourceScatterUpdate(resource=v.handle, indices=[7], updates=[1.0])  # here


@mistake("state")
def variable_without_a_value(tf, v1):
    tf.Variable()  # here


# Gradients.


@mistake("gradient")
def gradient_of_complex_numbers(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.complex64, name="x")
        v1.gradients(x * x, x)  # here


@mistake("gradient")
def gradient_given_with_another_shape(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2], name="x")
        v1.gradients(tf.square(x), x, grad_ys=tf.constant([1.0, 2.0, 3.0]))  # here


@mistake("gradient")
def gradient_given_with_another_shape_at_run_time(tf, v1):
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, name="x")
        given = v1.placeholder(tf.float32, name="given")
        (g,) = v1.gradients(tf.square(x), x, grad_ys=given)  # here
        session.run(g, {x: [1.0, 2.0], given: [1.0, 2.0, 3.0]})


@mistake("gradient")
def fewer_given_gradients_than_targets(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2], name="x")
        v1.gradients([x, x * x], x, grad_ys=[tf.ones([2])])  # here


@mistake("gradient")
def tape_used_twice(tf, v1):
    x = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = x * x
    tape.gradient(y, x)
    tape.gradient(y, x)  # here


@mistake("gradient")
def tape_gradient_of_another_shape(tf, v1):
    x = tf.Variable([3.0, 4.0])
    with tf.GradientTape() as tape:
        y = x * x
    tape.gradient(y, x, output_gradients=tf.ones([3]))  # here


@mistake("gradient")
def gradient_of_an_op_without_one(tf, v1):
    x = tf.Variable([3.0, 4.0])
    with tf.GradientTape() as tape:
        y = tf.raw_ops.Bitcast(input=x, type=tf.float32)
    tape.gradient(y, x)  # here


@mistake("gradient")
def gradient_of_an_op_without_one_in_a_graph(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2], name="x")
        y = tf.raw_ops.Bitcast(input=x, type=tf.float32)
        v1.gradients(y, x)  # here


@mistake("gradient")
def gradient_function_with_too_few_results(tf, v1):
    @tf.custom_gradient
    def product(a, b):
        return a * b, lambda dy: dy

    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = product(x, x)
    tape.gradient(y, x)  # here


@mistake("gradient")
def unknown_way_for_unconnected_gradients(tf, v1):
    x = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = x * x
    tape.gradient(y, x, unconnected_gradients="nothing")  # here


@mistake("gradient")
def watch_of_a_number(tf, v1):
    with tf.GradientTape() as tape:
        tape.watch(3.0)  # here


# Data.


@mistake("data")
def slices_of_other_lengths(tf, v1):
    tf.data.Dataset.from_tensor_slices((tf.zeros([2]), tf.zeros([3])))  # here


@mistake("data")
def slices_of_a_scalar(tf, v1):
    tf.data.Dataset.from_tensor_slices(3.0)  # here


@mistake("data")
def batch_of_nothing(tf, v1):
    tf.data.Dataset.range(3).batch(0)  # here


@mistake("data")
def batch_of_other_shapes(tf, v1):
    data = tf.data.Dataset.range(1, 4).map(lambda n: tf.zeros([n])).batch(2)
    next(iter(data))  # here


@mistake("data")
def element_function_with_a_wrong_shape(tf, v1):
    tf.data.Dataset.from_tensors(tf.zeros([2])).map(lambda x: x + tf.zeros([3]))  # here


@mistake("data")
def filter_by_a_number(tf, v1):
    tf.data.Dataset.range(3).filter(lambda x: x)  # here


@mistake("data")
def concatenation_of_other_dtypes(tf, v1):
    tf.data.Dataset.range(3).concatenate(tf.data.Dataset.from_tensors("a"))  # here


@mistake("data")
def end_of_a_one_shot_iterator(tf, v1):
    with tf.Graph().as_default(), v1.Session() as session:
        data = v1.data.Dataset.range(1)
        element = data.make_one_shot_iterator().get_next()  # here
        session.run(element)
        session.run(element)


@mistake("data")
def iterator_not_initialised(tf, v1):
    with tf.Graph().as_default(), v1.Session() as session:
        data = v1.data.Dataset.range(1)
        element = data.make_initializable_iterator().get_next()  # here
        session.run(element)


@mistake("data")
def fault_in_an_element_function(tf, v1):
    data = tf.data.Dataset.range(3).map(lambda x: tf.gather(tf.constant([1.0]), x))  # here
    list(data)


# Attributes.


@mistake("attribute")
def unknown_padding(tf, v1):
    x, w = tf.zeros([1, 4, 4, 3]), tf.zeros([2, 2, 3, 5])
    tf.raw_ops.Conv2D(input=x, filter=w, strides=[1, 1, 1, 1], padding="SAMEISH")  # here


@mistake("attribute")
def unknown_padding_in_a_graph(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [1, 4, 4, 3])
        tf.raw_ops.Conv2D(input=x, filter=tf.zeros([2, 2, 3, 5]), strides=[1, 1, 1, 1], padding="SAMEISH")  # here


@mistake("attribute")
def text_for_a_truth_value(tf, v1):
    tf.raw_ops.MatMul(a=tf.ones([2, 2]), b=tf.ones([2, 2]), transpose_a="yes")  # here


@mistake("attribute")
def strides_of_wrong_length(tf, v1):
    x, w = tf.zeros([1, 4, 4, 3]), tf.zeros([2, 2, 3, 5])
    tf.raw_ops.Conv2D(input=x, filter=w, strides=[1, 1], padding="SAME")  # here


@mistake("attribute")
def integers_of_a_random_float_op(tf, v1):
    tf.raw_ops.RandomStandardNormal(shape=[2], dtype=tf.int32)  # here


@mistake("attribute")
def unknown_argument(tf, v1):
    tf.raw_ops.MatMul(a=tf.ones([2, 2]), b=tf.ones([2, 2]), transposed=True)  # here


@mistake("attribute")
def missing_argument(tf, v1):
    tf.raw_ops.MatMul(a=tf.ones([2, 2]))  # here


@mistake("attribute")
def list_for_a_number(tf, v1):
    tf.raw_ops.Unpack(value=tf.zeros([2, 3]), num=[2])  # here


@mistake("attribute")
def unpack_into_a_wrong_number(tf, v1):
    tf.raw_ops.Unpack(value=tf.zeros([2, 3]), num=3)  # here


@mistake("attribute")
def cast_to_an_unknown_dtype(tf, v1):
    tf.cast(tf.zeros([2]), "number")  # here


# Modes.


@mistake("mode")
def placeholder_in_eager_mode(tf, v1):
    x = v1.placeholder(tf.float32, [2], name="x")
    np.asarray(x)  # here


@mistake("mode")
def graph_tensor_as_an_array(tf, v1):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2], name="x")
        np.array(x, np.float32, copy=True)  # here


@mistake("mode")
def graph_tensor_as_a_condition(tf, v1):
    with tf.Graph().as_default():
        if v1.placeholder(tf.float32, [], name="x") > 0:  # here
            pass


@mistake("mode")
def loop_over_a_graph_tensor(tf, v1):
    with tf.Graph().as_default():
        for _ in v1.placeholder(tf.float32, [None], name="x"):  # here
            pass


@mistake("mode")
def length_of_a_graph_tensor(tf, v1):
    with tf.Graph().as_default():
        len(v1.placeholder(tf.float32, [None], name="x"))  # here


@mistake("mode")
def numpy_of_a_graph_tensor(tf, v1):
    with tf.Graph().as_default():
        v1.placeholder(tf.float32, [2], name="x").numpy()  # here


@mistake("mode")
def value_of_a_variable_in_a_session(tf, v1):
    w = tf.Variable([1.0, 2.0])
    frozen = w * 2.0  # here
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [2], name="x")
        session.run(x + frozen, {x: [0.0, 0.0]})


@mistake("mode")
def eval_without_a_session(tf, v1):
    with tf.Graph().as_default():
        tf.constant(1.0).eval()  # here


@mistake("mode")
def tensor_as_a_key(tf, v1):
    {tf.constant(1.0): "one"}  # here


@mistake("mode")
def write_into_a_tensor(tf, v1):
    tf.zeros([2])[0] = 1.0  # here


@mistake("mode")
def array_as_a_truth_value(tf, v1):
    if tf.constant([True, False]):  # here
        pass
