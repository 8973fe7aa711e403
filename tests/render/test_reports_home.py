"""The home of reports: what stands out is chosen by rules and never ranks, pictures say what the tables say, aids and reports stand for the town alone."""

import re
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urljoin

import lxml.html
import pytest

from generator.model.cells import Change, Comparison, Judgement, Series, Verdict
from generator.pipeline.build import Project
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page
from generator.render.base.area_names import space_name
from generator.render.base.context import Context
from generator.render.figures.charts import ChartPoint, TimeAxis, sparkline
from generator.render.figures.figure_texts import change_word
from generator.render.figures.levels_and_topics import is_of_few, main_level, town_only
from generator.render.figures.missing_offers import quarters_topics
from generator.render.figures.tables import heat
from generator.render.maps.choropleth import MOST, verdict_view
from generator.render.pages import coverage_pages, reports_home
from generator.render.pages.reports_home import changed, standing_out
from generator.subjects.measures.model import planning_measures
from tests.records import replace

PATH = "berichte/"
HELP = ("hze", "gefaehrdung-8a", "hze-33-34", "hze-beendet", "hze-begonnen", "hze-bestand")


def showing(context: Context, series: Mapping[str, Series]) -> Context:
    """Return the site with other series."""
    facts = replace(context.facts, series={**context.facts.series, **series})
    return Context(context.site, facts, context.lang, context.paths)


def home(context: Context) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<main>{reports_home.render(context, '').body}</main>")


def tile_of(context: Context, key: str) -> lxml.html.HtmlElement:
    [found] = home(context).xpath(f'//li[contains(@class, "nr-ind")][h3/a[@href="{key}/"]]')
    return found


def changing(series: Series, verdict: Verdict, size: int) -> Series:
    """Return a series of which the town changed so much."""
    place = (series.benchmark, series.latest, series.whole)
    change = Change(series.periods[0], verdict, Judgement.NONE, Decimal(size), size - 1.0, size + 1.0)
    return replace(series, changes={**series.changes, place: change})


# --- what stands out -----------------------------------------------------------------------------------------------


def test_what_changed_is_never_aids_or_reports_and_its_order_never_follows_its_size(context: Context) -> None:
    all_series = context.facts.series
    orders = []
    for sign in (1, -1):
        sizes = {key: 50 + sign * number for number, key in enumerate(all_series)}
        every = {key: changing(series, Verdict.HIGHER, sizes[key]) for key, series in all_series.items()}
        orders.append(changed(showing(context, every)))
    assert orders[0] == orders[1]
    assert {*orders[0]} == {*all_series} - {*HELP}
    latest = [all_series[key].latest for key in orders[0]]
    assert latest == sorted(latest, reverse=True)


def test_what_may_be_chance_does_not_stand_out(context: Context) -> None:
    calm = {key: changing(series, Verdict.SIMILAR, 1) for key, series in context.facts.series.items()}
    assert changed(showing(context, calm)) == []


def test_no_area_stands_out_by_a_figure(context: Context) -> None:
    """Areas are named for what isn't recorded there, all that lack it, in the order of their names."""
    names = [context.site.spaces[key].name for key in context.facts.compared]
    by_figures = [
        item
        for item in standing_out(context, PATH)
        if item.href in {f"{key}/" for key in context.facts.series}
    ]
    assert by_figures
    for item in by_figures:
        assert [name for name in names if name in f"{item.title} {item.says}"] == []
    [gap] = [item for item in standing_out(context, PATH) if "abdeckung" in item.href]
    told = [name for name in names if name in gap.says]
    assert told
    assert [gap.says.index(name) for name in sorted(told)] == sorted(gap.says.index(name) for name in told)


def test_only_what_is_still_to_be_decided_is_on_the_agenda(context: Context) -> None:
    decided = [
        one
        for one in planning_measures(context.site).values()
        if one.status in ("decided", "running", "done", "dropped")
    ]
    items = " ".join(line for item in standing_out(context, PATH) for line in item.lines)
    assert "Verlässlicher Nachmittag" in items
    assert [one.name for one in decided if one.name in items] == []


# --- tiles ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", HELP)
def test_aids_and_reports_stand_for_the_town_alone(context: Context, key: str) -> None:
    assert any(verdict_view(context, one) for one in HELP), "some would have a map"
    tile = tile_of(context, key)
    assert tile.xpath('.//*[contains(@class, "nr-map")]') == []
    assert home(context).xpath(f'//table//th[@data-key="{key}"]') == []
    whole = tile.getparent().getprevious()
    assert "Erfolg oder Misserfolg sind sie nicht" in whole.text_content()


@pytest.mark.parametrize(
    ("title", "numerator", "alone"),
    [
        ("Hilfen zur Erziehung", "laufende Fälle", True),
        ("Hilfen", "Hilfen nach §§ 27 bis 35 SGB VIII", True),
        ("HzE-Quote", "laufende Fälle", True),
        ("Inobhutnahmen", "Kinder", True),
        ("Armutsgefährdung", "Kinder in armutsgefährdeten Haushalten", False),
        ("Sprachzentren", "Kinder in Sprachzentren", False),
    ],
)
def test_what_the_office_does_is_known_by_its_words(
    context: Context, title: str, numerator: str, alone: bool
) -> None:
    plain = context.site.indicators["kinder-sgb2"]
    named = plain.model_copy(update={"title": title, "numerator": numerator})
    assert town_only(context, named) is alone


def test_a_small_map_says_what_the_table_says(context: Context) -> None:
    seen: set[str] = set()
    for key, series in context.facts.series.items():
        view = verdict_view(context, key, MOST)
        level = main_level(context, series, most=MOST, drawn=True)
        if view is None or level is None:
            continue
        rows = {row[0].sort: row[1] for row in heat(context, PATH, [key], level).rows}
        for area in view.areas:
            cell, look = rows[area.name], area.look.removeprefix("nr-class--")
            assert look == "few" or look == (cell.look or "similar"), (key, area.name)
            assert (look == "few") == is_of_few(series.now(area.id))
            seen.add(look)
    assert seen >= {"higher", "lower", "similar"}


def test_a_changed_value_changes_the_picture(context: Context) -> None:
    """Another verdict on an area changes its map, another figure of the town its line."""
    key = "kinder-sgb2"
    series = context.facts.series[key]
    area = next(space for space in context.facts.compared if verdict_is(series, space, Verdict.HIGHER))
    other = Comparison(series.benchmark, Verdict.LOWER, Judgement.NONE)
    lower = replace(series, comparisons={**series.comparisons, (area, series.latest, series.whole): other})
    before, after = drawn(tile_of(context, key)), drawn(tile_of(showing(context, {key: lower}), key))
    assert before.count("nr-class--lower") + 1 == after.count("nr-class--lower")
    assert before.count("▲") - 1 == after.count("▲")

    place = (series.benchmark, series.latest, series.whole)
    cell = series.cells[place]
    assert cell.value is not None
    more = replace(series, cells={**series.cells, place: replace(cell, value=cell.value + 9, high=99.0)})
    assert line_of(tile_of(context, key)) != line_of(tile_of(showing(context, {key: more}), key))


def verdict_is(series: Series, space: str, verdict: Verdict) -> bool:
    found = series.comparisons.get((space, series.latest, series.whole))
    return found is not None and found.verdict is verdict


def drawn(tile: lxml.html.HtmlElement) -> str:
    [picture] = tile.xpath('.//*[contains(@class, "nr-ind__map")]')
    return lxml.html.tostring(picture, encoding="unicode")


def line_of(tile: lxml.html.HtmlElement) -> list[str]:
    return tile.xpath('.//*[contains(@class, "nr-ind__line")]//path/@d')


# --- what is recorded ----------------------------------------------------------------------------------------------


def signs_of(context: Context) -> dict[str, dict[str, str]]:
    """Read the matrix back: by area what each life situation's sign says."""
    [table] = home(context).xpath('//table[@id="verzeichnet"]')
    topics = [cell.text_content() for cell in table.xpath("thead//th")][2:-1]
    rows = {}
    for row in table.xpath("tbody/tr"):
        said = [cell.xpath('string(*[@class="nr-vh"])') for cell in row.xpath("td")][1:-1]
        rows[row.xpath("string(th)")] = dict(zip(topics, said, strict=True))
    return rows


def test_what_is_recorded_is_what_the_page_of_each_area_counts(context: Context) -> None:
    """What lies there and counts is here, what counts otherwise is open from elsewhere; and none is never said."""
    signs, seen = signs_of(context), set()
    for key in context.facts.compared:
        page = lxml.html.fromstring(f"<main>{coverage_pages.render(context, key).body}</main>")
        counted = {
            row.xpath("string(th)"): row.xpath("td[not(contains(@class, 'nr-muted'))]")
            for row in page.xpath('//table[@id="abdeckung"]/tbody/tr')
        }
        row = signs[str(space_name(context, key).striptags())]
        assert {*row} == {*counted}
        for topic in quarters_topics(context):
            name = context.texts.name(topic)
            counting = context.facts.running - context.facts.coverage.aids
            about = {one for one in counting if topic.id in context.facts.offers[one].situations}
            recorded = bool(counted[name]) or not about.isdisjoint(context.facts.coverage.town)
            assert (
                row[name] in ("hier", "kommt zu Ihnen", "woanders, offen für dieses Gebiet")
            ) == recorded, (key, name)
            vague = not recorded and not about.isdisjoint(context.facts.coverage.unsaid)
            assert (row[name] == "unklar") == vague, (key, name)
            seen.add(row[name])
    assert seen >= {"hier", "kommt zu Ihnen", "woanders, offen für dieses Gebiet"}


def test_protection_stands_in_no_row_of_an_area(context: Context) -> None:
    grave = {
        context.texts.name(topic)
        for topic in context.site.words.situations()
        if context.site.words.is_grave(topic.id)
    }
    assert grave
    for row in signs_of(context).values():
        assert grave.isdisjoint(row)


# --- what lies ahead -----------------------------------------------------------------------------------------------


def test_a_tile_ends_with_what_was_counted(context: Context) -> None:
    """Which forecast is planned with needs words: the page of the figure has them, a tile hasn't."""
    tile = tile_of(context, "grundschulkinder")
    series = context.facts.series["grundschulkinder"]
    assert max(series.periods) > series.latest
    assert "".join(tile.xpath(".//*[@class='nr-ind__line']//text()")).strip() == f"2021–{series.latest}"
    assert len(re.findall(r"M", "".join(line_of(tile)))) == len(
        [p for p in series.periods if p < series.latest]
    )


@pytest.mark.parametrize(
    ("verdict", "size", "word"),
    [
        (Verdict.SIMILAR, 0, "gerundet gleich"),
        (Verdict.SIMILAR, 1, "kann Zufall sein"),
        (Verdict.HIGHER, 2, "gestiegen"),
    ],
)
def test_a_tile_names_a_change_as_the_table_does(
    context: Context, verdict: Verdict, size: int, word: str
) -> None:
    indicator, series = context.site.indicators["kinder-sgb2"], context.facts.series["kinder-sgb2"]
    moved = changing(series, verdict, size)
    tile = tile_of(showing(context, {"kinder-sgb2": moved}), "kinder-sgb2")
    assert f"Veränderung seit 2021: {word}" in " ".join(tile.text_content().split())
    change = moved.change(moved.benchmark)
    assert change_word(context.texts, indicator, change, rounded=False) == word


# --- lines that stand together -------------------------------------------------------------------------------------


def test_lines_that_stand_together_share_a_scale(context: Context) -> None:
    low, high = [point(1.0), point(2.0)], [point(1.0), point(9.0)]
    time = TimeAxis(["2024", "2025"])
    alone = sparkline(time, low).last
    small, large = (sparkline(time, points, (1.0, 9.0)).last for points in (low, high))
    assert alone is not None
    assert small is not None
    assert large is not None
    assert alone[1] == large[1] < small[1]


def test_what_may_be_chance_is_no_larger_than_its_band() -> None:
    """The height holds the whole uncertainty, so a small rise inside of it stays a small rise."""
    made = sparkline(TimeAxis(["2024", "2025"]), [point(10.0, 5.0, 15.0), point(10.5, 5.0, 15.0)])
    heights = [float(number) for number in re.findall(r" ([\d.]+)", made.observed)]
    band = [float(number) for number in re.findall(r" ([\d.]+)", made.band)]
    assert max(heights) - min(heights) < (max(band) - min(band)) / 10


def point(value: float, low: float | None = None, high: float | None = None) -> ChartPoint:
    return ChartPoint("", str(value), value, low, high)


# --- little towns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["berichte/", "en/berichte/"])
@pytest.mark.parametrize("compared", [True, False])
def test_a_town_without_figures_or_plans_has_a_home_that_leads_to_nothing_dead(
    demo: Project, path: str, compared: bool
) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    site = replace(
        demo.site,
        indicators={},
        further={},
    )
    facts = replace(demo.facts, series={}, endings=(), compared=demo.facts.compared if compared else ())
    plan = plan_site(demo.showing(site, facts))
    body = lxml.html.fromstring(f"<main>{make_page(plan, path).body}</main>")
    assert body.xpath('//*[contains(@class, "nr-ind") or contains(@class, "nr-heat")]') == []
    links = [link for link in body.iter("a") if link.get("download") is None]
    there = {urljoin(path, link.get("href")).partition("#")[0] for link in links}
    assert there
    assert there - {*plan.pages} == set()


def test_what_was_not_compared_is_not_called_without_difference(context: Context) -> None:
    """An area whose figure has no interval is „nicht prüfbar“, beside others that were compared."""
    series = context.facts.series["kita-unter-3"]
    level = main_level(context, series, most=MOST, drawn=True)
    assert level is not None
    space = next(key for key in level.spaces if key != series.benchmark)
    place = (space, series.latest, series.whole)
    unknown = replace(series.comparisons[place], verdict=Verdict.UNKNOWN)
    changed_series = replace(series, comparisons={**series.comparisons, place: unknown})
    shown = showing(context, {"kita-unter-3": changed_series})
    view = verdict_view(shown, "kita-unter-3")
    assert view is not None
    name = context.texts.name(context.site.spaces[space])
    assert f"Nicht prüfbar oder nicht verglichen: {name}." in view.description
    assert f"{level.name}: kann Zufall sein" not in tile_of(shown, "kita-unter-3").text_content()


def test_a_measure_that_is_over_stands_on_no_agenda(context: Context) -> None:
    """Its session may still be to come; nothing is decided on it any more."""
    pending = [
        key
        for key, measure in planning_measures(context.site).items()
        if any(decision.result is None for decision in measure.decisions)
    ]
    assert pending
    site = context.site
    name = planning_measures(site)[pending[0]].name
    for status in ("proposed", "dropped", "done"):
        measure = planning_measures(site)[pending[0]].model_copy(update={"status": status})
        other = site.with_records({"measures": {**planning_measures(site), pending[0]: measure}})
        shown = Context(other, context.facts, context.lang, context.paths)
        lines = [line for item in standing_out(shown, PATH) for line in item.lines]
        assert any(name in line for line in lines) == (status == "proposed")
