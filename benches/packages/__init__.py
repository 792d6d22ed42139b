"""The packages that the benches compare: each gives the same vocabulary of operations, so that a row is written once.

A package is a class with

- `columns`: the columns of the table that it fills (TensorFlow: `tensorflow` and `xla`; PyTorch: `torch` and `compile`);
- `array(values, kind)` and `values(result, kind)`: NumPy's array to the package's tensor in the layout that suits it, and
  back. The kinds are `image` (NHWC in NumPy), `filter` (HWIO), `depthwise` (HWC1), `planes` (HWIO, for images that are NCHW
  everywhere), `transposed` (HWOI), `volume` (NDHWC), `kernel` (DHWIO), `gates` (weights of an LSTM), `index`, `bfloat16` and `""`;
- `calls(row, arrays)`: column -> callables without arguments, each one a way to compute the row; the fastest one counts;
- the vocabulary: `matmul`, `softmax`, `conv`, `train`... What it lacks, it does not run, which the table shows as lost.
"""

import importlib

# Package -> its module here and its class.
HOMES = {
    "ferroflow": ("packages.tensorflow_like", "TensorFlow"),
    "numpy": ("packages.numpy_like", "NumPy"),
    "tensorflow": ("packages.tensorflow_like", "TensorFlow"),
    "torch": ("packages.torch_like", "Torch"),
    "jax": ("packages.jax_like", "Jax"),
    "onnxruntime": ("packages.onnx_like", "Onnx"),
}
# Column -> the package that fills it, in the order of the table.
COLUMNS = {
    "ferroflow": "ferroflow",
    "numpy": "numpy",
    "tensorflow": "tensorflow",
    "xla": "tensorflow",
    "torch": "torch",
    "compile": "torch",
    "jax": "jax",
    "onnxruntime": "onnxruntime",
}


def load(name, threads):
    """The package `name`, set to use this number of threads."""
    module, cls = HOMES[name]
    return getattr(importlib.import_module(module), cls)(name, threads)
