"""Check crisis texts, help numbers, danger words, and talks of both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from generator.derive.masking import is_joint
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.config import SiteConfig
from generator.model.crisis import CRISIS, crisis_language
from generator.model.dates import Duration, german_day
from generator.model.site import Site
from generator.read.nodes import position_at
from generator.read.project import Reading
from generator.read.written_texts import FIELD, FOLDER, head_of

VALID = Duration(6, "months")
"""For so long a number that was called counts as known."""


def check_joint_talks(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report talks of both sides on violence."""
    for source in reading.of("offers"):
        offer = site.offers[source.id]
        for number, topic in enumerate(offer.topics if is_joint(site.words, offer) else ()):
            if site.words.is_grave(topic):
                yield diagnostic("gemeinsam-bei-gewalt", source.position("topics", number), topic=topic)


def check_help_numbers(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report a publishing town's numbers not tried for six months. Nobody may try 110 or 112."""
    del reading
    if not site.config.publish or site.internal:
        return
    for one in site.words.help.values():
        if one.emergency or (one.lands and site.config.land not in one.lands):
            continue
        day = site.words.checked(one.id)
        if day is None or VALID.after(day) < today:
            since = f"seit {day:%d.%m.%Y}" if day is not None else "noch nie"
            place = Position("resources/help_checks.yml")
            yield diagnostic(
                "hilfenummer-ungeprueft", place, id=one.id, number=one.number, name=one.name, since=since
            )


def check_danger_words(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a publishing town's danger languages that no speaker read."""
    del reading
    if not site.config.publish or site.internal:
        return
    for one in site.words.danger_words.values():
        if not one.reviewed:
            place = Position("resources/danger_words.yml")
            language = site.words.languages.get(one.language)
            name = one.language if language is None else language.name
            yield diagnostic("gefahr-ungelesen", place, id=one.id, language=name)


REVIEWED_FOR = Duration(12, "months")
SAFE = f"{CRISIS}sicher.md"
"""The crisis text that every language with few pages needs."""


def check_crisis_texts(reading: Reading, site: Site, today: dt.date) -> Iterator[Diagnostic]:
    """Report crisis texts without valid review. Without any they stop a public site with `publish: yes`."""
    config = site.config
    unread = ""
    if config.publish and not site.internal:
        yield from _missing_texts(config, reading.pages)
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
        # A review with a place of its own is there and was reported as wrongly written.
        elif unread and (head is None or position_at(head, (FIELD,)) == head.position):
            yield diagnostic(unread, Position(file, 1), day=today.isoformat())


def _missing_texts(config: SiteConfig, pages: Collection[str]) -> Iterator[Diagnostic]:
    """Report languages with few pages that lack a crisis text."""
    for language in config.first_doors:
        name = f"{language}/{SAFE}"
        if language not in config.languages and name not in pages:
            yield diagnostic("krisentext-fehlt", Position(f"{FOLDER}/{name}"), language=language)


def _reviewed(day: dt.date, place: Position, today: dt.date) -> Iterator[Diagnostic]:
    """Report a review in the future or older than `REVIEWED_FOR`."""
    if day > today:
        yield diagnostic("krisentext-in-zukunft", place, date=german_day(day), today=german_day(today))
    elif REVIEWED_FOR.after(day) < today:
        yield diagnostic("krisentext-veraltet", place, date=german_day(day))


CHECKS = (check_joint_talks, check_danger_words)
DATED_CHECKS = (check_help_numbers,)
