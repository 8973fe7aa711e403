"""A context in, the file of danger out: words in all languages, answers and their lines in the words of this one.

A line is a help number, an offer of the town or the office's service out of hours. Offers are told by name and telephone;
of a refuge there is nothing else to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.hours.schedule import compact
from generator.model.danger import DangerAnswer, DangerLine, DangerWords
from generator.model.vocabulary import HelpNumber
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.wording import for_whom
from generator.render.data_files.search_entries import directory_order
from generator.render.directory.child_protection import protecting_offices
from generator.render.directory.help_numbers import hours_of, when_of
from generator.render.directory.opening import week_text
from generator.search.danger_data import Answer, Aside, Helping, HelpLine, danger

MOST = 2
"""Of the offers that fit a line so many are named; the topic's page has them all."""
INJURED = "notruf"
"""The number for those who are hurt, whatever happened."""
_NO_CLASS = ("id", "language")


def danger_files(context: Context) -> dict[str, bytes]:
    """Return the file of danger by its path; a town without an emergency number has none."""
    words = context.site.words
    if INJURED not in words.help:
        return {}
    answers = {key: _answer(context, answer) for key, answer in words.danger_answers.items()}
    content = danger(
        [(entry.language, _classes(entry)) for entry in words.danger_words.values()],
        {key: answer for key, answer in answers.items() if answer.lines},
        _number(context, words.help[INJURED]),
        _aside(context),
        [key for key in words.topics if words.is_grave(key)],
        _helping(context),
    )
    return {f"search/danger.{context.lang}.json": content}


def _classes(entry: DangerWords) -> dict[str, Sequence[str]]:
    return {
        name: getattr(entry, name)
        for name in DangerWords.model_fields
        if name not in _NO_CLASS and getattr(entry, name)
    }


def _helping(context: Context) -> Iterator[Helping]:
    """The offers that lines may name, together where they are of the same answers."""
    known = context.site.words.danger_answers
    of: dict[str, list[str]] = {}
    for answer in known.values():
        rows = [row for row in answer.lines if row.number is None and not row.on_call]
        for key in dict.fromkeys(key for row in rows for key in _fitting(context, row)):
            of.setdefault(key, []).append(answer.id)
    alike: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for key, answers in of.items():
        only = bool(context.site.offers[key].for_) and any(known[id].violence for id in answers)
        alike.setdefault((tuple(answers), only), []).append(key)
    for (ids, only), keys in alike.items():
        yield Helping(ids, only, _places(context, keys))


def _answer(context: Context, answer: DangerAnswer) -> Answer:
    words, texts = context.site.words, context.texts
    lines = dict.fromkeys(line for row in answer.lines for line in _lines(context, row))
    return Answer(
        title=texts.name(answer),
        says=texts.of(answer, "says").text,
        lines=tuple(lines),
        acute=_number(context, words.help[answer.acute]),
        violence=answer.violence,
        topics=answer.topics,
    )


def _places(context: Context, keys: Iterable[str]) -> tuple[int, ...]:
    """Where in the search index, which begins with the offers, some of them stand."""
    wanted = frozenset(keys)
    return tuple(place for place, key in enumerate(directory_order(context)) if key in wanted)


def _lines(context: Context, row: DangerLine) -> Iterator[HelpLine]:
    if row.number is not None:
        number = context.site.words.help[row.number]
        if not number.lands or context.site.config.land in number.lands:
            yield _number(context, number)
    elif row.on_call:
        yield from _on_call(context)
    else:
        for key in list(_fitting(context, row))[:MOST]:
            yield _offer(context, key)


def _number(context: Context, number: HelpNumber) -> HelpLine:
    texts = context.texts
    hours, _ = when_of(context, number.hours)
    return HelpLine(
        name=texts.name(number),
        phone=number.number,
        tel=urls.telephone(number.number),
        for_whom=texts.of(number, "for_whom").text,
        always=number.always,
        hours="" if number.always else hours,
        when=hours_of(context, number),
        further=tuple((other, urls.telephone(other)) for other in number.further_numbers),
        chat=number.chat or "",
        sign_language=number.sign_language or "",
        languages=_spoken(context, (tag for tag in number.languages if tag != "gsg")),
    )


def _spoken(context: Context, languages: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The languages spoken beside that of the page, each with its tag and name."""
    words = context.site.words.languages
    return tuple((tag, context.texts.name(words[tag])) for tag in languages if tag != context.lang)


def _fitting(context: Context, row: DangerLine) -> Iterable[str]:
    """The running offers of these kinds, about these topics, for these people; those for nobody in particular come last."""
    wanted, unwanted, topics = set(row.for_), set(row.not_for), set(row.topics)
    found = []
    for key in directory_order(context):
        offer = context.site.offers[key]
        if offer.status != "running" or (row.kinds and offer.kind not in row.kinds):
            continue
        if row.topics and topics.isdisjoint(offer.topics):
            continue
        groups = set(offer.for_)
        if not groups or ((not wanted or wanted & groups) and not groups <= unwanted):
            found.append(key)
    return sorted(found, key=lambda key: not wanted & set(context.site.offers[key].for_))


def _offer(context: Context, key: str) -> HelpLine:
    """An offer as a line; only hours of a telephone are hours of the line."""
    offer, facts, texts = context.site.offers[key], context.facts.offers[key], context.texts
    schedule = facts.schedule
    always = schedule is not None and schedule.written.strip() == "24/7"
    answered = schedule is not None and "phone" in offer.remote and schedule.readable
    phone = facts.contact.number
    return HelpLine(
        name=texts.name(offer),
        phone=phone,
        tel=urls.telephone(phone) if phone else "",
        for_whom=for_whom(context, offer),
        always=always,
        hours=compact(schedule) if schedule is not None and answered and not always else "",
        when=texts.gettext("Tag und Nacht")
        if always
        else week_text(texts, schedule, 4)
        if schedule is not None and not context.site.words.kinds[offer.kind].meets
        else "",
        url=urls.relative(context.path("home"), context.path("offer", key)),
        chat=facts.contact.website or "" if "chat" in offer.remote else "",
        languages=_spoken(context, offer.languages),
    )


def _on_call(context: Context) -> Iterator[HelpLine]:
    """The public service out of hours of the offices that protect children; where it is an emergency number, that is named already."""
    emergency = {number.number for number in context.site.words.help.values() if number.emergency}
    for office in protecting_offices(context):
        duty = office.on_call
        if duty is None or not duty.phone or duty.phone in emergency:
            continue
        hours, when = when_of(context, duty.hours)
        yield HelpLine(
            name=context.texts.gettext("Bereitschaft des Jugendamts"),
            phone=duty.phone,
            tel=urls.telephone(duty.phone),
            hours=hours,
            when=when or duty.when or "",
        )


def _aside(context: Context) -> Aside:
    """Those that violence puts aside."""
    offers = context.facts.offers
    off, last = (
        _places(context, (key for key, facts in offers.items() if facts.with_violence == where))
        for where in ("off", "last")
    )
    return Aside(off, last)
