"""Days of sessions in, a line of the next weeks out on which each is a diamond: nothing on it is decided yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.base.view import MacroCall

WIDTH = 220
SPAN = 60
"""So many days are on the line; what is later stands at its end."""
_EDGE = 14


@dataclass(frozen=True, slots=True)
class Agenda(MacroCall):
    """Where the sessions are, and the first one's date with the side on which its words stand."""

    template = "charts/cells.html"
    macro = "agenda"

    today: str
    sessions: Sequence[float]
    label: str
    anchor: str


def agenda(today: str, days: Sequence[int], label: str) -> Agenda:
    """Lay out sessions by how many days they are away; `label` is the date of the first."""
    places = tuple(round(_EDGE + min(day, SPAN) / SPAN * (WIDTH - 2 * _EDGE), 1) for day in days)
    return Agenda(today, places, label, "start" if places[0] < WIDTH / 2 else "end")
