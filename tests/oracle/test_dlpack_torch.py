"""DLPack with PyTorch in both directions, where PyTorch is: in `.venv-peers`, which `tools/setup.sh peers` makes for the benches.

    .venv-peers/bin/python -m pytest tests/oracle/test_dlpack_torch.py

`make test` and continuous integration do not make it: PyTorch alone is 1.2 GB. So these tests are skipped there, and the report
says so. What every run compares with instead: JAX (test_dlpack_jax.py), TensorFlow (test_dlpack_tensorflow.py), and NumPy and
capsules made by hand (tests/python/test_dlpack.py).
"""

import numpy as np
import pytest

import ferroflow

# One that is installed and cannot be imported is a failure, not a skip.
torch = pytest.importorskip(
    "torch", reason="no PyTorch here: `tools/setup.sh peers` installs it", exc_type=ModuleNotFoundError
)

DTYPES = "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 bfloat16 float32 float64 complex64 complex128 bool".split()
SHAPES = [(), (0,), (3, 0, 2), (300,), (2, 3, 1, 2, 1, 4, 2, 3)]
ours = ferroflow.experimental.dlpack


def sample(dtype, shape):
    """A PyTorch tensor of small whole numbers."""
    return (torch.arange(int(np.prod(shape))).reshape(shape) % 5).to(getattr(torch, dtype))


def same(tensor, expected):
    assert tensor.dtype.name == str(expected.dtype).removeprefix("torch.") and tuple(tensor.shape) == tuple(
        expected.shape
    )
    if tensor.dtype.name == "bfloat16":
        tensor, expected = ferroflow.cast(tensor, ferroflow.float32), expected.float()
    assert np.array_equal(tensor.numpy(), expected.numpy())


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_torch_both_ways(dtype, shape):
    source = sample(dtype, shape)
    tensor = ours.from_dlpack(source)
    same(tensor, source)
    same(ours.from_dlpack(torch.utils.dlpack.to_dlpack(source)), source)
    for taken in (torch.from_dlpack(tensor), torch.from_dlpack(ours.to_dlpack(tensor))):
        assert taken.dtype == source.dtype and taken.shape == source.shape and torch.equal(taken, source)


def test_torch_shares_what_it_takes_and_is_copied_when_it_gives():
    tensor = ferroflow.range(1000.0)
    one, other = torch.from_dlpack(tensor), torch.from_dlpack(ours.to_dlpack(tensor))
    assert one.data_ptr() == other.data_ptr()
    del tensor
    assert one.sum() == 499500
    source = torch.ones(1000)
    taken = ours.from_dlpack(source)
    source[:] = 7
    assert taken.numpy().sum() == 1000


def test_torch_strides():
    source = torch.arange(60).reshape(3, 4, 5)
    for view in (source.permute(2, 0, 1), source[:, ::2], source[..., 1:3], source[:1].expand(6, 4, 5)):
        same(ours.from_dlpack(view), view)
        same(ours.from_dlpack(torch.utils.dlpack.to_dlpack(view)), view)


def test_torch_refuses_what_wants_gradients():
    with pytest.raises(BufferError):
        ours.from_dlpack(torch.ones(3, requires_grad=True))
