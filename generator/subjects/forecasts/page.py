"""The page of a cohort forecast: children of the years ahead, who has a claim, what is needed beside the town's plan, and every step of the way there; which of two forecasts is planned with, how numbers are rounded, what is said of planned offers and measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import prod

from markupsafe import Markup

from generator.model.cells import rounded
from generator.model.facts import Facts
from generator.model.scalars import Ages
from generator.model.site import Site
from generator.parts import given
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, record_page
from generator.render.base.view import FIGURED, NOTHING, TableCell, TableContent, TableRow, View, table_of
from generator.render.base.wording import ages_text, status_text
from generator.render.directory.listing import tree
from generator.render.figures.charts import (
    Benchmark,
    ChartCaption,
    ChartLine,
    ChartPoint,
    SeriesLine,
    TimeAxis,
    intervals,
    series_line,
)
from generator.render.figures.explanation import source_line
from generator.render.figures.picture_files import HandedOn, TakeAlong, pictures_of, taken
from generator.subjects.forecasts.model import (
    FEWEST_CHILDREN,
    AreaForecast,
    CohortForecast,
    CohortRatio,
    ForecastChildren,
    ForecastDemand,
    ForecastFacts,
    ForecastYear,
    derived_forecasts,
    forecasts,
)

_SMALL_PLAIN = pattern('{}<span class="nr-glance__small">{}</span>')


@dataclass(frozen=True, slots=True)
class ForecastSteps:
    """How an area's numbers come about: which children get how old, what became of children of each age before, and the last year age by age."""

    name: str
    table: TableContent
    ratios: TableContent | None
    sums: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class ForecastView(View):
    """The page of a cohort forecast; `other_forecasts` is what else is foretold of the same children, `measures` what is planned."""

    template = "forecast.html"

    forecast: CohortForecast
    town: str
    illustrative: bool
    take: TakeAlong
    course: Markup
    needed: Markup
    spread: bool
    years: TableContent
    years_note: str
    backtest: str
    other_forecasts: Sequence[Markup]
    plan: Markup
    measures: Sequence[Markup]
    areas: TableContent | None
    steps: Sequence[ForecastSteps]
    sources: Sequence[Markup]
    remarks: Sequence[str]


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a page for each forecast that has numbers."""
    return (key for key in forecasts(site) if derived_forecasts(facts)[key].areas)


def in_short(context: Context, forecast: CohortForecast) -> Markup:
    """Say what comes, and, where there is another forecast of the same children, which of both is planned with."""
    said = Markup.escape(_in_a_sentence(context, forecast))
    if not forecast.other_forecasts(context.site.indicators):
        return said
    return pattern("{} {}").format(said, lead_text(context, forecast))


def _in_a_sentence(context: Context, forecast: CohortForecast) -> str:
    """Say when it will be how many children at most, and from when on all of them have a claim."""
    _ = context.gettext
    facts = derived_forecasts(context.facts)[forecast.id]
    area = facts.areas[town_of(context, facts)]
    if area.most is None:
        return context.texts.of(forecast, "summary").text
    year, children = area.most
    between = _range(context, children)
    said = _("Am meisten Ende {year}: {children} Kinder ({ages}){range}, gezählt {base}: {now}.").format(
        year=year,
        children=count_text(context, children.expected),
        ages=ages_text(context.texts, forecast.ages),
        range=f", {between}" if between else "",
        base=facts.base,
        now=_("keine Angabe") if area.now is None else count_text(context, area.now),
    )
    every = [year.year for year in area.years if year.claim_ages == forecast.ages.years]
    if every:
        said += " " + _("Ab {year} haben alle einen Anspruch.").format(year=every[0])
    return said


def render(context: Context, key: str) -> Page:
    """Make the page of one forecast."""
    forecast, facts = forecasts(context.site)[key], derived_forecasts(context.facts)[key]
    path = context.path("forecast", key)
    otherwise = context.gettext("Kinder der nächsten Jahre und was gebraucht wird, mit Rechenweg.")
    return record_page(context, path, forecast, _view(context, path, forecast, facts), otherwise)


def town_of(context: Context, facts: ForecastFacts) -> str:
    """Return the area that stands for all: the first root with figures, else the first area."""
    return next((root for root in context.facts.roots if root in facts.areas), next(iter(facts.areas)))


def _view(context: Context, path: str, forecast: CohortForecast, facts: ForecastFacts) -> ForecastView:
    town = town_of(context, facts)
    area = facts.areas[town]
    others = [key for key in tree(context) if key in facts.areas and key != town]
    counted = [key for key in (town, *others) if not facts.areas[key].few]
    return ForecastView(
        forecast=forecast,
        town=named(context, town),
        illustrative=facts.illustrative,
        take=taken(context, path, context.texts.name(forecast), drawings(context, path, forecast.id)),
        course=context.call(_course(context, forecast, area)),
        needed=_needed(context, forecast, area),
        spread=any(one.children is not None and one.children.low is not None for one in area.years),
        years=_years(context, forecast, facts, area),
        years_note=_years_note(context, facts, area),
        backtest=_backtest(context, facts),
        other_forecasts=tuple(_other_forecasts(context, path, forecast, area)),
        plan=_plan(context, forecast),
        measures=tuple(_measures(context, path, forecast)),
        areas=_areas(context, path, facts, others) if others else None,
        steps=[_steps(context, forecast, facts, key) for key in counted],
        sources=tuple(_sources(context, path, forecast)),
        remarks=tuple(_remarks(context, forecast, facts)),
    )


def _sources(context: Context, path: str, forecast: CohortForecast) -> Iterator[Markup]:
    """Yield where the children, each assumption and the claim come from."""
    indicator = context.site.indicators[forecast.indicator]
    href = context.href(path, "report", forecast.indicator)
    link = linked(href, context.translated(indicator, "title"))
    yield pattern("{}: {}").format(link, context.written(indicator.source.name))
    for item in forecast.demand:
        yield pattern("{}: {}").format(context.written(item.name), context.written(item.source))
    if forecast.law:
        yield pattern("{}: {}").format(context.gettext("Anspruch"), context.written(forecast.law))


# --- pictures ------------------------------------------------------------------------------------------------------


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the children over the years and the places that would be needed, for the whole town, to be taken along."""
    del path
    _ = context.gettext
    forecast, facts = forecasts(context.site)[key], derived_forecasts(context.facts)[key]
    town = town_of(context, facts)
    if context.facts.spaces[town].ancestors:
        return ()
    said = []
    if facts.illustrative:
        said.append(_("Diese Zahlen sind erfunden, zur Veranschaulichung."))
    said.append(_("Vorausberechnet, nicht vorhergesagt: So käme es, wenn es weitergeht wie bisher."))
    said.append(_("Keine dieser Zahlen begrenzt den Anspruch eines Kindes."))
    source = source_line(context, context.site.indicators[forecast.indicator]).striptags()
    notes = (*said, f"{_('Quelle:')} {source}")
    title = f"{context.texts.name(forecast)}: {named(context, town)}"
    lead, area = str(in_short(context, forecast).striptags()), facts.areas[town]
    found = [HandedOn("verlauf", context.call(_course(context, forecast, area)), title, lead, notes)]
    needed = _needed(context, forecast, area)
    if needed and area.most is not None:
        words = _("Plätze, die Ende {year} gebraucht würden").format(year=area.most[0])
        told = str(_plan(context, forecast).striptags())
        found.append(HandedOn("plaetze", needed, f"{title}. {words}", told, notes))
    return tuple(found)


def _course(context: Context, forecast: CohortForecast, area: AreaForecast) -> SeriesLine:
    """Draw the children of the counted years and of those ahead, with their range; in grey those with a claim."""
    _ = context.gettext
    ahead = {year.year: year for year in area.years}
    periods = sorted({*area.past, *ahead})
    children, claims = [], []
    for year in periods:
        if year in ahead:
            children.append(_drawn(context, year, ahead[year].children))
            claims.append(_drawn(context, year, ahead[year].claim))
        else:
            counted = area.past[year]
            children.append(ChartPoint(str(year), context.texts.number(counted), float(counted)))
            claims.append(ChartPoint(str(year), ""))
    lines = [ChartLine(_("Kinder"), tuple(children))]
    if forecast.claim:
        lines.append(ChartLine(_("Anspruch"), tuple(claims), "other"))
    said = "; ".join(f"{point.label}: {point.text}" for point in children if point.value is not None)
    caption = ChartCaption("verlauf", _("Kinder, gezählt und vorausberechnet"), said)
    time = TimeAxis([str(year) for year in periods])
    return series_line(caption, time, lines, context.texts.number)


def _drawn(context: Context, year: int, children: ForecastChildren | None) -> ChartPoint:
    """Turn the children of a year ahead into a point with its range."""
    if children is None:
        return ChartPoint(str(year), "")
    text = count_text(context, children.expected)
    low = high = None
    if children.low is not None and children.high is not None:
        low, high = float(children.low), float(children.high)
    return ChartPoint(str(year), text, float(children.expected), low, high, forecast=True)


def _needed(context: Context, forecast: CohortForecast, area: AreaForecast) -> Markup:
    """Draw how many places would be needed in the year with the most children, beside those of the town's own plan."""
    _ = context.gettext
    if area.most is None or not forecast.demand:
        return Markup()
    year, children = area.most
    points = []
    for demand in forecast.demand:
        places = children.times(_share(demand))
        point = _drawn(context, year, places)
        between = _range(context, places)
        text = f"{point.text} ({between})" if between else point.text
        points.append(replace(point, label=demand.name, text=text, forecast=False))
    benchmark = None
    if forecast.plan is not None:
        label = _("Plan: {n}").format(n=context.texts.number(forecast.plan.places))
        benchmark = Benchmark(float(forecast.plan.places), label)
    title = _("Plätze, die Ende {year} gebraucht würden").format(year=year)
    said = "; ".join(f"{point.label}: {point.text}" for point in points)
    caption = ChartCaption("gebraucht", title, said)
    mirrored = context.texts.dir == "rtl"
    return context.call(
        intervals(caption, points, context.texts.number, benchmark=benchmark, mirrored=mirrored)
    )


# --- numbers -------------------------------------------------------------------------------------------------------


def count_text(context: Context, value: Fraction | int) -> str:
    """Write a number of children or places, rounded to whole ones."""
    return context.texts.number(_whole(value))


def _whole(value: Fraction | int) -> int:
    return int(rounded(_decimal(value), 0))


def _decimal(value: Fraction | int) -> Decimal:
    """Return a fraction as a decimal by a single division, so that exactly one half is rounded as one half."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _range(context: Context, children: ForecastChildren) -> str:
    if children.low is None or children.high is None:
        return ""
    words = context.gettext("{low} bis {high}")
    return words.format(low=count_text(context, children.low), high=count_text(context, children.high))


def _cell(
    context: Context, area: AreaForecast, children: ForecastChildren | None, small: str = ""
) -> TableCell | str:
    """Write how many children there are, or why nobody can say: a number that is needed is secret, or isn't there, or there are too few children."""
    if children is not None:
        said = count_text(context, children.expected)
        below = ", ".join(filter(None, [_range(context, children), small]))
        return FIGURED.format(said, below) if below else said
    _ = context.gettext
    why = _("keine Angabe")
    if area.few and area.now is not None:
        why = _("zu wenige Kinder")
    elif area.secret:
        why = _("geheim")
    return TableCell(why, muted=True)


def _share(demand: ForecastDemand) -> Fraction:
    return Fraction(demand.percent) / 100


def _years(
    context: Context, forecast: CohortForecast, facts: ForecastFacts, area: AreaForecast
) -> TableContent:
    """Return the last counted year and those ahead: children, without moves, with a claim, and what each assumption comes to."""
    _ = context.gettext
    ages = ages_text(context.texts, forecast.ages)
    heads: list[str | Markup] = [_("Kinder ({ages})").format(ages=ages)]
    if area.ratios:
        heads.append(_("ohne Umzüge"))
    if forecast.claim:
        heads.append(_("davon mit Anspruch"))
    heads += [_demand_name(context, one) for one in forecast.demand]
    rows = [[_("{year}, gezählt").format(year=facts.base), *_year_cells(context, forecast, area, None)]]
    rows += [[str(one.year), *_year_cells(context, forecast, area, one)] for one in area.years]
    return table_of([_("Ende")], heads, rows)


def _year_cells(
    context: Context, forecast: CohortForecast, area: AreaForecast, year: ForecastYear | None
) -> Iterator[TableCell | str]:
    """Yield the numbers of a year ahead; without one those that were counted."""
    children = year.children if year is not None else area.counted
    yield _cell(context, area, children)
    if area.ratios:
        yield NOTHING if year is None or children is None else count_text(context, children.fixed)
    if forecast.claim:
        yield NOTHING if year is None else _claim_cell(context, area, year)
    for one in forecast.demand:
        needed = children.times(_share(one)) if children is not None else None
        yield _cell(context, area, needed)


def _claim_cell(context: Context, area: AreaForecast, year: ForecastYear) -> TableCell | str:
    """Say how many children have a claim, and of which ages they are."""
    if year.claim_ages is None:
        return TableCell(context.gettext("noch niemand"), muted=True)
    low, high = year.claim_ages
    ages = ages_text(context.texts, Ages(f"{low}-{high}", low * 12, high * 12 + 11))
    return _cell(context, area, year.claim, ages)


def _demand_name(context: Context, demand: ForecastDemand) -> Markup:
    words = context.gettext("Bedarf, {assumption} ({percent})")
    places = max(0, -int(demand.percent.normalize().as_tuple().exponent))
    percent = context.texts.percent(demand.percent, places)
    return pattern(words).format(assumption=context.written(demand.name), percent=percent)


def _years_note(context: Context, facts: ForecastFacts, area: AreaForecast) -> str:
    _ = context.gettext
    said = _(
        "Gerechnet mit Zu- und Wegzügen wie bisher. Eine Spanne darunter sagt, was herauskäme, wenn jedes Jahr wäre wie eines der bisherigen, vom schwächsten bis zum stärksten. Gerundet ist erst am Ende."
    )
    if not area.ratios:
        said = _(
            "Ohne Umzüge gerechnet: Wie viele Kinder zu- und wegziehen, lässt sich aus diesen Zahlen nicht sagen."
        )
    return f"{said} {_('Die gezählten Zahlen sind gerundet.')}" if facts.rounded else said


def _backtest(context: Context, facts: ForecastFacts) -> str:
    if facts.backtest is None:
        return ""
    words = context.gettext(
        "Zur Probe: Mit den Zahlen bis {start} hätte diese Rechnung für Ende {base} {said} Kinder ergeben; gezählt wurden {counted}."
    )
    said, counted = count_text(context, facts.backtest.said), count_text(context, facts.backtest.counted)
    return words.format(start=facts.backtest.start, base=facts.base, said=said, counted=counted)


def _other_forecasts(
    context: Context, path: str, forecast: CohortForecast, area: AreaForecast
) -> Iterator[Markup]:
    """Say which of the forecasts of these children is planned with, what the others say, and why."""
    others = [key for key in forecast.other_forecasts(context.site.indicators) if key in context.facts.series]
    for key in others:
        series = context.facts.series[key]
        figures = []
        for year in area.years:
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
    """Write what another forecast says of a year, and by how much it differs from this one."""
    _ = context.gettext
    said, own = int(rounded(value, 0)), _whole(children.expected)
    words = _("{year}: {n}")
    if said < own:
        words = _("{year}: {n} ({more} weniger)")
    elif said > own:
        words = _("{year}: {n} ({more} mehr)")
    number = context.texts.number
    return words.format(year=year, n=number(said), more=number(abs(said - own)))


def lead_text(context: Context, forecast: CohortForecast) -> Markup:
    """Say which forecast of the same children is planned with, and who has decided so."""
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
    """Yield which forecast leads, and why the other one says something else."""
    yield lead_text(context, forecast)
    if forecast.lead is not None:
        yield context.translated(forecast, "differs")


# --- places --------------------------------------------------------------------------------------------------------


def _plan(context: Context, forecast: CohortForecast) -> Markup:
    """Say how many places there are by the town's plan; without one nobody can say whether places lack."""
    _ = context.gettext
    plan = forecast.plan
    if plan is None:
        return Markup.escape(_("Wie viele Plätze es nach dem Plan der Stadt gibt, ist nicht hinterlegt."))
    words = _("Plätze nach „{source}“: {n} (Stand {date}).")
    return pattern(words).format(
        source=context.written(plan.source),
        n=context.texts.number(plan.places),
        date=context.texts.date(plan.date),
    )


def _measures(context: Context, path: str, forecast: CohortForecast) -> Iterator[Markup]:
    """Yield planned offers and what other subjects plan on this topic: what they plan counts as nothing yet."""
    for key, offer in context.site.offers.items():
        if forecast.topic in offer.topics and offer.status == "planned":
            link = linked(context.href(path, "offer", key), context.translated(offer))
            yield pattern("{}: {}").format(link, status_text(context.texts, offer))
    for on_topic in given("sections", "on_topic"):
        yield from on_topic(context, path, forecast.topic)


# --- areas ---------------------------------------------------------------------------------------------------------


def _areas(context: Context, path: str, facts: ForecastFacts, shown: Iterable[str]) -> TableContent:
    """Return the children of each area, as they are counted and at the end."""
    _ = context.gettext
    numbers = [_("{year}, gezählt").format(year=facts.base)]
    rows = []
    for key in shown:
        area = facts.areas[key]
        last = area.years[-1]
        name = linked(context.href(path, "space", key), space_name(context, key))
        rows.append((name, _cell(context, area, area.counted), _cell(context, area, last.children)))
    until = next(iter(facts.areas.values())).years[-1].year
    return table_of([_("Gebiet")], [*numbers, _("Ende {year}").format(year=until)], rows)


# --- steps ---------------------------------------------------------------------------------------------------------


def _steps(context: Context, forecast: CohortForecast, facts: ForecastFacts, key: str) -> ForecastSteps:
    """Show which children have which age in each year: those who are so many years younger in the counted one."""
    _ = context.gettext
    area = facts.areas[key]
    years = [facts.base, *(year.year for year in area.years)]
    first, last = forecast.ages.years
    rows: list[TableRow] = []
    for age in range(first, last + 1):
        cells = [_count_cell(context, area, age, year - facts.base) for year in years]
        rows.append([_age(context, age), *cells])
    sums = [area.counted, *(year.children for year in area.years)]
    fixed = [NOTHING if one is None else count_text(context, one.fixed) for one in sums]
    return ForecastSteps(
        named(context, key),
        table_of([_("Alter")], map(str, years), [*rows, [_("zusammen"), *fixed]]),
        _ratio_table(context, area) if area.ratios else None,
        tuple(_sums(context, forecast, facts, area)),
    )


def _count_cell(context: Context, area: AreaForecast, age: int, ahead: int) -> TableCell | str:
    """Return how many children are of an age so many years `ahead`: those counted who are as much younger; why, where it isn't known."""
    _ = context.gettext
    younger = age - ahead
    count = area.counts.get(younger)
    if count is None:
        return TableCell(_("geheim") if younger in area.secret else _("keine Angabe"), muted=True)
    said = count_text(context, count)
    return FIGURED.format(said, _age(context, younger)) if ahead else said


def _age(context: Context, age: int) -> str:
    return context.texts.number_of("{n} Jahr", "{n} Jahre", age)


def _ratio_table(context: Context, area: AreaForecast) -> TableContent:
    """Show what became of children of each age within a year, and where they were counted."""
    _ = context.gettext
    rows = []
    for age, ratio in sorted(area.ratios.items()):
        cells = [
            count_text(context, ratio.before),
            count_text(context, ratio.after),
            _factor(context, ratio.value),
        ]
        where = _SMALL_PLAIN.format(space_name(context, ratio.space), _spans(ratio))
        rows.append([f"{age} → {age + 1}", where, *cells])
    numbers = (_("vorher"), _("ein Jahr später"), _("Faktor"))
    return table_of([_("Von … auf … Jahre"), _("gezählt in")], numbers, rows)


def _factor(context: Context, value: Fraction) -> str:
    return context.texts.number(rounded(_decimal(value), 3), 3)


def _spans(ratio: CohortRatio) -> str:
    """Name the years that were compared; where one is left out, each pair."""
    years = sorted(ratio.by_year)
    if years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1] + 1}"
    return ", ".join(f"{year}–{year + 1}" for year in years)


def _sums(
    context: Context, forecast: CohortForecast, facts: ForecastFacts, area: AreaForecast
) -> Iterator[Markup]:
    """Yield the last year age by age: children now, times the factor of each age they pass."""
    _ = context.gettext
    last = area.years[-1]
    if last.children is None or last.children.moving is None:
        return
    first, end = forecast.ages.years
    for age in range(first, end + 1):
        younger = age - (last.year - facts.base)
        count = area.counts[younger]
        passed = [area.ratios[one].value for one in range(younger, age)]
        factors = " × ".join([count_text(context, count), *(_factor(context, one) for one in passed)])
        product = count_text(context, prod(passed, start=Fraction(count)))
        when = _("{age}, Ende {year}").format(age=_age(context, age), year=last.year)
        yield pattern("{}: {} = {}").format(when, factors, product)
    yield pattern("{}: {}").format(_("zusammen"), count_text(context, last.children.moving))


def _remarks(context: Context, forecast: CohortForecast, facts: ForecastFacts) -> Iterator[str]:
    """Yield what must be said beside such numbers, whoever wrote the record."""
    _ = context.gettext
    yield _(
        "Ausgangspunkt sind nur Kinder, die Ende {year} schon hier wohnten. Geburten danach kommen nicht vor."
    ).format(year=facts.base)
    if any(area.ratios for area in facts.areas.values()):
        yield _(
            "Zu- und Wegzüge sind nicht vorhergesagt, sondern fortgeschrieben. Ein Neubaugebiet oder eine Unterkunft ändert alles."
        )
        yield _(
            "Wo es wenige Kinder eines Alters gibt, gilt der Faktor des Gebiets darum herum. Dann steht keine Spanne dabei: Die des größeren Gebiets wäre zu schmal."
        )
        yield _(
            "Die Zahlen der Teile sind einzeln gerechnet; zusammen ergeben sie nicht genau die des Ganzen."
        )
    if forecast.claim:
        yield _(
            "Klassen sind durch das Alter am Jahresende angenähert. Je nach Stichtag des Landes ist bis zur Hälfte der Kinder in der ersten Klasse dann schon sieben."
        )
        yield _("Der Bedarf ist aus allen Kindern gerechnet, nicht nur aus denen mit Anspruch.")
    yield _(
        "Was Einträge an Plätzen nennen, ist nicht alles, was es gibt, und steht hier neben keinem Bedarf. Plätze kommen aus dem Plan der Stadt."
    )
    yield _(
        "Kinder besuchen nicht immer etwas in dem Gebiet, in dem sie wohnen. Für weniger als {n} Kinder in einem Gebiet wird nichts vorausberechnet."
    ).format(n=FEWEST_CHILDREN)
    yield _("Keine dieser Zahlen begrenzt den Anspruch eines Kindes.")


PAGES = (PageType("forecast", keys, render, pictures=pictures_of(drawings)),)
