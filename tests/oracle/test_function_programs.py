"""Programs with traced functions show the same with Ferroflow and with TensorFlow: values, traces and side effects.

Each name says the rule of TensorFlow's that the program covers.
"""

import pytest
from programs import check

PROGRAMS = {
    "one trace for each dtype and shape of a tensor": """
traced = []
@tf.function
def f(x):
    traced.append((x.dtype.name, x.shape.as_list()))
    return x + x
for value in (1, 2, 1.0, [1.0], [2.0], [[1.0]], [1.0, 2.0]):
    show(f(tf.constant(value)))
show(traced)
show(f.experimental_get_tracing_count())
""",
    "Python numbers and strings are part of the signature by equality": """
traced = []
@tf.function
def f(x, y='a'):
    traced.append((x, y))
    return tf.constant(x)
for args in ((1,), (2,), (1,), (1.0,), (True,), (1, 'b'), ('s',)):
    show(lambda: f(*args))
show(traced)
""",
    "NumPy arrays and scalars are tensors": """
traced = []
@tf.function
def f(x):
    traced.append((x.dtype.name, x.shape.as_list()))
    return x * 2
for value in (np.float32(1), np.float32(2), np.int64(3), np.ones(2), np.zeros(2), np.ones([1, 2], np.int8)):
    show(f(value))
show(traced)
""",
    "nested structures count by form and leaves": """
import collections
Point = collections.namedtuple('Point', 'x y')
traced = []
@tf.function
def f(s):
    traced.append(type(s).__name__)
    return tf.nest.flatten(s)[0] + 0
one = tf.constant(1)
for s in ([1, one], (1, one), [1, one], {'b': one, 'a': 2}, {'a': 2, 'b': one}, Point(one, 1), Point(one, 1), [[one], 1]):
    show(f(s))
show(traced)
""",
    "an input signature gives one trace and casts or refuses": """
@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def f(x):
    return tf.reduce_sum(x)
show(f(tf.ones([2]))); show(f(tf.ones([5]))); show(f([1.0, 2.0])); show(f(np.ones(2, np.float32)))
show(f.experimental_get_tracing_count())
show(lambda: f(tf.ones([2, 2])))
show(lambda: f(tf.constant([1])))
show(lambda: f())
show(lambda: tf.function(lambda x: x, input_signature=3))
show(lambda: tf.function(lambda x, y: x, input_signature=[tf.TensorSpec([])]))
show(lambda: tf.function(lambda x: x, input_signature=[tf.TensorSpec([]), tf.TensorSpec([])]))
""",
    "reduce_retracing widens shapes after the second different one": """
shapes = []
@tf.function(reduce_retracing=True)
def f(x, y):
    shapes.append((str(x.shape), str(y.shape)))
    return tf.size(x)
for n in (2, 3, 4, 5):
    show(f(tf.ones([n]), tf.ones([n, 2])))
show(f(tf.ones([2, 2]), tf.ones([2, 2])))
show(f(tf.ones([2]), tf.ones([7])))
show(shapes)
""",
    "a trace for wider types serves narrower ones": """
traced = []
@tf.function
def f(x):
    traced.append(str(x.shape))
    return tf.shape(x)
f.get_concrete_function(tf.TensorSpec([None, None], tf.float32))
show(f(tf.ones([2, 3])))
f.get_concrete_function(tf.TensorSpec([None, 4], tf.float32))
show(f(tf.ones([3, 4]))); show(f(tf.ones([1, 5])))
show(f(tf.ones([3])))
show(traced)
""",
    "variables count by shape and by which are the same": """
traced = []
@tf.function
def f(a, b):
    traced.append(a is b)
    a.assign_add(b)
    return a * b
v, w, u = tf.Variable(1.0), tf.Variable(2.0), tf.Variable([1.0])
show(f(v, w)); show(f(w, v)); show(f(v, v)); show(f(w, w)); show(f(u, u))
show([v, w, u])
show(traced)
""",
    "variables are made once, the function is traced twice for it": """
traced = []
class Box: v = None
box = Box()
@tf.function
def f(x):
    traced.append(1)
    if box.v is None:
        box.v = tf.Variable(tf.ones([2]) * 3, name='made')
    return box.v.assign_add(x)
show(f(tf.constant([1.0, 2.0]))); show(f(tf.constant([1.0, 2.0])))
show(len(traced)); show(box.v.name)
@tf.function
def g():
    return tf.Variable(1.0)
show(lambda: g())
late = []
@tf.function
def h(x):
    if late:
        tf.Variable(1.0)
    late.append(1)
    return x
show(h(1)); show(lambda: h(2))
""",
    "an initial value that depends on an argument is given with the first call": """
class Box: v = None
box = Box()
@tf.function
def f(x):
    if box.v is None:
        box.v = tf.Variable(x * 2)
    return box.v + x
show(f(tf.constant(1.0))); show(f(tf.constant(2.0))); show(lambda: box.v.numpy())
""",
    "Python's side effects happen while tracing only": """
log = []
count = 0
@tf.function
def f(x):
    global count
    count += 1
    log.append('traced')
    return x + count
show([f(tf.constant(1)) for _ in range(3)]); show(f(tf.constant(1.0)))
show((log, count))
""",
    "effects run in program order although nothing needs them": """
v = tf.Variable(1.0)
seen = []
def note(x):
    seen.append(float(x))
    return x
@tf.function
def f(x):
    before = v.read_value()
    v.assign(x)
    tf.py_function(note, [v], tf.float32)
    middle = v * 1
    v.assign_add(10.0)
    tf.numpy_function(note, [v.read_value()], tf.float32)
    return before, middle, v
show(f(tf.constant(5.0))); show(f(tf.constant(6.0))); show(v); show(seen)
""",
    "methods have traces of their own for each instance": """
class Counter(tf.Module):
    def __init__(self, step):
        super().__init__()
        self.step, self.traces, self.v = step, 0, tf.Variable(0)
    @tf.function
    def add(self, x=1):
        self.traces += 1
        return self.v.assign_add(self.step * x)
a, b = Counter(1), Counter(10)
show([a.add(), a.add(), b.add(), a.add(2), b.add(tf.constant(3))])
show([a.traces, b.traces, a.add.experimental_get_tracing_count(), a.v, b.v])
show([v.name for v in a.variables]); show(a.add is a.add); show(a.add is b.add)
""",
    "wrong calls name what is wrong": """
@tf.function
def f(a, b=2, *, c=3):
    return a
show(lambda: f()); show(lambda: f(1, 2, 3)); show(lambda: f(1, d=4)); show(lambda: f(1, a=4))
show(lambda: f({1, 2}))
@tf.function
def g(l):
    l.append(1)
    return 1
show(lambda: g([2]))
""",
    "a concrete function takes structured or flat arguments": """
@tf.function
def f(a, b=2, *, c=3):
    return {'x': a * b + c, 'y': [None, (a,)]}
c = f.get_concrete_function(tf.TensorSpec([], tf.float32))
x = tf.constant(2.0)
show(c(x)); show(c(a=x)); show(c(x, 2, c=3))
show(lambda: c()); show(lambda: c(x, 2)); show(lambda: c(x, z=3)); show(lambda: c(3, 4))
show(repr(c.structured_input_signature)); show(c.output_dtypes); show(repr(c.output_shapes))
show([t.dtype.name for t in c.inputs]); show(len(c.outputs)); show(c.captured_inputs)
show(c.pretty_printed_signature())
""",
    "closures are captured, small values as constants": """
small, large, v = tf.constant([2.0, 3.0]), tf.ones([200]), tf.Variable(4.0)
@tf.function
def f(x):
    return tf.reduce_sum(small) * x + tf.reduce_sum(large) * v
c = f.get_concrete_function(tf.constant(1.0))
show(f(tf.constant(1.0)))
show([(t.dtype.name, str(t.shape)) for t in c.captured_inputs])
show([v.name for v in c.variables])
v.assign(5.0)
show(f(tf.constant(1.0)))
def grads():
    with tf.GradientTape() as tape:
        tape.watch([small, large])
        y = f(tf.constant(1.0))
    return [tf.reduce_sum(g) for g in tape.gradient(y, [small, large, v])]
show(grads)
""",
    "gradients of any order flow through functions": """
v = tf.Variable(3.0)
@tf.function
def f(x, n):
    return tf.sin(x) * v ** n, x * n
def orders(x):
    found = []
    with tf.GradientTape(persistent=True) as t3:
        t3.watch(x)
        with tf.GradientTape(persistent=True) as t2:
            t2.watch(x)
            with tf.GradientTape() as t1:
                t1.watch(x)
                y, z = f(x, 2.0)
            first = t1.gradient(y, [x, v])
        second = t2.gradient(first[0], [x, v]) + [t2.gradient(first[1], v)]
    third = t3.gradient(second[0], [x, v])
    return [float(np.round(g.numpy(), 4)) for g in first + second + third]
show(lambda: orders(tf.constant(0.5)))
def one_sided():
    x = tf.constant(1.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y, z = f(x, 2.0)
    return t.gradient(z, x), t.gradient(z, v)
show(one_sided)
""",
    "gathered rows flow back as IndexedSlices out of a function": """
table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
@tf.function
def f(i):
    return tf.gather(table, i) * 2.0
def grads():
    with tf.GradientTape() as tape:
        y = f(tf.constant([2, 0, 2]))
    return tf.convert_to_tensor(tape.gradient(y, table))
show(grads)
""",
    "init_scope leaves the function": """
v = tf.Variable(1.0)
seen = []
@tf.function
def f(x):
    with tf.init_scope():
        seen.append(tf.executing_eagerly())
        v.assign_add(1.0)
    seen.append(tf.executing_eagerly())
    return x + v
show(f(tf.constant(1.0))); show(f(tf.constant(1.0))); show((seen, v))
""",
    "run_functions_eagerly runs the Python function": """
log = []
@tf.function
def f(x):
    log.append(tf.executing_eagerly())
    return x + 1
show(f(tf.constant(1)))
tf.config.run_functions_eagerly(True)
show(tf.config.functions_run_eagerly()); show([f(tf.constant(1)), f(tf.constant(1))])
tf.config.run_functions_eagerly(False)
show(f(tf.constant(1))); show(log)
""",
    "None, numbers and structures come back as tensors in their form": """
@tf.function
def f(x):
    return {'a': 's', 'b': 1, 'c': None, 'd': [x, (2.5, True)], 'e': ()}
show(f(tf.constant([1, 2]))); show(f(tf.constant([1, 2])))
show(tf.function(lambda: None)()); show(tf.function(lambda x: x)(3))
v = tf.Variable([1.0])
show(tf.function(lambda: v)())
""",
    "the same tensor may be given twice": """
@tf.function
def f(a, b):
    return a - 2 * b
x, y = tf.constant(3.0), tf.constant(4.0)
show([f(x, x), f(x, y), f(y, x), f(b=x, a=y), f(y, b=y), f(b=x, a=x)])
show(f.experimental_get_tracing_count())
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    check(PROGRAMS[name])
