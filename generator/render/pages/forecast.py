"""The page of a cohort forecast: children of the years ahead, who has a claim, the places on record, and every step of the way there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from generator.model.cells import rounded
from generator.model.facts import Facts
from generator.model.forecast import CohortForecast, ForecastDemand
from generator.model.forecast_facts import (
    AreaForecast,
    AreaPlaces,
    ForecastChildren,
    ForecastFacts,
    ForecastYear,
)
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.page import Heading, Page
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import named, space_name
from generator.render.base.view import View
from generator.render.base.wording import ages_text
from generator.render.directory.listing import tree
from generator.render.pages.measures import status_titles

MOST_ROWS = 160
"""More areas nobody reads in a table; then the level that coverage compares is shown alone."""
_SMALL = pattern('<span class="nr-figured">{}<span class="nr-glance__small">{}</span></span>')


@dataclass(frozen=True, slots=True)
class ForecastSteps:
    """How an area's numbers come about: which children get how old, and what people who come and go change."""

    name: str
    table: TableContent
    moves: Markup


@dataclass(frozen=True, slots=True)
class ForecastView(View):
    """The page of a cohort forecast; `offers` are those whose places count, `short` what is missing at the end, `measures` what is planned."""

    template = "forecast.html"

    forecast: CohortForecast
    town: str
    illustrative: bool
    years: TableContent
    years_note: str
    counted: str
    places: str
    offers: tuple[Markup, ...]
    short: tuple[str, ...]
    measures: tuple[Markup, ...]
    areas: TableContent | None
    steps: tuple[ForecastSteps, ...]
    sources: tuple[Markup, ...]
    remarks: tuple[str, ...]


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a page for each forecast that has numbers."""
    return (key for key in site.forecasts if facts.forecasts[key].areas)


def in_short(context: Context, forecast: CohortForecast) -> str:
    """Say in a sentence how many children it will be at the end, and how many places are recorded today."""
    _ = context.texts.gettext
    facts = context.facts.forecasts[forecast.id]
    town = _town(context, facts)
    last = facts.areas[town].years[-1].children
    found = facts.places[town]
    words = _("Ende {year}: {children} Kinder ({ages}). Verzeichnet sind {places} Plätze.")
    if last is None:
        return context.texts.of(forecast, "summary").text
    return words.format(
        year=facts.areas[town].years[-1].year,
        children=_number(context, _expected(last)),
        ages=ages_text(context.texts, forecast.ages),
        places=context.texts.number(found.places),
    )


def render(context: Context, key: str) -> Page:
    """Make the page of one forecast."""
    _ = context.texts.gettext
    forecast, facts = context.site.forecasts[key], context.facts.forecasts[key]
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
        or _("Kinder der nächsten Jahre und verzeichnete Plätze, mit Rechenweg."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
        toc=tuple(Heading(id, label) for id, label, there in shown if there),
    )


def _town(context: Context, facts: ForecastFacts) -> str:
    """Return the area that stands for all: the first root with figures, else the first area."""
    return next((root for root in context.facts.roots if root in facts.areas), next(iter(facts.areas)))


def _view(context: Context, path: str, forecast: CohortForecast, facts: ForecastFacts) -> ForecastView:
    _ = context.texts.gettext
    town = _town(context, facts)
    others = [key for key in tree(context) if key in facts.areas and key != town]
    if len(others) > MOST_ROWS:
        others = [key for key in others if key in context.facts.coverage.level]
    indicator = context.site.indicators[forecast.indicator]
    sources = [
        pattern("{}: {}").format(
            linked(
                urls.relative(path, context.path("report", forecast.indicator)),
                context.texts.of(indicator, "title").text,
            ),
            context.written(indicator.source.name),
        ),
        *(
            pattern("{}: {}").format(context.written(item.name), context.written(item.source))
            for item in forecast.demand
        ),
    ]
    if forecast.law:
        sources.append(pattern("{}: {}").format(_("Anspruch"), context.written(forecast.law)))
    return ForecastView(
        forecast=forecast,
        town=named(context, town),
        illustrative=facts.illustrative,
        years=_years(context, forecast, facts.areas[town]),
        years_note=_years_note(context, facts, facts.areas[town]),
        counted=_counted(context, forecast, facts, facts.areas[town]),
        places=_places_text(context, forecast, facts.places[town]),
        offers=tuple(_offers(context, path, facts.places[town])),
        short=tuple(_short(context, forecast, facts, town)),
        measures=tuple(_measures(context, path, forecast)),
        areas=_areas(context, path, forecast, facts, others) if others else None,
        steps=tuple(_steps(context, forecast, facts, key) for key in (town, *others)),
        sources=tuple(sources),
        remarks=tuple(_remarks(context, forecast, facts)),
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


def _range(context: Context, children: ForecastChildren) -> str:
    if children.low is None or children.high is None:
        return ""
    words = context.texts.gettext("{low} bis {high}")
    return words.format(low=_number(context, children.low), high=_number(context, children.high))


def _cell(context: Context, children: ForecastChildren | None) -> TableCell:
    if children is None:
        return TableCell(context.texts.gettext("keine Angabe"), muted=True)
    said = _number(context, _expected(children))
    between = _range(context, children)
    return TableCell(_SMALL.format(said, between) if between else said)


def _needed(children: ForecastChildren, demand: ForecastDemand) -> Fraction:
    return _expected(children) * Fraction(demand.percent) / 100


def _counted(context: Context, forecast: CohortForecast, facts: ForecastFacts, area: AreaForecast) -> str:
    if area.now is None:
        return ""
    words = context.texts.ngettext(
        "Ende {year} war es {n} Kind ({ages}). So viele sind gezählt.",
        "Ende {year} waren es {n} Kinder ({ages}). So viele sind gezählt.",
        area.now,
    )
    ages = ages_text(context.texts, forecast.ages)
    return words.format(year=facts.base, n=_number(context, area.now), ages=ages)


def _years(context: Context, forecast: CohortForecast, area: AreaForecast) -> TableContent:
    _ = context.texts.gettext
    columns = [
        TableColumn(_("Ende")),
        TableColumn(_("Kinder ({ages})").format(ages=ages_text(context.texts, forecast.ages)), num=True),
        TableColumn(_("ohne Umzüge"), num=True),
    ]
    if forecast.claim:
        columns.append(TableColumn(_("davon mit Anspruch"), num=True))
    columns += [TableColumn(_demand_name(context, one), num=True) for one in forecast.demand]
    return TableContent(tuple(columns), tuple(_year_row(context, forecast, year) for year in area.years))


def _year_row(context: Context, forecast: CohortForecast, year: ForecastYear) -> tuple[TableCell, ...]:
    _ = context.texts.gettext
    cells = [TableCell(str(year.year)), _cell(context, year.children)]
    cells.append(NOTHING if year.children is None else TableCell(_number(context, year.children.fixed)))
    if forecast.claim:
        cells.append(
            TableCell(_("noch niemand"), muted=True)
            if year.claim_ages is None
            else _cell(context, year.claim)
        )
    cells += [
        NOTHING if year.children is None else TableCell(_number(context, _needed(year.children, one)))
        for one in forecast.demand
    ]
    return tuple(cells)


def _demand_name(context: Context, demand: ForecastDemand) -> str:
    words = context.texts.gettext("Bedarf, {assumption} ({percent})")
    places = max(0, -int(demand.percent.normalize().as_tuple().exponent))
    return words.format(
        assumption=context.written(demand.name), percent=context.texts.percent(demand.percent, places)
    )


def _years_note(context: Context, facts: ForecastFacts, area: AreaForecast) -> str:
    _ = context.texts.gettext
    if area.ratio is None:
        return _(
            "Ohne Umzüge gerechnet: Wie viele Kinder zu- und wegziehen, lässt sich aus diesen Zahlen nicht sagen."
        )
    said = _(
        "Gerechnet mit Zu- und Wegzügen wie bisher. Darunter steht, was herauskäme, wenn jedes Jahr wäre wie das schwächste oder das stärkste bisher."
    )
    return said + " " + _("Die gezählten Zahlen sind gerundet.") if facts.rounded else said


# --- places --------------------------------------------------------------------------------------------------------


def _places_text(context: Context, forecast: CohortForecast, found: AreaPlaces) -> str:
    _ = context.texts.gettext
    topic = context.translated(context.site.words.topics[forecast.topic])
    if not found.offers:
        return _("Zu „{topic}“ ist für dieses Alter kein Angebot verzeichnet.").format(topic=topic)
    words = context.texts.ngettext(
        "Zu „{topic}“ ist für dieses Alter {n} Angebot verzeichnet.",
        "Zu „{topic}“ sind für dieses Alter {n} Angebote verzeichnet.",
        len(found.offers),
    ).format(topic=topic, n=context.texts.number(len(found.offers)))
    if not found.placed:
        return words + " " + _("Wie viele Plätze sie haben, ist nicht eingetragen.")
    said = context.texts.ngettext(
        "{n} davon nennt Plätze, zusammen {places}.",
        "{n} davon nennen Plätze, zusammen {places}.",
        found.placed,
    )
    return (
        words
        + " "
        + said.format(n=context.texts.number(found.placed), places=context.texts.number(found.places))
    )


def _offers(context: Context, path: str, found: AreaPlaces) -> Iterator[Markup]:
    _ = context.texts.gettext
    for key in found.offers:
        offer = context.site.offers[key]
        link = linked(urls.relative(path, context.path("offer", key)), context.translated(offer))
        places = offer.capacity.places if offer.capacity is not None else None
        if places is None:
            yield pattern("{}: {}").format(link, _("Plätze nicht eingetragen"))
        else:
            words = context.texts.ngettext("{n} Platz", "{n} Plätze", places)
            yield pattern("{}: {}").format(link, words.format(n=context.texts.number(places)))


def _short(context: Context, forecast: CohortForecast, facts: ForecastFacts, town: str) -> Iterator[str]:
    """Say for each assumption how many places are missing at the end; an upper bound where some offers don't say how many they have."""
    _ = context.texts.gettext
    year, found = facts.areas[town].years[-1], facts.places[town]
    if year.children is None:
        return
    for demand in forecast.demand:
        needed = _whole(_needed(year.children, demand))
        missing = needed - found.places
        if missing <= 0:
            words = _("Ende {year}, {assumption}: {needed} Plätze nötig. So viele sind verzeichnet.")
        elif found.placed < len(found.offers):
            words = _(
                "Ende {year}, {assumption}: {needed} Plätze nötig, höchstens {missing} mehr als verzeichnet."
            )
        else:
            words = _("Ende {year}, {assumption}: {needed} Plätze nötig, {missing} mehr als verzeichnet.")
        yield words.format(
            year=year.year,
            assumption=context.written(demand.name),
            needed=context.texts.number(needed),
            missing=context.texts.number(missing),
        )


def _measures(context: Context, path: str, forecast: CohortForecast) -> Iterator[Markup]:
    """Yield the measures on this topic that aren't over: what they plan counts as nothing yet."""
    titles = status_titles(context)
    for key, measure in context.site.measures.items():
        if forecast.topic in measure.topics and measure.status in ("proposed", "decided", "running"):
            href = f"{urls.relative(path, context.path('measures'))}#{key}"
            yield pattern("{}: {}").format(linked(href, context.translated(measure)), titles[measure.status])


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
    columns.append(TableColumn(_("Plätze verzeichnet"), num=True))
    return TableContent(
        tuple(columns), tuple(_area_row(context, path, forecast, facts, key) for key in shown)
    )


def _area_row(
    context: Context, path: str, forecast: CohortForecast, facts: ForecastFacts, key: str
) -> tuple[TableCell, ...]:
    _ = context.texts.gettext
    area, found = facts.areas[key], facts.places[key]
    last = area.years[-1]
    nothing = TableCell(_("keine Angabe"), muted=True)
    cells = [
        TableCell(linked(urls.relative(path, context.path("space", key)), space_name(context, key))),
        nothing if area.now is None else TableCell(_number(context, area.now)),
        _cell(context, last.children),
    ]
    if _some_claim(forecast, facts):
        cells.append(
            TableCell(_("noch niemand"), muted=True)
            if last.claim_ages is None
            else _cell(context, last.claim)
        )
    if not found.offers:
        cells.append(TableCell(_("kein Angebot verzeichnet"), muted=True))
    elif found.placed < len(found.offers):
        left = len(found.offers) - found.placed
        words = context.texts.ngettext("{n} Angebot ohne Platzzahl", "{n} Angebote ohne Platzzahl", left)
        cells.append(
            TableCell(
                _SMALL.format(
                    _number(context, found.places) if found.placed else _("keine Angabe"),
                    words.format(n=left),
                )
            )
        )
    else:
        cells.append(TableCell(_number(context, found.places)))
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
        cells = [TableCell(context.texts.ngettext("{n} Jahr", "{n} Jahre", age).format(n=age))]
        for year in years:
            younger = age - (year - facts.base)
            count = area.counts.get(younger)
            said = _("keine Angabe") if count is None else _number(context, count)
            was = context.texts.ngettext("{year}: {n} Jahr", "{year}: {n} Jahre", younger).format(
                year=facts.base, n=younger
            )
            cells.append(
                TableCell(said if year == facts.base else _SMALL.format(said, was), muted=count is None)
            )
        rows.append(tuple(cells))
    totals = [area.now, *(None if year.children is None else year.children.fixed for year in area.years)]
    rows.append(
        (
            TableCell(_("zusammen")),
            *(NOTHING if total is None else TableCell(_number(context, total)) for total in totals),
        )
    )
    columns = (
        TableColumn(_("Alter")),
        *(TableColumn(_("Ende {year}").format(year=year), num=True) for year in years),
    )
    return ForecastSteps(
        named(context, key), TableContent(columns, tuple(rows)), _moves(context, facts, area)
    )


def _moves(context: Context, facts: ForecastFacts, area: AreaForecast) -> Markup:
    """Say what became of children within a year, and how the last number follows from it."""
    _ = context.texts.gettext
    if area.ratio is None:
        return pattern("{}").format(_("Zu- und Wegzüge sind nicht eingerechnet."))
    ratio, number = area.ratio, context.texts.number
    words = _(
        "Aus {before} Kindern wurden ein Jahr später {after} ({years}): je Jahr das {value}-Fache, im schwächsten Jahr das {low}-Fache, im stärksten das {high}-Fache."
    ).format(
        before=number(ratio.before),
        after=number(ratio.after),
        years=_("{first} bis {last}").format(first=facts.compared[0], last=facts.compared[-1] + 1),
        value=number(rounded(_decimal(ratio.value), 3), 3),
        low=number(rounded(_decimal(ratio.low), 3), 3),
        high=number(rounded(_decimal(ratio.high), 3), 3),
    )
    last = area.years[-1]
    if last.children is None or last.children.moving is None:
        return pattern("{}").format(words)
    return pattern("{} {}: {} × ({} ÷ {})<sup>{}</sup> = {}").format(
        words,
        _("Ende {year}").format(year=last.year),
        number(last.children.fixed),
        number(ratio.after),
        number(ratio.before),
        last.year - facts.base,
        _number(context, last.children.moving),
    )


def _remarks(context: Context, forecast: CohortForecast, facts: ForecastFacts) -> Iterator[str]:
    """Yield what must be said beside such numbers, whoever wrote the record."""
    _ = context.texts.gettext
    yield _(
        "Gezählt sind nur Kinder, die Ende {year} schon hier wohnten. Geburten danach kommen nicht vor."
    ).format(year=facts.base)
    yield _(
        "Zu- und Wegzüge sind nicht vorhergesagt, sondern fortgeschrieben. Ein Neubaugebiet oder eine Unterkunft ändert alles."
    )
    yield _("Die Zahlen der Teile sind einzeln gerechnet; zusammen ergeben sie nicht genau die des Ganzen.")
    if forecast.claim:
        yield _(
            "Klassen sind durch das Alter am Jahresende angenähert. Wer früher oder später eingeschult wird, steht im falschen Jahr."
        )
    yield _(
        "Geplante Plätze zählen nicht. Ein verzeichneter Platz kann weniger Tage oder Stunden haben, als der Anspruch umfasst."
    )
    yield _(
        "Kinder gehen nicht immer dort zur Schule, wo sie wohnen. Darum steht bei den Gebieten nicht, wie viele Plätze fehlen."
    )
    yield _("Keine dieser Zahlen begrenzt den Anspruch eines Kindes.")
