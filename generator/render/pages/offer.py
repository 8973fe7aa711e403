"""The page of an offer: everything needed to decide and call stands above the fold on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from generator.export.structured_data import offer_data
from generator.model.facts import Facts, OfferFacts
from generator.model.offer import Offer
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.markdown import plain_text
from generator.render.base.page import Crumb, Page
from generator.render.base.urls import telephone
from generator.render.base.wording import address_line, quiet_title, status_text, town_line, transport_text
from generator.render.data_files.open_data import has_calendar, source_of
from generator.render.directory.cards import offer_cards
from generator.render.directory.glance import glance_rows, own_text
from generator.render.frame.metadata import data_block
from generator.render.maps import point_map
from generator.render.maps.markers import situation_shape
from generator.render.pages.network import law_text


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every offer has a page; one that ended says so and leads on."""
    del facts
    return site.offers


def render(context: Context, key: str) -> Page:
    """Make the page of one offer."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    path = context.path("offer", key)
    name, summary = context.texts.of(offer, "name"), context.texts.of(offer, "summary")
    access = None if offer.invented("access") else offer.access
    main, others = _actions(context, offer, facts)
    body = context.render(
        "offer.html",
        path,
        offer=offer,
        facts_of=facts,
        name=name,
        summary=summary,
        rows=glance_rows(context, offer, facts, path),
        main=main,
        others=others,
        map=_map(context, path, facts, name.text),
        address_line=address_line,
        town_line=town_line,
        place=context.site.places.get(offer.place) if offer.place else None,
        transport=transport_text(context, offer.place),
        provider=context.site.providers[offer.provider],
        kind=context.site.words.kinds[offer.kind],
        # A document from another time is not read by the law of today.
        law=law_text(context, context.site.words.kinds[offer.kind].legal_basis)
        if offer.origin is None
        else "",
        status=status_text(context.texts, offer),
        alert=own_text(context, offer, "alert", offer.alert.text if offer.alert is not None else None),
        nearby=offer_cards(context, path, [other for other, _ in facts.nearby], distances=dict(facts.nearby)),
        first_visit=own_text(context, offer, "first_visit", access.first_visit if access else None),
        bring=own_text(context, offer, "bring", access.bring if access else None),
        predecessors=context.facts.relations.predecessors.get(key, ()),
        calendar=has_calendar(context, "offer", key),
        address=context.site.config.url.rstrip("/") + "/" + path,
    )
    return Page(
        path=path,
        lang=context.lang,
        family="offer",
        title=quiet_title(context, offer.topics) or name.text,
        description=plain_text(summary.text)[:200],
        body=body,
        crumbs=_crumbs(context, facts),
        date=offer.checked,
        indexed=offer.status not in ("ended", "possible"),
        exit_bar=facts.sensitive,
        head=_structured_data(context, offer, facts),
    )


def _structured_data(context: Context, offer: Offer, facts: OfferFacts) -> Markup:
    """What search engines read: nothing on the internal site, nothing of an offer that is over."""
    if context.site.internal or not facts.active:
        return Markup()
    return data_block(offer_data(source_of(context), offer, facts))


def _crumbs(context: Context, facts: OfferFacts) -> tuple[Crumb, ...]:
    words = context.site.words.topics
    situation = facts.situations[0]
    topic = next(
        (name for name in context.site.offers[facts.id].topics if words[name].parent == situation), None
    )
    steps = [Crumb(context.texts.of(words[situation], "phrase").text, context.path("topic", situation))]
    if topic is not None:
        steps.append(Crumb(context.texts.name(words[topic]), context.path("topic", topic)))
    return tuple(steps)


def _actions(
    context: Context, offer: Offer, facts: OfferFacts
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """What one can do, the first as the large button: call, else chat or write; then the way there and to remember."""
    _ = context.texts.gettext
    contact = facts.contact
    found: list[dict[str, Any]] = []
    note = context.written(contact.name)
    for number, sign in ((contact.phone, "phone"), (contact.mobile, "cellphone")):
        if number:
            found.append(
                {"href": telephone(number), "text": number, "icon": sign, "note": "" if found else note}
            )
    chat = "chat" in offer.remote
    web = {
        "href": contact.website or "",
        "text": _("Zum Chat") if chat else _("Internetseite"),
        "icon": "chat-outline" if chat else "open-in-new",
        "attrs": {"rel": "noreferrer external"},
    }
    mail = {"href": f"mailto:{contact.email}", "text": _("E-Mail"), "icon": "email-outline"}
    found += [item for item, there in ((web, contact.website and chat), (mail, contact.email)) if there]
    if facts.location.point is not None:
        found.append({"href": "#weg", "text": _("Weg"), "icon": "map-marker-path"})
    # Another host learns who comes from here: pages about violence lead there only where there is no other way.
    if contact.website and not chat and (not facts.sensitive or not found):
        found.append(web)
    main = found.pop(0) if found and found[0]["href"] != "#weg" else None
    if facts.active and not facts.sensitive:
        listed = urls.relative(context.path("offer", offer.id), context.path("remembered"))
        attributes = {"data-remember": offer.id, "data-list": listed, "hidden": ""}
        found.append({"text": _("Merken"), "icon": "bookmark-outline", "attrs": attributes})
    return main, found


def _map(context: Context, path: str, facts: OfferFacts, name: str) -> Markup:
    point = facts.location.point
    if point is None:
        return Markup()
    shape = situation_shape(context, facts.situations[0])
    return point_map(context, path, point, name, shape=shape, spaces=facts.location.spaces or None)
