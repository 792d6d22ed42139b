"""Makes PyTorch's plain Linux wheel importable without the CUDA libraries, which are several GB: `torch_without_cuda.py FOLDER`.

The wheel's libraries name CUDA's as needed, and the loader wants the names to be there, though nothing on a CPU calls them.
For each one that is missing, an empty library is compiled into PyTorch's own folder of libraries: with its name, and with the
symbols, of no use, that PyTorch refers to. FOLDER is that folder, `torch/lib`.
"""

import collections
import os
import re
import subprocess
import sys
import tempfile


def output(*command):
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def needs(folder):
    """Missing library -> version -> symbols that the libraries in the folder want of it."""
    found, files = {}, [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if ".so" in name]
    system = output("ldconfig", "-p")
    home = {}
    for file in files:
        for name in re.findall(r"NEEDED\s+(\S+)", output("objdump", "-p", file)):
            if not os.path.exists(os.path.join(folder, name)) and f"{name} " not in system:
                found.setdefault(name, collections.defaultdict(set))
    for file in files:
        references = re.search(r"Version References:\n(.*)", output("objdump", "-p", file), re.S)
        library = None
        for line in references[1].splitlines() if references else []:
            if start := re.match(r"\s+required from (\S+):", line):
                library = start[1]
            elif version := re.match(r"\s+0x\w+ 0x\w+ \d+ (\S+)", line):
                home[version[1]] = library
        for symbol, version in re.findall(r" U ([^@\s]+)@*(\S*)", output("nm", "-D", "--undefined-only", file)):
            # A symbol without a version is told by its first letters: `ncclSend` is one of libnccl.
            stems = [name for name in found if symbol.lower().startswith(name[3:].partition(".")[0].lower())]
            library = home.get(version) if version else max(stems, key=len, default=None)
            if library in found:
                found[library][version].add(symbol)
    return found


def make(folder, library, versions):
    """Compiles the stand-in for one library."""
    with tempfile.TemporaryDirectory() as scratch:
        source, script = os.path.join(scratch, "empty.c"), os.path.join(scratch, "versions")
        with open(source, "w") as f:
            # 100 is what CUDA answers where there is no device.
            f.writelines(
                f"int {symbol}(void) {{ return 100; }}\n" for symbols in versions.values() for symbol in sorted(symbols)
            )
        with open(script, "w") as f:
            for version, symbols in versions.items():
                f.write(f"{version} {{ global: {'; '.join(sorted(symbols))}; }};\n")
        flags = [f"-Wl,--version-script={script}"] if any(versions) else []
        target = os.path.join(folder, library)
        subprocess.run(["cc", "-w", "-shared", "-o", target, source, f"-Wl,-soname,{library}", *flags], check=True)


if __name__ == "__main__":
    for name, wanted in needs(sys.argv[1]).items():
        make(sys.argv[1], name, wanted)
        print(f"stand-in for {name} with {sum(map(len, wanted.values()))} symbols")
