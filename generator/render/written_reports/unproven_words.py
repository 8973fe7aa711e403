"""Find words in an edition that compare („mehr“, „gestiegen“) although no figure in their sentence differs by more than chance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.editions import Edition
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
    """Report the first word that compares in each sentence which has figures, of which none differs or has changed by more than chance.

    `calls` are the components that the text of the edition calls, with their places in it.
    """
    text = edition.text
    for start, end in _sentences(text, calls):
        figures = [call for call in calls if start <= call.start < end and call.name == "figure"]
        word = _COMPARING.search(_without_components(text, calls, start, end))
        if word is None or not figures or any(_is_notable(here, call) for call in figures):
            continue
        at = position_in(text, start + word.start(), start + word.end(), edition.file, edition.first_line)
        yield diagnostic("wort-ohne-beleg", at, word=word.group())


def _sentences(text: str, calls: Sequence[Call]) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends; a full stop inside a component ends none."""
    start, plain = 0, _without_components(text, calls, 0, len(text))
    for found in _SENTENCE_END.finditer(plain):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _without_components(text: str, calls: Sequence[Call], start: int, end: int) -> str:
    """Return a part of a text in which every sign of a component is an underscore, so that places stay the same."""
    signs = list(text[start:end])
    for call in calls:
        for place in range(max(call.start, start), min(call.end, end)):
            signs[place - start] = "_"
    return "".join(signs)


def _is_notable(here: EditionCallSite, call: Call) -> bool:
    """Tell whether the figure of a call differs from its benchmark or has changed, by more than chance.

    Of a call with an unknown id the answer is yes: composing the edition reports the id, and that is enough.
    """
    arguments = dict(zip(("indicator", "space", "period"), call.positional, strict=False)) | dict(call.named)
    name = str(arguments.get("indicator"))
    try:
        indicator = here.indicator(name)
        series = here.series(name)
        space = here.space(_text(arguments.get("space")))
        period = here.period(series, arguments.get("period"))
        part = here.part(indicator, _text(arguments.get("part")))
    except UnknownId:
        return True
    key = (space, period, part)
    comparison, change = series.comparisons.get(key), series.changes.get(key)
    differs = comparison is not None and comparison.verdict in NOTABLE
    return differs or (change is not None and change.verdict in NOTABLE)


def _text(value: object) -> str | None:
    """Return an argument as text; None where it wasn't given."""
    return None if value is None else str(value)
