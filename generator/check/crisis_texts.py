"""Texts for families in need: those that nobody has reviewed, that are missing in a language, or whose review is old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.config import SiteConfig
from generator.model.dates import Duration, german_day
from generator.model.review import CRISIS, crisis_language
from generator.model.site import Site
from generator.read.nodes import position_at
from generator.read.project import Reading
from generator.read.written_texts import FIELD, FOLDER, head_of

YEARLY = Duration(12, "months")
SAFE = f"{CRISIS}sicher.md"


def check_crisis_texts(reading: Reading, site: Site, today: dt.date) -> Iterator[Diagnostic]:
    """Report what nobody has read; with `publish: yes` a text without review, or none at all, stops the build.

    The internal site publishes nothing, and of an invented town nobody needs to read anything.
    """
    config = site.config
    unread = ""
    if config.publish and not site.internal:
        yield from _missing(config, reading.pages)
        unread = "krisentext-ungeprueft"
    elif not config.invented:
        unread = "krisentext-entwurf"
    for name, text in reading.pages.items():
        if crisis_language(name, config.trees) is None:
            continue
        file, review = f"{FOLDER}/{name}", site.reviews.get(name)
        head = head_of(text, file)
        if review is not None:
            place = position_at(head, (FIELD, "date")) if head is not None else Position(file, 1)
            yield from _reviewed(review.date, place, today)
        # One that is written wrongly was reported.
        elif unread and (head is None or position_at(head, (FIELD,)) == head.position):
            yield diagnostic(unread, Position(file, 1), day=today.isoformat())


def _missing(config: SiteConfig, pages: Collection[str]) -> Iterator[Diagnostic]:
    """Report the first doors for which nobody has written what to do in danger."""
    for language in config.first_doors:
        name = f"{language}/{SAFE}"
        if language not in config.languages and name not in pages:
            yield diagnostic("krisentext-fehlt", Position(f"{FOLDER}/{name}"), language=language)


def _reviewed(day: dt.date, place: Position, today: dt.date) -> Iterator[Diagnostic]:
    """Report a day of review that lies ahead or more than a year back."""
    if day > today:
        yield diagnostic("krisentext-in-zukunft", place, date=german_day(day), today=german_day(today))
    elif YEARLY.after(day) < today:
        yield diagnostic("krisentext-veraltet", place, date=german_day(day))
