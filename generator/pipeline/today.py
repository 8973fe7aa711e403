"""Give the day that counts as today."""

from __future__ import annotations

import datetime as dt
import os
import re
from zoneinfo import ZoneInfo

import click

_EPOCH = "SOURCE_DATE_EPOCH"


def which_day(given: dt.datetime | None = None) -> dt.date:
    """Return the day given, else that of SOURCE_DATE_EPOCH, else today in Germany."""
    zone = ZoneInfo("Europe/Berlin")
    seconds = _build_date()
    if given is not None:
        return given.date()
    if seconds is None:
        return dt.datetime.now(zone).date()
    return dt.datetime.fromtimestamp(seconds, zone).date()


def _build_date() -> int | None:
    """Return the seconds that SOURCE_DATE_EPOCH says, up to the end of 2199; libraries ask it too, and end where it is no number."""
    written = os.environ.get(_EPOCH, "")
    if not written:
        os.environ.pop(_EPOCH, None)
        return None
    if not re.fullmatch(r"[0-9]{1,10}", written) or int(written) > 7_258_118_400:
        raise click.UsageError(f"{_EPOCH} ist „{written}“ und keine Zahl von Sekunden seit 1970.")
    return int(written)
