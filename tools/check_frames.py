"""Fail if a loop compiled for AVX2 or AVX-512 calls a function that should have been inlined.

    cargo build --profile fast -p ferroflow-cpu && python tools/check_frames.py target/fast/libferroflow_cpu.rlib

A function that is not inlined into `Isa::enter` is compiled without the target features: it is right but an order
of magnitude slower, in silence. Calls that are meant (lanes that go one by one, copies of tails) are listed below.
Needs objdump.
"""

import collections
import re
import subprocess
import sys

ALLOWED = [
    r"^(fmod|sin|cos|tan|exp|log|memcpy|memset|memmove)f?$",
    r"^ferroflow_ops::math::(scalar|gamma|zeta)::",
    r"^core::(panicking|slice::index)::",  # checks that never fail
    r"^ferroflow_cpu::simd::avx2::TAIL$",  # data, not a function
]
FRAME = re.compile(r"^[0-9a-f]+ <(.*(Avx2|Avx512) as .*Isa.*>::enter.*)>:$")
# A reference to a function: called here, or loaded into a register to be called in a loop.
REFERENCE = re.compile(r"R_X86_64_(?:GOTPCRELX?|REX_GOTPCRELX|GOTPCREL|PLT32)\s+(\S.*?)(?:[-+]0x[0-9a-f]+)?$")


def calls(rlib):
    """Frames of each instruction set, and how often each function is referred to in them, in a compiled library."""
    command = ["objdump", "-dr", "-C", "--no-show-raw-insn", rlib]
    frames, callees = collections.Counter(), collections.Counter()
    inside = None
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            line = line.rstrip()
            if line.endswith(">:"):
                frame = FRAME.match(line)
                inside = frame and frame[2]
                frames[inside] += frame is not None
            elif inside and (reference := REFERENCE.search(line)):
                callees[reference[1]] += 1
    del frames[None]
    return frames, callees


def main():
    """Print what the loops call and fail on a call that is not meant."""
    frames, callees = calls(sys.argv[1])
    if not frames:
        sys.exit(f"{sys.argv[1]} holds no loops: was it built for x86-64?")
    print(", ".join(f"{count} loops for {isa}" for isa, count in sorted(frames.items())))
    stray = {name: n for name, n in callees.items() if not any(re.search(pattern, name) for pattern in ALLOWED)}
    for name, count in sorted(callees.items()):
        print(f"{count:5} calls of {name}{'   <- not inlined' if name in stray else ''}")
    sys.exit(1 if stray else 0)


if __name__ == "__main__":
    main()
