"""Ids of offers in, the data of their cards out: name, one line, three facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.render import urls
from generator.render.context import Context
from generator.render.opening import opening
from generator.render.wording import cost_text, status_text

SAME_HOUSE = 25
"""Metres below which two doors are taken to be in one building."""


def offer_cards(
    context: Context,
    path: str,
    ids: Iterable[str],
    *,
    distances: dict[str, int] | None = None,
    level: int = 3,
) -> list[dict[str, Any]]:
    """Return the arguments of `card.card` for each offer, links relative to `path`."""
    return [offer_card(context, path, key, (distances or {}).get(key), level) for key in ids]


def offer_card(
    context: Context, path: str, key: str, distance: int | None = None, level: int = 3
) -> dict[str, Any]:
    """Return the arguments of `card.card` for one offer; a distance is in metres."""
    _ = context.texts.gettext
    offer, facts = context.site.offers[key], context.facts.offers[key]
    name, summary = context.texts.of(offer, "name"), context.texts.of(offer, "summary")
    items: list[dict[str, Any]] = []
    state = opening(context.texts, facts.schedule, limit=1) if offer.status == "running" else None
    if state is not None:
        items.append({"open": state})
    elif facts.remote and not offer.place:
        items.append({"icon": "phone", "text": _("am Telefon oder online")})
    where = where_text(context, key)
    if distance is not None:
        items.append(
            {
                "icon": "map-marker-outline",
                "label": _("Entfernung"),
                "text": _("im selben Haus") if distance < SAME_HOUSE else context.texts.distance(distance),
            }
        )
    elif where:
        items.append({"icon": "map-marker-outline", "label": _("Ort"), "text": where})
    cost = cost_text(context.texts, offer)
    if cost:
        items.append({"icon": "cash", "label": _("Kosten"), "text": cost})
    return {
        "href": urls.relative(path, context.path("offer", key)),
        "title": name.text,
        "text": summary.text,
        "facts": items,
        "status": status_text(context.texts, offer),
        "level": level,
        "lang": name.lang or summary.lang,
        "note": _("Text auf Deutsch") if summary.lang else "",
        "data": {"id": key},
    }


def where_text(context: Context, key: str) -> str:
    """Say in a word or two where an offer is: the finest named area, or that it comes home or is for the whole town."""
    _ = context.texts.gettext
    offer, facts = context.site.offers[key], context.facts.offers[key]
    if facts.location.visibility == "hidden":
        return _("geschützter Ort")
    if facts.location.spaces:
        return area_name(context, facts.location.spaces)
    if offer.visits:
        return _("kommt zu Ihnen")
    if facts.remote:
        return _("am Telefon oder online")
    return _("ganze Stadt") if facts.city_wide else ""


def area_name(context: Context, spaces: Iterable[str]) -> str:
    """Name an area of the first geography that people know: the finest level, without the city itself."""
    first = context.site.config.geographies[0].id
    for space in spaces:
        facts = context.facts.spaces.get(space)
        if facts is not None and facts.geography == first and facts.depth > 0:
            return context.texts.name(context.site.spaces[space])
    return ""
