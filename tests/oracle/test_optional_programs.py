"""Optionals show the same with Ferroflow and with TensorFlow: by themselves, in datasets, functions and graphs."""

from programs import check

PROGRAM = r"""
import re
def kind(f):
    try: return f()
    except Exception as e:
        return [type(e).__name__, re.sub(r'^{{function_node [^}]*}} ', '', str(e).split(chr(10))[0]).partition(' [Op:')[0]]
O = tf.experimental.Optional
show(lambda: repr(tf.OptionalSpec(tf.TensorSpec([2], tf.int32))))
show(lambda: tf.OptionalSpec(tf.TensorSpec([2], tf.int32)) == tf.OptionalSpec(tf.TensorSpec([2], tf.int32)))
one = O.from_value(3)
none = O.empty(tf.TensorSpec([], tf.int32))
show(lambda: one.has_value())
show(lambda: one.get_value())
show(lambda: repr(one.element_spec))
show(lambda: none.has_value())
show(lambda: kind(none.get_value))
show(lambda: repr(none.element_spec))
nested = O.from_value({'a': (1, 2.5), 'b': 'x', 'c': [1, 2]})
show(lambda: nested.get_value())
show(lambda: repr(nested.element_spec))
show(lambda: O.from_value((1, None)).get_value())
sparse = tf.SparseTensor([[0]], [1.], [2])
show(lambda: O.from_value(sparse).get_value().values)
show(lambda: [bool(x.has_value()) for x in tf.data.Dataset.from_tensors(one)])
show(lambda: [x.get_value() for x in tf.data.Dataset.from_tensors((one, 1)).map(lambda o, n: o)])
show(lambda: list(tf.data.Dataset.range(3).map(lambda n: O.from_value(n * 2)).map(lambda o: o.get_value())))
show(lambda: repr(tf.data.Dataset.range(3).map(lambda n: O.from_value(n * 2)).element_spec))
show(lambda: list(tf.data.Dataset.range(2).map(lambda n: O.empty(tf.TensorSpec([], tf.int64))).map(lambda o: o.has_value())))
show(lambda: kind(lambda: list(tf.data.Dataset.range(2).map(lambda n: none.get_value())))[0])
show(lambda: list(tf.data.Dataset.range(4).map(lambda n: tf.cond(n % 2 == 0, lambda: O.from_value(n), lambda: O.empty(tf.TensorSpec([], tf.int64)))).filter(lambda o: o.has_value()).map(lambda o: o.get_value())))
it = iter(tf.data.Dataset.range(1))
first = it.get_next_as_optional()
show(lambda: first.get_value())
after = it.get_next_as_optional()
show(lambda: after.has_value())
show(lambda: kind(after.get_value))
f = tf.function(lambda o: o.get_value() + 1, autograph=False)
show(lambda: f(one))
show(lambda: kind(lambda: f(none)))
g = tf.function(lambda x: O.from_value(x), autograph=False)
show(lambda: g(tf.constant(4)).get_value())
show(lambda: kind(lambda: O.from_value(object)))
show(lambda: isinstance(one, tf.experimental.Optional))
show(lambda: repr(tf.OptionalSpec.from_value(one)))
show(lambda: tf.OptionalSpec(tf.TensorSpec([None], tf.int32)).is_compatible_with(O.from_value([1])))
show(lambda: kind(lambda: O())[0])
with tf.Graph().as_default(), v1.Session() as s:
    x = v1.placeholder(tf.int32, [])
    o = O.from_value(x)
    show(lambda: s.run([o.has_value(), o.get_value()], {x: 5}))
    show(lambda: o.get_value())
    e = O.empty(tf.TensorSpec([], tf.int32))
    show(lambda: s.run(e.has_value()))
    i = v1.data.make_initializable_iterator(v1.data.Dataset.range(1))
    n = i.get_next_as_optional()
    s.run(i.initializer)
    h = n.has_value()
    show(lambda: [s.run(h), s.run(h)])
"""


def test_optionals():
    check(PROGRAM)
