"""`tf.gfile` and `tf.io.gfile` do with local files what TensorFlow's do."""

import pytest
import tensorflow
from programs import run

import ferroflow
import ferroflow.compat.v1

FOLDERS = """
g, f = v1.gfile, tf.io.gfile
def tree():
    return sorted([top, sorted(folders), sorted(files)] for top, folders, files in f.walk("."))
show(lambda: f.makedirs("a/b/c"))
show(lambda: f.makedirs("a/b/c"))
show(lambda: f.mkdir("a/b/c"))
show(lambda: f.mkdir("x/y"))
show(lambda: f.mkdir("d"))
for name in ("one.txt", "a/two.txt", "a/b/three.md", "a/b/c/four.txt", "d/.hidden"):
    with f.GFile(name, "w") as file:
        file.write(name)
show(lambda: f.makedirs("one.txt/b"))
show(lambda: f.makedirs("one.txt"))
show(lambda: f.mkdir("one.txt"))
show(tree())
show(lambda: sorted(f.listdir("a")))
show(lambda: f.listdir("nowhere"))
show(lambda: f.listdir("one.txt"))
for name in ("a", "one.txt", "nowhere", "", b"a", "a/"):
    show(lambda: [f.exists(name), f.isdir(name)])
    show(lambda: [g.Exists(name), g.IsDirectory(name)])
for pattern in ("*", "*.txt", "a/*", "a/*/*", "*/*.txt", "o?e.txt", "[op]ne.txt", "a/b", "nowhere/*", "./*.txt", "a/*b*", "d/*", "a//two.txt", ["*.txt", "a/*.txt"]):
    show(lambda: sorted(f.glob(pattern)))
show(lambda: [f.stat("one.txt").length, f.stat("one.txt").is_directory, f.stat("a").is_directory])
show(lambda: abs(f.stat("one.txt").mtime_nsec / 1e9 - __import__("time").time()) < 1000)
show(lambda: f.stat("nowhere"))
show(lambda: f.copy("one.txt", "copy.txt"))
show(lambda: f.copy("a/two.txt", "copy.txt"))
show(lambda: f.copy("a/two.txt", "copy.txt", overwrite=True))
show(lambda: g.Open("copy.txt").read())
show(lambda: f.copy("nowhere", "copy2.txt"))
show(lambda: f.copy("one.txt", "x/y.txt"))
show(lambda: f.rename("copy.txt", "renamed.txt"))
show(lambda: f.rename("renamed.txt", "one.txt"))
show(lambda: f.rename("renamed.txt", "one.txt", overwrite=True))
show(lambda: f.rename("nowhere", "somewhere"))
show(lambda: g.Rename("d", "e"))
show(tree())
show(lambda: f.remove("one.txt"))
show(lambda: f.remove("one.txt"))
show(lambda: f.remove("a"))
show([list(found) for found in f.walk("a/b")])
show([list(found) for found in f.walk("a/b", topdown=False)])
show([list(found) for found in g.Walk("a/b", in_order=False)])
show(list(f.walk("nowhere")))
show(lambda: f.rmtree("a"))
show(lambda: f.rmtree("a"))
show(tree())
show(lambda: [f.join("a", "b"), f.join("a", "/b"), f.join("a/", "b", ""), f.join("a")])
show(lambda: g.DeleteRecursively("e"))
"""

FILES = """
f = tf.io.gfile
def text(name):
    return f.GFile(name, "rb").read()
show(lambda: f.GFile("nowhere").read())
show(lambda: f.GFile("nowhere").size())
show(lambda: f.GFile("x", "q"))
with f.GFile("t", "w") as file:
    show([file.name, file.mode, file.seekable()])
    show(lambda: file.write("one\\ntwo\\n"))
    show(lambda: file.write(b"bytes \\xc3\\xa4\\n"))
    show(lambda: file.read())
    file.flush()
    show(lambda: file.tell())
    show(lambda: file.size())
show(text("t"))
with f.GFile("t", "a") as file:
    file.write("end")
show(text("t"))
with f.GFile("t") as file:
    show([file.read(2), file.tell(), file.readline(), file.tell(), file.readlines(), file.read(), file.readline()])
    show(lambda: file.write("x"))
    show(lambda: next(file))
    file.seek(0)
    show(list(file))
    file.seek(3)
    show(file.read())
    file.seek(4)
    file.seek(2, 1)
    show(file.read(3))
    file.seek(position=1)
    show(file.tell())
    show(lambda: file.seek(0, 7))
    show(lambda: file.seek())
    show(lambda: file.seek(1, position=2))
    show(file.size())
with f.GFile("t", "rb") as file:
    show([file.read(3), file.readline(), file.readlines()])
with f.GFile("u", "w+") as file:
    file.write("abc")
show(text("u"))
f.GFile("v", "w").close()
show(f.exists("v"))
with f.GFile("w", "w") as file:
    pass
show(f.exists("w"))
file = f.GFile("t")
file.read(3)
file.close()
show(file.read(3))
show(lambda: f.GFile("t").next())
show(lambda: f.GFile("no/folder", "w").write("a"))
"""


PLACES = """
f = tf.io.gfile
def fresh(text="one\\ntwo\\nthree"):
    with f.GFile("t", "wb") as file:
        file.write(text)
def inside(mode, *steps):
    fresh()
    with f.GFile("t", mode) as file:
        found = [step(file) for step in steps]
    return found + [f.GFile("t", "rb").read()]
show(lambda: inside("w+", lambda g: g.read(4), lambda g: g.write("zz"), lambda g: g.flush(), lambda g: g.tell()))
show(lambda: inside("w+", lambda g: g.write("zz"), lambda g: g.flush(), lambda g: g.read()))
show(lambda: inside("a+", lambda g: g.read(4), lambda g: g.write("zz"), lambda g: g.tell()))
show(lambda: inside("a", lambda g: g.write("zz"), lambda g: g.tell()))
show(lambda: inside("r+", lambda g: g.read(5), lambda g: g.tell()))
fresh("a\\r\\nb\\rc\\n\\r\\nd")
show(lambda: f.GFile("t").readlines())
show(lambda: f.GFile("t").read())
show(lambda: f.GFile("t").read(-2))
show(lambda: f.GFile("t").seek(-1))
show(lambda: f.makedirs(""))
show(lambda: f.mkdir(""))
show(lambda: f.exists("zz://a/b"))
show(lambda: f.makedirs("zz://a/b"))
show(lambda: f.GFile("zz://a/b", "w").write("c"))
show(f.join("file://a", "b"))
for name in ("a.txt", "b.txt", "[x].txt", "!c"):
    f.GFile(name, "w").write(name)
for pattern in ("[^a]*", "[!a]*", "[ab]*", "\\\\a.txt", "\\\\[x\\\\].txt", "[[]x].txt", "\\\\*", "[^!]*.txt"):
    show(lambda: sorted(f.glob(pattern)))
"""

RECORDS = """
def written(record, path="t", **kwargs):
    with tf.io.TFRecordWriter(path, **kwargs) as writer:
        writer.write(record)
    return list(v1.io.tf_record_iterator("t"))
show(lambda: written("text \\u00e4"))
show(lambda: written(b"bytes"))
show(lambda: written(bytearray(b"array")))
show(lambda: written(b"bytes", b"t"))
show(lambda: type(v1.io.tf_record_iterator("t")).__name__ != "")
show(lambda: v1.io.tf_record_iterator("nowhere"))
show(lambda: tf.io.TFRecordOptions(5))
show(lambda: tf.io.TFRecordOptions("gzip"))
show(lambda: tf.io.TFRecordWriter("t", 7))
options = tf.io.TFRecordOptions("GZIP", compression_level=3, mem_level=2)
show([options.compression_type, options.compression_level, options.mem_level, options.window_bits])
names = tf.data.Dataset.from_tensors(["t", "t"])
show(lambda: tf.data.TFRecordDataset(names))
"""


@pytest.mark.parametrize("text", [FOLDERS, FILES, PLACES, RECORDS], ids=["folders", "files", "places", "records"])
def test_files(text, tmp_path, monkeypatch):
    shown = []
    for library, v1 in ((tensorflow, tensorflow.compat.v1), (ferroflow, ferroflow.compat.v1)):
        folder = tmp_path / library.__name__
        folder.mkdir()
        monkeypatch.chdir(folder)
        shown.append(run(text, library, v1))
    want, have = shown
    faults = [f"{n}: TensorFlow {w!r}\n   Ferroflow  {h!r}" for n, (w, h) in enumerate(zip(want, have)) if w != h]
    assert not faults, "\n".join(faults)


def test_a_file_copied_to_itself_stays(tmp_path):
    """TensorFlow empties it."""
    path = tmp_path / "t"
    path.write_text("text")
    ferroflow.io.gfile.copy(str(path), str(path), overwrite=True)
    assert path.read_text() == "text"


def test_what_is_written_over_a_file_keeps_the_rest(tmp_path):
    """TensorFlow empties the file first."""
    path = tmp_path / "t"
    path.write_text("one two")
    with ferroflow.io.gfile.GFile(str(path), "r+") as file:
        file.write("ONE")
    assert path.read_text() == "ONE two"
