"""Check that what shows its area alone says no more.

`parts` are areas within others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from generator.check.contacts import RecordSurroundings, surroundings
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.dates import Duration, german_day
from generator.model.groups import Shown
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.site import Site
from generator.model.visibility import ceiling_of_place
from generator.read.nodes import FieldPath, at
from generator.read.project import Reading
from generator.read.records import RecordSource

OFFICE = re.compile(
    r"amt|leitung|träger|stelle|büro|verein|vorstand|dienst|koordination|rat\b|ausschuss|gericht|polizei|ministerium|beauftragt"
    r"|fachbereich|abteilung|referat|team|dezernat|behörde|senat|stadt|kreis|gemeinde|diakonie|caritas|verband|geschäftsführung|haus\b|zentrum",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?:Frau|Herrn?|Dr\.|Prof\.)\s+[A-ZÄÖÜ]")
CONFIRMED_FOR = Duration(2, "years")


def check_protection(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what records tell that show their area alone, and offices in their places."""
    if site.internal:
        return
    seen, around = reading.seen(site), surroundings(site, reading)
    yield from reading.of_each(_judged, around, folders=("places", "offers", "providers"))
    for source in reading.of("offices"):
        place = site.offices[source.id].place
        if place is not None and seen.places.get(place, "full") != "full":
            yield from _betrayed(source, ("place", "address"), f"Ort {place}")


def check_confirmations(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report confirmations of the future, by persons, or too old."""
    yield from reading.of_each(
        _report_confirmation, surroundings(site, reading), today, folders=("places", "offers", "providers")
    )


def _report_confirmation(
    source: RecordSource, around: Same[RecordSurroundings], today: dt.date
) -> Iterator[Diagnostic]:
    shown: Shown | None = getattr(source.record, "shown", None)
    if shown is None:
        return
    written, position = german_day(shown.confirmed), source.position("shown", "confirmed")
    if shown.confirmed > today:
        yield diagnostic("bestaetigung-in-zukunft", position, date=written)
    elif CONFIRMED_FOR.after(shown.confirmed) < today:
        yield diagnostic("bestaetigung-alt", position, date=written)
    if not is_office(around.value, shown.by):
        yield diagnostic("bestaetigung-ohne-stelle", source.position("shown", "by"), value=shown.by)


def is_office(site: Site | RecordSurroundings, by: str) -> bool:
    """Tell whether a text names an office, provider or function."""
    if by in site.offices or by in site.providers:
        return True
    return " " in by and OFFICE.search(by) is not None and PERSON.search(by) is None


def _judged(source: RecordSource, around: Same[RecordSurroundings]) -> Iterator[Diagnostic]:
    """Report a record's fields that show more than its visibility."""
    record, town = source.record, around.value
    if isinstance(record, Offer):
        yield from _report_offer_location(source, record, town)
    elif isinstance(record, Place):
        yield from _report_place_visibility(source, record, town)
    elif isinstance(record, Provider) and town.seen_providers[record.id] == "area":
        areas = ("spaces",) if not town.parts.isdisjoint(record.spaces) else ()
        yield from _betrayed(source, ("address", *areas), "nur geschützte Häuser")


def _report_offer_location(
    source: RecordSource, offer: Offer, town: RecordSurroundings
) -> Iterator[Diagnostic]:
    if town.seen(offer) == "area":
        elsewhere = ("place",) if town.seen_places.get(str(offer.place)) == "full" else ()
        yield from _betrayed(source, ("address", "point", "stops", "dates", *elsewhere), f"Art {offer.kind}")
        return
    for number, stop in enumerate(offer.stops):
        if town.seen_places.get(str(stop.place), "full") != "full":
            yield _make_betrayal_diagnostic(
                source.position("stops", number, "place", key=True), f"Ort {stop.place}", "place"
            )


def _report_place_visibility(
    source: RecordSource, place: Place, town: RecordSurroundings
) -> Iterator[Diagnostic]:
    level = town.seen_places[place.id]
    if level != "area":
        return
    if place.visibility == "full":
        known = {"kind": place.kind, "ceiling": ceiling_of_place(town.words, place)}
        yield diagnostic(
            "sichtbarkeit-unbestaetigt", source.position("visibility"), visibility="full", **known
        )
    translated = (("translations", language, "transport") for language in place.translations)
    yield from _betrayed(source, ("address", "point", "transport", *translated), f"Art {place.kind}")


def _betrayed(source: RecordSource, fields: Iterable[str | FieldPath], why: str) -> Iterator[Diagnostic]:
    """Report fields that are written though their record shows its area alone."""
    for path in ((field,) if isinstance(field, str) else field for field in fields):
        if at(source.node, path) is not None:
            yield _make_betrayal_diagnostic(source.position(*path, key=True), why, str(path[-1]))


def _make_betrayal_diagnostic(position: Position, why: str, field: str) -> Diagnostic:
    return diagnostic("ort-verraten", position, visibility="area", why=why, field=field)


CHECKS = (check_protection,)
DATED_CHECKS = (check_confirmations,)
