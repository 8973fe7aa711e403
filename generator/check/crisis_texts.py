"""Texts for families in need: those that nobody has reviewed, that are missing in a language, or whose review is old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.dates import Duration
from generator.model.review import CRISIS, crisis_language
from generator.model.site import Site
from generator.read.content import FOLDER, head_of
from generator.read.nodes import position_at
from generator.read.project import Reading
from generator.read.reviews import FIELD

YEARLY = Duration(12, "months")
SAFE = f"{CRISIS}sicher.md"


def check_crisis_texts(reading: Reading, site: Site, today: dt.date) -> Iterator[Diagnostic]:
    """Report what nobody has read; with `publish: yes` a text without review, or none at all, stops the build.

    The internal site publishes nothing, and of an invented town nobody needs to read anything.
    """
    config = site.config
    publish = config.publish and not site.internal
    for language in config.first_doors:
        name = f"{language}/{SAFE}"
        if publish and language not in config.languages and name not in reading.pages:
            yield diagnostic("krisentext-fehlt", Position(f"{FOLDER}/{name}"), language=language)
    for name, text in reading.pages.items():
        if crisis_language(name, config.trees) is None:
            continue
        file, review = f"{FOLDER}/{name}", site.reviews.get(name)
        head = head_of(text, file)
        if review is None:
            # One that is written wrongly was reported.
            if head is not None and position_at(head, (FIELD,)) != head.position:
                continue
            if publish:
                yield diagnostic("krisentext-ungeprueft", Position(file, 1), day=today.isoformat())
            elif not config.invented:
                yield diagnostic("krisentext-entwurf", Position(file, 1), day=today.isoformat())
            continue
        place = position_at(head, (FIELD, "date")) if head is not None else Position(file, 1)
        written = f"{review.date.day}.{review.date.month}.{review.date.year}"
        if review.date > today:
            yield diagnostic(
                "krisentext-in-zukunft", place, date=written, today=f"{today.day}.{today.month}.{today.year}"
            )
        elif YEARLY.after(review.date) < today:
            yield diagnostic("krisentext-veraltet", place, date=written)
