"""Check that what shows its area alone says no more, and that nothing gives protection an area.

`parts` are areas within others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator

from generator.check.contacts import RecordSurroundings, surroundings
from generator.check.protected import general, protected
from generator.derive.masking import PLANS, areas_of, is_of_an_area, is_protective
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.areas_and_offices import Space
from generator.model.dates import Duration, german_day
from generator.model.fields import references
from generator.model.groups import Shown
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.model.visibility import LEVELS, ceiling_of_place
from generator.read.indicator_folders import IndicatorFolder
from generator.read.nodes import at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import scalars

OFFICE = re.compile(
    r"amt|leitung|träger|stelle|büro|verein|vorstand|dienst|koordination|rat\b|ausschuss|gericht|polizei|ministerium|beauftragt"
    r"|fachbereich|abteilung|referat|team|dezernat|behörde|senat|stadt|kreis|gemeinde|diakonie|caritas|verband|geschäftsführung|haus\b|zentrum",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?:Frau|Herrn?|Dr\.|Prof\.)\s+[A-ZÄÖÜ]")
_TOPIC_FIELDS = {("topics", "*"), ("breakdowns", "*", "values", "*", "id")}
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
        _confirmed, surroundings(site, reading), today, folders=("places", "offers", "providers")
    )


def _confirmed(
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
        yield from _offer(source, record, town)
    elif isinstance(record, Place):
        yield from _place(source, record, town)
    elif isinstance(record, Provider) and town.seen_providers[record.id] == "area":
        areas = ("spaces",) if not town.parts.isdisjoint(record.spaces) else ()
        yield from _betrayed(source, ("address", *areas), "nur geschützte Häuser")


def _offer(source: RecordSource, offer: Offer, town: RecordSurroundings) -> Iterator[Diagnostic]:
    if town.seen(offer) == "area":
        elsewhere = ("place",) if town.seen_places.get(str(offer.place)) == "full" else ()
        yield from _betrayed(source, ("address", "point", "stops", "dates", *elsewhere), f"Art {offer.kind}")
        return
    for number, stop in enumerate(offer.stops):
        if town.seen_places.get(str(stop.place), "full") != "full":
            yield _betrayal(source.position("stops", number, "place", key=True), f"Ort {stop.place}", "place")


def _place(source: RecordSource, place: Place, town: RecordSurroundings) -> Iterator[Diagnostic]:
    level = town.seen_places[place.id]
    if place.visibility is not None and LEVELS.index(place.visibility) > LEVELS.index(level):
        ceiling, position = ceiling_of_place(town.words, place), source.position("visibility")
        yield diagnostic(
            "sichtbarkeit-unbestaetigt",
            position,
            kind=place.kind,
            ceiling=ceiling,
            visibility=place.visibility,
        )
    if level == "area":
        yield from _betrayed(source, ("address", "point", "transport"), f"Art {place.kind}")
        for language in place.translations:
            path = ("translations", language, "transport")
            if at(source.node, path) is not None:
                yield _betrayal(source.position(*path, key=True), f"Art {place.kind}", "transport")


def _betrayed(source: RecordSource, fields: Collection[str], why: str) -> Iterator[Diagnostic]:
    """Report fields that are written though their record shows its area alone."""
    for field in fields:
        if at(source.node, (field,)) is not None:
            yield _betrayal(source.position(field, key=True), why, field)


def _betrayal(position: Position, why: str, field: str) -> Diagnostic:
    return diagnostic("ort-verraten", position, visibility="area", why=why, field=field)


def check_protection_by_area(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report areas in what is for a house by its id or topic, and its figures by area."""
    if site.internal:
        return
    ids, parts = protected(site, reading).ids, areas_of(site)
    for folder in PLANS:
        for source in reading.of(folder):
            record = source.record
            if record.leads_to(ids) or is_protective(site.words, getattr(record, "topics", ())):
                yield from _areas(source, parts)
            yield from _promises(source, site, parts)
    for source in reading.of("spaces"):
        yield from _team(source, site.spaces[source.id], ids, parts)
    for folder_of_figures in reading.indicators.values():
        yield from _figures(folder_of_figures, site, parts)


def _areas(source: RecordSource, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report a record's first area id."""
    paths = {one.path for one in references(type(source.record)) if one.target == "spaces"}
    for path, scalar in scalars(source.node):
        if scalar.text in parts and general(path) in paths:
            yield diagnostic("schutz-nach-gebiet", scalar.position, value=scalar.text)
            return


def _team(
    source: RecordSource, space: Space, protected_ids: Collection[tuple[str, str]], parts: Collection[str]
) -> Iterator[Diagnostic]:
    """Report who employs an area's team and is protected."""
    for number, part in enumerate(space.team if space.id in parts else ()):
        for provider in (part.provider, *part.providers):
            if ("providers", provider) in protected_ids:
                yield diagnostic("schutz-nach-gebiet", source.position("team", number), value=provider)


def _promises(source: RecordSource, site: Site, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report the promises of an area's network that are about protection."""
    record = source.record
    if isinstance(record, Network) and record.guarantee is not None and is_of_an_area(record, parts):
        for number, rule in enumerate(record.guarantee.rules):
            if is_protective(site.words, [rule.topic]):
                position = source.position("guarantee", "rules", number, "topic")
                yield diagnostic("schutz-nach-gebiet", position, value=rule.topic)


def _figures(folder: IndicatorFolder, site: Site, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report figures by area whose topic is refuge."""
    tables = (folder.table, *folder.earlier.values())
    if not any(row.space in parts for table in tables if table is not None for row in table.rows):
        return
    for path, scalar in scalars(folder.source.node):
        if general(path) in _TOPIC_FIELDS and is_protective(site.words, [scalar.text]):
            yield diagnostic("schutz-nach-gebiet", scalar.position, value=scalar.text)
            return


CHECKS = (check_protection, check_protection_by_area)
DATED_CHECKS = (check_confirmations,)
