"""Write the public records of a project as a workbook that people can edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.derive.masking import withheld_records
from generator.edit.tables.table_columns import (
    CALLED,
    COLUMNS,
    ID,
    SAME,
    RecordColumn,
    TableNames,
    columns_out,
    info_of,
    is_list,
    shown_cell,
    target_of,
    words_of_field,
)
from generator.model.fields import VALUES
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.project import Reading

NAMES = "Namen"
_ORDER = ("offers", "places", "providers")
_NOTES = {
    ID: "Steht fest. Bei einem neuen Eintrag bleibt die Zelle leer.",
    CALLED: "Nur wenn sich Telefon, E-Mail, Internetseite oder Terminbuchung ändern oder etwas für immer zu ist: an welchem Tag unter der alten Nummer nachgefragt wurde und bei welcher Stelle, etwa „27.11.2026, Sekretariat“. Kein Name.",
    SAME: "Nur wenn danach gefragt wird: das Kürzel des Eintrags, der gemeint ist, oder „neu“.",
}


def rows_out(reading: Reading, site: Site) -> Mapping[str, list[list[str]]]:
    """Return by kind of record the rows of everything that is public, each cell as it stands in the table."""
    hidden = withheld_records(site)
    names = TableNames(site, hidden)
    tables: dict[str, list[list[str]]] = {}
    for folder in _ORDER:
        rows = []
        for source in reading.of(folder):
            if (folder, source.id) not in hidden:
                cells = [shown_cell(folder, one, source.node, names) for one in columns_out(folder)[1:]]
                rows.append([source.id, *cells])
        tables[folder] = rows
    return tables


def table_out(reading: Reading, site: Site) -> bytes:
    """Return the workbook: a sheet for each kind, and one with the names to choose from; needs openpyxl. Raises OSError."""
    from generator.export.workbook import new_book, packed

    book = new_book(site.config.name, "Nahraum")
    names = TableNames(site, withheld_records(site))
    tables = rows_out(reading, site)
    lists: dict[str, list[str]] = {}
    for folder in _ORDER:
        for column in COLUMNS[folder]:
            if column.paths and (choice := _choice(folder, column, names)):
                lists[_list_name(folder, column)] = choice
    for folder in _ORDER:
        _write_sheet(book, folder, tables[folder], list(lists), lists)
    sheet = book.create_sheet(NAMES)
    sheet.sheet_state = "hidden"
    longest = max(map(len, lists.values()), default=0)
    sheet.append([_cell(sheet, name) for name in lists])
    for number in range(longest):
        sheet.append([_cell(sheet, one[number] if number < len(one) else "") for one in lists.values()])
    return packed(book)


def _choice(folder: str, column: RecordColumn, names: TableNames) -> list[str]:
    """Return what people may choose from in a column; nothing where they write."""
    if len(column.paths) != 1:
        return []
    (path,) = column.paths
    if target := target_of(folder, path):
        keys = (key for key in names.names.get(target, ()))
        return sorted(names.shown(target, key) for key in keys)
    return [VALUES.get(word, (word,))[0] for word in words_of_field(folder, path) if path[-1] != "cost"]


def _list_name(folder: str, column: RecordColumn) -> str:
    return f"{KIND_BY_FOLDER[folder].plural}: {column.heading}"


def _write_sheet(
    book: Any,
    folder: str,
    rows: Iterable[Sequence[str]],
    order: Sequence[str],
    lists: Mapping[str, list[str]],
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    from generator.export.workbook import column_letter

    sheet = book.create_sheet(KIND_BY_FOLDER[folder].plural)
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    for name in (
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
        "formatCells",
        "formatColumns",
        "formatRows",
    ):
        # False: it is not forbidden.
        setattr(sheet.protection, name, False)
    columns = columns_out(folder)
    head = []
    for number, column in enumerate(columns):
        letter = column_letter(number)
        below = sheet.column_dimensions[letter]
        below.width, below.number_format, below.protection = (
            column.width,
            "@",
            Protection(locked=column is ID),
        )
        cell = _cell(sheet, column.heading, locked=True)
        cell.font = Font(bold=True)
        cell.comment = Comment(_note(folder, column), "Nahraum", width=320, height=120)
        head.append(cell)
        choice = lists.get(_list_name(folder, column))
        if choice:
            at = column_letter(order.index(_list_name(folder, column)))
            rule = DataValidation(
                "list", formula1=f"{NAMES}!${at}$2:${at}${len(choice) + 1}", allow_blank=True
            )
            # Lists take several names, and a new one may stand in any cell.
            rule.showErrorMessage = False
            rule.add(f"{letter}2:{letter}5000")
            sheet.data_validations.append(rule)
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(sheet, text, locked=number == 0) for number, text in enumerate(row)])


def _note(folder: str, column: RecordColumn) -> str:
    if column in _NOTES:
        return _NOTES[column]
    info = info_of(folder, column.paths[0])
    several = " Mehrere mit Semikolon getrennt." if is_list(folder, column.paths[0]) else ""
    needed = " Wird gebraucht." if info.is_required() and len(column.paths[0]) == 1 else ""
    return f"{info.title}. {info.description or ''}{several}{needed}"


def _cell(sheet: object, text: str, *, locked: bool = False) -> Any:
    from openpyxl.styles import Alignment, Protection

    from generator.export.workbook import text_cell

    cell = text_cell(sheet, text)
    cell.number_format, cell.protection = "@", Protection(locked=locked)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
