"""The vocabulary in TensorFlow's API: the same text runs in Ferroflow and in TensorFlow."""

import importlib

from rows import ADAM

SAME = {
    "math": "add multiply maximum exp log tanh sigmoid sqrt abs erf",
    "": "matmul transpose reshape gather concat sort cast",
    "nn": "relu relu6 softmax",
}


def padding(window, stride):
    """Half a window of zeros on each side; without a stride that is SAME."""
    half = window // 2
    return "SAME" if stride == 1 else [[0, 0], [half, half], [half, half], [0, 0]]


class TensorFlow:
    """Ferroflow and TensorFlow; the latter with XLA too."""

    def __init__(self, name, threads):
        self.tf = tf = importlib.import_module(name)
        self.name = name
        self.columns = ["ferroflow"] if name == "ferroflow" else ["tensorflow", "xla"]
        if name == "tensorflow":
            tf.config.threading.set_intra_op_parallelism_threads(threads)
            tf.config.threading.set_inter_op_parallelism_threads(threads)
        for module, names in SAME.items():
            for word in names.split():
                setattr(self, word, getattr(getattr(tf, module) if module else tf, word))
        self.sum, self.max, self.mean = tf.reduce_sum, tf.reduce_max, tf.reduce_mean

    def array(self, values, kind):
        return self.tf.constant(values, self.tf.bfloat16 if kind == "bfloat16" else None)

    def values(self, result, kind):
        if getattr(result, "dtype", None) == self.tf.bfloat16:
            result = self.tf.cast(result, self.tf.float32)
        return result.numpy() if hasattr(result, "numpy") else result

    def calls(self, row, arrays):
        data, weights, self.unroll = arrays[: len(row.inputs)], arrays[len(row.inputs) :], True
        if row.kind == "train":
            return {column: [self.trainer(row, data, weights, column == "xla")] for column in self.columns}
        if row.kind == "network":

            def program(*inputs):
                return row.program(self, *inputs, *[self.tf.constant(w.numpy()) for w in weights])
        else:

            def program(*inputs):
                return row.program(self, *inputs)

        found = {}
        for column in self.columns:
            function = self.tf.function(program, jit_compile=True) if column == "xla" else self.tf.function(program)
            found[column] = [lambda function=function: function(*data)]
        if row.kind == "op":
            found[self.columns[0]].append(lambda: row.program(self, *data))
        return found

    def any_length(self, row, shape, length=None):
        """Column -> the row's program as a function of an input [length, *shape]; of any length if it is None."""
        tf, weights, self.unroll = self.tf, row.arrays(), False
        spec = tf.TensorSpec([length, *shape], tf.float32)
        function = tf.function(lambda x: row.program(self, x, *map(tf.constant, weights)), input_signature=[spec])
        return {self.columns[0]: function}

    def trainer(self, row, data, weights, xla):
        """A step of Adam as a function of no arguments; it gives the loss before it."""
        tf = self.tf
        variables = [tf.Variable(w) for w in weights]
        slots = [(tf.Variable(tf.zeros_like(w)), tf.Variable(tf.zeros_like(w))) for w in weights]
        powers = tf.Variable(ADAM["beta1"]), tf.Variable(ADAM["beta2"])

        def step(*batch):
            with tf.GradientTape() as tape:
                loss = row.program(self, *batch, *[v.read_value() for v in variables])
            gradients = tape.gradient(loss, variables)
            for v, (m, s), gradient in zip(variables, slots, gradients):
                tf.raw_ops.ResourceApplyAdam(
                    var=v.handle, m=m.handle, v=s.handle, beta1_power=powers[0].read_value(), beta2_power=powers[1].read_value(),
                    lr=ADAM["rate"], beta1=ADAM["beta1"], beta2=ADAM["beta2"], epsilon=ADAM["epsilon"], grad=gradient,
                )  # fmt: skip
            powers[0].assign(powers[0] * ADAM["beta1"])
            powers[1].assign(powers[1] * ADAM["beta2"])
            return loss

        function = tf.function(step, jit_compile=True) if xla else tf.function(step)
        return lambda: function(*data)

    def cast_half(self, x):
        return self.tf.cast(x, self.tf.bfloat16)

    def cast_float(self, x):
        return self.tf.cast(x, self.tf.float32)

    def gelu(self, x):
        return self.tf.nn.gelu(x)

    def layer_norm(self, x, scale, shift):
        mean, variance = self.tf.nn.moments(x, [-1], keepdims=True)
        return self.tf.nn.batch_normalization(x, mean, variance, shift, scale, 1e-5)

    def cross_entropy(self, logits, labels):
        loss = self.tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        return self.tf.reduce_mean(loss)

    def attention_scores(self, q, k):
        return self.tf.matmul(q, k, transpose_b=True)

    def top_k(self, x, k):
        return self.tf.math.top_k(x, k)[0]

    def scatter_add(self, x, indices, updates):
        return self.tf.tensor_scatter_nd_add(x, indices[:, None], updates)

    def split(self, x, count, axis):
        return self.tf.split(x, count, axis)

    def uniform(self, count):
        return self.tf.random.uniform([count])

    def normal(self, count):
        return self.tf.random.normal([count])

    def conv(self, x, w, stride=1, bias=None, dilation=1, groups=1):
        y = self.tf.nn.conv2d(x, w, stride, padding(w.shape[0], stride), dilations=dilation)
        return y if bias is None else self.tf.nn.bias_add(y, bias)

    def conv_planes(self, x, w):
        return self.tf.nn.conv2d(x, w, 1, "SAME", "NCHW")

    def conv_transposed(self, x, w):
        n, height, width, _ = x.shape
        return self.tf.nn.conv2d_transpose(x, w, [n, 2 * height, 2 * width, w.shape[2]], 2)

    def conv3d(self, x, w):
        return self.tf.nn.conv3d(x, w, [1] * 5, "SAME")

    def filter_gradient(self, x, w, dy):
        return self.tf.raw_ops.Conv2DBackpropFilter(
            input=x, filter_sizes=w.shape, out_backprop=dy, strides=[1, 1, 1, 1], padding="SAME"
        )

    def gradient(self, f, x, dy):
        with self.tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        return tape.gradient(y, x, dy)

    def columns_of(self, x, first, last):
        return x[:, first:last]

    def segment_sum(self, x, segments, count):
        return self.tf.math.unsorted_segment_sum(x, segments, count)

    def depthwise(self, x, w, stride=1, bias=None):
        pads = padding(w.shape[0], stride)
        if stride > 1 and self.name == "tensorflow":
            # Its graph optimizer aborts the process where a depthwise convolution has explicit padding.
            x, pads = self.tf.pad(x, pads), "VALID"
        y = self.tf.nn.depthwise_conv2d(x, w, [1, stride, stride, 1], pads)
        return y if bias is None else self.tf.nn.bias_add(y, bias)

    def conv_gradients(self, x, w, dy, stride=1):
        same = {"strides": [1, stride, stride, 1], **self.explicit(w.shape[0], stride)}
        raw = self.tf.raw_ops
        return (
            raw.Conv2DBackpropInput(input_sizes=x.shape, filter=w, out_backprop=dy, **same),
            raw.Conv2DBackpropFilter(input=x, filter_sizes=w.shape, out_backprop=dy, **same),
        )

    def depthwise_gradients(self, x, w, dy, stride=1):
        same = {"strides": [1, stride, stride, 1], **self.explicit(w.shape[0], stride)}
        raw = self.tf.raw_ops
        return (
            raw.DepthwiseConv2dNativeBackpropInput(input_sizes=x.shape, filter=w, out_backprop=dy, **same),
            raw.DepthwiseConv2dNativeBackpropFilter(input=x, filter_sizes=w.shape, out_backprop=dy, **same),
        )

    @staticmethod
    def explicit(window, stride):
        """The padding of `padding` as attributes of a raw op."""
        pad = padding(window, stride)
        if pad == "SAME":
            return {"padding": pad}
        return {"padding": "EXPLICIT", "explicit_paddings": [size for pair in pad for size in pair]}

    def max_pool(self, x, window):
        return self.tf.nn.max_pool2d(x, window, 2, "SAME")

    def spatial_mean(self, x):
        return self.tf.reduce_mean(x, [1, 2])

    def flat(self, x):
        return self.tf.reshape(x, [x.shape[0], -1])

    def lstm(self, x, w, u, b):
        """The states [time, batch, hidden] of an LSTM over `x` [time, batch, inputs]: a loop, or its steps one by one."""
        tf, hidden = self.tf, u.shape[0]
        zero = tf.zeros([x.shape[1], hidden])
        products = tf.matmul(x, w) + b

        def cell(gates, h, c):
            i, f, g, o = tf.split(gates + tf.matmul(h, u), 4, 1)
            c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
            return tf.sigmoid(o) * tf.tanh(c), c

        h, c = zero, zero
        if self.unroll:
            states = []
            for gates in tf.unstack(products):
                h, c = cell(gates, h, c)
                states.append(h)
            return tf.stack(states)
        time = tf.shape(x)[0]
        states = tf.TensorArray(tf.float32, size=time)

        def body(t, h, c, states):
            h, c = cell(products[t], h, c)
            return t + 1, h, c, states.write(t, h)

        *_, states = tf.while_loop(lambda t, *_: t < time, body, (0, h, c, states))
        return states.stack()
