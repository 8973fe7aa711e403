"""Texts of public records and pages in; numbers that cost, and links that deceive or lead into a network that isn't the reader's, out.

What stands in a field of its own (`phone`, `website`) is refused where it is read, where nobody could want it. Here is asked what
somebody may have reasons for, and looked into texts; a passage that may stand there is named under `cleared` with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.persons import Trace, told_of
from generator.check.public_files import cleared_in_head
from generator.diagnostics import Diagnostic, Position
from generator.model.call_costs import price
from generator.model.site import Site
from generator.model.web_hosts import deceives, is_own_network
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, passages

_NUMBERS = ("phone", "mobile")
_NEVER_SHOWN = ("cleared", "notes")
_DIALLED = re.compile(r"(?<![\d+])(?:\+|00)?\d[\d ()/.\-]{2,24}\d")
_TALKED = 10
"""Digits that a number in a text has at least: shorter ones are years, times, sections of a law."""
_SHORT = re.compile(r"(?:tel:|\b[Tt]el(?:\.|efon)?\s?:?\s?)(118\d{2,3})\b")
_LINK = re.compile(r"(?:https?:|(?<=\()[/\\]{2})[^\s<>\"'|()\]]*[\w/]", re.IGNORECASE)


def check_reaching(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what leads people to a bill or elsewhere than they read; the internal site may lead into its own network."""
    if site.internal:
        return
    yield from reading.of_each(_in_record)
    for name, text in reading.pages.items():
        yield from reading.cache.call(_in_page, f"content/{name}", text)


def _in_record(source: RecordSource) -> Iterator[Diagnostic]:
    cleared = [item.text for item in source.record.cleared]
    for passage in passages(source):
        if not passage.path or passage.path[0] in _NEVER_SHOWN:
            continue
        if passage.path[-1] in _NUMBERS:
            yield from told_of(passage, _asked(passage.text), cleared)
        else:
            yield from told_of(passage, dear(passage.text), cleared)
            yield from told_of(passage, _links(passage.text), cleared)


def _in_page(name: str, text: str) -> tuple[Diagnostic, ...]:
    # Its links are looked at in the HTML that comes of it.
    passage = Passage(text, (), Position(name), tuple(text.split("\n")))
    return tuple(told_of(passage, dear(text), cleared_in_head(text, name)))


def _asked(number: str) -> Iterator[Trace]:
    """Yield a number to call where somebody has to say why; what nobody may name isn't read at all."""
    kind = price(number)
    if kind is not None:
        yield Trace("nummer-kostet", 0, len(number), kind.what)


def dear(text: str) -> Iterator[Trace]:
    """Yield the numbers of a text that cost more than a call, but for those that a field may name."""
    for match in _DIALLED.finditer(text):
        kind = price(match[0])
        if kind is not None and not kind.allowed and sum(map(str.isdigit, match[0])) >= _TALKED:
            yield Trace("teure-nummer-im-text", *match.span(), kind.what)
    for match in _SHORT.finditer(text):
        yield Trace("teure-nummer-im-text", *match.span(1), "eine Auskunft zum Preis pro Minute")


def _links(text: str) -> Iterator[Trace]:
    for match in _LINK.finditer(text):
        if reason := deceives(match[0]):
            yield Trace("link-taeuscht", *match.span(), reason)
        elif is_own_network(match[0]):
            yield Trace("link-ins-eigene-netz", *match.span())


CHECKS = (check_reaching,)
