"""A mapping file in, how a table becomes records out; and a table in, the draft of its mapping out: which heading becomes which field, what stays `TODO` or a commented question, which keys and sections a mapping may have.

In a draft a heading is the field of its name, or the one that checks of records know by this German word. What else a record needs stays
`TODO`; every column that is no field yet stands at the end as a commented question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.diagnostics import Diagnostic, Position, has_errors, meant_or, ordered
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.filling import Lookup, check_columns
from generator.edit.imports.incoming import ImportTarget, open_project
from generator.edit.imports.refused_rows import refuse_own, rows_of_refuges
from generator.edit.records.new_records import Words, says
from generator.edit.records.yaml_writer import Value, write_on_one_line, write_scalar
from generator.edit.schemas import words_of
from generator.edit.tables.cell_text import merely_counts
from generator.edit.tables.point_files import LATITUDE, LONGITUDE
from generator.edit.tables.table_rows import Sheet, TableForm, form_of, read_table
from generator.files.door import RECORD, Door
from generator.files.writing import write_files
from generator.model.fields import annotation, field_called, fields, variants
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import slug
from generator.model.samples import OPEN
from generator.read.nodes import MapNode, Node, Scalar, parse
from generator.read.notation import groups
from generator.read.records import no_group, validate
from generator.read.written_texts import scalars

_COMMON = ("table", "values", "unreadable", "same")
NEW = "new"
"""Says under `same` that a record isn't the one that it resembles."""
_SAME = "so schreiben: „places/kita-12: kita-sonnenschein“, oder „places/kita-12: new“"
_UNREADABLE = ("stop", "leave-out")


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping as read: how the table is written, what values mean, a pattern for each kind of record.

    `same`: by `folder/id` as the table makes it, the id of the record here that it is, or `new`. `leave_out`: a value that can't be read stays out of a field that isn't needed, with a warning, instead of stopping the import.
    """

    form: TableForm
    lookup: Lookup
    sections: dict[str, MapNode]
    file: str
    leave_out: bool = False
    same: dict[str, Scalar] = field(default_factory=dict)


def read_mapping(
    door: Door, path: Path, allowed: tuple[str, ...]
) -> tuple[MappingFile | None, list[Diagnostic]]:
    """Read a mapping file; `allowed` names the sections that may stand beside `table` and `values`."""
    text, found = door.text(path, RECORD)
    if text is None:
        return (None, found)
    return mapping_of(text, door.name(path), allowed)


def mapping_of(text: str, name: str, allowed: tuple[str, ...]) -> tuple[MappingFile | None, list[Diagnostic]]:
    """Understand the text of a mapping file; `name` is what messages call it."""
    node, found = parse(text, name)
    if node is None or has_errors(found):
        return None, found
    if not isinstance(node, MapNode):
        return None, [no_group(node)]
    mapping = MappingFile(TableForm(), {}, {}, name, False, {})
    for key, value in node.entries:
        mapping, problems = _with_section(mapping, key, value, allowed)
        found += problems
    if not mapping.sections and not found:
        place = node.entries[0][0].position
        found.append(
            diagnostic("feld-fehlt", place, name=allowed[0], title="wie ein Eintrag aus einer Zeile wird")
        )
    return (None if found else mapping), found


def _with_unreadable(mapping: MappingFile, value: Node) -> tuple[MappingFile, list[Diagnostic]]:
    """Return the mapping with what becomes of cells that can't be read."""
    if not isinstance(value, Scalar):
        return mapping, [no_group(value)]
    if value.text not in _UNREADABLE:
        return mapping, [_wrong_value(value, "möglich sind: " + ", ".join(_UNREADABLE))]
    return replace(mapping, leave_out=value.text == "leave-out"), []


def _with_section(
    mapping: MappingFile, key: Scalar, value: Node, allowed: tuple[str, ...]
) -> tuple[MappingFile, list[Diagnostic]]:
    """Return the mapping with what one of its sections says, and what is wrong with that."""
    if key.text == "table":
        read, problems = validate(TableForm, value)
        return replace(mapping, form=read or mapping.form), problems
    known = (*_COMMON, *allowed)
    if key.text not in known:
        better = meant_or(key.text, known)
        return mapping, [diagnostic("unbekanntes-feld", key.position, name=key.text, better=better)]
    if key.text == "unreadable":
        return _with_unreadable(mapping, value)
    if not isinstance(value, MapNode):
        return mapping, [no_group(value)]
    if key.text == "values":
        meanings = {column.text: _meanings(meant) for column, meant in value.entries}
        return replace(mapping, lookup=meanings), []
    if key.text == "same":
        return replace(mapping, same=_meanings(value)), _wrong_names(value)
    sections = {**mapping.sections, key.text: value}
    problems = []
    if key.text in KIND_BY_FOLDER and value.get("id") is None:
        title = "das Kürzel, aus einer Spalte"
        problems.append(diagnostic("feld-fehlt", key.position, name="id", title=title))
    return replace(mapping, sections=sections), problems


def _wrong_names(same: MapNode) -> list[Diagnostic]:
    """Say which keys of the section `same` don't begin with a folder of records."""
    found = []
    for row, _ in same.entries:
        folder = row.text.partition("/")[0]
        if folder not in KIND_BY_FOLDER:
            found.append(_wrong_value(row, _SAME))
    return found


def _wrong_value(scalar: Scalar, better: str) -> Diagnostic:
    return diagnostic("falscher-wert", scalar.position, value=scalar.text, better=better)


def unanswered(mapping: MappingFile) -> list[Diagnostic]:
    """Report what a mapping leaves open, once for each place: a draft asks where a table doesn't say something."""
    asked: list[Scalar] = []
    for section in mapping.sections.values():
        asked += [scalar for _, scalar in scalars(section)]
    for meanings in mapping.lookup.values():
        asked += meanings.values()
    return [diagnostic("zuordnung-offen", scalar.position) for scalar in asked if scalar.text == OPEN]


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table with its mapping, and the project that it comes into."""

    project: ImportTarget
    mapping: MappingFile
    table: Sheet


def open_mapped(
    table_path: Path, mapping_path: Path, root: Path, allowed: tuple[str, ...]
) -> tuple[MappedTable | None, list[Diagnostic]]:
    """Read a table as its mapping says; None and what is wrong where the mapping asks for what the table hasn't, or one can't be read."""
    mapping, found = read_mapping(Door(root, mapping_path), mapping_path, allowed)
    project, problems = open_project(root, table_path)
    found += problems
    if mapping is not None:
        found += unanswered(mapping)
    if mapping is None or project is None or found:
        return None, found
    table, found = read_table(project.door, table_path, mapping.form, filled=True)
    if table is None or has_errors(found):
        return None, found
    found += refuse_own(project, table)
    for section in mapping.sections.values():
        found += check_columns(section, table, mapping.lookup)
    return None if has_errors(found) else MappedTable(project, mapping, table), found


def _meanings(node: Node) -> dict[str, Scalar]:
    """Return the texts of a group by their keys; nothing of what is no group."""
    entries = node.entries if isinstance(node, MapNode) else ()
    return {key.text: value for key, value in entries if isinstance(value, Scalar)}


FOLDER = "imports"
_EXAMPLES = 3
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "providers": ("name", "kind"),
    "places": ("name", "kind", "address", "point", "spaces", "transport"),
    "offers": (
        *("name", "summary", "kind", "provider", "place", "topics", "ages", "hours", "cost"),
        *("languages", "contact", "description"),
    ),
}
"""The fields of each kind that tables have; people add others."""
Pattern = str | dict[str, str]
"""What stands in a mapping for a field: a text, or the fields of a group."""
_LISTS = ("spaces", "topics", "languages", "for")
_ASKED = ("kind", "topics")
"""What decides where something stands, and whether its address shows, is said by people."""
_BY_TITLE = ("number", "note")
"""What no looser word names: „Nr.“ often counts the rows of a table, and a „Bemerkung“ is often meant for colleagues only."""


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """What came of a draft: its file and text, how many rows the table has, how many questions are left; with errors in `found` nothing."""

    file: str = ""
    text: str = ""
    rows: int = 0
    questions: int = 0
    found: tuple[Diagnostic, ...] = ()


def draft_mapping(path: Path, root: Path, *, sheet: str = "", dry: bool = False) -> MappingDraft:
    """Write a mapping for a table into `imports/` of a project, or say why there can be none; nothing that is there is touched.

    Raises OSError where writing fails.
    """
    project, found = open_project(root, path)
    if project is None:
        return MappingDraft(found=ordered(found))
    name = f"{FOLDER}/{slug(f'{path.stem} {sheet}') or 'tabelle'}.yml"
    if project.door.holds(root / name) and not dry:
        help_ = (
            f"ihn ansehen und die Tabelle damit übernehmen (--map {name}), oder ihn löschen und neu entwerfen"
        )
        return MappingDraft(found=(diagnostic("eintrag-vorhanden", Position(name), name=name, help=help_),))
    form, table, found = _described(project, path, sheet)
    if form is None or table is None:
        return MappingDraft(found=ordered(found))
    quoted = _quotable(table, project)
    sections = list(_sections(path, table, words_of(root)))
    lines = [
        *_head(path, name),
        *_columns(table, quoted),
        *_form_lines(form),
        *sections,
        *_unused(table, quoted, "\n".join(sections)),
    ]
    text = "".join(f"{line}\n" for line in lines)
    if not dry:
        write_files(root, {name: text})
    return MappingDraft(name, text, len(table.rows), _questions(lines), ordered(found))


def _quotable(table: Sheet, project: ImportTarget) -> Sheet:
    """Return a table without what rows of refuges say: a draft is a file of the project."""
    refuges = rows_of_refuges(table, project.site.words, table.header)
    return replace(table, rows=[row for row in table.rows if row.start not in refuges])


def _questions(lines: Iterable[str]) -> int:
    """Count the lines in which something is left to be said."""
    return sum(not line.lstrip().startswith("#") and OPEN in line for line in lines)


def _described(
    project: ImportTarget, path: Path, sheet: str
) -> tuple[TableForm | None, Sheet | None, list[Diagnostic]]:
    """Return how a table is written, and the table; None and what is wrong where it can't be read or is the site's own."""
    form, found = form_of(project.door, path, sheet)
    if form is None:
        return None, None, found
    table, found = read_table(project.door, path, form, filled=True)
    if table is not None:
        found += refuse_own(project, table)
    return form, (None if has_errors(found) else table), found


def _head(path: Path, name: str) -> Iterator[str]:
    yield f"# Zuordnung für {path.name}: Wo {OPEN} steht, sagen, welche Spalte es ist oder was für alle Zeilen gilt."
    yield "# Spalten stehen in spitzen Klammern; was nicht gebraucht wird, auch ein ganzer Abschnitt, kann weg. Mehr: docs/import.md"
    yield f"# Danach: nahraum import offers {path.name} --map {name} --dry-run"


def _columns(table: Sheet, quoted: Sheet) -> Iterator[str]:
    """List the columns with examples from the rows that may be quoted, and say which tells all rows apart."""
    yield "#"
    yield "# Spalten der Tabelle:"
    for name in table.header:
        different = table.values(name)
        apart = ""
        if merely_counts(different):
            apart = " (zählt nur, taugt nicht als id)"
        elif len(different) == len(table.rows):
            apart = " (jede Zeile anders)"
        shown = _examples(quoted.values(name)) if different else "leer"
        yield f"#   <{name}> {shown}{apart}"


def _examples(values: Iterable[str]) -> str:
    """Return the first of a column's values, each shortened to one short line; „…“ where none may be quoted."""
    shown = []
    for text in list(values)[:_EXAMPLES]:
        line = " ".join(text.split())[:30]
        shown.append(f"„{line}“")
    return ", ".join(shown) or "…"


def _unused(table: Sheet, quoted: Sheet, sections: str) -> Iterator[str]:
    """Ask of each column that says something and stands in no section, as a comment, with the field that its heading may mean."""
    known = fields(KIND_BY_FOLDER["offers"].model)
    for heading in table.header:
        if not table.values(heading) or f"<{heading}>" in sections or f"<{heading}|" in sections:
            continue
        name = field_called(heading, known)
        asks = (
            f"Ist das „{known[name].title or name}“?"
            if name
            else "Welches Feld ist das? Es statt FELD schreiben."
        )
        yield ""
        yield f"  # Noch nicht übernommen: <{heading}>, zum Beispiel {_examples(quoted.values(heading))}. {asks} Wenn es auf die Seite soll, das # löschen."
        yield f"  # {name or 'FELD'}: {_written(name, f'<{heading}>')}"


def _form_lines(form: TableForm) -> Iterator[str]:
    said: dict[str, Value] = {
        key: str(value) for key, value in form.model_dump(exclude_defaults=True).items() if value is not None
    }
    if said:
        yield f"table: {write_on_one_line(said)}"


def _sections(path: Path, table: Sheet, words: Words) -> Iterator[str]:
    """Write a section for each kind; providers have one where a column names them."""
    headings = {slug(name): name for name in reversed(table.header)}
    stem = slug(path.stem) or "tabelle"
    key = _heading(headings, "id", "Kennung")
    own = f"{stem}-<{key}|id>" if key and not merely_counts(table.values(key)) else OPEN
    provider = _heading_of("provider", fields(KIND_BY_FOLDER["offers"].model), headings)
    point = f"<{LONGITUDE}> <{LATITUDE}>" if {LONGITUDE, LATITUDE} <= set(table.header) else ""
    certain: dict[str, dict[str, Pattern]] = {
        "providers": {"id": f"<{provider}|id>", "name": f"<{provider}>", "kind": "unknown"},
        "places": {"id": own, "point": point},
        "offers": {"id": own, "place": own, "provider": f"<{provider}|id>" if provider else OPEN},
    }
    for folder, names in _SECTIONS.items():
        if folder == "providers" and not provider:
            continue
        model = KIND_BY_FOLDER[folder].model
        yield ""
        yield f"{folder}:"
        yield from _lines(
            model, {"id": OPEN, **_pattern(model, names, headings), **certain[folder]}, words, "  "
        )


def _heading(headings: Mapping[str, str], *names: str) -> str:
    """Return the heading that is one of some names; empty where none is."""
    for name in names:
        if slug(name) in headings:
            return headings[slug(name)]
    return ""


def _heading_of(name: str, known: Mapping[str, FieldInfo], headings: Mapping[str, str]) -> str:
    """Return the heading that means one of the known fields: by its name or title, else by another German word; empty where none does."""
    exact = _heading(headings, name, known[name].title or name)
    if exact or name in _BY_TITLE:
        return exact
    for heading in reversed(list(headings.values())):
        if field_called(heading, known) == name:
            return heading
    return ""


def _pattern(model: type[BaseModel], names: Iterable[str], headings: Mapping[str, str]) -> dict[str, Pattern]:
    """Return the pattern of a record: what headings name, what else is needed as a question."""
    pattern: dict[str, Pattern] = {}
    for name in names:
        group = _group(model, name)
        if group is None or (_takes_text(model, name) and _heading_of(name, fields(model), headings)):
            pattern[name] = _text_pattern(name, fields(model), headings)
        else:
            pattern[name] = _group_pattern(group, headings)
    return pattern


def _group_pattern(group: type[BaseModel], headings: Mapping[str, str]) -> dict[str, str]:
    """Return the pattern of a group of which a heading names anything, else an empty one."""
    known = fields(group)
    inner = {name: _text_pattern(name, known, headings) for name in known if name != "name"}
    if set(inner.values()) <= {OPEN, ""}:
        return {}
    return inner


def _text_pattern(name: str, known: Mapping[str, FieldInfo], headings: Mapping[str, str]) -> str:
    """Return the column whose heading means one of the known fields, a question where the field is needed, else nothing."""
    heading = "" if name in _ASKED else _heading_of(name, known, headings)
    if heading:
        return f"<{heading}>"
    return OPEN if known[name].is_required() else ""


def _takes_text(model: type[BaseModel], name: str) -> bool:
    """Tell whether a field may hold a single value beside a group."""
    return len(list(variants(annotation(fields(model)[name])))) > 1


def _group(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """Return the model of the group that a field holds; None for a single value."""
    if name not in fields(model):
        return None
    return next(iter(groups(annotation(fields(model)[name]))), None)


def _lines(
    model: type[BaseModel], pattern: Mapping[str, Pattern], words: Words, indent: str
) -> Iterator[str]:
    """Write what a pattern says, with what is asked above each question."""
    for name, value in pattern.items():
        group = _group(model, name)
        if not value:
            continue
        if group is not None and isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _lines(group, value, words, f"{indent}  ")
            continue
        if value == OPEN and name in fields(model):
            yield from (f"{indent}{line}" for line in says(fields(model)[name], words, name))
        yield f"{indent}{name}: {_written(name, str(value))}"


def _written(name: str, value: str) -> str:
    """Write what stands for a field as YAML; a column of a field with several values is split."""
    written = write_scalar(value)
    if name in _LISTS:
        return f"[{written.replace('>', '|split>')}]"
    return written
