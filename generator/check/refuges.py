"""Check open records that may be a refuge or share its contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from msgspec import Struct

from generator.check.contacts import numbers_in, usual_area_code
from generator.check.protected import is_text, protected, reference_paths
from generator.check.surroundings import RecordSurroundings, surroundings
from generator.check.ties import Ties
from generator.check.whereabouts import is_cleared, stops_publishing
from generator.derive.masking import is_protective
from generator.derive.protected_offers import protected_ids
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.areas_and_offices import Office, Space
from generator.model.dear_numbers_and_hosts import area_code
from generator.model.groups import Record, Visibility
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.model.visibility import Sight
from generator.model.vocabulary import Vocabularies
from generator.read.hidden_places import Speech, hinted, may_speak, people_named, refuge_in, speech
from generator.read.nodes import FieldPath, position_at, text_at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import passages

_NAMES = frozenset({"name", "short", "aliases"})
_HOUSE = "haus"
_LIVED_IN = frozenset({_HOUSE, "unterkunft"})
"""Kinds of places in which people may live."""
_WHERE = ("address", "point", "place", "stops")  # fields that say where a record itself is
_Heard = tuple[Speech, FieldPath, bool]
"""Words, their field, and whether they are about the record itself: in its name, or of a house to live in."""


def check_refuge_names(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what looks like a refuge but shows an address."""
    if site.internal:
        return
    around = surroundings(site, reading)
    names = protected(site, reading).wording.names
    folders = ("places", "offers", "providers", "offices", "spaces")
    yield from reading.of_each(_first_sign, around, names, folders=folders)
    yield from _kinds(site, reading)


def _first_sign(
    source: RecordSource, around: Same[RecordSurroundings], names: re.Pattern[str] | None
) -> Iterator[Diagnostic]:
    """Yield a record's first sign of a refuge, certain ones first."""
    if not is_open(source.record, around.value):
        return
    found = [*_heard(source, names), *_topics(source.record, around.value.words)]
    cleared = source.record.passed
    # Clearing answers a question; what is certain takes an office's decision (`shown`).
    found = [item for item in found if item[0].certain or not any(item[0].words in text for text in cleared)]
    found.sort(key=lambda item: (not item[0].certain, not item[2]))
    for words, path, itself in found[:1]:
        yield _report_speech(words, source.position(*path), around.value.config.publish and itself)


def _heard(source: RecordSource, names: re.Pattern[str] | None) -> Iterator[_Heard]:
    """Yield a record's words about refuges; `names` of known ones are skipped.

    Away from its name and summary's beginning they only make one ask: most texts mean a house elsewhere.
    """
    home = is_lived_in(source.record)
    if not home and not may_speak(source.text):
        return
    for path, text, called in _read_texts(source):
        text = text if called or names is None else names.sub(" ", text)
        for one in speech(text):
            itself = called or home or (path[-1:] == ("summary",) and _begins(text, one.words))
            if one.itself:
                yield one._replace(certain=one.certain and itself), path, itself
        if home and (sign := _may_be_home(source.record, text, called=called)):
            yield Speech(sign, certain=False), path, True


def _may_be_home(record: Record, text: str, *, called: bool) -> str:
    """Return a sign that a home is for protected people or about violence."""
    people = called and people_named(text, within=getattr(record, "kind", "") != _HOUSE)
    return people or hinted(text, home=True)


def _begins(text: str, words: str) -> bool:
    """Tell whether words begin a text, after one word at most: „Das Frauenhaus …“."""
    return len(text.partition(words)[0].split()) <= 1


def _topics(record: Record, words: Vocabularies) -> Iterator[_Heard]:
    """Yield an offer's protective topics."""
    for number, topic in enumerate(getattr(record, "topics", ())):
        if is_protective(words, [topic]):
            yield Speech(topic, certain=False), ("topics", number), True


def _report_speech(sign: Speech, position: Position, publish: bool) -> Diagnostic:
    if sign.certain:
        return diagnostic("zuflucht-ohne-schutz", position, value=sign.words)
    return stops_publishing(diagnostic("zuflucht-vielleicht", position, value=sign.words), publish=publish)


def is_lived_in(record: Record) -> bool:
    """Tell whether people may live in places of its kind."""
    return isinstance(record, Place) and record.kind in _LIVED_IN


def is_open(record: Record, town: RecordSurroundings) -> bool:
    """Tell whether a record shows where it is without an office's decision."""
    if getattr(record, "shown", None) is not None:
        return False
    if isinstance(record, Space):
        return True
    if isinstance(record, Office):
        return record.address is not None or town.seen_places.get(str(record.place)) == "full"
    where = [getattr(record, field, None) for field in _WHERE]
    areas = {*getattr(record, "spaces", ()), *getattr(record, "visits", ())}
    if not any(where) and town.parts.isdisjoint(areas):
        return False
    # Some kinds of homes may say in which area they are; a refuge may not.
    level = _level(record, town)
    return level == "full" or (level == "area" and is_lived_in(record))


def _level(record: Record, town: RecordSurroundings) -> Visibility:
    """Return a place's, provider's or offer's visibility."""
    if isinstance(record, Offer):
        return town.seen(record)
    levels = town.seen_places if isinstance(record, Place) else town.seen_providers
    return levels[record.id]


def _read_texts(source: RecordSource) -> Iterator[tuple[FieldPath, str, bool]]:
    """Yield (field, text, is name); a summary with its name before it. Cleared passages are left out, but not of names."""
    name = ""
    skipped = reference_paths(source.record)
    for passage in passages(source):
        path, text = passage.path, passage.text
        if path[:1] == ("cleared",) or not is_text(path, skipped):
            continue
        called = not _NAMES.isdisjoint(path[-2:])
        # What else an area's record says is about the area, not about a house at one spot.
        if source.folder == "spaces" and not (called or path[:1] == ("meeting_points",)):
            continue
        if path[-1:] == ("name",):
            name = text
        if not called:
            text = _uncleared(text, source.record)
        if path[-1:] == ("summary",) and not (refuge_in(text) or refuge_in(name)):
            text = f"{name}: {text}"
        yield path, text, called


def _uncleared(text: str, record: Record) -> str:
    for item in record.cleared:
        text = text.replace(item.text, " ")
    return text


def _kinds(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a town's own refuge kinds that show everything."""
    for vocabulary, field in (("place_kinds", "visibility"), ("kinds", "place_visibility")):
        words = getattr(site.words, vocabulary)
        for node in reading.words.get(vocabulary, ()):
            kind = words.get(text_at(node, "id"))
            if kind is None or (getattr(kind, field) or "full") != "full":
                continue
            for sign in islice(speech(kind.name), 1):
                yield _report_speech(sign, position_at(node, ("name",)), site.config.publish)


_FOLDERS = ("places", "offers", "providers", "offices", "spaces", "networks")
"""Kinds of records by which one learns where something is."""


class Houses(Struct, frozen=True):
    """What is known of the refuges of a town."""

    records: frozenset[tuple[str, str]]
    """All that is protected, by folder and id."""
    ties: Ties
    members: frozenset[str]
    """Houses that nobody may find, and who has one, as other records name them."""
    open_providers: frozenset[str]
    """Who has an address that everybody may know, its own or that of a house."""


def check_refuge_ties(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask about contacts shared with open addresses, and telling area codes."""
    if site.internal:
        return
    houses = reading.same("houses that nobody may find", _houses(site, reading))
    if not houses.value.records:
        return
    around = surroundings(site, reading)
    yield from reading.of_each(_shared_contacts, around, houses, folders=_FOLDERS)
    yield from reading.of_each(_second_house, around, houses, folders=("places", "offers", "providers"))
    usual = usual_area_code(reading)
    yield from reading.of_each(_code_of_house, houses, usual, folders=("places", "offers", "providers"))


def _houses(site: Site, reading: Reading) -> Houses:
    seen = reading.seen(site)
    records = protected_ids(site, seen)
    hidden = [site.places[key] for folder, key in records if folder == "places"]
    members = {place.id for place in hidden}
    members.update(chain.from_iterable(place.providers for place in hidden))
    ties = protected(site, reading).wording.ties
    return Houses(records, ties, frozenset(members), _open_providers(site, seen))


def _open_providers(site: Site, seen: Sight) -> frozenset[str]:
    """Return providers with a public address, own or house's."""
    found = {key for key, one in site.providers.items() if one.address and seen.providers[key] == "full"}
    for key, place in site.places.items():
        if place.address and seen.places[key] == "full":
            found.update(place.providers)
    return frozenset(found)


def _shared_contacts(
    source: RecordSource, around: Same[RecordSurroundings], houses: Same[Houses]
) -> Iterator[Diagnostic]:
    """Ask about a refuge's number, mail or website in a record that shows where something is."""
    known = houses.value
    if (source.folder, source.id) in known.records or not _shows_where(source.record, around.value, known):
        return
    cleared = source.record.passed
    for passage in passages(source):
        if passage.path[:1] == ("cleared",):
            continue
        for value, name in known.ties.found(passage.text):
            start = max(passage.text.find(value), 0)
            end = start + len(value)
            if not is_cleared(passage.text, start, end, cleared):
                yield diagnostic("nummer-neben-adresse", passage.at(start, end), value=value, name=name)


def _shows_where(record: Record, town: RecordSurroundings, houses: Houses) -> bool:
    """Tell whether a record reveals an address or area, directly or by reference."""
    if isinstance(record, Provider):
        return record.id in houses.open_providers
    if isinstance(record, Offer) and (town.is_housed(record) or record.provider in houses.open_providers):
        return town.seen(record) == "full"
    return isinstance(record, Office | Space | Network) or town.shows(record)


def _second_house(
    source: RecordSource, around: Same[RecordSurroundings], houses: Same[Houses]
) -> Iterator[Diagnostic]:
    """Ask about addresses beside a hidden house or its provider."""
    if getattr(source.record, "shown", None) is not None:
        return
    if not houses.value.members.isdisjoint(_whose_address(source.record, around.value)):
        yield diagnostic(
            "haus-neben-schutz", source.position("kind"), name=getattr(source.record, "name", "")
        )


def _whose_address(record: Record, town: RecordSurroundings) -> set[str]:
    """Return whom a record names beside its shown address."""
    shown = town.shows(record)
    if shown and isinstance(record, Place):
        return {*record.providers, str(record.first_contact)}
    if shown and isinstance(record, Provider):
        return {record.id}
    if shown and isinstance(record, Offer):
        return {record.provider, *record.partners}
    if isinstance(record, Offer) and town.is_housed(record):
        return set(record.partners)
    return set()


def _code_of_house(source: RecordSource, houses: Same[Houses], usual: str) -> Iterator[Diagnostic]:
    """Ask about a refuge's unusual area code."""
    if (source.folder, source.id) not in houses.value.records:
        return
    cleared = source.record.passed
    for scalar in numbers_in(source):
        if area_code(scalar.text) not in ("", usual) and scalar.text not in cleared:
            yield diagnostic("vorwahl-neben-schutz", scalar.position, value=scalar.text, usual=usual)


CHECKS = (check_refuge_names, check_refuge_ties)
