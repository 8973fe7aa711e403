"""A reading and what is wrong with it in; the site without all that out, so that a mistake in a record hides none in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.diagnostics import Diagnostic
from generator.model.kinds import KINDS
from generator.model.site import Site
from generator.model.vocabulary import VOCABULARIES
from generator.read.indicators import IndicatorFolder
from generator.read.link import check_references
from generator.read.nodes import MapNode, Node, Scalar
from generator.read.project import Reading


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A site in which everything holds together, and the ids that had to be left out of it or could not be read."""

    site: Site
    indicators: Mapping[str, IndicatorFolder]
    absent: frozenset[str] | None
    """None where a vocabulary could not be read: it might hold any id."""
    unsure: bool
    """Whether figures, areas or whole vocabularies are absent, so that reports about them can't be judged."""


def sound_part(reading: Reading, found: Iterable[Diagnostic]) -> SoundPart | None:
    """Leave out whatever an error stands in, and whatever refers to something left out; None without a site."""
    if reading.site is None:
        return None
    wrong = {
        place.file for item in found if item.severity == "error" for place in (item.position, *item.also)
    }
    records = {key: one for key, one in reading.sources.items() if wrong.isdisjoint(_files(one.node))}
    indicators = {
        key: one
        for key, one in reading.indicators.items()
        if not any(f"/indicators/{key}/" in name for name in wrong)
    }
    words = {
        name: [node for node in nodes if node.position.file not in wrong]
        for name, nodes in reading.words.items()
    }
    while True:
        known = _known(records, words, indicators)
        lame = {key for key, one in records.items() if check_references(type(one.record), one.node, known)}
        lame_words = [
            node
            for name, nodes in words.items()
            for node in nodes
            if check_references(VOCABULARIES[name], node, known)
        ]
        lame_indicators = {
            key
            for key, one in indicators.items()
            if check_references(type(one.indicator), one.source.node, known)
        }
        if not lame and not lame_words and not lame_indicators:
            break
        records = {key: one for key, one in records.items() if key not in lame}
        words = {name: [node for node in nodes if node not in lame_words] for name, nodes in words.items()}
        indicators = {key: one for key, one in indicators.items() if key not in lame_indicators}
    return _without_the_rest(reading, reading.site, known, indicators, wrong)


def _without_the_rest(
    reading: Reading,
    site: Site,
    known: Mapping[str, Collection[str]],
    indicators: Mapping[str, IndicatorFolder],
    wrong: Collection[str],
) -> SoundPart:
    lists: dict[str, Mapping[str, Any]] = {kind.folder: site.records(kind.folder) for kind in KINDS}
    lists |= {"indicators": site.indicators}
    vocabularies = {name: getattr(site.words, name) for name in VOCABULARIES}
    there = {**lists, **vocabularies}
    absent = {key for name, items in there.items() for key in items if key not in known[name]}
    absent |= {key for ids in reading.broken.values() for key in ids}

    def kept(name: str) -> dict[str, Any]:
        return {key: item for key, item in there[name].items() if key in known[name]}

    lists_left: dict[str, Any] = {name: kept(name) for name in lists}
    left = replace(
        site,
        **lists_left,
        words=type(site.words)(**{name: kept(name) for name in vocabularies}),
        shapes={key: shape for key, shape in site.shapes.items() if key in known["spaces"]},
        streets=tuple(item for item in site.streets if item.space in known["spaces"]),
        editions={
            key: edition
            for key, edition in site.editions.items()
            if edition.file not in wrong and edition.head.space in (None, *known["spaces"])
        },
    )
    unsure = bool(reading.unsure) or any(
        len(kept(name)) < len(there[name]) for name in ("spaces", "indicators")
    )
    unsure = unsure or any(reading.broken.get(name) for name in ("spaces", "indicators"))
    indicators = {key: _within(one, known["spaces"]) for key, one in indicators.items()}
    return SoundPart(left, indicators, None if reading.unsure else frozenset(absent), unsure)


def _within(folder: IndicatorFolder, spaces: Collection[str]) -> IndicatorFolder:
    if folder.table is None:
        return folder
    rows = tuple(row for row in folder.table.rows if row.space in spaces)
    return replace(folder, table=replace(folder.table, rows=rows))


def _known(
    records: Mapping[tuple[str, str], Any],
    words: Mapping[str, Iterable[Node]],
    indicators: Collection[str],
) -> dict[str, Collection[str]]:
    known: dict[str, set[str]] = {kind.folder: set() for kind in KINDS}
    for folder, key in records:
        known[folder].add(key)
    for name, nodes in words.items():
        written = [node.get("id") for node in nodes if isinstance(node, MapNode)]
        known[name] = {item.text for item in written if isinstance(item, Scalar)}
    return {**known, "indicators": set(indicators)}


def _files(node: MapNode) -> set[str]:
    """Return the files a record comes from: its own, and that of the overlay where there is one."""
    return {node.position.file, *(key.position.file for key, _ in node.entries)}
