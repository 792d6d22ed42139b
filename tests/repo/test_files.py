"""Every hand-written file is short, says in its first line what it is, and names no machine or private place."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 600
GENERATED = re.compile(r"(^|/)_gen/|(^|/)generated(/|\.|_)|^docs/ops/|^Cargo\.lock$|^LICENSE$|(^|/)__init__\.pyi$")
CODE = {".rs", ".py", ".pyi", ".sh", ".wgsl"}
# What the first line of a file of each kind looks like, after a `#!` line if there is one.
FIRST_LINE = {
    ".rs": re.compile(r"//! [\w`]+"),
    ".py": re.compile(r'r?"""[\w`]+'),
    ".pyi": re.compile(r'r?"""\w+|# \w+'),
    ".sh": re.compile(r"# \w+"),
    ".toml": re.compile(r"# \w+"),
    ".yml": re.compile(r"# \w+"),
    ".md": re.compile(r"# \w+"),
    ".wgsl": re.compile(r"//!? \w+"),
    "Makefile": re.compile(r"# \w+"),
    "run": re.compile(r"# \w+"),
}
# Character classes keep these lines from matching themselves.
FORBIDDEN = [
    re.compile(r"(?<![\w.])/(wor[k]|roo[t])/"),
    re.compile(r"(?<![\w.])/hom[e]/\w"),
    re.compile(r"(?<![\w.])/tm[p]/\w"),
    re.compile(r"\.\./share[d]\b|(?<![\w/])share[d]/(design|research|prototypes|lists|tools)"),
    re.compile(r"\bthis (coding )?sessio[n] (was|of the project|writes)|\bhelper sessio[n]", re.I),
    re.compile(r"\b(issu[e]) #?\d+\b", re.I),
    re.compile(r"pypi\.or[g]|pythonhosted\.or[g]|index\.crates\.i[o]|static\.crates\.i[o]|download\.pytorc[h]"),
    re.compile(r"\b(TOD[O]|FIXM[E]|XX[X])\b|\btod[o]!\(|\bunimplemente[d]!\("),
]


def tracked_files(root):
    """Paths, relative to `root`, of all files that belong to the repository, new ones that git does not ignore too."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    return sorted(name for name in listing.split("\0") if name and (root / name).is_file())


def file_faults(name, text):
    """What is wrong with the file `name` of this `text`, one line for each fault."""
    faults = []
    kind = Path(name).suffix or Path(name).name
    lines = text.splitlines()
    if not GENERATED.search(name):
        if kind in CODE and len(lines) > LONGEST:
            faults.append(f"{name}: {len(lines)} lines; cut it along a seam below {LONGEST}")
        first = next((line for line in lines if not line.startswith("#!/")), "")
        if kind in FIRST_LINE and not FIRST_LINE[kind].match(first):
            faults.append(f"{name}: the first line does not say what the file is: {first[:60]!r}")
    for pattern in FORBIDDEN:
        for number, line in enumerate(lines, 1):
            if name != "Cargo.lock" and pattern.search(line):
                faults.append(f"{name}:{number}: does not belong in the project: {pattern.search(line)[0]!r}")
    return faults


def test_all_files():
    faults = []
    names = tracked_files(ROOT)
    for name in names:
        data = (ROOT / name).read_bytes()
        if b"\0" not in data:
            faults += file_faults(name, data.decode("utf-8"))
    assert len(names) > 30
    assert faults == [], "\n".join(faults)


def test_files_come_from_git_and_ignored_ones_do_not_count(tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.py").write_text("")
    (tmp_path / "b.py").write_text("")
    assert tracked_files(tmp_path) == [".gitignore", "b.py"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rs", "//! What it is.\n" + "x();\n" * 599),
        ("a.py", '"""What it is."""\n'),
        ("a.py", '"""`nest` for structures."""\n'),
        ("a.rs", "//! `tf.gradients`: what it adds.\n"),
        ("a.sh", "#!/usr/bin/env bash\n# What it is.\n"),
        ("py/ferroflow/_gen/raw_ops.py", "x = 1\n" * 5000),
        ("a.rs", "//! A session of its own; shared/ buffers; work/ root/ in relative paths.\n"),
        ("data.csv", "1,2\n" * 5000),
    ],
)
def test_a_sound_file_passes(name, text):
    assert file_faults(name, text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rs", "//! What it is.\n" + "x();\n" * 600),
        ("a.py", '"""What it is."""\n' + "x = 1\n" * 600),
        ("a.rs", "use std::fmt;\n"),
        ("a.rs", ""),
        ("a.py", "import os\n"),
        ("a.sh", "#!/usr/bin/env bash\nset -e\n"),
        ("Makefile", "all:\n"),
        ("a.py", '"""It reads /wor' + 'k/data.csv."""\n'),
        ("a.py", '"""It writes /tm' + 'p/x."""\n'),
        ("py/ferroflow/_gen/raw_ops.py", "# from /hom" + "e/me\n"),
        ("a.md", "# Design\nsee ../share" + "d/design\n"),
        ("a.md", "# Design\nwritten by a helper sessio" + "n\n"),
        ("a.rs", "//! Part of issu" + "e 3.\n"),
        ("a.rs", "//! What it is.\nfn f() { tod" + "o!() }\n"),
        ("a.py", '"""What it is."""\n# FIXM' + "E\n"),
    ],
)
def test_a_faulty_file_is_found(name, text):
    assert len(file_faults(name, text)) == 1
