"""Random programs give the same optimised, unoptimised, on any number of threads, and with TensorFlow."""

import numpy as np
import pytest
import tensorflow
from random_programs import Program

import ferroflow

BATCHES = (3, 3, 1, 5, 0, 3)


@pytest.fixture
def threads():
    """Sets the number of threads; afterwards it is what it was."""
    before = ferroflow.config.threading.get_intra_op_parallelism_threads()
    yield ferroflow.config.threading.set_intra_op_parallelism_threads
    ferroflow.config.threading.set_intra_op_parallelism_threads(before)


def results(drawn, batches, optimize=True):
    """What runs of a program in one session give."""
    v1 = drawn.v1
    config = v1.ConfigProto()
    if not optimize:
        config.graph_options.optimizer_options.opt_level = -1
    with v1.Session(graph=drawn.graph, config=config) as session:
        session.run(drawn.init)
        runs = [session.run(drawn.fetches, drawn.feeds(batch, i)) for i, batch in enumerate(batches)]
    return [np.asarray(x) for run in runs for x in run]


def bits(values):
    """Shapes, dtypes and bits; NaN has no sign."""
    plain = [np.where(np.isnan(x), np.nan, x).astype(x.dtype) if x.dtype.kind == "f" else x for x in values]
    return [(x.shape, x.dtype, x.tobytes()) for x in plain]


@pytest.mark.parametrize("block", range(6))
def test_wild_programs_have_the_bits_of_single_steps_on_any_number_of_threads(block, threads):
    for seed in range(50 * block, 50 * block + 50):
        drawn = Program(ferroflow, seed, wild=True)
        batches = BATCHES[: 2 + seed % 5]
        plain = bits(results(drawn, batches, optimize=False))
        for count in (1, 2, 8):
            threads(count)
            assert bits(results(drawn, batches)) == plain, f"seed {seed}, {count} threads"


@pytest.mark.parametrize("block", range(6))
def test_programs_of_whole_numbers_give_what_tensorflow_gives(block):
    for seed in range(15 * block, 15 * block + 15):
        batches = BATCHES[: 2 + seed % 5]
        drawn = Program(ferroflow, seed)
        ours = results(drawn, batches)
        assert bits(ours) == bits(results(drawn, batches, optimize=False)), f"seed {seed}"
        theirs = results(Program(tensorflow, seed), batches)
        assert len(ours) == len(theirs)
        for got, want in zip(ours, theirs):
            assert (got.shape, got.dtype) == (want.shape, want.dtype), f"seed {seed}"
            # Gradients through long loops may be too large to be exact.
            largest = np.abs(want).max(initial=0) if want.dtype.kind == "f" else 0
            np.testing.assert_allclose(got, want, rtol=0, atol=1e-6 * max(0, largest - 2**20), err_msg=f"seed {seed}")
