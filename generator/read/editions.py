"""Read editions of reports with their frozen figures."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace
from shapely.errors import ShapelyError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.model.editions import FORMAT, Correction, Edition, EditionHead, digest, from_json, is_edition
from generator.model.names_and_ids import is_slug
from generator.read.nodes import parse
from generator.read.records import validate
from generator.read.references import check_references

FOLDER = "content/berichte"  # in it a folder a report, a page an edition: nord/2026.md


def read_editions(
    disk: Disk, pages: Mapping[str, str], folder: Path, known: Mapping[str, Collection[str]]
) -> tuple[dict[str, Edition], list[Diagnostic]]:
    """Read all editions, newest last within a report.

    `pages` are content texts, `folder` holds frozen figures (nord/2026.json), `known` are existing ids by kind.
    """
    found: list[Diagnostic] = []
    editions: list[Edition] = []
    for name, text in pages.items():
        if not is_edition(name):
            continue
        edition, problems = _edition(text, f"content/{name}", known)
        found += problems
        if edition is None:
            continue
        if edition.public:
            frozen = folder / edition.report / f"{edition.name}.json"
            edition, problems = _with_figures(disk, frozen, edition)
            found += problems
        editions.append(edition)
    found += _left_over(disk, folder, {(edition.report, edition.name) for edition in editions})
    editions.sort(key=lambda edition: (edition.report, edition.head.date, edition.name))
    return {edition.key: edition for edition in editions}, found


def _left_over(disk: Disk, folder: Path, read: Collection[tuple[str, str]]) -> list[Diagnostic]:
    """Report frozen figures without their edition's text; a text that is unreadable was reported."""
    reports, problems = disk.entries(folder)
    found = list(problems)
    for report in reports:
        if not os.path.isdir(report):
            continue
        for path in disk.files(report, ".json")[0]:
            text = disk.project / FOLDER / report.name / f"{path.stem}.md"
            if (report.name, path.stem) not in read and not disk.holds(text):
                found.append(diagnostic("ausgabe-uebrig", Position(disk.name(path))))
    return found


def _edition(
    text: str, file: str, known: Mapping[str, Collection[str]]
) -> tuple[Edition | None, list[Diagnostic]]:
    """Read an edition whose folder and file have names fit for addresses."""
    found: list[Diagnostic] = []
    report, stem = PurePosixPath(file).parent.name, PurePosixPath(file).stem
    for name in (report, stem):
        if not is_slug(name):
            better = "sozialraumbericht-nord oder 2026"
            return None, [diagnostic("dateiname", Position(file), name=name, better=better)]
    if report in known.get("indicators", ()):
        found.append(diagnostic("bericht-name-vergeben", Position(file), name=report))
    edition, problems = parse_edition(text, file, known)
    return edition, [*found, *problems]


def parse_edition(
    text: str, file: str, known: Mapping[str, Collection[str]]
) -> tuple[Edition | None, list[Diagnostic]]:
    """Read an edition's text; None if its head is wrong."""
    path = PurePosixPath(file)
    parts = cut_head(text)
    if parts is None:
        return None, [diagnostic("ausgabe-ohne-kopf", Position(file))]
    node, found = parse(parts[0].removeprefix("\ufeff"), file)
    if node is None:
        return None, found
    head, problems = validate(EditionHead, node)
    found += problems
    if head is None:
        return None, found
    if head.state != "published":
        # A published edition keeps the areas that it was written about, even when the town divides itself anew.
        found += check_references(EditionHead, node, known)
    body = parts[1].replace("\r\n", "\n").partition("\n")[2]
    first_line = parts[0].count("\n") + 2  # behind the head and the `---` that ends it
    return Edition(path.parent.name, path.stem, head, body, first_line, file, text_digest(head, body)), found


def cut_head(text: str) -> tuple[str, str] | None:
    """Cut a text before the `---` that ends its head; None without head. The first line stays, so that lines count as in the file."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if lines[0].removeprefix("\ufeff").rstrip() != "---" or not end:
        return None
    return "\n".join(lines[:end]) + "\n", "\n".join(lines[end:])


def text_digest(head: EditionHead, body: str) -> str:
    """Return the SHA-256 of an edition's words: title, edition, date, summary, authors and text."""
    words = "\n".join(
        (head.title, head.edition, head.date.isoformat(), head.summary, head.authors or "", body.strip())
    )
    return hashlib.sha256(words.encode()).hexdigest()


def read_frozen(text: str) -> dict[str, Any] | None:
    """Return a frozen file's content; None if invalid or changed since its `digest` was written."""
    try:
        content: dict[str, Any] = json.loads(text)
        stated = content.pop("digest")
        return content if digest(content) == stated else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def with_figures(edition: Edition, content: Mapping[str, Any]) -> Edition:
    """Return an edition with its file's figures; raise if invalid. Files of the first format have no number."""
    corrections = tuple(
        Correction(dt.date.fromisoformat(item["date"]), item["note"]) for item in content["corrections"]
    )
    frozen = from_json(content["data"], content.get("format", 1))
    return replace(edition, frozen=frozen, corrections=corrections)


def _with_figures(disk: Disk, path: Path, edition: Edition) -> tuple[Edition, list[Diagnostic]]:
    """Add a published edition's frozen figures, or say what is wrong with them."""
    name = disk.name(path)
    if not disk.holds(path):
        return edition, [diagnostic("ausgabe-nicht-eingefroren", Position(edition.file), file=edition.file)]
    text, problems = disk.text(path)
    if text is None:
        return edition, problems
    content = read_frozen(text)
    if content is None:
        return edition, [diagnostic("ausgabe-daten-geaendert", Position(name), name=edition.key)]
    if content.get("format", 1) not in range(1, FORMAT + 1):
        return edition, [diagnostic("ausgabe-format-neuer", Position(name), name=edition.key)]
    try:
        edition, of_words = with_figures(edition, content), content["text"]
    except (KeyError, TypeError, ValueError, AttributeError, ShapelyError):
        return edition, [diagnostic("ausgabe-daten-geaendert", Position(name), name=edition.key)]
    # The figures were frozen with other words.
    if of_words != edition.digest:
        return edition, [
            diagnostic(
                "ausgabe-text-geaendert", Position(edition.file, edition.first_line), file=edition.file
            )
        ]
    return edition, []
