"""Diagnostics in, one of five writings out: for people, for lists, for programs, for GitHub, for GitLab."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

from generator.diagnostics import Diagnostic, Position, Severity
from generator.files.door import RECORD, Door

# So many files in which one cause shows are listed for people; programs get all.
LISTED = 40
_WORD: dict[Severity, str] = {"error": "Fehler", "warning": "Warnung", "note": "Hinweis"}


def as_text(found: Sequence[Diagnostic], door: Door) -> str:
    """Show each diagnostic with its line of the file, the place marked, and what helps.

    The lines are read through the door through which the files were.
    """
    lines: dict[str, list[str]] = {}
    parts: list[str] = []
    for item in found:
        position = item.position
        if position.file not in lines:
            lines[position.file] = _lines(door, position.file)
        source = lines[position.file]
        written = source[position.line - 1] if 0 < position.line <= len(source) else ""
        head = f"{_WORD[item.severity]}[{item.code}]: {item.message}\n  --> {_place(position)}"
        if written.strip():
            number = str(position.line)
            start, shown = _window(written, position.column)
            mark = " " * (position.column - 1 - start) + "^" * max(
                1, min(position.length, len(shown) - (position.column - 1 - start))
            )
            gap = " " * len(number)
            head += f"\n{number} | {shown}\n{gap} | {mark}\n{gap} = Hilfe: {item.help}"
        else:
            gap = " "
            head += f"\n  = Hilfe: {item.help}"
        rows = _by_file(item.also)
        head += "".join(f"\n{gap} = auch: {row}" for row in rows[:LISTED])
        if len(rows) > LISTED:
            head += f"\n{gap} = und in {len(rows) - LISTED} weiteren Dateien („-f concise“ nennt alle)"
        parts.append(head)
    return "\n\n".join([*parts, summary(found)]) + "\n"


def summary(found: Sequence[Diagnostic]) -> str:
    """Say in one line how much was found."""
    errors = sum(item.severity == "error" for item in found)
    warnings = sum(item.severity == "warning" for item in found)
    notes = len(found) - errors - warnings
    if not found:
        return "Alles in Ordnung."
    words = [(errors, "Fehler", "Fehler"), (warnings, "Warnung", "Warnungen"), (notes, "Hinweis", "Hinweise")]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in words if count) + "."


def as_concise(found: Sequence[Diagnostic], door: Door) -> str:
    """Write one line for each: file:line:column: severity[code] message (auch further places)."""
    del door
    return "".join(
        f"{_place(item.position)}: {_WORD[item.severity].lower()}[{item.code}] {item.message}{_further(item)}\n"
        for item in found
    )


def as_json(found: Sequence[Diagnostic], door: Door) -> str:
    """Write a list of objects with all fields."""
    del door
    rows = [
        {
            "code": item.code,
            "severity": item.severity,
            "file": item.position.file,
            "line": item.position.line,
            "column": item.position.column,
            "length": item.position.length,
            "message": item.message,
            "help": item.help,
            "also": [place._asdict() for place in item.also],
        }
        for item in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(found: Sequence[Diagnostic], door: Door) -> str:
    """Write workflow commands, which GitHub shows as annotations beside the line."""
    del door
    kinds: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
    rows = []
    for item in found:
        where = item.position
        text = _escaped(f"{item.message}. Hilfe: {item.help}{_further(item)}")
        rows.append(
            f"::{kinds[item.severity]} file={_escaped(where.file, property=True)},line={where.line},col={where.column},title={_escaped(item.code, property=True)}::{text}\n"
        )
    return "".join(rows)


def as_gitlab(found: Sequence[Diagnostic], door: Door) -> str:
    """Write GitLab's Code Quality format, a JSON list."""
    del door
    kinds: dict[Severity, str] = {"error": "critical", "warning": "minor", "note": "info"}
    rows = [
        {
            "description": f"{item.message}. Hilfe: {item.help}",
            "check_name": item.code,
            "fingerprint": hashlib.sha256(
                f"{item.code}|{item.position.file}|{item.position.line}|{item.message}".encode()
            ).hexdigest(),
            "severity": kinds[item.severity],
            "location": _location(item.position),
            "other_locations": [_location(place) for place in item.also],
        }
        for item in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Diagnostic], Door], str]] = {
    "text": as_text,
    "concise": as_concise,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}


def _place(position: Position) -> str:
    return f"{position.file}:{position.line}:{position.column}"


def _by_file(places: Sequence[Position]) -> list[str]:
    """Write one line for each file, with the lines in it."""
    lines: dict[str, list[int]] = {}
    for place in places:
        lines.setdefault(place.file, []).append(place.line)
    return [f"{file}:{', '.join(map(str, dict.fromkeys(numbers)))}" for file, numbers in lines.items()]


def _further(item: Diagnostic) -> str:
    return f" (auch {', '.join(_place(place) for place in item.also)})" if item.also else ""


def _location(position: Position) -> dict[str, object]:
    return {"path": position.file, "lines": {"begin": position.line}}


def _lines(door: Door, file: str) -> list[str]:
    # The file is named in the diagnostic; where it can't be read, only the marked line is missing.
    data, _ = door.head(door.project / file, RECORD)
    return (data or b"").decode("utf-8-sig", errors="replace").split("\n")


def _window(line: str, column: int, width: int = 120) -> tuple[int, str]:
    """Cut a very long line around the column, tabs shown as one space."""
    start = 0 if column < width else column - width // 2
    return start, line[start : start + width].replace("\t", " ").rstrip()


def _escaped(text: str, *, property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property else text
