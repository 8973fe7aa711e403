"""Make the cards of offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from generator.model.facts import Location
from generator.model.offer import Offer
from generator.render.base.context import Context
from generator.render.base.html_patterns import form, mark, pattern
from generator.render.base.texts import Translated
from generator.render.base.view import CardFact, MacroCall, OpeningState
from generator.render.base.wording import (
    address_line,
    cost_html,
    opening,
    remote_text,
    spoken_text,
    status_text,
    waiting_text,
)


class OfferCard(MacroCall, frozen=True):
    """An offer's card; link, level and area may be slots filled later."""

    template = "macros/card.html"
    macro = "card"

    href: str
    title: str
    text: str  # its summary
    facts: Sequence[CardFact]  # when, where, cost …
    status: str  # in words, where it isn't simply running
    level: str | int  # of its heading
    lang: str  # of the title, where it isn't the page's
    note: str  # that its text is in another language
    data: Mapping[str, str]  # `data-` attributes for scripts
    hidden: bool  # until somebody asks for more


def offer_cards(
    context: Context,
    path: str,
    ids: Iterable[str],
    *,
    level: int = 3,
    shown: int | None = None,
    young: bool = False,
) -> Sequence[Markup]:
    """Return the offers' cards, linked from `path`, hidden after `shown`. Cards for the `young` say „du“."""
    cards: list[Markup] = []
    link = context.linking(path, "offer")
    values = {"level": str(level)}
    for number, key in enumerate(ids):
        card = _form(context, key, hidden=shown is not None and number >= shown, young=young)
        values |= {"href": link(key), "where": _where(context, key, young=young)}
        cards.append(Markup(card % values))
    return cards


def cards_around(
    context: Context, path: str, here: Location, distances: Mapping[str, int]
) -> Sequence[Markup]:
    """Return cards that show the distance from `here` in metres."""
    cards: list[Markup] = []
    link = context.linking(path, "offer")
    for key, metres in distances.items():
        location = context.facts.offers[key].location
        where = _how_far(context, None if _is_same_house(here, location) else metres)
        values = {"level": "3", "href": link(key), "where": where}
        cards.append(Markup(_form(context, key, hidden=False) % values))
    return cards


def make_cards(context: Context) -> None:
    """Render every offer's card once for all pages."""
    for key in context.site.offers:
        _form(context, key, hidden=False)


def _form(context: Context, key: str, *, hidden: bool, young: bool = False) -> str:
    """Return a card with slots, rendered once for many lists."""
    name = ("card", key, hidden, young)
    return context.once(name, lambda _: form(context.call(_card(context, key, hidden=hidden, young=young))))


def _where(context: Context, key: str, *, young: bool) -> str:
    label = context.gettext("Ort")
    return context.once(
        ("where", key, young), lambda context: _labelled(label, where_text(context, key, young=young))
    )


def _is_same_house(one: Location, other: Location) -> bool:
    """Tell whether two locations are one place or address."""
    if one.place is not None and one.place == other.place:
        return True
    doors = [(at.door, at.post_town) for at in (one.address, other.address) if at is not None and at.number]
    return len(doors) == 2 and doors[0] == doors[1]


def _how_far(context: Context, metres: int | None) -> str:
    # Metres are rounded to ten: few distances stand on many cards.
    def make(context: Context) -> str:
        texts = context.texts
        words = texts.gettext("im selben Haus") if metres is None else texts.on_foot(metres)
        return _labelled(texts.gettext("Entfernung"), words)

    return context.once(("how far", metres), make)


def _labelled(label: str, text: str) -> str:
    """Write a fact with its label for screen readers."""
    return str(pattern('<span class="nr-vh">{}: </span>{}').format(label, text))


def _card(context: Context, key: str, *, hidden: bool, young: bool) -> OfferCard:
    """Return an offer's card with slots for link, level and area."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    name = context.texts.of(offer, "name")
    summary = offer_summary(context, offer, young=young)
    return OfferCard(
        href=mark("href"),
        title=name.text,
        text=summary.text,
        facts=tuple(_facts(context, key)),
        status=status_text(context.texts, offer),
        level=mark("level"),
        lang=name.lang or summary.lang,
        note=context.gettext("Text auf Deutsch") if summary.lang else "",
        data={"id": key} | ({"keep": ""} if facts.carried else {}),
        hidden=hidden,
    )


def _facts(context: Context, key: str) -> Iterator[CardFact]:
    """Yield a card's known facts: when, where (slot), cost, languages, waiting."""
    _ = context.gettext
    offer, facts = context.site.offers[key], context.facts.offers[key]
    state = opening(context, facts.schedule, limit=1) if offer.status == "running" else None
    if state is not None:
        yield CardFact(open=state)
    if where_text(context, key):
        yield CardFact("map-marker-outline", mark("where"))
    if cost := cost_html(context, offer):
        yield CardFact("cash", cost, _("Kosten"))
    if spoken := spoken_text(context, offer):
        yield CardFact("translate", spoken, _("Sprachen"))
    if waiting := waiting_text(context, offer, facts):
        yield CardFact("timer-sand", waiting)


def card_pattern(context: Context, level: int) -> Markup:
    """Make an empty card with every fact, for scripts to fill."""
    _ = context.gettext
    return context.call(
        OfferCard(
            href="",
            title="",
            text=" ",
            facts=(
                CardFact(open=OpeningState("")),
                CardFact("map-marker-outline", label=_("Entfernung")),
                CardFact("map-marker-outline", label=_("Ort")),
                CardFact("cash", label=_("Kosten")),
                CardFact("translate", label=_("Sprachen")),
                CardFact("timer-sand"),
            ),
            status=" ",
            level=level,
            lang="",
            note=_("Text auf Deutsch"),
            data={},
            hidden=False,
        )
    )


def offer_summary(context: Context, offer: Offer, *, young: bool) -> Translated:
    """Return an offer's summary, in words for the `young` where translated."""
    young_words = context.texts.of(offer, "for_young") if young else Translated("")
    summary = context.texts.of(offer, "summary")
    return young_words if young_words and (not young_words.lang or summary.lang) else summary


def where_text(context: Context, key: str, *, young: bool = False) -> str:
    """Say briefly where: finest area, street, home visits or whole town."""
    _ = context.gettext
    offer, facts = context.site.offers[key], context.facts.offers[key]
    location = facts.location
    if key in context.site.protected:
        return _("geschützter Ort")
    if location.spaces or location.address is not None:
        return area_name(context, location.spaces) or _street(location)
    if facts.stops:
        return _("an mehreren Orten")
    ways = []
    if facts.remote:
        ways.append(remote_text(context.texts, offer))
    if offer.visits:
        ways.append(_("kommt zu dir") if young else _("kommt zu Ihnen"))
    if not ways and facts.for_all:
        ways.append(_("ganze Stadt"))
    return context.texts.comma.join(ways)


def _street(location: Location) -> str:
    """Return an unprotected location's street; empty if unknown."""
    if location.address is None or location.visibility != "full":
        return ""
    return address_line(location.address)


def area_name(context: Context, spaces: Sequence[str]) -> str:
    """Name the finest area of the first geography, not the city."""
    first = context.site.config.geographies[0].id
    for space in spaces:
        facts = context.facts.spaces.get(space)
        if facts is not None and facts.geography == first and facts.depth > 0:
            return context.texts.name(context.site.spaces[space])
    return ""
