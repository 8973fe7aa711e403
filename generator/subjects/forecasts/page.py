"""Make the page of a forecast: children of the years ahead, who has a claim, what is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from generator.model.cells import rounded
from generator.model.facts import Facts
from generator.model.scalars import Ages
from generator.model.site import Site
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, record_page
from generator.render.base.view import FIGURED, NOTHING, TableCell, TableContent, View, table_of
from generator.render.base.wording import ages_text
from generator.render.figures.charts import (
    ChartCaption,
    ChartLine,
    ChartPoint,
    SeriesLine,
    TimeAxis,
    series_line,
)
from generator.render.figures.explanation import source_line
from generator.render.figures.picture_files import HandedOn, TakeAlong, pictures_of, taken
from generator.subjects.forecasts.model import (
    CohortForecast,
    ForecastChildren,
    ForecastDemand,
    ForecastFacts,
    ForecastYear,
    derived_forecasts,
    forecasts,
)


class ForecastView(View, frozen=True):
    """A forecast's page."""

    template = "forecast.html"

    forecast: CohortForecast
    facts: ForecastFacts
    town: str
    take: TakeAlong  # the picture as a file
    course: Markup  # children over the years, drawn
    spread: bool  # whether a year has a range
    years: TableContent
    backtest: str  # what the same method would have said earlier
    others: Sequence[Markup]  # other forecasts of the same children, and which one leads
    source: Markup


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return forecasts that have numbers."""
    return (key for key in forecasts(site) if derived_forecasts(facts)[key].years)


def in_short(context: Context, forecast: CohortForecast) -> Markup:
    """Say what comes, and which forecast is planned with."""
    sentence = Markup.escape(_in_a_sentence(context, forecast))
    if not forecast.other_forecasts(context.site.indicators):
        return sentence
    return pattern("{} {}").format(sentence, lead_text(context, forecast))


def _in_a_sentence(context: Context, forecast: CohortForecast) -> str:
    """Say when most children are expected, and from when on all have a claim."""
    _ = context.gettext
    facts = derived_forecasts(context.facts)[forecast.id]
    if facts.most is None:
        return context.texts.of(forecast, "summary").text
    year, children = facts.most
    between = _expected_range_in_words(context, children)
    sentence = _("Am meisten Ende {year}: {children} Kinder ({ages}){range}, gezählt {base}: {now}.").format(
        year=year,
        children=count_text(context, children.expected),
        ages=ages_text(context.texts, forecast.ages),
        range=f", {between}" if between else "",
        base=facts.base,
        now=count_text(context, facts.past[facts.base]) if facts.base in facts.past else _("keine Angabe"),
    )
    every = [year.year for year in facts.years if year.claim_ages == forecast.ages.years]
    if every:
        begun = every[0] <= context.facts.today.year
        words = (
            _("Seit {year} haben alle einen Anspruch.")
            if begun
            else _("Ab {year} haben alle einen Anspruch.")
        )
        sentence += " " + words.format(year=every[0])
    return sentence


def render(context: Context, key: str) -> Page:
    """Make the page of one forecast."""
    forecast, facts = forecasts(context.site)[key], derived_forecasts(context.facts)[key]
    path = context.path("forecast", key)
    view = ForecastView(
        forecast=forecast,
        facts=facts,
        town=named(context, facts.space),
        take=taken(context, path, context.texts.name(forecast), drawings(context, path, key)),
        course=context.call(_course(context, forecast, facts)),
        spread=any(one.children is not None and one.children.low is not None for one in facts.years),
        years=_years(context, forecast, facts),
        backtest=_backtest(context, facts),
        others=tuple(_other_forecasts(context, path, forecast, facts)),
        source=source_line(context, context.site.indicators[forecast.indicator]),
    )
    otherwise = context.gettext("Kinder der nächsten Jahre und was gebraucht wird.")
    return record_page(context, path, forecast, view, otherwise)


# --- pictures ------------------------------------------------------------------------------------------------------


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the children over the years as a picture to take along, only of a whole town."""
    del path
    _ = context.gettext
    forecast, facts = forecasts(context.site)[key], derived_forecasts(context.facts)[key]
    if context.facts.spaces[facts.space].ancestors:
        return ()
    notes = [_("Diese Zahlen sind erfunden, zur Veranschaulichung.")] if facts.illustrative else []
    notes.append(_("Vorausberechnet, nicht vorhergesagt: So käme es, wenn es weitergeht wie bisher."))
    notes.append(_("Keine dieser Zahlen begrenzt den Anspruch eines Kindes."))
    source = source_line(context, context.site.indicators[forecast.indicator]).striptags()
    title = f"{context.texts.name(forecast)}: {named(context, facts.space)}"
    lead = str(in_short(context, forecast).striptags())
    drawn = context.call(_course(context, forecast, facts))
    return (HandedOn("verlauf", drawn, title, lead, (*notes, f"{_('Quelle:')} {source}")),)


def _course(context: Context, forecast: CohortForecast, facts: ForecastFacts) -> SeriesLine:
    """Draw children over all years, with ranges, and those with a claim."""
    _ = context.gettext
    ahead = {year.year: year for year in facts.years}
    periods = sorted({*facts.past, *ahead})
    children, claims = [], []
    for year in periods:
        if year in ahead:
            children.append(_drawn(context, year, ahead[year].children))
            claims.append(_drawn(context, year, ahead[year].claim))
        else:
            counted = facts.past[year]
            children.append(ChartPoint(str(year), context.texts.number(counted), float(counted)))
            claims.append(ChartPoint(str(year), ""))
    lines = [ChartLine(_("Kinder"), tuple(children))]
    if forecast.claim:
        lines.append(ChartLine(_("Anspruch"), tuple(claims), "other"))
    description = "; ".join(f"{point.label}: {point.text}" for point in children if point.value is not None)
    caption = ChartCaption("verlauf", _("Kinder, gezählt und vorausberechnet"), description)
    time = TimeAxis([str(year) for year in periods])
    return series_line(caption, time, lines, context.texts.number)


def _drawn(context: Context, year: int, children: ForecastChildren | None) -> ChartPoint:
    """Turn a later year into a point with range."""
    if children is None:
        return ChartPoint(str(year), "")
    text = count_text(context, children.expected)
    low = high = None
    if children.low is not None and children.high is not None:
        low, high = float(children.low), float(children.high)
    return ChartPoint(str(year), text, float(children.expected), low, high, forecast=True)


# --- numbers -------------------------------------------------------------------------------------------------------


def count_text(context: Context, value: Fraction | int) -> str:
    """Write children or places as whole numbers."""
    return context.texts.number(_round_to_whole(value))


def _round_to_whole(value: Fraction | int) -> int:
    return int(rounded(Decimal(value.numerator) / Decimal(value.denominator), 0))


def _expected_range_in_words(context: Context, children: ForecastChildren) -> str:
    """Write „380 bis 410“; empty without range."""
    if children.low is None or children.high is None:
        return ""
    words = context.gettext("{low} bis {high}")
    return words.format(low=count_text(context, children.low), high=count_text(context, children.high))


def _cell_of_children(
    context: Context, children: ForecastChildren | None, small: str = ""
) -> TableCell | str:
    """Write how many children, or that it isn't published."""
    if children is None:
        return TableCell(context.gettext("keine Angabe"), muted=True)
    count = count_text(context, children.expected)
    below = ", ".join(filter(None, [_expected_range_in_words(context, children), small]))
    return FIGURED.format(count, below) if below else count


def _years(context: Context, forecast: CohortForecast, facts: ForecastFacts) -> TableContent:
    """Return the last counted year and those ahead."""
    _ = context.gettext
    heads: list[str | Markup] = [_("Kinder ({ages})").format(ages=ages_text(context.texts, forecast.ages))]
    heads += [_("ohne Umzüge")] if facts.moves else []
    heads += [_("davon mit Anspruch")] if forecast.claim else []
    heads += [_demand_name(context, one) for one in forecast.demand]
    now = ForecastChildren(facts.past[facts.base]) if facts.base in facts.past else None
    counted = [_("{year}, gezählt").format(year=facts.base), _cell_of_children(context, now)]
    counted += [NOTHING] * (facts.moves + bool(forecast.claim))
    rows = [[*counted, *_demands(context, forecast, now)]]
    for one in facts.years:
        row = [str(one.year), _cell_of_children(context, one.children)]
        if facts.moves:
            row.append(NOTHING if one.children is None else count_text(context, one.children.fixed))
        if forecast.claim:
            row.append(_claim_cell(context, one))
        rows.append([*row, *_demands(context, forecast, one.children)])
    return table_of([_("Ende")], heads, rows)


def _demands(
    context: Context, forecast: CohortForecast, children: ForecastChildren | None
) -> Iterator[TableCell | str]:
    """Yield what each assumption comes to."""
    for one in forecast.demand:
        yield _cell_of_children(
            context, None if children is None else children.times(Fraction(one.percent) / 100)
        )


def _claim_cell(context: Context, year: ForecastYear) -> TableCell | str:
    """Say how many children have a claim, at which ages."""
    if year.claim_ages is None:
        return TableCell(context.gettext("noch niemand"), muted=True)
    low, high = year.claim_ages
    ages = ages_text(context.texts, Ages(f"{low}-{high}", low * 12, high * 12 + 11))
    return _cell_of_children(context, year.claim, ages)


def _demand_name(context: Context, demand: ForecastDemand) -> Markup:
    words = context.gettext("Bedarf, {assumption} ({percent})")
    places = max(0, -int(demand.percent.normalize().as_tuple().exponent))
    percent = context.texts.percent(demand.percent, places)
    return pattern(words).format(assumption=context.written(demand.name), percent=percent)


def _backtest(context: Context, facts: ForecastFacts) -> str:
    """Say what earlier counts would have forecast, and how often trials were right."""
    if facts.backtest is None:
        return ""
    words = context.gettext(
        "Zur Probe: Mit den Zahlen bis {start} hätte diese Rechnung für Ende {base} {said} Kinder ergeben; gezählt wurden {counted}."
    )
    trial = facts.backtest
    said, counted = count_text(context, trial.said), count_text(context, trial.counted)
    sentence = words.format(start=trial.start, base=facts.base, said=said, counted=counted)
    if trial.tried:
        words = context.gettext(
            "Von {tried} solchen Proben mit früheren Jahren lag die gezählte Zahl {within}-mal zwischen dem schwächsten und dem stärksten Jahr."
        )
        sentence += " " + words.format(tried=trial.tried, within=trial.within)
    return sentence


def _other_forecasts(
    context: Context, path: str, forecast: CohortForecast, facts: ForecastFacts
) -> Iterator[Markup]:
    """Say what other forecasts of the same children say, and which one leads."""
    others = [key for key in forecast.other_forecasts(context.site.indicators) if key in context.facts.series]
    for key in others:
        series = context.facts.series[key]
        figures = []
        for year in facts.years:
            cell = series.cell(series.benchmark, str(year.year))
            if cell is not None and cell.value is not None and cell.forecast and year.children is not None:
                figures.append(_other_figure(context, year.year, year.children, cell.value))
        words = context.gettext("Die Quelle von „{name}“ nennt für das Jahresende: {figures}.")
        name = context.translated(context.site.indicators[key], "title")
        link = linked(context.href(path, "report", key), name)
        if figures:
            yield pattern(words).format(name=link, figures=", ".join(figures))
    if others:
        yield from led(context, forecast)


def _other_figure(context: Context, year: int, children: ForecastChildren, value: Decimal) -> str:
    """Write another forecast's figure and the difference."""
    _ = context.gettext
    other, own = int(rounded(value, 0)), _round_to_whole(children.expected)
    words = _("{year}: {n}")
    if other < own:
        words = _("{year}: {n} ({more} weniger)")
    elif other > own:
        words = _("{year}: {n} ({more} mehr)")
    number = context.texts.number
    return words.format(year=year, n=number(other), more=number(abs(other - own)))


def lead_text(context: Context, forecast: CohortForecast) -> Markup:
    """Say which forecast leads, and who decided so."""
    _ = context.gettext
    lead = forecast.lead
    if lead is None:
        undecided = _(
            "Es gibt zwei Vorausberechnungen dieser Kinder. Womit geplant wird, ist nicht entschieden."
        )
        return Markup.escape(undecided)
    name = context.translated(forecast)
    if lead.indicator is not None:
        name = context.translated(context.site.indicators[lead.indicator], "title")
    words = _("Geplant wird mit „{name}“; das hat {by} am {date} entschieden.")
    return pattern(words).format(name=name, by=context.written(lead.by), date=context.texts.date(lead.date))


def led(context: Context, forecast: CohortForecast) -> Iterator[Markup]:
    """Yield which forecast leads, and why the other differs."""
    yield lead_text(context, forecast)
    if forecast.lead is not None:
        yield context.translated(forecast, "differs")


PAGES = (PageType("forecast", keys, render, pictures=pictures_of(drawings)),)
