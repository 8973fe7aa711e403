"""Write forms for an indicator's raw numbers (`nahraum new figures`)."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.records.new_records import INDICATOR, file_of, refused_id, template
from generator.edit.records.yaml_writer import Value
from generator.edit.schemas import words_of
from generator.edit.tables.table_rows import csv_text
from generator.files.writing import write_files
from generator.model.dates import spans_of
from generator.model.indicator import Breakdown, Indicator
from generator.model.samples import OPEN
from generator.model.site import Site
from generator.read import figure_forms as form
from generator.read.indicator_folders import figures_unavailable
from generator.read.project import read_project
from generator.read.value_tables import repository_of

Rows = list[list[str]]


def write_forms(
    root: Path, key: str, private: Path, levels: Sequence[str], periods: Sequence[str], by: Sequence[str]
) -> tuple[list[Path], list[Diagnostic]]:
    """Write an indicator's workbook and CSV into a private folder.

    Without a definition a draft of one is written too: it alone, if `by` names breakdowns, whose values are missing.
    """
    place = Position(str(private))
    if private.resolve().is_relative_to(repository_of(root)):
        return [], [diagnostic("ablage-im-projekt", place, name=str(private))]
    reading = read_project(root)
    site = reading.site
    if site is None:
        return [], list(reading.found)
    if found := figures_unavailable(place):
        return [], found
    indicator = site.indicators.get(key)
    definition = file_of(INDICATOR, key)
    if indicator is None and (root / definition).exists():
        # A definition that can't be read is told as what it is.
        return [], [item for item in reading.found if item.position.file == definition]
    found = list(refused_id(root, INDICATOR, key)) if indicator is None else []
    divided = [item.id for item in indicator.breakdowns] if indicator else by
    found += _wrong(site, divided, place, (levels, periods, by))
    names = [f"{key}.xlsx", f"{key}.csv"]
    better = "die vorhandene weiter ausfüllen oder zuerst umbenennen"
    taken = [name for name in names if (private / name).exists()]
    found += [diagnostic("eintrag-vorhanden", place, name=name, help=better) for name in taken]
    if found:
        return [], found
    draft: dict[str, bytes | str] = {}
    if indicator is None:
        draft[definition] = template(INDICATOR, words_of(root), _given(by))
    if draft and by:
        # Columns of numbers are made of a breakdown's values, which somebody has to write first.
        write_files(root, draft)
        return [root / definition], []
    numbers = _make_number_rows(site, indicator, levels, periods, by)
    questions = _questions(levels, periods)
    # The first line, by which a filled-in form is known again.
    mark = list(form.MARK)
    width = max(4, *map(len, numbers))
    lines = [[*line, *[""] * (width - len(line))] for line in (mark, *questions, [], *numbers)]
    written = [private / name for name in names]
    book = _workbook([mark, *questions], [mark, *numbers])
    write_files(private, {names[0]: book, names[1]: "\ufeff" + csv_text(lines[0], lines[1:], ";")})
    if draft:
        write_files(root, draft)
        written.append(root / definition)
    return written, []


def _wrong(
    site: Site, divided: Sequence[str], place: Position, asked: tuple[Sequence[str], ...]
) -> Iterator[Diagnostic]:
    """Report an unknown level, period or breakdown."""
    levels, periods, by = asked
    known = [level.id for item in site.config.geographies for level in item.levels]
    for name in set(levels) - set(known):
        yield diagnostic("formular-ebene", place, value=name, better=meant_or(name, known))
    better = "--years 2023-2025 oder --years 2023,2024 schreiben"
    for period in periods:
        # A day spans nothing, and is allowed.
        if not spans_of(period) and len(period) != len("2025-12-31"):
            yield diagnostic("kein-zeitraum", place, value=period, better=better)
    for name in set(by) - set(divided):
        better = meant_or(name, divided, "in indicator.yml unter breakdowns ergänzen, mit ihren Werten")
        yield diagnostic("formular-aufgliederung", place, value=name, better=better)


def _given(by: Iterable[str]) -> Mapping[str, Value]:
    """Return a draft definition's values: breakdowns, and what protection and source must say.

    What nobody has decided stands in no draft.
    """
    values: list[Value] = [{"id": "todo", "name": OPEN}]
    divided: list[Value] = [{"id": key, "name": OPEN, "values": values} for key in by]
    undecided: dict[str, Value] = {
        "disclosure": {"method": OPEN},
        "source": {"name": OPEN, "regime": OPEN},
    }
    return undecided | ({"breakdowns": divided} if divided else {})


def _questions(levels: Sequence[str], periods: Sequence[str]) -> Rows:
    """Return questions with known and possible answers."""
    meanings = ", ".join(f"{answer} ({gloss})" for answer, (_, gloss) in form.MEANINGS.items())
    rows = [
        ["Frage", "Antwort", "Was hier stehen kann"],
        [form.LEVEL, levels[0], "steht schon da"],
        [form.PERIODS, ", ".join(periods), "steht schon da"],
        [form.TOTAL, "Insgesamt", "wie die Zeile oder Spalte mit der Summe in Ihrer Tabelle heißt"],
        [form.NOWHERE, "ohne Angabe", "wie die Zeile mit den Fällen heißt, die in keinem Gebiet liegen"],
        [form.ROUNDED, "", "ja oder nein: Hat die Quelle ihre Zahlen schon gerundet?"],
        [form.DECIMAL, "", "Komma oder Punkt (, oder .), nur wo 1.234 oder 1,234 beides heißen kann"],
    ]
    rows += [[f"{form.SIGN}{sign}", "", f"{meanings}; ohne Antwort gilt geheim"] for sign in form.SIGNS]
    return rows


def _make_number_rows(
    site: Site, indicator: Indicator | None, levels: Sequence[str], periods: Sequence[str], by: Sequence[str]
) -> Rows:
    """Return rows for numbers: periods down, breakdowns across; areas come with the numbers."""
    divided = [item for item in indicator.breakdowns if item.id in by] if indicator else []
    across = _across(indicator, divided)
    first_columns = [form.PERIOD, form.AREA]
    rows: Rows = []
    for at, item in enumerate(divided):
        rows.append([item.name, "", *(values[at] for values, _ in across)])
    rows.append([*first_columns, *(measure for _, measure in across)])
    # Areas are pasted with their numbers: the source has an order of its own.
    lines = sum(space.level in levels for space in site.spaces.values()) + len(("Insgesamt", "ohne Angabe"))
    for period in periods:
        rows += [[period, ""] for _ in range(lines)]
        rows.append([])
    return rows


def _across(indicator: Indicator | None, divided: Sequence[Breakdown]) -> list[tuple[tuple[str, ...], str]]:
    """Return columns of numbers: a name of a value for each breakdown, and whether it counts or divides."""
    has_denominator = indicator is None or indicator.denominator is not None
    differs_by_value = not any(item.same_denominator for item in divided)
    totals = ("Insgesamt",) * len(divided)
    found = [(totals, form.COUNT), *([(totals, form.BELOW)] if has_denominator else [])]
    for values in itertools.product(*([value.name for value in item.values] for item in divided)):
        if values:
            found += [
                (values, form.COUNT),
                *([(values, form.BELOW)] if has_denominator and differs_by_value else []),
            ]
    return found


def _workbook(questions: Rows, numbers: Rows) -> bytes:
    """Return the workbook: numbers, then answers to choose, all as text."""
    import openpyxl
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheets: list[tuple[Any, Rows]] = [(book.active, numbers), (book.create_sheet(form.QUESTIONS), questions)]
    book.active.title = form.NUMBERS
    for sheet, rows in sheets:
        for row in rows:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                # What begins with = is no formula.
                cell.data_type = "s" if cell.value else cell.data_type
        for letter, wide in zip("ABC", (24, 24, 60) if rows is questions else (14, 30, 14), strict=True):
            sheet.column_dimensions[letter].width = wide
    heads = next(at for at, row in enumerate(numbers, 1) if form.AREA in row)
    sheets[0][0].freeze_panes = f"C{heads + 1}"
    for sign, choices in ((form.SIGN, list(form.MEANINGS)), (form.ROUNDED, ["ja", "nein"])):
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        for at, row in enumerate(questions, 1):
            if row[0].startswith(sign):
                rule.add(f"B{at}")
        sheets[1][0].add_data_validation(rule)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
