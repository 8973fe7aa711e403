"""List the crisis numbers that a page may show.

Numbers for professionals are never among them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup
from msgspec import Struct

from generator.hours.schedule import Schedule, compact
from generator.model.vocabulary import Elsewhere, HelpNumber, Topic
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.view import MacroCall
from generator.render.base.wording import further_languages, hours_words, schedule_of, week_text


class HelpItem(Struct, frozen=True):
    """A service in words; `href` is its website, `page` its page here. `open` is data for „answers now“, empty where always or unknown."""

    name: Markup
    phone: str  # as written
    text: Markup
    hours: str  # in words
    href: str
    checked: str  # when the number was tried, in words
    page: str = ""
    anchor: str = ""  # for links to it
    open: str = ""


class HelpList(MacroCall, frozen=True):
    """Services one below the other."""

    template = "macros/help.html"
    macro = "numbers"

    items: Sequence[HelpItem]


class ShortNumber(Struct, frozen=True):
    """A number in a line."""

    number: str
    name: Markup
    emergency: bool
    hours: str  # if not day and night
    verified: dt.date | None  # when somebody called to see that it is right
    first: bool  # whether it is shown at once; others are folded


def short_numbers(
    context: Context, first: int, *, young: bool = False, topic: str = ""
) -> Sequence[ShortNumber]:
    """Return families' numbers: emergencies, the `young` or the `topic`, day and night, others.

    The first few and all of the topic are `first`.
    """

    def is_preferred(item: HelpNumber) -> bool:
        return topic in item.topics or (young and item.audience == "young")

    numbers = sorted(
        family_numbers(context, young=young),
        key=lambda item: (not item.emergency, not is_preferred(item), not item.always),
    )
    return [
        ShortNumber(
            item.number,
            context.translated(item),
            item.emergency,
            "" if item.emergency or item.always else hours_of(context, item),
            context.words.checked(item.id),
            place < first or is_preferred(item),
        )
        for place, item in enumerate(numbers)
    ]


class Helper(Struct, frozen=True):
    """Who helps everywhere in Germany: a number with its `hours`, or a website."""

    name: Markup
    number: str
    hours: str
    href: str


def who_helps(context: Context, key: str) -> Topic:
    """Return the topic that says who helps everywhere, maybe its life situation."""
    topics = context.words.topics
    return topics[key] if topics[key].office else topics[context.words.situation_of(key)]


def lines_of(context: Context, topic: Topic) -> Sequence[HelpNumber | Elsewhere]:
    """Return whom one may call for a topic everywhere in Germany."""
    words = context.words
    named = [words.help.get(line) or words.elsewhere[line] for line in topic.lines]
    return named or [line for line in words.help.values() if topic.id in line.topics]


def helpers(context: Context, topic: Topic) -> Sequence[Helper]:
    """Return whom one may call for a topic everywhere, in words."""
    return [
        Helper(
            context.translated(line),
            line.number or "",
            hours_of(context, line) if isinstance(line, HelpNumber) else "",
            line.url or "",
        )
        for line in lines_of(context, topic)
    ]


def family_numbers(context: Context, *, young: bool = False, crisis: bool = True) -> Sequence[HelpNumber]:
    """Return families' numbers in order; `young` puts young people's right after emergencies.

    Unless `crisis`, those for poison, illness and the like follow last. Those of a Land stand only there.
    """
    land = context.site.config.land
    shown = [
        item
        for item in context.words.help.values()
        if item.audience != "professionals"
        and (item.crisis or not crisis)
        and (not item.lands or land in item.lands)
    ]
    written = {item.id: place for place, item in enumerate(shown)}

    def rank(item: HelpNumber) -> tuple[bool, bool, bool, int]:
        order = item.order if item.order is not None else written[item.id]
        return not item.emergency, not item.crisis, young and item.audience != "young", order

    return tuple(sorted(shown, key=rank))


def open_numbers(context: Context) -> Sequence[HelpNumber]:
    """Return crisis numbers that are answered day and night."""
    return [item for item in family_numbers(context) if item.emergency or item.always]


def talk_numbers(numbers: Iterable[HelpNumber]) -> Sequence[HelpNumber]:
    """Return who listens, the short numbers that one remembers first."""
    talk = [item for item in numbers if item.crisis and not item.emergency]
    return sorted(talk, key=lambda item: len(item.number))


def chats(context: Context, numbers: Iterable[HelpNumber]) -> Sequence[tuple[str, Markup]]:
    """Return the chats of numbers (link, name) for who can't speak."""
    return [(item.chat, context.translated(item)) for item in numbers if item.chat]


def oldest_check(context: Context, numbers: Iterable[HelpNumber]) -> dt.date | None:
    """Return the oldest day of trial among numbers; None without."""
    days = [context.words.checked(number.id) for number in numbers]
    return min((day for day in days if day is not None), default=None)


def help_list(context: Context, numbers: Iterable[HelpNumber]) -> Markup:
    """Show numbers with all details."""
    return context.call(HelpList(help_items(context, numbers)))


def help_items(context: Context, numbers: Iterable[HelpNumber]) -> Sequence[HelpItem]:
    """Return numbers with all details."""
    return [_make_help_item(context, number) for number in numbers]


def offer_help(context: Context, path: str, offers: Iterable[str]) -> Sequence[HelpItem]:
    """Return offers with telephone as help items, linked from `path`."""
    items = []
    for key in offers:
        facts, offer = context.facts.offers[key], context.site.offers[key]
        phone = facts.contact.number
        items.append(
            HelpItem(
                name=context.translated(offer),
                phone=phone,
                text=_and_languages(
                    context, context.translated(offer, "summary"), further_languages(context, offer)
                ),
                hours=offer_hours(context, key, 3),
                href="",
                checked="",
                page=urls.relative(path, context.path("offer", key)),
                open=_answered(context, answered_hours(context, key)),
            )
        )
    return items


def offer_hours(context: Context, key: str, limit: int) -> str:
    """Say when an offer's telephone is answered, in `limit` parts."""
    return week_text(context, answered_hours(context, key), limit)


def answered_hours(context: Context, key: str) -> Schedule | None:
    """Return when an offer's telephone is answered, which a course's hours don't say."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    way = facts.access.way if facts.access is not None else "open"
    is_course = way not in ("open", "direct") and not context.words.kinds[offer.kind].advice
    return facts.phone_schedule or (None if is_course and "phone" not in offer.remote else facts.schedule)


def _make_help_item(context: Context, number: HelpNumber) -> HelpItem:
    return HelpItem(
        name=context.translated(number),
        phone=number.number,
        text=_describe_number(context, number),
        hours=hours_of(context, number),
        href="" if number.emergency else number.url or "",
        checked=_checked(context, number),
        anchor=number.id,
        open="" if number.always else _answered(context, schedule_of(context, number.hours)),
    )


def _answered(context: Context, schedule: Schedule | None) -> str:
    """Return hours as data, empty for „always“ and unreadable ones; `quiet`: in no list of what is open."""
    if schedule is None or not schedule.readable or schedule.written.strip() == "24/7":
        return ""
    return compact(replace(schedule, entry="quiet"), context.texts.gettext)


def _checked(context: Context, number: HelpNumber) -> str:
    """Say when a number was tried; emergency numbers may not be."""
    _ = context.gettext
    if number.emergency:
        return ""
    day = context.words.checked(number.id)
    if day is None:
        return _("Nummer noch nicht geprüft")
    return _("Nummer geprüft am {date}").format(date=context.texts.date(day))


def _describe_number(context: Context, number: HelpNumber) -> Markup:
    """Return what one gets, further numbers, and other languages."""
    texts, words = context.texts, context.words
    text = pattern("{}\n").format(texts.of(number, "says").text or texts.of(number, "for_whom").text)
    if number.further_numbers:
        links = (linked(urls.telephone(other), other) for other in number.further_numbers)
        text += pattern("<br>{} {}").format(texts.gettext("Oder:"), Markup(", ").join(links))
    spoken = [tag for tag in number.languages if tag != context.site.config.language]
    names = texts.comma.join(texts.name(words.languages[tag]) for tag in spoken)
    return _and_languages(context, text, names)


def _and_languages(context: Context, text: Markup, spoken: str) -> Markup:
    if not spoken:
        return text
    also = context.gettext("Auch auf:")
    return text + pattern('<br><span class="nr-small">{} {}</span>').format(also, spoken)


def hours_of(context: Context, number: HelpNumber) -> str:
    """Return a help number's hours in words; empty if unknown."""
    if number.always:
        return context.gettext("Tag und Nacht")
    return hours_words(context, number.hours)


def when_of(context: Context, schedule: Schedule | None) -> tuple[str, str]:
    """Return hours as (data for scripts, words); both empty for none."""
    if schedule is None:
        return "", ""
    read = compact(replace(schedule, entry="quiet"), context.texts.gettext) if schedule.readable else ""
    return read, week_text(context, schedule, 4)
