"""Make the boxes for people in danger.

They are the same for everybody in a situation. A refuge tells its telephone and no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import get_args

from generator.hours.schedule import compact
from generator.model.crisis import DangerLanguage, DangerLine, DangerSituation, Need
from generator.model.dear_numbers_and_hosts import host_of
from generator.model.vocabulary import HelpNumber
from generator.render.base import urls
from generator.render.base.context import Context, shared
from generator.render.base.wording import for_whom
from generator.render.data_files.search_entries import index_order
from generator.render.directory.child_protection import protecting_offices
from generator.render.directory.help_numbers import offer_hours, when_of
from generator.search.danger_data import Below, Box, HelpLine, Spoken, danger
from generator.search.word_forms import base

MOST = 2
"""Of the offers that fit a line so many are named."""
TRADE = frozenset({"professionals"})


def danger_boxes(context: Context) -> tuple[Box, ...]:
    """Return the boxes in the order of help; a town without help numbers has none."""
    if not context.words.help:
        return ()
    return tuple(_box(context, situation) for situation in context.words.danger.values())


def danger_language(context: Context, language: str) -> DangerLanguage | None:
    """Return the words that boxes speak in a language, or None where it has none."""
    wanted = base(language)
    for spoken in context.words.danger_words.values():
        if spoken.language == wanted and spoken.words is not None:
            return spoken
    return None


def _box(context: Context, situation: DangerSituation) -> Box:
    needs = [(need.need, _lines(context, need.lines)) for need in situation.needs]
    return Box(
        id=situation.id,
        quiet=situation.quiet,
        first=_lines(context, situation.first),
        needs=tuple((need, lines) for need, lines in needs if lines),
        topics=situation.topics,
        hits=situation.hits,
    )


def _lines(context: Context, rows: Iterable[DangerLine]) -> tuple[HelpLine, ...]:
    lines = chain.from_iterable(_of_row(context, row) for row in rows)
    return tuple(dict.fromkeys(lines))


def _of_row(context: Context, row: DangerLine) -> Iterator[HelpLine]:
    if row.number is not None:
        number = context.words.help.get(row.number)
        if number is not None and (not number.lands or context.site.config.land in number.lands):
            yield _number(context, number)
    if row.on_call:
        yield from _on_call(context)
    if row.link is not None:
        yield HelpLine(name=host_of(row.link), url=row.link)
    for key in _fitting(context, row)[:MOST]:
        yield _offer(context, key)


def _number(context: Context, number: HelpNumber) -> HelpLine:
    texts = context.texts
    hours, when = ("", "") if number.always else when_of(context, number.hours)
    name = texts.of(number, "name")
    called = (number.number, number.name, *number.words) if number.emergency else ()
    further = [(other, urls.telephone(other)) for other in number.further_numbers]
    return HelpLine(
        id=number.id,
        name=name.text,
        lang=name.lang,
        phone=number.number,
        tel=urls.telephone(number.number),
        for_whom=texts.of(number, "for_whom").text,
        always=number.always,
        hours=hours,
        when=when,
        further=tuple(further),
        chat=number.chat or "",
        sign_language=number.sign_language or "",
        languages=_spoken_at(context, number.languages),
        called=called,
    )


def _spoken_at(context: Context, languages: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The languages spoken beside that of the data, each with its tag and as its speakers write it."""
    words = context.words.languages
    spoken = (tag for tag in languages if tag not in ("gsg", context.site.config.language))
    return tuple((tag, words[tag].own or words[tag].name) for tag in spoken)


def _fitting(context: Context, row: DangerLine) -> list[str]:
    """The running offers of these kinds that families can use; where topics are named, those that are about one of them first of all."""
    by_kind = _usable(context)
    there = sorted(chain.from_iterable(by_kind.get(kind, ()) for kind in row.kinds))
    if not row.topics:
        return there
    return [key for key in there if context.site.offers[key].topics[0] in row.topics]


@shared
def _usable(context: Context) -> dict[str, list[str]]:
    """The running offers that families can use, by kind; gone through once for all lines. Nobody is sent tonight to what says that it is full."""
    found: dict[str, list[str]] = {}
    for key, offer in context.site.offers.items():
        if offer.status == "running" and not _is_full(context, key) and set(offer.for_) != TRADE:
            found.setdefault(offer.kind, []).append(key)
    return found


def _is_full(context: Context, key: str) -> bool:
    """Whether an offer says these days that nothing is free and one waits; a refuge knows others and is called all the same."""
    offer = context.site.offers[key]
    if not context.facts.offers[key].capacity_shown or offer.capacity is None:
        return False
    waits = offer.capacity.free == 0 and offer.capacity.waiting is not None
    return waits and not context.words.kinds[offer.kind].discreet


def _offer(context: Context, key: str) -> HelpLine:
    """An offer as a line. Its hours are always said; that somebody answers at them is known of hours of a telephone alone."""
    offer, facts, texts = context.site.offers[key], context.facts.offers[key], context.texts
    _ = texts.gettext
    schedule = facts.phone_schedule or facts.schedule
    always = schedule is not None and schedule.written.strip() == "24/7"
    hours = when = ""
    if not always:
        when = offer_hours(context, key, 4) or _("Zeiten nicht eingetragen")
        if schedule is not None and schedule.readable and "phone" in offer.remote:
            hours = compact(schedule)
    phone = facts.contact.number
    line = HelpLine(
        name=_("Sicherer Platz"),
        phone=phone,
        tel=urls.telephone(phone) if phone else "",
        always=always,
        hours=hours,
        when=when,
        languages=_spoken_at(context, offer.languages),
    )
    if context.words.kinds[offer.kind].discreet:
        return line
    name = texts.of(offer, "name")
    address = urls.relative(context.path("home"), context.path("offer", key))
    return replace(line, name=name.text, lang=name.lang, for_whom=for_whom(context, offer), url=address)


def _on_call(context: Context) -> Iterator[HelpLine]:
    """The public service out of hours of the offices that protect children; where it is an emergency number, that is named already."""
    emergency = {number.number for number in context.words.help.values() if number.emergency}
    for office in protecting_offices(context):
        duty = office.on_call
        if duty is None or not duty.phone or duty.phone in emergency:
            continue
        hours, when = when_of(context, duty.hours)
        yield HelpLine(
            id="on-call",
            name=context.gettext("Bereitschaft des Jugendamts"),
            phone=duty.phone,
            tel=urls.telephone(duty.phone),
            hours=hours,
            when=when or duty.when or "",
        )


def danger_files(context: Context) -> dict[str, bytes]:
    """Return the files of danger by their paths; a town without help numbers has none."""
    boxes = danger_boxes(context)
    if not boxes:
        return {}
    spoken = [_spoken(context, one) for one in context.words.danger_words.values()]
    own = [one.language for one in _own(context)]
    first, later = danger(boxes, spoken, own, get_args(Need), _below(context))
    return {
        f"search/danger.{context.lang}.json": first,
        f"search/danger_later.{context.lang}.json": later,
    }


def _own(context: Context) -> Iterator[DangerLanguage]:
    """The page's language and that of the data, where boxes speak them."""
    for language in dict.fromkeys((context.lang, context.site.config.language)):
        if spoken := danger_language(context, language):
            yield spoken


def _spoken(context: Context, one: DangerLanguage) -> Spoken:
    """Return what is said in a language; whom a number is for is told by the file of danger, else by the translation of the number."""
    texts = {}
    if one.words is not None:
        translated = {
            key: number.translations.get(one.language) for key, number in context.words.help.items()
        }
        numbers = {key: said.for_whom for key, said in translated.items() if said is not None}
        numbers |= one.numbers
        texts = {**one.words.model_dump(), "says": one.says, "needs": one.needs, "numbers": numbers}
    return Spoken(one.language, one.phrases, one.groups, texts)


def _below(context: Context) -> Below:
    """What may not stand below a box, by its place in the search index."""
    words, offers = context.words, context.site.offers
    users = _with_violence(context, "last")
    violent = tuple(key for key in words.topics if words.is_grave(key))
    grave = {key for key, offer in offers.items() if not set(violent).isdisjoint(offer.topics)}
    order = tuple(index_order(context))
    joint = _with_violence(context, "off")
    return Below(
        held=_places(order, _held_back(context, users)),
        joint=_places(order, {"offer": joint}),
        users=_places(order, {"offer": users}),
        grave=_places(order, {"offer": grave, "topic": set(violent)}),
        topics=violent,
    )


def _with_violence(context: Context, place: str) -> set[str]:
    """Return the offers that stand last or not at all where somebody looks for help against violence: `last` or `off`."""
    return {key for key, facts in context.facts.offers.items() if facts.with_violence == place}


def _held_back(context: Context, users: set[str]) -> dict[str, set[str]]:
    """Return what is held back under a box, by kind; not the offers for the `users` of violence, which have a rule of their own."""
    words = context.words
    offers = {key for key, facts in context.facts.offers.items() if facts.held_back}
    return {
        "offer": offers - users,
        "topic": {key for key, topic in words.topics.items() if topic.held_back},
        "term": {key for key, term in words.glossary.items() if term.held_back},
    }


def _places(order: Sequence[tuple[str, str]], wanted: Mapping[str, set[str]]) -> tuple[int, ...]:
    return tuple(place for place, (kind, key) in enumerate(order) if key in wanted.get(kind, ()))
