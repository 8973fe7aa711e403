"""The page of a cohort forecast: every number can be followed to its inputs, an upper bound is called one, what was made up says so."""

from __future__ import annotations

from pathlib import Path

import lxml.html

from generator.pipeline.build import prepare
from generator.render.base.context import Context
from generator.render.pages import forecast, overview, reports
from tests.budget_town import TODAY
from tests.derive.test_forecasts import AROUND, NORD, OFFER, RECORD, rows, written

ALL = rows(NORD, "nord") + rows(NORD, "mitte") + rows(NORD, "sued")
BUDGET = {
    "resources/budgets/raumgeld.yml": "name: Geld\nyears: [2026]\ntotal: 1\npays_for: quarter\nlevel: raum\nweights: [{indicator: flaeche, weight: 100 %}]\n"
}


def context_of(folder: Path, record: str = RECORD, **files: str) -> Context:
    project = prepare(written(folder, record, table=ALL, **BUDGET, **files), TODAY)
    assert project.contexts, project.found
    return project.contexts[0]


def body(context: Context) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(str(forecast.render(context, "ganztag").body))


def texts(page: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(" ".join(item.itertext()).split()) for item in page.xpath(path)]


def table(page: lxml.html.HtmlElement, id: str) -> list[list[str]]:
    return [texts(row, "th|td") for row in page.xpath(f"//table[@id='{id}']/tbody/tr")]


def test_the_years_ahead_with_claim_and_need(tmp_path: Path) -> None:
    """Three areas alike, each with 575 of 575 children who stayed: three times 215 and 230."""
    page = body(context_of(tmp_path))
    assert table(page, "vorausberechnung-jahre") == [
        ["2026", "645 626 bis 667", "645", "330 320 bis 341", "323"],
        ["2027", "690 650 bis 737", "690", "690 650 bis 737", "345"],
    ]
    assert "Ende 2025 waren es 558 Kinder (6 bis 7 Jahre). So viele sind gezählt." in page.text_content()


def test_every_step_stands_on_the_page(tmp_path: Path) -> None:
    page = body(context_of(tmp_path))
    # The town first: who is six at the end of 2027 was four at the end of 2025.
    assert table(page, "rechenweg-1") == [
        ["6 Jahre", "315", "330 2025: 5 Jahre", "360 2025: 4 Jahre"],
        ["7 Jahre", "243", "315 2025: 6 Jahre", "330 2025: 5 Jahre"],
        ["zusammen", "558", "645", "690"],
    ]
    assert "Aus 1.725 Kindern wurden ein Jahr später 1.725 (2023 bis 2025)" in page.text_content()
    assert any(text.endswith("Ende 2027: 690 × (1.725 ÷ 1.725) 2 = 690") for text in texts(page, "//p"))


def test_where_an_offer_names_no_places_what_is_missing_is_an_upper_bound(tmp_path: Path) -> None:
    offer = OFFER.format(kind="betreuung", ages="6-7", more="")
    silent = offer.replace("capacity: {places: 40, date: 2026-10-01}\n", "")
    sound = body(context_of(tmp_path / "a", **AROUND, **{"resources/offers/eins.yml": offer}))
    assert texts(sound, "//li/strong") == [
        "Ende 2027, wie bisher: 345 Plätze nötig, 305 mehr als verzeichnet."
    ]
    unsure = body(
        context_of(
            tmp_path / "b",
            **AROUND,
            **{"resources/offers/eins.yml": offer, "resources/offers/zwei.yml": silent},
        )
    )
    assert texts(unsure, "//li/strong") == [
        "Ende 2027, wie bisher: 345 Plätze nötig, höchstens 305 mehr als verzeichnet."
    ]
    assert "40 1 Angebot ohne Platzzahl" in [row[-1] for row in table(unsure, "vorausberechnung-gebiete")]


def test_nothing_recorded_is_not_nothing_there(tmp_path: Path) -> None:
    page = body(context_of(tmp_path))
    assert "ist für dieses Alter kein Angebot verzeichnet" in page.text_content()
    assert {row[-1] for row in table(page, "vorausberechnung-gebiete")} == {"kein Angebot verzeichnet"}


def test_an_assumption_that_was_made_up_says_so(tmp_path: Path) -> None:
    made_up = body(context_of(tmp_path, RECORD + "illustrative: [demand]\n"))
    assert "erfunden" in texts(made_up, "//table[@id='vorausberechnung-jahre']/caption")[0]


def test_reports_and_the_overview_lead_there(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    assert "vorausberechnungen/ganztag/" in str(reports.render(context, "").body)
    said = str(overview.render(context, "").body)
    assert "Ende 2027: 690 Kinder (6 bis 7 Jahre). Verzeichnet sind 0 Plätze." in said
