"""An edition's text and its components in, words that say more than the figure beside them bears out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.edition import Edition
from generator.render.components.calls import Call, UnknownId, position_in
from generator.render.figures.sentences import NOTABLE
from generator.render.written_reports.edition_call_site import EditionCallSite

_COMPARING = re.compile(
    r"\b(?:mehr|weniger|meisten|wenigsten|höchste\w*|niedrigste\w*|größte\w*|kleinste\w*|höher\w*|niedriger\w*|größer\w*|kleiner\w*"
    r"|gestiegen|gesunken|gewachsen|zugenommen|abgenommen|häufiger|seltener)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


def unproven_words(here: EditionCallSite, edition: Edition, calls: Sequence[Call]) -> Iterator[Diagnostic]:
    """Ask about each word that compares in a sentence with figures of which none differs or has changed by more than chance."""
    text = edition.text
    for start, end in _sentences(text, calls):
        there = [call for call in calls if start <= call.start < end and call.name == "figure"]
        said = _COMPARING.search(_without(text, calls, start, end))
        if said is None or not there or any(_is_notable(here, call) for call in there):
            continue
        at = position_in(text, start + said.start(), start + said.end(), edition.file, edition.first_line)
        yield diagnostic("wort-ohne-beleg", at, word=said.group())


def _sentences(text: str, calls: Sequence[Call]) -> Iterator[tuple[int, int]]:
    """Yield where each sentence stands; what is in a component ends none."""
    start, plain = 0, _without(text, calls, 0, len(text))
    for found in _SENTENCE_END.finditer(plain):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _without(text: str, calls: Sequence[Call], start: int, end: int) -> str:
    """Return a part of a text with blanks of the same length in the place of components."""
    signs = list(text[start:end])
    for call in calls:
        for place in range(max(call.start, start), min(call.end, end)):
            signs[place - start] = "_"
    return "".join(signs)


def _is_notable(here: EditionCallSite, call: Call) -> bool:
    """Tell whether a figure differs from its benchmark or has changed, by more than chance; what doesn't work is told elsewhere."""
    arguments = dict(zip(("indicator", "space", "period"), call.positional, strict=False)) | dict(call.named)
    try:
        indicator, series = (
            here.indicator(str(arguments.get("indicator"))),
            here.series(str(arguments.get("indicator"))),
        )
        space = here.space(_text(arguments.get("space")))
        key = (
            space,
            here.period(series, arguments.get("period")),
            here.part(indicator, _text(arguments.get("part"))),
        )
    except UnknownId:
        return True
    comparison, change = series.comparisons.get(key), series.changes.get(key)
    differs = comparison is not None and comparison.verdict in NOTABLE
    return differs or (change is not None and change.verdict in NOTABLE)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
