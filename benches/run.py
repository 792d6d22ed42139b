"""`make bench`: the speed of the frame as ratios to TensorFlow, PyTorch, JAX and NumPy, each measured in the same run.

Every call gets a new feed dict and a fresh array, three shapes take turns, results are checked, repeats of the packages
are interleaved, and the minimum counts. Prints one table, writes benches/out/frame.json and frame.png.
"""

import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = ["ferroflow", "numpy", "tensorflow", "torch", "jax"]
LIMITS = {  # microseconds, ours
    "session.run, 1 feed": 1.5,
    "callable, 1 feed": 0.4,
    "a + b, 3 floats": 0.2,
    "add(a, b), 3 floats": 0.35,
    "400 dependent ops": 8.0,
}


def python_of(package):
    """The interpreter of the environment that has the package: ours, or the one with the peers."""
    env = ".venv" if package == "ferroflow" else ".venv-oracle"
    return os.path.join(ROOT, env, "bin", "python")


def measure(package, quick):
    """Runs benches/rows.py for one package in a process of its own; a dict row -> microseconds."""
    command = [python_of(package), os.path.join(HERE, "rows.py"), package] + (["--quick"] if quick else [])
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(
            f"{package}: not measured ({done.stderr.strip().splitlines()[-1] if done.stderr else 'no output'})",
            file=sys.stderr,
        )
        return {}
    return json.loads(done.stdout.strip().splitlines()[-1])


def table(best):
    """The table as Markdown: our time, and each peer's time divided by ours."""
    peers = [p for p in PEERS[1:] if any(p in row for row in best.values())]
    lines = ["| row | ours, µs | limit | " + " | ".join(f"{p} / ours" for p in peers) + " |"]
    lines.append("|---" * (3 + len(peers)) + "|")
    for name, row in best.items():
        ours = row.get("ferroflow")
        if ours is None:
            continue
        ratios = [f"{row[p] / ours:.1f}" if p in row else "-" for p in peers]
        limit = f"{LIMITS[name]:g}" if name in LIMITS else ""
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
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    best = {}
    for _ in range(args.rounds):
        for package in PEERS:
            for row, us in measure(package, args.quick).items():
                cell = best.setdefault(row, {})
                cell[package] = min(us, cell.get(package, us))
    out = os.path.join(HERE, "out")
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "frame.json"), "w") as f:
        json.dump(best, f, indent=1)
    text = table(best)
    with open(os.path.join(out, "frame.md"), "w") as f:
        f.write(text + "\n")
    plot(best, os.path.join(out, "frame.png"))
    print(text)


if __name__ == "__main__":
    main()
