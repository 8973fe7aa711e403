"""Progress for people at a terminal, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from generator.diagnostics.progress import Progress as Report
from generator.diagnostics.progress import silent


@contextmanager
def progress_bar() -> Iterator[Report]:
    """Give a function that shows how far each step is; it does nothing when standard error is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    # Loaded where somebody looks at it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, object] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total)
            shown.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report
