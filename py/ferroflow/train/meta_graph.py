"""Graphs in files: the GraphDef with its collections and its saver."""

import os

from ..framework.collections import GraphKeys
from ..framework.graph import get_default_graph
from ..framework.importer import import_graph_def
from ..framework.protos import CollectionDef, GraphDef, MetaGraphDef, QueueRunnerDef, VariableDef
from ..framework.ref_variable import RefVariable
from ..framework.resource_variable import ResourceVariable

_VARIABLES = ("variables", "local_variables", "model_variables", "trainable_variables", "moving_average_variables")


def export_meta_graph(
    filename=None,
    meta_info_def=None,
    graph_def=None,
    saver_def=None,
    collection_list=None,
    as_text=False,
    graph=None,
    export_scope=None,
    clear_devices=False,
    clear_extraneous_savers=False,
    strip_default_attrs=False,
    save_debug_info=False,
    **kwargs,
):
    """A graph with its collections as a MetaGraphDef, also in a file.

    Args:
      filename: the file, or None.
      meta_info_def: what is said of the graph, or None.
      graph_def: the GraphDef, by default that of `graph`.
      saver_def: the saver, or None.
      collection_list: names of the collections; all by default.
      as_text: whether the file is text.
      graph: the graph, by default the default graph.
      export_scope: accepted as None only.
      clear_devices: whether to leave out devices.
      clear_extraneous_savers: accepted for TensorFlow's sake.
      strip_default_attrs: accepted for TensorFlow's sake, without effect.
      save_debug_info: accepted for TensorFlow's sake, without effect.
      **kwargs: nothing.

    Returns:
      A MetaGraphDef.
    """
    if export_scope is not None:
        raise NotImplementedError("export_scope: a part of a graph cannot be exported yet")
    graph = get_default_graph() if graph is None else graph
    meta = MetaGraphDef()
    if meta_info_def is not None:
        meta.meta_info_def.CopyFrom(meta_info_def)
    meta.graph_def.CopyFrom(graph.as_graph_def() if graph_def is None else graph_def)
    if clear_devices:
        for node in meta.graph_def.node:
            node.device = ""
    if saver_def is not None:
        meta.saver_def.CopyFrom(saver_def)
    for key in graph.get_all_collection_keys() if collection_list is None else collection_list:
        found = _collection(graph.get_collection(key))
        if found is not None:
            meta.collection_def[key].CopyFrom(found)
    if filename:
        folder = os.path.dirname(filename)
        if folder:
            os.makedirs(folder, exist_ok=True)
        data = str(meta).encode() if as_text else meta.SerializeToString()
        with open(filename + ".new", "wb") as file:
            file.write(data)
        os.replace(filename + ".new", filename)
    return meta


def _collection(items):
    """A collection as a message; None if it holds what no file can hold."""
    made = CollectionDef()
    for item in items:
        if hasattr(item, "to_proto"):
            made.bytes_list.value.append(item.to_proto().SerializeToString())
        elif hasattr(item, "name") and hasattr(item, "graph"):
            made.node_list.value.append(item.name)
        elif isinstance(item, (str, bytes)):
            made.bytes_list.value.append(item.encode() if isinstance(item, str) else item)
        elif isinstance(item, bool):
            return None
        elif isinstance(item, int):
            made.int64_list.value.append(item)
        elif isinstance(item, float):
            made.float_list.value.append(item)
        else:
            return None
    return made if items else None


def read_meta_graph(path):
    """The MetaGraphDef of a file, binary or text.

    Raises:
      OSError: there is no such file.
    """
    from ..framework.protos.text import parse

    with open(path, "rb") as file:
        data = file.read()
    meta = MetaGraphDef()
    try:
        meta.ParseFromString(data)
        return meta
    except Exception:  # not binary: text, or damaged
        return parse(data.decode(), MetaGraphDef())


def import_meta_graph(meta_graph_or_file, clear_devices=False, import_scope=None, **kwargs):
    """Adds the graph and collections of a MetaGraphDef to the default graph.

    Args:
      meta_graph_or_file: a MetaGraphDef, or the path of its file.
      clear_devices: whether to leave out devices.
      import_scope: a name scope for all that is added.
      **kwargs: nothing.

    Returns:
      The Saver of the graph; None if there are no variables.
    """
    from .saver import Saver

    is_path = isinstance(meta_graph_or_file, (str, os.PathLike))
    meta = read_meta_graph(meta_graph_or_file) if is_path else meta_graph_or_file
    graph = get_default_graph()
    graph_def = GraphDef()
    graph_def.CopyFrom(meta.graph_def)
    if clear_devices:
        for node in graph_def.node:
            node.device = ""
    with graph.as_default():
        import_graph_def(graph_def, name=import_scope or "")
        made = {}
        for key in sorted(meta.collection_def):
            for item in _items(graph, key, meta.collection_def[key], import_scope, made):
                graph.add_to_collection(key, item)
        if meta.HasField("saver_def"):
            return Saver.from_proto(meta.saver_def, import_scope)
        return Saver() if graph.get_collection(GraphKeys.GLOBAL_VARIABLES) else None


def _items(graph, key, collection, import_scope, made):
    kind = collection.WhichOneof("kind")
    values = list(getattr(collection, kind).value) if kind else []
    if kind == "node_list":
        prefix = f"{import_scope}/" if import_scope else ""
        return [graph.as_graph_element(prefix + name) for name in values]
    if kind == "bytes_list" and key == GraphKeys.QUEUE_RUNNERS:
        from .queue_runner import QueueRunner

        return [QueueRunner.from_proto(QueueRunnerDef.FromString(value), import_scope) for value in values]
    if kind != "bytes_list" or key not in _VARIABLES:
        return values
    items = []
    for value in values:
        # A variable that is in several collections is one object.
        if value not in made:
            definition = VariableDef()
            definition.ParseFromString(value)
            kind_of = ResourceVariable if definition.is_resource else RefVariable
            made[value] = kind_of.from_proto(definition, import_scope)
        items.append(made[value])
    return items
