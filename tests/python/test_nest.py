"""Nested structures against real TensorFlow's answers, and the types that the tables cannot name."""

import collections
import dataclasses
import os
import types
import typing

import numpy as np
import oracle_tables
import pytest

from ferroflow.framework import data_nest, nest


def test_answers_are_tensorflows():
    names = {"nest": nest, "dn": data_nest, "np": np, "collections": collections}
    assert not oracle_tables.differences("nest", names)


@dataclasses.dataclass
class Masked:
    mask: bool
    value: object
    other: object

    def __tf_flatten__(self):
        return (self.mask,), (self.value, self.other)

    @classmethod
    def __tf_unflatten__(cls, metadata, components):
        return cls(metadata[0], *components)


class Attribute:
    def __init__(self, name):
        self.name = name


class Attrs:
    """Looks as a class made by the attrs package does."""

    __attrs_attrs__ = (Attribute("b"), Attribute("a"))

    def __init__(self, b, a):
        self.b, self.a = b, a


class Pair(typing.NamedTuple):
    x: int
    y: int


def test_dataclasses_with_the_protocol_are_structures():
    value = Masked(True, 1, [2, 3])
    assert nest.is_nested(value) and nest.flatten({"k": value}) == [1, 2, 3]
    assert nest.map_structure(lambda v: v * 10, value) == Masked(True, 10, [20, 30])
    assert nest.flatten_with_joined_string_paths(value) == [("0", 1), ("1/0", 2), ("1/1", 3)]
    nest.assert_same_structure(value, Masked(False, 0, [0, 0]))
    with pytest.raises(ValueError, match="same nested structure"):
        nest.assert_same_structure(value, Masked(False, 0, [0]))


def test_attrs_classes_are_structures_in_the_order_of_their_attributes():
    value = Attrs(1, (2, 3))
    assert nest.is_attrs(value) and nest.flatten(value) == [1, 2, 3]
    mapped = nest.map_structure(lambda v: -v, value)
    assert type(mapped) is Attrs and (mapped.b, mapped.a) == (-1, (-2, -3))
    assert nest.flatten_with_tuple_paths(value) == [(("b",), 1), (("a", 0), 2), (("a", 1), 3)]


def test_mappings_and_subclasses_keep_their_type_and_order():
    ordered = collections.OrderedDict([("b", 1), ("a", 2)])
    assert nest.map_structure(str, ordered) == collections.OrderedDict([("b", "1"), ("a", "2")])
    default = collections.defaultdict(list, {"z": 1})
    mapped = nest.map_structure(str, default)
    assert type(mapped) is collections.defaultdict and mapped.default_factory is list and mapped == {"z": "1"}
    proxy = types.MappingProxyType({"b": 1, "a": 2})
    assert nest.flatten(proxy) == [2, 1]

    class MyList(list):
        pass

    assert type(nest.map_structure(str, MyList([1]))) is MyList and not data_nest.is_nested(MyList())
    nest.assert_same_structure([1], MyList([1]))
    assert nest.map_structure(str, Pair(1, 2)) == Pair("1", "2")


def test_namedtuples_of_equal_name_and_fields_are_the_same():
    one, two = (collections.namedtuple("P", "x y") for _ in range(2))
    nest.assert_same_structure(one(1, 2), two(3, 4))
    assert nest.same_namedtuples(one(1, 2), two(3, 4))
    assert nest.flatten_up_to(one(1, 2), two(3, [4])) == [3, [4]]


def test_functions_see_leaves_in_flat_order_and_errors_pass_through():
    seen = []
    nest.map_structure(seen.append, {"b": 1, "a": [2, 3]})
    assert seen == [2, 3, 1]

    def broken(_):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        nest.map_structure(broken, [1])
    with pytest.raises(KeyError, match="mine"):
        nest.map_structure(lambda a, b: broken(a), [1], [1])


def test_sequence_like_and_paths():
    assert nest.sequence_like({"b": 1, "a": 2}, [5, 6]) == {"b": 6, "a": 5}
    assert nest.sequence_like((1,), iter([2])) == (2,)
    assert nest.sequence_like(Pair(1, 2), iter([3, 4])) == Pair(3, 4)


def test_arrays_strings_and_iterators_are_leaves():
    array, iterator = np.zeros(2), iter([1])
    for leaf in (array, iterator, "ab", b"ab", bytearray(b"ab"), None, {1, 2}, 1.5):
        assert not nest.is_nested(leaf) and nest.flatten(leaf)[0] is leaf


if oracle_tables.oracle_python():

    @pytest.mark.full
    def test_random_structures_give_tensorflows_answers():
        script = os.path.join(oracle_tables.HERE, "nest_against_tensorflow.py")
        folder = os.path.dirname(os.path.abspath(nest.__file__))
        answer = oracle_tables.run_in_oracle(script, folder, "5", "1500").decode()
        assert answer.strip().isdigit() and int(answer) > 20_000, answer[:3000]
