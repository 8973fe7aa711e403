"""What published tables give away, each finding whole: cell, kind, interval, by what, to whom, since when; the tables are small enough to work out by hand."""

from __future__ import annotations

import datetime as dt

from generator.disclosure.engine.attack import Evidence
from generator.disclosure.engine.linear_system import Key
from generator.disclosure.lattice import LatticeArea

Count = int | str
"""A count; „.“ is withheld, „/“ was never there."""
LEAVES = ("a", "b", "c", "d")
SPACES = {"stadt": LatticeArea("eins", 0, LEAVES), **{key: LatticeArea("eins", 1, ()) for key in LEAVES}}
SCHOOLS = {
    "stadt": LatticeArea("eins", 0, ("a", "b")),
    **{key: LatticeArea("eins", 1, ()) for key in "ab"},
    **{key: LatticeArea("zwei", 0, ()) for key in ("s", "u")},
}
NOTHING = Evidence((), ())
WHOLE = "hilfen / stadt / 2025"


def key(space: str, period: str = "2025") -> Key:
    return ("hilfen", space, period)


REST = ("c", "d", "stadt")


DAY = dt.date(2025, 3, 1)
RELEASE = "Ausgabe 01.03.2025"
