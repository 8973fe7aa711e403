"""Offers and help numbers in; what would help somebody who follows another, and what nobody has looked up for long, out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from generator.codes import diagnostic
from generator.derive.discretion import is_discreet, is_joint, withheld
from generator.diagnostics import Diagnostic, Position
from generator.model.offer import Offer
from generator.model.scalars import Duration
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import Source

VALID = Duration(12, "months")
"""For so long a checked number counts as known."""
TELLING = re.compile(
    r"\b(?:Mon|Diens|Donners|Frei|Sams|Sonn)tags?\b|\bMittwochs?\b|\b\d{1,2}(?:[.:]\d{2})? Uhr\b|\b\d+ (?:freie )?Plätze? frei\b|\bPlätze frei\b",
    re.IGNORECASE,
)
_TEXTS = ("name", "summary", "description", "history")


def check_discretion(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report times, areas and places of refuges and groups after violence, and talks of both sides under such topics."""
    areas = any_name(space.name for space in site.spaces.values() if len(space.name) > 3)
    for source in reading.of("offers"):
        offer = site.offers[source.id]
        if is_joint(site.words, offer):
            for number, topic in enumerate(offer.topics):
                if site.words.is_grave(topic):
                    yield diagnostic("gemeinsam-bei-gewalt", source.position("topics", number), topic=topic)
        if site.internal or not is_discreet(site.words, offer):
            continue
        for field in withheld(site, offer):
            yield diagnostic("verschwiegen", source.position(field, key=True), field=field)
        yield from _texts(source, offer, areas)


def any_name(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of these names as a word of its own, None where there are none."""
    ways = "|".join(rf"\b{re.escape(name)}\b" for name in dict.fromkeys(names))
    return re.compile(ways) if ways else None


def _texts(source: Source, offer: Offer, areas: re.Pattern[str] | None) -> Iterator[Diagnostic]:
    for field in _TEXTS:
        text = getattr(offer, field) or ""
        found = TELLING.search(text) or (areas.search(text) if areas is not None else None)
        if found is not None:
            yield diagnostic("verschwiegen-text", source.position(field), value=found[0])


def check_help_numbers(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report numbers that nobody has looked up for twelve months, or ever; only for a town that publishes."""
    del reading
    if not site.config.publish or site.internal:
        return
    for number in site.words.help.values():
        if number.lands and site.config.land not in number.lands:
            continue
        if number.verified is None or VALID.after(number.verified) < today:
            since = f"seit {number.verified:%d.%m.%Y}" if number.verified is not None else "noch nie"
            yield diagnostic(
                "hilfenummer-ungeprueft",
                Position("resources/help.yml"),
                number=number.number,
                name=number.name,
                since=since,
            )
