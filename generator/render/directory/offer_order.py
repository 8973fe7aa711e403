"""Order and group offers by life situation and by how near to everyday life they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
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

RUNGS: Sequence[Layer] = ("everyday", "regular", "infrastructure", "hze")  # see `layer_names`
Shelf = Layer | Literal["claim", "protection"]
"""Where a case has an offer: its layer, or apart what one may claim and what protects."""
PROTECTION = frozenset({"schutz", "schutz-jung", "inobhutnahme-42", "krisendienst", "gewaltberatung"})
"""Kinds of offers that stand before everything else: protection is never ranked below anything."""
MANY = 120
"""With more offers than this a page tells how many of each kind there are instead of naming them all."""
FOLD = 40
"""A life situation of an area names no more offers than this and leads to the whole list."""


class Situation(Struct, frozen=True):
    """A life situation with its number of offers and the first ones.

    `left` are more, listed on the page `whole` (kind, id); `elsewhere` lie in other areas but don't exclude
    anybody.
    """

    id: str
    phrase: Markup  # in families' words
    count: int  # of offers in the area
    lines: Sequence[RecordLine]
    whole: tuple[str, str]
    elsewhere: int = 0

    @property
    def left(self) -> int:
        """How many offers aren't named."""
        return self.count - len(self.lines)


class Rung(Struct, frozen=True):
    """A layer's offers, or with very many their number by kind."""

    name: str
    says: str  # what belongs to it
    count: int  # of offers
    lines: Sequence[RecordLine] = ()
    kinds: Sequence[tuple[str, int]] = ()  # name and number; empty where `lines` are


def offers_in(context: Context, key: str) -> Ids:
    """Return active offers in a space, for it, or for an area around it.

    Town-wide ones only with the widest area, so that a quarter's page shows what is special.
    """
    return context.facts.relations.offers_for_space.get(key, ())


def open_elsewhere(context: Context, key: str) -> Counter[str]:
    """Count active offers of other areas that exclude nobody, by life situation, all under "".

    An address says of nobody that an offer isn't for them.
    """
    return _open_in_town(context) - _count_open_offers_by_topic(context, offers_in(context, key))


@shared
def _open_in_town(context: Context) -> Counter[str]:
    return _count_open_offers_by_topic(context, context.facts.offers)


def _count_open_offers_by_topic(context: Context, offers: Iterable[str]) -> Counter[str]:
    facts = context.facts.offers
    # An offer whose record names areas isn't open to others.
    unbound = [name for name in offers if facts[name].active and facts[name].reach != "said"]
    by_topic = _by_topic(context, unbound)
    return Counter({topic: len(found) for topic, found in by_topic.items()} | {"": len(unbound)})


class WiderOffers(Struct, frozen=True):
    """The offers of an area around."""

    id: str
    where: str  # „im Bezirk Nord“
    count: int  # of offers in it or for it
    serving: int  # of those that name all of it as theirs
    somewhere: Sequence[RecordLine]  # others, of which nobody says in which of its parts they lie


def wider_offers(context: Context, key: str) -> Sequence[WiderOffers]:
    """Return the offers of areas around a space, the nearest first. Offers without a public place aren't among those that lie somewhere."""
    facts = context.facts
    found = []
    for area in facts.spaces[key].around:
        offers = facts.relations.offers_by_space.get(area, ())
        if offers and facts.spaces[area].ancestors:
            serving = [name for name in offers if _serves_area(context, name, area)]
            vague = _somewhere(context, area, [name for name in offers if name not in serving])
            count = len(offers_in(context, area))
            lines = offer_lines(context, vague, where=False)
            found.append(WiderOffers(area, in_space(context, area), count, len(serving), lines))
    return found


def _somewhere(context: Context, area: str, offers: Iterable[str]) -> list[str]:
    """Return an area's offers in no part of it, with public place."""
    facts = context.facts
    parts: set[str] = set()
    for part in facts.spaces[area].parts:
        parts.update(facts.relations.offers_by_space.get(part, ()))
    open_ones = [name for name in offers if facts.offers[name].location.visibility == "full"]
    return [name for name in open_ones if name not in parts]


def _serves_area(context: Context, offer: str, area: str) -> bool:
    record = context.site.offers[offer]
    return area in (*record.spaces, *record.visits)


@shared
def town_providers(context: Context) -> dict[str, list[str]]:
    """Return providers of town-wide offers beyond everyday life, with these offers."""
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
    """Group an area's offers by life situation, each under all of its own.

    `elsewhere` adds counts. Help with violence is counted only for the whole town.
    """
    by_topic = _by_topic(context, offers)
    found = []
    for topic in _situations_of(context, area):
        of_topic, further = by_topic.get(topic.id, []), elsewhere.get(topic.id, 0)
        if of_topic or further:
            phrase = context.translated(topic, "phrase") or context.translated(topic)
            lines = offer_lines(context, of_topic)[:FOLD]
            whole = _find_page_of_whole_list(context, area, topic.id)
            found.append(Situation(topic.id, phrase, len(of_topic), lines, whole, further))
    return tuple(found)


def _situations_of(context: Context, area: str) -> Sequence[Topic]:
    """Return the life situations counted in an area."""
    situations = context.words.situations()
    if context.facts.spaces[area].whole:
        return situations
    return [topic for topic in situations if not context.words.is_grave(topic.id)]


def _by_topic(context: Context, offers: Iterable[str]) -> dict[str, list[str]]:
    """Return offers by life situation; mediation isn't listed under violence."""
    found: dict[str, list[str]] = {}
    for key in offers:
        off = context.facts.offers[key].with_violence == "off"
        for topic in dict.fromkeys(context.facts.offers[key].situations):
            if not (off and context.words.is_grave(topic)):
                found.setdefault(topic, []).append(key)
    return found


def _find_page_of_whole_list(context: Context, area: str, topic: str) -> tuple[str, str]:
    """Return (kind, id) of the page that lists an area's offers, or a town-wide situation's."""
    lists = context.facts.lists
    area_list, topic_list = OfferList("gebiet", area), OfferList("thema", topic)
    if context.facts.spaces[area].ancestors and area_list in lists:
        return "offer-list", area_list.address
    if has_pages(context.site, context.facts, topic_list):
        return "offer-list", topic_list.address
    return "topic", topic


def protects(context: Context, key: str) -> bool:
    """Tell whether an offer is protection or crisis help, outside of the layers."""
    words, offer = context.words, context.site.offers[key]
    return (
        offer.kind in PROTECTION
        or words.kinds[offer.kind].discreet
        or any(words.is_grave(topic) for topic in offer.topics)
    )


def shelf_of(context: Context, key: str) -> Shelf:
    """Return an offer's layer in a case, or protection or claim."""
    if context.words.kinds[context.site.offers[key].kind].claim:
        return "claim"
    return "protection" if _at_once(context, key) else context.facts.offers[key].layer


def _at_once(context: Context, key: str) -> bool:
    """Tell whether one may come at once: not to a foster family, on which an office decides."""
    return context.facts.offers[key].layer != "hze" and protects(context, key)


def layer_names(context: Context) -> dict[Layer, tuple[str, str]]:
    """Return layers in order: (name, what they hold)."""
    _ = context.gettext
    named: dict[Layer, tuple[str, str]] = {
        "everyday": (_("Alltag und Nachbarschaft"), _("Vereine, Treffs, Patenschaften, Gärten, Selbsthilfe")),
        "regular": (_("Regelsysteme"), _("Kita, Schule, Ganztag, Gesundheitswesen")),
        "infrastructure": (_("Infrastruktur"), _("Offene Jugendarbeit, Familienzentrum, Beratung ohne Gang zum Amt")),
        "hze": (_("Hilfen zur Erziehung und andere Einzelhilfen"), _("Hilfen, über die das Jugendamt mit der Familie entscheidet")),
    }  # fmt: skip
    return {layer: named[layer] for layer in RUNGS}


def rungs(context: Context, offers: Iterable[str]) -> tuple[Sequence[RecordLine], Sequence[Rung]]:
    """Return protection and crisis help, and the layers, most everyday first.

    Protection is the same for every area: who must get away doesn't look nearby.
    """
    ids = list(offers)
    ladder = []
    for layer, (name, says) in layer_names(context).items():
        on_it = [key for key in ids if context.facts.offers[key].layer == layer]
        rest = [key for key in on_it if not _at_once(context, key)]
        rung = Rung(name, says, len(rest))
        if len(ids) > MANY:
            ladder.append(replace(rung, kinds=_count_offers_by_kind(context, rest)))
        else:
            ladder.append(replace(rung, lines=offer_lines(context, rest)))
    return _list_protecting_offers(context), ladder


def protecting(context: Context) -> list[str]:
    """Return running protective offers, safe places first, without time or area."""
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
def _list_protecting_offers(context: Context) -> Sequence[RecordLine]:
    found = [key for key, facts in context.facts.offers.items() if facts.active and _at_once(context, key)]
    return sorted(offer_lines(context, found), key=lambda line: _rank_of_protection(context, line.id))


def _rank_of_protection(context: Context, key: str) -> int:
    """Return the rank: refuge and crisis help, other help, help for perpetrators."""
    if context.facts.offers[key].with_violence == "last":
        return 2
    return 0 if context.site.offers[key].kind in PROTECTION else 1


def _count_offers_by_kind(context: Context, offers: Iterable[str]) -> Sequence[tuple[str, int]]:
    kinds = context.words.kinds
    counts = Counter(context.texts.name(kinds[context.site.offers[key].kind]) for key in offers)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


SOON = 7
"""Days that are looked ahead; what opens later stands with what says no hours."""


def by_need(context: Context, ids: Iterable[str], first: Collection[str] = ()) -> list[str]:
    """Order offers: `first`, running, without approval, for all, soonest open; help for perpetrators last."""

    def rank(key: str) -> tuple[bool, bool, bool, bool, bool, int]:
        offer, facts = context.site.offers[key], context.facts.offers[key]
        return (
            facts.with_violence == "last",
            key not in first,
            offer.status != "running",
            not facts.low_threshold,
            _is_for_some(context, key),
            _days_until_open(context, key),
        )

    return sorted(ids, key=rank)


def _is_for_some(context: Context, key: str) -> bool:
    """Tell whether an offer is only for groups that people name (mothers, refugees); never of protection."""
    groups, whom = context.words.target_groups, context.site.offers[key].for_
    named = all(groups[one].alone or groups[one].waits or groups[one].words for one in whom)
    return bool(whom) and named and not protects(context, key)


def _days_until_open(context: Context, key: str) -> int:
    """Return days until an offer opens or answers its telephone."""

    def found(context: Context) -> int:
        facts = context.facts.offers[key]
        schedules = [one for one in (facts.schedule, facts.phone_schedule) if one is not None]
        return min((_days_until_next_begin(one, context.facts.today) for one in schedules), default=SOON)

    return context.once(("opens in", key), found)


def _days_until_next_begin(schedule: Schedule, today: dt.date) -> int:
    for days in range(SOON):
        intervals = schedule.intervals_on(today + dt.timedelta(days))
        if any(interval.begins for interval in intervals):
            return days
    return SOON
