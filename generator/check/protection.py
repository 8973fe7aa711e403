"""Check records that show more of a protected place than is allowed.

Protection is for the whole town: no record may give it an area. `parts` are areas within others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator

from generator.check.clues import fold
from generator.check.protected import Protected, general, is_text, protected, reference_paths
from generator.check.surroundings import RecordSurroundings, surroundings
from generator.check.whereabouts import of_a_refuge, stops_publishing, uncleared
from generator.derive.masking import (
    PLANS,
    SAYING,
    areas_of,
    is_about_protection,
    is_of_an_area,
    is_protective,
)
from generator.derive.protected_offers import protected_ids
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.areas_and_offices import Space
from generator.model.dates import Duration, german_day
from generator.model.fields import references
from generator.model.groups import Shown, TextConfirmed, Visibility
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.model.visibility import LEVELS, ceiling_of_place
from generator.read.hidden_places import speech
from generator.read.indicator_folders import IndicatorFolder
from generator.read.nodes import at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import passages, scalars

OFFICE = re.compile(
    r"amt|leitung|träger|stelle|büro|verein|vorstand|dienst|koordination|rat\b|ausschuss|gericht|polizei|ministerium|beauftragt"
    r"|fachbereich|abteilung|referat|team|dezernat|behörde|senat|stadt|kreis|gemeinde|diakonie|caritas|verband|geschäftsführung|haus\b|zentrum",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?:Frau|Herrn?|Dr\.|Prof\.)\s+[A-ZÄÖÜ]")
_TOPIC_FIELDS = {("topics", "*"), ("breakdowns", "*", "values", "*", "id")}
_TEXT_FIELDS = {("title",), ("numerator",), ("breakdowns", "*", "values", "*", "name")}
"""Where an indicator says what it is about, as topics and in words; `*` for each of a list."""
CONFIRMED_FOR = Duration(2, "years")


def check_protection(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report revealed whereabouts of places, offers, providers, offices and networks, and unconfirmed visibility."""
    if site.internal:
        return
    seen, around = reading.seen(site), surroundings(site, reading)
    yield from reading.of_each(_judged, around, folders=("places", "offers", "providers"))
    for source in reading.of("offices"):
        place = site.offices[source.id].place
        if place is not None and seen.places.get(place, "full") != "full":
            for field in ("place", "address"):
                yield from _betrayed(source, (field,), seen.places[place], f"Ort {place}")
    for source in reading.of("networks"):
        meets = site.networks[source.id].meets
        if meets is not None and meets.where is not None and seen.places.get(meets.where) == "hidden":
            yield from _betrayed(source, ("meets", "where"), "hidden", f"Ort {meets.where}")


def check_confirmations(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report confirmations of the future, by persons, or too old."""
    around = surroundings(site, reading)
    yield from reading.of_each(_confirmed, around, today, folders=("places", "offers", "providers"))


def _confirmed(
    source: RecordSource, around: Same[RecordSurroundings], today: dt.date
) -> Iterator[Diagnostic]:
    shown: Shown | None = getattr(source.record, "shown", None)
    texts: TextConfirmed | None = getattr(source.record, "text_confirmed", None)
    if shown is not None:
        position = source.position("shown", "confirmed")
        yield from _dated(shown.confirmed, position, today)
        yield from _by_office(shown.by, source.position("shown", "by"), around.value)
    if texts is not None:
        position = source.position("text_confirmed", "date")
        yield from _dated(texts.date, position, today)
        yield from _by_office(texts.by, source.position("text_confirmed", "by"), around.value)


def _dated(day: dt.date, position: Position, today: dt.date) -> Iterator[Diagnostic]:
    written = german_day(day)
    if day > today:
        yield diagnostic("bestaetigung-in-zukunft", position, date=written)
    elif CONFIRMED_FOR.after(day) < today:
        yield diagnostic("bestaetigung-alt", position, date=written)


def _by_office(by: str, position: Position, town: RecordSurroundings) -> Iterator[Diagnostic]:
    if not is_office(town, by):
        yield diagnostic("bestaetigung-ohne-stelle", position, value=by)


def is_office(site: Site | RecordSurroundings, by: str) -> bool:
    """Tell whether a text names an office, provider or function."""
    if by in site.offices or by in site.providers:
        return True
    return " " in by and OFFICE.search(by) is not None and PERSON.search(by) is None


def _judged(source: RecordSource, around: Same[RecordSurroundings]) -> Iterator[Diagnostic]:
    if isinstance(source.record, Place):
        yield from _place(source, source.record, around.value)
    elif isinstance(source.record, Offer):
        yield from _offer(source, source.record, around.value)
    elif isinstance(source.record, Provider):
        yield from _provider(source, source.record, around.value)


def _place(source: RecordSource, place: Place, town: RecordSurroundings) -> Iterator[Diagnostic]:
    """Report a place's fields that show more than its visibility."""
    level = town.seen_places[place.id]
    if place.visibility is not None and LEVELS.index(place.visibility) > LEVELS.index(level):
        yield diagnostic(
            "sichtbarkeit-unbestaetigt",
            source.position("visibility"),
            kind=place.kind,
            ceiling=ceiling_of_place(town.words, place),
            visibility=place.visibility,
        )
    if level == "full":
        return
    fields: list[tuple[str, ...]] = [("address",), ("point",), ("transport",)]
    fields += [("translations", language, "transport") for language in place.translations]
    if level == "hidden":
        if not town.parts.isdisjoint(place.spaces):
            fields.append(("spaces",))
        # A hidden place is reached by somebody who doesn't tell where it is.
        first = str(place.first_contact)
        if first in town.offices or town.seen_places.get(first) == "full":
            fields.append(("first_contact",))
    why = "visibility" if place.visibility == level else f"Art {place.kind}"
    for field in fields:
        yield from _betrayed(source, field, level, why)


def _offer(source: RecordSource, offer: Offer, town: RecordSurroundings) -> Iterator[Diagnostic]:
    """Report an offer's fields that show more than its visibility."""
    level = town.seen(offer)
    if level == "full":
        yield from _stops(source, offer, town)
        return
    fields = ["address", "point", "stops"]
    if town.seen_places.get(str(offer.place)) not in (level, None):
        fields.append("place")
    if level == "hidden":
        fields += [name for name in ("spaces", "visits") if not town.parts.isdisjoint(getattr(offer, name))]
    why = _why(offer, town, level)
    for field in fields:
        yield from _betrayed(source, (field,), level, why)


def _stops(source: RecordSource, offer: Offer, town: RecordSurroundings) -> Iterator[Diagnostic]:
    """Report an open offer's stops at protected places."""
    for number, stop in enumerate(offer.stops):
        seen_there = town.seen_places.get(str(stop.place), "full")
        if seen_there != "full":
            yield from _betrayed(source, ("stops", number, "place"), seen_there, f"Ort {stop.place}")


def _why(offer: Offer, town: RecordSurroundings, level: Visibility) -> str:
    """Say what protects an offer: place, kind or provider."""
    if offer.place is not None and town.seen_places.get(offer.place) == level:
        return f"Ort {offer.place}"
    kind = town.words.kinds.get(offer.kind)
    if kind is not None and kind.place_visibility == level:
        return f"Art {offer.kind}"
    return f"Träger {offer.provider}"


def _provider(source: RecordSource, provider: Provider, town: RecordSurroundings) -> Iterator[Diagnostic]:
    level = town.seen_providers[provider.id]
    if level == "full":
        return
    why = "nur geschützte Orte"
    yield from _betrayed(source, ("address",), level, why)
    if level == "hidden":
        if not town.parts.isdisjoint(provider.spaces):
            yield from _betrayed(source, ("spaces",), level, why)
        for number, gift in enumerate(provider.can_give):
            if not town.parts.isdisjoint(gift.spaces):
                yield from _betrayed(source, ("can_give", number, "spaces"), level, why)


def _betrayed(
    source: RecordSource, path: tuple[str | int, ...], level: Visibility, why: str
) -> Iterator[Diagnostic]:
    """Report a field that is written though its record's visibility (`level`) forbids it."""
    if at(source.node, path) is not None:
        yield diagnostic(
            "ort-verraten",
            source.position(*path, key=True),
            visibility=level,
            why=why,
            field=".".join(str(step) for step in path),
        )


def check_protection_by_area(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report areas in what speaks of protection, and its figures by area."""
    if site.internal:
        return
    known = protected(site, reading)
    ids, parts = protected_ids(site, known.seen), areas_of(site)
    for folder in PLANS:
        for source in reading.of(folder):
            if is_about_protection(site.words, source.record, ids):
                yield from _areas(source, parts)
                yield from _texts(source, known)
            elif any(_areas(source, parts)):
                yield from _perhaps(source, publish=site.config.publish)
            yield from _parts(source, site, parts)
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
    source: RecordSource, space: Space, protected: Collection[tuple[str, str]], parts: Collection[str]
) -> Iterator[Diagnostic]:
    """Report who employs an area's team and is protected."""
    for number, part in enumerate(space.team if space.id in parts else ()):
        for provider in (part.provider, *part.providers):
            if ("providers", provider) in protected:
                yield diagnostic("schutz-nach-gebiet", source.position("team", number), value=provider)


def _texts(source: RecordSource, known: Protected) -> Iterator[Diagnostic]:
    """Ask about words like places, but in sentences on refuges, reported elsewhere."""
    skipped = reference_paths(source.record)
    cleared = source.record.passed
    name = str(getattr(source.record, "name", source.id))
    for passage in passages(source):
        if not is_text(passage.path, skipped) or known.wording.spoken_of(passage.text):
            continue
        for clue in uncleared(passage.text, known.gazetteer.clues(passage.text), cleared):
            if clue.certain and fold(clue.text) not in known.open_addresses:
                place = passage.at(clue.start, clue.end)
                yield diagnostic("ort-im-text-moeglich", place, name=name, value=clue.text)


def _perhaps(source: RecordSource, *, publish: bool) -> Iterator[Diagnostic]:
    """Ask about a record's first text that may speak of a refuge; publishing waits where the text says what the record is about."""
    for passage in passages(source):
        if is_text(passage.path, reference_paths(source.record)):
            is_on_topic = not {*SAYING}.isdisjoint(passage.path[-1:])
            for one in speech(passage.text):
                if is_on_topic or one.itself:
                    question = diagnostic(
                        "zuflucht-vielleicht", passage.at(0, len(passage.text)), value=one.words
                    )
                    yield stops_publishing(question, publish=publish and is_on_topic)
                    return


def _parts(source: RecordSource, site: Site, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report area records' protective parts: a network's promises."""
    record = source.record
    if isinstance(record, Network) and record.guarantee is not None and is_of_an_area(record, parts):
        for number, rule in enumerate(record.guarantee.rules):
            if is_protective(site.words, [rule.topic]):
                position = source.position("guarantee", "rules", number, "topic")
                yield diagnostic("schutz-nach-gebiet", position, value=rule.topic)


def _figures(folder: IndicatorFolder, site: Site, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report refuges' figures by area, recognised by topics or name."""
    tables = (folder.table, *folder.earlier.values())
    if not any(row.space in parts for table in tables if table is not None for row in table.rows):
        return
    for path, scalar in scalars(folder.source.node):
        if general(path) in _TOPIC_FIELDS and is_protective(site.words, [scalar.text]):
            yield diagnostic("schutz-nach-gebiet", scalar.position, value=scalar.text)
            return
    for passage in passages(folder.source):
        if general(passage.path) in _TEXT_FIELDS:
            yield from of_a_refuge(passage, publish=site.config.publish)


CHECKS = (check_protection, check_protection_by_area)
DATED_CHECKS = (check_confirmations,)
