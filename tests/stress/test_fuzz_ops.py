"""200,000 random calls of ops find nothing but Python exceptions, and reach every op with every dtype that it takes."""

import json
import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PATHS = [str(HERE.parent / "ops"), str(HERE.parents[1] / "py")]
CALLS = 200_000
FEW_CALLS = 10_000
PROCESSES = 2
MIB_MOST = 4096
SECONDS_MOST = 20.0


def unknown_files():
    """The files of the checkout that git neither tracks nor ignores."""
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True, check=True).stdout.split("\n")


def fuzz(folder, seed, calls):
    """Makes random calls in a process of its own; its report, with the call in hand if it ended early."""
    report = folder / f"report{seed}"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(PATHS), "RUST_BACKTRACE": "1"}
    command = [sys.executable, str(HERE / "fuzz_calls.py"), str(report), str(seed), str(calls)]
    with open(folder / f"output{seed}", "w+b") as output:
        code = subprocess.run(
            command, cwd=HERE.parents[1], env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL
        ).returncode
        output.seek(max(output.tell() - 3000, 0))
        said = output.read().decode(errors="replace")
    last = Path(f"{report}.last").read_bytes().decode(errors="replace").strip()
    assert code == 0, f"the process ended with {code} in {last}\n{said}"
    return json.loads(report.read_text())


def total(reports, key):
    return sum(report["counts"].get(key, 0) for report in reports)


@pytest.mark.parametrize("calls", [FEW_CALLS, pytest.param(CALLS, marks=pytest.mark.full)])
def test_random_calls(calls, tmp_path):
    """Calls end in a result or an exception; half of them reach a kernel; none hangs, takes much memory or leaves a file."""
    before = unknown_files()
    with ThreadPoolExecutor(PROCESSES) as pool:
        runs = [pool.submit(fuzz, tmp_path, seed, calls // PROCESSES) for seed in range(1, PROCESSES + 1)]
        reports = [run.result() for run in runs]
    errors = {name: sum(r["errors"].get(name, 0) for r in reports) for report in reports for name in report["errors"]}
    print(
        f"{calls} calls, {total(reports, 'reached')} reached a kernel, {total(reports, 'added to a graph')} added a node; {errors}"
    )
    assert total(reports, "calls") == calls
    assert not [fault for report in reports for fault in report["faults"]]
    assert total(reports, "reached") >= calls / 2
    assert total(reports, "added to a graph") >= calls / 50
    assert unknown_files() == before
    assert calls < CALLS or any(report["strays"] for report in reports)  # files were written: elsewhere
    for report in reports:
        seconds, call = report["slowest"]
        assert seconds <= SECONDS_MOST, call
        assert report["peak_kib"] / 1024 <= MIB_MOST


def test_every_op_is_reached_with_every_dtype(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    import reach
    from op_table import table

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ops, pairs = reach.unreached(table())
    print(f"{sum(len(reach.dtypes(op)) for op in table().values())} pairs of op and dtype; not reached: {ops} {pairs}")
    assert set(ops) == set(reach.UNREACHED)
    assert not pairs
