"""Write the sheet of translators, and read what they filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from generator.derive.masking import withheld_records
from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.tables import table_out
from generator.edit.tables.table_out import OutColumn, OutSheet
from generator.edit.tables.table_rows import Sheet, missing_column
from generator.edit.translation.translations import STATES, Key, TextPlace, Translations, fingerprint
from generator.model.site import Site
from generator.read.nodes import MapNode, Scalar
from generator.read.records import validate
from generator.read.workbooks import SheetCell, plain_text

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
