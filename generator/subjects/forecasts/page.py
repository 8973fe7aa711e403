"""The page of a cohort forecast: children of the years ahead, who has a claim, what is needed, and every step of the way there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import prod

from markupsafe import Markup

from generator.model.cells import Cell, rounded
from generator.model.facts import Facts
from generator.model.scalars import Ages
from generator.model.site import Site
from generator.parts import given
from generator.render.base.context import Context
from generator.render.base.macros import FIGURED, NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.page import Heading, Page
from generator.render.base.page_type import PageType
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import named, space_name
from generator.render.base.view import View
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
from generator.render.figures.taking import HandedOn, TakeAlong, taken
from generator.subjects.forecasts.model import CohortForecast, ForecastDemand, forecasts
from generator.subjects.forecasts.model_results import (
    FEWEST_CHILDREN,
    AreaForecast,
    CohortRatio,
    ForecastChildren,
    ForecastFacts,
    ForecastYear,
    derived_forecasts,
)

MOST_ROWS = 160
"""More areas nobody reads in a table; then the level that coverage compares is shown alone."""
_SMALL_PLAIN = pattern('{}<span class="nr-glance__small">{}</span>')


@dataclass(frozen=True, slots=True)
class ForecastSteps:
    """How an area's numbers come about: which children get how old, what became of children of each age before, and the last year age by age."""

    name: str
    table: TableContent
    ratios: TableContent | None
    sums: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ForecastView(View):
    """The page of a cohort forecast; `other_forecasts` is what else is foretold of the same children, `offers` are those on record, `needs` what each assumption comes to, `measures` what is planned."""

    template = "forecast.html"

    forecast: CohortForecast
    town: str
    illustrative: bool
    take: TakeAlong
    course: Markup
    needed: Markup
    years: TableContent
    years_note: str
    backtest: str
    other_forecasts: tuple[Markup, ...]
    recorded: Markup
    offers: tuple[Markup, ...]
    needs: tuple[Markup, ...]
    plan: Markup
    measures: tuple[Markup, ...]
    areas: TableContent | None
    steps: tuple[ForecastSteps, ...]
    sources: tuple[Markup, ...]
    remarks: tuple[str, ...]


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
    _ = context.texts.gettext
    facts = derived_forecasts(context.facts)[forecast.id]
    area = facts.areas[_town(context, facts)]
    most = _most(area)
    if most is None or most.children is None:
        return context.texts.of(forecast, "summary").text
    said = _("Am meisten Ende {year}: {children} Kinder ({ages}){range}, gezählt {base}: {now}.").format(
        year=most.year,
        children=_number(context, _expected(most.children)),
        ages=ages_text(context.texts, forecast.ages),
        range=f", {_range(context, most.children)}" if _range(context, most.children) else "",
        base=facts.base,
        now=_("keine Angabe") if area.now is None else _number(context, area.now),
    )
    every = next((year.year for year in area.years if year.claim_ages == forecast.ages.years), None)
    if every is None:
        return said
    claim = _("Ab {year} haben alle einen Anspruch.").format(year=every)
    return f"{said} {claim}"


def _most(area: AreaForecast) -> ForecastYear | None:
    """Return the year ahead with the most children, the first of equal ones."""
    known = [year for year in area.years if year.children is not None]
    return max(
        known, key=lambda year: (_expected(year.children) if year.children else 0, -year.year), default=None
    )


def render(context: Context, key: str) -> Page:
    """Make the page of one forecast."""
    _ = context.texts.gettext
    forecast, facts = forecasts(context.site)[key], derived_forecasts(context.facts)[key]
    path = context.path("forecast", key)
    view = _view(context, path, forecast, facts)
    shown = (
        ("jahre", _("Die nächsten Jahre"), True),
        ("plaetze", _("Plätze"), True),
        ("gebiete", _("Nach Gebiet"), view.areas is not None),
        ("rechenweg", _("Schritt für Schritt"), True),
        ("grenzen", _("Was diese Zahlen nicht zeigen"), True),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=context.texts.name(forecast),
        description=context.texts.of(forecast, "summary").text
        or _("Kinder der nächsten Jahre und was gebraucht wird, mit Rechenweg."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
        toc=tuple(Heading(id, label) for id, label, there in shown if there),
    )


def _town(context: Context, facts: ForecastFacts) -> str:
    """Return the area that stands for all: the first root with figures, else the first area."""
    return next((root for root in context.facts.roots if root in facts.areas), next(iter(facts.areas)))


def _view(context: Context, path: str, forecast: CohortForecast, facts: ForecastFacts) -> ForecastView:
    town = _town(context, facts)
    others = [key for key in tree(context) if key in facts.areas and key != town]
    if len(others) > MOST_ROWS:
        others = [key for key in others if key in context.facts.compared]
    counted = [key for key in (town, *others) if not facts.areas[key].few]
    return ForecastView(
        forecast=forecast,
        town=named(context, town),
        illustrative=facts.illustrative,
        take=taken(context, path, context.texts.name(forecast), drawings(context, path, forecast.id)),
        course=context.call(_course(context, forecast, facts.areas[town])),
        needed=_needed(context, forecast, facts.areas[town]),
        years=_years(context, forecast, facts, facts.areas[town]),
        years_note=_years_note(context, facts, facts.areas[town]),
        backtest=_backtest(context, forecast, facts),
        other_forecasts=tuple(_other_forecasts(context, path, forecast, facts.areas[town])),
        recorded=_recorded(context, forecast, facts.offers),
        offers=tuple(_offers(context, path, facts.offers)),
        needs=tuple(_needs(context, forecast, facts.areas[town])),
        plan=_plan(context, forecast),
        measures=tuple(_measures(context, path, forecast)),
        areas=_areas(context, path, forecast, facts, others) if others else None,
        steps=tuple(_steps(context, forecast, facts, key) for key in counted),
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
        yield pattern("{}: {}").format(context.texts.gettext("Anspruch"), context.written(forecast.law))


# --- pictures ------------------------------------------------------------------------------------------------------


def drawings(context: Context, path: str, key: str) -> tuple[HandedOn, ...]:
    """Return the children over the years and the places that would be needed, for the whole town, to be taken along."""
    del path
    _ = context.texts.gettext
    forecast, facts = forecasts(context.site)[key], derived_forecasts(context.facts)[key]
    town = _town(context, facts)
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
    if needed:
        most = _most(area)
        words = _("Plätze, die Ende {year} gebraucht würden").format(year=most.year if most else facts.base)
        told = str(_plan(context, forecast).striptags())
        found.append(HandedOn("plaetze", needed, f"{title}. {words}", told, notes))
    return tuple(found)


def _course(context: Context, forecast: CohortForecast, area: AreaForecast) -> SeriesLine:
    """Draw the children of the counted years and of those ahead, with their range; in grey those with a claim."""
    _ = context.texts.gettext
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
    ages = ages_text(context.texts, forecast.ages)
    lines = [ChartLine(_("Kinder ({ages})").format(ages=ages), tuple(children))]
    if forecast.claim:
        lines.append(ChartLine(_("davon mit Anspruch"), tuple(claims), "other"))
    said = "; ".join(f"{point.label}: {point.text}" for point in children if point.value is not None)
    caption = ChartCaption("verlauf", _("Kinder, gezählt und vorausberechnet"), said)
    time = TimeAxis([str(year) for year in periods])
    return series_line(caption, time, lines, context.texts.number)


def _drawn(
    context: Context, year: int, children: ForecastChildren | None, share: Fraction = Fraction(1)
) -> ChartPoint:
    """Turn the children of a year ahead, or a share of them, into a point with its range."""
    if children is None:
        return ChartPoint(str(year), "")
    low = None if children.low is None else float(children.low * share)
    high = None if children.high is None else float(children.high * share)
    expected = _expected(children) * share
    text = _number(context, expected)
    return ChartPoint(str(year), text, float(expected), low, high, forecast=True)


def _needed(context: Context, forecast: CohortForecast, area: AreaForecast) -> Markup:
    """Draw how many places would be needed in the year with the most children, beside those of the town's own plan."""
    _ = context.texts.gettext
    most = _most(area)
    if most is None or most.children is None or not forecast.demand:
        return Markup()
    points = []
    for demand in forecast.demand:
        share = _share(demand)
        point = _drawn(context, most.year, most.children, share)
        between = _range(context, most.children, share)
        if between:
            point = replace(point, text=f"{point.text} ({between})")
        points.append(replace(point, label=demand.name, forecast=False))
    benchmark = None
    if forecast.plan is not None:
        label = _("Plan: {n}").format(n=context.texts.number(forecast.plan.places))
        benchmark = Benchmark(float(forecast.plan.places), label)
    title = _("Plätze, die Ende {year} gebraucht würden").format(year=most.year)
    said = "; ".join(f"{point.label}: {point.text}" for point in points)
    caption = ChartCaption("gebraucht", title, said)
    mirrored = context.texts.dir == "rtl"
    return context.call(
        intervals(caption, points, context.texts.number, benchmark=benchmark, mirrored=mirrored)
    )


# --- numbers -------------------------------------------------------------------------------------------------------


def _number(context: Context, value: Fraction | int) -> str:
    """Write a number of children or places, rounded to whole ones."""
    return context.texts.number(_whole(value))


def _whole(value: Fraction | int) -> int:
    return int(rounded(_decimal(value), 0))


def _decimal(value: Fraction | int) -> Decimal:
    """Divide once: a half stays one."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _expected(children: ForecastChildren) -> Fraction:
    """Return the number to plan with: with people coming and going as before, where that is known."""
    return Fraction(children.fixed) if children.moving is None else children.moving


def _range(context: Context, children: ForecastChildren, share: Fraction = Fraction(1)) -> str:
    if children.low is None or children.high is None:
        return ""
    words = context.texts.gettext("{low} bis {high}")
    return words.format(
        low=_number(context, children.low * share), high=_number(context, children.high * share)
    )


def _missing(context: Context, area: AreaForecast) -> TableCell:
    """Say why there is no number: one that is needed is secret, or isn't there, or there are too few children."""
    _ = context.texts.gettext
    if area.few:
        return TableCell(_("zu wenige Kinder"), muted=True)
    return TableCell(_("geheim") if area.secret else _("keine Angabe"), muted=True)


def _cell(
    context: Context,
    area: AreaForecast,
    children: ForecastChildren | None,
    small: str = "",
    share: Fraction = Fraction(1),
) -> TableCell:
    if children is None:
        return _missing(context, area)
    said = _number(context, _expected(children) * share)
    below = ", ".join(filter(None, [_range(context, children, share), small]))
    return TableCell(FIGURED.format(said, below) if below else said)


def _share(demand: ForecastDemand) -> Fraction:
    return Fraction(demand.percent) / 100


def _years(
    context: Context, forecast: CohortForecast, facts: ForecastFacts, area: AreaForecast
) -> TableContent:
    _ = context.texts.gettext
    columns = [
        TableColumn(_("Ende")),
        TableColumn(_("Kinder ({ages})").format(ages=ages_text(context.texts, forecast.ages)), num=True),
    ]
    if area.ratios:
        columns.append(TableColumn(_("ohne Umzüge"), num=True))
    if forecast.claim:
        columns.append(TableColumn(_("davon mit Anspruch"), num=True))
    columns += [TableColumn(_demand_name(context, one), num=True) for one in forecast.demand]
    counted = [
        TableCell(_("{year}, gezählt").format(year=facts.base)),
        _missing(context, area) if area.now is None else TableCell(_number(context, area.now)),
        *(NOTHING for _column in columns[2 : len(columns) - len(forecast.demand)]),
        *(
            NOTHING if area.now is None else TableCell(_number(context, area.now * _share(one)))
            for one in forecast.demand
        ),
    ]
    return TableContent(
        tuple(columns), (tuple(counted), *(_year_row(context, forecast, area, year) for year in area.years))
    )


def _year_row(
    context: Context, forecast: CohortForecast, area: AreaForecast, year: ForecastYear
) -> tuple[TableCell, ...]:
    cells = [TableCell(str(year.year)), _cell(context, area, year.children)]
    if area.ratios:
        cells.append(NOTHING if year.children is None else TableCell(_number(context, year.children.fixed)))
    if forecast.claim:
        cells.append(_claim_cell(context, area, year))
    cells += [_cell(context, area, year.children, share=_share(one)) for one in forecast.demand]
    return tuple(cells)


def _claim_cell(context: Context, area: AreaForecast, year: ForecastYear) -> TableCell:
    """Say how many children have a claim, and of which ages they are."""
    _ = context.texts.gettext
    if year.claim_ages is None:
        return TableCell(_("noch niemand"), muted=True)
    low, high = year.claim_ages
    ages = ages_text(context.texts, Ages(f"{low}-{high}", low * 12, high * 12 + 11))
    return _cell(context, area, year.claim, ages)


def _demand_name(context: Context, demand: ForecastDemand) -> Markup:
    words = context.texts.gettext("Bedarf, {assumption} ({percent})")
    places = max(0, -int(demand.percent.normalize().as_tuple().exponent))
    return pattern(words.replace("{assumption}", "{}").replace("{percent}", "{}")).format(
        context.written(demand.name), context.texts.percent(demand.percent, places)
    )


def _years_note(context: Context, facts: ForecastFacts, area: AreaForecast) -> str:
    _ = context.texts.gettext
    if not area.ratios:
        said = _(
            "Ohne Umzüge gerechnet: Wie viele Kinder zu- und wegziehen, lässt sich aus diesen Zahlen nicht sagen."
        )
    elif all(year.children is None or year.children.low is None for year in area.years):
        said = _(
            "Gerechnet mit Zu- und Wegzügen wie bisher. Verglichen sind nur zwei Jahre; eine Spanne lässt sich daraus nicht sagen."
        )
    else:
        said = _(
            "Gerechnet mit Zu- und Wegzügen wie bisher. Darunter steht, was herauskäme, wenn jedes Jahr wäre wie eines der bisherigen, vom schwächsten bis zum stärksten. Gerundet ist erst am Ende."
        )
    return f"{said} {_('Die gezählten Zahlen sind gerundet.')}" if facts.rounded else said


def _backtest(context: Context, forecast: CohortForecast, facts: ForecastFacts) -> str:
    if facts.backtest is None:
        return ""
    words = context.texts.gettext(
        "Zur Probe: Mit den Zahlen bis {start} hätte diese Rechnung für Ende {base} {said} Kinder ergeben; gezählt wurden {counted}."
    )
    return words.format(
        start=facts.backtest.start,
        base=facts.base,
        said=_number(context, facts.backtest.said),
        counted=_number(context, facts.backtest.counted),
    )


def _other_forecasts(
    context: Context, path: str, forecast: CohortForecast, area: AreaForecast
) -> Iterator[Markup]:
    """Say which of the forecasts of these children is planned with, what the others say, and why."""
    others = [key for key in forecast.other_forecasts(context.site.indicators) if key in context.facts.series]
    if not others:
        return
    yield lead_text(context, forecast)
    for key in others:
        figures = [
            _other_figure(
                context, key, year, context.facts.series[key].cell(_root(context, key), str(year.year))
            )
            for year in area.years
        ]
        words = context.texts.gettext("Die Quelle von „{name}“ nennt für das Jahresende: {figures}.")
        link = linked(
            context.href(path, "report", key),
            context.translated(context.site.indicators[key], "title"),
        )
        told = ", ".join(filter(None, figures))
        if told:
            yield pattern(words.replace("{name}", "{}").replace("{figures}", "{}")).format(link, told)
    if forecast.lead is not None:
        yield context.translated(forecast, "differs")


def _root(context: Context, indicator: str) -> str:
    return context.facts.series[indicator].benchmark


def _other_figure(context: Context, indicator: str, year: ForecastYear, cell: Cell | None) -> str:
    """Write what another forecast says of a year, and by how much it differs from this one."""
    if cell is None or cell.value is None or not cell.forecast or year.children is None:
        return ""
    said, own = int(rounded(cell.value, 0)), _whole(_expected(year.children))
    words = {
        -1: context.texts.gettext("{year}: {n} ({more} weniger)"),
        0: context.texts.gettext("{year}: {n}"),
        1: context.texts.gettext("{year}: {n} ({more} mehr)"),
    }[(said > own) - (said < own)]
    number = context.texts.number
    return words.format(year=year.year, n=number(said), more=number(abs(said - own)))


def lead_text(context: Context, forecast: CohortForecast) -> Markup:
    """Say which forecast of the same children is planned with, and who has decided so."""
    _ = context.texts.gettext
    lead = forecast.lead
    if lead is None:
        undecided = _(
            "Es gibt zwei Vorausberechnungen dieser Kinder. Womit geplant wird, ist nicht entschieden."
        )
        return Markup.escape(undecided)
    if lead.indicator is None:
        name = context.translated(forecast)
    else:
        name = context.translated(context.site.indicators[lead.indicator], "title")
    words = _("Geplant wird mit „{name}“; das hat {by} am {date} entschieden.")
    said = words.replace("{name}", "{}").replace("{by}", "{}").replace("{date}", "{}")
    return pattern(said).format(name, context.written(lead.by), context.texts.date(lead.date))


def other_forecast_lines(context: Context, path: str, indicator: str) -> tuple[Markup, ...]:
    """Return what has to be known beside an indicator's forecasts: that there is another one, which of both leads, and why they differ."""
    found = []
    for forecast in forecasts(context.site).values():
        facts = derived_forecasts(context.facts)[forecast.id]
        if indicator not in forecast.other_forecasts(context.site.indicators) or not facts.areas:
            continue
        last = facts.areas[_town(context, facts)].years[-1]
        if last.children is None:
            continue
        words = context.texts.gettext(
            "Eine zweite Vorausberechnung derselben Kinder, „{name}“, nennt für {year}: {n}."
        )
        link = linked(context.href(path, "forecast", forecast.id), context.translated(forecast))
        said = words.replace("{name}", "{}").replace("{year}", "{}").replace("{n}", "{}")
        found.append(pattern(said).format(link, last.year, _number(context, _expected(last.children))))
        found.append(lead_text(context, forecast))
        if forecast.lead is not None:
            found.append(context.translated(forecast, "differs"))
    return tuple(found)


# --- places --------------------------------------------------------------------------------------------------------


def _recorded(context: Context, forecast: CohortForecast, offers: Collection[str]) -> Markup:
    """Say how many offers are on record; the places that they state are not all that there are, and stand beside no need."""
    topic = context.translated(context.site.words.topics[forecast.topic])
    if not offers:
        nothing = context.texts.gettext("Zu „{topic}“ ist für dieses Alter kein Angebot verzeichnet.")
        return Markup.escape(nothing).format(topic=topic)
    counted = context.texts.ngettext(
        "Zu „{topic}“ ist für dieses Alter {n} Angebot verzeichnet.",
        "Zu „{topic}“ sind für dieses Alter {n} Angebote verzeichnet.",
        len(offers),
    )
    return Markup.escape(counted).format(topic=topic, n=context.texts.number(len(offers)))


def _offers(context: Context, path: str, offers: Iterable[str]) -> Iterator[Markup]:
    for key in offers:
        yield linked(context.href(path, "offer", key), context.translated(context.site.offers[key]))


def _plan(context: Context, forecast: CohortForecast) -> Markup:
    """Say how many places there are by the town's plan; without one nobody can say whether places lack."""
    _ = context.texts.gettext
    plan = forecast.plan
    if plan is None:
        return Markup.escape(_("Wie viele Plätze es nach dem Plan der Stadt gibt, ist nicht hinterlegt."))
    words = _("Plätze nach „{source}“: {n} (Stand {date}).")
    said = words.replace("{source}", "{}").replace("{n}", "{}").replace("{date}", "{}")
    return pattern(said).format(
        context.written(plan.source), context.texts.number(plan.places), context.texts.date(plan.date)
    )


def _needs(context: Context, forecast: CohortForecast, area: AreaForecast) -> Iterator[Markup]:
    """Say what each assumption comes to: today, and in the year with the most children."""
    _ = context.texts.gettext
    most = _most(area)
    if most is None or most.children is None or area.now is None:
        return
    for demand in forecast.demand:
        share = _share(demand)
        now, then = _whole(area.now * share), _whole(_expected(most.children) * share)
        if then > now:
            words = _(
                "{assumption}: heute {now} Plätze, Ende {year} am meisten: {then}{range}, also {more} mehr als heute."
            )
        else:
            words = _("{assumption}: heute {now} Plätze, in den nächsten Jahren nicht mehr.")
        between = _range(context, most.children, share)
        text = words.format(
            assumption="{}",
            now=context.texts.number(now),
            year=most.year,
            then=context.texts.number(then),
            range=f" ({between})" if between else "",
            more=context.texts.number(then - now),
        )
        name = context.written(demand.name)
        yield pattern(text).format(name[:1].upper() + name[1:] if not name.startswith("<") else name)


def _measures(context: Context, path: str, forecast: CohortForecast) -> Iterator[Markup]:
    """Yield planned offers and what other subjects plan on this topic: what they plan counts as nothing yet."""
    for key, offer in context.site.offers.items():
        if forecast.topic in offer.topics and offer.status == "planned":
            link = linked(context.href(path, "offer", key), context.translated(offer))
            yield pattern("{}: {}").format(link, status_text(context.texts, offer))
    for on_topic in given("sections", "on_topic"):
        yield from on_topic(context, path, forecast.topic)


# --- areas ---------------------------------------------------------------------------------------------------------


def _some_claim(forecast: CohortForecast, facts: ForecastFacts) -> bool:
    """Tell whether at the end only some of the children have a claim."""
    last = next(iter(facts.areas.values())).years[-1]
    return bool(forecast.claim) and last.claim_ages != forecast.ages.years


def _areas(
    context: Context, path: str, forecast: CohortForecast, facts: ForecastFacts, shown: Iterable[str]
) -> TableContent:
    _ = context.texts.gettext
    columns = [
        TableColumn(_("Gebiet")),
        TableColumn(_("{year}, gezählt").format(year=facts.base), num=True),
        TableColumn(_("Ende {year}").format(year=forecast.until), num=True),
    ]
    # At the end everybody may have a claim: then a column of the same numbers says nothing.
    if _some_claim(forecast, facts):
        columns.append(TableColumn(_("davon mit Anspruch"), num=True))
    return TableContent(
        tuple(columns), tuple(_area_row(context, path, forecast, facts, key) for key in shown)
    )


def _area_row(
    context: Context, path: str, forecast: CohortForecast, facts: ForecastFacts, key: str
) -> tuple[TableCell, ...]:
    _ = context.texts.gettext
    area = facts.areas[key]
    last = area.years[-1]
    cells = [
        TableCell(linked(context.href(path, "space", key), space_name(context, key))),
        _missing(context, area) if area.now is None else TableCell(_number(context, area.now)),
        _cell(context, area, last.children),
    ]
    if _some_claim(forecast, facts):
        cells.append(_claim_cell(context, area, last))
    return tuple(cells)


# --- steps ---------------------------------------------------------------------------------------------------------


def _steps(context: Context, forecast: CohortForecast, facts: ForecastFacts, key: str) -> ForecastSteps:
    """Show which children have which age in each year: those who are so many years younger in the counted one."""
    _ = context.texts.gettext
    area = facts.areas[key]
    years = [facts.base, *(year.year for year in area.years)]
    first, last = forecast.ages.years
    rows = []
    for age in range(first, last + 1):
        cells = [_count_cell(context, area, age, year - facts.base) for year in years]
        rows.append((TableCell(_age(context, age)), *cells))
    totals = [area.now, *(None if year.children is None else year.children.fixed for year in area.years)]
    rows.append((TableCell(_("zusammen")), *(_total_cell(context, total) for total in totals)))
    columns = (
        TableColumn(_("Alter")),
        *(TableColumn(str(year), num=True) for year in years),
    )
    return ForecastSteps(
        named(context, key),
        TableContent(columns, tuple(rows)),
        _ratio_table(context, area) if area.ratios else None,
        tuple(_sums(context, forecast, facts, area)),
    )


def _count_cell(context: Context, area: AreaForecast, age: int, ahead: int) -> TableCell:
    """Return how many children are of an age so many years `ahead`: those counted who are as much younger; why, where it isn't known."""
    younger = age - ahead
    count = area.counts.get(younger)
    if count is None:
        _ = context.texts.gettext
        return TableCell(_("geheim") if younger in area.secret else _("keine Angabe"), muted=True)
    if not ahead:
        return TableCell(_number(context, count))
    return TableCell(FIGURED.format(_number(context, count), _age(context, younger)))


def _total_cell(context: Context, total: int | None) -> TableCell:
    return NOTHING if total is None else TableCell(_number(context, total))


def _age(context: Context, age: int) -> str:
    return context.texts.ngettext("{n} Jahr", "{n} Jahre", age).format(n=age)


def _ratio_table(context: Context, area: AreaForecast) -> TableContent:
    """Show what became of children of each age within a year, and where they were counted."""
    _ = context.texts.gettext
    columns = (
        TableColumn(_("Von … auf … Jahre")),
        TableColumn(_("vorher"), num=True),
        TableColumn(_("ein Jahr später"), num=True),
        TableColumn(_("Faktor"), num=True),
        TableColumn(_("gezählt in")),
    )
    return TableContent(
        columns,
        tuple(
            (
                TableCell(f"{age} → {age + 1}"),
                TableCell(_number(context, ratio.before)),
                TableCell(_number(context, ratio.after)),
                TableCell(_factor(context, ratio.value)),
                TableCell(_SMALL_PLAIN.format(space_name(context, ratio.space), _spans(ratio))),
            )
            for age, ratio in sorted(area.ratios.items())
        ),
    )


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
    _ = context.texts.gettext
    last = area.years[-1]
    if last.children is None or last.children.moving is None:
        return
    first, end = forecast.ages.years
    for age in range(first, end + 1):
        younger = age - (last.year - facts.base)
        passed = [area.ratios[one].value for one in range(younger, age)]
        yield pattern("{}: {}").format(
            _("{age}, Ende {year}").format(age=_age(context, age), year=last.year),
            " × ".join([_number(context, area.counts[younger]), *(_factor(context, one) for one in passed)])
            + " = "
            + _number(context, prod(passed, start=Fraction(area.counts[younger]))),
        )
    yield pattern("{}: {}").format(_("zusammen"), _number(context, last.children.moving))


def _remarks(context: Context, forecast: CohortForecast, facts: ForecastFacts) -> Iterator[str]:
    """Yield what must be said beside such numbers, whoever wrote the record."""
    _ = context.texts.gettext
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


PAGES = (PageType("forecast", keys, render, drawings=drawings),)
