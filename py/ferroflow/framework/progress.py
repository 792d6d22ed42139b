"""A progress bar for loops, datasets and training that is right in a terminal, in a notebook and in a log file."""

import os
import sys
import time
from _thread import RLock  # threading itself is slow to import

# Seconds between two drawings in a terminal or notebook, and between two lines in a log.
REDRAW_SECONDS = 0.1
LINE_SECONDS = 5.0

_clock = time.monotonic
_lock = RLock()
_surfaces = []  # where bars are shown at the moment; bars of nested loops share one


def _duration(seconds):
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def _number(value):
    """A metric as text: four digits of a number, anything else as it prints."""
    if not isinstance(value, (str, int, float)) and hasattr(value, "__float__"):
        try:
            value = float(value)
        except (TypeError, ValueError):
            pass
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _cells(text):
    """How many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text, width):
    """As much of `text` as fits into `width` columns."""
    if _cells(text) <= width:
        return text
    while text and _cells(text) > width:
        text = text[:-1]
    return text


def _in_kernel():
    """True in a Jupyter kernel. Does not import IPython: if it runs, it is there."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None and hasattr(module, "get_ipython") else None
    return getattr(shell, "kernel", None) is not None


class _Surface:
    """Where the bars of one output are shown: the outermost loop first, the innermost last."""

    def __init__(self, file):
        self.file = file
        self.bars = []
        self.drawn = -1e9
        self.broken = False

    def write(self, text):
        """Writes to the file; an output that was closed ends the display, not the program."""
        if self.broken:
            return
        try:
            self.file.write(text)
            self.file.flush()
        except UnicodeEncodeError:
            self.file.write(text.encode("ascii", "replace").decode("ascii"))
            self.file.flush()
        except (OSError, ValueError):
            self.broken = True

    def prefix(self, bar):
        """The short form of the loops round `bar`."""
        outer = self.bars[: self.bars.index(bar)]
        return "".join(f"{b.short()} > " for b in outer)


class _Terminal(_Surface):
    """One line that is written over, with a carriage return and no other control code."""

    def __init__(self, file):
        super().__init__(file)
        self.width_before = 0

    def _columns(self):
        try:
            return max(os.get_terminal_size(self.file.fileno()).columns, 10)
        except (OSError, ValueError, AttributeError):
            return 80

    def _put(self, text, end=""):
        padding = " " * max(min(self.width_before, self._columns() - 1) - _cells(text), 0)
        self.write(f"\r{text}{padding}{end}")
        self.width_before = 0 if end else _cells(text)

    def changed(self, bar):
        """Draws again if the last drawing is old enough."""
        now = _clock()
        if now - self.drawn >= REDRAW_SECONDS:
            self.drawn = now
            self.draw()

    def draw(self):
        """Draws the innermost bar behind the short forms of the others."""
        bar = self.bars[-1]
        self._put(bar.line(self._columns() - 1, self.prefix(bar), self._blocks()))

    def _blocks(self):
        return "█" if "utf" in (getattr(self.file, "encoding", None) or "").lower() else "#"

    def closed(self, bar):
        """The outermost bar stays on its line; an inner one makes room for the one round it."""
        if bar is self.bars[0]:
            self._put(bar.line(self._columns() - 1, "", self._blocks()), end="\n")

    def message(self, text):
        """Writes a line above the bar."""
        self._put(text, end="\n")
        self.draw()


class _Lines(_Surface):
    """Whole lines for a log: the outer loop at each tenth, every loop after a few seconds. No control codes."""

    def __init__(self, file):
        super().__init__(file)
        self.drawn = _clock()

    def changed(self, bar):
        """Writes a line when one is due."""
        now = _clock()
        step = bar.tenths()
        due = bar is self.bars[0] and step is not None and step > bar.shown_tenths
        if due or now - self.drawn >= LINE_SECONDS:
            self._line(bar, now, step)

    def _line(self, bar, now, step):
        self.drawn = now
        bar.shown_tenths = bar.shown_tenths if step is None else step
        bar.shown_count = bar.count
        self.write(bar.line(None, self.prefix(bar), "") + "\n")

    def draw(self):
        """Nothing: what was written stays."""

    def closed(self, bar):
        """The outer loop's last state, unless its last line says it already."""
        if bar is self.bars[0] and bar.shown_count != bar.count:
            self._line(bar, _clock(), bar.tenths())

    def message(self, text):
        """Writes a line."""
        self.write(text + "\n")


class _Notebook(_Surface):
    """One output of a notebook cell that is replaced as the loops go on, a line for each loop."""

    def __init__(self, file):
        super().__init__(file)
        self.handle = None

    def changed(self, bar):
        """Shows the state again if the last time is long enough ago."""
        now = _clock()
        if now - self.drawn >= REDRAW_SECONDS:
            self.drawn = now
            self.draw()

    def draw(self):
        """Shows all bars."""
        from IPython.display import display

        data = {"text/plain": "\n".join(bar.line(100, "", "█") for bar in self.bars)}
        if self.handle is None:
            self.handle = display(data, raw=True, display_id=True)
        else:
            self.handle.update(data, raw=True)

    def closed(self, bar):
        """The outermost bar's last state stays; an inner one goes."""
        if bar is self.bars[0]:
            self.draw()

    def message(self, text):
        """Prints a line below."""
        print(text)


def _surface_for(file):
    for surface in _surfaces:
        if surface.file is file:
            return surface
    isatty = getattr(file, "isatty", None)
    if file is sys.stderr and _in_kernel():
        surface = _Notebook(file)
    elif isatty is not None and not file.closed and isatty():
        surface = _Terminal(file)
    else:
        surface = _Lines(file)
    _surfaces.append(surface)
    return surface


def _length(iterable):
    """How many items the iterable has, or None: its length, or a dataset's known cardinality."""
    try:
        return len(iterable)
    except (TypeError, ValueError):
        pass
    cardinality = getattr(iterable, "cardinality", None)
    if callable(cardinality):
        count = int(cardinality())
        return count if count >= 0 else None
    return None


class Progress:
    """Shows how far a loop is.

    Args:
      iterable: what to loop over; None to call `update` by hand.
      total: the number of items; found out by itself for lists and datasets. None: unknown.
      unit: what is counted, for example "step".
      description: text in front, for example "train".
      file: where to write; standard error if not given. In a Jupyter kernel the cell's output is used then.

    In a terminal one line is drawn over at most ten times a second; in a notebook one output is updated; a file or pipe
    gets a plain line at each tenth of the loop, or every five seconds. A bar inside another one shares its place.

    >>> for step in Progress(range(3), unit="step"):
    ...     pass
    """

    def __init__(self, iterable=None, total=None, unit="it", description="", file=None):
        self._iterable = iterable
        self.total = _length(iterable) if total is None and iterable is not None else total
        self.unit = unit
        self.description = description
        self.count = 0
        self.metrics = {}
        self.shown_tenths = 0
        self.shown_count = None
        self._file = file
        self._surface = None
        self._start = _clock()
        self._end = None

    def __len__(self):
        if self.total is None:
            raise TypeError("the length of this loop is not known")
        return self.total

    def __bool__(self):
        return True

    def __iter__(self):
        if self._iterable is None:
            raise TypeError("this Progress has no iterable: call update() for each step")
        with self:
            for item in self._iterable:
                yield item
                self.update()

    def __enter__(self):
        """Starts the clock and shows the bar."""
        with _lock:
            if self._surface is None:
                self._start, self._end = _clock(), None
                self._surface = _surface_for(sys.stderr if self._file is None else self._file)
                self._surface.bars.append(self)
                self._surface.changed(self)
        return self

    def __exit__(self, *error):
        self.close()

    def update(self, n=1, **metrics):
        """Counts `n` more items, and shows `metrics` (numbers by name) behind the bar from now on."""
        if self._surface is None:
            self.__enter__()
        self.count += n
        if metrics:
            self.metrics.update(metrics)
        with _lock:
            self._surface.changed(self)

    def set(self, **metrics):
        """Shows `metrics` (numbers by name) behind the bar from the next drawing on."""
        self.metrics.update(metrics)

    def write(self, text):
        """Prints a line without disturbing the bar."""
        if self._surface is None:
            self.__enter__()
        with _lock:
            self._surface.message(text)

    def close(self):
        """Shows the last state and gives the place back. Does nothing the second time."""
        with _lock:
            surface = self._surface
            if surface is None or self not in surface.bars:
                return
            self._end = _clock()
            surface.closed(self)
            surface.bars.remove(self)
            if not surface.bars:
                _surfaces.remove(surface)

    def tenths(self):
        """How many tenths are done, 0 to 10; None if the total is not known."""
        return min(self.count * 10 // self.total, 10) if self.total else None

    def short(self):
        """The state in a few characters, for a loop round another one."""
        name = self.description or self.unit
        return (
            f"{name} {self.count}" if self.total is None else f"{name} {min(self.count + 1, self.total)}/{self.total}"
        )

    def line(self, width, prefix, block):
        """The state as one line of at most `width` columns (None: any length, and no bar)."""
        elapsed = max((self._end or _clock()) - self._start, 0.0)
        rate = self.count / elapsed if elapsed > 0 and self.count else None
        speed = "?" if rate is None else f"{rate:.3g}" if rate < 1000 else f"{rate:.0f}"
        head = prefix + (f"{self.description}: " if self.description else "")
        if self.total is None:
            tail = f"{self.count} {self.unit} [{_duration(elapsed)}, {speed} {self.unit}/s]"
        else:
            left = "?" if rate is None else _duration(max(self.total - self.count, 0) / rate)
            tail = f"{self.count}/{self.total} {self.unit} [{_duration(elapsed)}<{left}, {speed} {self.unit}/s]"
        if self.metrics:
            tail += " " + " ".join(f"{name}={_number(value)}" for name, value in self.metrics.items())
        if self.total is None:
            return _cut(head + tail, width) if width else head + tail
        share = min(self.count / self.total, 1.0) if self.total else 1.0
        percent = f"{int(share * 100):3d}% "
        if width is None:
            return head + percent + tail
        room = width - _cells(head) - len(percent) - _cells(tail) - 3
        if room < 5:
            return _cut(head + percent + tail, width)
        cells = min(room, 40)
        return head + percent + "|" + (block * int(share * cells)).ljust(cells) + "| " + tail
