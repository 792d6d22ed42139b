"""The examples in README and docs run as they stand there: each page is one program, and prints what its comments say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    page for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))] if "```python" in page.read_text()
]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.S | re.M)
# A line that prints one line of text and says which.
PRINTS = re.compile(r"^\s*print\(.*\)  # (.*)$", re.M)


def program(page):
    return "\n".join(BLOCK.findall(page.read_text()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(page, tmp_path):
    source = program(page)
    file = tmp_path / "page.py"  # AutoGraph reads the source
    file.write_text(source)
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == PRINTS.findall(source)


def test_all_pages_are_found():
    assert {"README", "getting_started", "graphs_and_sessions", "eager_and_gradients", "functions", "data"} <= {
        p.stem for p in PAGES
    }


def test_the_number_of_ops_is_right():
    ops = [path for path in (ROOT / "docs" / "ops").glob("*.md") if path.stem.lower() not in ("readme", "index")]
    assert f"| Ops | {len(ops)} of TensorFlow's" in (ROOT / "README.md").read_text()


def test_a_wrong_comment_is_found():
    assert PRINTS.findall('print(1 + 1)  # 2\nx = 1  # one\n    print("a")  # b\n') == ["2", "b"]
