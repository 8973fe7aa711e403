"""The components of written reports (`REPORT_COMPONENTS`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from generator.model.cells import Cell
from generator.model.editions import OfferLine
from generator.model.indicator import Indicator
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.view import MacroCall, TableCell, TableColumn, TableContent
from generator.render.components import registry
from generator.render.components.calls import Component, UnknownId, known
from generator.render.directory.offer_order import by_need
from generator.render.figures.area_profile import share_text, stand_text, stated_text
from generator.render.figures.figure_texts import (
    change_word,
    difference_text,
    period_text,
    range_text,
    sign_label,
    sign_of,
    sign_reason,
)
from generator.render.figures.figure_texts import value_text as cell_text
from generator.render.figures.sentences import NOTABLE, cell_sentence, change_sentence, comparison_sentence
from generator.render.figures.tables import as_written
from generator.render.written_reports.edition_call_site import EditionCallSite
from generator.render.written_reports.illustrations import (
    chart,
    choropleth,
    rows_of_areas,
    rows_of_indicators,
    with_unit,
    written_table,
)

_SHOWS = ("value", "interval", "count", "of", "change", "period")
"""What `figure` can write of a figure."""


class EditionOffersView(MacroCall, frozen=True):
    """Offers at publication."""

    template = "editions/parts.html"
    macro = "offers"

    lines: Sequence[OfferLine]
    total: int | None  # how many fit; None in older editions, which didn't note it
    limit: int  # at most so many lines
    low: bool  # whether only those without approval count


def figure(
    here: EditionCallSite,
    indicator: str,
    space: str | None = None,
    period: object = None,
    show: str = "value",
    part: str | None = None,
) -> Markup:
    """Write one figure inside a sentence, linked to its source.

    `show` is `value`, `interval` („27,9 bis 34,7 %“), `count` and `of` (numerator and denominator), `change` or
    `period`. `part` is a value of a breakdown.
    """
    known("show", show, dict.fromkeys(_SHOWS, True))
    definition, series = here.indicator(indicator), here.series(indicator)
    area = here.space(space)
    when = here.period(series, period)
    cell = here.cell(indicator, area, when, here.part(definition, part))
    if cell is None:
        periods = [item for item in series.periods if series.cell(area, item)]
        raise UnknownId("period", when, periods) if periods else UnknownId("space", area, series.spaces)
    text = _shown(here, definition, cell, show)
    number = here.source_number(indicator)
    if cell.illustrative and show not in ("period", "value"):
        text = f"{text} ({here.context.gettext('erfunden')})"
    return pattern('<a class="nr-cell" href="#quelle-{}">{}</a>').format(number, text)


def _shown(here: EditionCallSite, indicator: Indicator, cell: Cell, show: str) -> str:
    """Write what `show` asks for, or why there is no figure."""
    context, texts = here.context, here.context.texts
    _ = texts.gettext
    if show == "period":
        return period_text(texts, cell.period)
    if cell.value is None:
        return _("keine Zahl ({reason})").format(reason=sign_label(texts, cell.status))
    if show == "interval":
        return range_text(context, indicator, cell) or _("ohne Bereich")
    if show in ("count", "of"):
        count = cell.numerator if show == "count" else cell.denominator
        return texts.number(count) if count is not None else _("keine Zahl")
    if show == "change":
        return _change_shown(context, indicator, cell)
    return cell_text(context, indicator, cell)


def _change_shown(context: Context, indicator: Indicator, cell: Cell) -> str:
    """Write a figure's change since its first comparable period, with a word where it may be chance."""
    change = context.facts.series[indicator.id].changes.get(cell.key)
    if change is None or change.difference is None:
        return context.gettext("kein Vergleich möglich")
    text = sign_of(change.difference) + difference_text(context, indicator, abs(change.difference))
    if change.verdict in NOTABLE or not change.difference or indicator.counted:
        return text
    # The bare number in an author's sentence („stieg um 2 Punkte“) would say more than the data.
    word = change_word(context.texts, indicator, change, rounded=False)
    return f"{text} ({word})"


def fact(here: EditionCallSite, name: str, space: str | None = None, show: str = "value") -> Markup:
    """Write a figure that an area's record states: its `value`, `share` (of another such figure) or `date`."""
    known("show", show, {"value": True, "share": True, "date": True})
    area = here.space(space)
    stated = here.fact(area, name)
    if show == "date":
        texts = here.context.texts
        date = stand_text(texts, stated) if stated.date is None else texts.date(stated.date)
        return Markup.escape(date)
    if show == "share":
        if stated.of is not None:
            here.fact(area, stated.of)
        text = share_text(here.context.texts, here.context.site.spaces[area], stated)
        if not text:
            raise UnknownId(
                "name", name, [item.name for item in here.context.site.spaces[area].figures if item.of]
            )
    else:
        text = stated_text(here.context.texts, stated)
        if stated.illustrative:
            text = f"{text} ({here.context.gettext('erfunden')})"
    return pattern('<a class="nr-cell" href="#quelle-{}">{}</a>').format("profil", text)


def table(  # noqa: PLR0913 (what editors may write in a report)
    here: EditionCallSite,
    indicators: str,
    spaces: str | None = None,
    level: str | None = None,
    period: object = None,
    caption: str | None = None,
    label: str | None = None,
) -> Markup:
    """Show a numbered table: areas by periods, indicators, or one figure with interval.

    Several indicators for one area stand below each other, by period.
    """
    keys = [key.strip() for key in indicators.split(",") if key.strip()]
    first = here.series(keys[0])
    areas = here.spaces(spaces, level, first)
    if len(keys) > 1 and len(areas) == 1:
        content = rows_of_indicators(here, keys, areas[0], period)
    else:
        content = rows_of_areas(here, keys, areas, period)
    return written_table(here, keys, content, caption, label)


def comparison(
    here: EditionCallSite,
    indicator: str,
    space: str | None = None,
    period: object = None,
    against: str = "town",
) -> Markup:
    """Compare an area's figure with the town or area above, and over time."""
    known("against", against, {"town": True, "parent": True})
    definition, series = here.indicator(indicator), here.series(indicator)
    area, when = here.space(space), here.period(series, period)
    cell = here.cell(indicator, area, when)
    if cell is None:
        raise UnknownId("space", area, series.spaces)
    compared = (series.comparisons if against == "town" else series.parents).get(cell.key)
    other = here.cell(indicator, compared.space, when) if compared is not None and compared.space else None
    context = here.context
    change = series.changes.get(cell.key)
    sentences = [
        cell_sentence(context, definition, cell, area),
        comparison_sentence(context, definition, compared, other),
        change_sentence(context, definition, change, rounded=bool(series.reach)),
    ]
    text = " ".join(sentence for sentence in sentences if sentence)
    return pattern('<p class="nr-said"><a class="nr-cell" href="#quelle-{}">{}</a>: {}</p>').format(
        here.source_number(indicator),
        here.title(indicator),
        text,
    )


def offers(
    here: EditionCallSite,
    topic: str | None = None,
    space: str | None = None,
    limit: int = 5,
    low_threshold: bool = False,
) -> Markup:
    """List active offers to a topic or in an area, as at publication, in the order of `by_need`.

    The area's own come first. `low_threshold` leaves out what somebody must grant. A cut list says of how many.
    """
    # By this key the list is found again in the edition's frozen file.
    signature = f"topic={topic or ''};space={space or ''};limit={limit};low={low_threshold}"
    if here.frozen is not None:
        lines, total = here.frozen.offers.get(signature, ()), here.frozen.offer_totals.get(signature)
    else:
        chosen = _chosen_offers(here, topic, space, low_threshold)
        lines = _offer_lines(here, chosen[:limit])
        total = len(chosen)
    here.used.offers[signature] = lines
    if total is not None:
        here.used.offer_totals[signature] = total
    return here.context.call(EditionOffersView(lines, total, limit, low_threshold))


def _chosen_offers(
    here: EditionCallSite, topic: str | None, space: str | None, low_threshold: bool
) -> list[str]:
    """Return active offers in the order in which they are listed."""
    context = here.context
    facts = context.facts.offers
    found = [key for key in _offers_of(context, topic, space) if facts[key].active]
    if low_threshold:
        found = [key for key in found if facts[key].low_threshold]
    of_area = [key for key in found if not facts[key].city_wide] if space is not None else ()
    return by_need(context, found, of_area)


def _offers_of(context: Context, topic: str | None, space: str | None) -> Sequence[str]:
    """Return offers by topic and area, or raise `UnknownId`."""
    chosen = registry.offers_to(context, topic)
    if space is None:
        return chosen
    known("space", space, context.site.spaces)
    in_area = set(context.facts.relations.offers_by_space.get(space, ()))
    return [key for key in chosen if key in in_area]


def _offer_lines(here: EditionCallSite, chosen: Sequence[str]) -> tuple[OfferLine, ...]:
    texts, site = here.context.texts, here.context.site
    lines = []
    for key in chosen:
        offer = site.offers[key]
        provider = site.providers[offer.provider]
        lines.append(OfferLine(texts.name(offer), texts.of(offer, "summary").text, texts.name(provider)))
    return tuple(lines)


def peers(
    here: EditionCallSite, indicator: str, caption: str | None = None, label: str | None = None
) -> Markup:
    """Show other places' figures in a table, in their source's order, never ranked."""
    definition = here.indicator(indicator)
    sets = {item.name: item for item in definition.peers}
    if not sets:
        with_peers = [key for key, item in here.context.site.indicators.items() if item.peers]
        raise UnknownId("indicator", indicator, with_peers)
    texts = here.context.texts
    _ = texts.gettext
    columns = (
        TableColumn(_("Ort")),
        TableColumn(_("Zeitraum")),
        TableColumn(with_unit(here, indicator, _("Wert")), num=True),
        TableColumn(_("Quelle")),
    )
    rows = []
    for item in sets.values():
        for value in item.values:
            name = f"{value.name} ({value.note})" if value.note else value.name
            written = texts.qualified(value.qualifier, as_written(texts, value.value))
            when = period_text(texts, value.period)
            rows.append((TableCell(name), TableCell(when), TableCell(written), TableCell(item.source)))
    content = TableContent(columns, rows)
    return written_table(here, [indicator], content, caption or texts.join(sets), label)


def reason(here: EditionCallSite, indicator: str, space: str | None = None, period: object = None) -> Markup:
    """Say in a sentence why there is no figure."""
    here.indicator(indicator)
    area = here.space(space)
    cell = here.cell(indicator, area, here.period(here.series(indicator), period))
    words = sign_reason(here.context.texts, cell.status if cell is not None else None)
    return pattern("{}: {}").format(named(here.context, area), words)


def see(here: EditionCallSite, label: str) -> Markup:
    """Point at a labelled figure or table."""
    # A label that follows later is known only in the second of two runs (`write_edition`).
    if label not in here.labels:
        return pattern('<span data-label="{}"></span>').format(label)
    kind, number = here.labels[label]
    return pattern('<a href="#{}-{}">{}</a>').format(kind, number, numbered(here, kind, number))


def numbered(here: EditionCallSite, kind: str, number: int) -> str:
    """Name a numbered figure (`abbildung`) or table (`tabelle`): „Abbildung 2“."""
    _ = here.context.gettext
    return (_("Tabelle {n}") if kind == "tabelle" else _("Abbildung {n}")).format(n=number)


def term(here: EditionCallSite, name: str) -> Markup:
    """Show a term as a link to its explanation."""
    found = registry.find_term(here.context.words.glossary, name)
    if found is not None:
        here.used.terms[found.id] = None
    return registry.term(here, name)


# By the name with which reports call them: {{ figure(…) }}.
REPORT_COMPONENTS: Mapping[str, Component] = {
    "chart": chart,
    "choropleth": choropleth,
    "comparison": comparison,
    "fact": fact,
    "figure": figure,
    "offers": offers,
    "peers": peers,
    "reason": reason,
    "see": see,
    "table": table,
    "term": term,
}
