"""The vocabulary in PyTorch: eager, and through torch.compile; images are channels-last."""

import torch
from rows import ADAM
from torch.nn import functional as F


class Network(torch.nn.Module):
    """A program with its weights as parameters, which torch.compile may then pack."""

    def __init__(self, package, row, weights):
        super().__init__()
        self.package, self.row = package, row
        self.weights = torch.nn.ParameterList([torch.nn.Parameter(w, requires_grad=False) for w in weights])

    def forward(self, *inputs):
        return self.row.program(self.package, *inputs, *self.weights)


class Torch:
    """PyTorch, whose columns are `torch` and `compile`."""

    columns = ["torch", "compile"]
    add, multiply, maximum, exp, log, tanh, sigmoid, sqrt, abs, erf = (
        torch.add, torch.mul, torch.maximum, torch.exp, torch.log, torch.tanh, torch.sigmoid, torch.sqrt, torch.abs, torch.erf,
    )  # fmt: skip
    sum, mean, matmul, relu, relu6, gelu = (
        torch.sum,
        torch.mean,
        torch.matmul,
        torch.relu,
        staticmethod(F.relu6),
        F.gelu,
    )
    reshape, concat = torch.reshape, torch.cat

    def __init__(self, name, threads):
        self.name = name
        torch.set_num_threads(threads)
        torch._inductor.config.freezing = True
        torch._inductor.config.fallback_random = True

    def array(self, values, kind):
        t = torch.from_numpy(values)
        if kind == "image":
            return t.permute(0, 3, 1, 2)
        if kind == "filter":
            return t.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
        if kind == "depthwise":
            return t.permute(2, 3, 0, 1).contiguous(memory_format=torch.channels_last)
        if kind == "planes":
            return t.permute(3, 2, 0, 1).contiguous()
        if kind == "transposed":
            return t.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
        if kind == "volume":
            return t.permute(0, 4, 1, 2, 3)
        if kind == "kernel":
            return t.permute(4, 3, 0, 1, 2).contiguous(memory_format=torch.channels_last_3d)
        if kind == "gates":
            return t.T.contiguous()
        if kind == "bfloat16":
            return t.bfloat16()
        return t.long() if kind == "index" else t

    def values(self, result, kind):
        if kind == "image":
            result = result.permute(0, 2, 3, 1)
        elif kind == "filter":
            result = result.permute(2, 3, 1, 0)
        elif kind == "depthwise":
            result = result.permute(2, 3, 0, 1)
        elif kind == "volume":
            result = result.permute(0, 2, 3, 4, 1)
        return (result.float() if result.dtype == torch.bfloat16 else result).detach().numpy()

    def calls(self, row, arrays):
        data, weights = arrays[: len(row.inputs)], arrays[len(row.inputs) :]
        torch._dynamo.reset()
        if row.kind == "train":
            return {
                "torch": [self.trainer(row, data, weights, False)],
                "compile": [self.trainer(row, data, weights, True)],
            }
        network = Network(self, row, weights).eval()
        compiled = torch.compile(network, dynamic=False, fullgraph=True)

        def call(f):
            def run():
                with torch.no_grad():
                    return f(*data)

            return run

        return {"torch": [call(network)], "compile": [call(compiled)]}

    def any_length(self, row, shape):
        weights = [self.array(a, spec.kind) for a, spec in zip(row.arrays(), row.weights)]
        network = Network(self, row, weights).eval()
        functions = {"torch": network, "compile": torch.compile(network, dynamic=True)}
        return {column: torch.no_grad()(f) for column, f in functions.items()}

    def trainer(self, row, data, weights, compiled):
        """A step of Adam as a function of no arguments; it gives the loss before it."""
        parameters = [w.clone().requires_grad_() for w in weights]
        optimizer = torch.optim.Adam(
            parameters, ADAM["rate"], (ADAM["beta1"], ADAM["beta2"]), ADAM["epsilon"], fused=True
        )

        def loss_of(batch, parameters):
            return row.program(self, *batch, *parameters)

        loss_of = torch.compile(loss_of, dynamic=False, fullgraph=True) if compiled else loss_of

        def step():
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of(data, parameters)
            loss.backward()
            optimizer.step()
            return loss

        return step

    def max(self, x, axis=None):
        return torch.max(x) if axis is None else torch.amax(x, axis)

    def cast_half(self, x):
        return x.bfloat16()

    def cast_float(self, x):
        return x.float()

    def softmax(self, x):
        return torch.softmax(x, -1)

    def layer_norm(self, x, scale, shift):
        return F.layer_norm(x, x.shape[-1:], scale, shift, 1e-5)

    def cross_entropy(self, logits, labels):
        return F.cross_entropy(logits, labels)

    def attention_scores(self, q, k):
        return q @ k.transpose(-1, -2)

    def transpose(self, x, order):
        return x.permute(order).contiguous()

    def gather(self, x, indices):
        return torch.index_select(x, 0, indices)

    def scatter_add(self, x, indices, updates):
        return torch.index_add(x, 0, indices, updates)

    def split(self, x, count, axis):
        return torch.chunk(x, count, axis)

    def sort(self, x):
        return torch.sort(x)[0]

    def top_k(self, x, k):
        return torch.topk(x, k)[0]

    def uniform(self, count):
        return torch.rand(count)

    def normal(self, count):
        return torch.randn(count)

    def conv(self, x, w, stride=1, bias=None, dilation=1, groups=1):
        return F.conv2d(x, w, bias, stride, dilation * (w.shape[2] // 2), dilation, groups)

    def conv_planes(self, x, w):
        return F.conv2d(x, w, None, 1, w.shape[2] // 2)

    def conv_transposed(self, x, w):
        return F.conv_transpose2d(x, w, None, 2, w.shape[2] // 2 - 1)

    def conv3d(self, x, w):
        return F.conv3d(x, w, None, 1, w.shape[2] // 2)

    def depthwise(self, x, w, stride=1, bias=None):
        return F.conv2d(x, w, bias, stride, w.shape[2] // 2, groups=w.shape[0])

    def conv_gradients(self, x, w, dy, stride=1, groups=1, wanted=(True, True)):
        half = w.shape[2] // 2
        return torch.ops.aten.convolution_backward(
            dy, x, w, None, [stride] * 2, [half] * 2, [1, 1], False, [0, 0], groups, [*wanted, False]
        )[:2]

    def filter_gradient(self, x, w, dy):
        return self.conv_gradients(x, w, dy, wanted=(False, True))[1]

    def gradient(self, f, x, dy):
        return torch.func.vjp(f, x)[1](dy)[0]

    def columns_of(self, x, first, last):
        return x[:, first:last].contiguous()

    def segment_sum(self, x, segments, count):
        return x.new_zeros(count, x.shape[1]).index_add(0, segments, x)

    def depthwise_gradients(self, x, w, dy, stride=1):
        return self.conv_gradients(x, w, dy, stride, w.shape[0])

    def max_pool(self, x, window):
        return F.max_pool2d(x, window, 2, ceil_mode=True)

    def spatial_mean(self, x):
        return x.mean((2, 3))

    def flat(self, x):
        return x.permute(0, 2, 3, 1).reshape(x.shape[0], -1)

    def lstm(self, x, w, u, b):
        zero = x.new_zeros(1, x.shape[1], u.shape[1])
        return torch.lstm(x, (zero, zero), (w, u, b, torch.zeros_like(b)), True, 1, 0.0, b.requires_grad, False, False)[
            0
        ]
