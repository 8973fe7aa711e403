"""A figure's place beside its town's in, the small bar of a table's cell out; the words beside it say the same."""

from __future__ import annotations

from dataclasses import dataclass

from generator.render.base.view import MacroCall


@dataclass(frozen=True, slots=True)
class Gauge(MacroCall):
    """A bar by start and width, the ends of its interval, and the benchmark's line; all in percent."""

    template = "charts/cells.html"
    macro = "gauge"

    bar: tuple[str, str]
    interval: tuple[str, str] | None
    benchmark: str
