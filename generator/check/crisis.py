"""Check crisis texts, help numbers, danger words, and what refuges' records tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator

from generator.check.protected import is_text, reference_paths
from generator.derive.protected_offers import (
    OWN_WORDS,
    WITHHELD,
    is_discreet,
    is_joint,
    protected_ids,
    withheld,
)
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.config import SiteConfig
from generator.model.crisis import CRISIS, crisis_language
from generator.model.dates import Duration, german_day
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies
from generator.read.nodes import at, position_at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import FIELD, FOLDER, head_of, passages

VALID = Duration(6, "months")
"""For so long a number that was called counts as known."""
_DAYS = r"Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
TELLING = re.compile(
    rf"\b(?:{_DAYS})\w*|\b\d{{1,2}}(?:[.:]\d{{2}})? ?(?:Uhr|[ap]\.?m\b)|\b(?:[01]?\d|2[0-3]):[0-5]\d\b|"
    r"\b(?:halb|viertel (?:vor|nach)|dreiviertel) (?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b|"
    r"\b\d+ (?:freie )?Plätze? frei\b|\bPlätze frei\b",
    re.IGNORECASE,
)
"""Days, times and free places: „dienstags“, „10 Uhr“, „halb drei“, „3 Plätze frei“."""
_REPORTED = {(name,) for name in WITHHELD} | {("cleared",)}
"""Paths of fields that `_fields` reports as a whole, and of what was cleared."""


def check_discretion(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report times and places of refuges and violence groups, and talks of both sides on violence."""
    # Shorter names are words of other meanings, too.
    areas = any_name(space.name for space in site.spaces.values() if len(space.name) > 3)
    for source in reading.of_each(_of_concern, Same(site.words), folders=("offers",)):
        offer = site.offers[source.id]
        if is_joint(site.words, offer):
            for number, topic in enumerate(offer.topics):
                if site.words.is_grave(topic):
                    yield diagnostic("gemeinsam-bei-gewalt", source.position("topics", number), topic=topic)
        if not site.internal and is_discreet(site.words, offer):
            yield from _fields(site, source, offer)
            yield from _texts(source, areas)


def _fields(site: Site, source: RecordSource, offer: Offer) -> Iterator[Diagnostic]:
    """Report an offer's fields that the public site omits."""
    for field in withheld(site, offer):
        # That a place leads nowhere is told where references are read.
        if field != "place" or offer.place in site.places:
            yield diagnostic("verschwiegen", source.position(field, key=True), field=field)


def check_own_words(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report protected records' unconfirmed texts, which aren't shown."""
    if site.internal:
        return
    for folder, key in sorted(protected_ids(site, reading.seen(site))):
        source = reading.sources.get((folder, key))
        if source is None or getattr(source.record, "text_confirmed", None) is not None:
            continue
        written = [name for name in OWN_WORDS if at(source.node, (name,)) is not None]
        if written:
            position = source.position(written[0], key=True)
            yield diagnostic("text-unbestaetigt", position, fields=", ".join(written))


def _of_concern(source: RecordSource, words: Same[Vocabularies]) -> Iterator[RecordSource]:
    """Yield offers that withhold time and place, or joint talks."""
    offer = source.record
    if isinstance(offer, Offer) and (is_discreet(words.value, offer) or is_joint(words.value, offer)):
        yield source


def any_name(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for names as words; None for none."""
    ways = "|".join(rf"\b{re.escape(name)}\b" for name in dict.fromkeys(names))
    return re.compile(ways) if ways else None


def _texts(source: RecordSource, areas: re.Pattern[str] | None) -> Iterator[Diagnostic]:
    """Report each text's first word on when or where, unless `cleared`."""
    skipped = reference_paths(source.record)
    for passage in passages(source):
        if not is_text(passage.path, skipped) or passage.path[:1] in _REPORTED:
            continue
        text = passage.text
        for item in source.record.cleared:
            text = text.replace(item.text, " " * len(item.text))
        found = TELLING.search(text) or (areas.search(text) if areas is not None else None)
        if found is not None:
            yield diagnostic("verschwiegen-text", passage.at(*found.span()), value=found[0])


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


CHECKS = (check_discretion, check_own_words, check_danger_words)
DATED_CHECKS = (check_help_numbers,)
