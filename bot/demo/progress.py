"""Progress of the demo: a bar on a terminal, lines in a log or a pipe."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

ProgressCallback = Callable[[str, float], object]  # the demo's week, and the part done, 0 to 1

MAX_SILENCE_SECONDS = 2  # after which a week gets another line


@contextmanager
def show_progress(console: Console) -> Iterator[ProgressCallback]:
    """Yield a function that shows progress on the console."""
    if not console.is_terminal:
        yield ProgressLines(console)
        return
    columns = (TextColumn("{task.description:20}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=1)
        yield lambda week, part: bar.update(task, description=week, completed=part)


class ProgressLines:
    """Progress as text: a line for each week of the demo, and more for a week that takes long."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._week = ""
        self._printed_at = clock()

    def __call__(self, week: str, part: float) -> None:
        now = self._clock()
        if week == self._week and now - self._printed_at < MAX_SILENCE_SECONDS:
            return
        self._console.print(f"{week} … {part:.0%}", highlight=False)
        self._week, self._printed_at = week, now
