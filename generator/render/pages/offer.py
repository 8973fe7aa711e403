"""The page of an offer: everything needed to decide and call stands above the fold on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.model.facts import Facts, OfferFacts
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.values import Fee
from generator.render.cards import offer_cards, where_text
from generator.render.context import Context
from generator.render.markdown import plain_text
from generator.render.opening import opening, week_lines
from generator.render.page import Crumb, Page
from generator.render.wording import address_line, cost_text, for_whom, languages_text, status_text, town_line


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every offer has a page; one that ended says so and leads on."""
    del facts
    return site.offers


def render(context: Context, key: str) -> Page:
    """Make the page of one offer."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    path = context.path("offer", key)
    name, summary = context.texts.of(offer, "name"), context.texts.of(offer, "summary")
    body = context.render(
        "offer.html",
        path,
        offer=offer,
        facts_of=facts,
        name=name,
        summary=summary,
        rows=_rows(context, offer, facts),
        week=week_lines(context.texts, facts.schedule) if facts.schedule is not None else [],
        address_line=address_line,
        town_line=town_line,
        place=context.site.places.get(offer.place) if offer.place else None,
        provider=context.site.providers[offer.provider],
        kind=context.site.words.kinds[offer.kind],
        status=status_text(context.texts, offer),
        nearby=offer_cards(context, path, [other for other, _ in facts.nearby], distances=dict(facts.nearby)),
        first_visit=_access_text(context, offer, "first_visit"),
        bring=_access_text(context, offer, "bring"),
        predecessors=context.facts.relations.predecessors.get(key, ()),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="offer",
        title=name.text,
        description=plain_text(summary.text)[:200],
        body=body,
        crumbs=_crumbs(context, facts),
        date=offer.checked,
        indexed=offer.status != "ended",
        exit_bar=facts.sensitive,
    )


def _crumbs(context: Context, facts: OfferFacts) -> tuple[Crumb, ...]:
    words = context.site.words.topics
    situation = facts.situations[0]
    topic = next((name for name in context.site.offers[facts.id].topics if words[name].parent == situation), None)
    steps = [Crumb(context.texts.of(words[situation], "phrase").text, context.path("topic", situation))]
    if topic is not None:
        steps.append(Crumb(context.texts.name(words[topic]), context.path("topic", topic)))
    return tuple(steps)


def _access_text(context: Context, offer: Offer, field: str) -> Any:
    """A text of `access`, which is translated beside the offer's other texts."""
    from generator.render.texts import Translated

    translated = offer.translations.get(context.lang)
    value = getattr(translated, field, None) if translated is not None and context.lang != context.site.config.language else None
    if value:
        return Translated(value)
    own = getattr(offer.access, field, None) if offer.access is not None else None
    return Translated(own, "" if context.lang == context.site.config.language else context.site.config.language) if own else None


def _rows(context: Context, offer: Offer, facts: OfferFacts) -> list[dict[str, Any]]:
    """The facts at a glance; a row without text is left out by the template."""
    _ = context.texts.gettext
    words = context.site.words
    lines = week_lines(context.texts, facts.schedule) if facts.schedule is not None else []
    week = context.render("parts/week.html", "", lines=lines) if lines else context.texts.of(offer, "hours_note").text
    way = words.access_ways[facts.access.way]
    access = context.texts.name(way)
    extra = [text for flag, text in ((offer.anonymous, _("auch ohne Namen")), (offer.without_parents, _("auch ohne Eltern"))) if flag]
    place = context.site.places.get(offer.place) if offer.place else None
    shown = ("step_free", "toilet")
    barrier = [
        {"yes": "{name}", "limited": _("{name}: teilweise"), "no": _("{name}: nein")}[value].format(name=context.texts.name(words.accessibility[feature]))
        for feature, value in (place.accessibility.items() if place and facts.location.visibility == "full" else ())
        if feature in shown
    ]
    return [
        {"term": _("Wann"), "icon": "clock-outline", "open": opening(context.texts, facts.schedule, limit=3) if offer.status == "running" else None, "text": "" if facts.schedule and offer.status == "running" and len(lines) < 2 else week},
        {"term": _("Wo"), "icon": "map-marker-outline", "text": context.render("parts/where.html", context.path("offer", offer.id), offer=offer, location=facts.location, place=place, area=where_text(context, offer.id), address_line=address_line, town_line=town_line)},
        {"term": _("Kosten"), "icon": "cash", "text": cost_text(context.texts, offer), "small": _cost_note(context, offer)},
        {"term": _("Für wen"), "icon": "account-group-outline", "text": for_whom(context, offer), "small": " · ".join(extra)},
        {"term": _("Zugang"), "icon": "door-open", "text": access, "small": context.texts.of(way, "explanation").text},
        {"term": _("Sprachen"), "icon": "translate", "text": languages_text(context, offer)},
        {"term": _("Barrierefreiheit"), "icon": "wheelchair-accessibility", "text": " · ".join(barrier)},
        {"term": _("Kinder"), "icon": "baby-carriage", "text": _("Ihre Kinder werden währenddessen betreut.") if offer.childcare else ""},
        {"term": _("Plätze"), "icon": "seat-outline", "text": _capacity(context, offer) if facts.capacity_shown else ""},
    ]


def _cost_note(context: Context, offer: Offer) -> str:
    translated = offer.translations.get(context.lang)
    if translated is not None and translated.cost_note:
        return translated.cost_note
    return offer.cost.note or "" if isinstance(offer.cost, Fee) else ""


def _capacity(context: Context, offer: Offer) -> str:
    _ = context.texts.gettext
    capacity = offer.capacity
    if capacity is None:
        return ""
    parts = []
    if capacity.free is not None:
        parts.append(context.texts.ngettext("{n} Platz frei", "{n} Plätze frei", capacity.free).format(n=capacity.free))
    if capacity.waiting is not None and not capacity.free:
        unit = {"days": ("{n} Tag", "{n} Tage"), "weeks": ("{n} Woche", "{n} Wochen"), "months": ("{n} Monat", "{n} Monate"), "years": ("{n} Jahr", "{n} Jahre")}[capacity.waiting.unit]
        parts.append(_("Wartezeit etwa {span}").format(span=context.texts.ngettext(*unit, capacity.waiting.number).format(n=capacity.waiting.number)))
    return ", ".join(parts) + " " + _("(Stand {date})").format(date=context.texts.date(capacity.date, short=True)) if parts else ""
