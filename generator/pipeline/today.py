"""Give the day that counts as today."""

from __future__ import annotations

import datetime as dt
import os
import re
from zoneinfo import ZoneInfo

import click

_EPOCH = "SOURCE_DATE_EPOCH"  # reproducible-builds.org: the time that a build is to take for now


def which_day(given: dt.datetime | None = None) -> dt.date:
    """Return the given day, else SOURCE_DATE_EPOCH's, else today in Germany."""
    zone = ZoneInfo("Europe/Berlin")
    seconds = _build_date()
    if given is not None:
        return given.date()
    if seconds is None:
        return dt.datetime.now(zone).date()
    return dt.datetime.fromtimestamp(seconds, zone).date()


def _build_date() -> int | None:
    """Return SOURCE_DATE_EPOCH's seconds; UsageError beyond 2199, where libraries fail."""
    written = os.environ.get(_EPOCH, "")
    if not written:
        # Libraries read it too, and fail where it is empty.
        os.environ.pop(_EPOCH, None)
        return None
    if not re.fullmatch(r"[0-9]{1,10}", written) or int(written) > 7_258_118_400:
        raise click.UsageError(f"{_EPOCH} ist „{written}“ und keine Zahl von Sekunden seit 1970.")
    return int(written)
