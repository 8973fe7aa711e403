"""Report pages: the same number in chart, map, table and download; answers; gaps; areas without figures; 542 areas."""

import csv
import gzip
import json
import re
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import shape

from generator.derive.facts import derive
from generator.derive.indicator_series import series as derive_series
from generator.model.areas_and_offices import Space
from generator.model.cells import Status
from generator.model.config import GeographyConfig, LevelConfig
from generator.model.indicator import Indicator
from generator.pipeline.build import Project
from generator.read.value_tables import ValueRow
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.figures.figure_texts import cell_number
from generator.render.figures.tables import comparison_files
from generator.render.maps import overview
from generator.render.maps.choropleth import choropleth
from generator.render.pages import about_the_site, figure_pages, reports_home, space_page
from generator.subjects.meetings import page as meeting
from tests.open_data import write_many
from tests.records import replace
from tests.render.figures_world import COUNT, MISSING, RATE, SECRET, SHARE, with_figures


@pytest.fixture(scope="module")
def context(demo: Project) -> Context:
    return with_figures(demo).contexts[0]


def cells(html: str, id: str) -> list[list[str]]:
    """Return the words of a table's body, without those hidden on wide screens."""
    table = re.search(rf'<table id="{id}">(.*?)</table>', html, re.DOTALL)
    assert table is not None, id
    body = re.sub(
        r'<span class="nr-glance__small nr-narrow">.*?</span>',
        "",
        table[1].split("<tbody>")[1],
        flags=re.DOTALL,
    )
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def bar_texts(html: str, id: str) -> dict[str, str]:
    """Return names and values that a bar chart says."""
    chart = re.search(rf'aria-labelledby="{id}-t {id}-d">(.*?)</svg>', html, re.DOTALL)
    assert chart is not None
    names = re.findall(r'class="nr-chart__name"[^>]*>([^<]*)<', chart[1])
    values = re.findall(r'class="nr-chart__value nr-chart__end"[^>]*>([^<]*)<', chart[1])
    return dict(zip(map(unescape, names), map(unescape, values), strict=True))


def all_pages(context: Context) -> list[Page]:
    return [
        figure_pages.render_indicator(context, SHARE),
        figure_pages.render_indicator(context, COUNT),
        figure_pages.render_indicator(context, RATE),
        figure_pages.render_compare(context),
        reports_home.render(context, ""),
        meeting.render(context, "ag-78-suederaue"),
        space_page.render(context, "suederaue"),
    ]


def test_pages_have_one_heading_no_style_and_unique_ids(context: Context) -> None:
    for page in all_pages(context):
        body = str(page.body)
        assert body.count("<h1") == 1, page.path
        assert not re.search(r"\sstyle=|<script|<style|\son\w+=", body), page.path
        ids = re.findall(r'\sid="([^"]+)"', body)
        assert sorted(set(ids)) == sorted(ids), page.path


@pytest.mark.guards(
    "Accessibility: every chart has a table and a sentence; classes differ by more than colour"
)
@pytest.mark.parametrize("key", ["kinder-sgb2", "hze", "kita-unter-3"])
def test_chart_map_table_and_download_say_the_same(demo: Project, demo_site: Path, key: str) -> None:
    """All read back from the built site: the CSV is the measure, the page must write its numbers."""
    html = (demo_site / "berichte" / key / "index.html").read_text("utf-8")
    rows = cells(html, "werte")
    with (demo_site / "daten" / key / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    assert demo.facts is not None
    series = demo.facts.series[key]
    names = {context_name(demo, space): space for space in series.spaces}
    whole = [record for record in records if record["period"] == series.latest and is_whole(record)]
    published = {record["space"]: record for record in whole}
    chart = bar_texts(html, "balken")
    titles = dict(re.findall(r"<title>([^<:]+): ([^<]+)</title><use", html))
    assert len(rows) > 3
    assert bool(titles) == (key != "hze"), "aids have no map by area"
    for name, value, interval, *_more in rows:
        record = published[names[name]]
        if record["value"] in ("", "."):
            assert "geheim" in value
            assert "geheim" in chart[name]
            assert name not in titles or "geheim" in titles[name]
            continue
        # Shares of rounded counts have no decimals.
        written = f"{float(record['value']):.{int('.' in record['value'])}f}".replace(".", ",")
        assert value == written
        bounds = interval.replace(",", ".").split("–")
        assert [float(bound) for bound in bounds] == pytest.approx(
            [float(record["low"]), float(record["high"])], abs=0.051
        )
        if names[name] != series.benchmark:
            assert chart[name].lstrip("▲▼ ") == f"{written} ({interval})"
            assert name not in titles or titles[name].startswith(written)


def context_name(demo: Project, space: str) -> str:
    assert demo.site is not None
    return demo.site.spaces[space].name


def is_whole(record: dict[str, str]) -> bool:
    """Tell whether a row of a download is of no single part of a breakdown: the parts' columns stand apart from these."""
    known = {
        *(
            "indicator", "space", "code", "name", "level", "period", "value", "qualifier", "illustrative", "low", "high", "numerator",
            "denominator",
        ),
        *("sign", "meaning", "forecast", "summed", "note", "unit", "source", "licence", "state"),
    }  # fmt: skip
    return all(
        not value or value in ("total", "_T", "all") for name, value in record.items() if name not in known
    )


def test_a_secret_figure_is_nowhere_in_its_chart_map_or_table(context: Context) -> None:
    body = str(figure_pages.render_indicator(context, SHARE).body)
    row = next(row for row in cells(body, "werte") if row[0] == "Mühlenfeld")
    assert row[1] == ". geheim"
    assert row[2:4] == ["", ""]
    assert bar_texts(body, "balken")["Mühlenfeld"] == ". geheim"
    area = re.search(
        rf'<path id="karte-report-{SHARE}-{SECRET}" class="([^"]+)" fill="url\(#([^)]+)\)"', body
    )
    assert area is not None
    assert area[1].startswith("nr-class--secret")
    assert f'<pattern id="{area[2]}"' in body
    assert "Die Zahl ist geheim. Sie könnte auf einzelne Menschen schließen lassen." in body


def test_a_reader_finds_answers(context: Context) -> None:
    body = str(figure_pages.render_indicator(context, SHARE).body)
    for anchor in ("rechnung", "quelle", "luecken", "unterschied", "geaendert", "angebote", "daten"):
        assert f'id="{anchor}"' in body
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
    assert "Veröffentlichung vom 1. März 2026 : Werte von 2025" in text.replace("2026:", "2026 :")
    assert "Ab 2023 wird anders gezählt" in text
    assert ".." not in text
    assert "2.120 : 10.000 × 100 = 21,2 %" in text.replace("\u00a0", " ")
    assert "Weniger ist günstiger" in text
    assert "Stadt Auenstedt: Kinder in Familien mit Bürgergeld, 2025." in text


def test_a_note_keeps_its_lists_and_paragraphs(demo: Project) -> None:
    """On its own, not inside a paragraph: there, a list would end the paragraph and leave half of it open."""
    project = with_figures(demo)
    site, facts = project.contexts[0].site, project.contexts[0].facts
    noted = site.indicators[SHARE].model_copy(update={"note": "- Erstens\n- Zweitens\n\nUnd *noch* eins."})
    both = "<ul>\n<li>Erstens</li>\n<li>Zweitens</li>\n</ul>\n<p>Und <em>noch</em> eins.</p>\n"
    changed = replace(site, indicators={**site.indicators, SHARE: noted})
    for lang, expected in (("de", both), ("en", f'<div lang="de">{both}</div>')):
        body = str(figure_pages.render_indicator(Context(changed, facts, lang), SHARE).body)
        part = re.search(r'<h3 id="rechnung">.*?</details>', body, re.DOTALL)
        assert part is not None
        assert part[0].endswith(f"</p>{expected}</details>"), part[0]


def test_other_places_keep_their_written_order(context: Context) -> None:
    rows = cells(str(figure_pages.render_indicator(context, SHARE).body), "orte-1")
    assert [row[0] for row in rows] == ["Auenstedt", "Auenstedt", "Bergstedt", "Aldorf"]


def test_the_town_stands_beside_other_places_with_the_same_period(context: Context) -> None:
    definition, series = context.site.indicators[SHARE], context.facts.series[SHARE]
    town = {period: series.cell(series.benchmark, period) for period in ("2024", "2025")}
    assert town["2024"].value != town["2025"].value
    rows = cells(str(figure_pages.render_indicator(context, SHARE).body), "orte-1")
    assert {row[2]: row[1] for row in rows if row[0] == "Auenstedt"} == {
        period: cell_number(context, definition, cell) for period, cell in town.items()
    }
    without = {key: cell for key, cell in series.cells.items() if key != town["2024"].key}
    facts = replace(context.facts, series={**context.facts.series, SHARE: replace(series, cells=without)})
    rows = cells(str(figure_pages.render_indicator(Context(context.site, facts, "de"), SHARE).body), "orte-1")
    assert [row[0] for row in rows] == ["Auenstedt", "Bergstedt", "Aldorf"]
    assert [row[1].split()[-1] for row in rows] == ["2025", "2025", "2024"]


def test_the_page_about_the_data_names_no_threshold_for_all(demo: Project) -> None:
    thresholds = {item.disclosure.threshold for item in demo.contexts[0].site.indicators.values()}
    assert len(thresholds) > 1
    assert "legt die Schwelle je Quelle fest" in str(about_the_site.render_data(demo.contexts[0]).body)


def test_forecasts_and_counts(context: Context) -> None:
    body = str(figure_pages.render_indicator(context, COUNT).body)
    assert "nr-chart__stroke--forecast" in body
    assert "2025 (vorausberechnet)" in body
    assert "im Vergleich:" not in body
    assert "Gebiete vergleicht man deshalb mit Anteilen" in body


def test_the_heat_table_has_every_figure_with_its_class(context: Context) -> None:
    body = str(figure_pages.render_compare(context).body)
    rows = {row[0]: row[1:] for row in cells(body, "alle-sozialraum")}
    assert "geheim" in rows["Mühlenfeld"][1]
    assert rows["Süderaue"][1].startswith("31,8")
    assert "höher" in rows["Süderaue"][1]
    assert "nr-class--secret" in body


def test_the_profile_stands_beside_region_and_town(context: Context) -> None:
    body = str(space_page.render(context, "suederaue").body)
    rows = {row[0].split(" 20")[0]: row for row in cells(body, "kennzahlen-suederaue")}
    share = rows["Kinder in Familien mit Bürgergeld"]
    assert share[1].startswith("31,8")
    assert share[2] == "25,0"
    assert share[3].startswith("21,2")
    assert "höher, ungünstiger" in share[3]
    assert "Hilfen zur Erziehung" in rows
    assert 'class="nr-chart nr-chart--spine"' in body


def test_an_area_without_figures_has_no_profile(context: Context) -> None:
    assert "nr-profile" not in str(space_page.render(context, MISSING).body)


def test_a_site_without_indicators_has_no_report_pages(demo: Project) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    bare, facts = replace(demo.site, indicators={}), replace(demo.facts, series={})
    assert list(figure_pages.compare_keys(bare, facts)) == []
    assert list(figure_pages.indicator_keys(bare, facts)) == []
    context = Context(bare, facts, "de")
    assert comparison_files(context) == {}
    assert "vergleich/" not in str(reports_home.render(context, "").body)
    assert "nr-profile" not in str(space_page.render(context, "suederaue").body)


def test_needs_stand_in_the_pack_of_the_internal_site_only(demo: Project, internal_demo: Project) -> None:
    keys = list(meeting.keys(internal_demo.contexts[0].site, internal_demo.contexts[0].facts))
    assert "ag-78-suederaue" in keys
    inside = " ".join(str(meeting.render(internal_demo.contexts[0], key).body) for key in keys)
    outside = " ".join(str(meeting.render(demo.contexts[0], key).body) for key in keys)
    # What is missing is told inside, where it concerns a gap; outside nothing of it.
    names = [need.name for need in internal_demo.contexts[0].site.needs.values()]
    assert [name for name in names if name in inside] != []
    assert [name for name in names if name in outside] == []


def test_the_moving_map_has_the_classes_of_the_drawing(context: Context) -> None:
    from generator.render.maps.moving_script import script

    view = overview(context, f"report-{SHARE}")
    assert view is not None
    text = script(context, view)
    for area in view.areas:
        assert area.look in text
        assert area.notes[0].text.replace("\u00a0", "\\u00a0") in text or area.notes[0].text in text
    drawn = str(choropleth(context, "berichte/x/", SHARE))
    for area in view.areas:
        assert f'class="{area.look}' in drawn


def test_hundreds_of_areas_are_a_light_map(demo: Project, tmp_path: Path) -> None:
    """Planning areas; the figures follow from their order, a few are not valid."""
    assert demo.site is not None
    write_many(tmp_path)
    data = tmp_path / "berlin_lor_2021" / "lor_planungsraeume_2021.geojson"
    features = json.loads(data.read_text("utf-8"))["features"]
    assert len(features) >= 540
    keys = [f"p{number:03}" for number in range(len(features))]
    shapes = {key: shape(item["geometry"]).buffer(0) for key, item in zip(keys, features, strict=True)}
    spaces = {
        key: Space.model_validate({"id": key, "name": f"Raum {key}", "level": "planungsraum"}) for key in keys
    }
    config = demo.site.config.model_copy(
        update={
            "geographies": (
                GeographyConfig(
                    id="lor",
                    levels=(LevelConfig(id="planungsraum", name="Planungsraum", plural="Planungsräume"),),
                ),
            )
        }
    )
    empty: Any = {name: {} for name in ("offers", "places", "providers", "offices", "networks", "needs")}
    definition = Indicator.model_validate(
        {
            "id": "anteil",
            "title": "Anteil",
            "says": "Von 100.",
            "numerator": "a",
            "denominator": "b",
            "source": {"name": "Berlin", "regime": "delivered"},
            "disclosure": {"method": "none"},
        }
    )
    site = replace(
        demo.site,
        config=config,
        spaces=spaces,
        shapes=shapes,
        streets=(),
        context=(),
        indicators={"anteil": definition},
        **empty,
    )
    facts = derive(site, demo.today)
    rows = [
        ValueRow(key, "2021", (), None, Decimal(1000), Status.BLOCKED, "", 0)
        if number % 90 == 0
        else ValueRow(key, "2021", (), Decimal(number % 97 * 10), Decimal(1000), Status.KNOWN, "", 0)
        for number, key in enumerate(keys)
    ]
    facts = replace(facts, series={"anteil": derive_series(site, facts.spaces, definition, rows)})
    context = Context(site, facts, "de")
    drawn = str(choropleth(context, "berichte/anteil/", "anteil"))
    assert len(set(re.findall(r'<path id="karte-report-anteil-(p\d+)"', drawn))) == len(features)
    invalid = sum(row.status is Status.BLOCKED for row in rows)
    assert drawn.count('class="nr-class--none"') == invalid == (len(features) + 89) // 90
    assert len(gzip.compress(drawn.encode(), 9)) < 40_000
    page = figure_pages.render_indicator(context, "anteil")
    assert len(gzip.compress(str(page.body).encode(), 9)) < 100_000


def test_a_card_says_in_a_word_why_the_town_has_no_figure(context: Context) -> None:
    """„.“ alone tells nobody anything."""
    series = context.facts.series[SHARE]
    place = (series.benchmark, series.latest, series.whole)
    secret = replace(series.cells[place], value=None, low=None, high=None, status=Status.SECRET)
    hidden = replace(series, cells={**series.cells, place: secret})
    facts = replace(context.facts, series={**context.facts.series, SHARE: hidden})
    values = re.findall(
        r'nr-figure__value">(.*?)<', str(reports_home.render(Context(context.site, facts, "de"), "").body)
    )
    assert "geheim" in values
    assert [value for value in values if not re.search(r"\w", value)] == []
