"""Queues: runs that wait for each other, in one run, across threads and functions; closing, cancelling, errors."""

import _thread
import threading
import time

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1
SECONDS = 20


@pytest.fixture
def session():
    with tf.Graph().as_default(), v1.Session() as session:
        yield session


class Apart(threading.Thread):
    """A call on a thread of its own; `value` or `error` is what came of it."""

    def __init__(self, call, *arguments):
        super().__init__(daemon=True)
        self.call, self.arguments, self.value, self.error = call, arguments, None, None
        self.start()

    def run(self):
        try:
            self.value = self.call(*self.arguments)
        except Exception as error:
            self.error = error

    def result(self):
        self.join(SECONDS)
        assert not self.is_alive(), "it still waits"
        if self.error:
            raise self.error
        return self.value

    def waits(self):
        self.join(0.1)
        return self.is_alive()


def pair(capacity=1):
    """A queue of one number, with an enqueue and a dequeue."""
    queue = tf.queue.FIFOQueue(capacity, tf.int32, shapes=[[]], name="q")
    number = v1.placeholder(tf.int32, [])
    return queue, number, queue.enqueue(number), queue.dequeue()


def test_names_and_shapes(session):
    queue = tf.queue.FIFOQueue(3, [tf.float32, tf.int32], shapes=[[2], []], names=["a", "b"], name="q")
    assert (queue.name, queue.queue_ref.name, queue.names) == ("q", "q:0", ["a", "b"])
    assert queue.enqueue({"a": [1.0, 2.0], "b": 3}).name == "q_enqueue"
    assert queue.enqueue_many({"a": [[1.0, 2.0]], "b": [3]}).name == "q_EnqueueMany"
    taken = queue.dequeue()
    assert (taken["a"].name, taken["a"].shape, taken["b"].dtype) == ("q_Dequeue:0", [2], tf.int32)
    assert queue.dequeue_many(5)["a"].shape == [5, 2]
    assert queue.dequeue_up_to(5)["a"].shape.as_list() == [None, 2]
    assert (queue.size().name, queue.is_closed().name, queue.close().name) == ("q_Size:0", "q_Is_Closed:0", "q_Close")
    with v1.name_scope("scope"):
        other = tf.queue.FIFOQueue(3, tf.float32)
        assert (other.name, other.dequeue().name) == ("scope/fifo_queue", "scope/fifo_queue_Dequeue:0")


def test_one_run_waits_within_itself(session):
    """The dequeue of a run waits for its enqueue, whichever was made first."""
    queue = tf.queue.FIFOQueue(1, tf.int32, shapes=[[]])
    first = queue.dequeue()
    enqueue = queue.enqueue(5)
    assert session.run([first, enqueue])[0] == 5
    doubled = tf.queue.FIFOQueue(1, tf.int32, shapes=[[]])
    last = doubled.dequeue()
    assert session.run([last, doubled.enqueue(first * 2), queue.enqueue(7)])[0] == 14


def test_more_than_fits_goes_through_one_run(session):
    queue = tf.queue.FIFOQueue(2, tf.int32, shapes=[[]])
    taken = queue.dequeue_many(50)
    assert session.run([taken, queue.enqueue_many([list(range(50))])])[0].tolist() == list(range(50))


def test_runs_wait_for_each_other(session):
    queue, number, enqueue, dequeue = pair()
    taking = Apart(session.run, dequeue)
    assert taking.waits()
    session.run(enqueue, {number: 1})
    assert taking.result() == 1
    session.run(enqueue, {number: 2})
    adding = Apart(session.run, enqueue, {number: 3})
    assert adding.waits()
    assert session.run(dequeue) == 2
    adding.result()
    assert session.run(dequeue) == 3


def test_many_threads(session):
    """Each element is taken once, whoever takes it."""
    queue, number, enqueue, dequeue = pair(capacity=3)

    def add(start):
        for i in range(start, start + 50):
            session.run(enqueue, {number: i})

    def take():
        return [int(session.run(dequeue)) for _ in range(50)]

    threads = [Apart(add, 50 * k) for k in range(4)]
    takers = [Apart(take) for _ in range(4)]
    assert sorted(sum((taker.result() for taker in takers), [])) == list(range(200))
    for thread in threads:
        thread.result()


def test_those_who_wait_are_served_in_their_order(session):
    queue, number, enqueue, dequeue = pair(capacity=10)
    several = Apart(session.run, queue.dequeue_many(3))
    assert several.waits()
    one = Apart(session.run, dequeue)
    assert one.waits()
    for i in range(4):
        session.run(enqueue, {number: i})
    assert several.result().tolist() == [0, 1, 2]
    assert one.result() == 3


def test_close_ends_who_waits_to_take(session):
    queue, number, enqueue, dequeue = pair(capacity=10)
    taking = Apart(session.run, queue.dequeue_many(2))
    session.run(enqueue, {number: 4})
    assert taking.waits()
    session.run(queue.close())
    message = r"FIFOQueue '_\d+_q' is closed and has insufficient elements \(requested 2, current size 1\)"
    with pytest.raises(tf.errors.OutOfRangeError, match=message):
        taking.result()
    assert session.run(dequeue) == 4
    with pytest.raises(tf.errors.OutOfRangeError, match=r"\(requested 1, current size 0\)"):
        session.run(dequeue)


def test_close_lets_who_waits_to_add_add(session):
    queue, number, enqueue, dequeue = pair()
    session.run(enqueue, {number: 1})
    adding = Apart(session.run, enqueue, {number: 2})
    assert adding.waits()
    closing = Apart(session.run, queue.close())
    assert closing.waits()
    assert not session.run(queue.is_closed())
    assert session.run(dequeue) == 1
    adding.result()
    closing.result()
    assert session.run(queue.is_closed())
    with pytest.raises(tf.errors.CancelledError, match=r"FIFOQueue '_\d+_q' is closed\."):
        session.run(enqueue, {number: 3})
    with pytest.raises(tf.errors.CancelledError, match=r"Queue '_\d+_q' is already closed\."):
        session.run(queue.close())
    assert session.run(dequeue) == 2


def test_close_cancels_who_waits_to_add(session):
    queue, number, enqueue, dequeue = pair()
    session.run(enqueue, {number: 1})
    adding = Apart(session.run, enqueue, {number: 2})
    assert adding.waits()
    session.run(queue.close(cancel_pending_enqueues=True))
    with pytest.raises(tf.errors.CancelledError, match="Enqueue operation was cancelled"):
        adding.result()
    assert session.run([queue.size(), dequeue])[1] == 1


def test_closing_the_session_cancels():
    with tf.Graph().as_default():
        _, _, _, dequeue = pair()
        session = v1.Session()
        taking = Apart(session.run, dequeue)
        assert taking.waits()
        session.close()
        with pytest.raises(tf.errors.CancelledError, match="Dequeue operation was cancelled"):
            taking.result()


def test_timeout():
    with tf.Graph().as_default():
        queue, _, _, _ = pair()
        with v1.Session(config=v1.ConfigProto(operation_timeout_in_ms=100)) as session:
            with pytest.raises(tf.errors.DeadlineExceededError):
                session.run(queue.dequeue_many(2))
            session.run(queue.enqueue(3))
            assert session.run(queue.dequeue()) == 3


def test_interrupt(session):
    """Ctrl-C ends a wait, and what a dequeue had taken so far is back in the queue."""
    queue = tf.queue.FIFOQueue(10, tf.int32, shapes=[[]])
    session.run(queue.enqueue_many([[1, 2]]))
    timer = threading.Timer(0.3, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        session.run(queue.dequeue_many(5))
        time.sleep(SECONDS)
    assert session.run(queue.dequeue_many(2)).tolist() == [1, 2]


def test_a_failing_step_ends_the_waits_of_its_run(session):
    queue, number, enqueue, dequeue = pair()
    wrong = v1.placeholder(tf.int32, None)
    with pytest.raises(
        tf.errors.InvalidArgumentError, match=r"Shape mismatch in tuple component 0. Expected \[\], got"
    ):
        session.run([dequeue, queue.enqueue(wrong)], {wrong: [1, 2]})


def test_sessions_have_queues_of_their_own(session):
    queue, number, enqueue, dequeue = pair()
    session.run(enqueue, {number: 1})
    with v1.Session() as other:
        assert other.run(queue.size()) == 0
    shared = [tf.queue.FIFOQueue(2, tf.int32, shapes=[[]], shared_name="one") for _ in range(2)]
    session.run(shared[0].enqueue(6))
    assert session.run(shared[1].dequeue()) == 6
    other = tf.queue.FIFOQueue(3, tf.int32, shapes=[[]], shared_name="one")
    with pytest.raises(tf.errors.InvalidArgumentError, match="Shared queue 'one' has capacity 2 but requested"):
        session.run(other.size())


def test_a_queue_keeps_its_own_copies(session):
    queue = tf.queue.FIFOQueue(2, tf.float32)
    fed = v1.placeholder(tf.float32, [2])
    value = np.float32([1, 2])
    session.run(queue.enqueue(fed), {fed: value})
    value[:] = 0
    assert session.run(queue.dequeue()).tolist() == [1, 2]


def test_from_list(session):
    queues = [tf.queue.FIFOQueue(2, tf.int32, shapes=[[size]]) for size in (1, 2)]
    which = v1.placeholder(tf.int32, [])
    chosen = tf.queue.QueueBase.from_list(which, queues)
    assert chosen.shapes[0].as_list() == [None]
    session.run(chosen.enqueue([[1, 2]]), {which: 1})
    assert session.run([queues[0].size(), queues[1].size()]) == [0, 1]
    with pytest.raises(TypeError, match="A list of queues expected"):
        tf.queue.QueueBase.from_list(0, [])


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: tf.queue.FIFOQueue(3, [tf.int32], shapes=[[], []]), r"len\(shapes\)=2, len\(dtypes\)=1"),
        (lambda: tf.queue.FIFOQueue(3, [tf.int32], shapes=[[None]]), "All shapes must be fully defined"),
        (lambda: tf.queue.FIFOQueue(3, [tf.int32], names=["a", "b"]), "List of names must have the same length"),
        (lambda: tf.queue.PaddingFIFOQueue(3, [tf.int32], shapes=None), "a list of shapes must be provided"),
        (lambda: tf.queue.FIFOQueue(3, tf.int32).enqueue({"a": 1}), "Queue must have names to enqueue a dictionary"),
        (
            lambda: tf.queue.FIFOQueue(3, tf.int32, names="a").enqueue(1),
            "You must enqueue a dictionary in a Queue with",
        ),
        (lambda: tf.queue.FIFOQueue(3, tf.int32, names="a").enqueue({"b": 1}), "do not match names of Queue"),
        (lambda: tf.queue.FIFOQueue(3, tf.int32, [[]]).enqueue([[1]]), r"Shapes \(1,\) and \(\) are incompatible"),
        (lambda: tf.queue.FIFOQueue(3, tf.int32, [[]]).enqueue_many(1), "must have rank at least 1"),
        (lambda: tf.queue.FIFOQueue(3, [tf.int32] * 2, [[], []]).enqueue_many([[1], [1, 2]]), "not compatible"),
        (lambda: tf.queue.FIFOQueue(3, tf.int32).enqueue([1, 2]), "has 1 components, got 2"),
        (lambda: tf.queue.FIFOQueue(3, tf.int32).dequeue_many(-1), "Input 'n' must be >= 0, but is -1"),
    ],
)
def test_mistakes(make, message):
    with tf.Graph().as_default(), pytest.raises(ValueError, match=message):
        make()


def test_eager():
    queue = tf.queue.FIFOQueue(1, [tf.float32, tf.string])
    assert queue.enqueue([1.0, "a"]) is None
    waiting = Apart(queue.enqueue, [2.0, "b"])
    assert waiting.waits()
    assert [part.numpy() for part in queue.dequeue()] == [1.0, b"a"]
    waiting.result()
    assert (int(queue.size()), bool(queue.is_closed())) == (1, False)
    queue.close()
    with pytest.raises(tf.errors.CancelledError, match="is closed"):
        queue.enqueue([1.0, "b"])


def test_in_a_function():
    queue = tf.queue.FIFOQueue(10, tf.float32, shapes=[[]])

    @tf.function
    def through(x):
        queue.enqueue(x)
        queue.enqueue(x * 2)
        return queue.dequeue() - 10 * queue.dequeue()

    assert [float(through(x)) for x in (1.0, 2.0)] == [-19.0, -38.0]


def test_functions_wait_for_each_other(session):
    """A call of a function that takes waits for one that adds, in one run and in loops."""
    queue = tf.queue.FIFOQueue(1, tf.int32, shapes=[[]])

    @tf.function
    def take():
        return tf.while_loop(lambda i, s: i < 20, lambda i, s: (i + 1, s + queue.dequeue()), (0, 0))[1]

    @tf.function
    def add():
        return tf.while_loop(lambda i: i < 20, lambda i: (next_of(i),), (0,))[0]

    def next_of(i):
        with tf.control_dependencies([queue.enqueue(i)]):
            return i + 1

    run = Apart(session.run, [take(), add()])
    assert [int(x) for x in run.result()] == [190, 20]
