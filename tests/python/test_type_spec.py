"""Type specs and IndexedSlices against real TensorFlow's answers, and over stand-in tensors."""

import pickle

import numpy as np
import oracle_tables
import pytest

import ferroflow as tf
from ferroflow.framework import composite, dtypes, nest, tensor_util, type_spec
from ferroflow.framework.composite import IndexedSlices, IndexedSlicesSpec
from ferroflow.framework.tensor_shape import TensorShape
from ferroflow.framework.type_spec import TensorSpec
from ferroflow.framework.variable_spec import VariableSpec


class Tensor:
    """A stand-in for an eager tensor."""

    name = "t:0"
    device = "/device:CPU:0"
    op = graph = "its own"

    def __init__(self, value):
        self._array = np.asarray(value)
        self.dtype = dtypes.as_dtype(self._array.dtype)
        self.shape = TensorShape(self._array.shape)

    def numpy(self):
        return self._array

    def __neg__(self):
        return Tensor(-self._array)

    def __str__(self):
        return f"T{self._array.tolist()}"

    def consumers(self):
        return []


class Symbolic:
    """A stand-in for a symbolic tensor."""

    def __init__(self, shape, dtype, static=None):
        self.shape, self.dtype, self._static = TensorShape(shape), dtypes.as_dtype(dtype), static

    def _static_value(self, partial):
        return self._static


def test_answers_are_tensorflows():
    names = {
        "S": TensorSpec, "BS": type_spec.BoundedTensorSpec, "IS": IndexedSlicesSpec, "VS": VariableSpec,
        "T": TensorShape, "np": np, "pickle": pickle, "nest": nest, "specs": type_spec,
    }  # fmt: skip
    assert not oracle_tables.differences("type_spec", names)


def test_specs_of_tensors():
    tensor = tf.constant(np.zeros((2, 3), np.int32))
    assert TensorSpec.from_tensor(tensor, name="n") == TensorSpec([2, 3], "int32", "n")
    assert type_spec.type_spec_from_value(tensor) == TensorSpec([2, 3], "int32")
    assert TensorSpec([None, 3], "int32").is_compatible_with(tensor) and not TensorSpec(
        [3], "int32"
    ).is_compatible_with(tensor)
    with pytest.raises(TypeError, match="Could not build a TypeSpec for <object object"):
        type_spec.type_spec_from_value(object())
    with pytest.raises(TypeError):
        type_spec.type_spec_from_value([[1], [2, 3]])


def test_indexed_slices_over_tensors():
    values, indices = Tensor(np.float32([[1, 2]])), Tensor(np.int32([0]))
    slices = IndexedSlices(values, indices)
    assert slices.shape == TensorShape(None) and slices.dtype is dtypes.float32 and slices.name == "t:0"
    assert (slices.op, slices.graph, slices.device, slices.consumers()) == ("its own", "its own", "/device:CPU:0", [])
    assert str(slices) == "IndexedSlices(indices=T[0], values=T[[1.0, 2.0]])"
    assert (
        repr(slices._type_spec)
        == "IndexedSlicesSpec(TensorShape([None, 2]), tf.float32, tf.int32, None, TensorShape([1]))"
    )
    assert (-slices).values.numpy().tolist() == [[-1, -2]]
    known = IndexedSlices(values, indices, Tensor(np.int32([3, 2])))
    assert known.shape == TensorShape([3, 2]) and str(known).endswith(", dense_shape=T[3, 2])")
    assert known._type_spec == IndexedSlicesSpec([3, 2], "float32", "int32", "int32", [1])
    assert type_spec.type_spec_from_value(known) == known._type_spec


def test_nest_takes_composites_apart_only_when_asked():
    values, indices = Tensor(np.float32([[1, 2]])), Tensor(np.int32([0]))
    slices = IndexedSlices(values, indices)
    assert nest.flatten([slices]) == [slices] and nest.flatten([slices], expand_composites=True) == [values, indices]
    packed = nest.pack_sequence_as({"s": slices}, [1, 2], expand_composites=True)["s"]
    assert type(packed) is IndexedSlices and (packed.values, packed.indices) == (1, 2)
    nest.assert_same_structure(slices, IndexedSlices(Tensor(np.float32([[3, 4]])), indices), expand_composites=True)
    with pytest.raises(ValueError, match="Incompatible CompositeTensor TypeSpecs: type=IndexedSlicesSpec str="):
        nest.assert_same_structure(
            slices, IndexedSlices(values, indices, Tensor(np.int32([3, 2]))), expand_composites=True
        )


def test_specs_of_component_tensors_are_checked():
    spec = IndexedSlicesSpec([3, 2], "float32", "int32")
    values, indices = tf.constant(np.float32([[1, 2]])), tf.constant(np.int32([0]))
    made = spec._from_tensor_list([values, indices])
    assert [id(t) for t in spec.to_tensors(made)] == [id(values), id(indices)] and spec.cast(made, None) is made
    with pytest.raises(ValueError, match="the TypeSpec expects 2 items, but the provided tensor list has 1 items"):
        spec._from_tensor_list([values])
    with pytest.raises(ValueError, match="item 1 .* is incompatible with the expected TypeSpec"):
        spec._from_tensor_list([values, values])
    with pytest.raises(ValueError, match="Can not cast"):
        spec.cast(values, None)


def test_static_values_and_shapes():
    assert tensor_util.constant_value(Tensor([1, 2])).tolist() == [1, 2]
    assert tensor_util.constant_value(Symbolic([2], "int32")) is None
    assert tensor_util.constant_value_as_shape(Symbolic([2], "int32")) == TensorShape([None, None])
    assert tensor_util.constant_value_as_shape(Symbolic(None, "int32")) == TensorShape(None)
    assert tensor_util.constant_value_as_shape(Symbolic([2], "int32", [None, 3])) == TensorShape([None, 3])
    assert tensor_util.constant_value_as_shape(Tensor(np.int32([-1, 3]))) == TensorShape([None, 3])
    assert tensor_util.constant_value_as_shape(Tensor(np.int32(-1))) == TensorShape(None)
    with pytest.raises(ValueError, match="Received a scalar value '5' as shape"):
        tensor_util.constant_value_as_shape(Tensor(np.int32(5)))


def test_an_own_spec_needs_only_a_few_methods():
    class PairSpec(type_spec.TypeSpec):
        value_type = tuple

        def __init__(self, shape, tag):
            self.shape, self.tag = TensorShape(shape), tag

        def _serialize(self):
            return (self.shape, self.tag)

        @property
        def _component_specs(self):
            return {"a": TensorSpec(self.shape), "b": TensorSpec([])}

        def _to_components(self, value):
            return {"a": value[0], "b": value[1]}

        def _from_components(self, components):
            return (components["a"], components["b"])

    spec = PairSpec([2], "x")
    assert spec == PairSpec([2], "x") and hash(spec) == hash(PairSpec([2], "x")) and spec != PairSpec([2], "y")
    assert repr(spec) == "PairSpec(TensorShape([2]), 'x')"
    assert spec.is_subtype_of(PairSpec([None], "x")) and not spec.is_subtype_of(PairSpec([None], "y"))
    assert spec.most_specific_compatible_type(PairSpec([3], "x")) == PairSpec([None], "x")
    with pytest.raises(ValueError, match="No TypeSpec is compatible with both"):
        spec.most_specific_compatible_type(PairSpec([3], "y"))
    assert spec.flatten() == [TensorSpec([2]), TensorSpec([])] and spec.from_tensors(iter([5, 6])) == (5, 6)
    assert spec._with_tensor_ranks_only() == PairSpec([None], "x")


def test_hooks_are_named():
    with pytest.raises(TypeError, match="there is no tensor hook 'nope'"):
        type_spec.register_tensor_hooks(nope=1)
    assert composite.IndexedSlicesValue(1, 2, None).indices == 2


def test_converters_are_asked_for_their_class():
    class Mine:
        pass

    type_spec.register_type_spec_from_value_converter(Mine, lambda value: TensorSpec([7]))
    assert type_spec.type_spec_from_value(Mine()) == TensorSpec([7])
