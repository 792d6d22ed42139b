"""The ways to run an op: eagerly, in a session (optimised or not), in a traced function. For any module with TensorFlow's API."""

import numpy as np

from ferroflow.framework.func_graph import trace

# What is known of an array's shape: all, the rank, or nothing.
KNOWN = {"all": lambda x: x.shape, "rank": lambda x: [None] * x.ndim, "none": lambda x: None}


class Engines:
    """Runs cases with `tf`, which is Ferroflow or TensorFlow."""

    def __init__(self, tf):
        self.tf = tf

    def function(self, case):
        """The raw op of a case."""
        return getattr(self.tf.raw_ops, case.op["name"])

    def attrs(self, case):
        """The attributes as the raw op takes them."""
        out = {}
        kinds = {attr["name"]: attr["type"] for attr in case.op["attrs"]}
        for name, value in case.attrs.items():
            out[name] = self.tf.make_tensor_proto(value) if kinds[name] == "tensor" else value
        return out

    def call(self, case, flat):
        """The flat outputs of the op for the flat inputs."""
        names = dict(case.op["parameters"])
        arguments = case.with_flat_inputs(flat) | self.attrs(case)
        result = self.function(case)(**{names[name]: value for name, value in arguments.items()})
        return flatten(result)

    def constants(self, case):
        """The inputs as constants, flat."""
        return [self.tf.constant(x) for x in case.flat_inputs()]

    def eager(self, case):
        """Values of the outputs, run at once."""
        return [out.numpy() for out in self.call(case, self.constants(case))]

    def outcome(self, engine, case):
        """What an engine (a method of this object) gives for a case: arrays, or the error."""
        try:
            return arrays(engine(case))
        except self.tf.errors.OpError as error:
            return error

    def placeholders(self, case, known="all"):
        """A placeholder for each input: of known shape ("all"), of known rank ("rank"), or of unknown rank ("none")."""
        return [self.tf.compat.v1.placeholder(spec.dtype, spec.shape) for spec in self.specs(case, known)]

    def session(self, case, optimize=True):
        """Values of the outputs, fetched from a session that is fed with the inputs."""
        v1 = self.tf.compat.v1
        with self.tf.Graph().as_default() as graph:
            fed = self.placeholders(case)
            fetched = self.call(case, fed)
        config = v1.ConfigProto()
        if not optimize:
            config.graph_options.optimizer_options.opt_level = -1
        with v1.Session(graph=graph, config=config) as session:
            return session.run(fetched, dict(zip(fed, case.flat_inputs())))

    def unoptimised(self, case):
        """As `session`, without optimisation."""
        return self.session(case, optimize=False)

    def folded(self, case):
        """As `session`, with constants instead of placeholders: the optimiser may compute everything beforehand."""
        with self.tf.Graph().as_default() as graph:
            fetched = self.call(case, self.constants(case))
        with self.tf.compat.v1.Session(graph=graph) as session:
            return session.run(fetched)

    def traced(self, case):
        """Values of the outputs of a traced function that is called at once."""
        function = self.trace(case, self.specs(case))
        return [out.numpy() for out in self.call_traced(function, self.constants(case))]

    def traced_node(self, case):
        """Values of the outputs of a call of a traced function that stands in a graph; only ranks are known."""
        with self.tf.Graph().as_default() as graph:
            fed = self.placeholders(case, "rank")
            fetched = self.call_traced(self.trace(case, self.specs(case, "rank"), fed), fed)
        with self.tf.compat.v1.Session(graph=graph) as session:
            return session.run(fetched, dict(zip(fed, case.flat_inputs())))

    def specs(self, case, known="all"):
        """A spec for each input, known as `placeholders` are."""
        return [self.tf.TensorSpec(KNOWN[known](x), self.tf.as_dtype(dtype_of(x))) for x in case.flat_inputs()]

    def trace(self, case, specs, beside=()):
        """The op as a function of its inputs."""
        return trace(lambda *flat: self.call(case, flat), specs, beside=beside)

    def call_traced(self, function, flat):
        """The outputs of a call of a traced function."""
        inside = function.structured_outputs
        arguments = list(flat) + function.captured_inputs
        call = self.tf.raw_ops.PartitionedCall
        return flatten(call(args=arguments, Tout=[out.dtype for out in inside], f=function.name))

    def static_shapes(self, case, known, constant_integers=False):
        """Static shapes of the outputs as lists or None; integer inputs may be constants instead of placeholders."""
        with self.tf.Graph().as_default():
            inputs = self.placeholders(case, known)
            if constant_integers:
                pairs = zip(inputs, case.flat_inputs())
                inputs = [self.tf.constant(x) if x.dtype.kind in "iu" else p for p, x in pairs]
            return [None if out.shape.rank is None else out.shape.as_list() for out in self.call(case, inputs)]

    def traced_shapes(self, case, known):
        """Static shapes of the outputs in the body of a traced function, as lists or None."""
        inside = self.trace(case, self.specs(case, known)).structured_outputs
        return [None if out.shape.rank is None else out.shape.as_list() for out in inside]


def dtype_of(array):
    return "string" if array.dtype == object else array.dtype.name


def flatten(result):
    """Tensors of a result: one, a list, a named tuple, or nested ones; operations and None give nothing."""
    if isinstance(result, (list, tuple)):
        return [tensor for item in result for tensor in flatten(item)]
    return [result] if hasattr(result, "dtype") else []


def arrays(values):
    """Values as arrays, bytes as arrays of objects."""
    return [np.array(x, object) if isinstance(x, (bytes, str)) else np.asarray(x) for x in values]
