"""Progress for people at a terminal, silence elsewhere; and the day that counts as today."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from generator.read.project import Progress as Report
from generator.read.project import silent


@contextmanager
def bar() -> Iterator[Report]:
    """Give a function that shows how far each step is; it does nothing when standard error is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, object] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total)
            shown.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report


def day(given: dt.datetime | None = None) -> dt.date:
    """Return the day given, else that of SOURCE_DATE_EPOCH, else today in Germany."""
    if given is not None:
        return given.date()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    zone = ZoneInfo("Europe/Berlin")
    if not epoch:
        return dt.datetime.now(zone).date()
    # Seconds since 1970, up to the end of 2199.
    if not re.fullmatch(r"[0-9]{1,10}", epoch) or int(epoch) > 7_258_118_400:
        raise click.UsageError(f"SOURCE_DATE_EPOCH ist „{epoch}“ und keine Zahl von Sekunden seit 1970.")
    return dt.datetime.fromtimestamp(int(epoch), zone).date()
