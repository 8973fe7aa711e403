"""The components of written reports (`REPORT_COMPONENTS`), with numbered tables, charts and maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec.structs import replace

from generator.model.cells import Cell, Status
from generator.model.editions import OfferLine
from generator.model.indicator import Indicator
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.view import MacroCall, TableCell, TableColumn, TableContent, table_of
from generator.render.components import calls
from generator.render.components.calls import Component, UnknownId, known
from generator.render.directory.offer_order import by_need
from generator.render.figures.area_profile import share_text, stand_text, stated_text
from generator.render.figures.charts import (
    CHARTS,
    Benchmark,
    ChartCaption,
    ChartContent,
    ChartKind,
    ChartLine,
    ChartPoint,
    TimeAxis,
)
from generator.render.figures.figure_texts import (
    change_word,
    difference_text,
    interval_text,
    number_text,
    period_text,
    range_text,
    said_of,
    sign_label,
    sign_of,
    sign_reason,
    unit_text,
    value_text,
)
from generator.render.figures.figure_texts import value_text as cell_text
from generator.render.figures.points import figure_point
from generator.render.figures.sentences import NOTABLE, cell_sentence, change_sentence, comparison_sentence
from generator.render.figures.tables import as_written
from generator.render.maps import choropleth as class_maps
from generator.render.written_reports.edition_call_site import EditionCallSite


class NumberedTableView(MacroCall, frozen=True):
    """A numbered table with its sources and signs."""

    template = "editions/parts.html"
    macro = "numbered_table"

    number: int
    title: str
    content: TableContent
    sources: Sequence[int]  # their numbers
    signs: Sequence[str]  # what the signs in it mean


def rows_of_areas(
    here: EditionCallSite, keys: Sequence[str], areas: Sequence[str], period: object
) -> TableContent:
    """Return a row for each area: of several indicators one period, of one its periods, or one figure in detail."""
    first, *more = keys
    across = [(first, when) for when in here.periods(here.series(first), period)]
    if more:
        across = [(key, here.period(here.series(key), period)) for key in keys]
    elif len(across) == 1:
        return _in_detail(here, first, areas, across[0][1])
    columns = []
    for key, when in across:
        head = period_text(here.context.texts, when)
        cells = [_make_value_cell(here, key, here.cell(key, area, when)) for area in areas]
        columns.append((f"{here.title(key)}, {head}" if more else head, cells))
    return _areas_down(here, areas, columns)


def _areas_down(
    here: EditionCallSite, areas: Sequence[str], columns: Sequence[tuple[str, Sequence[TableCell]]]
) -> TableContent:
    """Return a table of areas; a column is (head, cells)."""
    heads = [TableColumn(here.context.gettext("Gebiet"), key="name")]
    heads += [TableColumn(head, num=True) for head, _cells in columns]
    names = [TableCell(named(here.context, area)) for area in areas]
    return TableContent(heads, tuple(zip(names, *(cells for _head, cells in columns), strict=True)))


def _in_detail(here: EditionCallSite, key: str, areas: Sequence[str], when: str) -> TableContent:
    """Return one figure of each area, with interval and counts where known."""
    _ = here.context.gettext
    indicator = here.indicator(key)
    cells = [here.cell(key, area, when) for area in areas]
    head = with_unit(here, key, period_text(here.context.texts, when))
    columns = [(head, [_make_value_cell(here, key, cell) for cell in cells])]
    intervals = [interval_text(here.context, indicator, cell) for cell in cells]
    if any(intervals):
        columns.append((_("Unsicherheitsbereich"), [TableCell(interval) for interval in intervals]))
    if any(cell is not None and cell.denominator is not None for cell in cells):
        columns.append(
            (_("Anzahl"), [_make_count_cell(here, cell.numerator if cell else None) for cell in cells])
        )
        columns.append(
            (_("von"), [_make_count_cell(here, cell.denominator if cell else None) for cell in cells])
        )
    return _areas_down(here, areas, columns)


def with_unit(here: EditionCallSite, key: str, text: str) -> str:
    """Append an indicator's unit in brackets, if any."""
    unit = unit_text(here.context, here.indicator(key))
    return f"{text} ({unit})" if unit else text


def rows_of_indicators(here: EditionCallSite, keys: Sequence[str], area: str, period: object) -> TableContent:
    """Put indicators down and periods across, for one area."""
    texts = here.context.texts
    if period is None:
        return _latest_of_indicators(here, keys, area)
    chosen: set[str] = set()
    for key in keys:
        chosen.update(here.periods(here.series(key), period))
    periods = sorted(chosen)
    rows = []
    for key in keys:
        values = [_make_value_cell(here, key, here.cell(key, area, when)) for when in periods]
        rows.append((TableCell(with_unit(here, key, here.title(key))), *values))
    return table_of([texts.gettext("Kennzahl")], [period_text(texts, when) for when in periods], rows)


def _latest_of_indicators(here: EditionCallSite, keys: Sequence[str], area: str) -> TableContent:
    """Return an area's indicators with latest period, value, unit."""
    texts = here.context.texts
    _ = texts.gettext
    rows = []
    for key in keys:
        latest = here.series(key).latest
        value = _make_value_cell(here, key, here.cell(key, area, latest))
        unit = unit_text(here.context, here.indicator(key))
        if not unit and here.indicator(key).counted:
            unit = _("Anzahl")
        rows.append(
            (TableCell(here.title(key)), TableCell(period_text(texts, latest)), value, TableCell(unit))
        )
    heads = (
        TableColumn(_("Kennzahl")),
        TableColumn(_("Zeitraum")),
        TableColumn(_("Wert"), num=True),
        TableColumn(_("Einheit")),
    )
    return TableContent(heads, rows)


def written_table(
    here: EditionCallSite,
    keys: Sequence[str],
    content: TableContent,
    caption: str | None,
    label: str | None,
) -> Markup:
    """Write a numbered table with caption, sources and signs."""
    number = here.number("tabelle")
    here.label(label, "tabelle", number)
    _ = here.context.gettext
    title = caption or here.context.texts.join(here.title(key) for key in keys)
    view = NumberedTableView(
        number=number,
        title=title,
        content=content,
        sources=[here.source_number(key) for key in keys],
        signs=signs_in(here, content),
    )
    return here.context.call(view)


def signs_in(here: EditionCallSite, content: TableContent) -> Sequence[str]:
    """Explain the signs in a table."""
    texts = here.context.texts
    signs: set[str] = set()
    marks: set[str] = set()
    for row in content.rows:
        # Figures and signs have a value to sort by, names and periods have none (`_make_value_cell`).
        for cell in [cell for cell in row if cell.sort is not None]:
            if cell.muted:
                signs.add(cell.text)  # in place of a figure
            else:
                marks.add(cell.text[-2:])  # behind a figure: „31,2 r“
    found = [f"{status} {sign_label(texts, status)}" for status in Status if status.value in signs]
    if "\u00a0r" in marks:
        found.append(f"r {sign_label(texts, Status.REVISED)}")
    if "\u00a0*" in marks:
        found.append("* " + texts.gettext("vorausberechnet"))
    return found


def _make_value_cell(here: EditionCallSite, key: str, cell: Cell | None) -> TableCell:
    """Write a figure, marked if revised (r) or forecast (*), else the sign that says why there is none."""
    if cell is None or cell.value is None:
        sign = str(cell.status) if cell is not None else ""
        return TableCell(sign or "–", sort="", muted=True)
    text = said_of(here.context.texts, cell, number_text(here.context.texts, here.indicator(key), cell.value))
    if cell.status is Status.REVISED:
        text += "\u00a0r"
    if cell.forecast:
        text += "\u00a0*"
    return TableCell(text, sort=str(cell.value))


def _make_count_cell(here: EditionCallSite, count: int | None) -> TableCell:
    return TableCell(here.context.texts.number(count) if count is not None else "")


class NumberedPictureView(MacroCall, frozen=True):
    """A numbered chart or map (`drawing`), also as table, with sources and signs as in a table."""

    template = "editions/parts.html"
    macro = "numbered_picture"

    number: int
    title: str
    drawing: Markup
    content: TableContent
    sources: Sequence[int]
    signs: Sequence[str]


def chart(  # noqa: PLR0913 (what editors may write in a report)
    here: EditionCallSite,
    indicator: str,
    kind: str = "bars",
    spaces: str | None = None,
    level: str | None = None,
    period: object = None,
    caption: str | None = None,
    label: str | None = None,
) -> Markup:
    """Draw areas as `bars` of one period, with the town as a line, or as `line` over periods (`kind` is a key of `CHARTS`)."""
    drawn_as: ChartKind = known("kind", kind, CHARTS)
    definition, series = here.indicator(indicator), here.series(indicator)
    areas = here.spaces(spaces, level, series)
    if not areas:
        raise UnknownId("level", level or "", list(series.spaces))
    over_time = drawn_as.over_time
    periods = here.periods(series, "all" if period is None and over_time else period)
    shown = periods if over_time else periods[-1:]
    number = here.number("abbildung")
    title = caption or _caption(here, definition, periods)
    first = here.cell(indicator, areas[0], periods[-1])
    frame = ChartCaption(
        f"abbildung-{number}-bild",
        title,
        cell_sentence(here.context, definition, first, areas[0]),
        unit_text(here.context, definition),
    )
    content = _content(here, definition, areas, shown, frame)
    if not over_time:
        content = replace(content, benchmark=_benchmark(here, definition, areas, shown[0]))
    drawing = here.context.call(drawn_as.lay_out(content))
    if over_time:
        drawing += _write_notes_on_breaks(here, definition, shown)
    rows = rows_of_areas(here, [indicator], areas, ",".join(shown))
    here.label(label, "abbildung", number)
    return _render_numbered_picture(here, indicator, number, title, drawing, rows)


def _content(
    here: EditionCallSite,
    indicator: Indicator,
    areas: Sequence[str],
    periods: Sequence[str],
    frame: ChartCaption,
) -> ChartContent:
    """Return areas' points; the report's area and the town are drawn apart."""
    texts = here.context.texts
    names = {when: period_text(texts, when) for when in periods}
    roles = {here.series(indicator.id).benchmark: "other"}
    if here.edition is not None:
        roles[here.edition.head.space or ""] = "here"
    lines = []
    for area in areas:
        name = named(here.context, area)
        points = [
            _make_chart_point(here, indicator, here.cell(indicator.id, area, when), names[when])
            for when in periods
        ]
        lines.append(ChartLine(name, points, roles.get(area, "")))

    def write(value: float) -> str:
        return texts.number(round(value, 6))

    breaks = {item.period: item.note for item in indicator.breaks}
    return ChartContent(frame, lines, TimeAxis(periods, names, breaks), write)


def _benchmark(
    here: EditionCallSite, indicator: Indicator, areas: Sequence[str], period: str
) -> Benchmark | None:
    """Return the town's figure to compare with, if not drawn; never of counts."""
    space = here.series(indicator.id).benchmark
    town = here.cell(indicator.id, space, period) if space else None
    if town is None or town.value is None or space in areas or indicator.counted:
        return None
    words = f"{named(here.context, space)} {value_text(here.context, indicator, town)}"
    return Benchmark(float(town.value), words)


def _write_notes_on_breaks(here: EditionCallSite, indicator: Indicator, periods: Sequence[str]) -> Markup:
    """Say in words where the counting changed."""
    texts = here.context.texts
    words = texts.gettext("Ab {period} wird anders gezählt: {note}")
    return Markup().join(
        pattern('<p class="nr-small">{}</p>').format(
            words.format(period=period_text(texts, item.period), note=item.note)
        )
        for item in indicator.breaks
        if item.period in periods[1:]
    )


def choropleth(
    here: EditionCallSite,
    indicator: str,
    level: str,
    period: object = None,
    caption: str | None = None,
    label: str | None = None,
) -> Markup:
    """Draw a map of a level's areas in classes of the figure, explained, with a table."""
    definition, series = here.indicator(indicator), here.series(indicator)
    areas = here.spaces(None, level, series)
    when = here.period(series, period)
    number = here.number("abbildung")
    here.used.shapes.update((area, None) for area in areas if area in here.context.site.shapes)
    drawing = class_maps.choropleth(here.context, here.path, indicator, when, level)
    if not drawing:
        raise UnknownId("level", level, [here.context.site.spaces[space].level for space in series.spaces])
    content = rows_of_areas(here, [indicator], areas, when)
    title = caption or _caption(here, definition, (when,))
    here.label(label, "abbildung", number)
    return _render_numbered_picture(here, indicator, number, title, drawing, content)


def _render_numbered_picture(
    here: EditionCallSite,
    indicator: str,
    number: int,
    title: str,
    drawing: Markup,
    content: TableContent,
) -> Markup:
    view = NumberedPictureView(
        number=number,
        title=title,
        drawing=drawing,
        content=content,
        sources=(here.source_number(indicator),),
        signs=signs_in(here, content),
    )
    return here.context.call(view)


def _caption(here: EditionCallSite, indicator: Indicator, periods: Sequence[str]) -> str:
    """Return „Kinder in Armut, 2021 bis 2025 (%)“."""
    texts = here.context.texts
    names = [period_text(texts, when) for when in periods]
    span = names[0]
    if len(names) > 1:
        span = texts.gettext("{first} bis {last}").format(first=names[0], last=names[-1])
    return with_unit(here, indicator.id, f"{here.title(indicator.id)}, {span}")


def _make_chart_point(
    here: EditionCallSite, indicator: Indicator, cell: Cell | None, label: str
) -> ChartPoint:
    if cell is None:
        return ChartPoint(label, value_text(here.context, indicator, cell))
    return figure_point(here.context, indicator, cell, label, titled=False)


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
    text = _write_asked_value(here, definition, cell, show)
    number = here.source_number(indicator)
    if cell.illustrative and show not in ("period", "value"):
        text = f"{text} ({here.context.gettext('erfunden')})"
    return pattern('<a class="nr-cell" href="#quelle-{}">{}</a>').format(number, text)


def _write_asked_value(here: EditionCallSite, indicator: Indicator, cell: Cell, show: str) -> str:
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
    chosen = calls.offers_to(context, topic)
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
    found = calls.find_term(here.context.words.glossary, name)
    if found is not None:
        here.used.terms[found.id] = None
    return calls.term(here, name)


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
