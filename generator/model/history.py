"""What is remembered of an offer from one version of its record to the next: when it came, and which typed values became which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from generator.model.fields import annotation, fields
from generator.model.offer import Offer

HISTORY = "history.csv"
"""The table of what is remembered, in `resources/`."""
ADDED = "new"
REMEMBERED = ("status", "hours", "place", "cost", "ages", "languages")
"""Fields of an offer of which a change is told: values with a fixed form. Free text could name somebody who was taken out for a reason."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """On a day an offer came (`field` is `ADDED`), or one of its fields got another value; None where nothing was written."""

    date: dt.date
    offer: str
    field: str
    before: Any = None
    after: Any = None


@cache
def _types() -> Mapping[str, TypeAdapter[Any]]:
    return {name: TypeAdapter(annotation(fields(Offer)[name])) for name in REMEMBERED}


def value_of(field: str, plain: Any) -> Any:
    """Return the typed value of a field from what is written; raises pydantic's ValidationError."""
    if plain in (None, ""):
        # What isn't written stands for the usual.
        return fields(Offer)[field].get_default()
    return _types()[field].validate_python(plain)
