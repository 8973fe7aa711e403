"""Find texts that other languages lack, and German texts changed since."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from generator.derive.protected_offers import protected_ids
from generator.diagnostics import Diagnostic
from generator.edit.tables.table_rows import csv_text
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.model.editions import is_edition
from generator.model.fields import annotation, fields, models_at, variants
from generator.model.site import Site
from generator.model.vocabulary import VOCABULARIES, Vocabularies
from generator.read.csv_tables import read_rows
from generator.read.nodes import FieldPath, ListNode, Node, parse, text_at
from generator.read.project import Reading
from generator.read.vocabularies import word_texts

FILE = "resources/translations.csv"
COLUMNS = ("record", "field", "language", "german")
"""The last holds the fingerprint of the German text that was translated."""
State = Literal["missing", "changed", "unnoted", "surplus", "done"]
STATES: Mapping[State, str] = {
    "missing": "fehlt",
    "changed": "Deutsch geändert",
    "surplus": "Deutsch fehlt",
    "unnoted": "nicht vermerkt",
    "done": "fertig",
}
"""How each is called. `unnoted`: somebody translated it, and nobody knows from which German text."""
_PROPER_NAMES = frozenset({"providers", "places", "spaces"})
"""Kinds whose names stay as they are in every language, unless somebody translates one."""

Key = tuple[str, str, str]
"""A record (`offers/krabbelgruppe`) or a page (`content/ueber/index.md`), a field (none of a page), a language."""


class TextPlace(Struct, frozen=True):
    """A text in one other language; `path` is the translation's."""

    key: Key
    file: str
    path: FieldPath
    german: str
    translation: str
    state: State
    model: type[BaseModel] | None = None
    """What checks the texts of this language; a page has none."""


@dataclass(slots=True)
class Translations:
    """All texts; `noted` are fingerprints of the German that was translated."""

    languages: tuple[str, ...] = ()
    places: dict[Key, TextPlace] = field(default_factory=dict)
    noted: dict[Key, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)


def fingerprint(text: str) -> str:
    """Return a German text's digest, ignoring blanks and line ends.

    >>> fingerprint("Treff am Fluss") == fingerprint("Treff  am\\r\\nFluss ")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def translations_of(reading: Reading) -> Translations:
    """Find translatable texts of public records, own words and pages."""
    if reading.site is None:
        return Translations(found=list(reading.found))
    _, *others = reading.site.config.languages
    noted, found = _noted(reading.disk)
    known = Translations(tuple(others), {}, noted, found)
    silent = _silent(reading.site, reading)
    ended = {f"offers/{key}" for key, offer in reading.site.offers.items() if offer.status == "ended"}
    for record in _records(reading):
        places = _record_places(record, others, noted)
        if record.name in silent:
            places = (place for place in places if place.key[1] == "name")
        for place in places:
            # A proper name is the same in every language.
            proper = place.key[1] == "name" and record.name.split("/")[0] in _PROPER_NAMES
            if place.state != "missing" or not (record.name in ended or proper):
                known.places[place.key] = place
    for place in _page_places(reading, reading.site, others, noted):
        known.places[place.key] = place
    return known


def _record_places(
    record: _Translatable, languages: Iterable[str], noted: Mapping[Key, str]
) -> Iterator[TextPlace]:
    """Yield a record's texts by language, German or translated."""
    if "translations" not in fields(record.model):
        return
    texts = next(iter(models_at(record.model, ("translations", "en"))), None)
    if texts is None:
        return
    # By a translation's field where the German stands, if not in the field of the same name.
    sources: Mapping[str, FieldPath] = getattr(texts, "SOURCES", {})
    for language in languages:
        for name, info in fields(texts).items():
            # Lists of words to search by are made anew in each language and not translated.
            if not all(plain is str for plain, _ in variants(annotation(info))):
                continue
            german = text_at(record.node, *record.base, *sources.get(name, (name,)))
            path = (*record.base, "translations", language, name)
            key = (record.name, name, language)
            place = _place(key, record.file, path, german, text_at(record.node, *path), noted)
            if place is not None:
                yield replace(place, model=texts)


def _page_places(
    reading: Reading, site: Site, languages: Iterable[str], noted: Mapping[Key, str]
) -> Iterator[TextPlace]:
    """Yield main pages as one text for each other language."""
    for name, text in reading.pages.items():
        if name.split("/")[0] in site.config.trees or is_edition(name):
            continue
        for language in languages:
            page = reading.pages.get(f"{language}/{name}", "")
            key = (f"content/{name}", "", language)
            place = _place(key, f"content/{language}/{name}", (), text, page, noted)
            if place is not None:
                yield place


def _silent(site: Site, reading: Reading) -> frozenset[str]:
    """Return protected records, whose words are not for translators either."""
    return frozenset(f"{folder}/{key}" for folder, key in protected_ids(site, reading.seen(site)))


def unread(words: Vocabularies) -> Mapping[str, int]:
    """Count by language the nouns of `vocabulary/elsewhere.yml` that nobody who speaks it has `confirmed`."""
    found: Counter[str] = Counter()
    for row in words.elsewhere.values():
        for said in (row.said, *(noun.said for noun in row.nouns)):
            found.update(language for language in said if language not in row.confirmed)
    return dict(sorted(found.items()))


def to_do(known: Translations, language: str) -> list[TextPlace]:
    """Return a language's texts to work on: changed, missing, then those whose German is gone."""
    order: list[State] = ["changed", "missing", "surplus"]
    waiting = [item for item in known.places.values() if item.key[2] == language and item.state in order]
    return sorted(waiting, key=lambda item: (order.index(item.state), item.key))


def confirm(root: Path, known: Translations, names: Collection[str], languages: Collection[str]) -> int:
    """Note translations as up to date, and count them.

    `names` are records and pages, none for all. Untranslated ones aren't noted. Raises OSError.
    """
    noted = dict(known.noted)
    count = 0
    for key, place in known.places.items():
        chosen = (not names or key[0] in names) and key[2] in languages
        if chosen and place.state in ("changed", "unnoted"):
            noted[key] = fingerprint(place.german)
            count += 1
    if count:
        write_files(root, {FILE: noted_text(known, noted)})
    return count


def noted_text(known: Translations, noted: Mapping[Key, str]) -> str:
    """Write the file of fingerprints, without obsolete ones."""
    rows = [(*key, mark) for key, mark in sorted(noted.items()) if key in known.places]
    return csv_text(COLUMNS, rows)


def _place(
    key: Key, file: str, path: FieldPath, german: str, translation: str, noted: Mapping[Key, str]
) -> TextPlace | None:
    """Return a text with its state; None where there is neither German nor translation."""
    mark, state = noted.get(key), "done"
    if not german.strip():
        if not translation.strip():
            return None
        state = "surplus"
    elif mark == fingerprint(german):
        # Noted without a translation: it stays as it is in German.
        state = "done"
    elif not translation.strip():
        state = "missing"
    else:
        state = "changed" if mark else "unnoted"
    return TextPlace(key, file, path, german, translation, state)  # type: ignore[arg-type]


class _Translatable(Struct, frozen=True):
    """A record, indicator or word; of a list of words `node` is the list and `base` the word's path in it."""

    name: str  # as in `Key`
    file: str
    base: FieldPath
    node: Node
    model: type[BaseModel]


def _records(reading: Reading) -> Iterator[_Translatable]:
    """Yield records, indicators and the town's own words."""
    for source in reading.sources.values():
        name = f"{source.folder}/{source.id}"
        yield _Translatable(name, source.file, (), source.node, type(source.record))
    for key, one in reading.indicators.items():
        yield _Translatable(f"indicators/{key}", one.source.file, (), one.source.node, type(one.indicator))
    for name, model in VOCABULARIES.items():
        for file, text, _ in word_texts(reading.disk, [reading.root / "resources"], name):
            if text is not None and file.startswith("resources/"):
                yield from _words(name, file, text, model)


def _words(vocabulary: str, file: str, text: str, model: type[BaseModel]) -> Iterator[_Translatable]:
    """Give the words of a file that have an id."""
    node, _ = parse(text, file)
    for number, item in enumerate(node.items if isinstance(node, ListNode) else ()):
        key = text_at(item, "id")
        if key and node is not None:
            yield _Translatable(f"{vocabulary}/{key}", file, (number,), node, model)


def _noted(disk: Disk) -> tuple[dict[Key, str], list[Diagnostic]]:
    """Read the file of fingerprints."""
    path = disk.project / FILE
    if not disk.holds(path):
        return {}, []
    _, rows, found = read_rows(disk, path, COLUMNS)
    return {(row["record"], row["field"], row["language"]): row["german"] for _, row in rows}, found
