"""Assignments to resource variables, of the whole, of slices and of rows."""

from .. import _core
from .._gen import raw_ops
from .composite import IndexedSlices
from .slice_assign import assign_slice_of_resource
from .tape import variable_accessed


class ResourceUpdates:
    """The methods of a resource variable that change it or read a part of it."""

    def _lazy_read(self, operation):
        """The variable as it is after `operation`."""
        from .resource_variable import UnreadVariable

        return UnreadVariable(self, operation)

    def _finish(self, operation, read_value):
        if read_value:
            return self._lazy_read(operation)
        return operation

    def assign(self, value, use_locking=None, name=None, read_value=True):
        """Gives the variable a new value.

        Args:
          value: a tensor of the variable's dtype, or what can become one, of a shape that its shape admits.
          use_locking: changes nothing.
          name: the operation's name.
          read_value: whether to return the variable; else the operation (None in eager mode).

        Returns:
          The variable: reading what is returned comes after the assignment.

        Raises:
          ValueError: a shape or dtype that does not fit.
        """
        value = _core.convert(value, self._dtype)
        if not self._shape.is_compatible_with(value.shape):
            raise ValueError(
                f"Cannot assign value to variable ' {self.name}': Shape mismatch.The variable shape {self._shape}, and the "
                f"assigned value shape {value.shape} are incompatible."
            )
        validate = bool(self._validate_shape) and self._shape.is_fully_defined()
        operation = raw_ops.AssignVariableOp(resource=self._handle, value=value, validate_shape=validate, name=name)
        return self._finish(operation, read_value)

    def assign_add(self, delta, use_locking=None, name=None, read_value=True):
        """Adds `delta`, a tensor of the variable's shape. See `assign`."""
        delta = _core.convert(delta, self._dtype)
        return self._finish(raw_ops.AssignAddVariableOp(resource=self._handle, value=delta, name=name), read_value)

    def assign_sub(self, delta, use_locking=None, name=None, read_value=True):
        """Subtracts `delta`, a tensor of the variable's shape. See `assign`."""
        delta = _core.convert(delta, self._dtype)
        return self._finish(raw_ops.AssignSubVariableOp(resource=self._handle, value=delta, name=name), read_value)

    def _assign_slice(self, spec, value, name=None):
        return self._lazy_read(assign_slice_of_resource(self._handle, spec, value, self._dtype, name))

    def count_up_to(self, limit):
        """Adds one unless that would pass `limit` (then OutOfRangeError); the value before."""
        return raw_ops.ResourceCountUpTo(resource=self._handle, limit=limit, T=self._dtype)

    # Rows

    def _scatter(self, op, sparse_delta, name):
        if not isinstance(sparse_delta, IndexedSlices):
            raise TypeError(f"Argument `sparse_delta` must be a `tf.IndexedSlices`. Received arg: {sparse_delta}")
        updates = _core.convert(sparse_delta.values, self._dtype)
        return self._lazy_read(op(resource=self._handle, indices=sparse_delta.indices, updates=updates, name=name))

    def scatter_update(self, sparse_delta, use_locking=False, name=None):
        """Replaces rows. `sparse_delta` is an `IndexedSlices`: TypeError otherwise."""
        return self._scatter(raw_ops.ResourceScatterUpdate, sparse_delta, name)

    def scatter_add(self, sparse_delta, use_locking=False, name=None):
        """Adds to rows. `sparse_delta` is an `IndexedSlices`: TypeError otherwise."""
        return self._scatter(raw_ops.ResourceScatterAdd, sparse_delta, name)

    def scatter_sub(self, sparse_delta, use_locking=False, name=None):
        """Subtracts from rows. `sparse_delta` is an `IndexedSlices`: TypeError otherwise."""
        return self._scatter(raw_ops.ResourceScatterSub, sparse_delta, name)

    def scatter_mul(self, sparse_delta, use_locking=False, name=None):
        """Multiplies rows. `sparse_delta` is an `IndexedSlices`: TypeError otherwise."""
        return self._scatter(raw_ops.ResourceScatterMul, sparse_delta, name)

    def scatter_div(self, sparse_delta, use_locking=False, name=None):
        """Divides rows. `sparse_delta` is an `IndexedSlices`: TypeError otherwise."""
        return self._scatter(raw_ops.ResourceScatterDiv, sparse_delta, name)

    def scatter_max(self, sparse_delta, use_locking=False, name=None):
        """Takes the larger of old and new, element by element. `sparse_delta` is an `IndexedSlices`."""
        return self._scatter(raw_ops.ResourceScatterMax, sparse_delta, name)

    def scatter_min(self, sparse_delta, use_locking=False, name=None):
        """Takes the smaller of old and new, element by element. `sparse_delta` is an `IndexedSlices`."""
        return self._scatter(raw_ops.ResourceScatterMin, sparse_delta, name)

    def batch_scatter_update(self, sparse_delta, use_locking=False, name=None):
        """Replaces rows in each batch: `self[b..., indices[b..., i]] = values[b..., i]`."""
        from .state import batch_scatter_update

        return batch_scatter_update(self, sparse_delta.indices, sparse_delta.values, use_locking, name)

    # Elements and slices by index vectors

    def _scatter_nd(self, op, indices, updates, name):
        updates = _core.convert(updates, self._dtype)
        return self._lazy_read(op(ref=self._handle, indices=indices, updates=updates, name=name))

    def scatter_nd_update(self, indices, updates, name=None):
        """Replaces the slices at `indices`, whose last axis holds index vectors."""
        return self._scatter_nd(raw_ops.ResourceScatterNdUpdate, indices, updates, name)

    def scatter_nd_add(self, indices, updates, name=None):
        """Adds to the slices at `indices`, whose last axis holds index vectors."""
        return self._scatter_nd(raw_ops.ResourceScatterNdAdd, indices, updates, name)

    def scatter_nd_sub(self, indices, updates, name=None):
        """Subtracts from the slices at `indices`, whose last axis holds index vectors."""
        return self._scatter_nd(raw_ops.ResourceScatterNdSub, indices, updates, name)

    def scatter_nd_max(self, indices, updates, name=None):
        """Takes the larger of old and new in the slices at `indices`."""
        return self._scatter_nd(raw_ops.ResourceScatterNdMax, indices, updates, name)

    def scatter_nd_min(self, indices, updates, name=None):
        """Takes the smaller of old and new in the slices at `indices`."""
        return self._scatter_nd(raw_ops.ResourceScatterNdMin, indices, updates, name)

    # Reading parts

    def sparse_read(self, indices, name=None):
        """The rows at `indices`; their gradient is an `IndexedSlices`."""
        variable_accessed(self)
        return raw_ops.ResourceGather(resource=self._handle, indices=indices, dtype=self._dtype, name=name)

    def gather_nd(self, indices, name=None):
        """The slices at `indices`, whose last axis holds index vectors."""
        variable_accessed(self)
        return raw_ops.ResourceGatherNd(resource=self._handle, indices=indices, dtype=self._dtype, name=name)
