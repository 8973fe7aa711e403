"""Every text in public folders in, what in it says where a protected place is out: records, comments, pages, names of files.

A protected record's own texts, and those of what belongs to it, are searched whole. Every other text is searched where it
names something protected. A passage that somebody cleared (`cleared`, on pages in the head) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.check.clues import Clue, Gazetteer, fold
from generator.check.protection import REFUGE
from generator.codes import diagnostic
from generator.diagnostics import Diagnostic, Position
from generator.model.fields import references
from generator.model.site import Site
from generator.model.values import Record, Visibility
from generator.model.visibility import Sight, sight
from generator.read.nodes import Path as NodePath
from generator.read.passages import Passage, passages, scalars
from generator.read.project import Reading
from generator.read.records import Source

# Fields whose values are no texts, or that have a check of their own.
_TYPED = frozenset({"address", "point", "cleared", "shown", "hours", "geometry"})
_TYPED_ANYWHERE = frozenset({"phone", "mobile", "when"})
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"(*\d])|\n+")
_SHORTEST = 6


@dataclass(frozen=True)
class Protected:
    """What of a site is protected, by folder and id, and the names under which texts speak of it."""

    site: Site
    seen: Sight
    own: Mapping[tuple[str, str], tuple[str, Visibility]]
    hidden_names: Collection[str]
    names: re.Pattern[str] | None
    pointing: Collection[tuple[str, str]] = field(default=())
    """Records that refer to something hidden by its id."""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of the town, made when the first text is searched."""
        return Gazetteer(self.site)

    def named(self, text: str) -> str:
        """Return the protected name that a text mentions, or nothing."""
        match = self.names.search(text) if self.names else None
        return match[0] if match else ""


def protected(site: Site, reading: Reading) -> Protected:
    """Collect what is protected."""
    seen = sight(site)
    own: dict[tuple[str, str], tuple[str, Visibility]] = {}
    for folder, levels in (("places", seen.places), ("offers", seen.offers), ("providers", seen.providers)):
        for key, level in levels.items():
            if level != "full":
                own[folder, key] = (site.records(folder)[key].name, level)
    hidden = {key for key, place in site.places.items() if seen.places[key] == "hidden"}
    for key in hidden:
        for provider in site.places[key].providers:
            own.setdefault(("providers", provider), (site.places[key].name, "hidden"))
    for key, network in site.networks.items():
        if network.meets is not None and network.meets.where in hidden:
            own["networks", key] = (site.places[network.meets.where].name, "hidden")
    for key, office in site.offices.items():
        if office.place in hidden:
            own["offices", key] = (site.places[office.place].name, "hidden")
    names = {
        name
        for (folder, key), (_, level) in own.items()
        if level == "hidden" and (folder in ("places", "offers") or seen.providers.get(key) == "hidden")
        for name in (*_names(site.records(folder)[key]), key)
    }
    secret = {key for (folder, key) in own if folder in ("places", "offers")}
    pointing = {(source.folder, source.id) for source in reading.sources.values() if _refers(source, secret)}
    return Protected(site, seen, own, _spoken(names), _pattern(names), pointing)


def check_whereabouts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what says where a protected place is, in records and their comments."""
    if site.internal:
        return
    known = protected(site, reading)
    for source in reading.sources.values():
        yield from _unused(source)
        if (source.folder, source.id) in known.own:
            yield from _own(site, source, known)
        elif known.named(source.text) or REFUGE.search(source.text):
            yield from _mentions(source, known)


def _own(site: Site, source: Source, known: Protected) -> Iterator[Diagnostic]:
    name, level = known.own[source.folder, source.id]
    allowed = _public_addresses(site, source, known.seen)
    cleared = [item.text for item in source.record.cleared]
    skipped = reference_paths(source.record)
    areas = level == "hidden" and known.seen.providers.get(source.id, level) == level
    for passage in passages(source):
        if is_text(passage.path, skipped):
            found = known.gazetteer.clues(passage.text, areas=areas)
            found = [clue for clue in found if fold(clue.text) not in allowed]
            yield from told(passage, uncleared(passage.text, found, cleared), name)
    for clue in known.gazetteer.clues(as_words(source.id), areas=areas):
        if clue.certain and clue.text not in cleared:
            yield diagnostic("ort-im-namen", Position(source.file), name=name, value=clue.text)


def _public_addresses(site: Site, source: Source, seen: Sight) -> set[str]:
    """The open house of a provider that has a hidden one may be named in its texts."""
    if source.folder != "providers" or seen.providers[source.id] != "full":
        return set()
    places = [
        place
        for key, place in site.places.items()
        if source.id in place.providers and seen.places[key] == "full"
    ]
    found = {fold(place.name) for place in places}
    for address in (place.address for place in places):
        if address is not None:
            found |= {
                fold(f"{address.street} {address.number or ''}"),
                fold(address.street),
                fold(f"{address.postcode} {address.town}"),
                fold(address.postcode),
            }
    return found


def _mentions(source: Source, known: Protected) -> Iterator[Diagnostic]:
    """Search the passages that name something protected; an area that names it says where it is."""
    cleared = [item.text for item in source.record.cleared]
    skipped = reference_paths(source.record)
    points = (source.folder, source.id) in known.pointing
    for passage in passages(source):
        if not is_text(passage.path, skipped):
            continue
        name = known.named(passage.text)
        if name and source.folder == "spaces" and not any(name in text for text in cleared):
            start = passage.text.find(name)
            yield diagnostic("name-eines-geschuetzten-ortes", passage.at(start, start + len(name)), name=name)
            continue
        yield from told(passage, *near_names(passage.text, known, cleared, certain=points))


def near_names(
    text: str, known: Protected, cleared: Iterable[str], *, certain: bool = False, spoken_of: str = ""
) -> tuple[list[Clue], str]:
    """Return the clues that stand near something protected, and what that is.

    In the sentence that names it and the next they count in full, elsewhere in the passage as uncertain; a refuge that is
    not named ("das Frauenhaus") makes a clue in its own sentence uncertain, unless the record refers to a hidden one.
    """
    name = spoken_of or known.named(text)
    refuge = REFUGE.search(text)
    if not name and refuge is None:
        return [], ""
    sentences = _sentences(text)
    near = [number for number, (start, end) in enumerate(sentences) if known.named(text[start:end])]
    spoken = [number for number, (start, end) in enumerate(sentences) if REFUGE.search(text[start:end])]
    found: list[Clue] = []
    for clue in uncleared(text, known.gazetteer.clues(text, areas=bool(name or certain)), cleared):
        if name and clue.start <= text.find(name) < clue.end:
            continue
        at = next(number for number, (start, end) in enumerate(sentences) if start <= clue.start < end)
        if spoken_of or any(abs(at - number) <= 1 for number in near):
            found.append(clue)
        elif name or at in spoken:
            found.append(clue._replace(certain=clue.certain and certain and at in spoken))
    return found, name or (refuge[0] if refuge else "")


def told(passage: Passage, clues: Iterable[Clue], name: str) -> Iterator[Diagnostic]:
    """Report clues where they stand."""
    for clue in clues:
        code = "ort-im-text" if clue.certain else "ort-im-text-moeglich"
        yield diagnostic(code, passage.at(clue.start, clue.end), name=name, value=clue.text)


def uncleared(text: str, clues: Iterable[Clue], cleared: Iterable[str]) -> list[Clue]:
    """Leave out the clues that lie within a cleared passage."""
    spans = [(match.start(), match.end()) for part in cleared for match in re.finditer(re.escape(part), text)]
    return [
        clue for clue in clues if not any(start <= clue.start and clue.end <= end for start, end in spans)
    ]


def as_words(name: str) -> str:
    """Write the name of a file as people would: `frauenhaus-lindenstrasse-5` as `Frauenhaus Lindenstrasse 5`."""
    return re.sub(r"[-_./ ]+", " ", name).title()


def _unused(source: Source) -> Iterator[Diagnostic]:
    """Report cleared passages that stand nowhere in the record."""
    if not source.record.cleared:
        return
    texts = [item.text for item in passages(source) if item.path[:1] != ("cleared",)]
    for number, item in enumerate(source.record.cleared):
        if item.text != source.id and not any(item.text in text for text in texts):
            yield diagnostic(
                "freigabe-ohne-stelle", source.position("cleared", number, "text"), value=item.text
            )


def _sentences(text: str) -> list[tuple[int, int]]:
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text) + 1], strict=True))


def _names(record: Record) -> list[str]:
    texts = [record, *getattr(record, "translations", {}).values()]
    return [name for item in texts for field in ("name", "short") if (name := getattr(item, field, None))]


def _spoken(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if len(name) >= _SHORTEST))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    parts = sorted({re.escape(name) for name in names if len(name) >= _SHORTEST}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?:e?[ns])?(?!\w)", re.IGNORECASE) if parts else None


def _refers(source: Source, secret: Collection[str]) -> bool:
    """Tell whether a record holds the id of something protected as a reference."""
    paths = reference_paths(source.record)
    return any(scalar.text in secret and not is_text(path, paths) for path, scalar in scalars(source.node))


def reference_paths(record: Record) -> frozenset[tuple[str, ...]]:
    """Return the fields of a record that hold ids."""
    return frozenset(reference.path for reference in references(type(record)))


def is_text(path: NodePath, references: Collection[tuple[str, ...]]) -> bool:
    """Tell whether a field holds words of people; ids, numbers and hours do not."""
    if (path[:1] and path[0] in _TYPED) or _TYPED_ANYWHERE & set(path):
        return False
    steps = tuple("*" if isinstance(step, int) else step for step in path)
    return steps not in references
