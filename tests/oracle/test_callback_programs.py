"""Python functions that ops and datasets call: components that are None, variables, exceptions and results, as in TensorFlow."""

import pytest
from programs import check

KIND = r"""
import re
def kind(f):
    try: return f()
    except Exception as e:
        first = re.sub(r'^{{function_node [^}]*}} ', '', str(e).split(chr(10))[0]).partition(' [Op:')[0]
        return [type(e).__name__, re.sub(r'pyfunc_[0-9]+', 'pyfunc', first)]
"""

PROGRAMS = {
    "none components": """
D = tf.data.Dataset
pair = D.from_tensors((1, None))
show(lambda: repr(pair.element_spec))
show(lambda: list(pair))
mapped = D.range(3).map(lambda a: (a, None))
show(lambda: repr(mapped.element_spec))
show(lambda: list(mapped))
show(lambda: repr(mapped.batch(2).element_spec))
show(lambda: list(mapped.batch(2)))
show(lambda: list(mapped.batch(2).unbatch()))
show(lambda: list(D.from_tensor_slices(([1, 2], None))))
show(lambda: list(mapped.map(lambda a, b: (a + 1, b, b is None))))
show(lambda: list(D.zip((mapped, mapped))))
show(lambda: list(mapped.as_numpy_iterator()))
show(lambda: list(mapped.padded_batch(2)))
show(lambda: mapped.reduce(tf.constant(0, tf.int64), lambda s, e: s + e[0]))
show(lambda: list(mapped.filter(lambda a, b: b is None)))
show(lambda: list(mapped.flat_map(lambda a, b: D.from_tensors((a, b)))))
show(lambda: list(mapped.concatenate(mapped)))
show(lambda: list(mapped.concatenate(D.range(2).map(lambda a: (a, a)))))
show(lambda: list(D.from_tensors({'a': None, 'b': 2})))
show(lambda: list(mapped.shuffle(2, seed=1).repeat(2).take(1).prefetch(1).cache().map(lambda a, b: b is None)))
show(lambda: list(mapped.interleave(lambda a, b: D.from_tensors((b, a)))))
show(lambda: repr(v1.data.get_output_types(mapped)))
show(lambda: repr(v1.data.get_output_shapes(mapped)))
show(lambda: repr(iter(mapped).element_spec))
show(lambda: iter(mapped).get_next_as_optional().get_value())
show(lambda: list(mapped.scan(0, lambda s, e: (s + 1, (e[0], e[1])))))
show(lambda: list(D.range(2).map(lambda a: {'x': None, 'y': (a, None)})))
show(lambda: tf.function(lambda: mapped.reduce(tf.constant(0, tf.int64), lambda s, e: s + e[0]))())
""",
    "variables in maps": """
D = tf.data.Dataset
def kind(f):
    try: f()
    except Exception as e: return [type(e).__name__, str(e).strip().split(chr(10))[-1].strip()]
def mv(a):
    return a + tf.cast(tf.Variable(1), tf.int64)
show(lambda: kind(lambda: D.range(2).map(mv)))
show(lambda: kind(lambda: D.range(2).filter(lambda a: tf.Variable(True))))
show(lambda: kind(lambda: D.range(2).flat_map(lambda a: D.from_tensors(mv(a)))))
show(lambda: kind(lambda: D.range(2).reduce(np.int64(0), lambda a, b: mv(b))))
show(lambda: kind(lambda: D.range(2).scan(np.int64(0), lambda a, b: (a, mv(b)))))
outside = tf.Variable(5, dtype=tf.int64)
show(lambda: list(D.range(2).map(lambda a: a + outside)))
with tf.Graph().as_default():
    show(lambda: kind(lambda: v1.data.Dataset.range(2).map(mv)))

held = []
@tf.function
def single(a):
    if not held:
        held.append(tf.Variable(3, dtype=tf.int64))
    return a + held[0]
show(lambda: list(D.range(2).map(single)))
def first(a):
    if not made:
        made.append(tf.Variable(3, dtype=tf.int64))
    return a + made[0]
made = []
show(lambda: list(D.range(2).map(first)))
""",
    "exceptions": KIND
    + """
D = tf.data.Dataset
def gen(g, *a, **k): show(lambda: kind(lambda: list(D.from_generator(g, *a, **k))))
gen(lambda: iter(['a']), tf.int32)
gen(lambda: iter([[1, 2], [1, 2, 3]]), tf.int32, [2])
gen(lambda: iter([(1, 2), 3]), (tf.int32, tf.int32))
gen(lambda: iter([1]), output_signature=tf.TensorSpec([2], tf.int32))
gen(lambda: iter([{'b': 1}]), {'a': tf.int32})
gen(lambda: iter([None]), tf.int32)
gen(lambda: 3, tf.int32)
gen(lambda: iter([1.5]), tf.int32)
gen(lambda: iter([b'x', 'y', np.str_('z')]), tf.string)
gen(lambda: iter([(1, 2, 3)]), (tf.int32, tf.int32))
gen(lambda n: iter(range(n)), tf.int64, args=(3,))
for E in (ValueError, TypeError, MemoryError, NotImplementedError, KeyError, RuntimeError, ZeroDivisionError, IndexError, StopIteration, UnicodeError, OSError):
    def fail(x):
        raise E('boom')
    def failing():
        yield 1
        raise E('boom')
    if E is not StopIteration:  # which Python itself makes a RuntimeError
        gen(failing, tf.int32)
        gen(lambda: fail(0), tf.int32)
        show(lambda: kind(lambda: list(D.from_generator(failing, tf.int32).map(lambda x: x + 1).batch(2))))
    show(lambda: kind(lambda: tf.numpy_function(fail, [1], tf.int64)))
    show(lambda: kind(lambda: tf.py_function(fail, [1], tf.int64)))
    show(lambda: kind(lambda: tf.function(lambda: tf.py_function(fail, [1], tf.int64), autograph=False)()))
    show(lambda: kind(lambda: tf.function(lambda: tf.numpy_function(fail, [1], tf.int64), autograph=False)()))
    with tf.Graph().as_default(), v1.Session() as s:
        y = v1.py_func(fail, [1], tf.int64)
        z = tf.py_function(fail, [1], tf.int64)
        for f in (y, z):
            try: s.run(f)
            except Exception as e:
                show(type(e).__name__); show(any(l == type(E('boom')).__name__ + ': ' + str(E('boom')) for l in str(e).split(chr(10))))
def own(x):
    raise tf.errors.NotFoundError(None, None, 'nf')
show(lambda: kind(lambda: tf.py_function(own, [1], tf.int64)))
show(lambda: kind(lambda: tf.numpy_function(own, [1], tf.int64)))
show(lambda: kind(lambda: tf.function(lambda: tf.py_function(own, [1], tf.int64), autograph=False)()))
""",
    "results": KIND
    + """
values = [1, 1.5, None, [1, 2], (1, 2), np.float32(2), 'a', b'a', np.int32(3), [[1, 2], [3]], np.array([1, 2]), [], (), True, [np.float32(1), 2], np.array(['x', b'yz']), [[1, 2]], [1, 2.5], np.zeros([0, 2])]
for val in values:
    for T in [tf.int64, tf.int32, tf.float32, tf.string, [tf.int64], [tf.int64, tf.int64], [tf.float32, tf.float64], []]:
        show(('value', repr(val), repr(T)))
        show(lambda: kind(lambda: tf.numpy_function(lambda: val, [], T)))
        show(lambda: kind(lambda: tf.py_function(lambda: val, [], T)))
        if T != []:
            show(lambda: kind(lambda: tf.function(lambda: tf.numpy_function(lambda: val, [], T), autograph=False)()))
            show(lambda: kind(lambda: tf.function(lambda: tf.py_function(lambda: val, [], T), autograph=False)()))
""",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_program(program):
    check(PROGRAMS[program])
