"""The table as text, as Markdown and as a picture."""

import math
import os
import re

from notes import NOTES
from packages import COLUMNS

PEERS = [c for c in COLUMNS if c != "ferroflow"]
# Footprints of memory, in MB, at which its bandwidth is measured.
FOOTPRINTS = [4, 16, 40, 80, 120, 320, 480]
# Errors of a peer that has no such thing.
LACKING = "AttributeError", "NotImplementedError", "UnimplementedError"
MARKS = "<!-- speed table: begin -->\n", "<!-- speed table: end -->"
HEAD = """# Benchmarks

What `make bench` printed on {machine}, {dates}. Every package runs on the same cores in a process
of its own; all compute the same thing, their results are compared, then they are timed in turns, and the least time of
{rounds} rounds counts.

- *ours* is the time of a call, or the figure in the unit that the row says.
- *of the limit* is the time that the machine's measured peak of fused multiply-adds ({gflops:.0f} GFLOP/s in float32 on all
  cores) or its measured bandwidth of memory would need, whichever is more, over our time. `F` and `M` say which one it was.
  The bandwidth is measured in the same run, for the same amount of memory and the same mix of reads and writes.
- The other columns are a peer's time over ours: above 1 we are faster. `-`: the peer has no such thing, or we have no program
  for it. *lost*: we do not run the row.
- `tensorflow` is the faster of eager ops and `tf.function`, `xla` is `jit_compile=True`; `compile` is `torch.compile` with
  freezing; JAX is compiled and warm; ONNX Runtime has all its optimisations and bound outputs. PyTorch has channels-last images.
- The peers' C library is told to keep freed memory (MALLOC_MMAP_MAX_=0), which makes some of them up to eight times as fast on
  large arrays as they are by default. Ferroflow runs as it is.
- Networks have their batch norms folded into the convolutions, for everyone. The peers' runs of changing length are means of
  60; JAX pads its inputs to the next power of two, as it would compile anew for each length; XLA is left out there.
- `installed size` counts a package and what it requires, without NumPy; PyTorch without the CUDA libraries that its wheel asks
  for (some 4 GB more).
"""


def bound(row, peak):
    """The least microseconds that a row can take on the machine, and what sets them; None where nothing is known."""
    found = []
    if row.flop:
        found.append((row.flop / peak["gflops"] / 1e3, "F"))
    key = footprint(row)
    if key:
        share = row.traffic[1] / max(row.traffic[0], 1)
        pattern = "read" if share < 0.25 else "add" if share < 0.75 else "copy"
        found.append((sum(row.traffic) / peak["memory"][key][pattern] / 1e3, "M"))
    return max(found, default=None)


def footprint(row):
    """The footprint that is nearest to what the row touches; None if that is small."""
    megabytes = sum(row.traffic) / 1e6
    return str(min(FOOTPRINTS, key=lambda f: abs(math.log(f / megabytes)))) if megabytes > FOOTPRINTS[0] / 2 else None


def number(value, unit):
    """A figure with its unit."""
    if unit != "us":
        return f"{value:.3g} {unit}"
    for scale, name in ((1e6, "s"), (1e3, "ms")):
        if value >= scale:
            return f"{value / scale:.3g} {name}"
    return f"{value:.3g} µs"


def time_of(entry, column):
    return entry["cells"].get(column, {}).get("time")


def ratio(theirs, ours, unit):
    """Their figure over ours; their figure itself where ours is 0."""
    if theirs is None:
        return "-"
    if ours <= 0:
        return f"({number(theirs, unit)})"
    r = theirs / ours
    return f"{r:.2f}" if r < 10 else f"{r:,.0f}"


def columns_of(entry):
    """The cells of a row after its name."""
    ours = time_of(entry, "ferroflow")
    if ours is None:
        return ["lost", "", *["" if time_of(entry, p) is None else "ahead" for p in PEERS]]
    share = ""
    if entry["bound"]:
        least, what = entry["bound"]
        share = f"{least / ours:.2f} {what}"
    elif entry["limit"] is not None:
        share = f"target {number(entry['limit'], entry['unit'])}"
    return [number(ours, entry["unit"]), share, *[ratio(time_of(entry, p), ours, entry["unit"]) for p in PEERS]]


def line(name, entry):
    """A row as a line for a terminal, with what failed."""
    text = f"{name[:52]:52} " + " ".join(f"{cell:>10}" for cell in columns_of(entry))
    for column, cell in entry["cells"].items():
        lacking = column != "ferroflow" and cell.get("error", "").startswith(LACKING)
        if "error" in cell and not lacking:
            text += f"\n    {column}: {cell['error']}"
    return text


def markdown(table):
    """The whole table."""
    lines = ["| row | ours | of the limit | " + " | ".join(PEERS) + " |", "|---" * (3 + len(PEERS)) + "|"]
    lines += [f"| {name} | " + " | ".join(columns_of(entry)) + " |" for name, entry in table.items()]
    return "\n".join(lines)


def behind(table):
    """Lines about the rows that we lose, the worst first, and those that we do not run."""
    found = []
    for name, entry in table.items():
        ours = time_of(entry, "ferroflow")
        times = [(t, p) for p in PEERS if (t := time_of(entry, p)) is not None]
        if ours is None:
            error = entry["cells"].get("ferroflow", {}).get("error", "not measured")
            found.append((float("inf"), f"- {name}: not run ({error})"))
        elif times and ours > min(times)[0]:
            theirs, peer = min(times)
            factor = ours / theirs if theirs > 0 else float("inf")
            told = f"{factor:.2f} times" if theirs > 0 else number(ours, entry["unit"]) + " against none,"
            found.append((factor, f"- {name}: {told} the figure of {peer}"))
    return [text for _, text in sorted(found, key=lambda f: -f[0])]


def over_target(table):
    """Lines about the rows with a target of their own that we miss."""
    rows = [(name, e, time_of(e, "ferroflow")) for name, e in table.items() if e["limit"] is not None]
    return [
        f"- {n}: {number(t, e['unit'])}, the target is {number(e['limit'], e['unit'])}"
        for n, e, t in rows
        if t and t > e["limit"]
    ]


def reasons(table):
    """What is known of why rows miss their targets or stay behind a peer, each reason with its rows."""
    missed = [*over_target(table), *behind(table)]
    lines = []
    for pattern, text in NOTES.items():
        rows = [n for n in table if re.fullmatch(pattern, n) and any(line.startswith(f"- {n}: ") for line in missed)]
        if rows:
            lines.append(f"- {', '.join(rows)}: {text}")
    return lines


def summary(table):
    """For each family: rows, how many of them we lose, and the geometric mean of each peer's time over ours."""
    lines = [
        "| rows | count | behind a peer | " + " | ".join(f"{p} / ours" for p in PEERS) + " |",
        "|---" * (3 + len(PEERS)) + "|",
    ]
    for family in dict.fromkeys(e["family"] for e in table.values()):
        rows = {name: e for name, e in table.items() if e["family"] == family}
        cells = []
        for p in PEERS:
            logs = [
                math.log(time_of(e, p) / time_of(e, "ferroflow"))
                for e in rows.values()
                if (time_of(e, p) or 0) > 0 and (time_of(e, "ferroflow") or 0) > 0
            ]
            cells.append(f"{math.exp(sum(logs) / len(logs)):.2f}" if logs else "-")
        lines.append(f"| {family} | {len(rows)} | {len(behind(rows))} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def machine():
    """The machine in words: processor and number of cores."""
    with open("/proc/cpuinfo") as f:
        name = re.search(r"model name\s*: (.*)", f.read())
    return f"{name[1] if name else 'an unknown processor'} with {len(os.sched_getaffinity(0))} cores"


def page(table):
    """The text of docs/benchmarks.md."""
    dates, rounds = sorted({e["date"] for e in table.values()}), [e["rounds"] for e in table.values()]
    head = HEAD.format(
        machine=machine(), dates=" to ".join(dict.fromkeys([dates[0], dates[-1]])),
        rounds=" to ".join(map(str, dict.fromkeys([min(rounds), max(rounds)]))),
        gflops=max(e["peak"]["gflops"] for e in table.values()),
    )  # fmt: skip
    parts = [head.strip(), "## By family", "Geometric means.", summary(table), "## Where we are behind"]
    parts += [
        "\n".join(behind(table)) or "Nowhere.",
        "## Targets that we miss",
        "\n".join(over_target(table)) or "None.",
        *(["## Why", "\n".join(reasons(table))] if reasons(table) else []),
    ]
    return "\n\n".join([*parts, "## All rows", "![All rows](benchmarks.png)", markdown(table)]) + "\n"


def plot(table, path):
    """Each peer's time over ours as dots, row by row, on a logarithmic axis; none where there is no matplotlib."""
    try:
        import matplotlib
    except ModuleNotFoundError:
        return
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    rows = {name: e for name, e in table.items() if (time_of(e, "ferroflow") or 0) > 0}
    figure, axis = plt.subplots(figsize=(11, 0.2 * len(rows) + 1.5), layout="constrained")
    for peer in PEERS:
        dots = [
            (time_of(e, peer) / time_of(e, "ferroflow"), i)
            for i, e in enumerate(rows.values())
            if (time_of(e, peer) or 0) > 0
        ]
        axis.plot([x for x, _ in dots], [y for _, y in dots], "o", markersize=4, label=peer)
    axis.axvline(1, color="black", linewidth=1)
    axis.set_yticks(range(len(rows)), rows, fontsize=7)
    axis.set_ylim(len(rows), -1)
    axis.set_xscale("log")
    axis.grid(axis="y", linewidth=0.3)
    axis.set_xlabel("a peer's time over ours: right of the line we are faster")
    axis.legend(loc="upper right")
    figure.savefig(path, dpi=90)
    plt.close(figure)


def write(table, folder):
    """bench.md and bench.png in a folder."""
    with open(os.path.join(folder, "bench.md"), "w") as f:
        f.write(page(table))
    plot(table, os.path.join(folder, "bench.png"))


def publish(table, root):
    """docs/benchmarks.md with its picture, and the summary between the marks of README.md."""
    with open(os.path.join(root, "docs", "benchmarks.md"), "w") as f:
        f.write(page(table))
    plot(table, os.path.join(root, "docs", "benchmarks.png"))
    path = os.path.join(root, "README.md")
    with open(path) as f:
        text = f.read()
    begin, end = MARKS
    with open(path, "w") as f:
        f.write(text.split(begin)[0] + begin + summary(table) + "\n" + end + text.split(end)[1])
