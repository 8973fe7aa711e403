"""Write diagnostics for people, programs, GitHub and GitLab.

In public only the place is named of what quotes something protected.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position, Severity, column_letters

SourceLines = Callable[[str], list[str]]
"""The name of a file in, its lines out; none where it can not be read."""

DiagnosticFormat = Callable[[Sequence[Diagnostic], SourceLines], str]
"""Writes diagnostics as one text; the second argument reads the lines of their files."""

WORDS: dict[Severity, str] = {"error": "Fehler", "warning": "Warnung", "note": "Hinweis"}


def place(position: Position) -> str:
    """Write a position: `file:line:column`, or sheet and cell.

    >>> place(Position("kitas.xlsx", 7, 4, 1, "Nord"))
    'kitas.xlsx, Blatt Nord, Zeile 7, Spalte D'
    """
    if position.sheet:
        return f"{position.file}, {_describe_sheet_cell(position)}"
    return f"{position.file}:{position.line}:{position.column}"


def cell_prefix(position: Position) -> str:
    """Return a workbook's cell for forges, which know only lines."""
    return f"{_describe_sheet_cell(position)}: " if position.sheet else ""


def _describe_sheet_cell(position: Position) -> str:
    return f"Blatt {position.sheet}, Zeile {position.line}, Spalte {column_letters(position.column)}"


def further(item: Diagnostic) -> str:
    """Return further places in brackets; empty for none."""
    return f" (auch {', '.join(place(also) for also in item.also)})" if item.also else ""


def summary(found: Sequence[Diagnostic]) -> str:
    """Say in one line how much was found."""
    errors = sum(item.severity == "error" for item in found)
    warnings = sum(item.severity == "warning" for item in found)
    notes = len(found) - errors - warnings
    if not found:
        return "Alles in Ordnung."
    words = [(errors, "Fehler", "Fehler"), (warnings, "Warnung", "Warnungen"), (notes, "Hinweis", "Hinweise")]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in words if count) + "."


FEW = 5
"""So many files with the same fault are each shown with their line; more are one line with their number."""
WIDTH = 120
"""Letters of a line that are shown, at most."""


def as_text(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write diagnostics with marked line and help, errors last, many of a code in one."""
    of_file = cache(lines)
    by_code: dict[str, list[Diagnostic]] = {}
    for item in found:
        by_code.setdefault(item.code, []).append(item)
    frequent = {code for code, same in by_code.items() if len(_files_of_diagnostics(same)) > FEW}
    parts: list[str] = []
    # What stops a build is told last, nearest to where somebody types.
    for severity in reversed(WORDS):
        of_kind = [item for item in found if item.severity == severity]
        together = [same for code, same in by_code.items() if code in frequent and same[0] in of_kind]
        parts += ["\n".join(map(_in_one_line, together))] if together else []
        for item in of_kind:
            if item.code not in frequent:
                # A workbook is an archive: it has no lines that anybody could read.
                source = [] if item.position.sheet else of_file(item.position.file)
                parts.append(_told_with_line(item, source))
    more = " „-f concise“ zeigt jede Stelle, „nahraum help“ mit dem Code, was hilft." if frequent else ""
    return "\n\n".join([*parts, summary(found) + more]) + "\n"


def _files_of_diagnostics(items: Iterable[Diagnostic]) -> set[str]:
    return set[str]().union(*(item.files for item in items))


def _in_one_line(items: Sequence[Diagnostic]) -> str:
    """Say what files have in common, with number and first."""
    first = items[0]
    line = f"{WORDS[first.severity]}[{first.code}]: {len(_files_of_diagnostics(items))}-mal, zuerst {place(first.position)}"
    return f"{line}: {first.message}"


def _told_with_line(item: Diagnostic, source: Sequence[str]) -> str:
    """Write a diagnostic with its line."""
    position, gap = item.position, " "
    rows = [f"{WORDS[item.severity]}[{item.code}]: {item.message}", f"  --> {place(position)}"]
    written = source[position.line - 1] if 0 < position.line <= len(source) else ""
    if written.strip():
        gap = " " * len(str(position.line))
        # Of a very long line what stands around the column, tabs as one space.
        start = 0 if position.column < WIDTH else position.column - WIDTH // 2
        shown = written[start : start + WIDTH].replace("\t", " ").rstrip()
        before = position.column - 1 - start
        marked = max(1, min(position.length, len(shown) - before))
        rows += [f"{position.line} | {shown}", f"{gap} | {' ' * before}{'^' * marked}"]
    rows.append(f"{gap} = Hilfe: {item.help}")
    rows += [f"{gap} = auch: {row}" for row in _by_file(item.also)]
    return "\n".join(rows)


def _by_file(places: Sequence[Position]) -> list[str]:
    """Write a line for each file or sheet."""
    lines: dict[str, list[str]] = {}
    for one in places:
        name = f"{one.file}, Blatt {one.sheet}" if one.sheet else one.file
        where = f"{column_letters(one.column)}{one.line}" if one.sheet else str(one.line)
        lines.setdefault(name, []).append(where)
    return [f"{name}:{', '.join(dict.fromkeys(numbers))}" for name, numbers in lines.items()]


def as_concise(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write `file:line:column: severity[code] message` a line."""
    del lines
    return "".join(
        f"{place(item.position)}: {WORDS[item.severity].lower()}[{item.code}] {item.message}{further(item)}\n"
        for item in found
    )


def as_json(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write a JSON list: code, severity, places, message and help."""
    del lines
    return json.dumps([_json_row_of_diagnostic(item) for item in found], ensure_ascii=False, indent=2) + "\n"


def _json_row_of_diagnostic(item: Diagnostic) -> dict[str, object]:
    return {
        "code": item.code,
        "severity": item.severity,
        **item.position._asdict(),
        "message": item.message,
        "help": item.help,
        "also": [place._asdict() for place in item.also],
    }


def as_github(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write GitHub workflow commands (annotations)."""
    del lines
    kinds: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
    rows = []
    for item in found:
        where = item.position
        text = _escape_workflow_text(f"{cell_prefix(where)}{item.message}. Hilfe: {item.help}{further(item)}")
        file, title = (
            _escape_workflow_text(where.file, property=True),
            _escape_workflow_text(item.code, property=True),
        )
        stands = f"file={file},line={where.line},col={where.column},title={title}"
        rows.append(f"::{kinds[item.severity]} {stands}::{text}\n")
    return "".join(rows)


def _escape_workflow_text(text: str, *, property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property else text


def as_gitlab(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write GitLab's Code Quality format, a JSON list."""
    del lines
    return json.dumps([_quality_issue(item) for item in found], ensure_ascii=False, indent=2) + "\n"


_SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "minor", "note": "info"}


def _quality_issue(item: Diagnostic) -> dict[str, object]:
    identity = f"{item.code}|{item.position.file}|{item.position.line}|{item.message}"
    return {
        "description": f"{cell_prefix(item.position)}{item.message}. Hilfe: {item.help}",
        "check_name": item.code,
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest(),
        "severity": _SEVERITIES[item.severity],
        "location": _location_as_json(item.position),
        "other_locations": [_location_as_json(place) for place in item.also],
    }


def _location_as_json(position: Position) -> dict[str, object]:
    return {"path": position.file, "lines": {"begin": position.line}}


PIPELINE = "CI"
"""The environment variable by which pipelines say that they are one."""
_MESSAGE = "Hier geht es vielleicht um etwas Geschütztes; was es ist, steht nicht im Protokoll"
_HELP = "auf dem eigenen Rechner „nahraum check“ aufrufen"


def in_public(form: DiagnosticFormat, always: bool, found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Write diagnostics, without protected quotes in pipelines or `always`."""
    if not always and not os.environ.get(PIPELINE):
        return form(found, lines)
    silent = {item.position.file for item in found if item.quiet}
    told = [public_part(item) for item in found]
    # A line of a table may hold the number that must not be told.
    return form(told, lambda file: [] if file in silent or file.endswith(".csv") else lines(file))


def public_part(item: Diagnostic) -> Diagnostic:
    """Return what everybody may read of a diagnostic."""
    if not item.quiet:
        return item
    position = item.position
    if item.quiet_name:
        position = position._replace(file=position.file.rpartition("/")[0] or position.file)
    return replace(item, position=position, message=_MESSAGE, help=_HELP, many="")


_PLAIN: dict[str, DiagnosticFormat] = {
    "text": as_text,
    "concise": as_concise,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}
_FOR_FORGES = ("github", "gitlab")
"""Formats that a forge shows to everybody, wherever they are made."""
FORMATS = {name: partial(in_public, form, name in _FOR_FORGES) for name, form in _PLAIN.items()}
"""The formats by name; each tells nothing of what is protected where everybody may read it."""
