"""The wheel that `make wheel` builds: small, complete, one for all CPythons from 3.11, and it needs only NumPy.

It is built from the crates that all tests use, with their lesser optimisation, as those of a release take long to compile; its size
differs by some percent from that of a release.
"""

import email
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LARGEST_MB = 25.0
# What the package does not work without, or type checkers do not.
NEEDED = ["__init__.py", "__init__.pyi", "_core.pyi", "_gen/raw_ops.pyi", "compat/v1/__init__.pyi", "py.typed"]


def wheel_faults(wheel):
    """What is wrong with the file `wheel`, one line for each fault."""
    faults = []
    megabytes = wheel.stat().st_size / 1e6
    if megabytes > LARGEST_MB:
        faults.append(f"{megabytes:.1f} MB, more than {LARGEST_MB:.0f}")
    if not re.fullmatch(r"ferroflow-[\d.]+\w*-cp311-abi3-\w+\.whl", wheel.name):
        faults.append(f"{wheel.name} is not one wheel for CPython 3.11 and later")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(info))
    required = [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need]
    if [re.match(r"\w+", need)[0] for need in required] != ["numpy"]:
        faults.append(f"requires {required}")
    if metadata["Requires-Python"] != ">=3.11":
        faults.append(f"Requires-Python is {metadata['Requires-Python']}")
    modules = [name for name in names if name.endswith((".so", ".pyd"))]
    if modules != ["ferroflow/_core.abi3.so"]:
        faults.append(f"compiled modules are {modules}")
    faults += [f"ferroflow/{name} is missing" for name in NEEDED if f"ferroflow/{name}" not in names]
    if not any(name.endswith("/licenses/LICENSE") for name in names):
        faults.append("the licence is missing")
    faults += [
        f"{name} does not belong in it" for name in names if not re.match(r"ferroflow[/-]|ferroflow\.libs/", name)
    ]
    return faults


@pytest.fixture(scope="module")
def built_wheel():
    for old in (ROOT / "dist").glob("ferroflow-*.whl"):
        old.unlink()
    done = subprocess.run(
        ["make", "wheel", "PROFILE=fast"], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = (ROOT / "dist").glob("ferroflow-*.whl")
    return wheel


@pytest.mark.full
@pytest.mark.xdist_group("wheel")
def test_the_wheel_is_sound(built_wheel):
    assert wheel_faults(built_wheel) == []


@pytest.mark.full
@pytest.mark.xdist_group("wheel")
def test_the_wheel_can_be_installed_and_imported(built_wheel, tmp_path):
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(tmp_path)]
    subprocess.run([*pip, str(built_wheel)], check=True, stdin=subprocess.DEVNULL)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import ferroflow._core as c; print(c.__file__)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == str(tmp_path / "ferroflow" / "_core.abi3.so"), done.stderr


SOUND = {
    **{f"ferroflow/{name}": b"" for name in NEEDED},
    "ferroflow/_core.abi3.so": b"x",
    "ferroflow-0.1.0.dist-info/licenses/LICENSE": b"x",
}
METADATA = "Metadata-Version: 2.4\nRequires-Python: >=3.11\n"
NUMPY = "Requires-Dist: numpy>=1.26\nRequires-Dist: pandas>=2.1 ; extra == 'pandas'\n"


def make_wheel(folder, files, metadata=METADATA + NUMPY, name="ferroflow-0.1.0-cp311-abi3-manylinux_2_28_x86_64.whl"):
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
        archive.writestr("ferroflow-0.1.0.dist-info/METADATA", metadata)
    return folder / name


def test_a_sound_wheel_passes(tmp_path):
    assert wheel_faults(make_wheel(tmp_path, SOUND)) == []


@pytest.mark.parametrize(
    ("files", "metadata"),
    [
        (SOUND | {"ferroflow/big": b"\0" * 25_000_001}, METADATA + NUMPY),
        (SOUND, METADATA),
        (SOUND, METADATA + NUMPY + "Requires-Dist: scipy\n"),
        (SOUND, "Metadata-Version: 2.4\nRequires-Python: >=3.9\n" + NUMPY),
        (SOUND | {"ferroflow/_core.cpython-311.so": b"x"}, METADATA + NUMPY),
        (SOUND | {"tests/test_a.py": b"x"}, METADATA + NUMPY),
        ({name: data for name, data in SOUND.items() if "py.typed" not in name}, METADATA + NUMPY),
        ({name: data for name, data in SOUND.items() if "_core.pyi" not in name}, METADATA + NUMPY),
        ({name: data for name, data in SOUND.items() if "LICENSE" not in name}, METADATA + NUMPY),
        ({name: data for name, data in SOUND.items() if name != "ferroflow/__init__.py"}, METADATA + NUMPY),
        ({name: data for name, data in SOUND.items() if "_core.abi3" not in name}, METADATA + NUMPY),
    ],
)
def test_a_faulty_wheel_is_found(tmp_path, files, metadata):
    assert len(wheel_faults(make_wheel(tmp_path, files, metadata))) == 1


def test_a_wheel_for_one_python_is_found(tmp_path):
    wheel = make_wheel(tmp_path, SOUND, name="ferroflow-0.1.0-cp311-cp311-manylinux_2_28_x86_64.whl")
    assert len(wheel_faults(wheel)) == 1
