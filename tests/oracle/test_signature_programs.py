"""Input signatures show the same with Ferroflow and with TensorFlow: what they bind, refuse and name."""

import pytest
from programs import check

PROGRAMS = {
    "self has no spec": """
class Net:
    @tf.function(input_signature=[tf.TensorSpec([None])])
    def double(self, x):
        return x * 2

    @staticmethod
    @tf.function(input_signature=[tf.TensorSpec([None])])
    def triple(x):
        return x * 3

    @classmethod
    @tf.function(input_signature=[tf.TensorSpec([None])])
    def negate(self, x):
        return -x
net = Net()
show([net.double([1.0]), net.double(tf.constant([1.0, 2.0])), net.double.experimental_get_tracing_count()])
show(net.double.get_concrete_function()(tf.constant([1.0])))
show([Net.triple([2.0]), Net.negate([2.0])])
show(lambda: net.double(tf.constant([1])))
show(lambda: net.double([[1.0]]))
""",
    "defaults beside a signature are constants": """
@tf.function(input_signature=[tf.TensorSpec([None])])
def f(x, flag=True, *, times=1):
    return (x + 1 if flag else x - 1) * times
show([f([1.0]), f([1.0], True), f([1.0], flag=True, times=1)])
show(lambda: f([1.0], False))
show(lambda: f([1.0], times=2))
show(f.get_concrete_function().structured_input_signature)
""",
    "variable arguments are as many as the signature says": """
@tf.function(input_signature=[tf.TensorSpec([None]), tf.TensorSpec([])])
def f(*parts):
    return parts[0] + parts[1]
show([f([1.0], 2.0)])
show(lambda: f([1.0]))
show(lambda: f([1.0], 2.0, 3.0))
show(f.get_concrete_function().structured_input_signature)
""",
    "keywords that the signature does not name are refused": """
@tf.function(input_signature=[tf.TensorSpec([None])])
def f(x, **rest):
    return x
show(f([1.0]))
show(lambda: f([1.0], z=1))
""",
    "structures in a signature are cast part by part": """
scalar = tf.TensorSpec([])
@tf.function(input_signature=[[scalar, scalar], {'a': tf.TensorSpec([], tf.int32)}])
def f(x, d):
    return x[0] + x[1], d['a']
show([f([3.0, 1.0], {'a': 2})])
for args in (([3.0, 1.0], {'b': 2}), ((3.0, 1.0), {'a': 2}), ([1.0, 2.0], 3), ([1.0, 2.0], {'a': [1]})):
    show(lambda: f(*args))
show(f.get_concrete_function().structured_input_signature)
""",
    "parts of structures are named by their path": """
import collections
Pair = collections.namedtuple('Pair', 'u v')
scalar = tf.TensorSpec([])
@tf.function
def f(x, d):
    return x[0] + d['c c']
c = f.get_concrete_function(Pair(scalar, [scalar, (scalar,)]), {'c c': scalar, 'd/e': scalar})
show(c.structured_input_signature)
show([i.name for i in c.inputs])
show(f.get_concrete_function(Pair(tf.TensorSpec([], name='hi'), [scalar]), {'c c': scalar}).structured_input_signature)
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    check(PROGRAMS[name])
