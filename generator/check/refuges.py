"""Check open records that may be a refuge, or share its address, number, mail or website."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from generator.check.contacts import area_code, numbers_in, usual_area_code
from generator.check.surroundings import RecordSurroundings, surroundings
from generator.check.whereabouts import asked
from generator.derive.masking import is_protective
from generator.derive.untold import guarded
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.areas_and_offices import Office, Space
from generator.model.config import SiteConfig
from generator.model.groups import Contact, Record
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Network
from generator.model.scalars import dialled
from generator.model.site import Site
from generator.model.visibility import Sight
from generator.model.vocabulary import Vocabularies
from generator.read.hidden_places import Speech, speech
from generator.read.nodes import FieldPath, position_at, text_at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import passages

_NAMES = frozenset({"name", "short"})
_TEXTS = frozenset({"name", "short", "summary", "for_young", "description"})
"""Fields that say what a house is."""
_MEETING = frozenset({"name", "note"})


def check_refuge_names(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what is called like a refuge, or may be one, and shows an address though no kind and no office protects it."""
    if site.internal:
        return
    around = surroundings(site, reading)
    yield from reading.of_each(_named, around, folders=("places", "offers", "providers", "offices", "spaces"))
    yield from _kinds(site, reading)


def _named(source: RecordSource, around: Same[RecordSurroundings]) -> Iterator[Diagnostic]:
    """Yield the first thing that makes a record look like a refuge: what is certain before what one asks about."""
    if not is_open(source.record, around.value):
        return
    found: list[tuple[Speech, tuple[str | int, ...]]] = []
    for path, text in _said(source):
        found += [(one, path) for one in speech(text)]
    found.sort(key=lambda item: not item[0].certain)
    found += _topics(source.record, around.value.words)
    for one, path in found[:1]:
        yield _told(one, source.position(*path), around.value.config)


def _topics(record: Record, words: Vocabularies) -> Iterator[tuple[Speech, tuple[str | int, ...]]]:
    """Yield the topics of an offer by which it takes people in."""
    cleared = record.passed
    for number, topic in enumerate(getattr(record, "topics", ())):
        if topic not in cleared and is_protective(words, [topic]):
            yield Speech(topic, certain=False), ("topics", number)


def _told(said: Speech, position: Position, config: SiteConfig) -> Diagnostic:
    if said.certain:
        return diagnostic("zuflucht-ohne-schutz", position, value=said.words)
    question = diagnostic("zuflucht-vielleicht", position, value=said.words)
    return asked(question, publish=config.publish)


def is_open(record: Record, town: RecordSurroundings) -> bool:
    """Tell whether a record shows where something is, without an office having decided so."""
    if getattr(record, "shown", None) is not None:
        return False
    if isinstance(record, Space):
        return bool(record.meeting_points)
    if isinstance(record, Office):
        return record.address is not None or town.seen_places.get(str(record.place)) == "full"
    if isinstance(record, Offer) and record.place:
        return town.seen(record) == "full"
    return town.shows(record)


def _said(source: RecordSource) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts that say what a house is, with their fields; a summary goes with the name above it.

    What somebody cleared is left out, but of a name: what a house is called is no passage.
    """
    name = ""
    for passage in passages(source):
        if not _says_what_it_is(passage.path, source.folder):
            continue
        field = passage.path[-1]
        text = passage.text
        if field == "name":
            name = text
        if field not in _NAMES:
            text = _uncleared(text, source.record)
        if field == "summary" and next(speech(name), None) is None:
            text = f"{name}: {text}"
        yield passage.path, text


def _says_what_it_is(path: FieldPath, folder: str) -> bool:
    """Tell whether a field says what a house is; of an area only its meeting points do. A comment has no path."""
    if folder == "spaces":
        return path[:1] == ("meeting_points",) and path[-1] in _MEETING
    return bool(path) and path[0] != "cleared" and path[-1] in _TEXTS


def _uncleared(text: str, record: Record) -> str:
    for item in record.cleared:
        text = text.replace(item.text, " ")
    return text


def _kinds(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a town's own kinds for refuges that let everything be seen."""
    for vocabulary, field in (("place_kinds", "visibility"), ("kinds", "place_visibility")):
        words = getattr(site.words, vocabulary)
        for node in reading.words.get(vocabulary, ()):
            kind = words.get(text_at(node, "id"))
            if kind is None or (getattr(kind, field) or "full") != "full":
                continue
            for said in islice(speech(kind.name), 1):
                yield _told(said, position_at(node, ("name",)), site.config)


_NUMBER = re.compile(r"(?<![\d/])\+?\d[\d\s/().\-]{5,18}\d")
_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w.\-]{1,255}\w")
_WEBSITE = re.compile(r"(?:https?://|www\.)[^\s)>\]]+", re.IGNORECASE)
_FOLDERS = ("places", "offers", "providers", "offices", "spaces", "networks")
"""Kinds of records by which one learns where something is."""
_SHORTEST = 7


@dataclass(frozen=True, slots=True)
class Houses:
    """What is known of the refuges of a town."""

    records: frozenset[tuple[str, str]]
    """All that is protected, by folder and id."""
    ties: Mapping[str, str]
    """Telephone numbers, mail addresses and websites of it, each with the name that it belongs to."""
    members: frozenset[str]
    """Houses that nobody may find, and who has one, as other records name them."""
    open_providers: frozenset[str]
    """Who has an address that everybody may know, its own or that of a house."""


def check_refuge_ties(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask about what refuges share with an open address, and about area codes that say where they are."""
    if site.internal:
        return
    houses = reading.same("houses that nobody may find", _houses(site, reading))
    if not houses.value.records:
        return
    around = surroundings(site, reading)
    yield from reading.of_each(_tied, around, houses, folders=_FOLDERS)
    yield from reading.of_each(_second_house, around, houses, folders=("places", "offers", "providers"))
    usual = usual_area_code(reading)
    yield from reading.of_each(_code_of_house, houses, usual, folders=("places", "offers", "providers"))


def _houses(site: Site, reading: Reading) -> Houses:
    seen = reading.seen(site)
    records = guarded(site, seen)
    ties: dict[str, str] = {}
    for folder, key in sorted(records, reverse=True):
        record = site.records(folder)[key]
        if isinstance(record, Place | Provider | Offer) and not _only_meets(site, record):
            ties |= dict.fromkeys(_keys_of(record.contact), record.name)
    hidden = [site.places[key] for folder, key in records if folder == "places"]
    members = {place.id for place in hidden}
    members.update(chain.from_iterable(place.providers for place in hidden))
    return Houses(records, ties, frozenset(members), _open_providers(site, seen))


def _open_providers(site: Site, seen: Sight) -> frozenset[str]:
    """Return who has an address that everybody may know, its own or that of a house."""
    found = {key for key, one in site.providers.items() if one.address and seen.providers[key] == "full"}
    for key, place in site.places.items():
        if place.address and seen.places[key] == "full":
            found.update(place.providers)
    return frozenset(found)


def _only_meets(site: Site, record: Record) -> bool:
    """Tell whether a record is a group after violence: who registers for it calls an open office."""
    if not isinstance(record, Offer):
        return False
    kind = site.words.kinds.get(record.kind)
    return kind is not None and kind.meets


def _keys_of(contact: Contact | None) -> list[str]:
    if contact is None:
        return []
    keys: list[str] = []
    for text in (*contact.numbers.values(), contact.email or "", contact.website or ""):
        keys += [key for key, _, _ in _ties_in(text)]
    return keys


def _ties_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the numbers, mail addresses and websites of a text as they are compared, each with where it stands."""
    for match in _NUMBER.finditer(text):
        digits = dialled(match[0])
        if len(digits) >= _SHORTEST:
            yield digits, match.start(), match.end()
    for match in _MAIL.finditer(text):
        yield match[0].casefold(), match.start(), match.end()
    for match in _WEBSITE.finditer(text):
        host = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0].casefold())
        yield host.rstrip("/.,;"), match.start(), match.end()


def _tied(
    source: RecordSource, around: Same[RecordSurroundings], houses: Same[Houses]
) -> Iterator[Diagnostic]:
    known = houses.value
    if (source.folder, source.id) in known.records or not _shows_where(source.record, around.value, known):
        return
    cleared = source.record.passed
    for passage in passages(source):
        if passage.path[:1] == ("cleared",):
            continue
        for key, start, end in _ties_in(passage.text):
            value = passage.text[start:end]
            if key in known.ties and value not in cleared:
                place = passage.at(start, end)
                yield diagnostic("nummer-neben-adresse", place, value=value, name=known.ties[key])


def _shows_where(record: Record, town: RecordSurroundings, houses: Houses) -> bool:
    """Tell whether whoever reads a record learns of an address or an area: its own, that of its house, or of its provider's."""
    if isinstance(record, Provider):
        return record.id in houses.open_providers
    if isinstance(record, Offer) and (town.is_housed(record) or record.provider in houses.open_providers):
        return town.seen(record) == "full"
    return isinstance(record, Office | Space | Network) or town.shows(record)


def _second_house(
    source: RecordSource, around: Same[RecordSurroundings], houses: Same[Houses]
) -> Iterator[Diagnostic]:
    """Ask about an address beside which a hidden house is named, or somebody who has one, whatever kind of house it is said to be."""
    if getattr(source.record, "shown", None) is not None:
        return
    if not houses.value.members.isdisjoint(_whose_address(source.record, around.value)):
        yield diagnostic(
            "haus-neben-schutz", source.position("kind"), name=getattr(source.record, "name", "")
        )


def _whose_address(record: Record, town: RecordSurroundings) -> set[str]:
    """Return whom a record names beside the address that it shows; nobody where it shows none."""
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
    """Ask about a refuge's number with another area code than most have."""
    if (source.folder, source.id) not in houses.value.records:
        return
    cleared = source.record.passed
    for scalar in numbers_in(source):
        if area_code(scalar.text) not in ("", usual) and scalar.text not in cleared:
            yield diagnostic("vorwahl-neben-schutz", scalar.position, value=scalar.text, usual=usual)


CHECKS = (check_refuge_names, check_refuge_ties)
