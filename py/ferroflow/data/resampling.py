"""Resampling of datasets to a wanted distribution of classes."""

from .._gen import raw_ops
from ..framework import dtypes, random_seed
from ..framework.convert import convert_to_tensor
from ..framework.tensor_util import constant_value

# Every class counts as seen this often before the first element, so that estimates start in the middle.
_SEEN_AT_FIRST = 10
# Estimates change after so many elements.
_BATCH = 32


def _acceptance(initial, target):
    """How to get `target` from `initial`: the share of elements taken as they come, and each class's acceptance beside it.

    With r = target / initial, m = min r and M = max r, an element is taken as it comes with probability m, and otherwise
    drawn from the elements of class i that pass with probability (r_i - m) / (M - m).
    """
    tiny = convert_to_tensor(2.0**-126 if initial.dtype == dtypes.float32 else 2.0**-1022, dtype=initial.dtype)
    safe = raw_ops.Maximum(x=initial, y=tiny)
    ratio = raw_ops.SelectV2(
        condition=raw_ops.Greater(x=initial, y=tiny), t=target / safe, e=raw_ops.ZerosLike(x=target)
    )
    ratio = raw_ops.SelectV2(condition=(initial <= tiny) & (target <= tiny), t=raw_ops.OnesLike(x=ratio), e=ratio)
    least, most = raw_ops.Min(input=ratio, axis=[0]), raw_ops.Max(input=ratio, axis=[0])
    return least, raw_ops.DivNoNan(x=ratio - least, y=most - least)


def _estimate(seen, labels):
    """The state and the estimated distributions, one for each place of a batch, after one more batch of classes."""
    one = convert_to_tensor(1, dtype=dtypes.int64)
    depth = convert_to_tensor(int(seen.shape[0]), dtype=dtypes.int32)
    marks = raw_ops.OneHot(indices=labels, depth=depth, on_value=one, off_value=one - one, axis=-1)
    seen = seen + raw_ops.Sum(input=marks, axis=[0])
    counts = raw_ops.Cast(x=seen, DstT=dtypes.float32)
    return seen, raw_ops.Tile(input=[counts / raw_ops.Sum(input=counts, axis=[0])], multiples=[_BATCH, 1])


class Resampling:
    """The method of datasets that resamples them."""

    def rejection_resample(self, class_func, target_dist, initial_dist=None, seed=None, name=None):
        """Elements chosen at random so that their classes have a wanted distribution.

        Args:
          class_func: a function from an element to its class, an int scalar from 0 to the number of classes less one.
          target_dist: the wanted probabilities of the classes, a float vector.
          initial_dist: the probabilities that the classes have; estimated from the elements so far if None.
          seed: an int for the same draws in every run of the program.
          name: not used.

        Returns:
          A dataset of pairs (class, element).

        >>> labels = tf.data.Dataset.from_tensor_slices([0] * 900 + [1] * 100).shuffle(1000, seed=1)
        >>> resampled = labels.rejection_resample(lambda x: x, [0.5, 0.5], [0.9, 0.1], seed=1)
        >>> drawn = [int(c) for c, _ in resampled]
        >>> 0.4 < sum(drawn) / len(drawn) < 0.6
        True
        """
        target = convert_to_tensor(target_dist, dtype=dtypes.float32, name="target_dist")
        classes = self.map(lambda *element: _class_of(class_func(*element)))
        if initial_dist is None:
            first = convert_to_tensor([_SEEN_AT_FIRST] * int(target.shape[0]), dtype=dtypes.int64)
            estimates = classes.batch(_BATCH).scan(first, _estimate).unbatch()
            shares = estimates.map(lambda initial: _acceptance(initial, target))
        else:
            initial = convert_to_tensor(initial_dist, dtype=dtypes.float32, name="initial_dist")
            least, acceptance = _acceptance(initial, target)
            shares = type(self).from_tensors((least, acceptance)).repeat()
        as_they_come = shares.map(lambda least, _: least)
        pairs = type(self).zip((classes, self))

        def passes(label, acceptance, _):
            seeds = random_seed.seed_pair(seed)
            shape = convert_to_tensor([], dtype=dtypes.int32)
            draw = raw_ops.RandomUniform(shape=shape, dtype=dtypes.float32, seed=seeds[0], seed2=seeds[1])
            return draw < raw_ops.GatherV2(params=acceptance, indices=label, axis=0)

        with_acceptance = type(self).zip((classes, shares.map(lambda _, acceptance: acceptance), self))
        filtered = with_acceptance.filter(passes).map(lambda label, _, element: (label, element))
        if initial_dist is not None and constant_value(least) == 0:
            return filtered
        weights = as_they_come.map(lambda least: raw_ops.Pack(values=[least, 1.0 - least]))
        return type(self).sample_from_datasets(
            [pairs, filtered], weights=weights, seed=seed, stop_on_empty_dataset=True
        )


def _class_of(label):
    return raw_ops.Cast(x=label, DstT=dtypes.int32)
