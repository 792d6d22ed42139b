"""DLPack with JAX in both directions: it is a peer that every run of these tests has, with 16-bit brain floats too."""

import gc

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import ferroflow

DTYPES = "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 bfloat16 float32 float64 complex64 complex128 bool".split()
SHAPES = [(), (0,), (3, 0, 2), (300,), (2, 3, 1, 2, 1, 4, 2, 3)]
ours = ferroflow.experimental.dlpack


@pytest.fixture(autouse=True)
def wide_dtypes():
    """JAX has 64-bit dtypes only where they are asked for."""
    with jax.enable_x64(True):
        yield


def same(a, b):
    assert np.dtype(a.dtype.name) == np.dtype(b.dtype.name) and tuple(a.shape) == tuple(b.shape)
    assert np.array_equal(np.asarray(a, np.complex128), np.asarray(b, np.complex128))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_both_ways(dtype, shape):
    source = (jnp.arange(int(np.prod(shape))).reshape(shape) % 5).astype(dtype)
    assert source.dtype.name == dtype
    tensor = ours.from_dlpack(source)
    same(tensor, source)
    same(jax.dlpack.from_dlpack(tensor), source)


def test_what_was_taken_outlives_its_owner():
    tensor = ferroflow.range(1000.0)
    taken = jax.dlpack.from_dlpack(tensor)
    source = jnp.arange(1000.0)
    given = ours.from_dlpack(source)
    del tensor, source
    gc.collect()
    filler = [ferroflow.ones([1000]) for _ in range(64)] + [jnp.ones(1000) for _ in range(64)]
    assert float(taken.sum()) == 499500.0 and float(ferroflow.reduce_sum(given)) == 499500.0 and len(filler) == 128
