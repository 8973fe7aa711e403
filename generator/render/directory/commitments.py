"""Say when networks meet, what they promise, and what providers could give."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.known import Kept, RuleCheck, waits
from generator.model.places_and_providers import Gift, Provider
from generator.model.planning_records import (
    Guarantee,
    GuaranteeRule,
    Meets,
    Network,
)
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context, Ids, shared
from generator.render.base.html_patterns import linked
from generator.render.base.texts import sort_key
from generator.render.base.wording import ages_text, hours_words, schedule_of, season_text, waiting_text
from generator.render.directory.listing import areas_around
from generator.render.directory.offer_order import FOLD
from generator.render.directory.record_lines import (
    RecordLine,
    by_name,
    inline_lines,
    member_lines,
    offer_lines,
)

MOST_WAITS = 3
"""So many offers are named that say how long one waits."""
_EVERY = re.compile(r"(\d+)\s*(days?|weeks?|months?|years?)", re.IGNORECASE)  # `6 weeks`


def rhythm_text(context: Context, every: str) -> Markup:
    """Say a rhythm: `6 weeks` is „alle 6 Wochen“, other words as written."""
    ngettext = context.ngettext
    found = _EVERY.fullmatch(every.strip())
    if found is None:
        return context.written(every)
    number, unit = int(found[1]), found[2].lower().rstrip("s")
    rhythms = {
        "day": ngettext("jeden Tag", "alle {n} Tage", number),
        "week": ngettext("jede Woche", "alle {n} Wochen", number),
        "month": ngettext("jeden Monat", "alle {n} Monate", number),
        "year": ngettext("einmal im Jahr", "alle {n} Jahre", number),
    }
    return Markup.escape(rhythms[unit].format(n=number))


def moderation(context: Context, path: str, network: Network) -> Markup:
    """Say who moderates a network, and by which number."""
    at = member_lines(context, [network.moderated_by or ""])
    # „Jugendhilfeplanung“ is often both who moderates and the office that they are at.
    apart = network.moderator and network.moderator not in {str(line.name) for line in at}
    parts = [context.written(network.moderator)] if apart else []
    parts += [linked(urls.relative(path, context.path(line.kind, line.id)), line.name) for line in at]
    if number := _find_contact_number(context.site, network):
        parts.append(linked(urls.telephone(number), number))
    return Markup(", ").join(parts)


def _find_contact_number(site: Site, network: Network) -> str:
    """Return the number of a network's contact, or without one of its moderator; empty for none."""
    key = network.moderated_by or ""
    home = site.offices.get(key) or site.providers.get(key) or network
    contact = network.contact or home.contact
    return contact.number if contact is not None else ""


def next_meeting(context: Context, meets: Meets) -> str:
    """Say the next meeting; a past date is the last known."""
    if meets.next is None:
        return ""
    if meets.next < context.facts.today:
        date = context.texts.date(meets.next)
        return context.gettext("Das letzte bekannte Treffen war am {date}.").format(date=date)
    return context.texts.date(meets.next, weekday=True)


def coming_day(context: Context, network: Network) -> dt.date | None:
    """Return a network's next meeting; None if unknown or past."""
    day = network.meets.next if network.meets is not None else None
    return day if day is not None and day >= context.facts.today else None


def meeting_text(context: Context, network: Network) -> Markup:
    """Say a network's next day, else its rhythm."""
    meets = network.meets
    if meets is None:
        return Markup()
    coming = coming_day(context, network) is not None
    parts = [Markup.escape(next_meeting(context, meets))] if coming or not meets.every else []
    parts += [rhythm_text(context, meets.every)] if meets.every else []
    return Markup(", ").join(parts)


def rule_text(context: Context, rule: GuaranteeRule) -> tuple[Markup, str]:
    """Say a promise in its own words, and its ages, days and distance."""
    parts = []
    if rule.ages is not None:
        parts.append(ages_text(context.texts, rule.ages))
    if rule.days_per_week is not None:
        days = rule.days_per_week
        parts.append(context.texts.number_of("an {n} Tag in der Woche", "an {n} Tagen in der Woche", days))
    if rule.within:
        parts.append(
            context.gettext("höchstens {distance} entfernt").format(
                distance=context.texts.distance(rule.within.metres)
            )
        )
    return context.written(rule.text), ", ".join(parts)


class PromiseLine(Struct, frozen=True):
    """A promise in words with what the directory says of it today.

    `verdict`: what is recorded, with both days. `found`: what there is or is missing. `offers`: some of
    `count` that keep it.
    """

    rule: GuaranteeRule
    text: Markup
    details: str  # ages, days and distance
    kept: Kept  # how it stands, in a word for looks
    verdict: str
    found: Sequence[str]
    count: int
    offers: Sequence[RecordLine]


def promises(context: Context, network: Network) -> tuple[PromiseLine, ...]:
    """Return a network's promises, each beside running offers."""
    if network.guarantee is None:
        return ()
    checks = context.facts.coverage.rules[network.id]
    return tuple(
        _make_promise_line(context, network.guarantee, rule, check)
        for rule, check in zip(network.guarantee.rules, checks, strict=True)
    )


def _make_promise_line(
    context: Context, guarantee: Guarantee, rule: GuaranteeRule, check: RuleCheck
) -> PromiseLine:
    offers = offer_lines(context, check.offers, where=False)[:FOLD]
    return PromiseLine(
        rule,
        *rule_text(context, rule),
        check.kept,
        _verdict(context, guarantee, check),
        tuple(_found(context, rule, check)),
        len(check.offers),
        tuple(_with_room(context, line) for line in offers),
    )


def _verdict(context: Context, guarantee: Guarantee, check: RuleCheck) -> str:
    """Say, without judging, what is recorded of a promise and what waits."""
    _ = context.gettext
    recorded: dict[Kept, str] = {
        "kept": _("alles Genannte verzeichnet"),
        "partly": _("ein Teil des Genannten verzeichnet"),
        "there": _("etwas dazu verzeichnet"),
        "unsaid": _("nicht zu sagen"),
        "none": _("nichts dazu verzeichnet"),
    }
    words = _("zugesagt am {date}, nach den Einträgen am {today}: {found}")
    findings = "; ".join(filter(None, (recorded.get(check.kept, ""), _waits(context, check))))
    return words.format(
        date=context.texts.date(guarantee.released),
        today=context.texts.date(context.facts.today),
        found=findings,
    )


def _waits(context: Context, check: RuleCheck) -> str:
    """Name the offers with waiting time or no room („fits“), the first of many."""
    texts = context.texts
    _ = texts.gettext
    full = [
        key for key in (*check.offers, *check.unsaid) if waits(context.site.offers[key].capacity) == "fits"
    ]
    lines = [
        (_("„{name}“ (unklar, für wen): {wait}") if key in check.unsaid else "„{name}“: {wait}").format(
            name=texts.name(context.site.offers[key]), wait=_say_waiting_of_offer(context, key)
        )
        for key in full
    ]
    more = len(lines) - MOST_WAITS
    text = "; ".join(lines[:MOST_WAITS])
    if more > 0:
        further = texts.number_of("und {n} weiteres", "und {n} weitere", more)
        text = f"{text} {further}"
    return text


def _found(context: Context, rule: GuaranteeRule, check: RuleCheck) -> Iterator[str]:
    """Say of a promise's ages, days and distance what is recorded or missing."""
    texts = context.texts
    _ = texts.gettext
    if check.kept == "none":
        return
    if check.missing_ages:
        words = _("Nichts verzeichnet ist für das Alter von {years} Jahren.")
        if check.unsaid:
            words = _(
                "Unklar ist das Alter von {years} Jahren: Manche Angebote sagen nicht, für wen sie da sind."
            )
        yield words.format(years=texts.join(str(year) for year in check.missing_ages))
    if rule.days_per_week is not None and check.days is not None:
        if check.days or not check.days_unsaid:
            yield texts.number_of("Offen an {n} Tag der Woche.", "Offen an {n} Tagen der Woche.", check.days)
        if check.days_unsaid:
            yield _("Nicht alle Angebote sagen, wann sie offen sind.")
    if rule.within is not None:
        distance = texts.distance(rule.within.metres)
        if check.reach is None:
            yield _("Wie weit der Weg ist, lässt sich nicht rechnen: Es fehlen Grenzen oder Orte.")
        else:
            yield _("Von {share} der Fläche aus ist es höchstens {distance} zu Fuß.").format(
                distance=distance, share=texts.percent(Decimal(round(check.reach * 100)), 0)
            )


def _with_room(context: Context, line: RecordLine) -> RecordLine:
    """Add an offer's free places or waiting time to its line."""
    return replace(line, text=", ".join(filter(None, [line.text, _say_waiting_of_offer(context, line.id)])))


def _say_waiting_of_offer(context: Context, offer: str) -> str:
    return waiting_text(context, context.site.offers[offer], context.facts.offers[offer])


class Resource(Struct, frozen=True):
    """A thing to give; without `spaces` nobody says where."""

    provider: str  # its id
    gift: Gift
    spaces: Sequence[str]  # where it is


class GiftRow(Struct, frozen=True):
    """A provider's gift in words: kind, when, contact."""

    kind: str
    what: Markup
    when: str
    ask: Markup  # whom to ask


def gift_kinds(context: Context) -> dict[str, str]:
    """Return the kinds of resources in their order."""
    _ = context.gettext
    return {
        "room": _("Räume"),
        "people": _("Menschen"),
        "things": _("Dinge"),
        "know-how": _("Wissen"),
        "money": _("Geld"),
        "time": _("Zeit"),
    }


def gift_row(context: Context, gift: Gift) -> GiftRow:
    """Say what could be given, when, and whom to ask."""
    return GiftRow(
        kind=gift_kinds(context)[gift.kind],
        what=context.written(gift.what),
        when=gift_when(context, gift),
        ask=context.written(gift.ask),
    )


def gift_when(context: Context, gift: Gift) -> str:
    """Say when a gift can be had; unreadable hours as written."""
    if gift.when is None:
        return ""
    if seasons := season_text(context.texts, schedule_of(context, gift.when)):
        return seasons
    return hours_words(context, gift.when) or gift.when.written


@shared
def resources(context: Context) -> list[Resource]:
    """Return everything that providers could give, by provider."""
    providers = context.site.providers
    found: list[Resource] = []
    for name in sorted(providers, key=lambda name: sort_key(context.texts.name(providers[name]))):
        provider = providers[name]
        found += [
            Resource(name, gift, _find_areas_of_gift(context, provider, gift)) for gift in provider.can_give
        ]
    return found


def resources_in(context: Context, key: str) -> list[Resource]:
    """Return gifts in a space or its parts, not town-wide ones."""
    return _by_space(context).get(key, [])


NAMED_DOORS = 6
"""So many offers open to all are named first; more nobody keeps in mind."""


def what_carries(context: Context, path: str, spaces: Ids) -> Sequence[tuple[str, Markup]]:
    """Return what is there in areas and carries, by title: offers open to all, meeting points, what others can give."""
    _, offers, number = context.gettext, context.facts.offers, context.texts.number
    there = set[str]().union(*(context.facts.coverage.areas.get(space, ()) for space in spaces))
    doors = [key for key in there & offers.keys() if offers[key].way == "open" and not offers[key].sensitive]
    lines = by_name(offer_lines(context, doors, where=False))
    names = inline_lines(context, path, lines[:NAMED_DOORS])
    if left := len(lines[NAMED_DOORS:]):
        names += " " + context.texts.number_of("und {n} weiteres", "und {n} weitere", left)
    points = [
        context.written(one.name) for space in spaces for one in context.site.spaces[space].meeting_points
    ]
    gifts: Counter[str] = Counter(item.gift.kind for space in spaces for item in resources_in(context, space))
    given = context.texts.join(
        f"{name} ({number(gifts[kind])})" for kind, name in gift_kinds(context).items() if gifts[kind]
    )
    found = (
        (_("Einfach hingehen"), names),
        (_("Treffpunkte"), Markup(", ").join(points)),
        (_("Was andere geben können"), Markup.escape(given)),
    )
    return [(title, said) for title, said in found if said]


def givers_elsewhere(context: Context, key: str) -> list[str]:
    """Return a space's providers with gifts, if none is there."""
    if resources_in(context, key):
        return []
    providers = context.facts.relations.providers_by_space.get(key, ())
    return [name for name in dict.fromkeys(item.provider for item in resources(context)) if name in providers]


@shared
def _by_space(context: Context) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for item in resources(context):
        for name in areas_around(context, item.spaces):
            found.setdefault(name, []).append(item)
    return found


def _find_areas_of_gift(context: Context, provider: Provider, gift: Gift) -> Sequence[str]:
    """Return a gift's or provider's areas, else that of its only place."""
    if gift.spaces or provider.spaces:
        return gift.spaces or provider.spaces
    # A plan is printed and passed on: inside, too, it doesn't say in which quarter a refuge is.
    places = map(context.facts.places.get, context.facts.relations.places_by_provider.get(provider.id, ()))
    found = {place.spaces[:1] for place in places if place and place.visibility == "full"}
    return found.pop() if len(found) == 1 else ()
