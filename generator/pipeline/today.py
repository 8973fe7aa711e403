"""The day that counts as today: given, from the environment, or the clock; nothing else in the house asks one."""

from __future__ import annotations

import datetime as dt
import os
import re
from zoneinfo import ZoneInfo

import click


def which_day(given: dt.datetime | None = None) -> dt.date:
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
