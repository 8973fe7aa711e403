"""Say values of records in words for families."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Literal

from markupsafe import Markup

from generator.hours.schedule import Schedule, compact
from generator.hours.spoken import spoken_seasons, spoken_week
from generator.model.dates import SPANS, Hours
from generator.model.facts import OfferFacts
from generator.model.groups import Address, Cost, Fee
from generator.model.offer import Offer
from generator.model.scalars import Ages
from generator.model.vocabulary import LegalBasis
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.texts import Texts
from generator.render.base.view import OpeningState

FEW_LANGUAGES = 3
"""So many languages are named on a card."""
FEE_UNITS = (
    "Monat",
    "Woche",
    "Tag",
    "Stunde",
    "Treffen",
    "Kurs",
    "Jahr",
    "Halbjahr",
    "Vormittag",
    "Nachmittag",
    "Abend",
    "Reise",
    "Stück",
    "Einkauf",
    "Frühstück",
    "Mittagessen",
    "Familie",
    "Kind",
    "Person",
)
"""What a fee is usually counted by; each is the id of its own translation."""


def ages_text(texts: Texts, ages: Ages) -> str:
    """Write ages: „6 bis 10 Jahre“, „ab 16 Jahren“, „vor der Geburt“."""
    _ = texts.gettext
    if ages.pregnancy:
        return _pregnancy_text(texts, ages.upper or 0)
    if ages.everybody:
        return _("jedes Alter")
    low, high = ages.lower, ages.upper
    if high is None:
        return texts.number_of("ab {n} Jahr", "ab {n} Jahren", low // 12)
    # The highest age includes its last month: years are whole if 12 divides the one after it. Of babies months are said.
    if (high + 1) % 12 != 0 or low % 12 != 0 or high < 12:
        if low == high:
            return texts.number_of("{n} Monat", "{n} Monate", low)
        return texts.number_of("{low} bis {n} Monat", "{low} bis {n} Monate", high, low=low)
    if low == 0:
        return texts.number_of("bis {n} Jahr", "bis {n} Jahre", high // 12)
    if low // 12 == high // 12:
        return texts.number_of("{n} Jahr", "{n} Jahre", low // 12)
    return texts.number_of("{low} bis {n} Jahr", "{low} bis {n} Jahre", high // 12, low=low // 12)


def _pregnancy_text(texts: Texts, months: int) -> str:
    """Write ages from before birth up to some months (0: birth)."""
    if not months:
        return texts.gettext("in der Schwangerschaft")
    years = months // 12
    return texts.number_of("Schwangerschaft bis {n} Jahr", "Schwangerschaft bis {n} Jahre", years)


def transport_text(context: Context, place: str | None) -> Markup:
    """Say how to get there; empty where the address isn't shown, which it could reveal."""
    if place is None:
        return Markup()
    location = context.facts.places[place]
    shown = location.visibility == "full" or location.address is not None
    return context.translated(context.site.places[place], "transport") if shown else Markup()


def cost_text(texts: Texts, offer: Offer) -> str:
    """Say the cost in one line; empty if unknown."""
    if offer.cost is None:
        return ""
    text = texts.once("cost", offer.cost, partial(cost_value_text, texts))
    made_up = texts.mark_of(offer, "cost")
    return f"{text} ({made_up})" if text and made_up else text


def cost_html(context: Context, offer: Offer) -> Markup:
    """Say the cost like `cost_text`, with the note's language marked."""
    text, unit = cost_text(context.texts, offer), own_unit(offer)
    if not (text and unit):
        return Markup.escape(text)
    before, _, after = text.partition(unit)
    return pattern("{}{}{}").format(before, context.written(unit), after)


def own_unit(offer: Offer) -> str:
    """Return what a fee is counted by, or who pays it, where no catalogue has it."""
    if not isinstance(offer.cost, Fee):
        return ""
    per = offer.cost.per
    return _who_pays(offer.cost) or (per if per and per not in FEE_UNITS else "")


def _who_pays(fee: Fee) -> str:
    """Return the note of an amount of 0: free for whom it says."""
    return (fee.note or "") if fee.amount == 0 and fee.up_to is None else ""


def cost_value_text(texts: Texts, cost: Cost | None) -> str:
    """Say a cost in words; empty where nothing was said."""
    _ = texts.gettext
    if cost is None:
        return ""
    if isinstance(cost, Fee):
        if cost.amount is None:
            return ""
        if _who_pays(cost):
            return _who_pays(cost)
        text = texts.euros(cost.amount) if cost.amount else _("kostenlos")
        if cost.up_to is not None:
            low, high = texts.euros(cost.amount), texts.euros(cost.up_to)
            text = _("{lowest} bis {highest}").format(lowest=low, highest=high)
        if cost.per:
            text = _("{amount} je {what}").format(
                amount=text, what=_(cost.per) if cost.per in FEE_UNITS else cost.per
            )
        if cost.reduced is not None:
            reduced = texts.euros(cost.reduced) if cost.reduced else _("kostenlos")
            text += texts.comma + _("für manche {amount}").format(amount=reduced)
        return text
    return {
        "free": _("kostenlos"),
        "donation": _("gegen Spende"),
        "income-based": _("nach Einkommen"),
        "on-request": _("auf Anfrage"),
    }[cost]


def address_line(address: Address) -> str:
    """Write street and house number."""
    return f"{address.street} {address.number}".strip() if address.number else address.street


def town_line(address: Address) -> str:
    """Write postcode and town."""
    return f"{address.postcode} {address.town}"


def address_text(address: Address | None) -> str:
    """Write an address in one line; empty for none."""
    return f"{address_line(address)}, {town_line(address)}" if address is not None else ""


def ways_from_afar(texts: Texts) -> dict[str, str]:
    """Name each medium of `remote` in words."""
    _ = texts.gettext
    return {"phone": _("am Telefon"), "video": _("per Video"), "chat": _("im Chat"), "mail": _("per E-Mail")}


def remote_text(texts: Texts, offer: Offer) -> str:
    """Name the media of `remote`, the first one first; empty for none."""
    ways = ways_from_afar(texts)
    return texts.join([ways[medium] for medium in offer.remote], either=True)


def languages_text(context: Context, offer: Offer) -> str:
    """Name the languages spoken and whether somebody interprets."""
    names = [context.texts.name(context.words.languages[item]) for item in offer.languages]
    return " · ".join(filter(None, (context.texts.join(names), interpreter_text(context, offer))))


def interpreter_text(context: Context, offer: Offer) -> str:
    """Say that somebody interprets; empty if nobody does or it is unknown."""
    _ = context.gettext
    if offer.interpreter == "yes":
        return _("mit Übersetzung")
    return _("Übersetzung auf Anfrage") if offer.interpreter == "on request" else ""


def further_languages(context: Context, offer: Offer) -> str:
    """Name a few languages beside the town's own, in order."""
    spoken = [item for item in offer.languages if item != context.site.config.language]
    names = sorted((context.texts.name(context.words.languages[item]) for item in spoken), key=str.casefold)
    shown, rest = context.texts.comma.join(names[:FEW_LANGUAGES]), len(names) - FEW_LANGUAGES
    return context.gettext("{names} und {n} weitere").format(names=shown, n=rest) if rest > 0 else shown


def spoken_text(context: Context, offer: Offer) -> str:
    """Name the languages, the town's own first; empty if it is the only one."""
    main, further = context.site.config.language, further_languages(context, offer)
    if further and main in offer.languages:
        return context.texts.comma.join([context.texts.name(context.words.languages[main]), further])
    return further


def waiting_text(context: Context, offer: Offer, facts: OfferFacts) -> str:
    """Say free places or waiting time with its day; old ones are to be asked about."""
    capacity = offer.capacity
    if capacity is None or capacity.date > context.facts.today:
        return ""
    _, number_of = context.gettext, context.texts.number_of
    free, waiting = capacity.free, capacity.waiting
    parts = []
    if free is not None:
        parts.append(number_of("{n} Platz frei", "{n} Plätze frei", free))
    if waiting is not None and not free:
        span = number_of(*SPANS[waiting.unit], waiting.number)
        parts.append(_("Wartezeit etwa {span}").format(span=span))
    if not parts:
        return ""
    state, day = context.texts.comma.join(parts), context.texts.date(capacity.date, short=True)
    if not facts.capacity_shown:
        return _("Zuletzt am {date}: {said}. Bitte nachfragen.").format(date=day, said=state)
    stand = _("(Stand {date})").format(date=day)
    return f"{state} {stand}"


def status_text(texts: Texts, offer: Offer) -> str:
    """Name a state other than running, with the end date."""
    _ = texts.gettext
    if offer.status == "running":
        return _("noch bis {date}").format(date=texts.date(offer.until)) if offer.until is not None else ""
    if offer.status == "planned" and offer.from_ is not None:
        return f"{_('geplant')}{texts.comma}{_('ab {date}').format(date=texts.date(offer.from_))}"
    return {
        "possible": _("nur eine Möglichkeit"),
        "planned": _("geplant"),
        "paused": _("pausiert"),
        "ended": _("beendet"),
    }[offer.status]


_CHILDREN = frozenset({"children", "siblings", "girls", "boys", "young-people"})
"""Groups of whom an age says how old they are themselves."""


def for_whom(context: Context, offer: Offer) -> str:
    """Say for whom an offer is: groups and ages."""
    groups = [context.texts.name(context.words.target_groups[item]) for item in offer.for_]
    parts = [context.texts.join(groups)] if groups else []
    if offer.ages is not None and not (groups and offer.ages.everybody):
        words = ages_text(context.texts, offer.ages)
        parts.append(
            context.gettext("Kinder: {ages}").format(ages=words) if _of_child(offer, offer.ages) else words
        )
    return context.texts.comma.join(parts)


def _of_child(offer: Offer, ages: Ages) -> bool:
    """Tell whether ages mean the child's: „Mütter, 0 bis 12 Monate“."""
    if offer.ages_of == "participant" or _CHILDREN.intersection(offer.for_):
        return False
    # From 16 years (192 months) on it is their own age.
    return not (ages.everybody or ages.pregnancy or ages.lower >= 192)


def town_name(context: Context) -> str:
    """Return the configured town name, else the topmost area's or publisher's."""
    config, facts = context.site.config, context.facts
    if config.town:
        return config.town
    return context.texts.name(context.site.spaces[facts.roots[0]]) if facts.roots else config.publisher.name


def quiet_title(context: Context, topics: Iterable[str], *, secret: bool = False) -> str:
    """Return a quiet page title for what is sensitive, else nothing.

    It stands in the tab and the browser's history, where others may read it.
    """
    _ = context.gettext
    if any(context.words.is_grave(key) for key in topics):
        return _("Beratung und Schutz")
    return _("Beratung und Hilfe") if secret else ""


def quiet_title_of_offers(context: Context, offers: Iterable[str]) -> str:
    """Return the quiet title of a page whose offers are all sensitive."""
    topics = chain.from_iterable(context.site.offers[key].topics for key in offers)
    return quiet_title(context, topics, secret=True)


def quiet_title_of_offer(context: Context, key: str) -> str:
    """Return a sensitive offer's quiet title, else nothing."""
    facts = context.facts.offers[key]
    return quiet_title(
        context, context.site.offers[key].topics, secret=facts.sensitive and facts.low_threshold
    )


def basis_text(basis: LegalBasis | None) -> str:
    """Write a paragraph of the law: „§ 16 SGB VIII“."""
    return basis.cited if basis is not None else ""


def style(texts: Texts) -> Literal["de", "en", "24h"]:
    """Return how times are written: „9 Uhr“, „9 am“ or „09:00“."""
    return {"de": "de", "en": "en"}.get(texts.lang.split("-")[0], "24h")  # type: ignore[return-value]


def week_lines(context: Context, schedule: Schedule | None) -> Sequence[tuple[Markup, Markup]]:
    """Return (days, times) in words, remarks that nobody translated marked; unreadable hours as written."""

    def made(schedule: Schedule) -> Sequence[tuple[Markup, Markup]]:
        lines = spoken_week(schedule, context.said, style(context.texts))
        return [(Markup(days), Markup(times)) for days, times in lines]

    # Glance, card, search entry and own list say the same hours.
    return context.texts.once("week", schedule, made) if schedule is not None else ()


def in_a_line(context: Context, lines: Sequence[tuple[Markup, Markup]], limit: int = 2) -> Markup:
    """Join lines of hours, at most `limit`."""
    parts = (Markup(" ").join(filter(None, line)) for line in lines[:limit])
    return Markup(context.texts.comma).join(parts) + (" …" if len(lines) > limit else "")


def instead_of_closed(context: Context, path: str, schedule: Schedule | None) -> Markup:
    """Say where to go and whom to call while something is closed, now or in the days that are told."""
    for one in schedule.closings if schedule else ():
        offer, number = context.facts.instead_of(one), one.instead_phone
        if schedule and one.first <= schedule.until and (offer or number):
            parts = [linked(urls.telephone(number), context.isolated(number))] if number else []
            if offer:
                there = context.translated(context.site.offers[offer])
                parts.insert(0, linked(context.href(path, "offer", offer), there))
            return Markup("{} {}").format(
                context.gettext("Solange geschlossen ist:"), Markup(" · ").join(parts)
            )
    return Markup()


def week_text(context: Context, schedule: Schedule | None, limit: int = 2) -> str:
    """Return the hours in one line without HTML, at most `limit` parts."""
    return in_a_line(context, week_lines(context, schedule), limit).striptags()


def schedule_of(context: Context, hours: Hours | None) -> Schedule | None:
    """Return read hours of what is no offer; None for none."""
    return context.facts.written_hours.get(hours.written) if hours is not None else None


def hours_words(context: Context, hours: Hours | None) -> str:
    """Return hours in words; empty for none."""
    return week_text(context, schedule_of(context, hours), 4)


def season_text(texts: Texts, schedule: Schedule | None) -> str:
    """Return each season's hours in one line; empty where it isn't all."""
    lines = spoken_seasons(schedule, texts.gettext, style(texts)) if schedule else []
    return texts.comma.join(f"{days} {times}" for days, times in lines)


def opening(context: Context, schedule: Schedule | None, limit: int = 2) -> OpeningState | None:
    """Return hours in `limit` parts and as JSON for `assets/js/hours.js`; None for none."""
    if schedule is None:
        return None
    hours, data = in_a_line(context, week_lines(context, schedule), limit), ""
    if schedule.readable or schedule.exceptions:
        data = context.texts.once("data", schedule, lambda schedule: compact(schedule, context.gettext))
    return OpeningState(hours, written=hours.striptags(), data=data) if hours or data else None
