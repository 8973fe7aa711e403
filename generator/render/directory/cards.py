"""Make the cards of offers, with their facts at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.facts import Location, OfferFacts
from generator.model.groups import Fee
from generator.model.offer import Offer
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.places_and_providers import Place
from generator.render.base.context import Context
from generator.render.base.html_patterns import form, mark, pattern
from generator.render.base.texts import Translated
from generator.render.base.view import CardFact, GlanceRow, MacroCall, OpeningState, View
from generator.render.base.wording import (
    address_line,
    address_text,
    cost_html,
    for_whom,
    languages_text,
    opening,
    own_unit,
    remote_text,
    spoken_text,
    status_text,
    transport_text,
    waiting_text,
    week_lines,
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
        card = _render_card_with_slots(
            context, key, hidden=shown is not None and number >= shown, young=young
        )
        values |= {"href": link(key), "where": _render_labelled_place(context, key, young=young)}
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
        cards.append(Markup(_render_card_with_slots(context, key, hidden=False) % values))
    return cards


def make_cards(context: Context) -> None:
    """Render every offer's card once for all pages."""
    for key in context.site.offers:
        _render_card_with_slots(context, key, hidden=False)


def _render_card_with_slots(context: Context, key: str, *, hidden: bool, young: bool = False) -> str:
    """Return a card with slots, rendered once for many lists."""
    name = ("card", key, hidden, young)
    return context.once(name, lambda _: form(context.call(_card(context, key, hidden=hidden, young=young))))


def _render_labelled_place(context: Context, key: str, *, young: bool) -> str:
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


class WhereView(View, frozen=True):
    """Where an offer is: its address or `area`; of a `protected` one only whether to call."""

    template = "parts/where.html"

    place: Place | None
    address: str
    extra: str | None  # of the address: floor, yard …
    area: str  # or other words for where, if there is no address
    transport: Markup  # how to get there


class WeekView(View, frozen=True):
    """Opening hours as pairs of days and times."""

    template = "parts/week.html"

    lines: Sequence[tuple[Markup, Markup]]


def own_text(context: Context, offer: Offer, field: str, written: str | None) -> Translated:
    """Return a translated text of an offer's access, cost or alert."""
    value = getattr(offer.translations.get(context.lang), field, None)
    if value:
        return Translated(str(value))
    return Translated(written or "", context.texts.record_lang if written else "")


def glance_rows(context: Context, offer: Offer, facts: OfferFacts, path: str) -> Iterator[GlanceRow]:
    """Yield the facts at a glance; the template skips empty ones."""
    _ = context.gettext
    place = context.site.places.get(offer.place) if offer.place else None
    cared_for = {
        "yes": _("Ihre Kinder werden währenddessen betreut."),
        "on request": _("Ihre Kinder können währenddessen betreut werden. Bitte vorher fragen."),
    }.get(offer.childcare or "", "")
    capacity = waiting_text(context, offer, facts)
    cost, note = cost_html(context, offer), _cost_note(context, offer)
    who, way = _who(context, offer, facts), _make_access_row(context, offer, facts)
    yield _make_hours_row(context, offer, facts)
    # What decides stands first: on grave pages for whom it is, and how one gets in.
    if facts.sensitive:
        yield from (who, way)
    yield GlanceRow(_("Wo"), _fill_place(context, offer, facts, path), "map-marker-outline")
    yield GlanceRow(_("Kosten"), cost or note, "cash", note if cost else "")
    if not facts.sensitive:
        yield from (way, who)
    yield GlanceRow(_("Sprachen"), languages_text(context, offer), "translate")
    yield GlanceRow(_("Barriere\u00adfreiheit"), _barriers(context, place, facts), "wheelchair-accessibility")
    yield GlanceRow(_("Kinder"), cared_for, "baby-carriage")
    yield GlanceRow(_("Plätze"), capacity, "seat-outline")


def _fill_place(context: Context, offer: Offer, facts: OfferFacts, path: str) -> Markup:
    """Return where an offer is; a possible one has no place yet."""
    place = context.site.places.get(offer.place) if offer.place else None
    address = facts.location.address
    view = WhereView(
        place=place,
        address=address_text(address),
        extra=address.extra if address is not None else None,
        area=where_text(context, offer.id),
        transport=transport_text(context, offer.place),
    )
    if offer.status == "possible" and place is None:
        return Markup()
    return context.render(view, path)


def _who(context: Context, offer: Offer, facts: OfferFacts) -> GlanceRow:
    """Name whom an offer is for, with small print."""
    _ = context.gettext
    flags = [flag for flag in OFFER_FLAGS.values() if flag.glance]
    small = " · ".join(_(flag.label) for flag in flags if flag.holds(context.site, offer, facts))
    who = for_whom(context, offer)
    text, small = (who, small) if who else (small, "")
    return GlanceRow(_("Für wen"), text, "account-group-outline", small)


def _make_hours_row(context: Context, offer: Offer, facts: OfferFacts) -> GlanceRow:
    """Return the week in words, after a state that a script fills."""
    note = context.texts.of(offer, "hours_note")
    term = context.gettext("Wann")
    if offer.invented("hours"):
        written = offer.hours.written if offer.hours is not None else ""
        text = f"{written or note.words} ({context.texts.made_up})"
        small = f"{note.words} ({context.texts.made_up})" if written and note else ""
        return GlanceRow(term, text, "clock-outline", small)
    text, small = context.marked(note), Markup()
    if lines := week_lines(context, facts.schedule):
        text, small = context.render(WeekView(lines), ""), text
    elsewhere = context.gettext("je nach Ort, siehe unten") if facts.stops else ""
    state = opening(context, facts.schedule) if offer.status == "running" else None
    now = OpeningState("", data=state.data) if state and state.data else None
    return GlanceRow(term, text or elsewhere, "clock-outline", small, open=now)


def _cost_note(context: Context, offer: Offer) -> Markup:
    note = context.marked(
        own_text(context, offer, "cost_note", offer.cost.note if isinstance(offer.cost, Fee) else None)
    )
    if note or not isinstance(offer.cost, Fee) or offer.cost.reduced is None:
        return Markup() if note == own_unit(offer) else note
    return Markup.escape(context.gettext("Manche zahlen weniger. Fragen Sie dort, wer."))


def _make_access_row(context: Context, offer: Offer, facts: OfferFacts) -> GlanceRow:
    text, explanation = way_text(context, offer, facts)
    parts = (Markup.escape(explanation), *access_notes(context, offer, facts))
    return GlanceRow(
        context.gettext("Anmeldung"), text, "door-open", Markup(" ").join(part for part in parts if part)
    )


def access_notes(context: Context, offer: Offer, facts: OfferFacts) -> Iterator[Markup]:
    """Yield who may refer, where and by when one registers."""
    _ = context.gettext
    access = facts.access or offer.access
    if names := referrers_text(context, offer, facts):
        # Who may go there alone isn't told that others have to register them.
        words = _("Anmelden kann Sie auch: {who}.") if facts.low_threshold else _("Anmelden kann Sie: {who}.")
        yield Markup.escape(words.format(who=names))
    if access is not None and access.address:
        yield pattern("{} {}").format(_("Anmeldung bei:"), context.written(access.address))
    if access is not None and access.register_by is not None:
        over = access.register_by < context.facts.today
        deadline = _("Anmeldeschluss war am {date}.") if over else _("Anmeldung bis zum {date}.")
        yield Markup.escape(deadline.format(date=context.texts.date(access.register_by)))


def referrers_text(context: Context, offer: Offer, facts: OfferFacts) -> str:
    """Name who may refer a family; empty if nobody must."""
    access = facts.access or offer.access
    referrers = context.words.referrers
    who = access.who_may_refer if access is not None else ()
    return context.texts.join([context.texts.name(referrers[item]) for item in who], either=True)


def way_text(context: Context, offer: Offer, facts: OfferFacts) -> tuple[str, str]:
    """Return (way in, its explanation), saying if unknown or made up."""
    _ = context.gettext
    access = facts.access or offer.access
    if access is None and (offer.origin is None or offer.fictional):
        return _("nicht angegeben"), ""
    if access is None:
        return _("nicht angegeben"), _("Die Quelle sagt nicht, wie man hinkommt.")
    way = context.words.access_ways[access.way]
    from_afar = way.id == "open" and _is_from_afar(offer, facts)
    text = _("Einfach melden") if from_afar else context.texts.name(way)
    return text + context.made_up(offer, "access"), context.texts.of(way, "explanation").text


def _is_from_afar(offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether one attends only by telephone or screen."""
    media = {interval.medium for interval in facts.schedule.intervals()} if facts.schedule else set()
    return (facts.remote and offer.place is None) or (bool(media) and media <= {"phone", "video"})


def _barriers(context: Context, place: Place | None, facts: OfferFacts) -> str:
    """Say what one meets at the entrance; the place's page has more."""
    if place is None or facts.location.visibility != "full":
        return ""
    _ = context.gettext
    answers = {
        "step_free": {"yes": _("Ohne Stufen"), "limited": _("Zum Teil ohne Stufen"), "no": _("Mit Stufen")},
        "toilet": {
            "yes": _("Rollstuhlgerechte Toilette"),
            "limited": _("Toilette nur zum Teil rollstuhlgerecht"),
            "no": _("Keine rollstuhlgerechte Toilette"),
        },
    }
    stated = place.accessibility
    return " · ".join(words[stated[feature]] for feature, words in answers.items() if feature in stated)


class StopLine(Struct, frozen=True):
    """One of several places: name, page id, address, hours."""

    name: Markup
    place: str | None
    address: str
    week: Markup  # its hours


def stop_lines(context: Context, facts: OfferFacts) -> Sequence[StopLine]:
    """Return the places and times of an offer with several."""
    found = []
    for stop in facts.stops:
        place = context.site.places.get(stop.location.place or "")
        lines = week_lines(context, stop.schedule)
        found.append(
            StopLine(
                context.written(stop.name or None),
                place.id if place is not None else None,
                address_text(stop.location.address),
                context.render(WeekView(lines), "") if lines else Markup(),
            )
        )
    return found
