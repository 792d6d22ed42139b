"""Graphs and event files on disk."""

import os

from ..framework.protos import Event


def write_graph(graph_or_graph_def, logdir, name, as_text=True):
    """Writes a graph as a GraphDef.

    Args:
      graph_or_graph_def: a graph or a GraphDef.
      logdir: the folder, which is made if need be.
      name: name of the file.
      as_text: whether the file is text; else it is binary.

    Returns:
      The path of the file.
    """
    graph_def = graph_or_graph_def.as_graph_def() if hasattr(graph_or_graph_def, "as_graph_def") else graph_or_graph_def
    os.makedirs(logdir, exist_ok=True)
    path = os.path.join(logdir, name)
    data = str(graph_def).encode() if as_text else graph_def.SerializeToString()
    with open(path + ".new", "wb") as file:
        file.write(data)
    os.replace(path + ".new", path)
    return path


def summary_iterator(path):
    """The events of an event file.

    Args:
      path: the file.

    Returns:
      A generator of Event messages.
    """
    import struct

    with open(path, "rb") as file:
        while header := file.read(12):
            (size,) = struct.unpack("<Q", header[:8])
            event = Event()
            event.ParseFromString(file.read(size))
            file.read(4)
            yield event
