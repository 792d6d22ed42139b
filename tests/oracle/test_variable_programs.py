"""Programs with variables show the same with Ferroflow and with TensorFlow."""

import pytest
from programs import check

PROGRAMS = {
    "eager": """
V = tf.Variable
v = V([1., 2., 3.])
show(lambda: repr(v))
show(lambda: v.assign([1., 2.]))
show(lambda: v.assign([1, 2, 3.]))
show(lambda: repr(v.assign([1., 2., 4.])))
show(lambda: v.assign([1., 2., 3.], read_value=False))
show(lambda: v.assign_add([1., 1., 2.]))
show(lambda: v.assign_sub([1., 1., 2.]))
show(lambda: v[1:2].assign([9.]))
show(lambda: v[0].assign(7.))
show(lambda: v[-1])
show(lambda: hash(v))
show(lambda: v == v)
show(lambda: v.name)
show(lambda: v.scatter_update(tf.IndexedSlices([5.], [0])))
show(lambda: v.scatter_add(tf.IndexedSlices([5., 1.], [0, 0])))
show(lambda: v.scatter_sub(tf.IndexedSlices([5.], [0])))
show(lambda: v.scatter_mul(tf.IndexedSlices([2.], [0])))
show(lambda: v.scatter_div(tf.IndexedSlices([2.], [0])))
show(lambda: v.scatter_max(tf.IndexedSlices([100.], [1])))
show(lambda: v.scatter_min(tf.IndexedSlices([-100.], [1])))
show(lambda: v.scatter_add(3))
show(lambda: v.scatter_nd_update([[0]], [7.]))
show(lambda: v.scatter_nd_add([[0]], [7.]))
show(lambda: v.scatter_nd_sub([[0]], [7.]))
show(lambda: v.gather_nd([[0]]))
show(lambda: v.sparse_read([1]))
show(lambda: v.batch_scatter_update(tf.IndexedSlices([4., 5.], [0, 2])))
show(lambda: v.initializer)
show(lambda: v.initial_value)
show(lambda: v.op)
show(lambda: v.graph)
show(lambda: v.value())
show(lambda: v.read_value())
show(lambda: v.eval())
show(lambda: v.trainable)
show(lambda: str(v.shape))
show(lambda: v.constraint)
show(lambda: v.aggregation.value)
show(lambda: v.synchronization.value)
show(lambda: v.is_initialized())
show(lambda: repr(V(3, name='n')))
show(lambda: V())
show(lambda: V(None))
show(lambda: V(lambda: 3., dtype=tf.float64).dtype.name)
show(lambda: repr(V([1, 2], shape=tf.TensorShape(None))))
show(lambda: V([1, 2], shape=[3]))
show(lambda: repr(V('a')))
show(lambda: repr(V([['a', 'b']])))
u = V([1, 2], shape=tf.TensorShape([None]))
show(lambda: u.assign([1, 2, 3]))
show(lambda: str(u.shape))
show(lambda: v + 1)
show(lambda: 1 + v)
show(lambda: list(v))
show(lambda: bool(V(True)))
show(lambda: float(V(2.)))
show(lambda: int(V(2)))
show(lambda: [1, 2, 3][V(1)])
show(lambda: np.array(v))
show(lambda: -v)
show(lambda: v < 2)
show(lambda: abs(v))
show(lambda: v ** 2)
show(lambda: v // 2)
show(lambda: v % 2)
show(lambda: V([[1., 2.]]) @ V([[1.], [2.]]))
def add():
    w = v
    w += 1.
show(add)
show(lambda: len(v))
show(lambda: {v: 1})
show(lambda: v.ref().deref() is v)
show(lambda: len({v.ref(), v.ref()}))
show(lambda: str(v.get_shape()))
show(lambda: v.numpy())
show(lambda: V(3., dtype=tf.int32))
show(lambda: V(tf.constant(3.), dtype=tf.int32))
show(lambda: V(1., constraint=3))
show(lambda: V(1, dtype='foo'))
show(lambda: V([1., 2.], aggregation=5))
show(lambda: V(3, synchronization=9))
show(lambda: v.nope)
show(lambda: V(tf.Variable(3.)))
import copy, pickle
show(lambda: repr(copy.deepcopy(v)))
show(lambda: repr(copy.copy(v)))
show(lambda: repr(pickle.loads(pickle.dumps(V([1., 2.], name='p')))))
c = copy.deepcopy(v)
c.assign([0., 0., 0.])
show(lambda: v)
show(lambda: tf.convert_to_tensor(v, tf.int32))
show(lambda: isinstance(v, v1.Variable))
show(lambda: isinstance(v, tf.Variable))
show(lambda: V(1., trainable=False).trainable)
show(lambda: V(1., synchronization=tf.VariableSynchronization.ON_READ).trainable)
with tf.name_scope('s'):
    show(lambda: V(1., name='x').name)
""",
    "graph": """
with tf.Graph().as_default() as g:
    v = tf.Variable([1., 2.], name='v')
    r = v1.Variable([1., 2.], name='r', use_resource=False)
    f = v1.Variable(lambda: tf.constant([1., 1.]), name='f')
    show(lambda: [o.name for o in g.get_operations()])
    show(lambda: [repr(x) for x in (v, r, f)])
    show(lambda: v1.global_variables())
    show(lambda: [x.name for x in v1.trainable_variables()])
    init = v1.global_variables_initializer()
    show(lambda: sorted(o.name for o in init.control_inputs))
    show(lambda: v1.assign(v, [3., 4.]).name)
    show(lambda: v1.assign(r, [3., 4.]))
    show(lambda: v1.assign(r, [3., 4., 5.]))
    show(lambda: r.assign_add([3., 3.]))
    show(lambda: r.dtype.name)
    show(lambda: r.value())
    show(lambda: v.op)
    show(lambda: r.op)
    show(lambda: v.initializer)
    show(lambda: r.initializer)
    show(lambda: r == r)
    show(lambda: hash(v) == id(v))
    show(lambda: v.numpy())
    show(lambda: r.to_proto().snapshot_name)
    show(lambda: v.to_proto().initial_value_name)
    def add():
        q = r
        q += 1
        return str(q.shape)
    show(add)
    x = v1.placeholder(tf.float32)
    show(lambda: repr(v1.Variable(x, validate_shape=False)))
    show(lambda: repr(v1.Variable(x, validate_shape=False, use_resource=False)))
    show(lambda: v1.Variable(x, use_resource=False))
    show(lambda: tf.convert_to_tensor(r, tf.int32))
    show(lambda: list(r))
    show(lambda: v1.Variable(1., collections=3))
    with v1.Session() as s:
        s.run([v.initializer, r.initializer, f.initializer])
        show(lambda: s.run([v, r, f]))
        show(lambda: s.run(v.assign([5., 6.])))
        show(lambda: s.run(v1.assign(r, [5., 6.])))
        show(lambda: s.run(v1.assign_add(v, [5., 6.])))
        show(lambda: s.run(v1.assign_sub(r, [5., 6.])))
        show(lambda: s.run(v[:1].assign([0.])))
        show(lambda: v.eval())
        show(lambda: r.eval())
        v.load([8., 9.])
        r.load([8., 9.])
        show(lambda: s.run([v, r]))
        show(lambda: s.run(v1.scatter_update(v, [0], [1.])))
        show(lambda: s.run(v1.scatter_add(v, [0, 0], [1., 1.])))
    with v1.Session() as s:
        show(lambda: s.run(r))
""",
    "names": """
with tf.Graph().as_default() as g:
    def get(*a, **k):
        return repr(v1.get_variable(*a, **k))
    with v1.variable_scope('a') as s:
        w = v1.get_variable('w', [2, 3])
        show(lambda: [o.name for o in g.get_operations()])
        show(lambda: get('w', [2, 3]).split('Originally')[0])
        show(lambda: get('b'))
        show(lambda: get('b', [None, 2]))
        show(lambda: get('c', [2], initializer=tf.constant([1., 2.])))
        show(lambda: get('d', initializer=[1, 2]))
        show(lambda: get('d3', [2], dtype=tf.int32))
        show(lambda: get('d4', [2], dtype=tf.string))
        show(lambda: get('d5', [2], dtype=tf.bool))
        show(lambda: get('e', [2], initializer=3))
        show(lambda: get('e2', 3))
        show(lambda: get('e3', [], initializer=v1.ones_initializer))
        show(lambda: get('e4', [2], initializer=lambda shape, dtype: tf.zeros(shape, dtype)))
        show(lambda: get('e5', initializer=lambda: tf.zeros([7])))
        s.reuse_variables()
        show(lambda: v1.get_variable('w', [2, 3]) is w)
        show(lambda: get('w', [3, 3]))
        show(lambda: get('w', [2, 3], dtype=tf.float64))
        show(lambda: get('nope', [2, 3]))
    with v1.variable_scope('a', reuse=v1.AUTO_REUSE):
        show(lambda: v1.get_variable('w') is w)
        show(lambda: v1.get_variable('nn', [1]).name)
        show(lambda: tf.constant(1, name='x').name)
    def scope(*a, **k):
        with v1.variable_scope(*a, **k) as s:
            return s.name, s.original_name_scope, s.reuse
    show(lambda: scope(None))
    show(lambda: scope(3))
    show(lambda: scope(''))
    show(lambda: scope('a/b'))
    show(lambda: scope(None, 'd'))
    show(lambda: scope(None, 'd'))
    show(lambda: scope('q', reuse=3))
    show(lambda: scope('a/b'))
    show(lambda: scope('x', auxiliary_name_scope=False))
    show(lambda: scope('x', reuse=True))
    with v1.variable_scope('o') as o:
        pass
    show(lambda: scope(o))
    with v1.variable_scope('p'):
        with v1.variable_scope(o) as oo:
            show(lambda: (oo.name, oo.original_name_scope, v1.get_variable('z', [1]).name, tf.constant(1).name))
        show(lambda: scope(None, 'd'))
        with v1.variable_scope('in', initializer=v1.constant_initializer(3.), dtype=tf.float64) as i:
            show(lambda: v1.get_variable('k', [2]).dtype.name)
            show(lambda: i.initializer is not None)
    with tf.name_scope('nm'):
        show(lambda: v1.get_variable('zz', [1]).name)
    show(lambda: v1.get_variable_scope().name)
    show(lambda: [x.name for x in v1.global_variables('p')])
    show(lambda: v1.get_local_variable('loc', [1]).name)
    show(lambda: [x.name for x in v1.local_variables()])
    def getter(getter, name, *args, **kwargs):
        return getter(name + '_got', *args, **kwargs)
    with v1.variable_scope('cg', custom_getter=getter):
        show(lambda: v1.get_variable('v', [1]).name)
        with v1.variable_scope('cg2', custom_getter=getter):
            show(lambda: v1.get_variable('v', [1]).name)
    with v1.variable_scope('rg', regularizer=lambda x: tf.reduce_sum(x)):
        v1.get_variable('v', [1])
        v1.get_variable('u', [1], regularizer=v1.no_regularizer)
    show(lambda: len(v1.get_collection('regularization_losses')))
    with v1.variable_scope('part', partitioner=v1.fixed_size_partitioner(2)):
        pv = v1.get_variable('pp', [5, 2])
    show(lambda: [x.name for x in pv])
    show(lambda: [str(x.shape) for x in pv])
    show(lambda: pv.name)
    show(lambda: tf.convert_to_tensor(pv))
    show(lambda: v1.min_max_variable_partitioner(4, 0, 16)(shape=tf.TensorShape([8, 4]), dtype=tf.float32))
    show(lambda: v1.variable_axis_size_partitioner(32)(shape=tf.TensorShape([8, 4]), dtype=tf.float32))
    def made(next_creator, **kwargs):
        kwargs['name'] = 'changed'
        return next_creator(**kwargs)
    with tf.variable_creator_scope(made):
        show(lambda: v1.Variable(1.).name)
        show(lambda: tf.Variable(1.).name)
""",
    "initializers": """
def values(tensor):
    with v1.Session() as s:
        return s.run(tensor)
for make in ("v1.zeros_initializer()", "v1.ones_initializer()", "v1.constant_initializer(2.5)",
             "v1.constant_initializer([1, 2])", "v1.random_uniform_initializer(-1, 2, seed=3)",
             "v1.random_normal_initializer(1., 2., seed=3)", "v1.truncated_normal_initializer(0., 2., seed=3)",
             "v1.glorot_uniform_initializer(seed=3)", "v1.glorot_normal_initializer(seed=3)",
             "v1.variance_scaling_initializer(2., 'fan_out', 'uniform', seed=3)",
             "v1.uniform_unit_scaling_initializer(seed=3)", "v1.glorot_uniform_initializer()"):
    for shape in ([2, 3], [2, 3, 4], [3]):
        with tf.Graph().as_default():
            v1.set_random_seed(7)
            show(lambda: values(eval(make)(shape)))
            show(lambda: str(sorted(eval(make).get_config())))
show(lambda: v1.variance_scaling_initializer(-1.))
show(lambda: v1.variance_scaling_initializer(1., 'x'))
show(lambda: v1.variance_scaling_initializer(1., 'fan_in', 'x'))
show(lambda: v1.constant_initializer({}))
show(lambda: v1.random_normal_initializer(dtype=tf.int32))
v1.set_random_seed(5)
show(lambda: tf.random_normal_initializer(seed=1)([2, 2]))
show(lambda: tf.random_uniform_initializer()([2, 2]))
show(lambda: tf.zeros_initializer()([2], tf.int32))
show(lambda: tf.ones_initializer()([2], tf.string))
show(lambda: tf.constant_initializer([1, 2])([2]))
show(lambda: tf.constant_initializer([1, 2])([3]))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    check(PROGRAMS[name])
