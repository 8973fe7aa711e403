"""List crisis numbers that a page may show, and whom professionals call for a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup
from msgspec import Struct, structs

from generator.hours.schedule import Schedule, compact
from generator.model.areas_and_offices import Office, OnCall, TeamPart
from generator.model.dates import Hours
from generator.model.vocabulary import Elsewhere, HelpNumber, Topic
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.view import MacroCall, OpeningState
from generator.render.base.wording import further_languages, hours_words, opening, schedule_of, week_text
from generator.render.directory.contact import ADVISER, adviser_parts, role_name
from generator.render.directory.record_lines import space_lines


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
    return [_item(context, number) for number in numbers]


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


def _item(context: Context, number: HelpNumber) -> HelpItem:
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


CUSTODY = "inobhutnahme-42"
"""The kind of offer that takes children in when they can't stay at home (§ 42 SGB VIII)."""
# Groups of offices: who is on call out of hours, and who answers if that fails.
ON_CALL = "rufbereitschaft"
_STANDS_IN = "rufbereitschaft-vertretung"
_GROUPS = frozenset({"asd", ON_CALL})
"""Groups of offices that protect children."""


class ProtectionLine(Struct, frozen=True):
    """A contact for child protection: whom it serves (`for_whom`), hours, deputy, anchor.

    `outside` is the number outside of hours and `outside_hours` when it answers; `also` other names,
    `checked` when somebody looked.
    """

    name: Markup
    for_whom: Markup | str
    phone: str  # empty if unknown
    open: OpeningState | None = None  # hours, with data for a script
    deputy: str = ""
    outside: str = ""
    outside_hours: str = ""
    anchor: str = ""
    also: str = ""
    checked: dt.date | None = None


def protecting_offices(context: Context) -> Sequence[Office]:
    """Return the offices that protect children, as they are written."""
    return [office for office in context.site.offices.values() if not _GROUPS.isdisjoint(office.all_groups)]


def emergency_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return the emergency numbers."""
    return [_number_line(context, item) for item in context.words.help.values() if item.emergency]


def professional_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return help numbers only for professionals, never on families' pages."""
    numbers = context.words.help.values()
    return [_number_line(context, item) for item in numbers if item.audience == "professionals"]


def _number_line(context: Context, item: HelpNumber) -> ProtectionLine:
    state = _always(context) if item.always else _written_hours(context, item.hours)
    return ProtectionLine(context.translated(item), context.translated(item, "for_whom"), item.number, state)


def office_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return child protection offices, whom they serve, their hours."""
    return [office_line(context, office) for office in protecting_offices(context)]


def office_line(context: Context, office: Office) -> ProtectionLine:
    """Return an office with whom it serves and its hours."""
    line = ProtectionLine(
        name=context.translated(office),
        for_whom=_areas(context, office.serves) or context.gettext("ganze Stadt"),
        phone=office.contact.number if office.contact else "",
        open=_hours(context, context.facts.office_hours.get(office.id)),
        also=also_called(context, office),
        checked=office.checked,
    )
    duty = office.on_call
    if duty is None:
        return line
    when = _written_hours(context, duty.hours)
    return structs.replace(
        line, outside=duty.phone or "", outside_hours=when.text if when is not None else ""
    )


def also_called(context: Context, office: Office) -> Markup:
    """Return an office's other names, its groups' included."""
    words, texts = context.words.office_groups, context.texts
    groups = [words[group] for group in office.all_groups if group in words]
    names = {name: context.written(name) for name in office.also}
    for word in groups:
        names.setdefault(word.short or "", context.written(word.short))
        names.setdefault(texts.name(word), context.translated(word))
    return Markup(", ").join(html for name, html in names.items() if name and name not in texts.name(office))


def on_call_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return those offices' out-of-hours contacts, shared ones once."""
    found: dict[tuple[str, str, str], tuple[OnCall, list[Office]]] = {}
    for office in protecting_offices(context):
        if (duty := office.on_call) is not None:
            key = (duty.phone or "", duty.when or "", duty.hours.written if duty.hours else "")
            found.setdefault(key, (duty, []))[1].append(office)
    group, stands_in = context.gettext("Rufbereitschaft"), deputy_on_call(context)
    lines = []
    for duty, offices in found.values():
        name, also = Markup.escape(context.gettext("Bereitschaft des Jugendamts")), group
        for_whom, state = context.written(duty.when), _written_hours(context, duty.hours)
        if len(found) > 1:
            name, also = (
                pattern("{}: {}").format(group, Markup(", ").join(map(context.translated, offices))),
                "",
            )
        if state is None and for_whom:  # words that say when stand in the place of hours
            for_whom, state = Markup(), OpeningState(for_whom)
        # The oldest check counts, and none at all is older.
        checked = min((office.checked for office in offices), key=lambda day: day or dt.date.min)
        line = ProtectionLine(name, for_whom, duty.phone or "", state, stands_in, also=also, checked=checked)
        lines.append(line)
    return lines


def deputy_on_call(context: Context) -> str:
    """Return the number when on-call service is absent, if recorded."""
    for office in context.site.offices.values():
        if _STANDS_IN in office.all_groups and office.contact and office.contact.number:
            return office.contact.number
    return ""


def custody_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return who takes children in (Inobhutnahme), without places."""
    lines = []
    for key, offer in context.site.offers.items():
        facts = context.facts.offers[key]
        phone = facts.contact.number
        if offer.kind == CUSTODY and facts.active and phone:
            kind = context.texts.name(context.words.kinds[offer.kind])
            state = _hours(context, facts.schedule)
            name = context.translated(offer)
            lines.append(ProtectionLine(name, kind, phone, state, checked=offer.checked))
    return lines


def adviser_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return advisers on child protection (§ 8b SGB VIII), each once."""
    areas: dict[tuple[str, str], tuple[TeamPart, list[str]]] = {}
    for key, space in context.site.spaces.items():
        for part in space.team:
            if part.role == ADVISER and part.contact is not None:
                number = part.contact.number
                areas.setdefault((part.provider or "", number), (part, []))[1].append(key)
    return [_team_line(context, part, _areas(context, spaces)) for part, spaces in areas.values()]


def team_lines_of(context: Context, key: str) -> Sequence[ProtectionLine]:
    """Return a space's team: duty numbers and advisers."""
    team = [
        part for part in context.site.spaces[key].team if part.role != ADVISER and part.contact is not None
    ]
    advisers = [part for part in adviser_parts(context, key) if part.provider or part.contact]
    return [_team_line(context, part, _role(context, part)) for part in (*team, *advisers)]


def _role(context: Context, part: TeamPart) -> str:
    if part.provider is None and part.role != ADVISER:
        return context.gettext("Diensttelefon des Teams")
    return context.texts.name(context.words.roles[part.role])


def _team_line(context: Context, part: TeamPart, for_whom: Markup | str) -> ProtectionLine:
    provider = context.site.providers.get(part.provider or "")
    return ProtectionLine(
        name=context.translated(provider) if provider is not None else role_name(context, part),
        for_whom=for_whom,
        phone=part.contact.number if part.contact else "",
        open=_written_hours(context, part.hours),
        deputy=part.deputy.number if part.deputy else "",
    )


def _areas(context: Context, spaces: Sequence[str]) -> Markup:
    return Markup(", ").join(line.name for line in space_lines(context, spaces))


def _always(context: Context) -> OpeningState:
    return OpeningState(context.gettext("Tag und Nacht"), "open")


def _written_hours(context: Context, hours: Hours | None) -> OpeningState | None:
    return _hours(context, schedule_of(context, hours))


def _hours(context: Context, schedule: Schedule | None) -> OpeningState | None:
    """Return the hours in words with data for the current state."""
    if schedule is None:
        return None
    if schedule.written.strip() == "24/7":
        return _always(context)
    state = opening(context, schedule, limit=4)
    return OpeningState(week_text(context, schedule, 4), written="", data=state.data if state else "")
