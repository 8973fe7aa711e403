"""Needs in, what must not stand in them out: persons, cases, days on which somebody spoke; namings that can't be counted.

Unlike in public texts, what looks like a person is an error here: nobody needs a case to say what is missing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.check.persons import traces
from generator.check.privacy import PERSONAL
from generator.check.protected import is_text, reference_paths
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.dates import HalfYear
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, passages

_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DAY = re.compile(rf"\b(?:0?[1-9]|[12]\d|3[01])\.\s?(?:(?:0?[1-9]|1[0-2])\.|(?:{_MONTH})\b)(?:\s?\d{{2,4}})?")
_ONE_PERSON = re.compile(
    r"\b(?:[Dd]er|[Dd]ie|[Dd]as|[Uu]nser[e]?|[Ee]in(?:e[mnrs]?)?)\s+(?:\d{1,2}[- ]?[Jj]ährige[nr]?|(?:Kindes)?(?:mutter|vater)|Klient(?:in)?|Fall)\b"
)


def check_register(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report texts of needs that look like a case, and namings from the future or from another area."""
    now = HalfYear.of(today)
    for source in reading.of("needs"):
        need = site.needs[source.id]
        yield from personal(source, days=True)
        for number, naming in enumerate(need.named):
            if naming.half_year > now:
                place = source.position("named", number, "half_year")
                yield diagnostic("nennung-in-zukunft", place, value=naming.half_year)
            if naming.space is not None and naming.space not in need.spaces:
                place = source.position("named", number, "space")
                known = ", ".join(need.spaces) or "keines"
                yield diagnostic("nennung-anderes-gebiet", place, value=naming.space, known=known)


def personal(source: RecordSource, *, days: bool) -> Iterator[Diagnostic]:
    """Report the first thing of each text that looks like a case; in `days` on which somebody spoke too."""
    skipped = reference_paths(source.record)
    cleared = [item.text for item in source.record.cleared]
    for passage in passages(source):
        # A comment has no path.
        if passage.path[:1] == ("cleared",) or (passage.path and not is_text(passage.path, skipped)):
            continue
        for start, end in _spans(passage, days=days)[:1]:
            value = " ".join(passage.text[start:end].split())
            if not any(value in text for text in cleared):
                yield diagnostic("eintrag-persoenlich", passage.at(start, end), value=value)


def _spans(passage: Passage, *, days: bool) -> list[tuple[int, int]]:
    """Return where a text speaks of a person, or of a day, in the order of the text."""
    role = passage.path[-1:] == ("who",)
    spans = [(trace.start, trace.end) for trace in traces(passage.text, role=role)]
    patterns = [PERSONAL, _ONE_PERSON]
    if days:
        patterns.append(_DAY)
    for pattern in patterns:
        spans += [match.span() for match in pattern.finditer(passage.text)]
    return sorted(spans)


DATED_CHECKS = (check_register,)
