"""Programs that build graphs and run sessions show the same with Ferroflow and with TensorFlow."""

import pytest
from programs import check

PROGRAMS = {
    "elements": """
g = tf.Graph()
with g.as_default():
    x = v1.placeholder(tf.float32, name='x')
    other = tf.Graph()
    with other.as_default():
        q = tf.constant(1)
    show(lambda: g.get_operation_by_name('nope'))
    show(lambda: g.get_operation_by_name(3))
    show(lambda: g.get_tensor_by_name('nope'))
    show(lambda: g.get_tensor_by_name('nope:0'))
    show(lambda: g.get_tensor_by_name('x:5'))
    show(lambda: g.get_tensor_by_name('x'))
    show(lambda: g.get_tensor_by_name(3))
    show(lambda: g.as_graph_element('x:a'))
    show(lambda: g.as_graph_element('x:0', allow_tensor=False))
    show(lambda: g.as_graph_element('x', allow_operation=False))
    show(lambda: g.as_graph_element('x:0'))
    show(lambda: g.as_graph_element(x))
    show(lambda: g.as_graph_element(3))
    show(lambda: g.as_graph_element(3, allow_tensor=False))
    show(lambda: g.as_graph_element(q))
    show(lambda: g.as_graph_element(x, allow_tensor=False, allow_operation=False))
    show(lambda: g.get_operations())
    show(lambda: g.version)
    show(lambda: x.eval())
    show(lambda: x.op.run())
    g.finalize()
    show(lambda: tf.constant(1))
""",
    "names": """
g = tf.Graph()
def scope(*a):
    with v1.name_scope(*a) as s:
        return s
with g.as_default():
    show(lambda: tf.constant(1, name='a').name)
    show(lambda: tf.constant(1, name='a').name)
    show(lambda: tf.constant(1, name='A').name)
    show(lambda: scope('s'))
    show(lambda: scope('s'))
    show(lambda: scope('a b'))
    show(lambda: scope('s/'))
    show(lambda: scope(None, 'd'))
    show(lambda: scope(None))
    show(lambda: scope(''))
    show(lambda: scope(None, 3))
    with tf.name_scope('q') as q:
        show(lambda: tf.constant(1, name='a').name)
        show(lambda: g.get_name_scope())
        show(lambda: g.unique_name('a'))
        show(lambda: g.unique_name('a', mark_as_used=False))
        show(lambda: scope('a b'))
        with tf.name_scope('r'):
            show(lambda: tf.constant(1, name='z').name)
            with tf.name_scope(q):
                show(lambda: tf.constant(1, name='w').name)
        with v1.name_scope(None):
            show(lambda: tf.constant(1, name='w').name)
    with g.name_scope('q') as q:
        show(q)
    x = v1.placeholder(tf.float32, name='x')
    show(lambda: (x + 1).name)
    show(lambda: (x * x).name)
    show(lambda: tf.add(x, 2., name='mm').name)
    show(lambda: [o.name for o in g.get_operations()])
show(lambda: v1.name_scope('x', values=[x]).__enter__())
show(lambda: tf.name_scope(3))
""",
    "devices": """
with tf.Graph().as_default() as g:
    with tf.device('/job:ps'):
        show(lambda: tf.constant(1).device)
        with tf.device('/gpu:0'):
            show(lambda: tf.constant(1).device)
        with tf.device(None):
            show(lambda: tf.constant(1).device)
    with v1.device(lambda op: '/cpu:1' if op.type == 'Const' else ''):
        x = tf.constant(1)
        show(lambda: x.device)
        show(lambda: (x + x).device)
    with v1.colocate_with(x):
        y = tf.constant(2)
    show(lambda: y.op.colocation_groups())
    show(lambda: x.op.colocation_groups())
    show(lambda: tf.device(lambda op: ''))
    with g.container('c1'):
        v = tf.raw_ops.VarHandleOp(dtype=tf.float32, shape=[])
    show(lambda: v.op.get_attr('container'))
""",
    "control dependencies": """
def inside(inputs):
    with tf.control_dependencies(inputs):
        return tf.constant(1).op.control_inputs
with tf.Graph().as_default() as g:
    a = tf.no_op(name='a')
    b = tf.no_op(name='b')
    x = tf.constant(1, name='x')
    show(lambda: inside([a]))
    show(lambda: inside([x, b]))
    show(lambda: inside([]))
    show(lambda: inside([3]))
    show(lambda: inside(3))
    with tf.control_dependencies([a]):
        show(lambda: inside([b]))
        show(lambda: inside(None))
    other = tf.Graph()
    with other.as_default():
        q = tf.constant(1)
    show(lambda: inside([q]))
""",
    "collections": """
g = tf.Graph()
with g.as_default():
    v1.add_to_collection('a', 1)
    v1.add_to_collection('a', 2)
    v1.add_to_collections(['b', 'c'], 3)
    show(lambda: v1.get_collection('a'))
    show(lambda: v1.get_collection_ref('b'))
    v1.get_collection_ref('b').append(4)
    show(lambda: v1.get_collection('b'))
    show(lambda: sorted(g.get_all_collection_keys()))
    x = tf.constant(1, name='s/x')
    v1.add_to_collection('t', x)
    show(lambda: v1.get_collection('t', 's'))
    show(lambda: v1.get_collection('t', 'q'))
    show(lambda: v1.get_collection('none'))
    g.clear_collection('a')
    show(lambda: v1.get_collection('a'))
    show(lambda: v1.GraphKeys.GLOBAL_VARIABLES)
""",
    "session": """
g = tf.Graph()
with g.as_default():
    x = v1.placeholder(tf.float32, name='x')
    y = v1.placeholder(tf.float32, [None, 2], name='y')
    z = x + 1
    with tf.Graph().as_default():
        q = tf.constant(1)
show(lambda: v1.get_default_session())
s = v1.Session(graph=g)
import collections
P = collections.namedtuple('P', 'a b')
show(lambda: s.run(z, {x: 1}))
show(lambda: s.run([z, (z, 'x:0'), {'k': z}], {x: [1, 2]}))
show(lambda: s.run(P(z, x), {x: 2.})._fields)
show(lambda: s.run(z.op, {x: 1}))
show(lambda: s.run('add', {x: 1}))
show(lambda: s.run(z, {z: 5}))
show(lambda: s.run(z, {'x:0': 5}))
show(lambda: s.run([], {}))
show(lambda: s.run(3))
show(lambda: s.run(None))
show(lambda: s.run('nope'))
show(lambda: s.run('nope:0'))
show(lambda: s.run(q))
show(lambda: s.run(z, feed_dict={q: 1}))
show(lambda: s.run(z, feed_dict={3: 1}))
show(lambda: s.run(z, feed_dict={'zz:0': 1}))
show(lambda: s.run(z, feed_dict={x: z}))
show(lambda: s.run(y, feed_dict={y: [1, 2, 3]}))
show(lambda: s.run(y, feed_dict={y: [[1, 2, 3]]}))
show(lambda: s.run(y, feed_dict={y: [[1, 2]]}))
show(lambda: s.make_callable(z, [x])(3))
with s.as_default():
    show(lambda: z.eval({x: 3}))
    show(lambda: z.op.run({x: 3}))
    show(lambda: q.eval())
    show(lambda: q.op.run())
    show(lambda: v1.get_default_session() is s)
show(lambda: z.eval({x: 1}, session=s))
show(lambda: q.eval(session=s))
s.close()
show(lambda: s.run(z, {x: 1}))
show(lambda: v1.Session(graph=3))
show(lambda: v1.Session(target=3))
show(lambda: v1.Session(config=3))
with v1.Session(graph=g) as t:
    show(lambda: t.graph is g)
    show(lambda: v1.get_default_graph() is g)
    show(lambda: (z * 2).eval({x: 1}))
show(lambda: v1.get_default_session())
i = v1.InteractiveSession(graph=g)
show(lambda: z.eval({x: 4}))
i.close()
show(lambda: v1.get_default_session())
""",
    "conversion": """
def convert():
    show(lambda: tf.convert_to_tensor(tf.TensorShape([1, None])))
    show(lambda: tf.convert_to_tensor(object))
    show(lambda: tf.convert_to_tensor(None))
    show(lambda: tf.convert_to_tensor({1: 2}))
    show(lambda: tf.convert_to_tensor([1, 2], tf.float32).dtype.name)
    show(lambda: tf.convert_to_tensor(1.5, tf.int32))
    show(lambda: tf.convert_to_tensor('a', tf.int32))
    show(lambda: tf.convert_to_tensor(3, dtype_hint=tf.float64).dtype.name)
    show(lambda: tf.convert_to_tensor(3.5, dtype_hint=tf.int32).dtype.name)
    show(lambda: tf.convert_to_tensor(tf.constant(1), tf.float32).dtype.name)
convert()
with tf.Graph().as_default():
    show(lambda: tf.convert_to_tensor(tf.float32))
    show(lambda: tf.convert_to_tensor(tf.TensorShape([1, None])))
    show(lambda: tf.convert_to_tensor(None))
class A:
    pass
tf.register_tensor_conversion_function(A, lambda value, dtype=None, name=None, as_ref=False: tf.constant(5, dtype))
show(lambda: tf.convert_to_tensor(A()))
show(lambda: tf.constant(1) + A())
class B:
    def __tf_tensor__(self, dtype=None, name=None):
        return tf.constant(7)
show(lambda: tf.convert_to_tensor(B()))
class C:
    def __array__(self, dtype=None, copy=None):
        return np.array([1, 2], np.int16)
show(lambda: tf.convert_to_tensor(C()))
show(lambda: tf.register_tensor_conversion_function(3, lambda: 1))
show(lambda: tf.register_tensor_conversion_function(A, 3))
show(lambda: tf.register_tensor_conversion_function(int, lambda: 1))
""",
    "import": """
g = tf.Graph()
with g.as_default():
    a = v1.placeholder(tf.float32, [2], name='a')
    b = tf.constant([1., 2.], name='b')
    c = tf.add(a, b, name='c')
    d = tf.multiply(c, 2., name='d')
gd = g.as_graph_def()
with tf.Graph().as_default() as h:
    show(lambda: tf.import_graph_def(gd))
    show(lambda: [o.name for o in h.get_operations()])
    show(lambda: tf.import_graph_def(gd, name='', return_elements=['d:0', 'c']))
    x = tf.constant([3., 4.], name='k')
    show(lambda: tf.import_graph_def(gd, input_map={'a:0': x}, return_elements=['d:0'], name='m'))
    show(lambda: tf.import_graph_def(gd, input_map={'a': x}, return_elements=['d:0'], name='m'))
    show(lambda: v1.Session().run('m/d:0'))
    show(lambda: tf.import_graph_def(gd, input_map={'zz:0': x}, name='e1'))
    show(lambda: tf.import_graph_def(gd, return_elements=['zz:0'], name='e2'))
    show(lambda: tf.import_graph_def(gd, return_elements=['zz'], name='e3'))
    show(lambda: tf.import_graph_def(gd, return_elements=['d:7'], name='e4'))
    show(lambda: tf.import_graph_def(gd, return_elements=[3]))
    show(lambda: tf.import_graph_def(3))
    show(lambda: tf.import_graph_def(gd, input_map=3))
    def broken(change):
        bad = v1.GraphDef()
        bad.CopyFrom(gd)
        change(bad)
        return tf.import_graph_def(bad, return_elements=['c'], name='bad')[0]
    show(lambda: broken(lambda g: g.node[2].input.__setitem__(0, 'nope')))
    show(lambda: broken(lambda g: g.node[2].input.__setitem__(0, 'a:3')))
    show(lambda: broken(lambda g: g.node[2].input.insert(0, '^b')))
    show(lambda: broken(lambda g: setattr(g.node[1], 'name', 'a')))
    show(lambda: broken(lambda g: setattr(g.node[2].attr['_foo'], 'i', 3)).get_attr('_foo'))
    show(lambda: broken(lambda g: g.node[2].input.append('^b')).control_inputs)
""",
    "graph_util": """
g = tf.Graph()
with g.as_default():
    a = v1.placeholder(tf.float32, [2], name='a')
    c = tf.add(a, tf.constant([1., 2.], name='b'), name='c')
    d = tf.multiply(c, 2., name='d')
    w = v1.get_variable('w', [2], initializer=v1.ones_initializer(), use_resource=False)
    y = tf.identity(w + d, name='y')
    init = v1.global_variables_initializer()
gd = g.as_graph_def()
u = v1.graph_util
show(lambda: [n.name for n in u.extract_sub_graph(gd, ['c']).node])
show(lambda: u.extract_sub_graph(gd, 'c'))
show(lambda: u.extract_sub_graph(gd, ['q']))
show(lambda: u.must_run_on_cpu(gd.node[0]))
show(lambda: str(u.tensor_shape_from_node_def_name(g, 'c')))
with v1.Session(graph=g) as s:
    s.run(init)
    out = u.convert_variables_to_constants(s, gd, ['y'])
    show(lambda: [(n.name, n.op, list(n.input)) for n in out.node])
    show(lambda: [(n.name, list(n.input)) for n in u.remove_training_nodes(out, ['y']).node])
""",
    "operations": """
with tf.Graph().as_default() as g:
    p = v1.placeholder(tf.float32, [None, 2], name='p')
    x = tf.constant(1, name='x')
    show(lambda: x.op.get_attr('foo'))
    show(lambda: x.op.get_attr('dtype').name)
    show(lambda: str(p.op.get_attr('shape')))
    show(lambda: str(x.op.get_attr('value')))
    show(lambda: x.op.values())
    show(lambda: sorted(str(x.op.node_def).split('\\n')))
    show(lambda: x.op.op_def.name)
    show(lambda: (x + x).op.inputs)
    show(lambda: p.consumers())
    show(lambda: p == p)
    show(lambda: hash(p) == hash(p))
    show(lambda: p.ref() == p.ref())
    show(lambda: x.op.name)
    show(lambda: str(x))
    show(lambda: repr(p))
    show(lambda: repr(x.op))
    show(lambda: p.ndim)
    show(lambda: g.is_feedable(p))
    g.prevent_feeding(p)
    show(lambda: g.is_feedable(p))
    show(lambda: g.is_fetchable(x))
    show(lambda: g.seed)
    show(lambda: tf.get_static_value(x))
    show(lambda: tf.get_static_value(p))
    show(lambda: sorted(str(g.as_graph_def().node[0]).split('\\n')))
    show(lambda: sorted(str(g.as_graph_def(add_shapes=True).node[0]).split('\\n')))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    check(PROGRAMS[name])
