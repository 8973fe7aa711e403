"""Hand-written pages in; placeholders on any of them, and of those that the law asks for or that tell it what is missing or older than a year, out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.dates import Duration, parse_date
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
    for name in PAGES:
        file = f"content/{name}.md"
        # One that can't be read was reported.
        if publish and not reading.door.holds(reading.root / file):
            yield diagnostic("rechtsseite-fehlt", Position(file), name=name)
    if publish and reading.settings is not None and not site.config.publisher.email:
        yield diagnostic("ohne-meldeweg", position_at(reading.settings, ("publisher",), key=True))
    for name, text in reading.pages.items():
        if is_edition(name):
            continue
        file = f"content/{name}"
        for number, line in enumerate(text.split("\n"), 1):
            for match in _PLACEHOLDER.finditer(line):
                code = "rechtsseite-platzhalter" if publish else "rechtsseite-unfertig"
                yield diagnostic(
                    code, Position(file, number, match.start() + 1, len(match[0])), value=match[0]
                )
        dated = PurePosixPath(name).stem in PAGES or name.endswith(RIGHTS)
        written = _DATE.search(text) if dated else None
        if written is not None:
            row = text.count("\n", 0, written.start()) + 1
            try:
                day = parse_date(written[1])
            except PydanticCustomError as error:
                yield diagnostic(error.type, Position(file, row), **(error.context or {}))
                continue
            if YEARLY.after(day) < today:
                yield diagnostic(
                    "rechtsseite-veraltet", Position(file, row), date=f"{day.day}.{day.month}.{day.year}"
                )
