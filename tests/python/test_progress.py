"""The progress bar in a pseudo-terminal, a pipe and an executed notebook."""

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time

import nbclient
import nbformat
import pytest

from ferroflow.framework import progress
from ferroflow.framework.progress import Progress

NESTED = """
import time
from ferroflow.framework.progress import Progress
for epoch in Progress(range(3), description="epoch"):
    bar = Progress(range(20), unit="step", description="train")
    for step in bar:
        bar.set(loss=1.0 / (step + 1))
        time.sleep(0.02)
"""


def run_in_terminal(code, columns, encoding="utf-8"):
    """What `code` writes to a terminal of `columns` columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    process = subprocess.Popen([sys.executable, "-c", code], stderr=slave, stdout=slave, env=environment)
    os.close(slave)
    data = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not block:
            break
        data += block
    os.close(master)
    assert process.wait() == 0, data
    return data.decode(encoding)


def screen(text):
    """The lines that stand on the screen after carriage returns and line ends."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        lines.append(shown.rstrip())
    return lines


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_terminal_shows_one_line_that_fits_and_is_drawn_over(columns):
    text = run_in_terminal(NESTED, columns)
    assert "\x1b" not in text
    drawings = [part.rstrip() for part in re.split(r"[\r\n]+", text) if part.strip()]
    assert all(len(part) <= columns - 1 for part in drawings), drawings
    assert any("epoch 2/3 > train" in part for part in drawings)
    lines = [line for line in screen(text) if line]
    assert len(lines) == 1 and lines[0].startswith("epoch: 100%") and "3/3 it" in lines[0]
    assert 6 <= len(drawings) <= 25, "drawn about ten times a second for 1.2 s"
    if columns >= 80:
        assert "█" in lines[0]


def test_a_terminal_without_unicode_gets_ascii():
    text = run_in_terminal(NESTED, 100, encoding="ascii")
    assert text.isascii() and "###" in text


def test_messages_stand_above_the_bar_and_an_exception_leaves_a_whole_line():
    code = """
from ferroflow.framework.progress import Progress
try:
    for i in (bar := Progress(range(5), description="x")):
        bar.write("step %d is a message that is longer than the bar itself would be at this moment" % i)
        if i == 2:
            raise ValueError
except ValueError:
    print("stopped")
"""
    lines = [line for line in screen(run_in_terminal(code, 120)) if line]
    assert [line[:6] for line in lines[:3]] == ["step 0", "step 1", "step 2"]
    assert "2/5" in lines[3] and lines[4] == "stopped"


def test_a_pipe_gets_plain_lines_at_tenths():
    code = """
from ferroflow.framework.progress import Progress
bar = Progress(range(1000), description="train", unit="step")
for i in bar:
    bar.set(loss=0.5)
    for _ in Progress(range(100), description="inner"):
        pass
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b""
    text = done.stderr.decode()
    assert text.isascii() and "\r" not in text and "\x1b" not in text and "inner" not in text
    lines = text.splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("train:  10% 100/1000 step [00:0") and lines[-1].startswith("train: 100% 1000/1000 step")
    assert all(line.endswith("loss=0.5") for line in lines)


def test_a_log_of_unknown_length_gets_a_line_every_few_seconds(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress, "_clock", lambda: now[0])
    file = io.StringIO()
    for _ in Progress(iter(range(30)), file=file, unit="row"):
        now[0] += 1.0
    lines = file.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["5", "10", "15", "20", "25", "30"]
    assert lines[-1] == "30 row [00:30, 1 row/s]"


def test_a_slow_inner_loop_is_seen_in_a_log(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress, "_clock", lambda: now[0])
    file = io.StringIO()
    for _ in Progress(range(2), file=file, description="epoch"):
        for _ in Progress(range(20), file=file, description="train"):
            now[0] += 1.0
    lines = file.getvalue().splitlines()
    assert lines[0].startswith("epoch 1/2 > train:  25% 5/20") and lines[-1].startswith("epoch: 100% 2/2")


def test_a_closed_output_does_not_end_the_loop():
    class Broken(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    assert list(Progress(range(20), file=Broken())) == list(range(20))
    closed = io.StringIO()
    closed.close()
    assert list(Progress(range(3), file=closed)) == [0, 1, 2]


def test_break_and_reuse_give_the_place_back():
    file = io.StringIO()
    for i in Progress(range(10), file=file):
        if i == 3:
            break
    assert progress._surfaces == [] and "3/10" in file.getvalue()
    bar = Progress(total=4, file=file)
    bar.update(3, acc=0.5)
    bar.close()
    bar.close()
    assert file.getvalue().splitlines()[-1].startswith(" 75% 3/4 it") and progress._surfaces == []
    with pytest.raises(TypeError, match="has no iterable"):
        iter(bar).__next__()


def test_totals_are_found_out():
    class Dataset:
        def __init__(self, count):
            self.count = count

        def cardinality(self):
            return self.count

        def __iter__(self):
            return iter([1])

    assert Progress([1, 2]).total == 2 and Progress(Dataset(7)).total == 7
    assert Progress(Dataset(-1)).total is None and Progress(iter([1])).total is None
    assert len(Progress([1, 2])) == 2 and list(Progress([], file=io.StringIO())) == []


def test_wide_characters_count_twice():
    line = Progress(total=10, description="訓練中" * 5).line(40, "", "█")
    assert progress._cells(line) <= 40 and progress._cells("訓a") == 3
    assert progress._number(0.123456) == "0.1235" and progress._number("x") == "x" and progress._number(3) == "3"


def test_counting_is_cheap():
    """A step costs less than sixty looks at the clock."""

    def cpu_time(steps, clock):
        start = time.process_time()
        for _ in steps:
            clock()
        return time.process_time() - start

    bars = [cpu_time(Progress(range(50_000), file=io.StringIO()), int) for _ in range(5)]
    looks = [cpu_time(range(50_000), time.perf_counter) for _ in range(5)]
    assert min(bars) < 60 * min(looks)


def test_a_notebook_shows_one_output_that_ends_complete():
    code = NESTED + "\nprint('after')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    outputs = notebook.cells[0].outputs
    shown = [output for output in outputs if output.output_type == "display_data"]
    assert len(shown) == 1, outputs
    assert shown[0].data["text/plain"].startswith("epoch: 100% |█") and "train" not in shown[0].data["text/plain"]
    streams = [(output.name, output.text) for output in outputs if output.output_type == "stream"]
    assert streams == [("stdout", "after\n")]
