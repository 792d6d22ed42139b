"""`tf.train.Saver` and the checkpoint functions: what is written is read again, by name, in place of any value."""

import os

import numpy as np
import pytest

import ferroflow as tf

v1 = tf.compat.v1


def make_variables(use_resource=True):
    a = v1.get_variable("a", initializer=[1.0, 2.0], use_resource=use_resource)
    b = v1.get_variable("b", initializer=7, use_resource=use_resource, trainable=False)
    return a, b


@pytest.mark.parametrize("use_resource", [True, False], ids=["resource", "reference"])
def test_save_and_restore(tmp_path, use_resource):
    with tf.Graph().as_default(), v1.Session() as session:
        a, b = make_variables(use_resource)
        saver = v1.train.Saver()
        session.run(v1.global_variables_initializer())
        session.run(v1.assign(a, [3.0, 4.0]))
        prefix = saver.save(session, str(tmp_path / "model"), global_step=5)
        assert prefix == str(tmp_path / "model-5")
        assert sorted(os.listdir(tmp_path)) == [
            "checkpoint",
            "model-5.data-00000-of-00001",
            "model-5.index",
            "model-5.meta",
        ]
        session.run(v1.global_variables_initializer())
    with tf.Graph().as_default(), v1.Session() as session:
        a, b = make_variables(use_resource)
        v1.train.Saver().restore(session, prefix)  # without an initializer
        np.testing.assert_array_equal(session.run(a), [3.0, 4.0])
        assert session.run(b) == 7
    assert tf.train.latest_checkpoint(str(tmp_path)) == prefix
    assert tf.train.list_variables(prefix) == [("a", [2]), ("b", [])]
    np.testing.assert_array_equal(tf.train.load_variable(str(tmp_path), "a"), [3.0, 4.0])
    reader = tf.train.load_checkpoint(prefix)
    assert reader.has_tensor("a") and not reader.has_tensor("c")
    assert reader.get_variable_to_dtype_map() == {"a": tf.float32, "b": tf.int32}
    assert reader.get_variable_to_shape_map() == {"a": [2], "b": []}


def test_every_dtype_comes_back(tmp_path):
    values = {
        "f16": np.array([0.5, -np.inf], np.float16), "f32": np.array([np.nan, -0.0], np.float32), "f64": np.array(1e300),
        "i8": np.array([-128], np.int8), "i16": np.array([-1], np.int16), "i32": np.array([2**31 - 1], np.int32),
        "i64": np.array([-(2**63)], np.int64), "u8": np.array([255], np.uint8), "u16": np.array([65535], np.uint16),
        "u32": np.array([2**32 - 1], np.uint32), "u64": np.array([2**64 - 1], np.uint64), "c64": np.array([1 + 2j], np.complex64),
        "c128": np.array([1 - 2j]), "b": np.array([True, False]), "s": np.array([b"", b"a\0b"], object),
        "empty": np.zeros((0, 3), np.float32), "scalar": np.array(2.5, np.float32),
    }  # fmt: skip
    with tf.Graph().as_default(), v1.Session() as session:
        variables = {name: v1.get_variable(name, initializer=tf.constant(value)) for name, value in values.items()}
        saver = v1.train.Saver()
        session.run(v1.global_variables_initializer())
        prefix = saver.save(session, str(tmp_path / "x"), write_meta_graph=False)
    with tf.Graph().as_default(), v1.Session() as session:
        variables = {
            name: v1.get_variable(name, initializer=tf.zeros(value.shape, value.dtype if name != "s" else tf.string))
            for name, value in values.items()
        }
        v1.train.Saver().restore(session, prefix)
        for name, value in values.items():
            found = session.run(variables[name])
            assert np.asarray(found).dtype == value.dtype
            np.testing.assert_array_equal(found, value)


@pytest.mark.parametrize("use_resource", [True, False], ids=["resource", "reference"])
def test_names_of_operations(use_resource):
    resource = ["save/Identity", "save/AssignVariableOp", "save/Identity_1", "save/AssignVariableOp_1"]
    with tf.Graph().as_default() as graph:
        make_variables(use_resource)
        definition = v1.train.Saver().as_saver_def()
        names = [operation.name for operation in graph.get_operations() if operation.name.startswith("save/")]
        assert names == [
            "save/filename/input", "save/filename", "save/Const", "save/SaveV2/tensor_names", "save/SaveV2/shape_and_slices",
            "save/SaveV2", "save/control_dependency", "save/RestoreV2/tensor_names", "save/RestoreV2/shape_and_slices",
            "save/RestoreV2", *(resource if use_resource else ["save/Assign", "save/Assign_1"]), "save/restore_all",
        ]  # fmt: skip
        assert definition.filename_tensor_name == "save/Const:0"
        assert definition.save_tensor_name == "save/control_dependency:0"
        assert definition.restore_op_name == "save/restore_all"


def test_only_the_newest_are_kept(tmp_path):
    with tf.Graph().as_default(), v1.Session() as session:
        make_variables()
        saver = v1.train.Saver(max_to_keep=2)
        session.run(v1.global_variables_initializer())
        for step in range(4):
            saver.save(session, str(tmp_path / "m"), global_step=step)
        kept = [str(tmp_path / "m-2"), str(tmp_path / "m-3")]
        assert saver.last_checkpoints == kept
        assert sorted({name.split(".")[0] for name in os.listdir(tmp_path)}) == ["checkpoint", "m-2", "m-3"]
        state = tf.train.get_checkpoint_state(str(tmp_path))
        assert state.model_checkpoint_path == kept[1]
        assert list(state.all_model_checkpoint_paths) == kept
        again = v1.train.Saver(max_to_keep=2)
        again.recover_last_checkpoints([*kept, "/nowhere"])
        assert again.last_checkpoints == kept


def test_a_dict_renames(tmp_path):
    with tf.Graph().as_default(), v1.Session() as session:
        a, b = make_variables()
        session.run(v1.global_variables_initializer())
        prefix = v1.train.Saver({"other": a}).save(session, str(tmp_path / "m"))
        assert tf.train.list_variables(prefix) == [("other", [2])]


def test_the_graph_comes_back_from_its_file(tmp_path):
    with tf.Graph().as_default(), v1.Session() as session:
        a, b = make_variables()
        tf.reduce_sum(a, name="total")
        session.run(v1.global_variables_initializer())
        prefix = v1.train.Saver().save(session, str(tmp_path / "m"))
    with tf.Graph().as_default() as graph, v1.Session() as session:
        saver = v1.train.import_meta_graph(prefix + ".meta")
        saver.restore(session, prefix)
        assert [variable.name for variable in v1.global_variables()] == ["a:0", "b:0"]
        assert session.run(graph.get_tensor_by_name("total:0")) == 3.0


def test_mistakes(tmp_path):
    with tf.Graph().as_default(), v1.Session() as session:
        with pytest.raises(ValueError, match="No variables to save"):
            v1.train.Saver()
        a, b = make_variables()
        saver = v1.train.Saver()
        session.run(v1.global_variables_initializer())
        with pytest.raises(ValueError, match="Parent directory of /nowhere/at/all/m doesn't exist, can't save."):
            saver.save(session, "/nowhere/at/all/m")
        with pytest.raises(ValueError, match="The passed save_path is not a valid checkpoint: /nowhere/m"):
            saver.restore(session, "/nowhere/m")
        with pytest.raises(ValueError, match="Can't load save_path when it is None."):
            saver.restore(session, None)
        with pytest.raises(TypeError, match="'sess' must be a Session"):
            saver.save(None, str(tmp_path / "m"))
        with pytest.raises(TypeError, match="Variable to save is not a Variable"):
            v1.train.Saver([tf.constant(1)])
        prefix = saver.save(session, str(tmp_path / "m"))
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable("missing", [2])
        with pytest.raises(tf.errors.NotFoundError, match="Key missing not found in checkpoint") as raised:
            v1.train.Saver().restore(session, prefix)
        notes = "\n".join(raised.value.__notes__).split("\n")
        assert "  op: RestoreV2 'save/RestoreV2'" in notes
        assert notes[-3:] == [
            "  variable: missing is not in the checkpoint",
            "  in the checkpoint: a, b",
            "  fix: make the Saver of the variables that are there, by their names: Saver({name: variable})",
        ]
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable("a", [3])
        with pytest.raises(tf.errors.InvalidArgumentError, match="Restoring from checkpoint failed") as raised:
            v1.train.Saver().restore(session, prefix)
        notes = "\n".join(raised.value.__notes__).split("\n")
        assert notes[0].startswith("  op: Assign") and raised.value.__notes__[0].count("save/Assign") == 1
        assert notes[-2:] == [
            "  variable: a is float32 [3], in the checkpoint float32 [2]",
            "  fix: give the variable the checkpoint's shape and dtype, or leave it out: Saver([others])",
        ]
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable("a", [2], tf.float64)
        with pytest.raises(
            tf.errors.InvalidArgumentError, match="expected dtype double does not equal original dtype float"
        ):
            v1.train.Saver().restore(session, prefix)


def test_eager_variables(tmp_path):
    a, b = tf.Variable([1.0, 2.0], name="a"), tf.Variable(7, name="b")
    saver = v1.train.Saver([a, b])
    prefix = saver.save(None, str(tmp_path / "m"))
    a.assign([0.0, 0.0])
    saver.restore(None, prefix)
    np.testing.assert_array_equal(a.numpy(), [1.0, 2.0])


def test_eager_variables_of_other_shapes_are_refused_before_any_is_assigned(tmp_path):
    path = tf.train.Saver([tf.Variable(3.0, name="u"), tf.Variable([1.0, 2.0], name="v")]).save(
        None, str(tmp_path / "m")
    )
    u, v = tf.Variable(0.0, name="u"), tf.Variable([0.0, 0.0, 0.0], name="v")
    line = r"Received incompatible tensor with shape \(2,\) when attempting to restore variable with shape \(3,\) and name v\."
    with pytest.raises(ValueError, match=line) as raised:
        tf.train.Saver([u, v]).restore(None, path)
    assert "  variable: v is float32 [3], in the checkpoint float32 [2]" in raised.value.__notes__
    assert u.numpy() == 0.0


def test_whole_files_as_strings(tmp_path):
    path = str(tmp_path / "new" / "file")
    tf.io.write_file(path, b"a\0b")
    assert tf.io.read_file(path).numpy() == b"a\0b"
    with pytest.raises(tf.errors.NotFoundError, match="No such file or directory"):
        tf.io.read_file(str(tmp_path / "none"))
