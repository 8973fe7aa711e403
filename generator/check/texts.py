"""Texts of records in, placeholders, raw HTML and overlong sentences out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.offer import Offer
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import scalars

PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|TBD|lorem ipsum|xxx+|Text folgt|Platzhalter)\b|^\s*(?:\.{3}|…|\?+|-+)\s*$|\[\[",
    re.IGNORECASE,
)
HTML = re.compile(r"</?[a-zA-Z][^<>]*>")
WORDS_IN_SENTENCE = 20


def check_texts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report placeholders and HTML in any text, and summaries of offers with sentences that are too long."""
    # A template's „todo“ in the place of an id is told where ids are looked up.
    told = {item.position for item in reading.found}
    yield from (item for item in reading.of_each(_in_record) if item.position not in told)
    yield from reading.of_each(_foreign, tuple(site.config.trees))
    yield from reading.of_each(_long_sentence)


def _foreign(source: RecordSource, languages: tuple[str, ...]) -> Iterator[Diagnostic]:
    for language in getattr(source.record, "translations", {}):
        if language not in languages:
            place = source.position("translations", language, key=True)
            yield diagnostic("uebersetzung-fremd", place, language=language)


def _in_record(source: RecordSource) -> Iterator[Diagnostic]:
    for _, scalar in scalars(source.node):
        if match := PLACEHOLDER.search(scalar.text):
            yield diagnostic("platzhalter", scalar.position, value=match[0].strip())
        if "<" in scalar.text and (match := HTML.search(scalar.text)):
            yield diagnostic("rohes-html", scalar.position, value=match[0])


def _long_sentence(source: RecordSource) -> Iterator[Diagnostic]:
    if isinstance(source.record, Offer):
        longest = max(
            (len(sentence.split()) for sentence in re.split(r"[.!?:]\s", source.record.summary)),
            default=0,
        )
        if longest > WORDS_IN_SENTENCE:
            yield diagnostic("satz-lang", source.position("summary"), words=longest)


CHECKS = (check_texts,)
