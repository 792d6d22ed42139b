"""Random ops inside the functions of datasets: the same seeds, streams and restarts as in TensorFlow."""

import numpy as np
import pytest
import tensorflow

import ferroflow


def numbers(dataset):
    return [round(float(x), 5) for x in dataset]


def draw(tf):
    return lambda _: tf.random.uniform([])


def several_iterators(tf, data):
    first, second = iter(data.range(4).map(draw(tf))), iter(data.range(4).map(draw(tf)))
    return [round(float(next(i)), 5) for i in (first, second, first, second)]


PIPELINES = {
    "map": lambda tf, data: numbers(data.range(4).map(draw(tf))),
    "a new iterator starts anew": lambda tf, data: (lambda d: (numbers(d), numbers(d)))(data.range(3).map(draw(tf))),
    "repeat goes on": lambda tf, data: numbers(data.range(2).map(draw(tf)).repeat(3)),
    "inner datasets go on": lambda tf, data: numbers(data.range(2).flat_map(lambda _: data.range(2).map(draw(tf)))),
    "two functions": lambda tf, data: numbers(data.range(3).map(draw(tf)).map(lambda r: r + tf.random.uniform([]))),
    "filter": lambda tf, data: numbers(data.range(9).filter(lambda _: tf.random.uniform([]) > 0.5)),
    "scan": lambda tf, data: numbers(data.range(3).scan(0.0, lambda s, _: (s, tf.random.uniform([])))),
    "reduce": lambda tf, data: round(float(data.range(5).reduce(0.0, lambda s, _: s + tf.random.uniform([]))), 4),
    "seed of the op": lambda tf, data: numbers(data.range(4).map(lambda _: tf.random.uniform([], seed=9))),
    "two ops": lambda tf, data: numbers(data.range(3).map(lambda _: tf.random.uniform([]) + tf.random.normal([]))),
    "iterators in turn": several_iterators,
}


@pytest.mark.parametrize("name", PIPELINES)
def test_eager(name):
    results = []
    for tf in (tensorflow, ferroflow):
        tf.random.set_seed(3)
        results.append(PIPELINES[name](tf, tf.data.Dataset))
    assert results[0] == results[1]


def in_a_session(tf):
    v1 = tf.compat.v1
    with tf.Graph().as_default():
        v1.set_random_seed(5)
        pipeline = tf.data.Dataset.range(3).map(draw(tf))
        before = tf.random.uniform([])
        once = v1.data.make_one_shot_iterator(pipeline).get_next()
        between = tf.random.uniform([])
        iterator = v1.data.make_initializable_iterator(pipeline)
        element, after = iterator.get_next(), tf.random.uniform([])
        seeds = [t.op.get_attr("seed2") for t in (before, between, after)]
        found = []
        with v1.Session() as session:
            for _ in range(2):
                session.run(iterator.initializer)
                found += [round(float(session.run(element)), 5) for _ in range(3)]
            found += [round(float(session.run(once)), 5) for _ in range(3)]
            found += [round(float(x), 5) for x in session.run([before, between, after])]
    return seeds, found


def test_session():
    assert in_a_session(tensorflow) == in_a_session(ferroflow)


@pytest.mark.parametrize("initial", [None, [0.6, 0.3, 0.1]])
@pytest.mark.parametrize("target", [[0.2, 0.3, 0.5], [0.6, 0.3, 0.1], [0.0, 0.5, 0.5]])
def test_rejection_resample(initial, target):
    classes = np.random.RandomState(0).choice(3, 1000, p=[0.6, 0.3, 0.1]).astype(np.int32)
    results = []
    for tf in (tensorflow, ferroflow):
        tf.random.set_seed(1)
        data = tf.data.Dataset.from_tensor_slices((classes, classes * 10))
        resampled = data.rejection_resample(lambda label, _: label, target, initial, seed=4)
        results.append([(int(label), int(element[0]), int(element[1])) for label, element in resampled])
    assert results[0] == results[1]
