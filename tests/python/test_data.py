"""Datasets and iterators do what TensorFlow's do: the recorded answers, sessions, threads, Python callbacks."""

import gc
import threading
import time

import data_names
import numpy as np
import oracle_tables
import pytest

from ferroflow import data
from ferroflow._gen import raw_ops
from ferroflow.framework import dtypes, errors
from ferroflow.framework.graph import Graph
from ferroflow.framework.placeholders import placeholder
from ferroflow.framework.session import Session

D = data.Dataset


def test_datasets_answer_as_tensorflow_does():
    assert oracle_tables.differences("data", data_names.ferroflow()) == []


def drain(session, tensor):
    out = []
    while True:
        try:
            out.append(data_names.plain(session.run(tensor)))
        except errors.OutOfRangeError as error:
            assert str(error).splitlines()[0] == "End of sequence"
            return out


def test_a_pipeline_of_placeholders_starts_again_with_each_feed():
    x = placeholder(dtypes.float32, shape=[None, 2], name="rows")
    iterator = D.from_tensor_slices(x).batch(2).make_initializable_iterator()
    rows = iterator.get_next()
    with Session() as session:
        with pytest.raises(errors.FailedPreconditionError, match="the iterator has not been initialized"):
            session.run(rows)
        session.run(iterator.initializer, {x: [[1, 2], [3, 4], [5, 6]]})
        assert drain(session, rows) == [[[1, 2], [3, 4]], [[5, 6]]]
        session.run(iterator.initializer, {x: [[7, 8]]})
        assert drain(session, rows) == [[[7, 8]]]


def test_a_fed_array_may_change_after_the_iterator_has_started():
    with Graph().as_default():
        x = placeholder(dtypes.float32, [None])
        iterator = D.from_tensor_slices(x).make_initializable_iterator()
        value = iterator.get_next()
        with Session() as session:
            fed = np.array([1, 2, 3], np.float32)
            session.run(iterator.initializer, {x: fed})
            fed[:] = 9
            assert drain(session, value) == [1, 2, 3]


def test_each_session_has_its_own_iterator():
    with Graph().as_default():
        iterator = D.range(3).make_initializable_iterator()
        value = iterator.get_next()
        with Session() as first, Session() as second:
            first.run(iterator.initializer)
            second.run(iterator.initializer)
            assert [first.run(value), first.run(value), second.run(value)] == [0, 1, 0]


def test_one_shot_iterators_refuse_placeholders():
    with Graph().as_default():
        value = D.range(3).map(lambda v: v).make_one_shot_iterator().get_next()
        with Session() as session:
            assert drain(session, value) == [0, 1, 2]
        rows = D.from_tensor_slices(placeholder(dtypes.float32, [3]))
        with pytest.raises(ValueError, match="Failed to create a one-shot iterator for a dataset"):
            rows.make_one_shot_iterator()


def test_reinitializable_and_feedable_iterators():
    with Graph().as_default():
        switch = data.Iterator.from_structure(dtypes.int64, [])
        low, high = switch.make_initializer(D.range(2)), switch.make_initializer(D.range(7, 9))
        value = switch.get_next()
        text = placeholder(dtypes.string, [])
        fed = data.Iterator.from_string_handle(text, dtypes.int64, []).get_next()
        wrong = data.Iterator.from_string_handle(text, dtypes.float32, []).get_next()
        with pytest.raises(TypeError):
            switch.make_initializer(D.from_tensors(1.5))
        with Session() as session:
            for initializer, expected in ((low, [0, 1]), (high, [7, 8]), (low, [0, 1])):
                session.run(initializer)
                assert drain(session, value) == expected
            session.run(high)
            handle = session.run(switch.string_handle())
            assert session.run(fed, {text: handle}) == 7
            with pytest.raises(
                errors.InvalidArgumentError, match="Data type mismatch at component 0: expected float but got int64."
            ):
                session.run(wrong, {text: handle})
            with pytest.raises(errors.InvalidArgumentError, match="Could not parse string_handle"):
                session.run(fed, {text: b"nobody"})


def test_a_map_captures_tensors_of_the_graph():
    with Graph().as_default():
        big = placeholder(dtypes.int64, [None])
        iterator = (
            D.range(3).map(lambda i: raw_ops.GatherV2(params=big, indices=i, axis=0)).make_initializable_iterator()
        )
        value = iterator.get_next()
        with Session() as session:
            session.run(iterator.initializer, {big: [5, 6, 7]})
            assert drain(session, value) == [5, 6, 7]


def test_a_generator_is_closed_when_its_pass_is_dropped():
    ended = []

    def numbers():
        try:
            yield from range(1000)
        finally:
            ended.append(True)

    iterator = iter(D.from_generator(numbers, output_types=dtypes.int32).batch(2).prefetch(2))
    next(iterator)
    del iterator
    gc.collect()
    assert ended == [True]


def test_an_exception_in_a_generator_reaches_the_caller():
    def failing():
        yield 1
        raise ValueError("on purpose")

    iterator = iter(D.from_generator(failing, output_types=dtypes.int32))
    assert int(next(iterator)) == 1
    with pytest.raises(errors.InvalidArgumentError, match="ValueError: on purpose") as caught:
        next(iterator)
    assert isinstance(caught.value.__cause__, ValueError)


def test_a_generator_that_yields_the_wrong_thing():
    for value, text in (
        ("a", "could not be converted to the expected type"),
        ([[1, 2]], "of shape"),
        ((1, 2, 3), "of shape|match the expected"),
    ):
        dataset = D.from_generator(lambda value=value: iter([value]), output_types=dtypes.int32, output_shapes=[])
        with pytest.raises(errors.InvalidArgumentError, match=text):
            list(dataset)


def test_a_generator_may_use_the_api_again():
    def nested():
        for x in D.range(3):
            yield int(x) * 2

    assert data_names.elements(D.from_generator(nested, output_types=dtypes.int32)) == [0, 2, 4]


def test_threads_share_an_iterator():
    iterator = iter(D.range(400).map(lambda x: x, num_parallel_calls=3).prefetch(4))
    seen, lock = [], threading.Lock()

    def work():
        for x in iterator:
            with lock:
                seen.append(int(x))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(seen) == list(range(400))


def test_iteration_needs_eager_mode():
    with Graph().as_default():
        with pytest.raises(RuntimeError, match="only supports Python-style iteration in eager mode"):
            iter(D.range(3))
        with pytest.raises(RuntimeError, match="only supported in eager mode"):
            D.range(3).as_numpy_iterator()


def test_options_are_merged_and_checked():
    options = data.Options()
    options.deterministic = False
    options.threading.private_threadpool_size = 3
    dataset = D.range(3).with_options(options).map(lambda x: x)
    assert dataset.options().deterministic is False
    assert dataset.options().threading.private_threadpool_size == 3
    with pytest.raises(TypeError):
        options.deterministic = "yes"
    with pytest.raises(AttributeError):
        options.no_such_option = 1


def test_many_threads_make_read_and_drop_pipelines():
    failures, end = [], time.monotonic() + 2

    def numbers():
        yield from (int(x) for x in D.range(5).prefetch(1))

    def use(turn):
        if turn == 0:
            iterator = iter(D.range(1000).map(lambda x: x, num_parallel_calls=3).batch(4).prefetch(2))
            next(iterator)
        elif turn == 1:
            dataset = D.from_generator(numbers, output_types=dtypes.int32).map(lambda x: x).prefetch(2)
            assert data_names.elements(dataset) == [0, 1, 2, 3, 4]
        else:
            with Graph().as_default():
                iterator = D.range(20).map(lambda x: x, num_parallel_calls=2).prefetch(1).make_initializable_iterator()
                value = iterator.get_next()
                with Session() as session:
                    session.run(iterator.initializer)
                    assert [session.run(value), session.run(value)] == [0, 1]

    def work(number):
        turn = number
        try:
            while time.monotonic() < end:
                use(turn % 3)
                turn += 1
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert failures == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, StopIteration])
def test_an_exception_in_a_loop_over_a_generator_reaches_the_caller(error):
    def numbers():
        return D.from_generator(lambda: iter(range(3)), output_types=dtypes.int32)

    for make in (
        numbers,
        lambda: numbers().prefetch(2),
        lambda: D.range(2).interleave(lambda _: numbers()),
    ):
        with pytest.raises(error, match="of the loop"):
            for _ in make():
                raise error("of the loop")
