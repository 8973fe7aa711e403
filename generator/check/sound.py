"""Leave out of a reading what has errors, so that the rest can be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics import Diagnostic
from generator.model.editions import Edition
from generator.model.groups import Group
from generator.model.kinds import KINDS
from generator.model.site import Site
from generator.model.vocabulary import VOCABULARIES
from generator.read.indicator_folders import IndicatorFolder
from generator.read.nodes import MapNode, Node, text_at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.references import check_references

T = TypeVar("T")


class SoundPart(Struct, frozen=True):
    """A consistent site, and ids left out or unreadable."""

    site: Site
    indicators: Mapping[str, IndicatorFolder]
    absent: frozenset[str] | None
    """None where a vocabulary could not be read: it might hold any id."""
    unsure: bool
    """Whether figures, areas or whole vocabularies are absent, so that reports about them can't be judged."""


def sound_part(reading: Reading, found: Iterable[Diagnostic]) -> SoundPart | None:
    """Leave out faulty things and what refers to them; None without site."""
    if reading.site is None:
        return None
    wrong = _wrong_files(found)
    part = _read_well(reading, wrong)
    # What refers to something left out is left out as well, until nothing does.
    while True:
        known = part.known()
        fewer = part.without_broken_references(known)
        if fewer == part:
            return _without_the_rest(reading, reading.site, known, part.indicators, wrong)
        part = fewer


def _wrong_files(found: Iterable[Diagnostic]) -> set[str]:
    """Return files with or named by an error."""
    wrong: set[str] = set()
    for item in found:
        if item.severity == "error":
            wrong |= item.files
    return wrong


class _Written(Struct, frozen=True):
    """Records, words and indicators as written."""

    records: Mapping[tuple[str, str], RecordSource]
    words: Mapping[str, Sequence[Node]]
    indicators: Mapping[str, IndicatorFolder]

    def known(self) -> dict[str, Collection[str]]:
        """Return all ids by kind and vocabulary."""
        known: dict[str, set[str]] = {kind.folder: set() for kind in KINDS}
        for folder, key in self.records:
            known[folder].add(key)
        for name, nodes in self.words.items():
            known[name] = {text_at(node, "id") for node in nodes} - {""}
        return {**known, "indicators": set(self.indicators)}

    def without_broken_references(self, known: Mapping[str, Collection[str]]) -> _Written:
        """Return what refers to nothing but known ids."""

        def holds(model: type[Group], node: Node) -> bool:
            return not check_references(model, node, known)

        words: dict[str, Sequence[Node]] = {}
        for name, nodes in self.words.items():
            words[name] = [node for node in nodes if holds(VOCABULARIES[name], node)]
        return _Written(
            {key: one for key, one in self.records.items() if holds(type(one.record), one.node)},
            words,
            {key: one for key, one in self.indicators.items() if holds(type(one.indicator), one.source.node)},
        )


def _read_well(reading: Reading, wrong: Collection[str]) -> _Written:
    """Return what was written in none of the wrong files."""
    words: dict[str, Sequence[Node]] = {}
    for name, nodes in reading.words.items():
        words[name] = [node for node in nodes if node.position.file not in wrong]
    indicators = dict(reading.indicators)
    for key in reading.indicators:
        if any(f"/indicators/{key}/" in name for name in wrong):
            del indicators[key]
    return _Written(
        {key: one for key, one in reading.sources.items() if _files_of_record(one.node).isdisjoint(wrong)},
        words,
        indicators,
    )


def _without_the_rest(
    reading: Reading,
    site: Site,
    known: Mapping[str, Collection[str]],
    indicators: Mapping[str, IndicatorFolder],
    wrong: Collection[str],
) -> SoundPart:
    """Return the site of known ids and right files, and what is absent from it."""
    lists: dict[str, Mapping[str, Any]] = {kind.folder: site.records(kind.folder) for kind in KINDS}
    lists["indicators"] = site.indicators
    vocabularies = {name: getattr(site.words, name) for name in VOCABULARIES}
    everything = {**lists, **vocabularies}
    kept = {name: _among(items, known[name]) for name, items in everything.items()}
    spaces = known["spaces"]
    remaining = replace(
        site.with_records({kind.folder: kept[kind.folder] for kind in KINDS}),
        indicators=kept["indicators"],
        words=type(site.words)(**{name: kept[name] for name in vocabularies}),
        shapes=_among(site.shapes, spaces),
        streets=tuple(item for item in site.streets if item.space in spaces),
        editions=_editions(site, spaces, wrong),
    )
    within = {key: _without_unknown_areas(one, spaces) for key, one in indicators.items()}
    if reading.unsure:
        return SoundPart(remaining, within, None, unsure=True)
    absent: set[str] = set().union(*reading.broken.values())
    for name, items in everything.items():
        absent |= items.keys() - kept[name].keys()
    measured = ("spaces", "indicators")
    unsure = any(reading.broken.get(name) or len(kept[name]) < len(everything[name]) for name in measured)
    return SoundPart(remaining, within, frozenset(absent), unsure)


def _among(items: Mapping[str, T], known: Collection[str]) -> dict[str, T]:
    """Return the items whose ids are known."""
    return {key: item for key, item in items.items() if key in known}


def _editions(site: Site, spaces: Collection[str], wrong: Collection[str]) -> dict[str, Edition]:
    """Return faultless editions of remaining areas."""
    faultless = {key: edition for key, edition in site.editions.items() if edition.file not in wrong}
    return {key: edition for key, edition in faultless.items() if edition.head.space in (None, *spaces)}


def _without_unknown_areas(folder: IndicatorFolder, spaces: Collection[str]) -> IndicatorFolder:
    if folder.table is None:
        return folder
    rows = tuple(row for row in folder.table.rows if row.space in spaces)
    return replace(folder, table=replace(folder.table, rows=rows))


def _files_of_record(node: MapNode) -> set[str]:
    """Return a record's files, the overlay's too."""
    return {node.position.file, *(key.position.file for key, _ in node.entries)}
