"""What a mistake reports: the exception's class, its text with notes, and the line of the user's that it names."""

import inspect
import re
import traceback
from dataclasses import dataclass
from pathlib import Path

import mistakes
import mistakes_of_use  # noqa: F401

PACKAGE = Path(__file__).resolve().parents[2] / "py"


@dataclass
class Report:
    """An error as the user sees it."""

    error: BaseException
    text: str
    places: list


def marked_line(name):
    """File and number of the line that the error of a mistake must name: the one that ends with `# here`."""
    function = mistakes.ALL[name][1]
    for candidate in (function, mistakes.fed, mistakes.fetched):
        lines, first = inspect.getsourcelines(candidate)
        marks = [first + at for at, line in enumerate(lines) if line.rstrip().endswith("# here")]
        if marks and (candidate is function or f"{candidate.__name__}(tf" in inspect.getsource(function)):
            assert len(marks) == 1, f"{name} marks {len(marks)} lines"
            return Path(inspect.getsourcefile(candidate)), marks[0]
    raise AssertionError(f"{name} marks no line with '# here'")


def report(name, tf, v1):
    """Makes a mistake, with an empty default graph; None if nothing rejects it."""
    v1.reset_default_graph()
    try:
        mistakes.ALL[name][1](tf, v1)
    except Exception as error:
        text = "\n".join([str(error), *getattr(error, "__notes__", [])])
        named = re.findall(r"(?:at: |\(read at |\()([^\s:()]+\.py):(\d+)", text)
        places = [(Path(file), int(line)) for file, line in named]
        if not places:
            # Python shows the traceback; the innermost line that is not the package's is the user's.
            frames = traceback.extract_tb(error.__traceback__)
            own = [frame for frame in frames if not Path(frame.filename).is_relative_to(PACKAGE)]
            places = [(Path(own[-1].filename), own[-1].lineno)]
        return Report(error, text, places)
    return None


def normalised(text):
    """A text without what differs from machine to machine or from edit to edit: folders, addresses, numbers of lines."""
    text = re.sub(r"(?:/[^\s/:]+)+/(mistakes\w*\.py):\d+", r"\1:LINE", text)
    text = re.sub(r'"(?:/[^\s/"]+)+/(mistakes\w*\.py)", line \d+', r'"\1", line LINE', text)
    text = re.sub(r"(passed to \w+):\d+ transformation", r"\1:NUMBER transformation", text)
    return re.sub(r"0x[0-9a-f]+", "0xADDRESS", text)
