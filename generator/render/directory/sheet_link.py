"""A sheet to fill in together, in a list of sheets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A sheet: its id, what it is called, what it is for, and the way to it."""

    id: str
    title: str
    says: str
    href: str
