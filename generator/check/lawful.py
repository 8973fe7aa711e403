"""Report placeholders on hand-written pages; on those that the law asks for or that tell the law, also what is missing or older than a year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.dates import Duration, german_day, parse_date
from generator.model.edition import is_edition
from generator.model.site import Site
from generator.read.nodes import position_at
from generator.read.project import Reading

PAGES = ("impressum", "datenschutz", "barrierefreiheit")
RIGHTS = "deine-rechte/index.md"
"""The page that tells families the law: whoever is afraid relies on it, and laws change."""
YEARLY = Duration(12, "months")
_PLACEHOLDER = re.compile(r"\[\[(?:[^\[\]]++|\[(?!\[)|\](?!\]))*\]\]")
_DATE = re.compile(r"^date:\s*(\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)


def check_lawful_pages(reading: Reading, site: Site, today: dt.date) -> Iterator[Diagnostic]:
    """Report what is unfinished; with `publish: yes` a placeholder or a missing page stops the build.

    The internal site publishes nothing, and a project that does not publish yet may lack the pages.
    """
    publish = site.config.publish and not site.internal
    if publish:
        yield from _missing(reading, site)
    code = "rechtsseite-platzhalter" if publish else "rechtsseite-unfertig"
    for name, text in reading.pages.items():
        if is_edition(name):
            continue
        yield from _placeholders(name, text, code)
        if PurePosixPath(name).stem in PAGES or name.endswith(RIGHTS):
            yield from _outdated(name, text, today)


def _missing(reading: Reading, site: Site) -> Iterator[Diagnostic]:
    """Report pages that the law asks for, and the address at which one reports barriers, where they are missing."""
    for name in PAGES:
        file = f"content/{name}.md"
        # One that can't be read was reported.
        if not reading.door.holds(reading.root / file):
            yield diagnostic("rechtsseite-fehlt", Position(file), name=name)
    if reading.settings is not None and not site.config.publisher.email:
        yield diagnostic("ohne-meldeweg", position_at(reading.settings, ("publisher",), key=True))


def _placeholders(name: str, text: str, code: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in _PLACEHOLDER.finditer(line):
            position = Position(f"content/{name}", number, match.start() + 1, len(match[0]))
            yield diagnostic(code, position, value=match[0])


def _outdated(name: str, text: str, today: dt.date) -> Iterator[Diagnostic]:
    """Report the date of a page where it is none, or older than a year."""
    written = _DATE.search(text)
    if written is None:
        return
    position = Position(f"content/{name}", text.count("\n", 0, written.start()) + 1)
    try:
        day = parse_date(written[1])
    except PydanticCustomError as error:
        yield diagnostic(error.type, position, **(error.context or {}))
        return
    if YEARLY.after(day) < today:
        yield diagnostic("rechtsseite-veraltet", position, date=german_day(day))
