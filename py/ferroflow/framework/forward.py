"""`tf.autodiff.ForwardAccumulator`: derivatives along a direction, taken while a function runs."""

from .. import _core
from .._gen import raw_ops
from . import nest
from .composite import IndexedSlices
from .tape import GradientTape, UnconnectedGradients, check_unconnected, recorded_by, recording_tapes, zeros_of


class ForwardAccumulator:
    """Products of a Jacobian and vectors: how results change along `tangents` at `primals`.

    What runs inside the `with` statement is recorded; `jvp` differentiates its gradient by what would flow into it. Tapes
    and accumulators around the `with` statement record that, so that derivatives of it can be taken; others do not.

    Args:
      primals: a tensor or variable, or a nested structure of these.
      tangents: a direction: tensors of the same structure, dtypes and shapes.

    Raises:
      ValueError: the same tensor twice among `primals`, or a tangent of another dtype or shape.

    >>> x = tf.constant([2.0, 3.0])
    >>> with tf.autodiff.ForwardAccumulator(x, tf.constant([1.0, 0.0])) as acc:
    ...     y = x * x
    >>> acc.jvp(y).numpy().tolist()
    [4.0, 0.0]
    """

    def __init__(self, primals, tangents):
        self._start(primals, tangents, 0)

    @classmethod
    def _batch_accumulator(cls, primals, tangents):
        """An accumulator for several directions: tangents have one more axis in front, and so has what `jvp` gives."""
        made = cls.__new__(cls)
        made._start(primals, tangents, 1)
        return made

    def _start(self, primals, tangents, batch_axes):
        nest.assert_same_structure(primals, tangents)
        self._batch_axes = batch_axes
        self._primals = nest.flatten(primals)
        pairs = zip(nest.flatten(tangents), self._primals, strict=True)
        self._tangents = [_core.convert(one, primal.dtype.base_dtype) for one, primal in pairs]
        if len({id(one) for one in self._primals}) != len(self._primals):
            twice = next(p for n, p in enumerate(self._primals) if any(p is q for q in self._primals[:n]))
            raise ValueError(
                f"Tensor {twice} was specified as a primal multiple times. This may indicate an error. If it was intended, "
                "please sum the corresponding tangents."
            )
        for primal, tangent in zip(self._primals, self._tangents, strict=True):
            if not tangent.shape[batch_axes:].is_compatible_with(primal.shape):
                raise ValueError(f"Expected shape {primal.shape} for the tangent of {primal!r}, got {tangent.shape}")
        self._tape = GradientTape(persistent=True, watch_accessed_variables=False)
        self._tape._is_forward = True
        self._around = []
        self._tape.directional = {}  # id -> derivatives along a direction that depend on what it watches
        self._recording = False

    def __enter__(self):
        if self._recording:
            raise ValueError("Accumulator is already recording.")
        self._recording = True
        self._around = recording_tapes()
        self._tape.__enter__()
        self._tape.watch(self._primals)
        return self

    def __exit__(self, *error):
        self._recording = False
        self._tape.__exit__(*error)

    def _watch(self, primal, tangent):
        """Adds a direction: the tangents of a tensor that has one already are summed."""
        tangent = _core.convert(tangent, primal.dtype.base_dtype)
        for number, known in enumerate(self._primals):
            if known is primal:
                self._tangents[number] = raw_ops.AddV2(x=self._tangents[number], y=tangent)
                return
        self._primals.append(primal)
        self._tangents.append(tangent)
        self._tape.watch(primal)

    def jvp(self, primals, unconnected_gradients=UnconnectedGradients.NONE):
        """How `primals`, results of what was recorded, change along the tangents.

        Args:
          primals: a tensor or a nested structure of tensors.
          unconnected_gradients: what is given for a tensor that depends on none of the accumulator's primals: `NONE`
            (None) or `ZERO`.

        Returns:
          A structure like `primals`.

        Raises:
          ValueError: an unknown value of `unconnected_gradients`.
        """
        unconnected = check_unconnected(unconnected_gradients)

        def one(target):
            if isinstance(target, IndexedSlices):
                values = one(target.values)
                return None if values is None else IndexedSlices(values, target.indices, target.dense_shape)
            found = self._directional(target)
            if found is None and unconnected is UnconnectedGradients.ZERO:
                return zeros_of(target)
            return found

        return nest.map_structure(one, primals)

    def _directional(self, target):
        for primal, tangent in zip(self._primals, self._tangents, strict=True):
            if target is primal:
                return tangent
        target = _core.convert(target)
        if self._tape._tape is None or not (target.dtype.is_floating or target.dtype.is_complex):
            return None
        # The gradient is linear in what flows into it, so its own gradient by that is the derivative at any such value.
        with recorded_by(self._around):
            found = self._from_gradient(target)
        if found is None:
            return zeros_of(target) if id(target) in self._tape.directional else None
        for tape in self._around:
            if tape._is_forward and tape._depends(target):
                tape.directional[id(found)] = found
        return found

    def _from_gradient(self, target):
        """How a target changes along the tangents; None if it depends on no primal."""
        with GradientTape(persistent=self._batch_axes > 0, watch_accessed_variables=False) as outer:
            seed = raw_ops.OnesLike(x=target)
            outer.watch(seed)
            found = self._tape.gradient(target, self._primals, output_gradients=seed)
            pairs = [(g, t) for g, t in zip(found, self._tangents, strict=True) if g is not None]
            grads = [_core.convert(g) if isinstance(g, IndexedSlices) else g for g, _ in pairs]
        if not pairs:
            return None
        tangents = [t for _, t in pairs]
        if not self._batch_axes:
            return _core.convert(outer.gradient(grads, seed, tangents, "zero"))
        rows = zip(*(raw_ops.Unpack(value=t, num=t.shape[0]) for t in tangents), strict=True)
        return raw_ops.Pack(values=[_core.convert(outer.gradient(grads, seed, list(row), "zero")) for row in rows])
