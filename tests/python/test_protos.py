"""Our message classes against protobuf's: the same bytes and text for random messages, the same errors."""

import copy
import json
import math
import pickle
import random

import oracle_tables
import pytest

from ferroflow.framework import protos
from ferroflow.framework.protos import runtime, schema, text, wire

ROOTS = """GraphDef NodeDef AttrValue NameAttrList TensorProto TensorShapeProto VersionDef FunctionDef FunctionDefLibrary OpDef
OpList Summary HistogramProto SummaryMetadata Event SessionLog SaverDef CheckpointState ConfigProto GPUOptions RunOptions
RunMetadata MetaGraphDef CollectionDef SignatureDef Example SequenceExample SavedModel VariableDef WhileContextDef
BundleHeaderProto BundleEntryProto StructuredValue TrackableObjectGraph ServerDef""".split()

FLOATS = (0.0, -0.0, 1.5, 0.1, -1e30, 1e-45, 123456789.0, math.inf, -math.inf, 16777217.0, 3.0, 1e22, 5e-324)
TEXTS = ("", "a", "q\"uo'te\\", "é\n\t\r", "\x01\x7f", "日本", "x" * 300)
BYTES = (b"", b"\x00\xff\n\"'\\", "é".encode(), b"\x80" * 200, b"1\x002")


def scalar(rng, field):
    if field.type in ("float", "double"):
        return rng.choice(FLOATS)
    if field.type == "string":
        return rng.choice(TEXTS)
    if field.type == "bytes":
        return rng.choice(BYTES)
    if field.type == "bool":
        return rng.random() < 0.7
    if field.type == "enum":
        return rng.choice([*field.enum_type.numbers.values(), 12345])
    low, high = wire.RANGES[field.type]
    return rng.choice((0, 1, max(-1, low), 127, 128, low, high, 300))


def fill(rng, message, depth):
    """Sets random fields of `message`."""
    for field in message._layout.fields:
        if rng.random() < 0.4 or field.type_name == "Any" or field.type == "message" and depth <= 0:
            continue
        if field.is_map:
            key, entries = scalar(rng, field.key_field), getattr(message, field.name)
            if field.type == "message":
                fill(rng, entries[key], depth - 1)
            else:
                entries[key] = scalar(rng, field.value_field)
        elif field.repeated:
            for _ in range(rng.randint(0, 3)):
                if field.type == "message":
                    fill(rng, getattr(message, field.name).add(), depth - 1)
                else:
                    getattr(message, field.name).append(scalar(rng, field))
        elif field.type == "message":
            getattr(message, field.name).SetInParent()
            fill(rng, getattr(message, field.name), depth - 1)
        else:
            setattr(message, field.name, scalar(rng, field))
    return message


def random_messages(count, seed):
    rng = random.Random(seed)
    for name in ROOTS:
        for _ in range(count):
            yield name, fill(rng, getattr(protos, name)(), rng.randint(0, 3))


@pytest.mark.parametrize("seed", range(3))
def test_bytes_text_copies_and_pickles_come_back_equal(seed):
    seen = 0
    for name, message in random_messages(4, seed):
        data = message.SerializeToString()
        again = type(message).FromString(data)
        assert again == message and again.SerializeToString() == data and message.ByteSize() == len(data), name
        assert copy.deepcopy(message) == message and pickle.loads(pickle.dumps(message)) == message
        assert text.parse(str(message), type(message)()) == message, name
        merged = type(message)()
        merged.MergeFrom(message)
        assert merged.SerializeToString() == data
        seen += len(data)
    assert seen > 10_000


READ_IN_ORACLE = """
import sys, json, struct
import tensorflow as tf
from google.protobuf import text_format, symbol_database, message_factory, descriptor_pool
from tensorflow.core.framework import graph_pb2, summary_pb2, variable_pb2, op_def_pb2
from tensorflow.core.util import event_pb2
from tensorflow.core.example import example_pb2
from tensorflow.core.protobuf import (meta_graph_pb2, saved_model_pb2, saver_pb2, struct_pb2, tensor_bundle_pb2,
    control_flow_pb2, trackable_object_graph_pb2, tensorflow_server_pb2, config_pb2)
from tensorflow.python.training import checkpoint_state_pb2
out = []
for name, data, shown in json.loads(sys.stdin.read()):
    cls = message_factory.GetMessageClass(descriptor_pool.Default().FindMessageTypeByName("tensorflow." + name))
    message = cls.FromString(bytes.fromhex(data))
    out.append([message.SerializeToString(deterministic=True).hex(), str(message),
                text_format.Parse(shown, cls()) == message])
sys.stdout.write(json.dumps(out))
"""

FIELDS_IN_ORACLE = """
import sys, json
from google.protobuf import descriptor_pool
from tensorflow.core.framework import graph_pb2, summary_pb2, variable_pb2, op_def_pb2
from tensorflow.core.util import event_pb2
from tensorflow.core.example import example_pb2
from tensorflow.core.protobuf import (meta_graph_pb2, saved_model_pb2, saver_pb2, struct_pb2, tensor_bundle_pb2,
    control_flow_pb2, trackable_object_graph_pb2, tensorflow_server_pb2, config_pb2, queue_runner_pb2)
from tensorflow.python.framework import cpp_shape_inference_pb2
from tensorflow.python.training import checkpoint_state_pb2
def kind(f):
    return (f.message_type or f.enum_type).full_name if f.message_type or f.enum_type else f.type
out = {}
for name in json.loads(sys.stdin.read()):
    rows = []
    for f in descriptor_pool.Default().FindMessageTypeByName(name).fields:
        entry = f.message_type if f.message_type and f.message_type.GetOptions().map_entry else None
        oneof = f.containing_oneof.name if f.containing_oneof else None
        oneof = None if oneof == "_" + f.name else oneof
        types = [kind(entry.fields_by_name[n]) for n in ("key", "value")] if entry else [kind(f)]
        rows.append([f.name, f.number, types, f.is_repeated, bool(f.is_packed), oneof, f.has_presence])
    out[name] = sorted(rows, key=lambda row: row[1])
sys.stdout.write(json.dumps(out))
"""

# protobuf's numbers of the scalar types
NUMBERS = {
    "double": 1, "float": 2, "int64": 3, "uint64": 4, "int32": 5, "fixed64": 6, "fixed32": 7, "bool": 8, "string": 9,
    "bytes": 12, "uint32": 13, "sfixed32": 15, "sfixed64": 16, "sint32": 17, "sint64": 18,
}  # fmt: skip


def rows_of(layout):
    """The fields of one of our layouts as FIELDS_IN_ORACLE writes protobuf's."""
    rows = []
    for field in layout.fields:
        parts = (field.key_field, field.value_field) if field.is_map else (field,)
        types = [NUMBERS.get(part.type) or schema.full_name(part.type_name) for part in parts]
        repeated = field.repeated or field.is_map
        rows.append([field.name, field.number, types, repeated, field.packed, field.oneof, field.has_presence])
    return rows


PROTOBUF_TOOLS = """
import sys, json
from google.protobuf import json_format, message_factory, text_format
from google.protobuf.internal import enum_type_wrapper
import tensorflow.compat.v1 as theirs
from ferroflow.framework import protos
for name, data in json.loads(sys.stdin.read()):
    ours = getattr(protos, name).FromString(bytes.fromhex(data))
    text = text_format.MessageToString(ours)
    assert text_format.Parse(text, type(ours)()) == ours, name
    if name in ("NodeDef", "GraphDef", "ConfigProto"):
        same = getattr(theirs, name).FromString(bytes.fromhex(data))
        assert json_format.MessageToDict(ours) == json_format.MessageToDict(same), name
        assert json_format.Parse(json_format.MessageToJson(ours), type(ours)()) == ours, name
def view(field):
    oneof, enum, message = field.containing_oneof, field.enum_type, field.message_type
    return (field.name, field.number, field.type, field.cpp_type, field.is_repeated, field.has_presence, field.full_name,
        field.camelcase_name, field.json_name, field.containing_type.full_name, oneof and oneof.name,
        enum and [(v.name, v.number) for v in enum.values], message and (message.full_name, message.GetOptions().map_entry))
for name in ("NodeDef", "AttrValue", "GraphDef", "ConfigProto"):
    ours, same = getattr(protos, name).DESCRIPTOR, getattr(theirs, name).DESCRIPTOR
    for field in ours.fields:
        if not same.fields_by_name[field.name].containing_oneof or field.containing_oneof:
            assert view(field) == view(same.fields_by_name[field.name]), field.full_name
    assert [o.name for o in ours.oneofs] == [o.name for o in same.oneofs if o.name[0] != "_"]
    assert ours.nested_types_by_name.keys() == {n for n, t in same.nested_types_by_name.items() if not n.endswith("Entry")}
pool = protos.NodeDef.DESCRIPTOR.file.pool
assert message_factory.GetMessageClass(pool.FindMessageTypeByName("tensorflow.AttrValue.ListValue")) is protos.AttrValue.ListValue
assert enum_type_wrapper.EnumTypeWrapper(pool.FindEnumTypeByName("tensorflow.DataType")).Value("DT_INT32") == 3
for find in (pool.FindMessageTypeByName, pool.FindEnumTypeByName):
    for name in ("tensorflow.No", "No", "other.NodeDef"):
        try:
            find(name)
            raise AssertionError(name)
        except KeyError:
            pass
sys.stdout.write("true")
"""


if oracle_tables.oracle_python():

    @pytest.mark.full
    def test_protobufs_own_tools_read_and_write_our_messages():
        sent = [(name, message.SerializeToString().hex()) for name, message in random_messages(3, 11)]
        assert json.loads(oracle_tables.run_in_oracle("-c", PROTOBUF_TOOLS, stdin=json.dumps(sent).encode())) is True

    @pytest.mark.full
    def test_the_field_tables_are_tensorflows():
        ours = {schema.full_name(name): rows_of(runtime.message_class(name)._layout) for name in schema.message_names()}
        theirs = json.loads(oracle_tables.run_in_oracle("-c", FIELDS_IN_ORACLE, stdin=json.dumps(list(ours)).encode()))
        for name, rows in ours.items():
            assert rows == theirs[name], name

    @pytest.mark.full
    def test_protobuf_reads_and_writes_the_same_bytes_and_text():
        messages = list(random_messages(12, 7))
        sent = [(name, message.SerializeToString().hex(), str(message)) for name, message in messages]
        answers = json.loads(oracle_tables.run_in_oracle("-c", READ_IN_ORACLE, stdin=json.dumps(sent).encode()))
        assert len(answers) == len(messages) > 400
        for (name, message), (data, shown, same) in zip(messages, answers, strict=True):
            assert bytes.fromhex(data) == message.SerializeToString(), name
            assert shown == str(message), name
            assert same, f"{name}: protobuf parses our text differently"


def test_presence_follows_protobuf():
    attr = protos.AttrValue()
    assert attr.WhichOneof("value") is None and not attr.HasField("list") and attr.list.i == []
    assert not attr.HasField("list")
    attr.i = 0
    assert attr.HasField("i") and attr.WhichOneof("value") == "i" and attr.SerializeToString() == b"\x18\x00"
    attr.list.i.append(3)
    assert attr.WhichOneof("value") == "list" and not attr.HasField("i")
    attr.s = b"x"
    assert not attr.HasField("list") and attr.list.i == []
    attr.ClearField("value")
    assert attr == protos.AttrValue() and attr.WhichOneof("value") is None
    value = protos.Summary.Value()
    assert value.metadata.plugin_data.content == b"" and not value.HasField("metadata")
    value.metadata.plugin_data.content = b""
    assert value.HasField("metadata") and value.metadata.HasField("plugin_data")
    graph = protos.GraphDef()
    graph.versions.SetInParent()
    assert graph.HasField("versions") and str(graph) == "versions {\n}\n"


def test_floats_are_compared_by_their_bits():
    assert protos.AttrValue(f=math.nan) == protos.AttrValue(f=math.nan)
    assert protos.AttrValue(f=0.0) != protos.AttrValue(f=-0.0) and protos.AttrValue(i=0) != protos.AttrValue()
    assert protos.AttrValue() != 3 and protos.AttrValue() != protos.NodeDef()


def test_a_reference_to_a_child_stays_valid_until_it_is_cleared():
    graph = protos.GraphDef()
    versions, nodes = graph.versions, graph.node
    versions.producer = 7
    nodes.add(name="a")
    assert graph.versions is versions and graph.versions.producer == 7 and graph.node is nodes
    graph.Clear()
    versions.producer = 9
    assert graph.versions.producer == 0 and len(graph.node) == 0


def test_unknown_fields_are_kept_and_can_be_discarded():
    node = protos.NodeDef.FromString(b"\x0a\x01x\xc2\x3e\x03abc\xc8\x3e\x05")
    assert node.name == "x" and node.SerializeToString() == b"\x0a\x01x\xc2\x3e\x03abc\xc8\x3e\x05"
    node.DiscardUnknownFields()
    assert node.SerializeToString() == b"\x0a\x01x"


def test_packed_and_unpacked_numbers_are_both_read():
    assert protos.TensorProto.FromString(b"\x3a\x02\x01\x02\x38\x03").int_val == [1, 2, 3]


@pytest.mark.parametrize("data", [b"\xff", b"\x0a\x05ab", b"\x0a", b"\x0b", b"\x00", b"\x0a\x01\xff", b"\x80" * 11])
def test_broken_bytes_are_a_decode_error(data):
    with pytest.raises(protos.DecodeError, match="Error parsing message with type 'tensorflow.NodeDef'"):
        protos.NodeDef.FromString(data)


def test_random_bytes_never_raise_anything_but_decode_errors():
    rng = random.Random(3)
    good = 0
    for _, message in random_messages(3, 5):
        data = bytearray(message.SerializeToString())
        for _ in range(10):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
            try:
                type(message).FromString(bytes(data))
                good += 1
            except protos.DecodeError:
                pass
    assert good > 0


def test_deep_nesting_is_an_error_and_not_a_crash():
    data = b""
    for _ in range(150):
        body = data
        data = bytearray(b"\x12")
        wire.put_varint(data, len(body))
        data += body
    with pytest.raises(protos.DecodeError, match="depth"):
        protos.FullTypeDef.FromString(bytes(data))


def test_wrong_values_are_refused_as_protobuf_does():
    node, attr = protos.NodeDef(), protos.AttrValue()
    for action, error, match in (
        (lambda: setattr(node, "nope", 1), AttributeError, 'Protocol message NodeDef has no "nope" field.'),
        (lambda: protos.NodeDef(nope=1), ValueError, 'Protocol message NodeDef has no "nope" field.'),
        (lambda: setattr(node, "name", 3), TypeError, "bad argument type for built-in operation"),
        (lambda: setattr(node, "input", ["a"]), AttributeError, "Assignment not allowed to map, or repeated field"),
        (lambda: setattr(attr, "list", None), AttributeError, 'Assignment not allowed to message field "list"'),
        (lambda: setattr(attr, "i", 1.0), TypeError, "'float' object cannot be interpreted as an integer"),
        (lambda: setattr(attr, "i", 2**63), ValueError, "Value out of range: 9223372036854775808"),
        (lambda: setattr(attr, "i", True), TypeError, "Expected an int, got a boolean."),
        (lambda: setattr(attr, "s", "x"), TypeError, "expected bytes, str found"),
        (lambda: setattr(attr, "f", "x"), TypeError, "must be real number, not str"),
        (lambda: setattr(attr, "b", "x"), TypeError, "'str' object cannot be interpreted as an integer"),
        (lambda: protos.AttrValue(type="NO"), ValueError, 'unknown enum label "NO"'),
        (lambda: node.HasField("name"), ValueError, "Field tensorflow.NodeDef.name does not have presence."),
        (lambda: node.HasField("zz"), ValueError, 'Protocol message NodeDef has no "zz" field.'),
        (lambda: attr.WhichOneof("zz"), ValueError, 'Protocol message AttrValue has no "zz" field.'),
        (lambda: node.MergeFrom(attr), TypeError, "Parameter to MergeFrom.. must be instance of same class"),
        (lambda: node.CopyFrom(None), TypeError, "Parameter to CopyFrom.. must be instance of same class"),
        (lambda: node.attr.__setitem__("a", attr), ValueError, "Direct assignment of submessage not allowed"),
        (lambda: protos.NodeDef("x"), TypeError, "No positional arguments allowed"),
        (lambda: protos.GraphDef(node=[1]), TypeError, "must be instance of same class"),
        (lambda: node.ParseFromString("x"), TypeError, "expected bytes, str found"),
        (lambda: hash(node), TypeError, "unhashable"),
    ):
        with pytest.raises(error, match=match):
            action()
    assert node == protos.NodeDef() and attr == protos.AttrValue()


def test_numpy_values_dicts_and_labels_are_taken():
    import numpy as np

    assert protos.AttrValue(i=np.int64(3)).i == 3 and protos.AttrValue(b=np.bool_(True)).b is True
    assert protos.AttrValue(f=np.float32(0.1)).f == float(np.float32(0.1)) and protos.AttrValue(f=1e40).f == math.inf
    assert protos.AttrValue(type="DT_FLOAT").type == 1 == protos.DataType.DT_FLOAT
    assert protos.GraphDef(versions={"producer": 3}, node=[{"name": "x"}]).node[0].name == "x"
    assert protos.NodeDef(attr={"a": {"i": 1}}).attr["a"].i == 1
    assert protos.DataType.Name(3) == "DT_INT32" and protos.SaverDef.V2 == protos.SaverDef.CheckpointFormatVersion.V2


def test_text_errors_say_line_and_column():
    for shown, match in (
        ("nme: 1", r'^1:1 : Message type "tensorflow.NodeDef" has no field named "nme".$'),
        ("\n name: 3", r"^2:8 : ' name: 3': Expected string but found: '3'$"),
        ('name: "a', r"^1:7 : .*String missing ending quote"),
        ("attr {", r'^1:7 : .*Expected "}".$'),
        ('name: "a" name: "b"', r"^1:11 : .* should not have multiple \"name\" fields.$"),
        ('input "x"', r'^1:7 : .*Expected ":".$'),
        ('device: "x" }', r"^1:13 : .*Expected identifier or number, got }.$"),
    ):
        with pytest.raises(text.ParseError, match=match):
            text.parse(shown, protos.NodeDef())
    with pytest.raises(text.ParseError, match='Enum type "tensorflow.DataType" has no value named DT_FOO'):
        text.parse("type: DT_FOO", protos.AttrValue())
    with pytest.raises(text.ParseError, match='another member of oneof "value"'):
        text.parse("f: inf b: true", protos.AttrValue())
    with pytest.raises(text.ParseError, match="Couldn't parse integer: 1.5"):
        text.parse("i: 1.5", protos.AttrValue())


def test_text_forms_of_the_format_are_read():
    node = text.parse(
        "name: 'a' 'b' input: [\"x\", 'y'] # c\nattr: <key: 'z' value: <s: '\\001\\x41\\n'>>;", protos.NodeDef()
    )
    assert node.name == "ab" and node.input == ["x", "y"] and node.attr["z"].s == b"\x01A\n"
    assert text.parse("i: 0x1F", protos.AttrValue()).i == 31 and text.parse("i: - 5", protos.AttrValue()).i == -5
    assert text.parse("f: 1.5f", protos.AttrValue()).f == 1.5 and math.isnan(text.parse("f: nan", protos.AttrValue()).f)
    assert text.parse("f: -inf", protos.AttrValue()).f == -math.inf and text.parse("f: 1e-7", protos.AttrValue()).f > 0


def test_random_text_never_raises_anything_but_parse_errors():
    rng = random.Random(11)
    pieces = [
        "{",
        "}",
        "<",
        "[",
        "]",
        ":",
        '"',
        "'",
        "\\",
        "\\x",
        "\\U00110000",
        "\\377",
        "-",
        "1e999",
        "0x",
        "inf",
        "#",
        "key",
        "value",
    ]
    good = bad = 0
    for _, message in random_messages(4, 9):
        shown = str(message)
        for _ in range(8):
            at = rng.randrange(len(shown) + 1)
            broken = shown[:at] + rng.choice(pieces) + shown[at + rng.randint(0, 3) :]
            try:
                text.parse(broken, type(message)())
                good += 1
            except text.ParseError:
                bad += 1
    assert bad > 200 and good > 20
    with pytest.raises(text.ParseError, match="nested too deeply"):
        text.parse("args {" * 5000, protos.FullTypeDef())


def test_maps_have_the_methods_of_dicts_where_protobuf_has_them():
    function = protos.FunctionDef()
    assert function.ret.setdefault("a", "x") == "x" and function.ret.setdefault("a", "y") == "x"
    assert "b" not in function.ret and function.ret.get("b") is None and function.ret["b"] == "" and "b" in function.ret
    with pytest.raises(NotImplementedError):
        function.attr.setdefault("a", protos.AttrValue())
    function.attr["k"].i = 1
    other = protos.FunctionDef()
    other.attr.MergeFrom(function.attr)
    assert other.attr["k"].i == 1 and dict(other.attr) == dict(function.attr)
    del function.attr["k"]
    assert len(function.attr) == 0 and other.attr["k"].i == 1


def test_coerce_takes_ours_bytes_and_foreign_messages():
    node = protos.NodeDef(name="a")
    assert protos.coerce(protos.NodeDef, node) is node
    assert protos.coerce(protos.NodeDef, node.SerializeToString()) == node

    class Foreign:
        class DESCRIPTOR:
            full_name = "tensorflow.NodeDef"

        def SerializeToString(self):
            return b"\x0a\x01a"

    assert protos.coerce(protos.NodeDef, Foreign()) == node
    with pytest.raises(TypeError, match="expected a tensorflow.GraphDef message, got tensorflow.NodeDef"):
        protos.coerce(protos.GraphDef, Foreign())
    with pytest.raises(TypeError, match="got int"):
        protos.coerce(protos.GraphDef, 3)


def test_every_table_becomes_a_class():
    names = schema.message_names()
    assert len(names) > 150
    for name in names:
        cls = runtime.message_class(name)
        assert cls().SerializeToString() == b"" and cls.DESCRIPTOR.full_name == schema.full_name(name)
        for field in cls._layout.fields:
            if field.type == "message":
                assert issubclass(field.message_class, protos.Message)
    assert "GraphDef" in dir(protos)
    with pytest.raises(AttributeError):
        protos.NoSuchMessage
