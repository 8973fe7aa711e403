"""Make the boxes for people in danger.

A box says for a situation of `vocabulary/danger.yml`, need by need, in lines whom to call, the same for everybody.
A refuge shows its telephone and no name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import get_args

from markupsafe import Markup
from msgspec.structs import replace

from generator.hours.schedule import compact
from generator.model.crisis import CHILD, FOLDED, DangerLanguage, DangerLine, DangerSituation, Need
from generator.model.dear_numbers_and_hosts import host_of
from generator.model.vocabulary import HelpNumber
from generator.render.base import urls
from generator.render.base.area_names import named
from generator.render.base.context import Context, shared
from generator.render.base.view import OpeningState
from generator.render.base.wording import schedule_of
from generator.render.data_files.search_entries import index_order
from generator.render.directory.child_protection import (
    CUSTODY,
    ProtectionLine,
    adviser_lines,
    on_call_lines,
    protecting_offices,
)
from generator.render.directory.help_numbers import answered_hours, offer_hours, when_of
from generator.search.danger_data import Apart, Box, HelpLine, Spoken, danger
from generator.search.word_forms import base

MOST = 2
"""Of the offers that fit a line so many are named."""
_MOST_OFFICES = 4
"""Of the offices that share the town so many are named, each with its areas."""
TRADE = frozenset({"professionals"})
"""Groups of an offer that is for professionals alone."""
KindsAndGroups = frozenset[tuple[str, str]]
"""Kinds of offers with target groups: `apart` are those that have a line of their own in a situation."""
_VIOLENCE = frozenset({"violence", "sexual"})  # situations
_OWN = frozenset({"here", "place"})
"""Needs that the town's own services answer."""
NEEDS: Mapping[str, Sequence[str]] = {
    "needs": get_args(Need),
    "child": sorted(CHILD),
    "folded": sorted(FOLDED),
}  # for scripts: all needs, those of a child, those of which a box shows the title alone


def danger_boxes(context: Context) -> tuple[Box, ...]:
    """Return the boxes in order of help; none without help numbers."""
    if not context.words.help:
        return ()
    return tuple(_make_danger_box(context, situation) for situation in context.words.danger.values())


def danger_language(context: Context, language: str) -> DangerLanguage | None:
    """Return a language's words for boxes, or None."""
    wanted = base(language)
    for spoken in context.words.danger_words.values():
        if spoken.language == wanted and spoken.words is not None:
            return spoken
    return None


def own_services(context: Context) -> Iterator[HelpLine]:
    """Yield the town's services against violence and its safe place's number."""
    boxes = [box for box in danger_boxes(context) if box.id in _VIOLENCE]
    lines = (lines for box in boxes for need, lines in box.needs if need in _OWN)
    yield from dict.fromkeys(line for line in chain.from_iterable(lines) if line.local)


def _make_danger_box(context: Context, situation: DangerSituation) -> Box:
    rows = [row for need in situation.needs for row in need.lines]
    apart = frozenset((kind, group) for row in rows for kind in row.kinds for group in row.for_)
    needs = [(need.need, _make_help_lines(context, need.lines, apart)) for need in situation.needs]
    return Box(
        id=situation.id,
        quiet=situation.quiet,
        first=_make_help_lines(context, situation.first, apart),
        # What is "here" is told only where the town has something of its own.
        needs=tuple((need, lines) for need, lines in needs if need != "here" or (lines and lines[0].local)),
        topics=situation.topics,
        offers=_offers_about(context, situation),
    )


def _offers_about(context: Context, situation: DangerSituation) -> tuple[int, ...]:
    """Return index places of a situation's topics and their offers, less what is held back, and of its kinds."""
    offers = context.site.offers
    found = {
        key
        for key, offer in offers.items()
        if not set(situation.topics).isdisjoint(offer.topics) and not context.facts.offers[key].held_back
    }
    named = {key for key, offer in offers.items() if offer.kind in situation.kinds}
    return _index_places(context, {"offer": found | named, "topic": set(situation.topics)})


def _make_help_lines(
    context: Context, rows: Iterable[DangerLine], apart: KindsAndGroups = frozenset()
) -> tuple[HelpLine, ...]:
    """Return rows' lines once each; a number with hours isn't repeated without."""
    lines = dict.fromkeys(chain.from_iterable(_of_row(context, row, apart) for row in rows))
    unknown = context.gettext("Zeiten nicht eingetragen")
    with_hours = {line.phone for line in lines if line.when != unknown}
    return tuple(line for line in lines if line.when != unknown or line.phone not in with_hours)


def _of_row(context: Context, row: DangerLine, apart: KindsAndGroups) -> Iterator[HelpLine]:
    """Yield what a row names: a number, offers, else offices, who is on call, a link, a page."""
    if row.number is not None:
        number = context.words.help.get(row.number)
        if number is not None and (not number.lands or context.site.config.land in number.lands):
            yield _make_chat_line(context, number) if row.chat else _make_number_line(context, number)
    fitting = _fitting(context, row, apart)[:MOST]
    for key in fitting:
        yield _make_offer_line(context, key)
    if row.office and not fitting:
        offices = list(_offices(context))
        # One for the whole town is enough.
        yield from offices[: _MOST_OFFICES if offices and offices[0].for_whom else 1]
    if row.on_call:
        yield from _on_call(context)
    if row.link is not None:
        yield HelpLine(name=host_of(row.link), url=row.link)
    if row.page is not None and context.exists("topic", row.page):
        yield _make_page_line(context, row.page)


def _make_page_line(context: Context, topic: str) -> HelpLine:
    name = context.texts.of(context.words.topics[topic], "name")
    address = urls.relative(context.path("home"), context.path("topic", topic))
    return HelpLine(name=name.text, lang=name.lang, url=address, always=True)


def _make_chat_line(context: Context, number: HelpNumber) -> HelpLine:
    return HelpLine(name=context.gettext("Chat"), url=number.chat or "", always=number.always)


def _make_number_line(context: Context, number: HelpNumber) -> HelpLine:
    hours, when = ("", "") if number.always else when_of(context, schedule_of(context, number.hours))
    return HelpLine(
        name=context.texts.of(number, "name").text if number.emergency else "",
        phone=number.number,
        tel=urls.telephone(number.number),
        always=number.always,
        hours=hours,
        when=when,
        chat=number.chat or "",
        sign_language=number.sign_language or "",
        languages=_spoken_at(context, number.languages),
        called=(number.number, number.name, *number.words) if number.emergency else (),  # what people type
    )


def _spoken_at(context: Context, languages: Iterable[str]) -> tuple[str, ...]:
    """The languages spoken beside that of the data."""
    # Sign language is told apart.
    return tuple(tag for tag in languages if tag not in ("gsg", context.site.config.language))


def _fitting(context: Context, row: DangerLine, apart: KindsAndGroups) -> list[str]:
    """Return running offers of these kinds for families, best topics first.

    What is only for groups `apart` is left to the line that names them.
    """
    offers, found = context.site.offers, []
    for key in chain.from_iterable(_usable(context).get(kind, ()) for kind in row.kinds):
        offer = offers[key]
        has_own_line = bool(offer.for_) and all((offer.kind, group) in apart for group in offer.for_)
        if row.topics and offer.topics[0] not in row.topics:
            continue
        if has_own_line == bool(row.for_) and (not row.for_ or not set(row.for_).isdisjoint(offer.for_)):
            found.append(key)
    return sorted(found, key=lambda key: (-len(set(row.topics).intersection(offers[key].topics)), key))


@shared
def _usable(context: Context) -> dict[str, list[str]]:
    """Return running offers for families by kind, computed once.

    Nobody is sent to what is full, nor to what only another office can register them for.
    """
    found: dict[str, list[str]] = {}
    for key, offer in context.site.offers.items():
        closed = _is_full(context, key) or (offer.access is not None and offer.access.way == "referral")
        if offer.status == "running" and not closed and set(offer.for_) != TRADE:
            found.setdefault(offer.kind, []).append(key)
    return found


def _is_full(context: Context, key: str) -> bool:
    """Tell whether an offer is full now; refuges never are: they know others."""
    offer = context.site.offers[key]
    if not context.facts.offers[key].capacity_shown or offer.capacity is None:
        return False
    waits = offer.capacity.free == 0 and offer.capacity.waiting is not None
    return waits and not context.words.kinds[offer.kind].discreet


def _make_offer_line(context: Context, key: str) -> HelpLine:
    """Return an offer as a line; only telephone hours say that somebody answers."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    schedule = answered_hours(context, key)
    hours, when = "", offer_hours(context, key, 2) or context.gettext("Zeiten nicht eingetragen")
    if schedule is not None and schedule.readable and "phone" in offer.remote:
        hours = compact(dataclasses.replace(schedule, entry="quiet"), context.texts.gettext)
    always = schedule is not None and schedule.written.strip() == "24/7"
    line = HelpLine(
        name=context.gettext("Sicherer Platz"),  # of a refuge; others get their names below
        mark="bed" if offer.kind == CUSTODY or context.words.kinds[offer.kind].discreet else "",
        phone=facts.contact.number,
        tel=urls.telephone(facts.contact.number) if facts.contact.number else "",
        always=always,
        hours="" if always else hours,
        when="" if always else when,
        languages=_spoken_at(context, offer.languages),
        local=True,
        for_whom=context.texts.join(
            context.texts.name(context.words.target_groups[group]) for group in offer.for_
        ),
    )
    if context.words.kinds[offer.kind].discreet:
        return line
    name = context.texts.of(offer, "name")
    return replace(line, name=name.text, lang=name.lang)


def _offices(context: Context) -> Iterator[HelpLine]:
    """Yield child protection offices, the town-wide first, others with their areas."""
    for office in sorted(protecting_offices(context), key=lambda office: bool(office.serves)):
        if office.contact is not None and office.contact.number:
            hours, when = when_of(context, context.facts.office_hours.get(office.id))
            name = context.texts.of(office, "name")
            number = office.contact.number
            yield HelpLine(
                name=name.text,
                lang=name.lang,
                phone=number,
                tel=urls.telephone(number),
                hours=hours,
                when=when,
                for_whom=context.texts.join(named(context, area) for area in office.serves),
                local=True,
            )


def _on_call(context: Context) -> Iterator[HelpLine]:
    """Yield those offices' out-of-hours services, but no emergency numbers."""
    emergency = _find_emergency_numbers(context)
    for office in protecting_offices(context):
        duty = office.on_call
        if duty is None or not duty.phone or duty.phone in emergency:
            continue
        hours, when = when_of(context, schedule_of(context, duty.hours))
        yield HelpLine(
            name=context.gettext("Bereitschaft des Jugendamts"),
            mark="duty",
            phone=duty.phone,
            tel=urls.telephone(duty.phone),
            hours=hours,
            when=when or duty.when or "",
            local=True,
        )


def _find_emergency_numbers(context: Context) -> set[str]:
    return {number.number for number in context.words.help.values() if number.emergency}


def _for_professionals(lines: Iterable[ProtectionLine]) -> Iterator[HelpLine]:
    """Whom professionals call, with who stands in."""
    for line in lines:
        state = line.open or OpeningState("")
        if line.phone:
            yield HelpLine(
                name=line.name.striptags(),
                phone=line.phone,
                tel=urls.telephone(line.phone),
                always=state.state == "open",
                when=Markup.escape(state.text).striptags(),
                deputies=((line.deputy, urls.telephone(line.deputy)),) if line.deputy else (),
                local=True,
            )


def danger_files(context: Context) -> dict[str, bytes]:
    """Return the danger files by path; none without help numbers."""
    boxes = danger_boxes(context)
    if not boxes:
        return {}
    spoken = map(spoken_of, context.words.danger_words.values())
    languages = [one.language for one in _languages_of_boxes(context)]
    first, later = danger(boxes, spoken, languages, NEEDS, _gather_what_stays_apart(context))
    return {
        f"search/danger.{context.lang}.json": first,
        f"search/danger_later.{context.lang}.json": later,
    }


def _languages_of_boxes(context: Context) -> Iterator[DangerLanguage]:
    """Yield the page's language and the main one, where boxes have them."""
    for language in dict.fromkeys((context.lang, context.site.config.language)):
        if spoken := danger_language(context, language):
            yield spoken


def spoken_of(one: DangerLanguage) -> Spoken:
    """Return a language's phrases, word groups and texts of boxes."""
    texts = {}
    if one.words is not None:
        # A situation's name heads its folded lines where another one's first numbers above are the same.
        shown_names = {key: name for key, name in one.names.items() if key in one.says and key != "now"}
        texts = {
            **one.words.model_dump(),
            "names": shown_names,
            "says": one.says,
            "needs": one.needs,
            "more": one.more,
        }
    return Spoken(one.language, one.phrases, one.groups, texts, one.equal)


def _gather_what_stays_apart(context: Context) -> Apart:
    """Return what isn't suggested to professionals about violence, and whom they call."""
    words, emergency = context.words, _find_emergency_numbers(context)
    on_call = [line for line in on_call_lines(context) if line.phone not in emergency]
    return Apart(
        joint=_index_places(context, {"offer": _with_violence(context, "off")}),
        users=_index_places(context, {"offer": _with_violence(context, "last")}),
        topics=tuple(key for key in words.topics if words.is_grave(key)),
        duty=(*_for_professionals(on_call), *_offices(context)),
        advisers=tuple(_for_professionals(adviser_lines(context))),
    )


def _with_violence(context: Context, place: str) -> set[str]:
    """Return offers that come `last` or are `off` beside help against violence."""
    return {key for key, facts in context.facts.offers.items() if facts.with_violence == place}


def _index_places(context: Context, wanted: Mapping[str, set[str]]) -> tuple[int, ...]:
    """Return places in the search index by kind and key."""
    order = _indexed(context)
    return tuple(place for place, (kind, key) in enumerate(order) if key in wanted.get(kind, ()))


@shared
def _indexed(context: Context) -> tuple[tuple[str, str], ...]:
    """The entries of the index in their order."""
    return tuple(index_order(context))
