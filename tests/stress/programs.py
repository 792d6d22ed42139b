"""Programs of the stress tests, each run in a process of its own: `python programs.py NAME` prints what it measured as JSON."""

import collections
import functools
import gc
import json
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
import weakref

import numpy as np
import psutil

import ferroflow as tf
import ferroflow.compat.v1 as v1
from ferroflow import _core
from ferroflow.framework import py_function

MIB = 1 << 20
process = psutil.Process()


def growth_of_runs():
    """Bytes by which 100,000 runs, with a new feed dict and a new array each, make the process grow."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None], name="x")
        y = x * 2.0 + 1.0

        def some(count):
            for number in range(count):
                session.run(y, {x: np.ones(1 + number % 3, np.float32)})

        some(10_000)
        gc.collect()
        before = process.memory_info().rss
        some(100_000)
        gc.collect()
        return process.memory_info().rss - before


def peak_of_a_large_feed():
    """Bytes beyond the fed array itself at the peak of feeding, adding to and fetching 64 MB."""
    array = np.ones(16_000_000, np.float32)
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None], name="x")
        y = x + 1.0
        session.run(y, {x: np.ones(1000, np.float32)})
        gc.collect()
        before = process.memory_info().rss
        peak, done = [before], threading.Event()

        def watch():
            while not done.wait(0.0005):
                peak[0] = max(peak[0], process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        for _ in range(5):
            out = session.run(y, {x: array})
            assert out[0] == 2.0
            del out
        done.set()
        watcher.join()
    return peak[0] - before


def behind_an_iterator():
    """Peak bytes of 60 large values in a row that depend on an iterator, and copies of a weight that each run updates."""
    with tf.Graph().as_default(), v1.Session() as session:
        data = v1.data.Dataset.from_tensors(np.ones(1_000_000, np.float32)).repeat()
        iterator = data.make_initializable_iterator()
        y = element = iterator.get_next()
        for _ in range(60):
            y = tf.sin(y)
        weight = v1.get_variable("weight", initializer=np.zeros(1_000_000, np.float32), use_resource=True)
        train = weight.assign_sub(element * tf.reduce_mean(weight * element + 1.0))
        fetches = [tf.reduce_sum(y), train.op]
        session.run([iterator.initializer, v1.global_variables_initializer()])
        session.run(train.op)  # the initial value is also a constant of the graph and has to be copied once
        before, copied = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, _core.copies_on_update()
        for _ in range(10):
            total, _ = session.run(fetches)
        assert np.isclose(total, 1e6 * functools.reduce(lambda x, _: np.sin(x), range(60), 1.0), rtol=1e-3)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return 1024 * peak, _core.copies_on_update() - copied


def seconds_to_interrupt(run):
    """Seconds from Ctrl-C to KeyboardInterrupt; None if `run` came to its end."""
    sent = []

    def interrupt():
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.5, interrupt)
    timer.start()
    try:
        run()
        return None
    except KeyboardInterrupt:
        return time.monotonic() - sent[0]
    finally:
        timer.join()


def interrupted_run():
    """Seconds from Ctrl-C to KeyboardInterrupt for work of seconds to minutes, and what the session answers afterwards."""
    took = {}
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None, None], name="x")
        product = many = tf.matmul(x, x)
        for _ in range(4000):
            many = tf.tanh(tf.matmul(many, x))
        loop = tf.math.lgamma(v1.placeholder_with_default(x, [None, None]))
        sequence = v1.data.Dataset.from_tensors(0).repeat().make_one_shot_iterator().get_next()
        waiting = tf.matmul(x, x + tf.cast(sequence, tf.float32))
        cases = [
            ("product", product, 9000),
            ("many steps", many, 500),
            ("loop", loop, 12000),
            ("waiting", waiting, 9000),
        ]
        for name, y, size in cases:
            fed = np.full((size, size), 0.3 / size, np.float32)
            session.run(y, {x: fed[:10, :10]})
            took[name] = seconds_to_interrupt(lambda y=y, fed=fed: session.run(y, {x: fed}))
            assert session.run(y, {x: np.ones((2, 2), np.float32)}).shape == (2, 2)
    eager = tf.constant(np.full((9000, 9000), 1e-4, np.float32))
    took["eager product"] = seconds_to_interrupt(lambda: tf.matmul(eager, eager))
    with tf.GradientTape() as tape:
        tape.watch(eager)
        z = tf.linalg.matmul(eager, tf.ones([9000, 1]))
        for _ in range(200):
            z = tf.matmul(eager, tf.matmul(eager, z)) * 1.5
    took["gradient"] = seconds_to_interrupt(lambda: tape.gradient(z, eager))
    assert tf.matmul([[2.0]], [[3.0]]).numpy() == [[6.0]]
    return took


def large_product(number):
    """A product that is worth several threads, eager and in a session."""
    x = np.full((300, 300), 1.0 + number, np.float32)
    eager = float(tf.matmul(x, x).numpy()[0, 0])
    with tf.Graph().as_default(), v1.Session() as session:
        y = tf.matmul(v1.placeholder(tf.float32, [300, 300], name="x"), x)
        return eager, float(session.run(y, {"x:0": x})[0, 0])


def runs_after_fork():
    """The answers of forked children whose parent had its threads going before."""
    want = [300.0 * (1 + number) ** 2 for number in range(3)]
    assert large_product(0) == (want[0], want[0])
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, json.dumps(large_product(1)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    answer = json.loads(os.read(read, 1000))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        answers = pool.map(large_product, range(3))
    return [answer, *answers], [[w, w] for w in [want[1], *want]]


def forks_while_threads_run(forks):
    """Of so many forks while four threads run products, wide graphs and functions: how many children were right, and how many hung."""
    x = np.full((200, 200), 0.01, np.float32)
    weights = [tf.constant(x + i) for i in range(3)]

    @tf.function
    def towers(a):
        return tf.add_n([tf.tanh(tf.matmul(tf.matmul(a, w), w)) for w in weights])

    with tf.Graph().as_default():
        fed = v1.placeholder(tf.float32, [200, 200])
        session = v1.Session()
        y = tf.reduce_sum(tf.matmul(fed, fed) + 1.0)

    def answers():
        eager = float(tf.reduce_sum(tf.matmul(x, x)).numpy())
        return [eager, float(tf.reduce_sum(towers(tf.constant(x))).numpy()), float(session.run(y, {fed: x}))]

    want, over = answers(), threading.Event()

    def work():
        while not over.is_set():
            answers()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    right = hung = 0
    for _ in range(int(forks)):
        child = os.fork()
        if child == 0:
            os._exit(0 if [answers() for _ in range(3)] == [want] * 3 else 1)
        end, status = time.monotonic() + 20, (0, 0)
        while status[0] == 0 and time.monotonic() < end:
            time.sleep(0.002)
            status = os.waitpid(child, os.WNOHANG)
        if status[0] == 0:
            hung += 1
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        right += status[0] != 0 and os.waitstatus_to_exitcode(status[1]) == 0
    over.set()
    for thread in threads:
        thread.join()
    return {"right": right, "hung": hung}


def steps_while_a_variable_is_asked(seconds):
    """How many steps update a variable under its lock while another thread asks for it without giving up the interpreter."""
    size = 10_000_000
    v, m = tf.Variable(tf.zeros([size])), tf.Variable(tf.zeros([size]))

    @tf.function
    def step():
        tf.raw_ops.ResourceApplyMomentum(var=v.handle, accum=m.handle, lr=1e-4, grad=tf.ones([size]), momentum=0.0)

    over = threading.Event()

    def ask():
        while not over.is_set():
            tf.raw_ops.VarIsInitializedOp(resource=v.handle)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    end, steps = time.monotonic() + float(seconds), 0
    while time.monotonic() < end:
        step()
        steps += 1
    over.set()
    thread.join()
    return steps


def spawned_children():
    """The answers of children that are started anew, while this process has its threads going."""
    assert large_product(0) == (300.0, 300.0)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        return pool.map(large_product, range(3)), [[300.0 * (1 + n) ** 2] * 2 for n in range(3)]


def number_of_threads():
    """The number of threads that a process uses by default."""
    return tf.config.threading.get_intra_op_parallelism_threads()


def nested_runs(seconds):
    """Runs that 8 threads made, whose Python functions run sessions again and read a dataset with a parallel map."""
    until = time.monotonic() + seconds
    counts, faults = [0] * 8, []

    def work(number):
        try:
            with tf.Graph().as_default(), v1.Session() as inner:
                a = v1.placeholder(tf.float32, [], name="a")
                twice = a * 2.0

                def call(value):
                    return inner.run(twice, {a: value})

                with tf.Graph().as_default(), v1.Session() as outer:
                    data = v1.data.Dataset.range(64).map(lambda n: tf.cast(n, tf.float32) + 1.0, num_parallel_calls=4)
                    iterator = data.repeat().make_initializable_iterator()
                    element = iterator.get_next()
                    (result,) = tf.raw_ops.PyFunc(input=[element], token=py_function.register(call), Tout=[tf.float32])
                    outer.run(iterator.initializer)
                    while time.monotonic() < until:
                        got, want = outer.run([result, element]), counts[number] % 64 + 1.0
                        assert got == [2.0 * want, want], (got, want)
                        counts[number] += 1
        except BaseException as error:
            faults.append(repr(error))

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 30)
    stuck = sum(thread.is_alive() for thread in threads)
    return {"runs": counts, "faults": faults, "stuck": stuck}


def shared_session(seconds):
    """Counts of what 8 threads did with one session whose graph grows, and with sessions that they close under each other."""
    until = time.monotonic() + seconds
    counts, faults = collections.Counter(), []
    graph = tf.Graph()
    with graph.as_default():
        session = v1.Session()
        x = v1.placeholder(tf.float32, [], name="x")
        total = v1.get_variable("total", initializer=np.float64(0.0), use_resource=True)
        add = total.assign_add(1.0).op
        element = (
            v1.data.Dataset.range(1 << 40)
            .map(lambda n: n * 2, num_parallel_calls=2)
            .prefetch(2)
            .make_one_shot_iterator()
            .get_next()
        )
        after = tf.cast(element, tf.float64) * 0.5 + total * 0.0
        scaled = tf.numpy_function(lambda x: x * np.float32(3.0), [x], tf.float32)
        session.run(v1.global_variables_initializer())
    product = session.make_callable(x * 2.0, [x])
    seen = []

    def work(number):
        try:
            for turn in range(1 << 60):
                if time.monotonic() > until:
                    return
                value = float(number * 1000 + turn % 1000)
                session.run(add)
                assert product(value) == 2.0 * value and session.run(scaled, {x: value}) == 3.0 * value
                seen.append(session.run(after))
                if turn % 20 == number % 20:
                    with graph.as_default():
                        y = x * (turn + 1.0) + float(number)
                    assert session.run(y, {x: value}) == np.float32(
                        np.float32(value) * np.float32(turn + 1.0) + np.float32(number)
                    )
                if turn % 10 == 0:
                    other = v1.Session(graph=graph)
                    closer = threading.Thread(target=other.close)
                    closer.start()
                    try:
                        for _ in range(3):
                            other.run([scaled, element], {x: value})
                    except (RuntimeError, tf.errors.CancelledError):
                        with lock:
                            counts["cut off"] += 1
                    closer.join()
                with lock:
                    counts["turns"] += 1
        except BaseException as error:
            faults.append(repr(error))

    lock = threading.Lock()
    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 30)
    stuck = sum(thread.is_alive() for thread in threads)
    whole = (
        stuck == 0
        and not faults
        and session.run(total) == counts["turns"] == len(seen)
        and sorted(seen) == list(range(len(seen)))
    )
    return {"turns": counts["turns"], "cut off": counts["cut off"], "faults": faults, "stuck": stuck, "whole": whole}


def left_after_collection():
    """How many of 10,000 graphs and tapes that lie in cycles are still there after a collection."""
    alive = []
    for _ in range(5000):
        with tf.Graph().as_default() as graph:
            x = tf.constant(1.0) + 1.0
        graph.cycle, x.cycle = [graph, x, x.op], graph
        alive.append(weakref.ref(graph))
        value = tf.constant(2.0)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(value)
            result = value * value
        tape.cycle, value.cycle, result.cycle = [tape, value], tape, tape
        alive.append(weakref.ref(tape))
    del graph, x, tape, value, result
    gc.collect()
    return sum(one() is not None for one in alive)


class Holder:
    """Something that a callback holds: the callback, its graph and its session die with it or not at all."""


def graph_with_callbacks():
    """Makes and runs a graph whose callbacks refer back to it; weak references to what must die."""
    holder = Holder()
    with tf.Graph().as_default() as graph:
        session = v1.Session()

        def call(x):
            return x + np.float32(len(holder.graph.get_operations()) > 0 and holder.session is not None)

        def items():
            yield np.float32(holder.session is not None)

        x = v1.placeholder(tf.float32, [], name="x")
        y = tf.numpy_function(call, [x], tf.float32) + tf.py_function(lambda x: x * call(x) / call(x), [x], tf.float32)
        data = v1.data.Dataset.from_generator(items, tf.float32, []).repeat()
        data = data.map(lambda e: e + tf.reduce_mean(tf.constant(np.ones(50_000, np.float32))))
        data = data.map(lambda e: tf.numpy_function(call, [e], tf.float32))
        element = data.make_one_shot_iterator().get_next()
        fetches = collections.namedtuple("Fetches", "y element")(y, element)
        holder.graph, holder.session = graph, session
        holder.run = session.make_callable({"all": fetches}, [x])
    for _ in range(2):
        assert holder.run(1.0)["all"] == (3.0, 3.0)
    return [weakref.ref(o) for o in (holder, graph, session, call, items)]


def eager_pipeline():
    """Makes and reads a dataset with functions of its own; weak references to what must die."""
    offset = Holder()
    offset.value = np.float32(1.0)

    def add(x):
        return tf.cast(x, tf.float32) + offset.value + tf.reduce_mean(tf.constant(np.ones(50_000, np.float32)))

    def callback(x):
        return x + offset.value

    def items():
        yield offset.value

    data = tf.data.Dataset.range(3).map(add).map(lambda x: tf.numpy_function(callback, [x], tf.float32))
    data = data.flat_map(lambda x: tf.data.Dataset.from_tensors(x).map(lambda y: y * offset.value))
    gc.collect()
    assert [float(x) for x in data] == [3.0, 4.0, 5.0]
    assert [float(x) for x in tf.data.Dataset.from_generator(items, tf.float32, [])] == [1.0]
    return [weakref.ref(o) for o in (offset, callback, items)]


def left_of_graphs_and_pipelines():
    """After 200 graphs and pipelines: what is still alive of them, new Python objects, and growth in bytes."""

    def some(count):
        found = [ref for _ in range(count) for make in (graph_with_callbacks, eager_pipeline) for ref in make()]
        gc.collect()
        return sum(ref() is not None for ref in found)

    some(20)
    objects, before = len(gc.get_objects()), process.memory_info().rss
    alive = some(200)
    return alive, len(gc.get_objects()) - objects, process.memory_info().rss - before


if __name__ == "__main__":
    arguments = [float(a) for a in sys.argv[2:]]
    print(json.dumps(globals()[sys.argv[1]](*arguments)), flush=True)
    os._exit(0)
