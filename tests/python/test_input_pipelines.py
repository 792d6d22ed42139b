"""TensorFlow 1's input pipelines: producers, batches, the runners that fill their queues, and how they end."""

import threading

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
SECONDS = 20


@pytest.fixture
def session():
    with tf.Graph().as_default(), v1.Session() as session:
        yield session


class Coordinator:
    """As much of a coordinator as runners use."""

    def __init__(self):
        self.stop, self.errors, self.threads = threading.Event(), [], []

    def should_stop(self):
        return self.stop.is_set()

    def request_stop(self, error=None):
        self.errors += [] if error is None else [error]
        self.stop.set()

    def wait_for_stop(self):
        self.stop.wait(SECONDS)

    def register_thread(self, thread):
        self.threads.append(thread)

    def join(self):
        for thread in self.threads:
            thread.join(SECONDS)
            assert not thread.is_alive()


def until_the_end(session, fetches):
    """All that runs give until one ends with OutOfRange."""
    session.run([v1.global_variables_initializer(), v1.local_variables_initializer()])
    v1.train.start_queue_runners(session)
    found = []
    with pytest.raises(tf.errors.OutOfRangeError):
        while True:
            found.append(session.run(fetches))
            assert len(found) < 1000
    return found


def test_range(session):
    queue = v1.train.range_input_producer(3, num_epochs=2, shuffle=False)
    assert until_the_end(session, queue.dequeue()) == [0, 1, 2, 0, 1, 2]


def test_range_in_random_order(session):
    queue = v1.train.range_input_producer(5, num_epochs=3, seed=1)
    found = until_the_end(session, queue.dequeue())
    epochs = [found[:5], found[5:10], found[10:]]
    assert all(sorted(epoch) == list(range(5)) for epoch in epochs)
    assert epochs[0] != epochs[1] or epochs[1] != epochs[2]


def test_strings(session):
    queue = v1.train.string_input_producer(["a", "b"], num_epochs=1, shuffle=False)
    assert until_the_end(session, queue.dequeue()) == [b"a", b"b"]
    with pytest.raises(ValueError, match="requires a non-null input tensor"):
        v1.train.string_input_producer([])


def test_no_strings_at_run_time(session):
    fed = v1.placeholder_with_default(np.zeros([0], object), [None])
    queue = v1.train.string_input_producer(tf.cast(fed, tf.string) if fed.dtype != tf.string else fed)
    runner = session.graph.get_collection("queue_runners")[0]
    coordinator = Coordinator()
    runner.create_threads(session, coordinator, start=True)
    coordinator.join()
    assert [type(error) for error in coordinator.errors] == [tf.errors.InvalidArgumentError]
    assert session.run(queue.is_closed())


def test_slices(session):
    number, name = v1.train.slice_input_producer([[1, 2, 3], ["a", "b", "c"]], num_epochs=1, shuffle=False)
    assert (number.shape, name.dtype) == ([], tf.string)
    assert until_the_end(session, [number, name]) == [[1, b"a"], [2, b"b"], [3, b"c"]]


def test_batches(session):
    number, name = v1.train.slice_input_producer([[1, 2, 3, 4, 5], list("abcde")], num_epochs=1, shuffle=False)
    batches = v1.train.batch({"number": number, "name": name}, 2)
    assert batches["number"].shape == [2]
    found = until_the_end(session, batches)
    assert [each["number"].tolist() for each in found] == [[1, 2], [3, 4]]
    assert found[1]["name"].tolist() == [b"c", b"d"]


def test_a_smaller_last_batch(session):
    number = v1.train.range_input_producer(5, num_epochs=1, shuffle=False).dequeue()
    batches = v1.train.batch([number], 2, allow_smaller_final_batch=True)
    assert batches.shape.as_list() == [None]
    assert [each.tolist() for each in until_the_end(session, batches)] == [[0, 1], [2, 3], [4]]


def test_padded_batches(session):
    number = v1.train.range_input_producer(4, num_epochs=1, shuffle=False).dequeue()
    batches = v1.train.batch([tf.range(number)], 2, dynamic_pad=True)
    assert [each.tolist() for each in until_the_end(session, batches)] == [[[0], [0]], [[0, 1, 0], [0, 1, 2]]]


def test_batches_of_rows(session):
    pairs = v1.train.range_input_producer(3, num_epochs=1, shuffle=False).dequeue() * [1, 10]
    batches = v1.train.batch([pairs], 3, enqueue_many=True)
    assert [each.tolist() for each in until_the_end(session, batches)] == [[0, 0, 1], [10, 2, 20]]


@pytest.mark.parametrize("several", [False, True])
def test_what_is_kept(session, several):
    number = v1.train.range_input_producer(6, num_epochs=1, shuffle=False).dequeue()
    numbers = tf.stack([number, number + 100]) if several else number
    kept = v1.train.maybe_batch([numbers], tf.equal(numbers % 2, 0), 1, enqueue_many=several)
    found = [int(each[0]) for each in until_the_end(session, kept)]
    assert found == ([0, 100, 2, 102, 4, 104] if several else [0, 2, 4])


def test_shuffled_batches(session):
    number = v1.train.range_input_producer(10, num_epochs=2, shuffle=False).dequeue()
    batches = v1.train.shuffle_batch([number], 4, capacity=9, min_after_dequeue=4, seed=1)
    found = np.concatenate(until_the_end(session, batches)).tolist()
    assert sorted(found) == sorted(list(range(10)) * 2)
    assert found != list(range(10)) * 2
    with pytest.raises(ValueError, match="capacity 4 must be bigger than min_after_dequeue 5."):
        v1.train.shuffle_batch([number], 4, 4, 5)


@pytest.mark.parametrize("join", ["batch_join", "shuffle_batch_join"])
def test_batches_of_several_sources(session, join):
    queues = [v1.train.range_input_producer(4, num_epochs=1), v1.train.range_input_producer(4, num_epochs=1)]
    examples = [[queues[0].dequeue()], [queues[1].dequeue() + 100]]
    more = (50, 1) if join == "shuffle_batch_join" else ()
    batches = getattr(v1.train, join)(examples, 2, *more)
    found = np.concatenate(until_the_end(session, batches)).tolist()
    assert sorted(found) == [0, 1, 2, 3, 100, 101, 102, 103]
    with pytest.raises(TypeError, match="Expected types to be consistent"):
        getattr(v1.train, join)([[1], [1.0]], 2, *more)


def test_a_coordinator_stops_runners(session):
    queue = tf.queue.FIFOQueue(1, tf.int32, shapes=[[]])
    v1.train.add_queue_runner(v1.train.QueueRunner(queue, [queue.enqueue(1)] * 2))
    coordinator = Coordinator()
    threads = v1.train.start_queue_runners(session, coordinator)
    assert len(threads) == len(coordinator.threads) == 3
    assert v1.train.start_queue_runners(session, coordinator) == []
    assert session.run(queue.dequeue()) == 1
    coordinator.request_stop()
    coordinator.join()
    assert session.run(queue.is_closed())


def test_errors_of_runners(session):
    wrong = tf.debugging.check_numerics(tf.constant(0.0) / v1.placeholder_with_default(0.0, []), "wrong")
    queue = tf.queue.FIFOQueue(1, tf.float32, shapes=[[]])
    runner = v1.train.QueueRunner(queue, [queue.enqueue(wrong)])
    coordinator = Coordinator()
    runner.create_threads(session, coordinator, start=True)
    coordinator.join()
    assert [type(error) for error in coordinator.errors] == [tf.errors.InvalidArgumentError]


def test_the_message_of_a_runner(session):
    queue = v1.train.range_input_producer(3, num_epochs=1, shuffle=False, name="numbers")
    taken = queue.dequeue(name="taken")
    meta = v1.train.export_meta_graph()
    with tf.Graph().as_default(), v1.Session() as other:
        v1.train.import_meta_graph(meta)
        runner = other.graph.get_collection("queue_runners")[0]
        assert (runner.name, [op.name for op in runner.enqueue_ops]) == ("numbers", ["numbers/numbers_EnqueueMany"])
        assert runner.queue_closed_exception_types == (tf.errors.OutOfRangeError,)
        assert until_the_end(other, "taken:0") == [0, 1, 2]
    assert taken.name == "taken:0"


def test_mistakes(session):
    with pytest.raises(ValueError, match="Must provide queue and enqueue_ops."):
        v1.train.QueueRunner()
    with pytest.raises(ValueError, match="No default session is registered"):
        threading_default(lambda: v1.train.start_queue_runners())
    with pytest.raises(TypeError, match="sess must be a `tf.Session` object"):
        v1.train.start_queue_runners("session")
    with pytest.raises(ValueError, match=r"Expected at least one tensor in batch\(\)."):
        v1.train.batch([], 3)
    with pytest.raises(ValueError, match="Cannot infer Tensor's rank"):
        v1.train.batch([v1.placeholder(tf.int32, None)], 3)
    with pytest.raises(ValueError, match="num_epochs must be > 0 not 0."):
        v1.train.limit_epochs(tf.constant(1), 0)


def threading_default(call):
    """Calls it on another thread, which has no default session."""
    found = []

    def run():
        try:
            call()
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    raise found[0]
