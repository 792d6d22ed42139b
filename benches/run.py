"""`make bench`: the speed of Ferroflow next to TensorFlow, XLA, PyTorch, torch.compile, JAX, ONNX Runtime and NumPy.

Every package runs in a process of its own, on the same cores. For each row all of them compute the same thing, the results
are compared, and then they are timed in turns, several rounds; the least time counts. The figures are kept in
benches/out/bench.json, where a later run of some rows (`--rows`) replaces only those; table and picture show all.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time

import compare
import report
from packages import COLUMNS
from rows import all_rows

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
OUT = os.path.join(HERE, "out")


# By default large results are fresh pages at every call, which costs more than most ops; with this the peers reuse memory.
REUSE = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 40)}


class Process:
    """A worker of one package, pinned to some cores."""

    def __init__(self, package, python, cores):
        threads = str(len(cores))
        variables = {f"{name}_NUM_THREADS": threads for name in ("OMP", "OPENBLAS", "MKL")}
        environment = os.environ | variables | {
            "TF_CPP_MIN_LOG_LEVEL": "3", "TORCHINDUCTOR_CACHE_DIR": os.path.join(OUT, "inductor"), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        environment |= {} if package == "ferroflow" else REUSE
        with open(os.path.join(OUT, f"{package}.log"), "w") as log:
            self.process = subprocess.Popen(
                [python, os.path.join(HERE, "worker.py"), package, threads], cwd=OUT, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, preexec_fn=lambda: os.sched_setaffinity(0, cores),
            )  # fmt: skip
        self.columns = [column for column, home in COLUMNS.items() if home == package]

    def send(self, **command):
        """Sends a command, of which `answer` gives the answer."""
        try:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def answer(self):
        """The next answer; the threads of the process have come to rest then."""
        line = self.process.stdout.readline()
        self.rest()
        return json.loads(line) if line else {"error": "the process ended"}

    def rest(self):
        """Waits until the threads of the process have stopped spinning, at most half a second."""
        before, end = -1, time.monotonic() + 0.5
        while time.monotonic() < end:
            try:
                with open(f"/proc/{self.process.pid}/schedstat") as f, open(f"/proc/{self.process.pid}/stat") as g:
                    now = f.read().split()[0], g.read().rpartition(")")[2].split()[11:13]
            except OSError:
                return
            if now == before:
                return
            before = now
            time.sleep(0.01)

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()


def peaks(cores, chosen):
    """What the machine can do on these cores, with the footprints of the chosen rows, measured now; see peak.rs."""
    program = os.path.join(OUT, "peak")
    source = os.path.join(HERE, "peak.rs")
    if not os.path.exists(program) or os.path.getmtime(program) < os.path.getmtime(source):
        subprocess.run(["rustc", "--edition", "2024", "-O", "-o", program, source], check=True)
    footprints = {key for row in chosen if (key := report.footprint(row))}
    done = subprocess.run(
        [program, str(len(cores)), *sorted(footprints)], check=True, capture_output=True, text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )  # fmt: skip
    return json.loads(done.stdout)


def measure(row, workers, rounds, seconds):
    """Prepares, compares and times a row in all workers; column -> {"time": ...} or {"error": ...}."""
    digests, owner = {}, {}
    for worker in workers.values():
        worker.send(do="prepare", row=row.name)
    for worker in workers.values():
        answer = worker.answer()
        for column, found in dict.fromkeys(worker.columns, answer).items() if "error" in answer else answer.items():
            digests[column], owner[column] = found, worker
    cells = compare.faults(row, digests)
    for _ in range(rounds):
        for column in [c for c in COLUMNS if c in digests and "error" not in cells.get(c, {})]:
            owner[column].send(do="time", column=column, seconds=seconds)
            answer = owner[column].answer()
            cell = cells.setdefault(column, answer)
            if "error" in answer:
                cells[column] = answer
            else:
                cell["time"] = min(cell["time"], answer["time"])
    return cells


def save(table, path):
    """Writes the figures, in the order of the table."""
    with open(path, "w") as f:
        json.dump({name: table[name] for name in all_rows() if name in table}, f, indent=1)


def run_rows(chosen, pythons, rounds, seconds, table, path):
    """Measures rows, on all cores first, and puts each into the table, which is kept at `path`."""
    every = sorted(os.sched_getaffinity(0))
    for count in sorted({row.cores for row in chosen}):
        cores = set(every[:count] if count else every)
        here = [row for row in chosen if row.cores == count]
        peak = peaks(cores, here)
        workers = {package: Process(package, python, cores) for package, python in pythons.items()}
        for row in here:
            cells = measure(row, workers, rounds, seconds)
            limit = report.bound(row, peak)
            table[row.name] = {
                "family": row.family, "unit": row.unit, "limit": row.limit, "cells": cells, "bound": limit, "peak": peak,
                "rounds": rounds, "date": time.strftime("%Y-%m-%d"),
            }  # fmt: skip
            save(table, path)
            print(report.line(row.name, table[row.name]), flush=True)
        for worker in workers.values():
            worker.close()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="", metavar="REGEX", help="only rows whose name or family matches")
    parser.add_argument("--packages", default="", help="only these, separated by commas, next to ferroflow")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved repeats")
    parser.add_argument("--seconds", type=float, default=0.1, help="time for each column in each round")
    parser.add_argument("--quick", action="store_true", help="the working tree in place of the wheel, two short rounds")
    parser.add_argument("--list", action="store_true", help="list the rows and stop")
    parser.add_argument(
        "--docs", action="store_true", help="write docs/benchmarks.md and its picture, and the table of README.md"
    )
    parser.add_argument("--python", default="", help="run all packages with this interpreter, and the working tree")
    parser.add_argument("--out", default="", help="the folder of table, picture and figures")
    parser.add_argument(
        "--isa",
        choices=["avx2", "avx512"],
        help="let Ferroflow use no more, and compare it with what that can do at most",
    )
    args = parser.parse_args()
    if args.isa:
        os.environ["FERROFLOW_ISA"] = args.isa
    args.out = args.out or os.path.join(OUT, args.isa or "")
    return args


def interpreters(args):
    """Package -> the interpreter that has it."""
    chosen = dict.fromkeys(COLUMNS.values())
    if args.packages:
        chosen = dict.fromkeys(["ferroflow", *args.packages.split(",")])
    peers = os.path.join(ROOT, ".venv-peers", "bin", "python")
    ours = os.path.join(ROOT, ".venv" if args.quick else ".venv-bench", "bin", "python")
    python = os.path.abspath(args.python) if args.python else None
    return {p: python or (ours if p == "ferroflow" else peers) for p in chosen}


def main():
    args = arguments()
    chosen = [row for row in all_rows().values() if re.search(args.rows, f"{row.name} {row.family}")]
    if args.list:
        print("\n".join(f"{row.family:12} {row.name}" for row in chosen))
        return 0
    os.makedirs(OUT, exist_ok=True)
    os.makedirs(args.out, exist_ok=True)
    kept = os.path.join(args.out, "bench.json")
    table = {}
    if os.path.exists(kept):
        with open(kept) as f:
            table = json.load(f)
    rounds, seconds = (min(args.rounds, 2), 0.04) if args.quick else (args.rounds, args.seconds)
    run_rows(chosen, interpreters(args), rounds, seconds, table, kept)
    table = {name: table[name] for name in all_rows() if name in table}
    report.write(table, args.out)
    if args.docs:
        report.publish(table, ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
