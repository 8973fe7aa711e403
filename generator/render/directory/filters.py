"""Make the rows and filters of the directory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.hours.schedule import compact
from generator.model.facts import OfferFacts, Reach
from generator.model.offer import Offer
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.vocabulary import LegalBasis, Word
from generator.render.base.context import Context, shared
from generator.render.base.texts import sort_key
from generator.render.base.wording import (
    basis_text,
    cost_text,
    spoken_text,
    status_text,
    waiting_text,
    ways_from_afar,
    week_text,
)
from generator.render.directory.cards import where_text
from generator.render.directory.offer_order import layer_names
from generator.search.directory_data import DirectoryRow, Facet, Option, directory, lines
from generator.search.packing import mark_of

EVERYWHERE = "stadt"  # among areas: for the whole town
UNSAID = "ungesagt"  # among areas: nobody says for which


def directory_files(context: Context, ids: Sequence[str]) -> dict[str, bytes]:
    """Return the directory's files by name; `ids` in the index's order."""
    rows = [_row(context, key) for key in ids]
    files = directory(rows, tuple(_make_facets(context)), context.lang, mark_of(list(ids)))
    files |= {f"zeilen-{number}.json": block for number, block in enumerate(lines(rows))}
    return files


def _row(context: Context, key: str) -> DirectoryRow:
    offer, facts = context.site.offers[key], context.facts.offers[key]
    schedule = facts.schedule if offer.status == "running" else None
    point = point_of(facts)
    hours = coded = ""
    if schedule is not None:
        hours = week_text(context, schedule, 1)
        # What is sensitive is never among what is open now, today or on a day.
        if not facts.sensitive and (schedule.readable or schedule.exceptions):
            coded = compact(schedule, context.gettext)
    return DirectoryRow(
        choices={facet: tuple(values) for facet, values in choices_of(context, offer, facts)},
        schedule=coded,
        hours=hours,
        point=point,
        where=where_text(context, key),
        cost=cost_text(context.texts, offer),
        status=status_text(context.texts, offer),
        spoken=spoken_text(context, offer),
        waiting=waiting_text(context, offer, facts),
        situation=_situation(context, facts) if point is not None else "",
        line=context.texts.of(offer, "summary").text,
        listed=facts.active,
        kept=facts.carried,
        # Who looks for what there is for fathers isn't to read of the course against violence first.
        behind=facts.with_violence == "last",
    )


def point_of(facts: OfferFacts) -> tuple[float, float] | None:
    """Return an offer's (longitude, latitude), none for a sensitive one."""
    point = None if facts.sensitive else facts.location.point
    return (point.longitude, point.latitude) if point is not None else None


def _situation(context: Context, facts: OfferFacts) -> str:
    """Return the first life situation, which shapes the marker."""
    not_with_violence = facts.with_violence == "off"
    words = context.words
    return next((name for name in facts.situations if not (not_with_violence and words.is_grave(name))), "")


def choices_of(context: Context, offer: Offer, facts: OfferFacts) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield (filter, values) for which an offer stays."""
    not_with_violence = facts.with_violence == "off"
    topics = dict.fromkeys((*facts.situations, *offer.topics))
    yield "thema", [topic for topic in topics if not (not_with_violence and context.words.is_grave(topic))]
    for flag in _FILTERS:
        says = flag.holds(context.site, offer, facts), flag.denied(context.site, offer, facts)
        yield flag.filter, ["1"] if says[0] else ["0"] if says[1] else []
    # The town's own is spoken wherever nobody says so, too, and no choice.
    yield "sprache", [spoken for spoken in offer.languages if spoken != context.site.config.language]
    yield "fuer", offer.for_
    yield "form", _find_forms_of_offer(offer, facts)
    yield "gebiet", areas_of(context, offer, facts)
    yield from _for_professionals(context, offer, facts)


def _for_professionals(
    context: Context, offer: Offer, facts: OfferFacts
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield professionals' filters: layer, kind, law, referrer, capacity."""
    kind = context.words.kinds[offer.kind]
    yield "ebene", [facts.layer]
    yield "art", [kind.id]
    yield "recht", [law_id(kind.legal_basis)] if kind.legal_basis is not None else []
    yield "vermittlung", facts.access.who_may_refer if facts.access is not None else ()
    yield "platz", _capacity(offer, facts)
    # When its money ends is nothing to read before the one who gives it has decided.
    limited = context.site.internal and offer.funded_until is not None
    yield "foerderung", ["befristet"] if limited else []


def _capacity(offer: Offer, facts: OfferFacts) -> list[str]:
    """Return stated „free“ or „waits“, where it may be shown."""
    capacity = offer.capacity
    if capacity is None or not facts.capacity_shown:
        return []
    if capacity.free:
        return ["frei"]
    return ["warten"] if capacity.waiting is not None else []


_FILTERS = [flag for flag in OFFER_FLAGS.values() if flag.filter]


def first_choices(context: Context) -> Iterator[tuple[str, str, str]]:
    """Yield (filter, words, count) of the flags that the form shows first."""
    site, offers = context.site, context.facts.offers
    active = [key for key, facts in offers.items() if facts.active]
    for flag in _FILTERS:
        fitting = sum(flag.holds(site, site.offers[key], offers[key]) for key in active)
        if flag.shelf == "first" and fitting:
            yield flag.filter, context.gettext(flag.label), context.texts.number(fitting)


def _find_forms_of_offer(offer: Offer, facts: OfferFacts) -> list[str]:
    located = facts.location.address is not None or facts.location.point is not None
    forms = []
    if offer.place is not None or located or facts.stops:
        forms.append("vor-ort")
    if offer.visits:
        forms.append("besuch")
    return [*forms, *offer.remote]


def areas_of(context: Context, offer: Offer, facts: OfferFacts) -> list[str]:
    """Return an offer's areas, with `EVERYWHERE` or `UNSAID`. An address is no catchment: it hides nothing from people elsewhere."""
    spaces = context.facts.spaces
    found = {*facts.spaces}
    for key in (*offer.spaces, *offer.visits):
        if not spaces[key].whole:
            found.update(_areas_within(context).get(key, ()))
    return [*(key for key in spaces if key in found), *_ELSEWHERE[facts.reach]]


@shared
def _areas_within(context: Context) -> dict[str, list[str]]:
    """Return all areas within each area, at any depth."""
    found: dict[str, list[str]] = {}
    for key, space in context.facts.spaces.items():
        for other in space.around:
            found.setdefault(other, []).append(key)
    return found


# By an offer's reach what it has beside its own areas.
_ELSEWHERE: Mapping[Reach, Sequence[str]] = {
    "said": (),
    "town": (EVERYWHERE,),
    "near": (UNSAID,),
    "unsaid": (UNSAID,),
}


def _make_facets(context: Context) -> Iterator[Facet]:
    _ = context.gettext
    words = context.words
    # Asked by cases alone: without a label nothing is offered.
    ways = ("vor-ort", "besuch", *ways_from_afar(context.texts))
    spoken = sorted(_options(context, words.languages.values()), key=lambda option: option.label.casefold())
    everywhere = (Option(EVERYWHERE, _("für die ganze Stadt")), Option(UNSAID, ""))
    yield Facet("thema", tuple(_list_topic_options(context)))
    for flag in _FILTERS:
        # What says no: counted, and no choice.
        says = (Option("1", _(flag.label) if flag.label else ""), Option("0", ""))
        yield Facet(flag.filter, says, flag.shelf)
    yield Facet("sprache", tuple(spoken))
    yield Facet("fuer", _options(context, words.target_groups.values()))
    yield Facet("form", tuple(Option(way, "") for way in ways))
    yield Facet("gebiet", (*_list_area_options(context), *everywhere), beside=(EVERYWHERE, UNSAID))
    yield from _facets_for_professionals(context)


def _options(context: Context, words: Iterable[Word]) -> tuple[Option, ...]:
    """Return words of a vocabulary as choices."""
    return tuple(Option(word.id, context.texts.name(word)) for word in words)


def _list_topic_options(context: Context) -> Iterator[Option]:
    """Yield the life situations, each before the topics below it."""
    words, name = context.words, context.texts.name
    for situation in words.situations():
        phrase = context.texts.of(situation, "phrase").text or name(situation)
        yield Option(situation.id, phrase, grave=words.is_grave(situation.id))
        for topic in words.below(situation.id):
            yield Option(topic.id, name(topic), 1, words.is_grave(topic.id))


def _facets_for_professionals(context: Context) -> Iterator[Facet]:
    _ = context.gettext
    kinds = context.words.kinds.values()
    bases = sorted((kind.legal_basis for kind in kinds if kind.legal_basis is not None), key=law_order)
    laws = {law_id(basis): basis_text(basis) for basis in bases}
    rungs = layer_names(context).items()
    yield Facet("ebene", tuple(Option(layer, label) for layer, (label, _says) in rungs))
    named = _options(context, kinds)
    yield Facet("art", tuple(sorted(named, key=lambda option: sort_key(option.label))))
    yield Facet("recht", tuple(Option(key, label) for key, label in laws.items()))
    yield Facet("vermittlung", _options(context, context.words.referrers.values()))
    yield Facet("platz", (Option("frei", _("Plätze frei")), Option("warten", _("mit Wartezeit"))))
    yield Facet("foerderung", (Option("befristet", _("befristet gefördert")),))


def law_id(basis: LegalBasis) -> str:
    """Name a paragraph in an address: `sgb-viii-35a`."""
    words = re.findall(r"[a-z0-9äöüß]+", f"{basis.law} {basis.paragraph or ''}".lower())
    return "-".join(words)


def law_order(basis: LegalBasis) -> tuple[str, int, str]:
    """Sort by law, then number: § 8, § 16, § 35, § 35a."""
    number = "".join(sign for sign in basis.paragraph or "" if sign.isdigit())
    return basis.law, int(number or 0), basis.paragraph or ""


def _list_area_options(context: Context) -> Iterator[Option]:
    """Yield areas below the city, each after its parent."""
    for root in context.facts.roots:
        yield from _list_area_options_below(context, root, 0)


def _list_area_options_below(context: Context, key: str, depth: int) -> Iterator[Option]:
    facts = context.facts.spaces[key]
    if facts.ancestors or not facts.children:  # a town of several areas is no choice
        yield Option(key, context.texts.name(context.site.spaces[key]), depth)
        depth += 1
    for child in facts.children:
        yield from _list_area_options_below(context, child, depth)
