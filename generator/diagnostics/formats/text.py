"""For people: each problem with its line of the file, the place marked, what helps, and how much was found."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.formats.shared import WORDS, SourceLines, place, summary

# So many files in which one cause shows are listed for people; programs get all.
LISTED = 40


def as_text(found: Sequence[Diagnostic], lines: SourceLines) -> str:
    """Show each diagnostic with its line of the file, the place marked, and what helps.

    `lines` reads them through the door through which the files were.
    """
    read: dict[str, list[str]] = {}
    parts: list[str] = []
    for item in found:
        position = item.position
        if position.file not in read:
            # A workbook is an archive: it has no lines that anybody could read.
            read[position.file] = [] if position.sheet else lines(position.file)
        source = read[position.file]
        written = source[position.line - 1] if 0 < position.line <= len(source) else ""
        head = f"{WORDS[item.severity]}[{item.code}]: {item.message}\n  --> {place(position)}"
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


def _by_file(places: Sequence[Position]) -> list[str]:
    """Write one line for each file, with the lines in it."""
    lines: dict[str, list[int]] = {}
    for position in places:
        lines.setdefault(position.file, []).append(position.line)
    return [f"{file}:{', '.join(map(str, dict.fromkeys(numbers)))}" for file, numbers in lines.items()]


def _window(line: str, column: int, width: int = 120) -> tuple[int, str]:
    """Cut a very long line around the column, tabs shown as one space."""
    start = 0 if column < width else column - width // 2
    return start, line[start : start + width].replace("\t", " ").rstrip()
