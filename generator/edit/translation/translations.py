"""Find missing and outdated translations, write translators' sheets, and read what was filled in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from jinja2 import Environment
from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from generator.derive.masking import protected_ids, withheld_records
from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.tables import table_out
from generator.edit.tables.table_out import OutColumn, OutSheet
from generator.edit.tables.table_rows import Sheet, csv_text, missing_column
from generator.files.disk import Disk
from generator.files.packaged import packaged_text
from generator.files.writing import write_files
from generator.model.editions import is_edition
from generator.model.fields import annotation, fields, models_at, variants
from generator.model.site import Site
from generator.model.vocabulary import VOCABULARIES, Vocabularies
from generator.read.csv_tables import read_rows
from generator.read.nodes import FieldPath, ListNode, MapNode, Node, Scalar, parse, text_at
from generator.read.project import Reading
from generator.read.records import validate
from generator.read.vocabularies import read_words, word_texts
from generator.read.workbooks import SheetCell, plain_text

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
            place = _make_text_place(key, record.file, path, german, text_at(record.node, *path), noted)
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
            place = _make_text_place(key, f"content/{language}/{name}", (), text, page, noted)
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


def _make_text_place(
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
                yield from _find_translatable_words(name, file, text, model)


def _find_translatable_words(
    vocabulary: str, file: str, text: str, model: type[BaseModel]
) -> Iterator[_Translatable]:
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


SHEET = "Übersetzungen"
RECORD, FIELD, TODO, GERMAN = "Eintrag", "Feld", "Zu tun", "Deutsch"
FIXED: Mapping[str, tuple[int, str]] = {
    RECORD: (30, "Steht fest."),
    FIELD: (14, "Steht fest."),
    TODO: (22, "Was fehlt, und was sich auf Deutsch geändert hat, seit es übersetzt wurde."),
    GERMAN: (60, "Was heute dasteht. Geändert wird es auf den anderen Blättern."),
}
"""Columns before those of the languages, with their width and what is noted of them."""
NOTE = "Soll der Text bleiben wie auf Deutsch, wird der deutsche noch einmal eingetragen. Wird eine Zelle geleert, ist die Übersetzung weg."

Texts = Mapping[tuple[str, str], Mapping[str, TextPlace]]
"""By record and field what a text is in each other language."""


class NewText(NamedTuple):
    """A translated text; None keeps the German, an empty one takes the translation away."""

    place: TextPlace
    text: str | None


def texts_of(known: Translations, hidden: Collection[tuple[str, str]]) -> Texts:
    """Return texts of public records; pages are translated in files."""
    texts: dict[tuple[str, str], dict[str, TextPlace]] = {}
    for (record, name, language), place in known.places.items():
        folder, _, key = record.partition("/")
        if name and place.german.strip() and (folder, key) not in hidden:
            texts.setdefault((record, name), {})[language] = place
    for (record, name), places in texts.items():
        one = next(iter(places.values()))
        for language in known.languages:
            # What needs no translation, a proper name, may have one.
            path = (*one.path[:-2], language, name)
            untranslated = replace(one, key=(record, name, language), path=path, translation="", state="done")
            places.setdefault(language, untranslated)
    return texts


def sheet_of_translators(known: Translations, site: Site) -> OutSheet:
    """Return a row for each text: German and other languages."""
    columns = [OutColumn(name, width, note, locked=True) for name, (width, note) in FIXED.items()]
    columns += [OutColumn(language, 60, NOTE) for language in known.languages]
    rows = []
    for (record, name), places in texts_of(known, withheld_records(site)).items():
        ordered = [places[language] for language in known.languages]
        waiting = [one for one in ordered if one.state in ("changed", "missing")]
        todo = "; ".join(f"{one.key[2]}: {STATES[one.state]}" for one in waiting)
        rows.append([record, name, todo, ordered[0].german, *(one.translation for one in ordered)])
    return OutSheet(SHEET, columns, rows, keys=2)


def is_of_translators(table: Sheet) -> bool:
    """Tell the sheet of translators by its headings."""
    return {RECORD, FIELD} <= set(table.header)


def translated(
    table: Sheet,
    known: Translations,
    hidden: Collection[tuple[str, str]],
    out: table_out.HandedOut,
    *,
    newer: bool,
) -> tuple[list[NewText], list[Diagnostic]]:
    """Return what differs, and problems; `out` is what was handed out, `newer` as for `handed_out.question`."""
    needed, file = (RECORD, FIELD, GERMAN), Position(table.file)
    found = [missing_column(name, table.header, file) for name in needed if name not in table.header]
    if found:
        return [], found
    texts, taken, first = texts_of(known, hidden), list[NewText](), dict[Key, int]()
    for row in table.rows:
        record, name, german = (row.cells[column] for column in needed)
        by_language = texts.get((record.text, name.text))
        cells = {language: row.cells[language] for language in known.languages if language in row.cells}
        before = out.get((SHEET, f"{record.text}, {name.text}"))
        filled = {
            language: cell
            for language, cell in cells.items()
            if cell.problem or cell.text != (before or {}).get(language, "")
        }
        if by_language is None:
            found += [_unknown(record, name, texts)] if filled else []
            continue
        places = [(by_language[language], cell) for language, cell in filled.items()]
        changed = [(place, cell) for place, cell in places if _differs(place, cell)]
        for place, cell in changed:
            found += _unfit(place, cell)
            handed = None if before is None else before.get(place.key[2], "")
            three = handed, plain_text(place.translation), cell.text
            what = f"{record.text}, {name.text}", place.key[2]
            found += table_out.question(cell.position, what, three, newer=newer)
            line = first.setdefault(place.key, row.start.line)
            if line != row.start.line:
                title = f"{record.text}, {name.text}"
                found.append(diagnostic("uebersetzung-doppelt", record.position, name=title, first=line))
            same = fingerprint(cell.text) == fingerprint(place.german)
            taken.append(NewText(place, None if same else cell.text))
        # The German that was translated isn't today's any more.
        if changed and fingerprint(german.text) != fingerprint(changed[0][0].german):
            today = changed[0][0].german[:200]
            found.append(diagnostic("uebersetzung-aelter", german.position, german=today))
    return taken, found


def _differs(place: TextPlace, cell: SheetCell) -> bool:
    """Tell whether a cell differs from the record or keeps the German."""
    if cell.problem or cell.formula:
        return True
    mark = fingerprint(cell.text)
    stays = place.state == "done" and not place.translation and mark == fingerprint(place.german)
    return mark != fingerprint(place.translation) and not stays


def _unknown(record: SheetCell, field: SheetCell, texts: Texts) -> Diagnostic:
    """Report a row that names no translatable text."""
    name = f"{record.text}, {field.text}"
    better = meant_or(
        name, [", ".join(key) for key in texts], "die Zeile löschen oder die Liste neu schreiben"
    )
    what = "kein Text zum Übersetzen (Eintrag, Feld)"
    return diagnostic("eintrag-fehlt", record.position, name=name, what=what, better=better)


def _unfit(place: TextPlace, cell: SheetCell) -> list[Diagnostic]:
    """Say what the record wouldn't accept, at the cell."""
    if cell.problem:
        return [cell.problem]
    if cell.formula:
        return [diagnostic("formel-in-zelle", cell.position)]
    if place.model is None or not cell.text:
        return []
    key = Scalar(place.key[1], cell.position)
    return validate(place.model, MapNode(((key, Scalar(cell.text, cell.position)),), cell.position))[1]


def write_sheets(project: Path, into: Path) -> list[Path]:
    """Write all sheets into a folder, with the town's own phrases; return them."""
    words = Vocabularies(**read_words(Disk(project), [project / "resources"])[0])
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        packaged_text("generator.edit", "danger_sheet.html")
    )
    german = words.danger_words["de"]
    sheets = {
        f"gefahr-{key}.html": page.render(words=words, spoken=spoken, german=german).encode()
        for key, spoken in words.danger_words.items()
    }
    write_files(into, sheets)
    return [into / name for name in sheets]
