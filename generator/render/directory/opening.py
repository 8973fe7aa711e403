"""Schedules in, what pages show of them out: the week in words, and the data from which browsers say „jetzt offen“."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from generator.hours.schedule import Schedule, compact
from generator.hours.spoken import spoken_seasons, spoken_week
from generator.render.base.macros import OpeningState
from generator.render.base.texts import Texts


def style(texts: Texts) -> Literal["de", "en", "24h"]:
    """Return the way of writing times: „9 Uhr“, 9 am to 5 pm, or 09:00 – 17:00."""
    return {"de": "de", "en": "en"}.get(texts.lang.split("-")[0], "24h")  # type: ignore[return-value]


def week_lines(texts: Texts, schedule: Schedule | None) -> Sequence[tuple[str, str]]:
    """Return the hours in words, as pairs of days and times; unreadable hours stand as written."""
    if schedule is None:
        return ()
    # Glance, card, search entry and own list say the same hours.
    return texts.once(
        "week", schedule, lambda schedule: tuple(spoken_week(schedule, texts.gettext, style(texts)))
    )


def week_text(texts: Texts, schedule: Schedule, limit: int = 2) -> str:
    """Return the hours in one line, at most `limit` parts."""
    lines = week_lines(texts, schedule)
    parts = [f"{days} {times}".strip() for days, times in lines[:limit]]
    return texts.comma.join(parts) + (" …" if len(lines) > limit else "")


def season_text(texts: Texts, expression: str) -> str:
    """Return in one line the hours of every season, from an OSM expression; nothing where they don't depend on it, or say more."""
    return texts.comma.join(
        f"{days} {times}" for days, times in spoken_seasons(expression, texts.gettext, style(texts))
    )


def opening(texts: Texts, schedule: Schedule | None, limit: int = 2) -> OpeningState | None:
    """Return the hours in words (at most `limit` parts), which hold without scripts, and as JSON from which `assets/js/hours.js` says
    „jetzt offen“; None where there is nothing to say."""
    if schedule is None:
        return None
    written = week_text(texts, schedule, limit)
    data = ""
    if schedule.readable or schedule.exceptions:
        data = texts.once("data", schedule, lambda schedule: compact(schedule, texts.gettext))
    return OpeningState(written, written=written, data=data) if written or data else None
