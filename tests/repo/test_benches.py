"""Every row of the benches runs, with tiny sizes: in Ferroflow and NumPy, whose results must agree."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHES = ROOT / "benches"
sys.path.insert(0, str(BENCHES))


def run(out, *options):
    """Runs the benches with tiny sizes into the folder `out`; the table."""
    command = [
        sys.executable,
        str(BENCHES / "run.py"),
        "--rounds",
        "1",
        "--seconds",
        "0.001",
        "--python",
        sys.executable,
    ]
    done = subprocess.run(
        [*command, "--out", str(out), *options],
        env=os.environ | {"BENCH_TINY": "1"},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    with open(out / "bench.json") as f:
        return json.load(f)


@pytest.mark.full
def test_every_row_runs(tmp_path):
    import rows

    table = run(tmp_path, "--packages", "numpy")
    assert list(table) == list(rows.all_rows())
    failed = {
        name: entry["cells"].get("ferroflow")
        for name, entry in table.items()
        if "time" not in entry["cells"]["ferroflow"]
    }
    assert failed == {}
    wrong = {
        n: e["cells"]["numpy"] for n, e in table.items() if "wrong" in e["cells"].get("numpy", {}).get("error", "")
    }
    assert wrong == {}
    assert sum("time" in entry["cells"].get("numpy", {}) for entry in table.values()) > 40
    page = (tmp_path / "bench.md").read_text()
    assert all(f"| {name} |" in page for name in table)
    assert (tmp_path / "bench.png").read_bytes().startswith(b"\x89PNG")


def test_a_later_run_replaces_only_its_rows(tmp_path):
    first = run(tmp_path, "--packages", "numpy", "--rows", "^matmul (64|128) ")
    second = run(tmp_path, "--packages", "numpy", "--rows", "^matmul 128 ")
    assert list(first) == list(second) == ["matmul 64", "matmul 128"]
    assert first["matmul 64"] == second["matmul 64"] and first["matmul 128"] != second["matmul 128"]


def test_wrong_results_are_found():
    import compare
    import rows

    row = rows.Row("", [], None)
    right = [{"shape": [2], "values": [1.0, -2.0]}]
    assert compare.faults(row, {"numpy": right, "torch": right}) == {}
    for values, shape in (([1.0, -2.1], [2]), ([1.0, float("nan")], [2]), ([1.0, -2.0], [1, 2])):
        cells = compare.faults(row, {"numpy": right, "ferroflow": [{"shape": shape, "values": values}]})
        assert list(cells) == ["ferroflow"] and cells["ferroflow"]["error"].startswith("wrong")


def test_the_work_of_the_networks_is_known():
    """2 x 4.1 and 2 x 0.3 billion multiply-adds, as the papers say."""
    code = "import rows.networks as n; print(*[r.flop / 1e9 for r in n.ROWS])"
    done = subprocess.run([sys.executable, "-c", code], cwd=BENCHES, capture_output=True, text=True, check=True)
    resnet, _, mobilenet, *_ = map(float, done.stdout.split())
    assert 7.5 < resnet < 8.3 and 0.58 < mobilenet < 0.63


def test_lost_rows_and_targets_are_told():
    import report

    def entry(limit=None, **times):
        cells = {c: {"time": t} for c, t in times.items()}
        return {"family": "f", "unit": "us", "limit": limit, "cells": cells, "bound": None}

    table = {"a": entry(ferroflow=3.0, torch=2.0), "b": entry(torch=2.0), "c": entry(1.0, ferroflow=1.5, torch=3.0)}
    assert report.behind(table) == ["- b: not run (not measured)", "- a: 1.50 times the figure of torch"]
    assert report.over_target(table) == ["- c: 1.5 µs, the target is 1 µs"]
    assert "| b | lost |" in report.markdown(table)
