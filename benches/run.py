"""`make bench`: the speed of the frame as ratios to TensorFlow, PyTorch, JAX and NumPy, each measured in the same run.

Measures the wheel that users get (built and installed into .venv-bench first). Every call gets a new feed dict and a fresh
array, three shapes take turns, results are checked, repeats of the packages are interleaved, and the minimum counts.
Prints one table, writes frame.json, frame.md and frame.png to benches/out; `--readme` puts the table into README.md too.
"""

import argparse
import glob
import json
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = ["ferroflow", "numpy", "tensorflow", "torch", "jax"]
LIMITS = {  # ours, in the unit of the row
    "session.run, 1 feed": 1.5,
    "callable, 1 feed": 0.4,
    "a + b, 3 floats": 0.2,
    "add(a, b), 3 floats": 0.35,
    "400 dependent ops": 8.0,
    "import beyond NumPy, ms": 60,
    "first op after the import, ms": 20,
    "threads started by the import": 0,
    "characters printed by import and first op": 0,
    "growth over 100,000 runs, MiB": 5,
    "Ctrl-C in a long run, ms": 200,
    "wheel, MB": 25,
    "peak of a 64 MB feed, add, fetch, MB": 2 * (1 << 26) / 1e6 + 4,
}


def python_of(package):
    """The interpreter of the environment that has the package: the one with our wheel, or the one with the peers."""
    env = ".venv-bench" if package == "ferroflow" else ".venv-oracle"
    return os.path.join(ROOT, env, "bin", "python")


def install_wheel():
    """Builds the wheel and installs it, and NumPy, into .venv-bench; its size in MB."""
    for old in glob.glob(os.path.join(ROOT, "dist", "*.whl")):
        os.remove(old)
    subprocess.run(["make", "--no-print-directory", "-C", ROOT, "wheel"], check=True, stdout=sys.stderr)
    (wheel,) = glob.glob(os.path.join(ROOT, "dist", "*.whl"))
    python = python_of("ferroflow")
    if not os.path.exists(python):
        subprocess.run(
            [os.path.join(ROOT, ".venv", "bin", "python"), "-m", "venv", os.path.join(ROOT, ".venv-bench")], check=True
        )
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "numpy>=2.2,<2.3"], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", wheel], check=True)
    return os.path.getsize(wheel) / 1e6


def measure(package, quick):
    """Runs benches/rows.py for one package in a process of its own; a dict row -> number, less is better."""
    command = [python_of(package), os.path.join(HERE, "rows.py"), package] + (["--quick"] if quick else [])
    done = subprocess.run(command, capture_output=True, text=True, cwd=os.path.join(HERE, "out"))
    if done.returncode:
        print(
            f"{package}: not measured ({done.stderr.strip().splitlines()[-1] if done.stderr else 'no output'})",
            file=sys.stderr,
        )
        return {}
    return json.loads(done.stdout.strip().splitlines()[-1])


def ratio(theirs, ours):
    """A ratio with two digits at least; their number itself where ours is 0."""
    if not ours:
        return f"({theirs:,.3g})"
    r = theirs / ours
    return f"{r:.2f}" if r < 10 else f"{r:,.0f}"


def misses(best):
    """The rows over their limit, and those where NumPy is more than twice as fast."""
    for name, row in best.items():
        ours = row.get("ferroflow", 0)
        if ours > LIMITS.get(name, float("inf")):
            yield f"{name}: {ours:.3g} is over {LIMITS[name]:.4g}"
        if ours > 2 * row.get("numpy", float("inf")):
            yield f"{name}: {ours:.3g} is more than twice NumPy's {row['numpy']:.3g}"


def machine():
    """The machine in words: processor and number of cores."""
    with open("/proc/cpuinfo") as f:
        name = re.search(r"model name\s*: (.*)", f.read())
    return f"{name[1] if name else 'unknown processor'}, {len(os.sched_getaffinity(0))} cores"


def into_readme(text):
    """Puts the text between the marks of README.md's speed table."""
    path = os.path.join(ROOT, "README.md")
    with open(path) as f:
        page = f.read()
    begin, end = "<!-- speed table: begin -->\n", "<!-- speed table: end -->"
    head, rest = page.split(begin)
    with open(path, "w") as f:
        f.write(head + begin + text + "\n" + end + rest.split(end)[1])


def table(best):
    """The table as Markdown: our figure with its limit, and each peer's figure divided by ours (where ours is 0, its own)."""
    peers = [p for p in PEERS[1:] if any(p in row for row in best.values())]
    lines = ["| row (µs unless it says otherwise) | ours | limit | " + " | ".join(f"{p} / ours" for p in peers) + " |"]
    lines.append("|---" * (3 + len(peers)) + "|")
    for name, row in best.items():
        ours = row.get("ferroflow")
        if ours is None:
            continue
        ratios = [ratio(row[p], ours) if p in row else "-" for p in peers]
        limit = f"{LIMITS[name]:.4g}" if name in LIMITS else ""
        lines.append(f"| {name} | {ours:.3g} | {limit} | " + " | ".join(ratios) + " |")
    return "\n".join(lines)


def plot(best, path):
    """Bars of every package's time per row, logarithmic."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    rows = [r for r in best if "ferroflow" in best[r]]
    figure, axis = plt.subplots(figsize=(11, 0.5 * len(rows) + 1.5), layout="constrained")
    for k, package in enumerate(PEERS):
        at = [i + 0.16 * (k - 2) for i in range(len(rows))]
        axis.barh(at, [best[r].get(package, 0) for r in rows], height=0.15, label=package)
    axis.set_yticks(range(len(rows)), rows)
    axis.invert_yaxis()
    axis.set_xscale("log")
    axis.set_xlabel("microseconds (less is better)")
    axis.legend()
    figure.savefig(path, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="interleaved repeats")
    parser.add_argument("--quick", action="store_true", help="fewer calls")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    args = parser.parse_args()
    out = os.path.join(HERE, "out")
    os.makedirs(out, exist_ok=True)
    best = {"wheel, MB": {"ferroflow": install_wheel()}}
    for _ in range(args.rounds):
        for package in PEERS:
            for row, us in measure(package, args.quick).items():
                cell = best.setdefault(row, {})
                cell[package] = min(us, cell.get(package, us))
    with open(os.path.join(out, "frame.json"), "w") as f:
        json.dump(best, f, indent=1)
    text = (
        f"{time.strftime('%Y-%m-%d')}, {machine()}; the minimum of {args.rounds} interleaved repeats.\n\n{table(best)}"
    )
    with open(os.path.join(out, "frame.md"), "w") as f:
        f.write(text + "\n")
    plot(best, os.path.join(out, "frame.png"))
    print(text)
    for miss in misses(best):
        print("behind:", miss)
    if args.readme:
        into_readme(text)


if __name__ == "__main__":
    main()
