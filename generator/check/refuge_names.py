"""Report houses that show where they are although they are called like a refuge, by their name or by a kind of the town's own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.surroundings import RecordSurroundings, surroundings
from generator.check.whereabouts import asked
from generator.derive.masking import is_protective
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.config import SiteConfig
from generator.model.groups import Record
from generator.model.offer import Offer
from generator.model.office import Office
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.site import Site
from generator.model.space import Space
from generator.model.vocabulary import Vocabularies
from generator.read.nodes import Path, at, position_at
from generator.read.passages import passages
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.refuges import Speech, speech

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
    cleared = {item.text for item in record.cleared}
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
    if isinstance(record, Place):
        return town.shows_place(record)
    if isinstance(record, Provider):
        return town.shows_provider(record)
    if isinstance(record, Office):
        return record.address is not None or town.seen_places.get(str(record.place)) == "full"
    if isinstance(record, Offer):
        return town.shows_offer(record) or (bool(record.place) and town.seen(record) == "full")
    return False


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
        if field == "summary" and not _is_refuge(name):
            text = f"{name}: {text}"
        yield passage.path, text


def _says_what_it_is(path: Path, folder: str) -> bool:
    """Tell whether a field says what a house is; of an area only its meeting points do. A comment has no path."""
    if folder == "spaces":
        return path[:1] == ("meeting_points",) and path[-1] in _MEETING
    return bool(path) and path[0] != "cleared" and path[-1] in _TEXTS


def _uncleared(text: str, record: Record) -> str:
    for item in record.cleared:
        text = text.replace(item.text, " ")
    return text


def _is_refuge(name: str) -> bool:
    return next(speech(name), None) is not None


def _kinds(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a town's own kinds for refuges that aren't protected like ours."""
    for node in (*reading.words.get("place_kinds", ()), *reading.words.get("kinds", ())):
        key = str(getattr(at(node, ("id",)), "text", None))
        name = getattr(at(node, ("name",)), "text", "")
        if not _is_open_kind(site, key, name):
            continue
        said: Speech | None = next(speech(name), None)
        if said is not None:
            yield _told(said, position_at(node, ("name",)), site.config)


def _is_open_kind(site: Site, key: str, name: str) -> bool:
    """Tell whether a kind of this name lets everything be seen: of places or of offers."""
    place, offer = site.words.place_kinds.get(key), site.words.kinds.get(key)
    if place is not None and place.name == name and (place.visibility or "full") == "full":
        return True
    return offer is not None and offer.name == name and offer.place_visibility == "full"


CHECKS = (check_refuge_names,)
