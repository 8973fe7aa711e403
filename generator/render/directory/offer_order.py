"""Order and group offers: by life situation, and along the ladder of help."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.hours.schedule import Schedule
from generator.model.facts import OfferList
from generator.model.vocabulary import Layer, Topic
from generator.render.base.area_names import in_space
from generator.render.base.context import Context, Ids, shared
from generator.render.base.texts import sort_key
from generator.render.directory.listing import has_pages
from generator.render.directory.record_lines import RecordLine, offer_lines

RUNGS: Sequence[Layer] = ("everyday", "regular", "infrastructure", "hze")
Shelf = Layer | Literal["claim", "protection"]
PROTECTION = frozenset({"schutz", "inobhutnahme-42", "krisendienst", "gewaltberatung"})
"""Kinds of offers that stand before everything else: protection is never ranked below anything."""
MANY = 120
"""With more offers than this a page tells how many of each kind there are instead of naming them all."""
FOLD = 40
"""A life situation of an area names no more offers than this and leads to the whole list."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A life situation with how many offers it has, and the first of them by name.

    `left` are further ones, which stand in the list at `whole`: kind and id of its page. `elsewhere` are how many lie in other
    areas and don't say that they are for those alone.
    """

    id: str
    phrase: Markup
    count: int
    lines: Sequence[RecordLine]
    whole: tuple[str, str]
    elsewhere: int = 0

    @property
    def left(self) -> int:
        """How many offers aren't named."""
        return self.count - len(self.lines)


class Rung(Struct, frozen=True):
    """A layer of the ladder: its offers, or with very many of them how many of each kind."""

    name: str
    says: str
    count: int
    lines: Sequence[RecordLine] = ()
    kinds: Sequence[tuple[str, int]] = ()


def offers_in(context: Context, key: str) -> Ids:
    """Return the active offers of a space: located in it, serving it, or serving an area around it.

    City-wide offers stand only with the widest area, so that a quarter's page shows what is special about it.
    """
    return context.facts.relations.offers_for_space.get(key, ())


def open_elsewhere(context: Context, key: str) -> Counter[str]:
    """Count the active offers that lie in other areas, or in none, and don't say that they are for those alone: by life situation, all under "".

    Who lives in the space finds them behind what is there: where an offer lies says of nobody that it isn't for them.
    """
    return _open_in_town(context) - _open(context, offers_in(context, key))


@shared
def _open_in_town(context: Context) -> Counter[str]:
    return _open(context, context.facts.offers)


def _open(context: Context, offers: Iterable[str]) -> Counter[str]:
    facts = context.facts.offers
    there = [name for name in offers if facts[name].active and facts[name].reach != "said"]
    by_topic = _by_topic(context, there)
    return Counter({topic: len(found) for topic, found in by_topic.items()} | {"": len(there)})


class WiderOffers(Struct, frozen=True):
    """Offers of an area around: where that is in words, how many are there for all of it, and those of which it isn't known in which part they lie."""

    id: str
    where: str
    count: int
    serving: int
    somewhere: Sequence[RecordLine]


def wider_offers(context: Context, key: str) -> Sequence[WiderOffers]:
    """Return what the areas around a space have for it, the nearest first; the whole town stands for itself.

    What has no public place is left out of those that lie somewhere.
    """
    facts = context.facts
    found = []
    for area in facts.spaces[key].around:
        there = facts.relations.offers_by_space.get(area, ())
        if there and facts.spaces[area].ancestors:
            serving = [name for name in there if _serves(context, name, area)]
            vague = _somewhere(context, area, [name for name in there if name not in serving])
            count = len(offers_in(context, area))
            lines = offer_lines(context, vague, where=False)
            found.append(WiderOffers(area, in_space(context, area), count, len(serving), lines))
    return found


def _somewhere(context: Context, area: str, offers: Iterable[str]) -> list[str]:
    """Return those of an area's offers that lie in no part of it, as far as where they are is public."""
    facts = context.facts
    parts: set[str] = set()
    for part in facts.spaces[area].parts:
        parts.update(facts.relations.offers_by_space.get(part, ()))
    open_ones = [name for name in offers if facts.offers[name].location.visibility == "full"]
    return [name for name in open_ones if name not in parts]


def _serves(context: Context, offer: str, area: str) -> bool:
    record = context.site.offers[offer]
    return area in (*record.spaces, *record.visits)


@shared
def town_providers(context: Context) -> dict[str, list[str]]:
    """Return who offers something for the whole town that isn't everyday life, by name, each with those offers."""
    offers, providers = context.site.offers, context.site.providers
    by_provider: dict[str, list[str]] = {}
    for key, facts in context.facts.offers.items():
        if facts.active and facts.for_all and facts.layer not in ("everyday", "regular"):
            by_provider.setdefault(offers[key].provider, []).append(key)
    names = sorted(by_provider, key=lambda name: sort_key(context.texts.name(providers[name])))
    return {name: by_provider[name] for name in names}


def by_situation(
    context: Context, area: str, offers: Iterable[str], elsewhere: Mapping[str, int] = MappingProxyType({})
) -> tuple[Situation, ...]:
    """Group offers of an area by life situation, in the vocabulary's order; an offer stands with each of its situations.

    So many are `elsewhere`: a situation for which there are no others stands here for their sake. Help with violence is counted for
    the whole town alone, never by its parts.
    """
    by_topic = _by_topic(context, offers)
    found = []
    for topic in _told_of(context, area):
        there, further = by_topic.get(topic.id, []), elsewhere.get(topic.id, 0)
        if there or further:
            phrase = context.translated(topic, "phrase") or context.translated(topic)
            lines = offer_lines(context, there)[:FOLD]
            whole = _whole(context, area, topic.id)
            found.append(Situation(topic.id, phrase, len(there), lines, whole, further))
    return tuple(found)


def _told_of(context: Context, area: str) -> Sequence[Topic]:
    """Return the life situations in which offers of an area are counted."""
    situations = context.words.situations()
    if context.facts.spaces[area].whole:
        return situations
    return [topic for topic in situations if not context.words.is_grave(topic.id)]


def _by_topic(context: Context, offers: Iterable[str]) -> dict[str, list[str]]:
    """Return offers by life situation; talks with both sides at one table don't stand with violence."""
    found: dict[str, list[str]] = {}
    for key in offers:
        off = context.facts.offers[key].with_violence == "off"
        for topic in dict.fromkeys(context.facts.offers[key].situations):
            if not (off and context.words.is_grave(topic)):
                found.setdefault(topic, []).append(key)
    return found


def _whole(context: Context, area: str, topic: str) -> tuple[str, str]:
    """Return the page that lists all offers of an area, or, where it is the widest, all of a life situation."""
    lists = context.facts.lists
    there, about = OfferList("gebiet", area), OfferList("thema", topic)
    if context.facts.spaces[area].ancestors and there in lists:
        return "offer-list", there.address
    if has_pages(context.site, context.facts, about):
        return "offer-list", about.address
    return "topic", topic


def protects(context: Context, key: str) -> bool:
    """Tell whether an offer is protection or help in a crisis: such offers stand outside the ladder."""
    words, offer = context.words, context.site.offers[key]
    return (
        offer.kind in PROTECTION
        or words.kinds[offer.kind].discreet
        or any(words.is_grave(topic) for topic in offer.topics)
    )


def shelf_of(context: Context, key: str) -> Shelf:
    """Return where an offer stands when a case is prepared: outside of the ladder where it protects or is a claim of its own."""
    if context.words.kinds[context.site.offers[key].kind].claim:
        return "claim"
    return "protection" if _at_once(context, key) else context.facts.offers[key].layer


def _at_once(context: Context, key: str) -> bool:
    """A foster family protects too, and yet an office decides on it with the family."""
    return context.facts.offers[key].layer != "hze" and protects(context, key)


def layer_names(context: Context) -> dict[Layer, tuple[str, str]]:
    """Return the rungs of the ladder in their order, each with its name and what stands on it."""
    _ = context.gettext
    named: dict[Layer, tuple[str, str]] = {
        "everyday": (_("Alltag und Nachbarschaft"), _("Vereine, Treffs, Patenschaften, Gärten, Selbsthilfe")),
        "regular": (_("Regelsysteme"), _("Kita, Schule, Ganztag, Gesundheitswesen")),
        "infrastructure": (_("Infrastruktur"), _("Offene Jugendarbeit, Familienzentrum, Beratung ohne Gang zum Amt")),
        "hze": (_("Hilfen zur Erziehung und andere Einzelhilfen"), _("Hilfen, über die das Jugendamt mit der Familie entscheidet")),
    }  # fmt: skip
    return {layer: named[layer] for layer in RUNGS}


def rungs(context: Context, offers: Iterable[str]) -> tuple[Sequence[RecordLine], Sequence[Rung]]:
    """Return protection and crisis help, and beside it the rungs of the ladder, the most everyday first.

    Who must get away asks for no quarter: the same protection stands with every area.
    """
    ids = list(offers)
    ladder = []
    for layer, (name, says) in layer_names(context).items():
        on_it = [key for key in ids if context.facts.offers[key].layer == layer]
        there = [key for key in on_it if not _at_once(context, key)]
        rung = Rung(name, says, len(there))
        if len(ids) > MANY:
            ladder.append(replace(rung, kinds=_kinds(context, there)))
        else:
            ladder.append(replace(rung, lines=offer_lines(context, there)))
    return _protection(context), ladder


def protecting(context: Context) -> list[str]:
    """Return the running offers that protect whoever calls, safe places first: of these neither time nor area is told."""
    offers, kinds = context.site.offers, context.words.kinds
    found = [
        key
        for key, item in offers.items()
        if item.kind in PROTECTION
        and item.status == "running"
        and (item.access is None or item.access.way != "referral")
    ]
    return sorted(found, key=lambda key: (not kinds[offers[key].kind].discreet, offers[key].name))


@shared
def _protection(context: Context) -> Sequence[RecordLine]:
    found = [key for key, facts in context.facts.offers.items() if facts.active and _at_once(context, key)]
    return sorted(offer_lines(context, found), key=lambda line: _shelf(context, line.id))


def _shelf(context: Context, key: str) -> int:
    """Return the place of a protecting offer among all: refuge and crisis help, other help, help for those who are violent."""
    if context.facts.offers[key].with_violence == "last":
        return 2
    return 0 if context.site.offers[key].kind in PROTECTION else 1


def _kinds(context: Context, offers: Iterable[str]) -> Sequence[tuple[str, int]]:
    kinds = context.words.kinds
    counts = Counter(context.texts.name(kinds[context.site.offers[key].kind]) for key in offers)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


SOON = 7
"""Days that are looked ahead; what opens later stands with what says no hours."""


def by_need(context: Context, ids: Iterable[str], first: Collection[str] = ()) -> list[str]:
    """Return offers as they are needed, equals in their given order.

    Before others stand those that are named `first`, then what runs, then where nobody has to grant anything, then what opens soonest.
    Help for those who use violence stands last, whatever else holds.
    """

    def rank(key: str) -> tuple[bool, bool, bool, bool, int]:
        offer, facts = context.site.offers[key], context.facts.offers[key]
        return (
            facts.with_violence == "last",
            key not in first,
            offer.status != "running",
            not facts.low_threshold,
            _days_until_open(context, key),
        )

    return sorted(ids, key=rank)


def _days_until_open(context: Context, key: str) -> int:
    """Return in how many days an offer is next open or answers its telephone."""

    def found(context: Context) -> int:
        facts = context.facts.offers[key]
        schedules = [one for one in (facts.schedule, facts.phone_schedule) if one is not None]
        return min((_next(one, context.facts.today) for one in schedules), default=SOON)

    return context.once(("opens in", key), found)


def _next(schedule: Schedule, today: dt.date) -> int:
    for days in range(SOON):
        there = schedule.intervals_on(today + dt.timedelta(days))
        if any(interval.begins for interval in there):
            return days
    return SOON
