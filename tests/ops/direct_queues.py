"""Direct calls of the ops of queues."""

import numpy as np
from direct import GRAPH, program

INVALID, END, CANCELLED = "InvalidArgumentError", "OutOfRangeError", "CancelledError"

ACCESS = (
    "QueueEnqueue QueueEnqueueMany QueueDequeue QueueDequeueMany QueueDequeueUpTo QueueSize QueueIsClosed QueueClose"
)
ACCESS_V2 = " ".join(name + "V2" for name in ACCESS.split())


class Queue:
    """The ops on one queue, by resource or by reference."""

    def __init__(self, t, kind, version, types, **attrs):
        self.t, self.version, self.types = t, version, types
        self.handle = getattr(t.raw, kind + version)(component_types=types, **attrs)
        if kind == "PriorityQueue":
            self.types = [t.tf.int64, *types]

    def op(self, kind, **arguments):
        return getattr(self.t.raw, "Queue" + kind + self.version)(handle=self.handle, **arguments)

    def add(self, *components):
        self.t.value(self.op("Enqueue", components=list(components)))

    def add_rows(self, *components):
        self.t.value(self.op("EnqueueMany", components=list(components)))

    def take(self):
        return self.t.value(list(self.op("Dequeue", component_types=self.types)))

    def take_many(self, n, kind="DequeueMany"):
        return self.t.value(list(self.op(kind, n=self.t.tf.constant(n), component_types=self.types)))

    def size(self):
        return int(self.t.value(self.op("Size")))

    def closed(self):
        return bool(self.t.value(self.op("IsClosed")))

    def close(self):
        self.t.value(self.op("Close"))

    def error(self, call, *arguments):
        """The class of the error of a method."""
        return self.t.error(lambda: call(*arguments))


def first_in_first_out(t, version):
    tf = t.tf
    q = Queue(t, "FIFOQueue", version, [tf.int32, tf.string], shapes=[[], [1]], capacity=9)
    q.add(tf.constant(7), tf.constant(["seven"]))
    q.add_rows(tf.constant([1, 2, 3]), tf.constant([["a"], ["b"], ["c"]]))
    found = [q.size(), q.closed(), q.take(), q.take_many(2), q.take_many(0)]
    found += [q.error(q.take_many, -1), q.error(q.add, tf.constant([1, 2]), tf.constant(["x"]))]
    q.close()
    found += [q.closed(), q.error(q.add, tf.constant(1), tf.constant(["x"])), q.error(q.close)]
    found += [q.error(q.take_many, 3), q.take_many(3, "DequeueUpTo"), q.error(q.take), q.size()]
    q.t.value(q.op("Close", cancel_pending_enqueues=True))
    return found


FIFO = [
    4,
    False,
    [7, np.array([b"seven"], object)],
    [np.int32([1, 2]), np.array([[b"a"], [b"b"]], object)],
    [np.zeros(0, np.int32), np.zeros((0, 1), object)],
    INVALID,
    INVALID,
    True,
    CANCELLED,
    CANCELLED,
    END,
    [np.int32([3]), np.array([[b"c"]], object)],
    END,
    0,
]


@program(f"FIFOQueueV2 {ACCESS_V2}", [*FIFO[:5], "ValueError", *FIFO[6:]], (GRAPH,))
def fifo_queues(t):
    return first_in_first_out(t, "V2")


@program(f"FIFOQueue {ACCESS}", FIFO, (GRAPH,))
def fifo_queues_by_reference(t):
    return first_in_first_out(t, "")


def padded(t, version):
    q = Queue(t, "PaddingFIFOQueue", version, [t.tf.float32], shapes=[[None, 2]], capacity=-1)
    q.add(t.tf.constant([[1.0, 2.0]]))
    q.add(t.tf.constant([[3.0, 4.0], [5.0, 6.0]]))
    q.add(t.tf.zeros([0, 2]))
    return [*q.take_many(2), *q.take(), q.error(q.add, t.tf.constant([[1.0, 2.0, 3.0]]))]


PADDED = [np.float32([[[1, 2], [0, 0]], [[3, 4], [5, 6]]]), np.zeros((0, 2), np.float32), INVALID]


@program("PaddingFIFOQueueV2 QueueEnqueueV2 QueueDequeueV2 QueueDequeueManyV2", PADDED, (GRAPH,))
def padding_queues(t):
    return padded(t, "V2")


@program("PaddingFIFOQueue QueueEnqueue QueueDequeue QueueDequeueMany", PADDED, (GRAPH,))
def padding_queues_by_reference(t):
    return padded(t, "")


def shuffled(t, version):
    """Some elements stay until the queue is closed; the order follows from the seeds."""
    q = Queue(
        t, "RandomShuffleQueue", version, [t.tf.int32],
        shapes=[[]], capacity=10, min_after_dequeue=2, seed=3, seed2=5,
    )  # fmt: skip
    q.add_rows(t.tf.range(9))
    found = [*q.take(), *q.take_many(6)]
    q.close()
    return [*found, *q.take_many(5, "DequeueUpTo"), q.error(q.take_many, 1)]


SHUFFLED = [6, np.int32([8, 0, 1, 2, 3, 7]), np.int32([5, 4]), END]


@program(
    "RandomShuffleQueueV2 QueueEnqueueManyV2 QueueDequeueV2 QueueDequeueManyV2 QueueDequeueUpToV2", SHUFFLED, (GRAPH,)
)
def shuffling_queues(t):
    return shuffled(t, "V2")


@program("RandomShuffleQueue QueueEnqueueMany QueueDequeue QueueDequeueMany QueueDequeueUpTo", SHUFFLED, (GRAPH,))
def shuffling_queues_by_reference(t):
    return shuffled(t, "")


def by_priority(t, version):
    """Elements of one priority come in the order of TensorFlow's heap."""
    q = Queue(t, "PriorityQueue", version, [t.tf.string], shapes=[[]], capacity=-1)
    q.add(t.n(5), t.tf.constant("five"))
    q.add_rows(t.n([0, 0, 0, 0, -7]), t.tf.constant(["a", "b", "c", "d", "least"]))
    return [q.take(), q.take_many(5)]


PRIORITIES = [[-7, b"least"], [np.int64([0, 0, 0, 0, 5]), np.array([b"a", b"b", b"d", b"c", b"five"], object)]]


@program("PriorityQueueV2 QueueEnqueueV2 QueueEnqueueManyV2 QueueDequeueV2 QueueDequeueManyV2", PRIORITIES, (GRAPH,))
def priority_queues(t):
    return by_priority(t, "V2")


@program("PriorityQueue QueueEnqueue QueueEnqueueMany QueueDequeue QueueDequeueMany", PRIORITIES, (GRAPH,))
def priority_queues_by_reference(t):
    return by_priority(t, "")


@program(
    "FIFOQueueV2 PaddingFIFOQueueV2 RandomShuffleQueueV2 PriorityQueueV2 QueueSizeV2 QueueDequeueV2",
    [INVALID] * 11,
    (GRAPH,),
)
def queues_that_cannot_be(t):
    tf = t.tf

    def error(kind, types=(tf.int32,), **attrs):
        return t.error(lambda: t.raw.QueueSizeV2(handle=getattr(t.raw, kind)(component_types=list(types), **attrs)))

    found = [error("FIFOQueueV2", shapes=[[], []]), error("FIFOQueueV2", shapes=[[None]])]
    found += [error("PaddingFIFOQueueV2", shapes=[None]), error("PaddingFIFOQueueV2", shapes=[])]
    found += [error("PriorityQueueV2", shapes=[[], []]), error("RandomShuffleQueueV2", min_after_dequeue=-1)]
    found += [error("RandomShuffleQueueV2", min_after_dequeue=3, capacity=3)]
    one = t.raw.FIFOQueueV2(component_types=[tf.int32], shapes=[[]], shared_name="one", capacity=3)
    t.value(t.raw.QueueSizeV2(handle=one))
    found += [error("FIFOQueueV2", shared_name="one", shapes=[[]], capacity=4)]
    found += [error("PaddingFIFOQueueV2", shared_name="one", shapes=[[]], capacity=3)]
    found += [t.error(lambda: t.raw.QueueDequeueV2(handle=one, component_types=[tf.float32]))]
    return found + [t.error(lambda: t.raw.QueueDequeueV2(handle=one, component_types=[tf.int32], timeout_ms=1))]
