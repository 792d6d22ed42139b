"""The vocabulary as nodes of ONNX graphs, which ONNX Runtime runs with all its optimisations and bound outputs."""

import functools

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

WORDS = dict(
    add="Add", multiply="Mul", maximum="Max", exp="Exp", log="Log", tanh="Tanh", sigmoid="Sigmoid", sqrt="Sqrt", abs="Abs",
    erf="Erf", gelu="Gelu", relu="Relu", softmax="Softmax", matmul="MatMul",
)  # fmt: skip


class Onnx:
    """ONNX Runtime: inference only. Tensors of a program are names of values of the graph that is being written."""

    columns = ["onnxruntime"]

    def __init__(self, name, threads):
        self.name = name
        self.options = options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        for word, op in WORDS.items():
            setattr(self, word, functools.partial(self.node, op))

    def array(self, values, kind):
        if kind == "image":
            return np.ascontiguousarray(values.transpose(0, 3, 1, 2))
        if kind in ("filter", "planes", "transposed"):
            return np.ascontiguousarray(values.transpose(3, 2, 0, 1))
        if kind == "volume":
            return np.ascontiguousarray(values.transpose(0, 4, 1, 2, 3))
        if kind == "kernel":
            return np.ascontiguousarray(values.transpose(4, 3, 0, 1, 2))
        if kind == "bfloat16" or values.dtype.kind == "c":
            raise NotImplementedError("no arithmetic in this dtype")
        if kind == "depthwise":
            return np.ascontiguousarray(values.transpose(2, 3, 0, 1))
        return values.astype(np.int64) if values.dtype == np.int32 and kind == "index" else values

    def values(self, result, kind):
        result = result if isinstance(result, np.ndarray) else result.numpy()
        if kind == "volume":
            return result.transpose(0, 2, 3, 4, 1)
        return result.transpose(0, 2, 3, 1) if kind == "image" else result

    def calls(self, row, arrays):
        if row.kind == "train":
            raise NotImplementedError("no gradients")
        data, weights = arrays[: len(row.inputs)], arrays[len(row.inputs) :]
        session = self.session(row, [list(a.shape) for a in data], data, weights)
        binding = session.io_binding()
        for i, a in enumerate(data):
            binding.bind_ortvalue_input(f"x{i}", onnxruntime.OrtValue.ortvalue_from_numpy(a))
        names = [output.name for output in session.get_outputs()]
        for name in names:
            binding.bind_output(name)
        session.run_with_iobinding(binding)
        outputs = binding.get_outputs()
        for name, value in zip(names, outputs):
            binding.bind_ortvalue_output(name, value)

        def run():
            session.run_with_iobinding(binding)
            return outputs

        return {"onnxruntime": [run]}

    def any_length(self, row, shape):
        session = self.session(row, [["n", *shape]], [np.zeros((1, *shape), np.float32)], row.arrays())
        return {"onnxruntime": lambda x: session.run(None, {"x0": x})[0]}

    def session(self, row, shapes, data, weights):
        """A session of the row's program; inputs have these shapes, weights are constants of the graph."""
        self.nodes, self.constants, self.arrays, self.count = [], [], {}, 0
        inputs = []
        for i, (a, shape) in enumerate(zip(data, shapes)):
            inputs.append(helper.make_tensor_value_info(f"x{i}", helper.np_dtype_to_tensor_dtype(a.dtype), shape))
        names = [f"x{i}" for i in range(len(data))] + [self.constant(w) for w in weights]
        self.arrays |= dict(zip(names, data))
        result = row.program(self, *names)
        outputs = [
            onnx.ValueInfoProto(name=name) for name in (result if isinstance(result, (tuple, list)) else [result])
        ]
        graph = helper.make_graph(self.nodes, "row", inputs, outputs, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        return onnxruntime.InferenceSession(model.SerializeToString(), self.options, providers=["CPUExecutionProvider"])

    def constant(self, values):
        """The name of a constant of the graph."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        self.arrays[name] = values
        return name

    def node(self, op, *inputs, outputs=1, **attributes):
        """Adds a node; the name of its output, or a list of names. Inputs that are numbers become constants."""
        inputs = [i if isinstance(i, str) else self.constant(np.float32(i)) for i in inputs]
        names = [f"v{self.count + i}" for i in range(outputs)]
        self.count += outputs
        self.nodes.append(helper.make_node(op, inputs, names, **attributes))
        return names[0] if outputs == 1 else names

    def integers(self, *values):
        return self.constant(np.array(values, np.int64))

    def reduced(self, op, x, axis):
        axes = [] if axis is None else [self.integers(axis)]
        return self.node(op, x, *axes, keepdims=0)

    def sum(self, x, axis=None):
        return self.reduced("ReduceSum", x, axis)

    def max(self, x, axis=None):
        return self.reduced("ReduceMax", x, axis)

    def mean(self, x, axis=None):
        return self.reduced("ReduceMean", x, axis)

    def cast_half(self, x):
        return self.node("Cast", x, to=TensorProto.BFLOAT16)

    def cast_float(self, x):
        return self.node("Cast", x, to=TensorProto.FLOAT)

    def relu6(self, x):
        return self.node("Clip", x, self.constant(np.float32(0)), self.constant(np.float32(6)))

    def layer_norm(self, x, scale, shift):
        return self.node("LayerNormalization", x, scale, shift, epsilon=1e-5)

    def transpose(self, x, order):
        return self.node("Transpose", x, perm=order)

    def gather(self, x, indices):
        return self.node("Gather", x, indices)

    def scatter_add(self, x, indices, updates):
        return self.node("ScatterND", x, self.node("Unsqueeze", indices, self.integers(1)), updates, reduction="add")

    def concat(self, parts, axis):
        return self.node("Concat", *parts, axis=axis)

    def split(self, x, count, axis):
        return self.node("Split", x, outputs=count, axis=axis, num_outputs=count)

    def top_k(self, x, k):
        return self.node("TopK", x, self.integers(k), outputs=2)[0]

    def sort(self, x):
        return self.node("TopK", x, self.integers(self.arrays[x].shape[-1]), outputs=2, largest=0)[0]

    def uniform(self, count):
        return self.node("RandomUniform", shape=[count])

    def normal(self, count):
        return self.node("RandomNormal", shape=[count])

    def conv(self, x, w, stride=1, bias=None, dilation=1, groups=1):
        half = dilation * (self.arrays[w].shape[2] // 2)
        same = {"strides": [stride] * 2, "dilations": [dilation] * 2, "pads": [half] * 4, "group": groups}
        return self.node("Conv", x, w, *filter(None, [bias]), **same)

    def conv_planes(self, x, w):
        return self.conv(x, w)

    def conv_transposed(self, x, w):
        half = self.arrays[w].shape[2] // 2 - 1
        return self.node("ConvTranspose", x, w, strides=[2, 2], pads=[half] * 4)

    def conv3d(self, x, w):
        return self.node("Conv", x, w, pads=[self.arrays[w].shape[2] // 2] * 6)

    def columns_of(self, x, first, last):
        return self.node("Slice", x, self.integers(first), self.integers(last), self.integers(1))

    def depthwise(self, x, w, stride=1, bias=None):
        return self.conv(x, w, stride, bias, groups=self.arrays[w].shape[0])

    def max_pool(self, x, window):
        after = window % 2
        return self.node("MaxPool", x, kernel_shape=[window] * 2, strides=[2, 2], pads=[0, 0, after, after])

    def spatial_mean(self, x):
        return self.node("Flatten", self.node("GlobalAveragePool", x))

    def lstm(self, x, w, u, b):
        """ONNX has the gates in the order i, o, f, g, and weights transposed."""

        def gates(a):
            i, f, g, o = np.split(self.arrays[a], 4, -1)
            return np.concatenate([i, o, f, g], -1).T[None]

        bias = np.concatenate([gates(b), np.zeros_like(gates(b))], 1)
        hidden = self.arrays[u].shape[0]
        states = self.node(
            "LSTM", x, self.constant(gates(w)), self.constant(gates(u)), self.constant(bias), hidden_size=hidden
        )
        return self.node("Squeeze", states, self.integers(1))
