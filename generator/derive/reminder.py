"""What somebody should ask about, from a day on: the core's and, by `REMINDERS` of a subject's `derive.py`, the subjects'."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


class ToDo(NamedTuple):
    """What is to be done, for programs (`id`) and in German."""

    id: str
    what: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to ask about; `due` is the day from which the statement no longer counts."""

    due: dt.date
    folder: str
    id: str
    name: str
    topic: ToDo
